"""Formal notices as each side sees them: the exact text, when it arrived, the days that are counted, what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from mamori.grammar.businesstime import day_text
from mamori.grammar.formal import Sold
from mamori.grammar.hand import SELLERS, Hand
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import CaseFact, CaseNumberMistyped
from mamori.ground.clocks.facts import ClockFact
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import facts as market
from mamori.ground.web.uploads import FileShown, file_shown
from mamori.japan.calendar import JAPAN
from mamori.japan.spoken import spoken
from mamori.law.formal import RETURN_DAYS
from mamori.rooms.contact import formally
from mamori.rooms.contact.attached import formal_files
from mamori.rooms.contact.finding import NothingHere, is_party
from mamori.rooms.contact.formally import Reply
from mamori.rooms.contact.lifecycle.formal import FORMAL, FormalState
from mamori.rooms.contact.models import Formal
from mamori.rooms.contact.queries.goods import heading, order_name, shop_name
from mamori.rooms.contact.rules.callers import THROUGH, Through
from mamori.rooms.contact.rules.formal import Explained, Reckoned, explained, reckon
from mamori.rooms.contact.rules.formal_next import next_of

WITHIN = Text(
    "受け取った{received}を1日目とすると、{days}日目は{last}です。この通知が届いた{arrived}は、その日までに入っています。",
    "With the day of receipt ({received}) as the first, the {days}th day is {last}. The day of arrival, {arrived}, is not "
    "after it.",
)
AFTER = Text(
    "受け取った{received}を1日目とすると、{days}日目は{last}です。この通知が届いた{arrived}は、その日を過ぎています。",
    "With the day of receipt ({received}) as the first, the {days}th day is {last}. The day of arrival, {arrived}, is after it.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormalPage:
    """Everything that the page of a notice shows to a party; `words` are None where they were erased.

    `answer` is the clock of the seller's answer, while that is owed.
    """

    number: str
    formal: int
    about: str
    notice: Explained
    title: Text
    goods: Text
    shop: Text
    buyer_ref: str
    seller_ref: str
    order_ref: str
    state: FormalState
    standing: Text
    through: Text | None
    words: str | None
    files: tuple[FileShown, ...]
    replies: tuple[Reply, ...]
    arrived_at: datetime
    closed_at: datetime | None
    answer: ClockFact | None
    reckoned: Text | None
    receipt: str
    shared: bool
    steps: frozenset[str]
    after: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """That and when a notice arrived, for who tells its sender; never words.

    `settled` once the buyer has said that what followed is done.
    """

    order_ref: str
    arrived_at: datetime
    receipt: int
    due_at: datetime | None
    settled: bool


def arrival_of(hand: Hand, number: str) -> Arrival:
    """Return when a notice arrived, with its receipt and by when the seller should answer."""
    found = formal_of(hand, number)
    clock = answer_clock(found)
    return Arrival(
        order_ref=found.order_ref,
        arrived_at=found.arrived_at,
        receipt=_receipt(found),
        due_at=clock.due_at if clock else None,
        settled=found.state == FormalState.SETTLED,
    )


def formal_of(hand: Hand, number: str) -> Formal:
    """Return the notice behind a case number."""
    try:
        case = cases.by_number(number)
    except CaseNumberMistyped:
        raise NothingHere() from None
    found = behind(case) if case else None
    if found is None or not is_party(hand, buyer_ref=found.buyer_ref, seller_ref=found.seller_ref):
        raise NothingHere()
    return found


def behind(case: CaseFact) -> Formal | None:
    """Return the notice that a case is about, or nothing when it is about something else."""
    kind, _, row = case.about.partition(":")
    return Formal.objects.filter(pk=int(row)).first() if kind == "contact.formal" else None


def page_of(hand: Hand, number: str) -> FormalPage:
    """Return the page as this party sees it now."""
    found = formal_of(hand, number)
    name, state, notice = formally.about(found), FormalState(found.state), formally.declared(found)
    answer, order = answer_clock(found), market.order(found.order_ref)
    sold = formally.sold(found.seller_ref, order)
    return FormalPage(
        number=cases.case_of(name).number,
        formal=found.pk,
        about=name,
        notice=explained(notice, sold),
        title=heading(notice.title),
        goods=order_name(order),
        shop=shop_name(found.seller_ref),
        buyer_ref=found.buyer_ref,
        seller_ref=found.seller_ref,
        order_ref=found.order_ref,
        state=state,
        standing=FORMAL.states[state],
        through=THROUGH.get(Through(found.through)),
        words=formally.read(found),
        files=tuple(file_shown(file.number, file) for file in formal_files(hand, found)),
        replies=formally.replies(found),
        arrived_at=found.arrived_at,
        closed_at=found.closed_at,
        answer=answer,
        reckoned=reckoned_of(found, sold),
        receipt=ledger.acts_about(name)[0].address,
        shared=found.shared_at is not None,
        steps=frozenset(step.name for step in FORMAL.allowed(state, hand.role)),
        after=next_of(
            state,
            for_seller=hand.role in SELLERS,
            due=spoken(answer.due_at) if answer else None,
        ),
    )


def answer_clock(formal: Formal) -> ClockFact | None:
    """Return the clock of the seller's answer, while it has not answered."""
    name = formally.about(formal)
    return formally.answer_clocks([name]).get(name)


def reckoned_of(formal: Formal, sold: Sold | None = None) -> Text | None:
    """Say what is counted for the notice, where the law names days; it is arithmetic and no ruling.

    Who knows already who sold what says so; without a day of receipt nothing is counted, nor read.
    """
    if formal.received_on is None:
        return None
    if sold is None:
        sold = formally.sold(formal.seller_ref, market.order(formal.order_ref))
    arrived_on = formal.arrived_at.astimezone(JAPAN).date()
    counted = reckon(
        formally.declared(formal), sold=sold, received_on=formal.received_on, arrived_on=arrived_on
    )
    if counted is None:
        return None
    return counted_text(counted, received_on=formal.received_on, arrived_on=arrived_on)


def counted_text(counted: Reckoned, *, received_on: date, arrived_on: date) -> Text:
    """Say the days that were counted."""
    said = WITHIN if counted.is_within else AFTER
    return said.fill(
        days=RETURN_DAYS,
        received=day_text(received_on),
        last=day_text(counted.last),
        arrived=day_text(arrived_on),
    )


def _receipt(formal: Formal) -> int:
    return ledger.acts_about(formally.about(formal))[0].number
