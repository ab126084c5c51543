"""A trouble is reported, solved or withdrawn."""

from __future__ import annotations

from datetime import date

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact
from mamori.japan import written
from mamori.japan.calendar import spoken
from mamori.law.deadlines import ANSWER, RESOLUTION
from mamori.rooms.contact import danger, keeping, notices, pace, proposing, urging, words
from mamori.rooms.contact.ending import end
from mamori.rooms.contact.events import TroubleOpened
from mamori.rooms.contact.finding import buyer_of, the_trouble
from mamori.rooms.contact.ids import THREAD
from mamori.rooms.contact.inputs import Reason
from mamori.rooms.contact.keeping import open_proposal
from mamori.rooms.contact.lifecycle import ProposalState
from mamori.rooms.contact.models import Thread, Trouble, beside
from mamori.rooms.contact.offerrefusals import OfferWouldBeLost
from mamori.rooms.contact.pace import refuse_own
from mamori.rooms.contact.rules.danger import tells_danger
from mamori.rooms.contact.topics import TOPICS, Harm, Progress, Topic


class NoSuchOrder(Refusal, code="no-such-order", status=404):
    """Given when the order is not known, or not this buyer's."""

    text = Text(
        "注文「{ref}」は見つかりません。注文番号をご確認ください。分からないときは相談窓口にお問い合わせください。",
        "There is no order “{ref}”. Please check the order number, or ask the customer centre.",
    )


class TroubleAlreadyOpen(Refusal, code="trouble-already-open", status=409):
    """Given when a trouble with the same order is still open."""

    text = Text(
        "注文「{ref}」の困りごとは、すでに受け付けています。そのやり取りに書き足してください。",
        "A trouble with order “{ref}” is already open. Please write in that thread.",
    )

    def __init__(self, *, ref: str, thread: int | None) -> None:
        super().__init__(ref=ref)
        self.members = {"thread": THREAD.of(thread) if thread else None}


def open_trouble(
    actor: Actor, *, order_ref: str, topic: Topic, harm: Harm, said: str, centre_may_read: bool
) -> int:
    """Report a trouble with an order and return its id: both clocks start at `actor.at`."""
    buyer_ref, said = buyer_of(actor), written.checked(said)
    with memory.act():
        order = market.with_parties(order_ref)
        if order is None or order.buyer_ref != buyer_ref:
            raise NoSuchOrder(ref=order_ref)
        pace.check_opening(actor, order_ref)
        return opened(
            actor, order, topic=topic, harm=harm, said=said, centre_may_read=centre_may_read, through=""
        )


def opened(
    actor: Actor,
    order: OrderFact,
    *,
    topic: Topic,
    harm: Harm,
    said: str,
    centre_may_read: bool,
    through: str,
    received_on: date | None = None,
) -> int:
    """Open the trouble of an order for its buyer, whose words may have come `through` somebody; return its id.

    Words of injury or fire make it dangerous, however grave the buyer says that it is.
    """
    refuse_own(buyer_ref=order.buyer_ref, seller_ref=order.seller_ref)
    harm = Harm.DANGER if tells_danger(said) else harm
    with memory.act():
        _must_be_first(order)
        thread = Thread(
            topic=topic,
            buyer_ref=order.buyer_ref,
            seller_ref=order.seller_ref,
            order_ref=order.ref,
            opened_at=actor.at,
            last_at=actor.at,
            centre_may_read=centre_may_read,
        )
        trouble = _start(actor, thread, harm, received_on)
        if harm is Harm.DANGER:
            danger.begin(actor, trouble)
        urged = urging.turn_to(actor, trouble, Progress.UNANSWERED)
        unreachable = urging.warn_if_unreachable(actor, trouble)
        said_so = words.add(actor, thread, said, through=through)
        opened = keeping.news(
            TroubleOpened,
            trouble,
            order_ref=order.ref,
            answer_due_at=trouble.answer_due_at,
            resolution_due_at=trouble.resolution_due_at,
        )
        keeping.keep(
            actor,
            trouble,
            "open_trouble",
            opened,
            *urged,
            *unreachable,
            attention="unreachable" if unreachable else None,
            **said_so,
            order_ref=order.ref,
            centre_may_read=centre_may_read,
        )
    return trouble.pk


def _start(actor: Actor, thread: Thread, harm: Harm, received_on: date | None) -> Trouble:
    """Open the trouble, start both clocks from the first inquiry, and tell both sides."""
    solution = keeping.due(RESOLUTION, actor.at)
    pauses = keeping.answer_pauses(thread, harm, actor.at, solution=solution)
    thread.answer_due_at = thread.seller_due_at = keeping.due(ANSWER, actor.at, pauses)
    thread.save(force_insert=True)
    trouble = Trouble.objects.create(
        thread=thread,
        harm=harm,
        progress=Progress.UNANSWERED,
        opened_at=actor.at,
        received_on=received_on,
        answer_due_at=thread.answer_due_at,
        resolution_due_at=solution,
    )
    beside.begin(thread)
    name = keeping.enter("trouble", trouble, thread, actor.at)
    keeping.start(RESOLUTION, name, actor.at)
    keeping.start(ANSWER, name, actor.at, pauses=pauses)
    about = {"topic": TOPICS[Topic(thread.topic)], "due": spoken(trouble.answer_due_at)}
    keeping.notify(f"buyer:{thread.buyer_ref}", notices.RECEIVED, trouble, actor.at, **about)
    keeping.notify(f"seller:{thread.seller_ref}", notices.INQUIRY, trouble, actor.at, **about)
    return trouble


def _must_be_first(order: OrderFact) -> None:
    """Refuse a second trouble beside one that is open; the order, which is locked, lets one open it at a time."""
    open_ = Thread.objects.filter(order_ref=order.ref, buyer_ref=order.buyer_ref, closed_at__isnull=True)
    thread = open_.values_list("pk", flat=True).first()
    if thread is not None:
        raise TroubleAlreadyOpen(ref=order.ref, thread=thread)


def solve(actor: Actor, *, trouble: int, reason: Reason = "", gives_up: int | None = None) -> None:
    """Take the buyer's word that it is solved; staff need the reason why they know it.

    `gives_up` is the proposal that the buyer saw waiting and lets go with the end, or of which staff say that the buyer does.
    """
    if actor.is_staff:
        reason = written.reasoned(reason)
    with memory.act():
        found = the_trouble(actor, trouble)
        lost = _must_give_up(found, gives_up)
        events = end(actor, found, "solve", mediation="settle")
        if actor.is_staff:
            told, about = (notices.SOLVED_WITHOUT, {"what": lost}) if lost else (notices.SOLVED, {})
            keeping.notify(f"buyer:{found.thread.buyer_ref}", told, found, actor.at, **about)
        keeping.keep(actor, found, "solve", *events, reason=reason)


def withdraw(actor: Actor, *, trouble: int, gives_up: int | None = None) -> None:
    """Let the buyer withdraw the trouble, and with it the proposal that it `gives_up`."""
    with memory.act():
        found = the_trouble(actor, trouble)
        _must_give_up(found, gives_up)
        events = end(actor, found, "withdraw", mediation="drop")
        keeping.keep(actor, found, "withdraw", *events)


def _must_give_up(trouble: Trouble, gives_up: int | None) -> Text | None:
    """Return the proposal that waits for a reply and is lost with the end; refuse it unless that very one was given up."""
    offer = open_proposal(trouble)
    if offer is None or offer.state == ProposalState.ACCEPTED:
        return None
    if offer.pk != gives_up:
        raise OfferWouldBeLost(what=proposing.what(offer))
    return proposing.what(offer)
