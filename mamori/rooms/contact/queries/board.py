"""What staff work through beside the queue, and what a lead keeps an eye on: calls, refunds, promises, mediations nobody took."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
from mamori.ground.people import facts as people
from mamori.ground.people.facts import Matter, ProposalFact
from mamori.ground.web.lists import COUNTED, Page, page_of
from mamori.rooms.contact import keeping
from mamori.rooms.contact.lifecycle import RECOVERY, UNDER_WAY, ProposalState, RecoveryState, RemedyState
from mamori.rooms.contact.models import (
    OWES_ANSWER,
    WAS_AGREED,
    WAS_BROKEN,
    Call,
    Mediation,
    Proposal,
    Recovery,
    Remedy,
    Thread,
    Trouble,
)
from mamori.rooms.contact.rules.calling import WHYS, Whom, Why
from mamori.rooms.contact.topics import HARMS, Harm

# What staff work through beside the queue: calls owed, refunds not confirmed, recoveries, looks to be looked at.


WAITING_COUNTED = 1_000
BY_URGENCY = ("urgency", "due_at", "id")
BY_TIME = ("not_before", "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRow:
    """A call that somebody owes: to the shop, or where `buyer` says whom, to a buyer in danger."""

    id: int
    case: CaseFact
    shop: str
    buyer: str
    why: Text
    harm: Text
    is_grave: bool
    since: datetime
    due_at: datetime
    not_before: datetime
    turn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRow:
    """A refund that is not confirmed, or a recovery.  Yen."""

    case: CaseFact
    shop: str
    amount: int
    instruction: str
    state: Text
    since: datetime


def calls_now(at: datetime) -> QuerySet[Call]:
    """Narrow to the calls that may be made at `at`; in the order of the list an index walks along them."""
    return Call.objects.filter(IS_OPEN, not_before__lte=at)


def calls_later(at: datetime) -> QuerySet[Call]:
    """Narrow to the calls whose time has not come."""
    return Call.objects.filter(IS_OPEN, not_before__gt=at)


def calls(*, at: datetime, cursor: str = "") -> Page[CallRow]:
    """Return the calls that may be made now: danger first, then what is due soonest."""
    return _calls(page_of(calls_now(at).select_related("trouble"), by=BY_URGENCY, cursor=cursor))


def later(*, at: datetime) -> tuple[CallRow, ...]:
    """Return the next calls whose time has not come, the soonest first, at most 50."""
    return _calls(page_of(calls_later(at).select_related("trouble"), by=BY_TIME)).items


def _calls(page: Page[Call]) -> Page[CallRow]:
    found = _cases((f"contact.trouble:{call.trouble_id}", call) for call in page.items)
    return page.with_items(
        CallRow(
            id=call.pk,
            case=case,
            shop=shop,
            buyer=case.buyer_ref if call.whom == Whom.BUYER else "",
            why=WHYS[Why(call.why)],
            harm=HARMS[Harm(call.trouble.harm)],
            is_grave=call.trouble.harm == Harm.DANGER,
            since=call.opened_at,
            due_at=call.due_at,
            not_before=call.not_before,
            turn=call.turn,
        )
        for case, shop, call in found
    )


def recoveries(*, cursor: str = "") -> Page[MoneyRow]:
    """Return the open recoveries, the oldest first."""
    page = page_of(Recovery.objects.filter(IS_OPEN), by=("id",), cursor=cursor)
    found = _cases((f"contact.recovery:{row.pk}", row) for row in page.items)
    return page.with_items(
        MoneyRow(
            case=case,
            shop=shop,
            amount=row.amount or row.most,
            instruction=row.instruction,
            state=RECOVERY.states[RecoveryState(row.state)],
            since=row.opened_at,
        )
        for case, shop, row in found
    )


def unconfirmed_remedies() -> QuerySet[Remedy]:
    """Return the refunds that the marketplace has not confirmed, as their partial index finds them."""
    return Remedy.objects.filter(IS_OPEN, state=RemedyState.INSTRUCTED)


def unconfirmed(*, cursor: str = "") -> Page[MoneyRow]:
    """Return the refunds that the marketplace has not confirmed, the oldest first."""
    page = page_of(unconfirmed_remedies(), by=("id",), cursor=cursor)
    found = _cases((f"contact.trouble:{row.trouble_id}", row) for row in page.items)
    return page.with_items(
        MoneyRow(
            case=case,
            shop=shop,
            amount=row.amount,
            instruction=row.instruction,
            state=Text("通販サイトの確認待ち", "waiting for the marketplace"),
            since=row.opened_at,
        )
        for case, shop, row in found
    )


def looks() -> tuple[tuple[CaseFact, ProposalFact], ...]:
    """Return the emergency looks that wait for another person with their cases, the oldest first, at most 100."""
    waiting = [
        one for one in people.open_proposals(limit=WAITING_COUNTED) if one.matter is Matter.READ_AFTERWARDS
    ]
    named = [(one.about.partition("#")[0], one) for one in waiting[:100]]
    known = cases.by_numbers(number for number, _ in named)
    return tuple((known[number], one) for number, one in named if number in known)


def unassigned_mediations() -> QuerySet[Mediation]:
    """Narrow to the mediations that nobody has taken on and where nothing is granted that only has to be carried out."""
    return Mediation.objects.filter(IS_OPEN, agent="").exclude(trouble__remedy__state__in=sorted(UNDER_WAY))


def count_unassigned_mediations() -> int:
    """Count the mediations that nobody has taken on, to at most 1,000."""
    return len(unassigned_mediations().order_by().values_list("pk")[:WAITING_COUNTED])


def count_calls() -> int:
    """Count the calls owed, now or later, to at most 1,000."""
    return len(Call.objects.filter(IS_OPEN).order_by().values_list("pk")[:WAITING_COUNTED])


def _cases[M](named: Iterable[tuple[str, M]]) -> Iterator[tuple[CaseFact, str, M]]:
    """Yield what belongs to each case after the case itself and the name of its shop."""
    rows = list(named)
    known = cases.cases_of(abouts=[name for name, _ in rows])
    shops = market.shop_names(case.seller_ref for case in known.values())
    for name, row in rows:
        yield known[name], shops.get(known[name].seller_ref, ""), row


# What a lead keeps an eye on: what is about to be missed, promises and agreements that were broken, mediations nobody took.


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


def _watched[M: Model](page: Page[M], named: Iterable[tuple[str, datetime | None]]) -> Page[WatchedRow]:
    return page.with_items(WatchedRow(case=case, shop=shop, at=at) for case, shop, at in _cases(named))
