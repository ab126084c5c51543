"""One thread as one of its parties sees it: where it stands, what was said, what can be done, until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.hand import Hand, Role
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact
from mamori.ground.web.pictures import Drawing
from mamori.ground.web.uploads import FileShown, file_shown
from mamori.law.deadlines import ANSWER, RESOLUTION
from mamori.rooms.contact import helping, keeping, leave, words
from mamori.rooms.contact.attached import named
from mamori.rooms.contact.finding import NothingHere, buyer_of, may_see
from mamori.rooms.contact.formal.records import NOTICES
from mamori.rooms.contact.leave import LeaveShown
from mamori.rooms.contact.lifecycle import UNDECIDED
from mamori.rooms.contact.models import Helper, Thread, Trouble
from mamori.rooms.contact.queries.due import ClockShown, DangerShown, clocks_of, danger_of
from mamori.rooms.contact.queries.goods import (
    cancelled_text,
    goods_name,
    heading,
    order_name,
    shop_name,
)
from mamori.rooms.contact.queries.matter import matter_of, mediation_of, remedy_of, values_of, whole_threads
from mamori.rooms.contact.queries.offers import (
    MediatorShown,
    OfferShown,
    mediator_of,
    offers_of,
    proposable_about,
)
from mamori.rooms.contact.queries.way import way_of
from mamori.rooms.contact.rules.callers import THROUGH, Through
from mamori.rooms.contact.rules.danger import tells_danger
from mamori.rooms.contact.rules.deeds import REPLIES, Deed, deeds
from mamori.rooms.contact.rules.eligibility import KINDS as REMEDIES
from mamori.rooms.contact.rules.eligibility import Kind as Given
from mamori.rooms.contact.rules.helping import may as may_of
from mamori.rooms.contact.rules.owed import Owed
from mamori.rooms.contact.rules.proposals import Kind, side_of
from mamori.rooms.contact.rules.reasons import PART_BECAUSE, PartBecause
from mamori.rooms.contact.rules.standing import Matter, Standing, for_buyer, for_helper, for_seller
from mamori.rooms.contact.topics import HARMS, TOPICS, Harm, Topic
from mamori.rooms.display import facts as display


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageShown:
    """What one side wrote; `words` is None when its writer's key has been destroyed."""

    number: int
    mine: bool
    by_seller: bool
    substantive: bool
    at: datetime
    words: str | None
    is_hidden: bool
    formal: Text | None
    files: tuple[FileShown, ...]
    through: Text | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WishShown:
    """What the buyer asked for in the seller's place, and when.  Yen."""

    what: Text
    amount: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadPage:
    """Everything that the page of a thread shows; `order` and `wish` are nothing for whoever only helps."""

    number: str
    thread: int
    trouble: int | None
    about: str
    topic: Text
    topic_code: Topic
    harm: Text | None
    goods: Text
    shop: Text
    buyer_ref: str
    seller_ref: str
    order_ref: str
    listing_ref: str
    order: OrderFact | None
    cancelled: Text | None
    is_charged_back: bool
    display: int
    matter: Matter
    standing: Standing
    clocks: tuple[ClockShown, ...]
    way: Drawing
    messages: tuple[MessageShown, ...]
    deeds: frozenset[Deed]
    helping_until: datetime | None
    centre_may_read: bool
    shared: bool
    mediator: MediatorShown | None
    offers: tuple[OfferShown, ...]
    proposable: tuple[Kind, ...]
    leaves: tuple[LeaveShown, ...]
    opened_at: datetime
    closed_at: datetime | None
    solution_due_at: datetime | None
    wish: WishShown | None
    part: Text | None
    danger: DangerShown | None

    @property
    def mediated(self) -> bool:
        """Say whether the centre has stepped in."""
        return self.mediator is not None

    @property
    def is_question_of_danger(self) -> bool:
        """Say whether a question tells of injury or fire: nobody calls about a question."""
        written = (one.words or "" for one in self.messages if not one.by_seller)
        return self.trouble is None and any(map(tells_danger, written))

    @property
    def offer(self) -> OfferShown | None:
        """Return the proposal that is open."""
        return next((offer for offer in self.offers if offer.is_open), None)

    @property
    def waiting_offer(self) -> OfferShown | None:
        """Return the proposal that waits for a reply: until it has one, it comes before everything else."""
        return self.offer if self.offer and not self.offer.is_agreed else None

    @property
    def earlier_offers(self) -> tuple[OfferShown, ...]:
        """Return the proposals that do not wait for a reply."""
        return tuple(offer for offer in self.offers if offer is not self.waiting_offer)

    @property
    def is_refunded(self) -> bool:
        """Say whether the operator refunds, so that what the buyer writes is for the centre."""
        return self.matter.owed is Owed.REMEDY

    @property
    def may_ask_remedy(self) -> bool:
        """Say whether the buyer may still ask for money in the seller's place: not while it is on its way."""
        is_open = self.trouble is not None and self.closed_at is None
        return is_open and self.helping_until is None and self.matter.remedy in {None, *UNDECIDED}

    @property
    def is_reasoned(self) -> bool:
        """Say whether the reason for a due moment is known."""
        return any(clock.why for clock in self.clocks)

    @property
    def is_answer_last(self) -> bool:
        """Say whether an answer is due behind the solution, as it is when it was asked for anew."""
        due = {clock.kind: clock.due_at for clock in self.clocks}
        return RESOLUTION.code in due and due.get(ANSWER.code, due[RESOLUTION.code]) > due[RESOLUTION.code]


