"""What others may ask of the seals: opened values, blind indexes and search tokens, keys, key files and holds."""

from __future__ import annotations

from pathlib import Path

from mamori.ground.seal import keystore
from mamori.ground.seal.holds import HoldFact, ended, holds, in_force
from mamori.ground.seal.keyrows import (
    TABLES,
    GenerationFact,
    KeyLost,
    KeyRow,
    ShreddedKey,
    generations,
    key_rows,
    keys_must_fit,
    known,
    orphans,
    shredded_keys,
)
from mamori.ground.seal.keystore import (
    Key,
    KeyMissing,
    KeyOpen,
    KeyWrong,
    Place,
    blind,
    blind_all,
    digest_of,
    new_code,
    page_secret,
    tokens,
    typed_code,
)
from mamori.ground.seal.sealing import (
    Held,
    Opener,
    SealBroken,
    Shredded,
    erased,
    held,
    living,
    living_of,
    must_not_be_held,
    opened,
    unseal,
)
from mamori.ground.seal.wrapping import KmsFailed, PassphraseAbsent, PassphraseWeak, PassphraseWrong, profile

__all__ = [
    "TABLES",
    "GenerationFact",
    "Held",
    "HoldFact",
    "Key",
    "KeyLost",
    "KeyMissing",
    "KeyOpen",
    "KeyRow",
    "KeyWrong",
    "KmsFailed",
    "Opener",
    "PassphraseAbsent",
    "PassphraseWeak",
    "PassphraseWrong",
    "Place",
    "SealBroken",
    "Shredded",
    "ShreddedKey",
    "blind",
    "blind_all",
    "digest_of",
    "ended",
    "erased",
    "generations",
    "held",
    "holds",
    "in_force",
    "key",
    "key_file",
    "key_files",
    "key_of",
    "key_rows",
    "keys_must_fit",
    "known",
    "living",
    "living_of",
    "must_not_be_held",
    "new_code",
    "opened",
    "orphans",
    "page_secret",
    "profile",
    "shredded_keys",
    "tokens",
    "typed_code",
    "unseal",
]


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
