"""The keys this database lives by: a mark of each, the wrapped ones as rows kept apart from the backup, and their rotation."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.keywrap import aes_key_wrap
from django.db import connection, transaction
from django.db.models import Count

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.seal import keystore, wrapping
from mamori.ground.seal.keystore import Generation, Key, KeyMissing, KeyWrong, fingerprint
from mamori.ground.seal.models import IS_LIVING, KeyMark, SubjectKey
from mamori.ground.seal.sealing import unwrap


class KeyLost(KeyMissing, code="seal.key_lost", status=424):
    """Given instead of a new key where the house already lives by the one that is gone."""

    text = Text(
        "鍵 {path} がありませんが、この家はその鍵をすでに使っています。新しい鍵は作りません。"
        "`mamori restore --keys FILE` で鍵の控えから戻すか、前の機械からファイルを移してください（所有者だけが読める 0600）。",
        "The key {path} is missing, and this house already lives by it: no new one is made. Put it back from your archive of "
        "keys with `mamori restore --keys FILE`, or copy the file from the former machine (0600, its owner's).",
    )


def must_be_new(key: Key, used: Collection[Key]) -> None:
    """See that nothing in this house depends on the key, of which no file is there."""
    tables = connection.introspection.table_names()
    lives = key in used
    if KeyMark._meta.db_table in tables:
        lives |= KeyMark.objects.filter(key=key.value).exists()
    if key is Key.SUBJECTS and SubjectKey._meta.db_table in tables:
        lives |= SubjectKey.objects.filter(IS_LIVING).exists()
    if lives:
        raise KeyLost(path=keystore.path_of(key))


def mark_keys(at: datetime) -> None:
    """Note by which keys this database lives, as far as that is not known yet; what is noted never changes."""
    for key in (Key.LOG, Key.INDEX):  # the key of keys is known by what it wrapped
        values = {"fingerprint": fingerprint(keystore.read(key)), "since": at}
        KeyMark.objects.get_or_create(key=key.value, defaults=values)


def keys_must_fit() -> None:
    """See that the key files are those by which this database lives."""
    for mark in KeyMark.objects.order_by("key"):
        key = Key(mark.key)
        if fingerprint(keystore.read(key)) != mark.fingerprint:
            raise KeyWrong(path=keystore.path_of(key))
    youngest = SubjectKey.objects.filter(IS_LIVING).order_by("-pk").values_list("kek", flat=True).first()
    if youngest is not None and keystore.by_fingerprint(youngest) is None:
        raise KeyWrong(path=keystore.path_of(Key.SUBJECTS))


# The wrapped keys as rows that are kept apart from the main backup, so that what was shredded stays shredded.


TABLES = ("seal_subjectkey",)
"""What a main backup leaves out: with it, everything that was shredded since could be read again."""
ROWS_AT_ONCE = 1_000


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
    for at in range(0, len(some), ROWS_AT_ONCE):
        found.update(
            SubjectKey.objects.filter(pk__in=some[at : at + ROWS_AT_ONCE]).values_list("pk", flat=True)
        )
    return found


def key_rows() -> Iterator[KeyRow]:
    """Yield every row in the order of its number, the shredded ones too; the caller holds the moment."""
    rows = SubjectKey.objects.order_by("pk").values_list("pk", "subject", "wrapped", "kek", "shredded_at")
    for number, subject, wrapped, kek, shredded_at in rows.iterator(chunk_size=ROWS_AT_ONCE):
        yield KeyRow(
            number=number,
            subject=subject,
            wrapped=None if wrapped is None else bytes(wrapped),
            kek=kek,
            shredded_at=shredded_at,
        )


def put_back_keys(rows: Iterable[KeyRow]) -> int:
    """Put rows back and return how many were missing.  A shredding is never undone: by either side's word a key is gone."""
    put = 0
    with transaction.atomic():
        batch: list[KeyRow] = []
        for row in rows:
            batch.append(row)
            if len(batch) == ROWS_AT_ONCE:
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


# A new key-encryption key while the house is open: made, every data key wrapped again in batches, the old one retired.


BATCH = 1_000
SETTLED = timedelta(minutes=10)
"""How long a new key must have stood before an old one goes: longer than any transaction that began before it."""


