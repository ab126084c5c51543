"""Money goes back on another way than ours, or the order is cancelled: what it settles is settled, and both sides hear."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor
from mamori.grammar.businesstime import day_text
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.market import actions as market, facts as market_facts
from mamori.ground.market.facts import OrderFact
from mamori.japan.calendar import JAPAN
from mamori.rooms.contact import keeping, notices, paidnotices
from mamori.rooms.contact.actions.fulfilling import hear_charged_back, note_all_back, note_paid
from mamori.rooms.contact.actions.returning import call_off
from mamori.rooms.contact.claims import paid_of
from mamori.rooms.contact.events import ReturnMoved, SellerUrged
from mamori.rooms.contact.finding import the_trouble
from mamori.rooms.contact.lifecycle import UNDER_WAY, RemedyState
from mamori.rooms.contact.models import Remedy, Trouble
from mamori.rooms.contact.recovering import lower_recovery
from mamori.rooms.contact.rules.eligibility import left_for


def hear_paid_back(actor: Actor, *, order_ref: str) -> None:
    """Hear that the seller, a shop or the card company gave money back: nobody is to be paid twice.

    What an agreement promised counts as kept, or is over where the card company pays it; where all has gone back, the
    buyer is asked whether it is solved.

    A refund that would now be too much is called back at the marketplace, which says whether it was too late; a
    parcel on its way is put before a person; what comes on top of a refund that is done reaches a lead.
    """
    with memory.act():
        for remedy in Remedy.objects.filter(trouble__thread__order_ref=order_ref).order_by("id"):
            found = the_trouble(actor, remedy.trouble_id)
            remedy.refresh_from_db()
            if remedy.state in UNDER_WAY:
                _call_back(actor, found, remedy)
            elif remedy.state == RemedyState.DONE:
                warn_if_twice(actor, found, remedy)
        about_it = Trouble.objects.filter(thread__order_ref=order_ref)
        for number in about_it.order_by("id").values_list("pk", flat=True):
            trouble = the_trouble(actor, number)
            if trouble.closed_at is None and not note_paid(actor, trouble):
                note_all_back(actor, trouble)
            hear_charged_back(actor, trouble)


def warn_if_twice(actor: Actor, found: Trouble, remedy: Remedy) -> None:
    """Tell a lead when the buyer has more than was paid; the seller is not asked again for what it paid itself."""
    order = market_facts.order(found.thread.order_ref)
    if order and order.charged_back:
        keeping.notify("lead", notices.PAID_TWICE, found, actor.at, amount=f"{remedy.amount:,}")
    if order and order.above:
        about = {"amount": f"{remedy.amount:,}", "above": f"{order.above:,}"}
        keeping.notify("lead", paidnotices.PAID_ON_TOP, found, actor.at, **about)
        lower_recovery(actor, remedy, order.above)


def _call_back(actor: Actor, found: Trouble, remedy: Remedy) -> None:
    order = market_facts.order(found.thread.order_ref)
    if order is None or _left_for(order, remedy) >= remedy.amount:
        return
    waiting = {RemedyState.INSTRUCTED: remedy.instruction, RemedyState.ORDERED: remedy.label}
    instruction = waiting.get(RemedyState(remedy.state), "")
    if instruction:
        market.recall(actor, instruction=instruction)
    keeping.keep(
        actor,
        found,
        "hear_paid_back",
        attention="paid-back",
        refunded=order.refunded_amount,
        charged_back=order.charged_back,
        instruction=instruction,
    )


def _left_for(order: OrderFact, remedy: Remedy) -> int:
    """Return what others leave of the price for this refund, which the order's total may hold already."""
    own = market_facts.instruction(remedy.instruction) if remedy.instruction else None
    return left_for(paid_of(order, own))


NO_PARCEL = Text(
    "商品は送られていないので、返品は要りません。前にお知らせした送り状は使わないでください。",
    "As the goods were never sent, nothing is to be sent back. Please do not use the label that you were told of. ",
)


def hear_cancelled(actor: Actor, *, order_ref: str, is_new: bool) -> None:
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
            _hear(actor, the_trouble(actor, number), order, order.cancelled_at, is_new=is_new)


def _hear(actor: Actor, found: Trouble, order: OrderFact, cancelled_at: datetime, *, is_new: bool) -> None:
    label, events = _stop_return(actor, found) if order.unsent else ("", [])
    if is_new or events:
        parcel = NO_PARCEL if events else ""
        day, thread = day_text(cancelled_at.astimezone(JAPAN).date()), found.thread
        keeping.notify(
            f"buyer:{thread.buyer_ref}", notices.CANCELLED_BUYER, found, actor.at, day=day, parcel=parcel
        )
        keeping.notify(f"seller:{thread.seller_ref}", notices.CANCELLED_SELLER, found, actor.at, day=day)
    keeping.keep(
        actor,
        found,
        "hear_cancelled",
        *events,
        attention="order-cancelled",
        cancelled_at=cancelled_at.isoformat(),
        unsent=order.unsent,
        instruction=label,
    )
    note_all_back(actor, found)


def _stop_return(actor: Actor, found: Trouble) -> tuple[str, list[ReturnMoved | SellerUrged]]:
    """Return the label that was called back, and what is told of one that nobody needs any more."""
    remedy = Remedy.objects.filter(trouble=found).first()
    if remedy is None:
        return "", []
    if remedy.state == RemedyState.ORDERED:
        market.recall(actor, instruction=remedy.label)
        return remedy.label, []
    if remedy.state == RemedyState.LABELLED:
        return remedy.label, call_off(actor, found, remedy)
    return "", []
