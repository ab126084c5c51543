"""Formal notices as each side sees them, one and in lists: the exact text, when it arrived, days counted, what was answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

from mamori.grammar.actor import SELLERS, Actor, Role
from mamori.grammar.businesstime import day_text
from mamori.grammar.formal import FormalNotice, Sold
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import CaseFact, CaseNumberMistyped
from mamori.ground.clocks.facts import ClockFact
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import facts as market
from mamori.ground.web import lists
from mamori.ground.web.forms import FileShown, file_shown
from mamori.ground.web.lists import Page
from mamori.japan.calendar import JAPAN, spoken
from mamori.law.formal import RETURN, RETURN_DAYS
from mamori.rooms.contact.attached import formal_files
from mamori.rooms.contact.finding import NothingHere, buyer_of, is_party, seller_of
from mamori.rooms.contact.formal import records
from mamori.rooms.contact.formal.lifecycle import FORMAL, FormalState
from mamori.rooms.contact.formal.records import Reply
from mamori.rooms.contact.formal.rules import Explained, explained, last_day, next_of
from mamori.rooms.contact.models import Formal
from mamori.rooms.contact.queries.goods import heading, order_name, shop_name
from mamori.rooms.contact.rules.callers import THROUGH, Through

COUNTED = Text(
    "受け取った{received}を1日目とすると、{days}日目は{last}です。",
    "With the day of receipt ({received}) as the first, the {days}th day is {last}.",
)
WITHIN = Text(
    "{counted}この通知が届いた{arrived}は、その日までに入っています。",
    "{counted} The day of arrival, {arrived}, is not after it.",
)
AFTER = Text(
    "{counted}この通知が届いた{arrived}は、その日を過ぎています。",
    "{counted} The day of arrival, {arrived}, is after it.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormalPage:
    """What the page of a notice shows to a party beside its `row`; `words` are None where they were erased.

    `answer` is the clock of the seller's answer, while that is owed.
    """

    row: Formal
    number: str
    about: str
    notice: Explained
    title: Text
    goods: Text
    shop: Text
    standing: Text
    through: Text | None
    words: str | None
    files: tuple[FileShown, ...]
    replies: tuple[Reply, ...]
    answer: ClockFact | None
    reckoned: Text | None
    receipt: str
    steps: frozenset[str]
    after: tuple[Text, ...]


class Arrival(NamedTuple):
    """A notice for who tells its sender that and when it arrived, never its words; the seller's `answer` may be owed still."""

    formal: Formal
    receipt: int
    answer: ClockFact | None


def arrival_of(actor: Actor, number: str) -> Arrival:
    """Return when a notice arrived, with its receipt and by when the seller should answer."""
    found = formal_of(actor, number)
    return Arrival(found, ledger.acts_about(records.about(found))[0].number, answer_clock(found))


def formal_of(actor: Actor, number: str) -> Formal:
    """Return the notice behind a case number."""
    try:
        case = cases.by_number(number)
    except CaseNumberMistyped:
        raise NothingHere() from None
    found = behind(case) if case else None
    if found is None or not is_party(actor, buyer_ref=found.buyer_ref, seller_ref=found.seller_ref):
        raise NothingHere()
    return found


def behind(case: CaseFact) -> Formal | None:
    """Return the notice that a case is about, or nothing when it is about something else."""
    kind, _, row = case.about.partition(":")
    return Formal.objects.filter(pk=int(row)).first() if kind == "contact.formal" else None


def page_of(actor: Actor, number: str) -> FormalPage:
    """Return the page as this party sees it now."""
    found = formal_of(actor, number)
    name, state, notice = records.about(found), FormalState(found.state), records.declared(found)
    answer, order = answer_clock(found), market.order(found.order_ref)
    sold = records.sold(found.seller_ref, order)
    return FormalPage(
        row=found,
        number=cases.case_of(name).number,
        about=name,
        notice=explained(notice, sold),
        title=heading(notice.title),
        goods=order_name(order),
        shop=shop_name(found.seller_ref),
        standing=FORMAL.states[state],
        through=THROUGH.get(Through(found.through)),
        words=records.read(found),
        files=tuple(file_shown(file.number, file) for file in formal_files(actor, found)),
        replies=records.replies(found),
        answer=answer,
        reckoned=reckoned_of(found, sold),
        receipt=ledger.acts_about(name)[0].address,
        steps=frozenset(step.name for step in FORMAL.allowed(state, actor.role)),
        after=next_of(
            state,
            for_seller=actor.role in SELLERS,
            due=spoken(answer.due_at) if answer else None,
        ),
    )


def answer_clock(formal: Formal) -> ClockFact | None:
    """Return the clock of the seller's answer, while it has not answered."""
    name = records.about(formal)
    return records.answer_clocks([name]).get(name)


def reckoned_of(formal: Formal, sold: Sold | None = None) -> Text | None:
    """Say what is counted for the notice, where the law names days; it is arithmetic and no ruling.

    Who knows already who sold what says so; without a day of receipt nothing is counted, nor read.
    """
    if formal.received_on is None:
        return None
    if sold is None:
        sold = records.sold(formal.seller_ref, market.order(formal.order_ref))
    arrived_on = formal.arrived_at.astimezone(JAPAN).date()
    return counted_text(records.declared(formal), sold, formal.received_on, arrived_on)


