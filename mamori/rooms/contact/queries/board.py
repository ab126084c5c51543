"""What a lead keeps an eye on: what is about to be missed, promises and agreements that were broken, mediations nobody took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Model, QuerySet

from mamori.grammar.businesstime import Hours, add
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import CaseFact
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.market import facts as market
from mamori.ground.web.paging import COUNTED, Page, page_of
from mamori.rooms.contact import keeping
from mamori.rooms.contact.lifecycle import ProposalState
from mamori.rooms.contact.models import OWES_ANSWER, WAS_AGREED, WAS_BROKEN, Call, Proposal, Thread, Trouble
from mamori.rooms.contact.queries.worklists import looks, unassigned_mediations

WINDOWS = (8, 24)
"""How far ahead is looked, in hours that stop on Saturdays, Sundays and holidays."""


class Awaited(StrEnum):
    """What is about to be missed."""

    ANSWER = "answer"
    SOLUTION = "solution"


AWAITED = {Awaited.ANSWER: Text("回答", "Answers"), Awaited.SOLUTION: Text("解決", "Solutions")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """How many answers or solutions fall due within so many business hours, to at most 1,000."""

    awaited: Awaited
    within: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What a lead's board counts of this room, each to at most 1,000."""

    coming: tuple[Coming, ...]
    broken: int
    agreements: int
    looks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedRow:
    """A case that is watched, and the moment at which something is due, was promised or began."""

    case: CaseFact
    shop: str
    at: datetime | None


def board(at: datetime) -> Board:
    """Count what is coming and what was broken."""
    untils = {within: after(at, within) for within in WINDOWS}
    due = {awaited: _due(awaited, at, max(untils.values())) for awaited in Awaited}
    coming = (
        Coming(awaited=awaited, within=within, count=sum(one <= until for one in due[awaited]))
        for within, until in untils.items()
        for awaited in Awaited
    )
    return Board(
        coming=tuple(coming),
        broken=broken_promises().order_by()[:COUNTED].count(),
        agreements=broken_agreements().order_by()[:COUNTED].count(),
        looks=len(looks()),
    )


def after(at: datetime, within: int) -> datetime:
    """Return the moment so many business hours after `at`."""
    return add(at, Hours(within), clock_facts.calendar()).at


def answers_due(at: datetime, until: datetime) -> QuerySet[Thread]:
    """Narrow to the threads whose answer falls due after `at` and not after `until`."""
    return Thread.objects.filter(OWES_ANSWER, answer_due_at__gt=at, answer_due_at__lte=until)


def solutions_due(at: datetime, until: datetime) -> QuerySet[Trouble]:
    """Narrow to the troubles whose solution falls due after `at` and not after `until`."""
    return Trouble.objects.filter(IS_OPEN, resolution_due_at__gt=at, resolution_due_at__lte=until)


def _due(awaited: Awaited, at: datetime, until: datetime) -> list[datetime]:
    """Return when answers or solutions fall due, the soonest first, 1,000 at most."""
    if awaited is Awaited.ANSWER:
        due = answers_due(at, until).order_by("answer_due_at").values_list("answer_due_at", flat=True)
        return [one for one in due[:COUNTED] if one]
    solutions = solutions_due(at, until).order_by("resolution_due_at")
    return list(solutions.values_list("resolution_due_at", flat=True)[:COUNTED])


def coming(awaited: Awaited, within: int, *, at: datetime, cursor: str = "") -> Page[WatchedRow]:
    """Return what falls due within so many business hours, the soonest first."""
    until = after(at, within)
    if awaited is Awaited.SOLUTION:
        troubles = page_of(solutions_due(at, until), by=("resolution_due_at", "id"), cursor=cursor)
        return _watched(troubles, [(keeping.about(row), row.resolution_due_at) for row in troubles.items])
    rows = answers_due(at, until).select_related("trouble")
    threads = page_of(rows, by=("answer_due_at", "id"), cursor=cursor)
    return _watched(threads, [(keeping.about(row), row.answer_due_at) for row in threads.items])


def broken_promises() -> QuerySet[Call]:
    """Narrow to the promises by telephone that were broken in troubles that have not ended."""
    return Call.objects.filter(WAS_BROKEN, trouble__closed_at__isnull=True)


def promises(*, cursor: str = "") -> Page[WatchedRow]:
    """Return the broken promises, the oldest first."""
    page = page_of(broken_promises(), by=("promised_at", "id"), cursor=cursor)
    return _watched(page, [(f"contact.trouble:{call.trouble_id}", call.promised_at) for call in page.items])


def broken_agreements() -> QuerySet[Proposal]:
    """Narrow to the agreements that were not kept, and whose money has not come late, in troubles that have not ended."""
    missed = Proposal.objects.filter(WAS_AGREED, state=ProposalState.MISSED, paid_at__isnull=True)
    return missed.filter(trouble__closed_at__isnull=True)


def agreements(*, cursor: str = "") -> Page[WatchedRow]:
    """Return the agreements that were not kept, the oldest first."""
    page = page_of(broken_agreements(), by=("due_at", "id"), cursor=cursor)
    return _watched(page, [(f"contact.trouble:{one.trouble_id}", one.due_at) for one in page.items])


def mediations(*, cursor: str = "") -> Page[WatchedRow]:
    """Return the mediations that nobody has taken on, the oldest first."""
    page = page_of(unassigned_mediations(), by=("id",), cursor=cursor)
    return _watched(page, [(f"contact.trouble:{row.trouble_id}", row.opened_at) for row in page.items])


def _watched[M: Model](page: Page[M], named: Sequence[tuple[str, datetime | None]]) -> Page[WatchedRow]:
    known = cases.cases_of(abouts=[name for name, _ in named])
    shops = market.shop_names(case.seller_ref for case in known.values())
    rows = (
        WatchedRow(case=known[name], shop=shops.get(known[name].seller_ref, ""), at=moment)
        for name, moment in named
    )
    return Page(items=tuple(rows), next=page.next, previous=page.previous, count=page.count)
