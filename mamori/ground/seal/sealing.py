"""Sealing under the subjects' keys and opening again, and destroying such a key unless a legal hold keeps it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.db import IntegrityError, connection, transaction

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.seal import keystore
from mamori.ground.seal.keystore import Key, KeyWrong, Place
from mamori.ground.seal.models import IS_LIVING, IS_SHREDDED, HeldName, SubjectKey

# Opening what was sealed: the key's row is looked at each time, in an act once, so that a shredding acts at once.


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
        numbers = {number for value in values if (number := keystore.number_of(value)) is not None}
        self._rows.update(SubjectKey.objects.in_bulk(numbers - self._rows.keys()))
        return self

    def whose(self, sealed: bytes) -> str:
        """Return whose key sealed a value whose key was fetched, "" where there is no such key."""
        row = self._rows.get(keystore.number_of(sealed) or 0)
        return row.subject if row else ""

    def unseal(self, *, subject: str, place: Place, sealed: bytes) -> bytes:
        """Open what was sealed for `subject` at `place`, as it stood when the reading met its key first."""
        number = keystore.number_of(sealed)
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
            return keystore.open_envelope(
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


class Held(Refusal, code="seal.held", status=409):
    """Something about to be destroyed is under a legal hold."""

    text = Text(
        "{what} は消去の停止 第{number}号の対象なので、消去できません。要否は法務担当にお尋ねください。",
        "{what} is under legal hold no. {number} and cannot be erased. Ask counsel whether the hold is still needed.",
    )


def held(names: Iterable[str]) -> set[str]:
    """Return which of the names are under a hold."""
    found = HeldName.objects.filter(hold__lifted_at__isnull=True, name__in=list(names))
    return set(found.values_list("name", flat=True))


def must_not_be_held(*names: str) -> None:
    """See that none of these subjects, files or matters is under a hold."""
    found = HeldName.objects.filter(hold__lifted_at__isnull=True, name__in=names).order_by("hold").first()
    if found is not None:
        raise Held(what=found.name, number=found.hold_id)


# Sealing under the subjects' keys, one by one or many at once, and destroying such a key.


AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """Something to be sealed: whose it is, where it will stand, and what it says."""

    subject: str
    place: Place
    plain: bytes


def seal(*, subject: str, place: Place, plain: bytes) -> bytes:
    """Return `plain` sealed under the living key of `subject`, which is made when there is none.

    On PostgreSQL the key's row is share-locked until the transaction ends, so that a shredding waits for what
    is being sealed and therefore knows all of it.
    """
    row = memory.of("seal.living", subject, lambda: _living(subject) or _made(subject))
    return keystore.close_envelope(dek=unwrap(row), number=row.pk, subject=subject, place=place, plain=plain)


def seal_many(values: Sequence[Plain]) -> list[bytes]:
    """Return each value sealed as `seal` would, with few queries however many subjects and new keys there are."""
    subjects = sorted({value.subject for value in values})
    rows: dict[str, SubjectKey] = {}
    for at in range(0, len(subjects), AT_ONCE):
        part = subjects[at : at + AT_ONCE]
        rows |= lock(part)
        if missing := [subject for subject in part if subject not in rows]:
            SubjectKey.objects.bulk_create(_new(missing), ignore_conflicts=True)
            rows |= lock(missing)
    unwraps = Unwrapper()
    keys = {subject: unwraps.key_of(row) for subject, row in rows.items()}
    return [
        keystore.close_envelope(
            dek=keys[value.subject],
            number=rows[value.subject].pk,
            subject=value.subject,
            place=value.place,
            plain=value.plain,
        )
        for value in values
    ]


def lock(subjects: Collection[str]) -> dict[str, SubjectKey]:
    """Read the living keys of these subjects in one look, locked as for sealing, for the act; return those that there are."""
    known: dict[str, SubjectKey] = memory.all_of("seal.living")
    found = {subject: known[subject] for subject in subjects if subject in known}
    if new := sorted(set(subjects) - found.keys()):
        places = ", ".join(["%s"] * len(new))
        query = (
            f"SELECT {_COLUMNS} FROM seal_subjectkey "  # noqa: S608  only names and places
            f"WHERE subject IN ({places}) AND shredded_at IS NULL ORDER BY subject"
        )
        if connection.vendor == "postgresql":
            query += " FOR SHARE"
        for row in SubjectKey.objects.raw(query, new):
            memory.put("seal.living", row.subject, row)
            memory.put("seal.key", row.pk, row)
            found[row.subject] = row
    return found


def keep_from_sealing(subject: str) -> None:
    """Let nobody seal anything of `subject` until the transaction ends; whoever has just done so is waited for.

    What is looked at afterwards, such as open cases, is then what a shredding will find.
    """
    list(SubjectKey.objects.select_for_update().filter(IS_LIVING, subject=subject))


def shred(*, subject: str, at: datetime) -> int | None:
    """Destroy the living key of `subject` and return its number; None when there is none.

    What was sealed so far stays unreadable for ever; what is sealed later gets a new key.
    """
    with transaction.atomic():
        row = SubjectKey.objects.select_for_update().filter(IS_LIVING, subject=subject).first()
        must_not_be_held(subject)  # after the lock, at which a hold that is being put waits
        if row is None:
            return None
        memory.clear()
        row.wrapped, row.shredded_at = None, at
        row.save(update_fields=["wrapped", "shredded_at"])
        return row.pk


def shred_key(*, subject: str, number: int, at: datetime) -> bool:
    """Destroy one key of `subject`, as it was destroyed before and came back with a backup; say whether it lived."""
    memory.clear()
    gone = SubjectKey.objects.filter(IS_LIVING, pk=number, subject=subject)
    return bool(gone.update(wrapped=None, shredded_at=at))


def shred_older(*, subject: str, than: int, at: datetime) -> bool:
    """Destroy the key of `subject` if its number is below `than`, as `shred_key` does; say whether it lived."""
    memory.clear()
    gone = SubjectKey.objects.filter(IS_LIVING, pk__lt=than, subject=subject)
    return bool(gone.update(wrapped=None, shredded_at=at))


_COLUMNS = ", ".join(str(field.column) for field in SubjectKey._meta.concrete_fields)
"""Named one by one: a column that an upgrade adds would change what a prepared statement of before returns."""


def _living(subject: str) -> SubjectKey | None:
    query = f"SELECT {_COLUMNS} FROM seal_subjectkey WHERE subject = %s AND shredded_at IS NULL"  # noqa: S608  only names
    if connection.vendor == "postgresql":
        query += " FOR SHARE"
    return next(iter(SubjectKey.objects.raw(query, [subject])), None)


def _made(subject: str) -> SubjectKey:
    [new] = _new([subject])
    try:
        with transaction.atomic():
            new.save(force_insert=True)
            return new
    except IntegrityError:
        row = _living(subject)  # another process was first; its transaction has ended, so the row is there
        if row is None:
            raise
        return row


def _new(subjects: Iterable[str]) -> list[SubjectKey]:
    """Return rows with new keys, not yet saved."""
    kek = keystore.newest()
    youngest = SubjectKey.objects.filter(IS_LIVING).order_by("-pk").first()
    if youngest is not None and keystore.by_fingerprint(youngest.kek) is None:
        raise KeyWrong(path=kek.path)
    return [
        SubjectKey(
            subject=subject,
            wrapped=aes_key_wrap(kek.secret, os.urandom(keystore.SIZE)),
            kek=kek.fingerprint,
        )
        for subject in subjects
    ]