def counted_text(notice: FormalNotice, sold: Sold, received_on: date | None, arrived_on: date) -> Text | None:
    """Say the days that are counted for such a notice, where the law names any and the day of receipt is known."""
    last = last_day(notice, sold=sold, received_on=received_on)
    if last is None or received_on is None:
        return None
    counted = _counted(received_on, last)
    return (WITHIN if arrived_on <= last else AFTER).fill(counted=counted, arrived=day_text(arrived_on))


MOST_RETURNABLE = 5


class Returnable(NamedTuple):
    """An order that a return may be declared of up to a day, by what is known of it: what, from whom, how that is counted."""

    order_ref: str
    goods: Text
    shop: Text
    counted: Text


def returnable(actor: Actor, *, on: date) -> tuple[Returnable, ...]:
    """Return a few orders of the buyer's whose span for a return is not over on that day, the one that ends first first.

    An order of which a return was declared already is left out.
    """
    mine = buyer_of(actor)
    orders = market.orders_of(mine, received_since=on - timedelta(days=RETURN_DAYS - 1))
    if not orders:
        return ()
    sent = Formal.objects.filter(
        buyer_ref=mine, notice=RETURN.code, order_ref__in=[one.ref for one in orders]
    )
    declared = set(sent.values_list("order_ref", flat=True))
    left = sorted(
        (one.received_on, one.ref, one) for one in orders if one.received_on and one.ref not in declared
    )
    spans = (
        (one, last_day(RETURN, sold=records.sold(one.seller_ref, one), received_on=day), day)
        for day, _, one in left
    )
    found = (
        Returnable(one.ref, order_name(one), shop_name(one.seller_ref), _counted(day, last))
        for one, last, day in spans
        if last is not None and on <= last
    )
    return tuple(islice(found, MOST_RETURNABLE))


def _counted(received_on: date, last: date) -> Text:
    return COUNTED.fill(days=RETURN_DAYS, received=day_text(received_on), last=day_text(last))


PAGE = 20
UNANSWERED = (FormalState.ARRIVED.value, FormalState.UNANSWERED.value)


class FormalRow(NamedTuple):
    """A notice in a list: kind and dates, never words; `answer` is the clock of the seller's answer, while that is owed."""

    formal: Formal
    number: str
    title: Text
    state: Text
    answer: ClockFact | None


class Waiting(NamedTuple):
    """The oldest notices that a seller has not answered, and whether it has others, answered or ended."""

    rows: tuple[FormalRow, ...]
    more: bool


def listed(actor: Actor, *, ended: bool, cursor: str = "") -> Page[FormalRow]:
    """Return a party's notices page by page: the open ones, the oldest first, or those that ended, the newest first."""
    whose = {"buyer_ref": buyer_of(actor)} if actor.role is Role.BUYER else {"seller_ref": seller_of(actor)}
    found = lists.page_of(
        Formal.objects.filter(~IS_OPEN if ended else IS_OPEN, **whose),
        by=("-id",) if ended else ("id",),
        cursor=cursor,
        size=PAGE,
    )
    return found.with_items(_rows(found.items))


def of_buyer(buyer_ref: str) -> tuple[FormalRow, ...]:
    """Return a buyer's newest notices."""
    return _rows(Formal.objects.filter(buyer_ref=buyer_ref).order_by("-id")[:PAGE])


def waiting(seller_ref: str) -> Waiting:
    """Return what waits for a seller's answer, the oldest first, and whether it has other notices."""
    mine = Formal.objects.filter(seller_ref=seller_ref)
    found = list(mine.filter(IS_OPEN, state__in=UNANSWERED).order_by("id")[: PAGE + 1])
    more = len(found) > PAGE or mine.exclude(IS_OPEN, state__in=UNANSWERED).exists()
    return Waiting(rows=_rows(found[:PAGE]), more=more)


def of_order(order_ref: str) -> tuple[FormalRow, ...]:
    """Return the notices about an order, the oldest first."""
    return _rows(Formal.objects.filter(order_ref=order_ref).order_by("id")[:PAGE]) if order_ref else ()


def going_on(buyer_ref: str, order_ref: str) -> tuple[FormalRow, ...]:
    """Return a buyer's notices about an order that have not ended, the oldest first."""
    mine = Formal.objects.filter(IS_OPEN, buyer_ref=buyer_ref, order_ref=order_ref)
    return _rows(mine.order_by("id")[:PAGE]) if order_ref else ()


def _rows(found: Iterable[Formal]) -> tuple[FormalRow, ...]:
    notices = {records.about(formal): formal for formal in found}
    known, owed = cases.cases_of(abouts=list(notices)), records.answer_clocks(notices)
    return tuple(
        FormalRow(
            formal,
            known[name].number,
            heading(records.declared(formal).title),
            FORMAL.states[FormalState(formal.state)],
            owed.get(name),
        )
        for name, formal in notices.items()
    )
