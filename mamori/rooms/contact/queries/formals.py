"""Lists of formal notices: what waits before a seller, what has ended, what is about an order; kind and dates, never words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from mamori.grammar.hand import Hand, Role
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import CaseFact
from mamori.ground.clocks.facts import ClockFact
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.web import paging
from mamori.ground.web.paging import Page
from mamori.rooms.contact import formally
from mamori.rooms.contact.finding import buyer_of, seller_of
from mamori.rooms.contact.lifecycle.formal import FORMAL, FormalState
from mamori.rooms.contact.models import Formal
from mamori.rooms.contact.queries.goods import heading

PAGE = 20
UNANSWERED = (FormalState.ARRIVED.value, FormalState.UNANSWERED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormalRow:
    """A notice in a list: kind and dates, never words; `answer` is the clock of the seller's answer, while that is owed."""

    number: str
    title: Text
    state: Text
    order_ref: str
    arrived_at: datetime
    closed_at: datetime | None
    answer: ClockFact | None
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The oldest notices that a seller has not answered, and whether it has others, answered or ended."""

    rows: tuple[FormalRow, ...]
    more: bool


def listed(hand: Hand, *, ended: bool, cursor: str = "") -> Page[FormalRow]:
    """Return a party's notices page by page: the open ones, the oldest first, or those that ended, the newest first."""
    mine = _of_buyer(buyer_of(hand)) if hand.role is Role.BUYER else _of_seller(seller_of(hand))
    found = paging.page_of(
        mine.filter(~IS_OPEN if ended else IS_OPEN),
        by=("-id",) if ended else ("id",),
        cursor=cursor,
        size=PAGE,
    )
    return Page(items=_rows(found.items), next=found.next, previous=found.previous, count=found.count)


def of_buyer(buyer_ref: str) -> tuple[FormalRow, ...]:
    """Return a buyer's newest notices."""
    return _rows(_of_buyer(buyer_ref).order_by("-id")[:PAGE])


def waiting(seller_ref: str) -> Waiting:
    """Return what waits for a seller's answer, the oldest first, and whether it has other notices."""
    mine = _of_seller(seller_ref)
    found = list(mine.filter(IS_OPEN, state__in=UNANSWERED).order_by("id")[: PAGE + 1])
    more = len(found) > PAGE or mine.exclude(IS_OPEN, state__in=UNANSWERED).exists()
    return Waiting(rows=_rows(found[:PAGE]), more=more)


def of_order(order_ref: str) -> tuple[FormalRow, ...]:
    """Return the notices about an order, the oldest first."""
    return _rows(Formal.objects.filter(order_ref=order_ref).order_by("id")[:PAGE]) if order_ref else ()


def going_on(buyer_ref: str, order_ref: str) -> tuple[FormalRow, ...]:
    """Return a buyer's notices about an order that have not ended, the oldest first."""
    mine = _of_buyer(buyer_ref).filter(IS_OPEN, order_ref=order_ref)
    return _rows(mine.order_by("id")[:PAGE]) if order_ref else ()


def _of_buyer(buyer_ref: str) -> QuerySet[Formal]:
    return Formal.objects.filter(buyer_ref=buyer_ref)


def _of_seller(seller_ref: str) -> QuerySet[Formal]:
    return Formal.objects.filter(seller_ref=seller_ref)


def _rows(found: Iterable[Formal]) -> tuple[FormalRow, ...]:
    notices = list(found)
    names = [formally.about(formal) for formal in notices]
    known, owed = cases.cases_of(abouts=names), formally.answer_clocks(names)
    return tuple(
        _row(formal, known[name], owed.get(name)) for formal, name in zip(notices, names, strict=True)
    )


def _row(formal: Formal, case: CaseFact, owed: ClockFact | None) -> FormalRow:
    return FormalRow(
        number=case.number,
        title=heading(formally.declared(formal).title),
        state=FORMAL.states[FormalState(formal.state)],
        order_ref=formal.order_ref,
        arrived_at=formal.arrived_at,
        closed_at=formal.closed_at,
        answer=owed,
        overdue=formal.state == FormalState.UNANSWERED,
    )
