"""A new key-encryption key while the house is open: made, every data key wrapped again in batches, the old one retired."""

from __future__ import annotations

import os
from collections.abc import Callable
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
from mamori.ground.seal.keystore import Generation, Key
from mamori.ground.seal.models import IS_LIVING, SubjectKey
from mamori.ground.seal.opening import unwrap

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
    """Remove the key files that no data key needs any more and return where they stood; the newest stays.

    :raises RotationUnfinished: while a data key is wrapped by an older one, or the newest is too young.
    """
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
