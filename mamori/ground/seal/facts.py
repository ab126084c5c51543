"""What others may ask of the seals: the opened value, the key's number, whether a subject was shredded."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.seal import envelope, keystore
from mamori.ground.seal.envelope import Place, fingerprint
from mamori.ground.seal.keystore import Key, KeyMissing, KeyOpen, KeyWrong
from mamori.ground.seal.models import SubjectKey

__all__ = [
    "Key",
    "KeyMissing",
    "KeyOpen",
    "KeyWrong",
    "Place",
    "SealBroken",
    "Shredded",
    "key",
    "key_of",
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
    broken = SealBroken(table=place.table, row=place.row, column=place.column)
    number = envelope.number_of(sealed)
    row = None if number is None else SubjectKey.objects.filter(pk=number, subject=subject).first()
    if row is None:
        raise broken
    if row.wrapped is None:
        raise Shredded
    try:
        return envelope.open_(dek=unwrap(row), subject=subject, place=place, sealed=sealed)
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


def unwrap(row: SubjectKey) -> bytes:
    """Return the data key of a living row.

    :raises KeyWrong: when the key file is another one than wrapped it.
    """
    kek = keystore.read(Key.SUBJECTS)
    wrong = KeyWrong(path=keystore.path_of(Key.SUBJECTS))
    if row.kek != fingerprint(kek):
        raise wrong
    try:
        return aes_key_unwrap(kek, bytes(row.wrapped or b""))
    except (InvalidUnwrap, ValueError):
        raise wrong from None
