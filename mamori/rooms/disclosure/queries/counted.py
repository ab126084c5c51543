"""The months that were counted, and what of them everybody reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from mamori.grammar.outline import MonthCount
from mamori.japan.months import Month
from mamori.law.gate import NOTHING, Cells, Counts, cells_of, corrected
from mamori.law.shown import SHOWN_BY_CODE
from mamori.rooms.contact import facts as contact
from mamori.rooms.disclosure.models import MonthFigure
from mamori.rooms.disclosure.rules.measures import settled_at
from mamori.rooms.display import facts as display
from mamori.rooms.enforcement import facts as enforcement
from mamori.rooms.identity import facts as identity
from mamori.rooms.outreach import facts as outreach
from mamori.rooms.payouts import facts as payouts


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthTold:
    """A month that was counted: when, what lies behind it as it was counted first and now, and what everybody reads of it.

    `told` is all that everybody could read of it, in its order; the last of them stands.
    """

    month: Month
    counted_at: datetime
    version: int
    first: Counts
    counts: Counts
    told: tuple[Cells, ...]

    @property
    def cells(self) -> Cells:
        """Return what everybody reads of it now."""
        return self.told[-1]


def count(month: Month) -> dict[str, MonthCount]:
    """Count a month as it stood when it was settled; what is asked of the tables now is not what came later."""
    asof = settled_at(month)
    found = (
        *contact.settled(month, asof=asof),
        *enforcement.settled(month, asof=asof),
        *display.settled(month, asof=asof),
        *identity.settled(month),
        *payouts.settled(month, asof=asof),
        *outreach.settled(month),
    )
    return {one.code: one for one in found}


def newest() -> int:
    """Return the number of what was counted last, 0 while nothing was: as rows only grow, it says all that was."""
    return MonthFigure.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def months_told(since: Month | None = None, until: Month | None = None) -> tuple[MonthTold, ...]:
    """Return the months that were counted, of those from `since` to `until`, in their order, in one statement."""
    rows = MonthFigure.objects.filter(code__in=SHOWN_BY_CODE).order_by("month", "version", "id")
    if since is not None:
        rows = rows.filter(month__gte=since.since.date())
    if until is not None:
        rows = rows.filter(month__lte=until.since.date())
    return tuple(
        _told(Month(day.year, day.month), list(of_month))
        for day, of_month in groupby(rows, key=lambda row: row.month)
    )


def _told(month: Month, rows: Iterable[MonthFigure]) -> MonthTold:
    versions = [list(one) for _, one in groupby(rows, key=lambda row: row.version)]
    counts = at_first = _counts(versions[0])
    missing = SHOWN_BY_CODE.keys() - {row.code for row in versions[0]}
    told: list[Cells] = [cells_of(counts) | dict.fromkeys(missing, NOTHING)]
    for later in versions[1:]:
        counts = {**counts, **_counted(later)}
        told.append(corrected(told, counts))
    return MonthTold(
        month=month,
        counted_at=versions[0][0].counted_at,
        version=versions[-1][0].version,
        first=at_first,
        counts=counts,
        told=tuple(told),
    )


def _counts(rows: Iterable[MonthFigure]) -> dict[str, MonthCount]:
    """Return what was counted; a figure that was declared later is nothing until it is counted as well."""
    found = _counted(rows)
    return {code: found.get(code, MonthCount(code=code)) for code in SHOWN_BY_CODE}


def _counted(rows: Iterable[MonthFigure]) -> dict[str, MonthCount]:
    return {row.code: MonthCount(code=row.code, count=row.count, took=row.took) for row in rows}
