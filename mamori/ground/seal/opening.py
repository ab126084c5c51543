"""Opening what was sealed: the key's row is looked at each time, in an act once, so that a shredding acts at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.seal import envelope, keystore
from mamori.ground.seal.envelope import Place
from mamori.ground.seal.keystore import Key, KeyWrong
from mamori.ground.seal.models import IS_LIVING, IS_SHREDDED, SubjectKey


class Shredded(Refusal, code="seal.shredded", status=410):
    """The subject's key was destroyed on purpose."""

    text = Text("この内容は消去されました。", "This content has been erased.")


class SealBroken(Refusal, code="seal.broken", status=409):
    """The sealed value was changed, moved, or sealed for somebody else."""

    text = Text(
        "封じた内容が改変されています({table} {row} {column})。`mamori ledger verify` を実行してください。",
        "A sealed value has been changed ({table} {row} {column}). Run `mamori ledger verify`.",
    )


def unseal(*, subject: str, place: Place, sealed: bytes) -> bytes:
    """Open what was sealed for `subject` at `place`; the key's row is read each time, so shredding acts at once."""
    return Opener().unseal(subject=subject, place=place, sealed=sealed)


def opened(
    *, subject: str, place: Place, sealed: bytes | memoryview | None, opener: Opener | None = None
) -> bytes | None:
    """Open what lies there as `unseal` does; None where nothing does, or its key was destroyed.

    Of many, an `opener` has fetched the keys in one look.
    """
    try:
        if sealed is None:
            return None
        return (opener or Opener()).unseal(subject=subject, place=place, sealed=bytes(sealed))
    except Shredded:
        return None


def living(subjects: Collection[str]) -> set[str]:
    """Return those of the subjects that have a key that was not destroyed."""
    rows = SubjectKey.objects.filter(IS_LIVING, subject__in=subjects)
    return set(rows.values_list("subject", flat=True))


def living_of(beginning: str) -> tuple[str, ...]:
    """Return every subject whose name begins so and whose key was not destroyed."""
    rows = SubjectKey.objects.filter(IS_LIVING, subject__startswith=beginning)
    return tuple(rows.order_by("subject").values_list("subject", flat=True))


def erased(subjects: Collection[str]) -> set[str]:
    """Return those of the subjects of whom a key was ever destroyed, whatever was sealed about them since."""
    rows = SubjectKey.objects.filter(IS_SHREDDED, subject__in=subjects)
    return set(rows.values_list("subject", flat=True))


class Opener:
    """Opens many values in one reading, with each subject's key fetched once; to be thrown away afterwards."""

    def __init__(self) -> None:
        self._rows: dict[int, SubjectKey] = {}
        self._keys: dict[tuple[int, str], bytes] = {}
        self._unwraps = Unwrapper()

    def fetch(self, values: Iterable[bytes]) -> Opener:
        """Fetch the keys of all these sealed values in one look, and return the opener itself."""
        numbers = {number for value in values if (number := envelope.number_of(value)) is not None}
        self._rows.update(SubjectKey.objects.in_bulk(numbers - self._rows.keys()))
        return self

    def unseal(self, *, subject: str, place: Place, sealed: bytes) -> bytes:
        """Open what was sealed for `subject` at `place`, as it stood when the reading met its key first."""
        number = envelope.number_of(sealed)
        broken = SealBroken(table=place.table, row=place.row, column=place.column)
        if number is None:
            raise broken
        if (number, subject) not in self._keys:
            row = self._rows.get(number) or memory.of(
                "seal.key", number, lambda: SubjectKey.objects.filter(pk=number).first()
            )
            if row is None or row.subject != subject:
                raise broken
            if row.wrapped is None:
                raise Shredded
            self._keys[number, subject] = self._unwraps.key_of(row)
        try:
            return envelope.open_(
                dek=self._keys[number, subject], subject=subject, place=place, sealed=sealed
            )
        except InvalidTag:
            raise broken from None


class Unwrapper:
    """Unwraps many data keys in one reading, with the house's key looked for once; to be thrown away afterwards."""

    def __init__(self) -> None:
        self._known: dict[str, keystore.Generation] = {}

    def key_of(self, row: SubjectKey) -> bytes:
        """Return the data key of a living row, whichever generation of the key-encryption key wrapped it."""
        by = self._known.get(row.kek) or keystore.by_fingerprint(row.kek)
        if by is None:
            raise KeyWrong(path=keystore.path_of(Key.SUBJECTS))
        self._known[row.kek] = by
        try:
            return aes_key_unwrap(by.secret, bytes(row.wrapped or b""))
        except (InvalidUnwrap, ValueError):
            raise KeyWrong(path=by.path) from None


def unwrap(row: SubjectKey) -> bytes:
    """Return the data key of a living row, as `Unwrapper` does."""
    return Unwrapper().key_of(row)
