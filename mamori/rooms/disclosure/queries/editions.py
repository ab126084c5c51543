"""Editions: what one would say now, what those say that were published, and what staff read of a draft."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from mamori.grammar.hand import Hand
from mamori.grammar.outline import MonthCount, Outline
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.people import facts as people
from mamori.ground.terms import facts as terms
from mamori.ground.web.signing.seconds import is_second
from mamori.japan.months import HalfYear, Month, half_named, half_of
from mamori.law.gate import Cells, cells_of, corrected, totals_of
from mamori.law.settings import OPERATOR_NAME
from mamori.law.shown import SHOWN_BY_CODE
from mamori.rooms.disclosure.lifecycle import DECIDERS, EDITION, EditionState
from mamori.rooms.disclosure.models import Edition, MonthFigure
from mamori.rooms.disclosure.queries import counted, measures
from mamori.rooms.disclosure.queries.answers import PracticeAnswerShown, elsewhere_text
from mamori.rooms.disclosure.queries.counted import MonthTold
from mamori.rooms.disclosure.queries.halfyear import requests_counted
from mamori.rooms.disclosure.rules.editions import EditionTold, MeasureTold, half_text, off_days
from mamori.rooms.disclosure.rules.halfyear import (
    RequestCounts,
    counts_of,
    request_cells,
    requests_corrected,
)
from mamori.rooms.disclosure.rules.measures import settled_at

PUBLIC = (EditionState.RELEASED.value, EditionState.REPLACED.value)


class NoSuchEdition(Refusal, code="no-such-edition", status=404):
    """Given when there is no such edition for this hand."""

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
    shrank: bool


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


def edition_of(hand: Hand, number: int) -> EditionShown:
    """Return an edition for a lead or counsel."""
    row = Edition.objects.filter(pk=number).first()
    if row is None or hand.role not in DECIDERS:
        raise NoSuchEdition
    waits = row.state == EditionState.DRAFTED
    return summary_of(row, may_release=waits and is_second(hand, than=row.drafted_by))


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
        moved=tuple(_moved(*one) for one in row.moved),
        body=row.body.encode(),
    )


def _moved(month: str, code: str, before: str, now: str) -> FigureMoved:
    year, number = map(int, month.split("-"))
    shrank = bool(before and now) and float(now) < float(before)
    return FigureMoved(Month(year, number), SHOWN_BY_CODE[code].title, before, now, shrank)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """What a draft is made from: its months as they were and as counted anew, its requests, and what has moved.

    `before` is the edition that stands, `told` what each published one told of the requests, in their order.
    """

    months: Sequence[MonthTold]
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
    def requests_moved(self) -> bool:
        """Say whether the requests were counted otherwise than in the edition before."""
        return self.before is not None and counts_of(self.before.recount["requests"]) != self.requests

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
    months = counted.months_told(half.months[0], half.months[-1])
    public = list(Edition.objects.filter(half=str(half), state__in=PUBLIC).order_by("number"))
    return Drafted(
        months=months,
        recount={one.month: counted.count(one.month) for one in months},
        requests=requests_counted(half),
        before=next((one for one in public if one.state == EditionState.RELEASED), None),
        told=[counts_of(one.recount["told"]) for one in public],
    )


def told(half: HalfYear, found: Drafted, *, number: int, reason: str, at: datetime) -> EditionTold:
    """Return what an edition says."""
    requests = _requests(found)
    cells = [corrected(one.told, found.recount[one.month]) for one in found.months]
    totals = totals_of(cells, [one.first for one in found.months])
    return EditionTold(
        half=half,
        number=number,
        reason=reason,
        operator=terms.setting(OPERATOR_NAME, at=at),
        drafted_at=at,
        months=[(one.month, one.counted_at, told) for one, told in zip(found.months, cells, strict=True)],
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
        replace(told[code], corrected=False) != new for told, now in pairs for code, new in now.items()
    )


def _requests(found: Drafted) -> RequestCounts:
    """Return the requests that are told: as they were told before where what was counted anew cannot be."""
    if all(one == found.requests or requests_corrected(one, found.requests) for one in found.told):
        return found.requests
    return found.told[-1]


def requests_told(found: Drafted) -> dict[str, Any]:
    """Return which counts of requests an edition tells, as they are kept for the next."""
    return _requests(found).kept()


def _measures(half: HalfYear) -> Sequence[MeasureTold]:
    """Return the measures that were on at some time of a half-year, as they stood at its end, and the operator's own."""
    end = half.until
    told = measures.measures(end, even_if_off=True)
    listed = [(one, _off(one.outline, half)) for one in told.of_practices]
    return [_told(one, off) for one, off in listed if not _all_off(off, half)] + [
        _own(one) for one in told.own
    ]


def _own(one: PracticeAnswerShown) -> MeasureTold:
    assert one.title is not None
    return MeasureTold(
        code=f"own-{one.id}",
        title=one.title,
        text=elsewhere_text(one),
        force="own-rule",
        duty="",
        since=one.since_on,
        figures=(),
    )


def _off(outline: Outline | None, half: HalfYear) -> tuple[Any, ...]:
    if outline is None or outline.switch is None:
        return ()
    history: Any = terms.history(outline.switch, since=half.since, until=half.until)
    return off_days(history, since=half.since, until=half.until)


def _all_off(off: Sequence[tuple[Any, Any]], half: HalfYear) -> bool:
    days = sum((last - first).days + 1 for first, last in off)
    return bool(off) and days >= (half.until - half.since).days


def _told(one: measures.MeasureOnPage, off: tuple[Any, ...]) -> MeasureTold:
    said = (*one.does, *((elsewhere_text(one.elsewhere),) if one.elsewhere else ()))
    return MeasureTold(
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