class RotationUnfinished(Refusal, code="seal.rotation_unfinished", status=409):
    """Data keys are still wrapped by an older key, or may still become so."""

    text = Text(
        "古い鍵で包まれたデータ鍵が{count}本あるか、新しい鍵ができて{minutes}分たっていません。`mamori seal rotate` を終えて、"
        "時間をおいてからもう一度実行してください。",
        "{count} data keys are still wrapped by an older key, or the newest is younger than {minutes} minutes. Finish "
        "`mamori seal rotate`, wait, and try again.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationFact:
    """A key-encryption key: where it stands, since when, whether its file lies wrapped, how many data keys it wraps."""

    number: int
    path: Path
    fingerprint: str
    made_at: datetime
    is_plain: bool
    keys: int
    is_newest: bool


def generations() -> tuple[GenerationFact, ...]:
    """Return the key-encryption keys that are there, the newest first."""
    rows = SubjectKey.objects.filter(IS_LIVING).values("kek").annotate(count=Count("pk")).order_by("kek")
    counts = {row["kek"]: row["count"] for row in rows}
    found = list(keystore.generations())
    return tuple(_fact(one, counts, one is found[0]) for one in found)


def orphans() -> int:
    """Count the living data keys that no key file of the house can open; anything but 0 is a loss."""
    known = [one.fingerprint for one in keystore.generations()]
    return SubjectKey.objects.filter(IS_LIVING).exclude(kek__in=known)[:100_000].count()


def begin() -> Generation | None:
    """Make the next key-encryption key and return it; None when an earlier rotation is still to be finished."""
    newest = keystore.newest()
    if SubjectKey.objects.filter(IS_LIVING).exclude(kek=newest.fingerprint).exists():
        return None
    keystore.make(Key.SUBJECTS, newest.number + 1)
    return keystore.newest()


def rewrap(told: Callable[[int], None] = lambda count: None) -> int:
    """Wrap every data key again that an older key wrapped, batch by batch, and return how many it was.

    Each batch is a transaction of its own and the old key stays until it is retired, so that a kill loses nothing:
    run again, it goes on.  Rows that others are using are passed over and taken alone at the end, so nobody waits in a ring.
    """
    newest = keystore.newest()
    done = 0
    for old in list(keystore.generations())[1:]:
        last = 0
        while rows := list(_under(old).filter(pk__gt=last)[:BATCH]):
            last = rows[-1].pk
            count = _wrap(rows, newest, patient=False)
            done += count
            told(count)
        for row in _under(old).iterator():
            count = _wrap([row], newest, patient=True)
            done += count
            told(count)
    return done


def retire(*, at: datetime) -> tuple[Path, ...]:
    """Remove the key files that no data key needs any more and return where they stood; the newest stays."""
    known = generations()
    newest, old = known[0], known[1:]
    left = sum(one.keys for one in old)
    if old and (left or at - newest.made_at < SETTLED):
        raise RotationUnfinished(count=left, minutes=int(SETTLED.total_seconds() // 60))
    for one in old:
        _overwrite(one.path)
    return tuple(one.path for one in old)


def wrap_files() -> tuple[Path, ...]:
    """Write every key file anew as today's profile wraps it, and return which; they are replaced when all are written."""
    paths = [keystore.path_of(Key.SUBJECTS, number) for number in keystore.numbers()]
    paths += [keystore.path_of(key) for key in Key if key is not Key.SUBJECTS]
    keystore.wrap_again(paths)
    return tuple(paths)


def _under(old: Generation) -> Any:
    return SubjectKey.objects.filter(IS_LIVING, kek=old.fingerprint).order_by("pk")


def _wrap(rows: list[SubjectKey], newest: Generation, *, patient: bool) -> int:
    """Wrap these keys again; computed before the transaction, written only over what was read."""
    fresh = {row.pk: (aes_key_wrap(newest.secret, unwrap(row)), bytes(row.wrapped or b"")) for row in rows}
    with transaction.atomic():
        free = SubjectKey.objects.select_for_update(skip_locked=not patient).filter(IS_LIVING, pk__in=fresh)
        changes = [
            (fresh[number][0], newest.fingerprint, number)
            for number, wrapped in free.values_list("pk", "wrapped")
            if bytes(wrapped or b"") == fresh[number][1]
        ]
        with connection.cursor() as cursor:
            cursor.executemany("UPDATE seal_subjectkey SET wrapped = %s, kek = %s WHERE id = %s", changes)
    return len(changes)


def _fact(one: Generation, counts: dict[str, int], is_newest: bool) -> GenerationFact:
    return GenerationFact(
        number=one.number,
        path=one.path,
        fingerprint=one.fingerprint,
        made_at=datetime.fromtimestamp(one.path.stat().st_mtime, UTC),
        is_plain=wrapping.is_plain(one.path.read_bytes()),
        keys=counts.get(one.fingerprint, 0),
        is_newest=is_newest,
    )


def _overwrite(path: Path) -> None:
    """Take a key from the disk; overwriting first is the best that a file system lets us do."""
    with path.open("r+b") as file:
        file.write(b"0" * path.stat().st_size)
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
