"""Editions, what one would say now and what those say that were published; and the page of measures with its figures."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from mamori.grammar.actor import Actor
from mamori.grammar.figures import Unit
from mamori.grammar.outline import MonthCount, PublicFigure
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.people import facts as people
from mamori.ground.terms import facts as terms
from mamori.ground.web import pictures
from mamori.ground.web.pictures import Drawing, FigureSeen
from mamori.ground.web.signing.here import is_second
from mamori.japan.calendar import JAPAN, HalfYear, Month, half_named, half_of, month_of
from mamori.law import gate, shown
from mamori.law.deadlines import ANSWER, RESOLUTION
from mamori.law.figures import rank_words
from mamori.law.gate import HIDDEN, Cells, CellState, PublicCell, cells_of, corrected, totals_of
from mamori.law.settings import OPERATOR_NAME
from mamori.law.shown import SHOWN_BY_CODE
from mamori.rooms.disclosure.editions.rules import (
    PERCENTS,
    EditionContent,
    PublishedMeasure,
    RequestCounts,
    counts_of,
    half_text,
    off_days,
    request_cells,
    requests_corrected,
    share_sign,
)
from mamori.rooms.disclosure.lifecycle import DECIDERS, EDITION, EditionState
from mamori.rooms.disclosure.measures import queries as counted
from mamori.rooms.disclosure.measures.queries import (
    MeasureOnPage,
    PracticeAnswerShown,
    PublishedMonth,
    elsewhere_text,
    requests_counted,
)
from mamori.rooms.disclosure.measures.rules import (
    KEY,
    cell_text,
    drawn_of,
    mark_of,
    month_text,
    settled_at,
    state_text,
)
from mamori.rooms.disclosure.models import Edition, MonthFigure

# Editions: what one would say now, what those say that were published, and what staff read of a draft.


PUBLIC = (EditionState.RELEASED.value, EditionState.REPLACED.value)


class NoSuchEdition(Refusal, code="no-such-edition", status=404):
    """Given when there is no such edition for this actor."""

    text = Text(
        "この公表版は見つかりません。「取組みと実績」のページから、公表した版をお選びください。",
        "There is no such edition. Please choose one of those published on the page of measures.",
    )


@dataclass(frozen=True, slots=True)
class FigureMoved:
    """A figure of a month that was counted otherwise than before; staff alone read by how much."""

    month: Month
    title: Text
    before: str
    now: str

    @property
    def shrank(self) -> bool:
        """Say whether it is less now."""
        return bool(self.before and self.now) and float(self.now) < float(self.before)


@dataclass(frozen=True, kw_only=True)
class EditionShown:
    """An edition: of which half-year, which number, how it stands, and its exact bytes."""

    id: int
    half: HalfYear
    number: int
    state: EditionState
    version: int
    reason: str
    digest: str
    drafted_at: datetime
    drafted_by: str
    released_at: datetime | None
    act: int | None
    may_release: bool
    moved: tuple[FigureMoved, ...]
    body: bytes = field(repr=False)

    @property
    def title(self) -> Text:
        """Return what it is called."""
        name = half_text(self.half)
        if self.number == 1:
            return name
        return Text(f"{name.ja} 訂正{self.number - 1}", f"{name.en}, correction {self.number - 1}")

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return EDITION.states[self.state]

    @cached_property
    def told(self) -> dict[str, Any]:
        """Return what its bytes say."""
        found: dict[str, Any] = json.loads(self.body)
        return found


def about_edition(number: int) -> str:
    """Return the name under which acts know an edition."""
    return f"disclosure.edition:{number}"


def published() -> tuple[EditionShown, ...]:
    """Return what was published, the newest half-year and version first."""
    rows = Edition.objects.filter(state__in=PUBLIC).order_by("-half", "-number")
    return tuple(summary_of(row) for row in rows.defer("recount"))


def published_one(half: str, number: int) -> EditionShown:
    """Return a published edition."""
    row = Edition.objects.filter(state__in=PUBLIC, half=half, number=number).first()
    if row is None:
        raise NoSuchEdition
    return summary_of(row)


def halves(at: datetime) -> tuple[HalfYear, ...]:
    """Return the half-years of which an edition can be made, the newest first: over, settled, and counted."""
    months = MonthFigure.objects.filter(month__lt=at).values_list("month", flat=True).distinct()
    known = sorted({half_of(Month(day.year, day.month)) for day in months}, reverse=True)
    return tuple(one for one in known if settled_at(one.months[-1]) <= at)


def edition_of(actor: Actor, number: int) -> EditionShown:
    """Return an edition for a lead or counsel."""
    row = Edition.objects.filter(pk=number).first()
    if row is None or actor.role not in DECIDERS:
        raise NoSuchEdition
    waits = row.state == EditionState.DRAFTED
    return summary_of(row, may_release=waits and is_second(actor, than=row.drafted_by))


def summary_of(row: Edition, *, may_release: bool = False) -> EditionShown:
    """Return an edition as it is shown."""
    half = half_named(row.half, None)
    assert half is not None, row.half
    return EditionShown(
        id=row.pk,
        half=half,
        number=row.number,
        state=EditionState(row.state),
        version=row.version,
        reason=row.reason,
        digest=row.digest,
        drafted_at=row.drafted_at,
        drafted_by=people.called(row.drafted_by, people.names()) if row.act is None else "",
        released_at=row.released_at,
        act=row.act,
        may_release=may_release,
        moved=tuple(
            FigureMoved(Month(*map(int, month.split("-"))), SHOWN_BY_CODE[code].title, before, now)
            for month, code, before, now in row.moved
        ),
        body=row.body.encode(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """What a draft is made from: its months as they were and as counted anew, its requests, and what has moved.

    `before` is the edition that stands, `told` what each published one told of the requests, in their order.
    """

    months: Sequence[PublishedMonth]
    recount: Mapping[Month, Mapping[str, MonthCount]]
    requests: RequestCounts
    before: Edition | None
    told: Sequence[RequestCounts]

    @property
    def moved(self) -> list[tuple[str, str, str, str]]:
        """Return each figure that was counted otherwise than before: month, code, before and now."""
        return [
            (str(one.month), code, _number(one.counts[code]), _number(now))
            for one in self.months
            for code, now in self.recount[one.month].items()
            if now != one.counts[code]
        ]

    @property
    def kept(self) -> dict[str, Any]:
        """Return what is kept of it for the release and the next edition."""
        moved = {month for month, *_ in self.moved}
        months = {
            str(month): {
                code: [one.count, None if one.took is None else str(one.took)] for code, one in counts.items()
            }
            for month, counts in self.recount.items()
            if str(month) in moved
        }
        return {"months": months, "requests": self.requests.kept()}


def drafted(half: HalfYear) -> Drafted:
    """Count a half-year anew beside what was counted and published of it: outside of any transaction, as it may take a while."""
    months = counted.published_months(half.months[0], half.months[-1])
    public = list(Edition.objects.filter(half=str(half), state__in=PUBLIC).order_by("number"))
    return Drafted(
        months=months,
        recount={one.month: counted.count(one.month) for one in months},
        requests=requests_counted(half),
        before=next((one for one in public if one.state == EditionState.RELEASED), None),
        told=[counts_of(one.recount["told"]) for one in public],
    )


def content_of(half: HalfYear, found: Drafted, *, number: int, reason: str, at: datetime) -> EditionContent:
    """Return what an edition says."""
    requests = _requests(found)
    cells = [corrected(one.told, found.recount[one.month]) for one in found.months]
    totals = totals_of(cells, [one.first for one in found.months])
    return EditionContent(
        half=half,
        number=number,
        reason=reason,
        operator=terms.setting(OPERATOR_NAME, at=at),
        drafted_at=at,
        months=[
            (one.month, one.counted_at, content_of)
            for one, content_of in zip(found.months, cells, strict=True)
        ],
        totals=totals,
        requests=request_cells(requests),
        unshown=requests != found.requests or _differ(found, cells, totals),
        measures=tuple(_measures(half)),
    )


def _differ(found: Drafted, cells: Sequence[Cells], totals: Cells) -> bool:
    """Say whether what is told is another than it would be were nothing of it told before."""
    counts = [found.recount[one.month] for one in found.months]
    fresh = [cells_of(one) for one in counts]
    pairs = zip([*cells, totals], [*fresh, totals_of(fresh, counts)], strict=True)
    return any(
        replace(content_of[code], corrected=False) != new
        for content_of, now in pairs
        for code, new in now.items()
    )


def _requests(found: Drafted) -> RequestCounts:
    """Return the requests that are told: as they were told before where what was counted anew cannot be."""
    if all(one == found.requests or requests_corrected(one, found.requests) for one in found.told):
        return found.requests
    return found.told[-1]


def published_requests(found: Drafted) -> dict[str, Any]:
    """Return which counts of requests an edition tells, as they are kept for the next."""
    return _requests(found).kept()


def _measures(half: HalfYear) -> Sequence[PublishedMeasure]:
    """Return the measures that were on at some time of a half-year, as they stood at its end, and the operator's own."""
    end = half.until
    content_of = counted.measures(end, even_if_off=True)
    found = []
    for one in content_of.of_practices:
        switch: Any = one.outline and one.outline.switch
        history: Any = terms.history(switch, since=half.since, until=half.until) if switch else ()
        off = off_days(history, since=half.since, until=half.until) if switch else ()
        days = sum((last - first).days + 1 for first, last in off)
        if not off or days < (half.until - half.since).days:
            found.append(_told(one, off))
    return found + [_own(one) for one in content_of.own]


