"""What is counted for the sheet of the product safety pledge, and of which months and years there is one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.refusal import Refusal
from mamori.grammar.sheet import Removals
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.japan.spoken import spoken
from mamori.law.pledge import REMOVAL, REMOVED_FOR
from mamori.rooms.disclosure.rules.kpi import (
    SheetLine,
    SheetPeriod,
    behind,
    period_named,
    periods,
    sheet_of,
    usual_period,
)
from mamori.rooms.enforcement import facts as enforcement


class NoSuchKpiPeriod(Refusal, code="no-such-kpi-period", status=404):
    """Given when what was written is neither a month nor a year."""

    text = Text(
        "月は「2026-11」、年は「2026」のように書いてください。",
        "Please write a month as 2026-11, or a year as 2026.",
    )


class KpiPeriodToCome(Refusal, code="kpi-period-to-come", status=409):
    """Given when a sheet is asked of a month or year that has not begun."""

    text = Text(
        "{period}はまだ始まっていません。今月か、それより前の月や年をお選びください。",
        "{period} has not begun. Please choose this month or year, or an earlier one.",
    )


class KpiPeriodNotKept(Refusal, code="kpi-period-not-kept", status=409):
    """Given when a sheet is asked of a time before anything was recorded here."""

    text = Text(
        "この仕組みの記録は{began}に始まりました。{period}の数はここにないので、自社の記録から書いてください。",
        "What is recorded here begins at {began}. There are no figures of {period}: please write them from your own records.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiSheet:
    """The sheet of a month or year: its rows, of what they are made, and whether its time is over and wholly recorded.

    `began` is when the record began, where that lies within its time; `choices` are the months and years that there are.
    """

    period: SheetPeriod
    lines: tuple[SheetLine, ...]
    behind: tuple[tuple[str, Text, int], ...]
    is_over: bool
    began: datetime | None
    choices: tuple[SheetPeriod, ...]


def kpi_sheet(name: str, at: datetime) -> KpiSheet:
    """Return the sheet of a month or year by its name; of the last month that is over where none is named."""
    began = ledger.began_at() or at
    period = period_named(name) if name else usual_period(began, at)
    if period is None:
        raise NoSuchKpiPeriod
    if period.since > at:
        raise KpiPeriodToCome(period=period.title)
    if period.until <= began:
        raise KpiPeriodNotKept(period=period.title, began=spoken(began))
    found = counted_in(period)
    return KpiSheet(
        period=period,
        lines=sheet_of(found),
        behind=behind(found),
        is_over=period.is_over(at),
        began=began if period.since < began else None,
        choices=periods(began, at),
    )


def counted_in(period: SheetPeriod) -> Removals:
    """Count the removals of a month or year: by the moment at which each came into force, which nothing later moves."""
    return enforcement.removals(period.since, period.until, kind=REMOVAL.code, breach=REMOVED_FOR.code)
