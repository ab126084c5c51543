"""The queue: all rooms' open cases by what a person owes next, page by page, in views that an index serves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render

from mamori.doors.desk import asking
from mamori.doors.desk.asking import VIEWS, View
from mamori.doors.desk.people import Staff, staff
from mamori.grammar.businesstime import Calendar
from mamori.grammar.hand import STAFF
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import CaseFact
from mamori.ground.clocks import facts as clocks
from mamori.ground.clocks.facts import ClockFact
from mamori.ground.declared.casekinds import case_kind, case_kinds, clock_named
from mamori.ground.market import facts as market
from mamori.ground.web.access import open_to
from mamori.ground.web.paging import COUNTED, Page
from mamori.ground.web.remaining import Remaining, remaining
from mamori.ground.web.signs import Visit

SIZE = 50


@dataclass(frozen=True, slots=True)
class Behind:
    """A clock that runs behind the one that a case leads with; none of a moment while it stands still."""

    text: Text
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One case of a list, in words.

    It leads with the `clock` that the case leads with: a promise that was missed until it is kept, else what a person owes next.
    `behind` it goes on what is owed next after one that was missed, else what a party owes, of which `passed` is over, or where
    nobody owes anything the next that a machine does.
    """

    case: CaseFact
    kind: Text
    topic: Text
    shop: str
    state: Text
    attention: Text | None
    assignee: Text | None
    clock: Text | None
    left: Remaining | None
    behind: Behind | None
    passed: int | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Tab:
    """One view of the queue, and how many cases it holds, to at most a thousand."""

    view: View
    text: Text
    address: str
    count: int

    @property
    def count_text(self) -> str:
        """Say how many."""
        return f"{COUNTED:,}+" if self.count >= COUNTED else f"{self.count:,}"


@open_to(*STAFF)
def queue(request: Visit) -> HttpResponse:
    """Show what somebody has to do first."""
    ask, who = asking.read(request.GET), request.presence.who
    wish = ask.wish(who, request.received_at)
    page = cases.view(wish, after=asking.read_cursor(ask.cursor), limit=SIZE)
    people = staff(request.received_at)
    narrowed = [ask.alone(view) for view in VIEWS]
    wishes = [one.wish(who, request.received_at) for one in narrowed]
    counts = [cases.count(one) for one in wishes]
    tabs = [
        Tab(one.view, VIEWS[one.view], one.query(), count)
        for one, count in zip(narrowed, counts, strict=True)
    ]
    shown = {
        "ask": ask,
        "due": clock_named(ask.due or "—"),
        "tabs": tabs,
        "kinds": case_kinds(),
        "topics": asking.topics(),
        "active": people.active,
        "flags": {code: text for kind in case_kinds() for code, text in kind.attentions.items()},
        "page": Page(
            items=rows(page.cases, people, at=request.received_at),
            next=asking.write_cursor(page.after),
            count=counts[wishes.index(wish)] if wish in wishes else cases.count(wish),
        ),
    }
    return render(request, "desk/queue.html", shown)


def rows(
    found: Sequence[CaseFact],
    people: Staff,
    *,
    at: datetime,
    calendar: Calendar | None = None,
    running: Mapping[str, Sequence[ClockFact]] | None = None,
) -> tuple[Row, ...]:
    """Say cases in words; the number of looks does not grow with the number of cases.

    A page that has read the calendar or the clocks that run brings them along.
    """
    shops = market.shop_names(case.seller_ref for case in found if case.seller_ref)
    calendar = calendar or clocks.calendar()
    if running is None:
        running = clocks.running(case.about for case in found)
    made = []
    for case in found:
        kind, open_ = case_kind(case.kind), running.get(case.about, ())
        clock, partys = clocks.leading(open_), clocks.behind(open_)
        missed = _missed(case, clock)
        named = case.due_kind if missed else clock.kind if clock else ""
        left = None
        if missed:
            daily = any(one.every_day for one in open_ if one.kind == named)
            left = remaining(missed, now=at, calendar=calendar, every_day=daily)
        elif clock:
            left = remaining(
                clock.due_at,
                now=at,
                calendar=calendar,
                stands_still=clock.stands_still,
                every_day=clock.every_day,
            )
        made.append(
            Row(
                case=case,
                kind=kind.title,
                topic=kind.topic(case.title),
                shop=shops.get(case.seller_ref, ""),
                state=kind.state(case.state),
                attention=kind.attention(case.attention) if case.attention else None,
                assignee=people.named(case.assignee) if case.assignee else None,
                clock=clock_named(named) if named else None,
                left=left,
                behind=_behind(None, None, _others(open_, named))
                if missed
                else _behind(clock, partys, open_),
                passed=100 if missed else _passed(bar, at) if (bar := partys or clock) else None,
                is_late=case.is_late(at),
            )
        )
    return tuple(made)


def _missed(case: CaseFact, clock: ClockFact | None) -> datetime | None:
    """Return since when a promise is missed that leads the case before the `clock` of what is owed next."""
    due = case.next_due_at
    if due is None or not case.due_kind or case.closed_at is not None:
        return None
    return due if clock is None or clock.stands_still or due < clock.due_at else None


def _others(open_: Sequence[ClockFact], missed: str) -> Sequence[ClockFact]:
    """Return what is owed next behind what was missed, without the clock that only reminds of that; else what machines do."""
    rest = [one for one in open_ if one.kind != missed]
    owed = clocks.leading(rest)
    return [owed] if owed else rest


def _behind(lead: ClockFact | None, partys: ClockFact | None, open_: Sequence[ClockFact]) -> Behind | None:
    """Return what goes on behind what leads: a party's, or where nobody owes anything the machine's next."""
    shown = (partys if partys != lead else None) if lead else next(iter(open_), None)
    if shown is None:
        return None
    return Behind(clock_named(shown.kind), None if shown.stands_still else shown.due_at)


def _passed(clock: ClockFact, at: datetime) -> int | None:
    """Return how much of a clock's time is over, in per cent; of one that stands still nobody can say."""
    whole = (clock.due_at - clock.started_at).total_seconds()
    if clock.stands_still or whole <= 0:
        return None
    return round(100 * min(max((at - clock.started_at).total_seconds() / whole, 0), 1))