def _own(one: PracticeAnswerShown) -> PublishedMeasure:
    assert one.title is not None
    return PublishedMeasure(
        code=f"own-{one.id}",
        title=one.title,
        text=elsewhere_text(one),
        force="own-rule",
        duty="",
        since=one.since_on,
        figures=(),
    )


def _told(one: counted.MeasureOnPage, off: tuple[Any, ...]) -> PublishedMeasure:
    said = (*one.does, *((elsewhere_text(one.elsewhere),) if one.elsewhere else ()))
    return PublishedMeasure(
        code=one.code,
        title=one.heading,
        text=Text("\n".join(text.ja for text in said), "\n".join(text.en for text in said)),
        force=one.practice.force.value,
        duty=one.practice.duty,
        since=one.since or (one.elsewhere.since_on if one.elsewhere else None),
        figures=tuple(figure.code for figure in one.figures),
        off=off,
    )


def _number(one: MonthCount) -> str:
    return str(one.count) if one.took is None else str(one.took)


def receipt_of(act: int) -> str | None:
    """Return the receipt of a release with what the act says, as a file; None while its place is not signed."""
    found = ledger.receipt(act)
    return None if found is None else found.as_json()


# The one page of measures as everybody reads it: promises with their numbers, each measure with its figures month by month.


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
class PublishedPeriod:
    """A month, or a half-year that is over: what it is called, its last month, and what everybody reads of it."""

    name: Text
    last: Month
    cells: Cells


