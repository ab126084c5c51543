"""The public figures of a month, counted once it is settled, and the rows behind them: moments and states, nobody's name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from mamori.grammar.outline import MonthCount
from mamori.ground.declared.exported import ExportedRow, exported
from mamori.japan.months import Month
from mamori.law.shown import DISPLAYS, ITEMS_ASKED, ITEMS_GIVEN
from mamori.rooms.display.lifecycle import RequestState
from mamori.rooms.display.models import DisplayVersion, ItemRequest


def settled(month: Month, *, asof: datetime) -> tuple[MonthCount, ...]:
    """Return what is published of a month as it stood at `asof`."""
    written = DisplayVersion.objects.filter(told_at__gte=month.since, told_at__lt=month.until)
    asked = ItemRequest.objects.filter(asked_at__gte=month.since, asked_at__lt=month.until)
    given = asked.filter(state=RequestState.GIVEN, closed_at__lte=asof)
    return (
        MonthCount(code=DISPLAYS.code, count=written.count()),
        MonthCount(code=ITEMS_ASKED.code, count=asked.count()),
        MonthCount(code=ITEMS_GIVEN.code, count=given.count()),
    )


def settled_rows(since: datetime, until: datetime) -> Iterator[ExportedRow]:
    """Yield of each row its kind and what is counted of it, for what lies from `since` to before `until`."""
    yield from exported(
        "display", DisplayVersion.objects.filter(told_at__gte=since, told_at__lt=until), "told_at"
    )
    asked = ItemRequest.objects.filter(asked_at__gte=since, asked_at__lt=until)
    yield from exported("item_request", asked, "asked_at", "closed_at", "state")
