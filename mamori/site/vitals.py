"""How the house stands, in figures: what waits, what is stuck, who looked last, how much room is left."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from mamori.ground.cases.models import Case
from mamori.ground.clocks import facts as clocks
from mamori.ground.clocks.facts import Pulse
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.ledger.models import Pending
from mamori.ground.outbox.models import IS_DEAD, IS_STUCK, IS_UNDONE, Delivery, Effect
from mamori.ground.post.models import IS_GIVEN_UP, Mail

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
