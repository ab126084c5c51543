"""The one page of measures as everybody reads it: promises with their numbers, each measure with its figures month by month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mamori.grammar.declaration import Deadline
from mamori.grammar.figures import Unit
from mamori.grammar.outline import PublicFigure
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.terms import facts as terms
from mamori.ground.web import pictures
from mamori.ground.web.pictures import Drawing, FigureSeen
from mamori.japan.calendar import JAPAN
from mamori.japan.months import HalfYear, Month, half_of, month_of
from mamori.law import gate, shown
from mamori.law.deadlines import ANSWER, RESOLUTION
from mamori.law.figures import rank_words
from mamori.law.gate import HIDDEN, Cells, CellState, PublicCell
from mamori.rooms.disclosure.queries.counted import MonthTold
from mamori.rooms.disclosure.queries.measures import MeasureOnPage
from mamori.rooms.disclosure.rules.editions import half_text
from mamori.rooms.disclosure.rules.halfyear import PERCENTS
from mamori.rooms.disclosure.rules.measures import (
    KEY,
    cell_text,
    drawn_of,
    mark_of,
    month_text,
    settled_at,
    state_text,
)
from mamori.rooms.disclosure.rules.report import share_sign

MONTHS = 12
PROMISES = (
    (
        Text("{span}以内の解決を目指します", "We aim at a solution within {span}"),
        RESOLUTION,
        shown.RESOLVED,
        "P06",
    ),
    (
        Text("{span}以内の回答を出品者に求めます", "A seller has to answer within {span}"),
        ANSWER,
        shown.ANSWERED,
        "P03",
    ),
    (
        Text("出品者が応じないときは代わりに返金することがあります", "We may refund where a seller does not"),
        None,
        shown.MONEY_BACK_MEDIAN,
        "P07",
    ),
)
"""What a worried buyer wants to know first: what is promised, by which figure it is measured, and where more of it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseShown:
    """A promise with its newest number: of which month and out of how many, or why there is none."""

    says: Text
    figure: PublicFigure
    said: Text
    is_told: bool
    of: Text | None
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """One figure: what is counted, how it is rounded, each month in words, the newest first, and whether it was corrected.

    `halves` are the half-years that are over, where no month tells a number.
    """

    title: Text
    means: Text
    rounded: Text
    halves: tuple[tuple[Text, Text], ...]
    months: tuple[tuple[str, Text, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureFigures:
    """The figures of a measure month by month, and the one of them that is drawn, unless half-years stand before the months."""

    drawing: Drawing | None
    figures: tuple[FigureLine, ...]

    @property
    def by_half(self) -> tuple[tuple[Text, Text, Text], ...]:
        """Return each figure of a half-year that stands before the months: title, half-year, and what is told."""
        return tuple((one.title, half, said) for one in self.figures for half, said in one.halves)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeTold:
    """A month, or a half-year that is over: what it is called, its last month, and what everybody reads of it."""

    name: Text
    last: Month
    cells: Cells


def first_on(at: datetime) -> date | None:
    """Return on which day the first figures are counted, where none are yet."""
    opened = ledger.began_at() or at
    return settled_at(month_of(opened)).astimezone(JAPAN).date()


def halves_of(months: Sequence[MonthTold]) -> tuple[TimeTold, ...]:
    """Return the half-years that are over and counted, the newest first: the first of a house begins with its first month.

    One that runs has no total, nor has a year: of two totals that overlap the difference would be a month.
    """
    found: dict[HalfYear, list[MonthTold]] = {}
    for one in months:
        found.setdefault(half_of(one.month), []).append(one)
    if len(months) >= MONTHS and found:  # the first of them began earlier than what is shown
        first = next(iter(found))
        found = {half: some for half, some in found.items() if half != first or len(some) == len(half.months)}
    return tuple(
        TimeTold(
            name=half_text(half),
            last=half.months[-1],
            cells=gate.totals_of([one.cells for one in some], [one.first for one in some]),
        )
        for half, some in reversed(found.items())
        if some[-1].month == half.months[-1]
    )


def telling(
    months: Sequence[MonthTold], halves: Sequence[TimeTold], shown_: Sequence[MeasureOnPage]
) -> TimeTold | None:
    """Return the newest month that tells a number of something promised and on; where none does the newest half-year that does.

    Where none does either it is the newest month, and None without any.
    """
    on = {one.code for one in shown_ if one.outline}
    figures = [figure.code for _, _, figure, code in PROMISES if code in on]
    named = [
        TimeTold(name=month_text(one.month), last=one.month, cells=one.cells) for one in reversed(months)
    ]
    told = (one for one in (*named, *halves) if any(is_told(_in(one, code)) for code in figures))
    return next(told, named[0] if named else None)


def _in(time: TimeTold, code: str) -> PublicCell:
    """Return what a time tells of a figure: a half-year tells no rank."""
    return time.cells.get(code, HIDDEN)


def is_told(cell: PublicCell) -> bool:
    """Say whether a cell tells a number: its own, or the least or the most that it is."""
    return cell.state in (CellState.EXACT, CellState.AT_LEAST, CellState.AT_MOST)


def promises(
    time: TimeTold | None, shown_: Sequence[MeasureOnPage], at: datetime
) -> tuple[PromiseShown, ...]:
    """Return what is promised and on, each with its figure of a month or half-year."""
    on = {one.code for one in shown_ if one.outline}
    return tuple(
        _promise(_filled(says, deadline, at), figure, code, time)
        for says, deadline, figure, code in PROMISES
        if code in on
    )


def _filled(says: Text, deadline: Deadline | None, at: datetime) -> Text:
    return says if deadline is None else says.fill(**terms.filled({"span": deadline}, at=at))


def _promise(says: Text, figure: PublicFigure, code: str, time: TimeTold | None) -> PromiseShown:
    if time is None:
        said = Text("まだ数えていません", "not counted yet")
        return PromiseShown(says=says, figure=figure, said=said, is_told=False, of=None, code=code)
    cell, whole = _in(time, figure.code), _in(time, figure.within)
    return PromiseShown(
        says=says,
        figure=figure,
        said=cell_text(figure, cell),
        is_told=is_told(cell),
        of=_out_of(cell, whole),
        code=code,
    )


def _out_of(cell: PublicCell, whole: PublicCell) -> Text | None:
    if not is_told(cell) or whole.count is None:
        return None
    if cell.count is None:
        return Text(f"{whole.count:,}件の中央値", f"median of {whole.count:,}")
    part = state_text(Unit.COUNT, cell.state, cell.count, None)
    return Text(f"{whole.count:,}件のうち{part.ja.replace(' ', '')}", f"{part.en} of {whole.count:,}")


def figures_of(
    measure: MeasureOnPage, months: Sequence[MonthTold], halves: Sequence[TimeTold] = ()
) -> MeasureFigures:
    """Return what was counted of a measure; where its months hide every count, the half-years stand before them."""
    before = halves if _hide_all(measure, months) else ()
    lines = tuple(
        FigureLine(
            title=one.title,
            means=one.means,
            rounded=one.rounded,
            halves=tuple(
                (half.name, cell_text(one, half.cells[one.code])) for half in before if one.code in half.cells
            ),
            months=tuple(_told_of(one, month) for month in reversed(months)),
        )
        for one in measure.figures
    )
    return MeasureFigures(drawing=None if before else _drawing(measure, months), figures=lines)


def _hide_all(measure: MeasureOnPage, months: Sequence[MonthTold]) -> bool:
    """Say whether there were few in some month, and no month tells how many there were but of those in which nothing was."""
    cells = [month.cells[one.within or one.code] for month in months for one in measure.figures]
    return any(one.state is CellState.FEW for one in cells) and not any(one.count for one in cells)


def _told_of(figure: PublicFigure, month: MonthTold) -> tuple[str, Text, str]:
    cell = month.cells[figure.code]
    mark = "corrected" if cell.corrected else ""
    return str(month.month), cell_text(figure, cell), mark


def _drawing(measure: MeasureOnPage, months: Sequence[MonthTold]) -> Drawing | None:
    figure = drawn_of(measure.figures)
    if figure is None or not months:
        return None
    seen = [_seen(figure, month) for month in months]
    key = (
        KEY
        if any(one.value is None or not one.sign[:1].isdigit() or one.sign[-1] == "+" for one in seen)
        else None
    )
    return pictures.months(f"drawn-{measure.code}", figure.title, seen, figure.unit, key=key)


def _seen(figure: PublicFigure, month: MonthTold) -> FigureSeen:
    cell = month.cells[figure.code]
    value = cell.value if figure.unit is not Unit.COUNT else cell.count
    sign = mark_of(cell) if value is None else _short(figure, cell.state, value)
    return FigureSeen(
        month=month.month,
        value=None if value is None else Decimal(value),
        said=cell_text(figure, cell),
        sign=sign,
    )


def _short(figure: PublicFigure, state: CellState, value: Decimal | int) -> str:
    """Return a figure as there is room for above a bar."""
    if figure.unit is Unit.PERCENT:
        return share_sign(state, Decimal(value))
    return f"{value:,}" if figure.unit is Unit.COUNT else f"{value:,.0f}" if value >= 100 else f"{value:,.1f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionLine:
    """One figure of an edition: what is counted, each month in words and marked where it was corrected, and the total."""

    title: Text
    means: Text
    months: tuple[tuple[str, Text, str], ...]
    total: Text | None


def edition_lines(edition: Mapping[str, Any]) -> Iterator[EditionLine]:
    """Yield what an edition says of each figure, by its own definitions: those of today may be others."""
    for one in edition["definitions"]:
        code, unit = one["code"], Unit(one["unit"])
        months = tuple(
            (month["month"], cell_said(unit, month["figures"][code]), _mark(month["figures"][code]))
            for month in edition["months"]
        )
        total = edition["totals"].get(code)
        yield EditionLine(
            title=Text(**one["title"]),
            means=Text(**one["means"]),
            months=months,
            total=cell_said(unit, total) if total else None,
        )


def request_lines(edition: Mapping[str, Any]) -> Iterator[tuple[Text, Text]]:
    """Yield what an edition says of the requests of its half-year."""
    told = edition["requests"]
    cells = told["figures"]
    yield RECEIVED, cell_said(Unit.COUNT, cells["received"])
    for name, words in (("outcome", told["outcomes"]), ("refused_on", told["grounds"])):
        for code, text in words.items():
            title = Text(**text) if name == "outcome" else ON_GROUND.fill(ground=Text(**text))
            yield title, cell_said(Unit.COUNT, cells[f"{name}.{code}"])
    for code, title in DAYS.items():
        yield title, cell_said(Unit.DAYS, cells[code])


RECEIVED = Text("届いた請求", "requests received")
ON_GROUND = Text("開示しなかった理由：{ground}", "refused on: {ground}")
DAYS = {
    code: Text("届いてから決めるまでの日数（{rank}）", "days to the decision ({rank})").fill(
        rank=rank_words(percent)
    )
    for code, percent in PERCENTS.items()
}


def _mark(cell: Mapping[str, Any]) -> str:
    return "corrected" if cell.get("corrected") else ""


def cell_said(unit: Unit, cell: Mapping[str, Any]) -> Text:
    """Say in words what a cell of an edition tells."""
    value = Decimal(cell["value"]) if "value" in cell else None
    return state_text(unit, CellState(cell["state"]), cell.get("count"), value)