def thread_of(hand: Hand, number: str) -> Thread:
    """Return the thread behind a case number, with what hangs on it."""
    kind, row = cases.behind(number)
    found = whole_threads()
    if kind == "contact.trouble":
        thread = found.filter(trouble=row).first()
    elif kind == "contact.thread":
        thread = found.filter(pk=row).first()
    else:
        thread = None
    if thread is None or not may_see(hand, thread):
        raise NothingHere()
    return thread


def open_about(hand: Hand, order_ref: str) -> str | None:
    """Return the number of the trouble that this buyer has open about an order, or nothing."""
    if not (order_ref.isascii() and order_ref.isprintable()):  # no reference, and NUL no database takes
        return None
    mine = Thread.objects.filter(order_ref=order_ref, buyer_ref=buyer_of(hand), closed_at__isnull=True)
    found = mine.first()
    return keeping.case_number(keeping.about(found)) if found else None


def page_of(hand: Hand, number: str) -> ThreadPage:
    """Return the page as this party sees it now."""
    thread = thread_of(hand, number)
    trouble, matter, about = keeping.trouble_of(thread), matter_of(thread), keeping.about(thread)
    order = market.order(thread.order_ref) if thread.order_ref else None
    running = clock_facts.open_clocks(about)
    by_seller = hand.role in (Role.SELLER, Role.DELEGATE)
    helper, side = helping.helper_of(hand, thread), side_of(hand.role)
    offers = offers_of(trouble, viewer=None if helper else side)
    corrects = any(offer.reply and offer.reply.may_correct for offer in offers)
    clocks = clocks_of(thread, matter, running, by_seller=by_seller)
    messages = _messages(hand, thread, by_seller=by_seller)
    may = deeds(matter, hand.role, shared=thread.shared_at is not None, corrects=corrects)
    standing = for_seller(matter) if by_seller else for_helper(matter) if helper else for_buyer(matter)
    return ThreadPage(
        number=keeping.case_number(about),
        thread=thread.pk,
        trouble=trouble.pk if trouble else None,
        about=about,
        topic=heading(TOPICS[Topic(thread.topic)]),
        topic_code=Topic(thread.topic),
        harm=heading(HARMS[Harm(trouble.harm)]) if trouble else None,
        goods=order_name(order) if thread.order_ref else goods_name(thread),
        shop=shop_name(thread.seller_ref),
        buyer_ref=thread.buyer_ref,
        seller_ref=thread.seller_ref,
        order_ref=thread.order_ref,
        listing_ref=thread.listing_ref,
        order=None if helper else order,
        cancelled=cancelled_text(order),
        is_charged_back=order is not None and order.charged_back,
        display=display.seen_version(order) if order and not helper else 0,
        matter=matter,
        standing=standing.filled(**values_of(thread, running)),
        clocks=clocks,
        way=way_of(thread, matter, clocks, answered_at=_answered_at(trouble, messages)),
        messages=messages,
        deeds=_as_let(helper, may),
        helping_until=helper.until if helper else None,
        centre_may_read=thread.centre_may_read,
        shared=thread.shared_at is not None,
        mediator=mediator_of(mediation_of(trouble), hand.at),
        offers=offers,
        proposable=proposable_about(order),
        leaves=leave.held(thread),
        opened_at=thread.opened_at,
        closed_at=thread.closed_at,
        solution_due_at=trouble.resolution_due_at if trouble else None,
        wish=None if by_seller or helper else _wish(trouble),
        part=None if by_seller else _part(trouble),
        danger=None if by_seller else danger_of(trouble, running),
    )


def _answered_at(trouble: Trouble | None, messages: Iterable[MessageShown]) -> datetime | None:
    """Return when the seller answered first; a question keeps no moment of its own."""
    if trouble is not None:
        return trouble.first_answered_at
    return min((one.at for one in messages if one.by_seller and one.substantive), default=None)


def _as_let(helper: Helper | None, may: frozenset[Deed]) -> frozenset[Deed]:
    """Return what can be done by who looks: a helper only what the buyer lets them do."""
    if helper is None:
        return may
    let = may_of(writes=helper.may_write, decides=helper.may_decide)
    if not let.writes:
        return frozenset()
    return may if let.decides else may - REPLIES


def _wish(trouble: Trouble | None) -> WishShown | None:
    remedy = remedy_of(trouble)
    if remedy is None or remedy.asked_at is None:
        return None
    return WishShown(what=REMEDIES[Given(remedy.wish)], amount=remedy.wished_amount, at=remedy.asked_at)


def _part(trouble: Trouble | None) -> Text | None:
    """Return why only a part was refunded in the seller's place."""
    remedy = remedy_of(trouble)
    return PART_BECAUSE[PartBecause(remedy.because)] if remedy and remedy.because else None


def _messages(hand: Hand, thread: Thread, *, by_seller: bool) -> tuple[MessageShown, ...]:
    files = named(hand, thread)
    return tuple(
        MessageShown(
            number=message.number,
            mine=message.by_seller is by_seller,
            by_seller=message.by_seller,
            substantive=message.substantive,
            at=message.at,
            words=said,
            through=THROUGH.get(Through(message.through)),
            ref=str(message.pk),
            is_hidden=message.shown is not None,
            formal=NOTICES[message.formal].title if message.formal else None,
            files=tuple(file_shown(file.number, file) for file in files if file.message == message.number),
        )
        for message, said in words.read_all(thread, as_shown=True)
    )
