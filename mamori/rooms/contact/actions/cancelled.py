"""An order was cancelled while its matter is open: both sides hear, and nobody sends back what never was sent."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.businesstime import day_text
from mamori.grammar.hand import Hand
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.market import actions as market
from mamori.ground.market import facts as market_facts
from mamori.ground.market.facts import OrderFact
from mamori.japan.calendar import JAPAN
from mamori.rooms.contact import keeping, latenotices
from mamori.rooms.contact.actions.fulfilling import note_all_back
from mamori.rooms.contact.actions.returning import call_off
from mamori.rooms.contact.events import ReturnMoved, SellerUrged
from mamori.rooms.contact.finding import the_trouble
from mamori.rooms.contact.lifecycle import RemedyState
from mamori.rooms.contact.models import Remedy, Trouble

NO_PARCEL = Text(
    "商品は送られていないので、返品は要りません。前にお知らせした送り状は使わないでください。",
    "As the goods were never sent, nothing is to be sent back. Please do not use the label that you were told of. ",
)


def hear_cancelled(hand: Hand, *, order_ref: str, is_new: bool) -> None:
    """Hear that an order was cancelled, or, where it `is_new` no more, that its goods were never sent.

    A label that is asked for is called back at the marketplace; one that is out is void, and the decision is open again.
    A refund goes on: money that goes back on another way is told by itself, and calls it back where it would be too much.
    """
    order = market_facts.order(order_ref)
    if order is None or order.cancelled_at is None:
        return
    with memory.act():
        running = Trouble.objects.filter(thread__order_ref=order_ref, closed_at__isnull=True)
        for number in running.order_by("id").values_list("pk", flat=True):
            _hear(hand, the_trouble(hand, number), order, order.cancelled_at, is_new=is_new)


def _hear(hand: Hand, found: Trouble, order: OrderFact, cancelled_at: datetime, *, is_new: bool) -> None:
    label, events = _stop_return(hand, found) if order.unsent else ("", [])
    if is_new or events:
        _tell(hand, found, cancelled_at, NO_PARCEL if events else "")
    keeping.keep(
        hand,
        found,
        "hear_cancelled",
        *events,
        attention="order-cancelled",
        cancelled_at=cancelled_at.isoformat(),
        unsent=order.unsent,
        instruction=label,
    )
    note_all_back(hand, found)


def _stop_return(hand: Hand, found: Trouble) -> tuple[str, list[ReturnMoved | SellerUrged]]:
    """Return the label that was called back, and what is told of one that nobody needs any more."""
    remedy = Remedy.objects.filter(trouble=found).first()
    if remedy is None:
        return "", []
    if remedy.state == RemedyState.ORDERED:
        market.recall(hand, instruction=remedy.label)
        return remedy.label, []
    if remedy.state == RemedyState.LABELLED:
        return remedy.label, call_off(hand, found, remedy)
    return "", []


def _tell(hand: Hand, found: Trouble, cancelled_at: datetime, parcel: Text | str) -> None:
    day, thread = day_text(cancelled_at.astimezone(JAPAN).date()), found.thread
    keeping.tell(
        f"buyer:{thread.buyer_ref}", latenotices.CANCELLED_BUYER, found, hand.at, day=day, parcel=parcel
    )
    keeping.tell(f"seller:{thread.seller_ref}", latenotices.CANCELLED_SELLER, found, hand.at, day=day)
