"""Sealing under the subjects' keys, one by one or many at once, and destroying such a key."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.keywrap import aes_key_wrap
from django.db import IntegrityError, connection, transaction

from mamori.ground.declared import memory
from mamori.ground.seal import envelope, holding, keystore
from mamori.ground.seal.envelope import Place
from mamori.ground.seal.keystore import KeyWrong
from mamori.ground.seal.models import IS_LIVING, SubjectKey
from mamori.ground.seal.opening import Unwrapper, unwrap

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
    return envelope.close(dek=unwrap(row), number=row.pk, subject=subject, place=place, plain=plain)


def seal_many(values: Sequence[Plain]) -> list[bytes]:
    """Return each value sealed as `seal` would, with few queries however many subjects and new keys there are."""
    subjects = sorted({value.subject for value in values})
    rows: dict[str, SubjectKey] = {}
    for at in range(0, len(subjects), AT_ONCE):
        part = subjects[at : at + AT_ONCE]
        rows |= lock(part)
        if missing := [subject for subject in part if subject not in rows]:
            _make_all(missing)
            rows |= lock(missing)
    unwraps = Unwrapper()
    keys = {subject: unwraps.key_of(row) for subject, row in rows.items()}
    return [
        envelope.close(
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
        for subject, row in _all_living(new).items():
            memory.put("seal.living", subject, row)
            memory.put("seal.key", row.pk, row)
            found[subject] = row
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
        holding.must_not_be_held(subject)  # after the lock, at which a hold that is being put waits
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


def _all_living(subjects: Sequence[str]) -> dict[str, SubjectKey]:
    places = ", ".join(["%s"] * len(subjects))
    query = (
        f"SELECT {_COLUMNS} FROM seal_subjectkey "  # noqa: S608  only names and places
        f"WHERE subject IN ({places}) AND shredded_at IS NULL ORDER BY subject"
    )
    if connection.vendor == "postgresql":
        query += " FOR SHARE"
    return {row.subject: row for row in SubjectKey.objects.raw(query, list(subjects))}


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


def _make_all(subjects: Sequence[str]) -> None:
    SubjectKey.objects.bulk_create(_new(subjects), ignore_conflicts=True)


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
