"""How the house does, for a monitor: whether it is ready, its vital signs, and the rules that the database keeps itself."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import BaseConstraint, CheckConstraint, Model, QuerySet, UniqueConstraint
from django.http import HttpResponse, JsonResponse

from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.ground.cases.models import Case
from mamori.ground.clocks import facts as clocks
from mamori.ground.clocks.facts import Pulse
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.models import Pending
from mamori.ground.outbox.models import IS_DEAD, IS_STUCK, IS_UNDONE, Delivery, Effect
from mamori.ground.post.models import IS_GIVEN_UP, Mail
from mamori.ground.seal import facts as seal
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.signs import Visit
from mamori.site import prepared

# The rules that the database itself keeps: those that this version declares, held beside those that are there.


type Standing = Mapping[str, Mapping[str, Any]]
"""What a table has, by name, as Django reads it from either engine."""


NAMES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type IN ('index', 'table')",
    "postgresql": "SELECT conname, NULL FROM pg_constraint UNION ALL SELECT relname, NULL FROM pg_class WHERE relkind = 'i'",
}
INSIDE = regex(r'CONSTRAINT "([^"]+)"')


def missing_names() -> list[str]:
    """Return the names of declared rules and indexes that the database does not know: one look, quick enough for a monitor."""
    wanted = {
        one.name
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        for one in (*model._meta.constraints, *model._meta.indexes)
    }
    with connection.cursor() as cursor:
        cursor.execute(NAMES[connection.vendor])
        for name, sql in cursor.fetchall():
            wanted.discard(name)
            wanted.difference_update(INSIDE.findall(sql or ""))
    return sorted(wanted)


def missing_rules() -> list[str]:
    """Return the unique rules, checks, references and indexes that are declared and not there, by table and name."""
    gone = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy:
                standing = connection.introspection.get_constraints(cursor, model._meta.db_table)
                gone += [f"{model._meta.db_table}: {name}" for name in _missing(model, standing)]
    return gone


def _missing(model: type[Model], standing: Standing) -> Iterator[str]:
    for constraint in model._meta.constraints:
        if not _stands(model, constraint, standing):
            yield constraint.name
    for index in model._meta.indexes:
        if not standing.get(index.name, {}).get("index"):
            yield index.name
    uniques = {
        tuple(one["columns"] or ()) for one in standing.values() if one["unique"] or one["primary_key"]
    }
    firsts = {one["columns"][0] for one in standing.values() if one["columns"]}
    named = {constraint.name for constraint in model._meta.constraints}
    plain = {one["columns"][0] for name, one in standing.items() if one["foreign_key"] and name not in named}
    fields: Iterable[Any] = model._meta.local_concrete_fields
    for field in fields:
        if field.unique and (field.column,) not in uniques:
            yield f"{field.column} (unique)"
        if field.db_index and field.column not in firsts:
            yield f"{field.column} (index)"
        if field.remote_field is not None and field.db_constraint and field.column not in plain:
            yield f"{field.column} (reference)"
    for names in model._meta.unique_together:
        if tuple(_columns(model, names)) not in uniques:
            yield f"{', '.join(names)} (unique)"


def _stands(model: type[Model], constraint: BaseConstraint, standing: Standing) -> bool:
    """Say whether a named rule is there, and is what it is called: an index of its name that lets doubles in is none."""
    found = standing.get(constraint.name, {})
    if isinstance(constraint, CheckConstraint):
        return bool(found.get("check"))
    if not isinstance(constraint, UniqueConstraint) or constraint.expressions:
        return bool(found)
    if not found.get("unique"):
        return False
    return found["columns"] in (_columns(model, constraint.fields), [])


def _columns(model: type[Model], names: Iterable[str]) -> list[str]:
    fields: Mapping[str, Any] = {field.name: field for field in model._meta.local_concrete_fields}
    return [fields[name].column for name in names]


# How the house stands, in figures: what waits, what is stuck, who looked last, how much room is left.


COUNTED = 1_000
LEAST_ROOM = 200 * 2**20
"""Bytes: with less room left than this, the house says that it is not ready."""
BACKUP_MARK = "last-backup"


def open_work() -> Mapping[str, int]:
    """Count, to 1,000 each, what is on its way."""
    return {
        "cases": _count(Case.objects.filter(IS_OPEN)),
        "effects": _count(Effect.objects.filter(IS_UNDONE)),
        "deliveries": _count(Delivery.objects.filter(IS_OPEN)),
        "mail": _count(Mail.objects.filter(IS_OPEN)),
        "log": _count(Pending.objects.all()),
    }


def stuck_work(at: datetime) -> Mapping[str, int]:
    """Count, to 1,000 each, what does not get on by itself."""
    return {
        "clocks": clocks.pulse(at).stuck,
        "effects": _count(Effect.objects.filter(IS_STUCK)),
        "deliveries": _count(Delivery.objects.filter(IS_DEAD)),
        "mail": _count(Mail.objects.filter(IS_GIVEN_UP)),
    }


def pulse(at: datetime) -> Pulse:
    """Return how the loops of the worker do."""
    return clocks.pulse(at)


def room() -> int:
    """Return the bytes that are left where data, log and files lie, or will lie: of whichever has the least."""
    return min(_left(Path(place)) for place in (settings.HOME, settings.LOG, settings.FILES))


def _left(folder: Path) -> int:
    return shutil.disk_usage(next(place for place in (folder, *folder.parents) if place.exists())).free


def may_write_log() -> bool:
    """Try to write beside the log."""
    folder = Path(settings.LOG)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".trial-") as trial:
            trial.write(b"x")
    except OSError:
        return False
    return True


def note_backup(at: datetime) -> None:
    """Remember when a backup was written, so that its age can be seen."""
    place = Path(settings.HOME) / BACKUP_MARK
    draft = place.with_name(f".{BACKUP_MARK}.{os.getpid()}")
    draft.write_text(at.isoformat(timespec="seconds"), "ascii")
    draft.replace(place)


def last_backup() -> datetime | None:
    """Return when the last backup was written, None when there was none."""
    try:
        return datetime.fromisoformat((Path(settings.HOME) / BACKUP_MARK).read_text("ascii").strip())
    except (OSError, ValueError):
        return None


def _count(rows: QuerySet[Any]) -> int:
    return rows.order_by()[:COUNTED].count()


# Whether this process lives, and whether the house is ready: short answers for monitors, with nothing of anybody in them.


log = logging.getLogger(__name__)

BEAT = timedelta(seconds=60)
"""A worker looks every ten seconds; six missed looks are too many."""
STANDSTILL = timedelta(minutes=10)
"""An act that has waited so long for its place in the log has not merely come in a rush."""
RETRY = "5"

type Part = Callable[[datetime], bool]


@open_to(*EVERYONE)
def live(request: Visit) -> HttpResponse:
    """Say that this process answers; it asks nobody."""
    return _never_kept(HttpResponse("alive\n", content_type="text/plain"))


@open_to(*EVERYONE)
def is_ready(request: Visit) -> HttpResponse:
    """Say for each part whether it is as it should be; 503 when one is not."""
    parts = {name: _asked(name, part, request.received_at) for name, part in PARTS.items()}
    whole = all(parts.values())
    answer = JsonResponse(
        {"ready": whole, "parts": {name: "good" if good else "bad" for name, good in parts.items()}},
        status=200 if whole else 503,
    )
    if not whole:
        answer["Retry-After"] = RETRY
    return _never_kept(answer)


def _asked(name: str, part: Part, at: datetime) -> bool:
    try:
        return part(at)
    except (DatabaseError, OSError, Refusal) as error:
        log.warning("%s is not ready: %s", name, error)
        return False


def database(at: datetime) -> bool:
    """Ask the database something."""
    pulse(at)
    return True


def migrations(at: datetime) -> bool:
    """See that the tables are those of this version, neither older nor newer."""
    prepared.tables_must_fit()
    return True


def rules_kept(at: datetime) -> bool:
    """See that no rule which the database keeps for us was taken from it."""
    return not missing_names()


def keys(at: datetime) -> bool:
    """Read each key, and see that tables and log were written by these."""
    whole = all(seal.key(key) for key in seal.Key)
    prepared.keys_must_fit()
    return whole


def disk(at: datetime) -> bool:
    """See that there is room."""
    return room() >= LEAST_ROOM


def worker(at: datetime) -> bool:
    """See that every loop of the worker looked lately."""
    beats = pulse(at).beats
    return bool(beats) and all(at - beat.at <= BEAT for beat in beats)


def record(at: datetime) -> bool:
    """See that the log's folder takes files, and that acts find their places in it."""
    oldest = ledger.waiting_since()
    return may_write_log() and (oldest is None or at - oldest <= STANDSTILL)


PARTS: dict[str, Part] = {
    "database": database,
    "migrations": migrations,
    "rules": rules_kept,
    "keys": keys,
    "disk": disk,
    "worker": worker,
    "log": record,
}


def _never_kept(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    return answer
