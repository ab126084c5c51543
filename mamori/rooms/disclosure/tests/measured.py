"""Months that were counted, of any figures: what pages and editions are tried on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from mamori.grammar.actor import Role
from mamori.grammar.figures import Unit
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.japan.calendar import JAPAN, HalfYear, Month
from mamori.law.shown import RESOLVED, SHOWN, TROUBLES
from mamori.rooms.disclosure.models import MonthFigure
from mamori.rooms.disclosure.tests.conftest import actor

HALF = HalfYear(2026, 1)
AFTER = datetime(2026, 8, 3, 10, tzinfo=JAPAN)


def opened(at: datetime = HALF.since) -> None:
    """Let the house have been opened then."""
    with memory.act():
        first = actor("machine:test", Role.MACHINE, at)
        ledger.record(first, kind="people.added", subject=ledger.MARKET, about="house")


def counted(month: Month, at: datetime = AFTER, **counts: int) -> None:
    """Let a month be counted: 40 of each count, 30 of each share, 12.5 of each rank, or what is named."""
    known = {one.code: 40 if not one.within else 30 for one in SHOWN} | _named(counts)
    MonthFigure.objects.bulk_create(
        MonthFigure(
            month=month.since.date(),
            code=one.code,
            version=1,
            count=0 if one.percent else known[one.code],
            took=Decimal("12.5") if one.unit in (Unit.HOURS, Unit.DAYS) else None,
            counted_at=at,
        )
        for one in SHOWN
    )


def _named(counts: Mapping[str, int]) -> dict[str, int]:
    names = {"troubles": TROUBLES.code, "resolved": RESOLVED.code}
    return {names.get(name, name): count for name, count in counts.items()}


def half_counted() -> None:
    """Let a half-year lie behind: in March few came, in April few were not solved in time."""
    opened()
    for month in HALF.months:
        match month.number:
            case 3:
                counted(month, troubles=3, resolved=2)
            case 4:
                counted(month, troubles=40, resolved=38)
            case _:
                counted(month)
