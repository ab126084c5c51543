"""What others may ask of the seals: opened values, blind indexes and search tokens, keys, key files and holds."""

from __future__ import annotations

from pathlib import Path

from mamori.ground.seal import keystore
from mamori.ground.seal.holds import ended as ended, holds as holds, in_force as in_force
from mamori.ground.seal.keyrows import (
    TABLES as TABLES,
    KeyLost as KeyLost,
    KeyRow as KeyRow,
    ShreddedKey as ShreddedKey,
    generations as generations,
    key_rows as key_rows,
    keys_must_fit as keys_must_fit,
    known as known,
    orphans as orphans,
    shredded_keys as shredded_keys,
)
from mamori.ground.seal.keystore import (
    Key as Key,
    KeyMissing as KeyMissing,
    KeyOpen as KeyOpen,
    KeyWrong as KeyWrong,
    Place as Place,
    blind as blind,
    blind_all as blind_all,
    digest_of as digest_of,
    new_code as new_code,
    page_secret as page_secret,
    tokens as tokens,
    typed_code as typed_code,
)
from mamori.ground.seal.sealing import (
    Held as Held,
    Opener as Opener,
    SealBroken as SealBroken,
    Shredded as Shredded,
    erased as erased,
    held as held,
    living as living,
    living_of as living_of,
    must_not_be_held as must_not_be_held,
    opened as opened,
    unseal as unseal,
)
from mamori.ground.seal.wrapping import (
    KmsFailed as KmsFailed,
    PassphraseAbsent as PassphraseAbsent,
    PassphraseWeak as PassphraseWeak,
    PassphraseWrong as PassphraseWrong,
    profile as profile,
)


def key_of(sealed: bytes) -> int | None:
    """Return the number of the subject key that sealed it, None when it is no sealed value."""
    return keystore.number_of(sealed)


def key(name: Key) -> bytes:
    """Return a key of the house from the key-store; of the key-encryption key the newest generation."""
    return keystore.read(name)


def key_file(name: Key) -> Path:
    """Return where a key of the house stands, to name it to people."""
    return keystore.path_of(name)


def key_files() -> dict[str, bytes]:
    """Return every file of the key folder that a restore needs, by name, as it lies there: wrapped keys stay wrapped."""
    return {path.name: path.read_bytes() for path in sorted(keystore.folder().glob("*.key"))}