def first_on(at: datetime) -> date:
    """Return on which day the first figures are counted, where none are yet."""
    return settled_at(month_of(ledger.began_at() or at)).astimezone(JAPAN).date()


def halves_of(months: Sequence[PublishedMonth]) -> tuple[PublishedPeriod, ...]:
    """Return the half-years that are over and counted, the newest first: the first of a house begins with its first month.

    One that runs has no total, nor has a year: of two totals that overlap the difference would be a month.
    """
    found: dict[HalfYear, list[PublishedMonth]] = {}
    for one in months:
        found.setdefault(half_of(one.month), []).append(one)
    if len(months) >= MONTHS and found:  # the first of them began earlier than what is shown
        first = next(iter(found))
        found = {half: some for half, some in found.items() if half != first or len(some) == len(half.months)}
    return tuple(
        PublishedPeriod(
            name=half_text(half),
            last=half.months[-1],
            cells=gate.totals_of([one.cells for one in some], [one.first for one in some]),
        )
        for half, some in reversed(found.items())
        if some[-1].month == half.months[-1]
    )


def telling(
    months: Sequence[PublishedMonth], halves: Sequence[PublishedPeriod], shown_: Sequence[MeasureOnPage]
) -> PublishedPeriod | None:
    """Return the newest month that tells a number of something promised and on; where none does the newest half-year that does.

    Where none does either it is the newest month, and None without any.
    """
    on = {one.code for one in shown_ if one.outline}
    figures = [figure.code for _, _, figure, code in PROMISES if code in on]
    named = [
        PublishedPeriod(name=month_text(one.month), last=one.month, cells=one.cells)
        for one in reversed(months)
    ]
    content_of = (one for one in (*named, *halves) if any(is_told(_in(one, code)) for code in figures))
    return next(content_of, named[0] if named else None)


