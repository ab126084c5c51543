"""What everybody reads of measures: what a figure says, when a month is counted, which figure of a measure is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from mamori.grammar.figures import UNITS, Unit
from mamori.grammar.line import Force
from mamori.grammar.outline import PublicFigure
from mamori.grammar.text import Text
from mamori.japan.months import Month
from mamori.law.gate import CellState, PublicCell
from mamori.law.shown import SETTLED_DAYS

_SAID = {
    CellState.FEW: Text("5未満", "fewer than 5"),
    CellState.HIDDEN: Text("少数のため出しません", "not told: too few"),
    CellState.NONE: Text("対象なし", "nothing to count"),
    CellState.NOT_YET: Text("まだ出ない", "not reached yet"),
}
_BOUNDS = {
    CellState.AT_LEAST: Text("{figure}以上", "{figure} or more"),
    CellState.AT_MOST: Text("{figure}以下", "{figure} or less"),
}
MARKS = {
    CellState.FEW: "<5",
    CellState.HIDDEN: "…",
    CellState.NONE: "–",
    CellState.NOT_YET: "△",
}
"""What stands for a figure where a picture has room for little."""


def settled_at(month: Month) -> datetime:
    """Return the moment as of which a month is counted, and from which on it can be."""
    return month.until + timedelta(days=SETTLED_DAYS)


def last_settled(at: datetime) -> Month:
    """Return the last month that can be counted at `at`."""
    month = Month(at.year + 1, 1)
    while settled_at(month) > at:
        month = month.previous
    return month


def month_text(month: Month) -> Text:
    """Return what a month is called."""
    return Text(f"{month.year}年{month.number}月", f"{month.since:%B} {month.year}")


KEY = Text(
    "「…」は少数のため出さない月、「<5」は5未満、「△」はまだ出ない月、「–」は対象のない月です。割合の「90+」は90以上、「<9」は9未満です。",
    "“…”: not told, as it is too few. “<5”: fewer than 5. “△”: not reached yet. “–”: nothing to count. Of a "
    "share “90+”: 90 or more, “<9”: below 9.",
)


def cell_text(figure: PublicFigure, cell: PublicCell) -> Text:
    """Say what a cell tells."""
    return state_text(figure.unit, cell.state, cell.count, cell.value)


def state_text(unit: Unit, state: CellState, count: int | None, value: Decimal | None) -> Text:
    """Say what a figure of that unit tells."""
    if state in _SAID:
        return _SAID[state]
    name = UNITS[unit]
    said = (
        Text(f"{count:,} {name.ja}", f"{count:,}")
        if unit is Unit.COUNT
        else Text(f"{value:,.1f} {name.ja}", f"{value:,.1f} {name.en}")
    )
    return _BOUNDS[state].fill(figure=said) if state in _BOUNDS else said


def mark_of(cell: PublicCell) -> str:
    """Return the sign that stands for what is not told in a picture."""
    return MARKS.get(cell.state, "")


def drawn_of(figures: Sequence[PublicFigure]) -> PublicFigure | None:
    """Return the figure of a measure that is drawn: how well before how many; none where it has no figure."""
    told = [one for one in figures if one.unit is not Unit.COUNT]
    return next(iter(told or figures), None)


FORCES = {
    Force.SHALL: Text(
        "法律が、行うものとすると定めていることです。", "The Act says that this is to be done."
    ),
    Force.EFFORT: Text(
        "法律が、行うよう努めることを求めていることです（努力義務）。",
        "The Act asks to endeavour to do this.",
    ),
    Force.ON_REQUEST: Text(
        "法律により、購入者から請求があったときに応えることです。",
        "Under the Act this is done when a buyer asks for it.",
    ),
}
BEYOND = Text(
    "法律の定めはなく、運営者が自ら行っていることです。",
    "No statute asks for this; we do it of our own accord.",
)


def force_text(force: Force | None) -> Text:
    """Say in plain words how strongly something is asked."""
    return FORCES.get(force, BEYOND) if force else BEYOND
