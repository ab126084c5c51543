"""What is done with keys: prepare the house's, seal with a subject's, shred a subject's."""

from __future__ import annotations

import os
from datetime import datetime

from cryptography.hazmat.primitives.keywrap import aes_key_wrap
from django.db import IntegrityError, connection, transaction

from mamori.ground.seal import envelope, keystore
from mamori.ground.seal.envelope import Place
from mamori.ground.seal.facts import unwrap
from mamori.ground.seal.keyrows import KeyRow, KeyRowsDiffer, put_back_keys
from mamori.ground.seal.keystore import Key, KeyMissing, KeyWrong
from mamori.ground.seal.models import IS_LIVING, SubjectKey

__all__ = [
    "Key",
    "KeyMissing",
    "KeyRow",
    "KeyRowsDiffer",
    "KeyWrong",
    "Place",
    "prepare_keys",
    "put_back_keys",
    "seal",
    "shred",
]


def prepare_keys() -> tuple[Key, ...]:
    """Make the keys that are missing (0600, in a folder 0700) and return which were made.

    :raises KeyMissing: when the database holds subjects' keys that only the lost file could open.
    """
    lost = not keystore.numbers()
    migrated = SubjectKey._meta.db_table in connection.introspection.table_names()
    if lost and migrated and SubjectKey.objects.filter(IS_LIVING).exists():
        raise KeyMissing(path=keystore.path_of(Key.SUBJECTS))
    return tuple(
        key for key in Key if not (key is Key.SUBJECTS and keystore.numbers()) and keystore.make(key)
    )


def seal(*, subject: str, place: Place, plain: bytes) -> bytes:
    """Return `plain` sealed under the living key of `subject`, which is made when there is none.

    On PostgreSQL the key's row is share-locked until the transaction ends, so that a shredding waits for what
    is being sealed and therefore knows all of it.

    :raises KeyMissing, KeyOpen, KeyWrong: when the key file cannot be used.
    """
    row = _living(subject) or _made(subject)
    return envelope.close(dek=unwrap(row), number=row.pk, subject=subject, place=place, plain=plain)


def shred(*, subject: str, at: datetime) -> int | None:
    """Destroy the living key of `subject` and return its number; None when there is none.

    What was sealed so far stays unreadable for ever; what is sealed later gets a new key.
    """
    with transaction.atomic():
        row = SubjectKey.objects.select_for_update().filter(IS_LIVING, subject=subject).first()
        if row is None:
            return None
        row.wrapped, row.shredded_at = None, at
        row.save(update_fields=["wrapped", "shredded_at"])
        return row.pk


def _living(subject: str) -> SubjectKey | None:
    query = "SELECT * FROM seal_subjectkey WHERE subject = %s AND shredded_at IS NULL"
    if connection.vendor == "postgresql":
        query += " FOR SHARE"
    return next(iter(SubjectKey.objects.raw(query, [subject])), None)


def _made(subject: str) -> SubjectKey:
    kek = keystore.newest()
    youngest = SubjectKey.objects.filter(IS_LIVING).order_by("-pk").first()
    if youngest is not None and keystore.by_fingerprint(youngest.kek) is None:
        raise KeyWrong(path=kek.path)
    wrapped = aes_key_wrap(kek.secret, os.urandom(keystore.SIZE))
    try:
        with transaction.atomic():
            return SubjectKey.objects.create(subject=subject, wrapped=wrapped, kek=kek.fingerprint)
    except IntegrityError:
        row = _living(subject)  # another process was first; its transaction has ended, so the row is there
        if row is None:
            raise
        return row