def _in(time: PublishedPeriod, code: str) -> PublicCell:
    """Return what a time tells of a figure: a half-year tells no rank."""
    return time.cells.get(code, HIDDEN)


def is_told(cell: PublicCell) -> bool:
    """Say whether a cell tells a number: its own, or the least or the most that it is."""
    return cell.state in (CellState.EXACT, CellState.AT_LEAST, CellState.AT_MOST)


def promises(
    time: PublishedPeriod | None, shown_: Sequence[MeasureOnPage], at: datetime
) -> tuple[PromiseShown, ...]:
    """Return what is promised and on, each with its figure of a month or half-year."""
    on = {one.code for one in shown_ if one.outline}
    return tuple(
        _promise(
            says.fill(**terms.filled({"span": deadline}, at=at)) if deadline else says, figure, code, time
        )
        for says, deadline, figure, code in PROMISES
        if code in on
    )


def _promise(says: Text, figure: PublicFigure, code: str, time: PublishedPeriod | None) -> PromiseShown:
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
    measure: MeasureOnPage, months: Sequence[PublishedMonth], halves: Sequence[PublishedPeriod] = ()
) -> MeasureFigures:
    """Return what was counted of a measure; where its months hide every count, the half-years stand before them."""
    cells = [month.cells[one.within or one.code] for month in months for one in measure.figures]
    hidden = any(one.state is CellState.FEW for one in cells) and not any(one.count for one in cells)
    before = halves if hidden else ()
    lines = tuple(
        FigureLine(
            title=one.title,
            means=one.means,
            rounded=one.rounded,
            halves=tuple(
                (half.name, cell_text(one, half.cells[one.code])) for half in before if one.code in half.cells
            ),
            months=tuple(
                (str(month.month), cell_text(one, cell), "corrected" if cell.corrected else "")
                for month in reversed(months)
                for cell in (month.cells[one.code],)
            ),
        )
        for one in measure.figures
    )
    return MeasureFigures(drawing=None if before else _drawing(measure, months), figures=lines)


def _drawing(measure: MeasureOnPage, months: Sequence[PublishedMonth]) -> Drawing | None:
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


def _seen(figure: PublicFigure, month: PublishedMonth) -> FigureSeen:
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
            (month["month"], cell_said(unit, cell), "corrected" if cell.get("corrected") else "")
            for month in edition["months"]
            for cell in (month["figures"][code],)
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
    content_of = edition["requests"]
    cells = content_of["figures"]
    yield RECEIVED, cell_said(Unit.COUNT, cells["received"])
    for name, words in (("outcome", content_of["outcomes"]), ("refused_on", content_of["grounds"])):
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


def cell_said(unit: Unit, cell: Mapping[str, Any]) -> Text:
    """Say in words what a cell of an edition tells."""
    value = Decimal(cell["value"]) if "value" in cell else None
    return state_text(unit, CellState(cell["state"]), cell.get("count"), value)
