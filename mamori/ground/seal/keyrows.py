"""The wrapped keys as rows that are kept apart from the main backup, so that what was shredded stays shredded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.seal.models import SubjectKey

TABLES = ("seal_subjectkey",)
"""What a main backup leaves out: with it, everything that was shredded since could be read again."""
BATCH = 1_000


class KeyRowsDiffer(Refusal, code="seal.key_rows_differ", status=409):
    """A row to be put back is not the row that stands under its number."""

    text = Text(
        "鍵の行 {number} は、今ある行と別のものです。この鍵の控えは、このデータベースのものではありません。何も戻していません。",
        "Key row {number} is another one than stands here: this file of keys is not of this database. Nothing was put back.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
    """One subject's key as it stands in its table: `wrapped` is None once it was shredded."""

    number: int
    subject: str
    wrapped: bytes | None
    kek: str
    shredded_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShreddedKey:
    """A key that was destroyed: its number, whose it was, and when."""

    number: int
    subject: str
    at: datetime


def shredded_keys() -> tuple[ShreddedKey, ...]:
    """Return every key that was destroyed, in the order of their numbers."""
    rows = SubjectKey.objects.filter(shredded_at__isnull=False).order_by("pk")
    return tuple(
        ShreddedKey(number=number, subject=subject, at=at)
        for number, subject, at in rows.values_list("pk", "subject", "shredded_at")
        if at is not None
    )


def known(numbers: Collection[int]) -> set[int]:
    """Return which of these numbers have a row, of a living key or of one that was destroyed."""
    some = sorted(numbers)
    found: set[int] = set()
    for at in range(0, len(some), BATCH):
        found.update(SubjectKey.objects.filter(pk__in=some[at : at + BATCH]).values_list("pk", flat=True))
    return found


def key_rows() -> Iterator[KeyRow]:
    """Yield every row in the order of its number, the shredded ones too; the caller holds the moment."""
    rows = SubjectKey.objects.order_by("pk").values_list("pk", "subject", "wrapped", "kek", "shredded_at")
    for number, subject, wrapped, kek, shredded_at in rows.iterator(chunk_size=BATCH):
        yield KeyRow(
            number=number,
            subject=subject,
            wrapped=None if wrapped is None else bytes(wrapped),
            kek=kek,
            shredded_at=shredded_at,
        )


def put_back_keys(rows: Iterable[KeyRow]) -> int:
    """Put rows back and return how many were missing.  A shredding is never undone: by either side's word a key is gone.

    :raises KeyRowsDiffer: when a number belongs to another subject here; then nothing is put back.
    """
    put = 0
    with transaction.atomic():
        batch: list[KeyRow] = []
        for row in rows:
            batch.append(row)
            if len(batch) == BATCH:
                put += _put(batch)
                batch = []
        put += _put(batch)
        _count_on()
    return put


def _put(batch: list[KeyRow]) -> int:
    stands = SubjectKey.objects.select_for_update().in_bulk([row.number for row in batch])
    new = []
    for row in batch:
        found = stands.get(row.number)
        if found is None:
            new.append(
                SubjectKey(
                    pk=row.number,
                    subject=row.subject,
                    wrapped=row.wrapped,
                    kek=row.kek,
                    shredded_at=row.shredded_at,
                )
            )
        elif found.subject != row.subject:
            raise KeyRowsDiffer(number=row.number)
        elif row.shredded_at is not None and found.shredded_at is None:
            found.wrapped, found.shredded_at = None, row.shredded_at
            found.save(update_fields=["wrapped", "shredded_at"])
    SubjectKey.objects.bulk_create(new)
    return len(new)


def _count_on() -> None:
    """Let new rows get numbers above those that were put back, and never one that a key had which is not here.

    SQLite counts so by itself; there and in PostgreSQL the count comes back with the house, whichever keys do.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(name, greatest(coalesce(pg_sequence_last_value(name), 0), "
                "(SELECT coalesce(max(id), 0) FROM seal_subjectkey), 1)) "
                "FROM (SELECT pg_get_serial_sequence('seal_subjectkey', 'id')::regclass AS name) AS counted"
            )
