"""What staff work through beside the queue: calls owed, refunds not confirmed, recoveries, looks to be looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import CaseFact
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.market import facts as market
from mamori.ground.people import facts as people
from mamori.ground.people.facts import Matter, ProposalFact
from mamori.ground.web.paging import Page, page_of
from mamori.rooms.contact.lifecycle import RECOVERY, UNDER_WAY, RecoveryState, RemedyState
from mamori.rooms.contact.models import Call, Mediation, Recovery, Remedy
from mamori.rooms.contact.rules.calling import WHYS, Whom, Why
from mamori.rooms.contact.topics import HARMS, Harm

COUNTED = 1_000
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
    known, shops = _cases(f"contact.trouble:{call.trouble_id}" for call in page.items)
    rows = (
        CallRow(
            id=call.pk,
            case=known[f"contact.trouble:{call.trouble_id}"],
            shop=shops.get(known[f"contact.trouble:{call.trouble_id}"].seller_ref, ""),
            buyer=known[f"contact.trouble:{call.trouble_id}"].buyer_ref if call.whom == Whom.BUYER else "",
            why=WHYS[Why(call.why)],
            harm=HARMS[Harm(call.trouble.harm)],
            is_grave=call.trouble.harm == Harm.DANGER,
            since=call.opened_at,
            due_at=call.due_at,
            not_before=call.not_before,
            turn=call.turn,
        )
        for call in page.items
    )
    return Page(items=tuple(rows), next=page.next, previous=page.previous, count=page.count)


def recoveries(*, cursor: str = "") -> Page[MoneyRow]:
    """Return the open recoveries, the oldest first."""
    page = page_of(Recovery.objects.filter(IS_OPEN), by=("id",), cursor=cursor)
    known, shops = _cases(f"contact.recovery:{row.pk}" for row in page.items)
    rows = (
        MoneyRow(
            case=known[f"contact.recovery:{row.pk}"],
            shop=shops.get(row.seller_ref, ""),
            amount=row.amount or row.most,
            instruction=row.instruction,
            state=RECOVERY.states[RecoveryState(row.state)],
            since=row.opened_at,
        )
        for row in page.items
    )
    return Page(items=tuple(rows), next=page.next, previous=page.previous, count=page.count)


def unconfirmed_remedies() -> QuerySet[Remedy]:
    """Return the refunds that the marketplace has not confirmed, as their partial index finds them."""
    return Remedy.objects.filter(IS_OPEN, state=RemedyState.INSTRUCTED)


def unconfirmed(*, cursor: str = "") -> Page[MoneyRow]:
    """Return the refunds that the marketplace has not confirmed, the oldest first."""
    waiting = unconfirmed_remedies().select_related("trouble__thread")
    page = page_of(waiting, by=("id",), cursor=cursor)
    known, shops = _cases(f"contact.trouble:{row.trouble_id}" for row in page.items)
    rows = (
        MoneyRow(
            case=known[f"contact.trouble:{row.trouble_id}"],
            shop=shops.get(row.trouble.thread.seller_ref, ""),
            amount=row.amount,
            instruction=row.instruction,
            state=Text("通販サイトの確認待ち", "waiting for the marketplace"),
            since=row.opened_at,
        )
        for row in page.items
    )
    return Page(items=tuple(rows), next=page.next, previous=page.previous, count=page.count)


def looks() -> list[tuple[CaseFact, ProposalFact]]:
    """Return the emergency looks that wait for another person with their cases, the oldest first, at most 100."""
    waiting = [one for one in people.open_proposals(limit=COUNTED) if one.matter is Matter.READ_AFTERWARDS]
    named = [(one.about.partition("#")[0], one) for one in waiting[:100]]
    known = cases.by_numbers(number for number, _ in named)
    return [(known[number], one) for number, one in named if number in known]


def unassigned_mediations() -> QuerySet[Mediation]:
    """Narrow to the mediations that nobody has taken on and where nothing is granted that only has to be carried out."""
    return Mediation.objects.filter(IS_OPEN, agent="").exclude(trouble__remedy__state__in=sorted(UNDER_WAY))


def count_unassigned_mediations() -> int:
    """Count the mediations that nobody has taken on, to at most 1,000."""
    return len(unassigned_mediations().order_by().values_list("pk")[:COUNTED])


def count_calls() -> int:
    """Count the calls owed, now or later, to at most 1,000."""
    return len(Call.objects.filter(IS_OPEN).order_by().values_list("pk")[:COUNTED])


def _cases(abouts: Iterable[str]) -> tuple[dict[str, CaseFact], dict[str, str]]:
    names: Sequence[str] = list(abouts)
    known = cases.cases_of(abouts=names)
    return known, market.shop_names(case.seller_ref for case in known.values())
