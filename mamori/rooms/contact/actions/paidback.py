"""Money of an order goes back on another way than ours: nobody is paid twice, and what it settles is settled."""

from __future__ import annotations

from mamori.grammar.hand import Hand
from mamori.ground.declared import memory
from mamori.ground.market import actions as market
from mamori.ground.market import facts as market_facts
from mamori.ground.market.facts import OrderFact
from mamori.rooms.contact import keeping, notices, paidnotices
from mamori.rooms.contact.actions.fulfilling import note_all_back, note_paid
from mamori.rooms.contact.actions.reversing import hear_charged_back
from mamori.rooms.contact.claims import paid_of
from mamori.rooms.contact.finding import the_trouble
from mamori.rooms.contact.lifecycle import UNDER_WAY, RemedyState
from mamori.rooms.contact.models import Remedy, Trouble
from mamori.rooms.contact.recovering import lower_recovery
from mamori.rooms.contact.rules.left import left_for


def hear_paid_back(hand: Hand, *, order_ref: str) -> None:
    """Hear that the seller, a shop or the card company gave money back: nobody is to be paid twice.

    What an agreement promised counts as kept, or is over where the card company pays it; where all has gone back, the
    buyer is asked whether it is solved.

    A refund that would now be too much is called back at the marketplace, which says whether it was too late; a
    parcel on its way is put before a person; what comes on top of a refund that is done reaches a lead.
    """
    with memory.act():
        for remedy in Remedy.objects.filter(trouble__thread__order_ref=order_ref).order_by("id"):
            found = the_trouble(hand, remedy.trouble_id)
            remedy.refresh_from_db()
            if remedy.state in UNDER_WAY:
                _call_back(hand, found, remedy)
            elif remedy.state == RemedyState.DONE:
                warn_if_twice(hand, found, remedy)
        about_it = Trouble.objects.filter(thread__order_ref=order_ref)
        for number in about_it.order_by("id").values_list("pk", flat=True):
            trouble = the_trouble(hand, number)
            if trouble.closed_at is None and not note_paid(hand, trouble):
                note_all_back(hand, trouble)
            hear_charged_back(hand, trouble)


def warn_if_twice(hand: Hand, found: Trouble, remedy: Remedy) -> None:
    """Tell a lead when the buyer has more than was paid; the seller is not asked again for what it paid itself."""
    order = market_facts.order(found.thread.order_ref)
    if order and order.charged_back:
        keeping.tell("lead", notices.PAID_TWICE, found, hand.at, amount=f"{remedy.amount:,}")
    if order and order.above:
        about = {"amount": f"{remedy.amount:,}", "above": f"{order.above:,}"}
        keeping.tell("lead", paidnotices.PAID_ON_TOP, found, hand.at, **about)
        lower_recovery(hand, remedy, order.above)


def _call_back(hand: Hand, found: Trouble, remedy: Remedy) -> None:
    order = market_facts.order(found.thread.order_ref)
    if order is None or _left_for(order, remedy) >= remedy.amount:
        return
    waiting = {RemedyState.INSTRUCTED: remedy.instruction, RemedyState.ORDERED: remedy.label}
    instruction = waiting.get(RemedyState(remedy.state), "")
    if instruction:
        market.recall(hand, instruction=instruction)
    keeping.keep(
        hand,
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
