"""The public figures of a month, counted once it is settled, and the rows behind them: moments and states, nobody's name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from mamori.grammar.outline import MonthCount
from mamori.ground.declared.exported import ExportedRow, exported
from mamori.japan.months import Month
from mamori.law.shown import IDENTITIES
from mamori.rooms.identity.models import Version


def _checks(since: datetime, until: datetime) -> QuerySet[Version]:
    """Return the versions that tell a check of the name which they register."""
    return Version.objects.filter(covered=True, told_at__gte=since, told_at__lt=until)


def settled(month: Month) -> tuple[MonthCount, ...]:
    """Return what is published of a month: what was told then is told for good."""
    return (MonthCount(code=IDENTITIES.code, count=_checks(month.since, month.until).count()),)


def settled_rows(since: datetime, until: datetime) -> Iterator[ExportedRow]:
    """Yield of each check from `since` to before `until` when it was told."""
    yield from exported("identity", _checks(since, until), "told_at")
