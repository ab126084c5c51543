"""What others may ask of the seals: opened values, blind indexes and search tokens, the keys and how they stand."""

from __future__ import annotations

from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.seal import envelope, keystore
from mamori.ground.seal.blinding import blind, tokens
from mamori.ground.seal.envelope import Place
from mamori.ground.seal.keyrows import TABLES, KeyRow, key_rows
from mamori.ground.seal.keystore import Key, KeyMissing, KeyOpen, KeyWrong
from mamori.ground.seal.models import SubjectKey

__all__ = [
    "TABLES",
    "Key",
    "KeyMissing",
    "KeyOpen",
    "KeyRow",
    "KeyWrong",
    "Opener",
    "Place",
    "SealBroken",
    "Shredded",
    "blind",
    "key",
    "key_file",
    "key_of",
    "key_rows",
    "tokens",
    "unseal",
]


class Shredded(Refusal):
    """The subject's key was destroyed on purpose."""

    code = "seal.shredded"
    status = 410
    text = Text("この内容は消去されました。", "This content has been erased.")


class SealBroken(Refusal):
    """The sealed value was changed, moved, or sealed for somebody else."""

    code = "seal.broken"
    status = 409
    text = Text(
        "封じた内容が改変されています({table} {row} {column})。`mamori ledger verify` を実行してください。",
        "A sealed value has been changed ({table} {row} {column}). Run `mamori ledger verify`.",
    )


def unseal(*, subject: str, place: Place, sealed: bytes) -> bytes:
    """Open what was sealed for `subject` at `place`; the key's row is read each time, so shredding acts at once.

    :raises Shredded: when the key is destroyed.
    :raises SealBroken: when bytes, subject or place are not those of the sealing.
    :raises KeyMissing, KeyOpen, KeyWrong: when the key file cannot be used.
    """
    return Opener().unseal(subject=subject, place=place, sealed=sealed)


class Opener:
    """Opens many values in one reading, with each subject's key fetched once; to be thrown away afterwards."""

    def __init__(self) -> None:
        self._keys: dict[tuple[int, str], bytes] = {}

    def unseal(self, *, subject: str, place: Place, sealed: bytes) -> bytes:
        """Open what was sealed for `subject` at `place`, as it stood when the reading met its key first.

        :raises Shredded, SealBroken, KeyMissing, KeyOpen, KeyWrong: as `unseal` does.
        """
        number = envelope.number_of(sealed)
        broken = SealBroken(table=place.table, row=place.row, column=place.column)
        if number is None:
            raise broken
        if (number, subject) not in self._keys:
            row = SubjectKey.objects.filter(pk=number, subject=subject).first()
            if row is None:
                raise broken
            if row.wrapped is None:
                raise Shredded
            self._keys[number, subject] = unwrap(row)
        try:
            return envelope.open_(
                dek=self._keys[number, subject], subject=subject, place=place, sealed=sealed
            )
        except InvalidTag:
            raise broken from None


def key_of(sealed: bytes) -> int | None:
    """Return the number of the subject key that sealed it, None when it is no sealed value."""
    return envelope.number_of(sealed)


def key(name: Key) -> bytes:
    """Return a key of the house from the key-store.

    :raises KeyMissing, KeyOpen, KeyWrong: when the file cannot be used.
    """
    return keystore.read(name)


def key_file(name: Key) -> Path:
    """Return where a key of the house stands, to name it to people."""
    return keystore.path_of(name)


def unwrap(row: SubjectKey) -> bytes:
    """Return the data key of a living row, whichever generation of the key-encryption key wrapped it.

    :raises KeyWrong: when no key file of the house wrapped it.
    """
    by = keystore.by_fingerprint(row.kek)
    if by is None:
        raise KeyWrong(path=keystore.path_of(Key.SUBJECTS))
    try:
        return aes_key_unwrap(by.secret, bytes(row.wrapped or b""))
    except (InvalidUnwrap, ValueError):
        raise KeyWrong(path=by.path) from None
