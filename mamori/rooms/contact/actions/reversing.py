"""A card company gives the money of an order back: what was agreed or offered about it is over, and both sides hear it."""

from __future__ import annotations

from mamori.grammar.event import Event
from mamori.grammar.hand import Hand
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact
from mamori.japan.spoken import spoken
from mamori.rooms.contact import beside, keeping, notices, proposing, turnnotices
from mamori.rooms.contact.actions.talk import PAY, count_as_answer
from mamori.rooms.contact.beside import open_proposal
from mamori.rooms.contact.lifecycle import ProposalState
from mamori.rooms.contact.mediators import handler
from mamori.rooms.contact.models import Proposal, Trouble


def hear_charged_back(hand: Hand, trouble: Trouble) -> None:
    """Hear that the card company gave the money back: nobody pays it again, and no agreement waits for it.

    What both had agreed on, and what is offered, about money ends; the buyer is asked whether it is solved.  Where the
    seller had paid already a lead is told, as after the trouble has ended.
    """
    order = market.order(trouble.thread.order_ref)
    if order is None or not order.charged_back:
        return
    agreement = beside.agreement_of(trouble)
    if agreement is not None and agreement.amount and _went_back(agreement, order):
        keeping.tell("lead", notices.PAID_TWICE, trouble, hand.at, amount=f"{agreement.amount:,}")
    if trouble.closed_at is None:
        _end_what_is_open(hand, trouble, agreement)


def _went_back(agreement: Proposal, order: OrderFact) -> bool:
    """Say whether the seller had given the agreed money back, as the buyer or the marketplace told."""
    paid = agreement.refunded_before + agreement.amount
    return agreement.state == ProposalState.KEPT or order.refunded_amount >= paid


def _end_what_is_open(hand: Hand, trouble: Trouble, agreement: Proposal | None) -> None:
    offer = open_proposal(trouble)
    is_owed = agreement is not None and _is_owed(agreement)
    over = offer if offer is not None and offer.amount else agreement if is_owed else None
    if over is None:
        return
    events: list[Event] = []
    over.trouble = trouble
    if over.closed_at is None:
        events.append(proposing.end(hand, over, "reverse"))
    until = None
    if is_owed and agreement is not None:
        agreement.paid_at = hand.at
        agreement.save(update_fields=("paid_at",))
        answered, until = count_as_answer(hand, trouble.thread, step=PAY)
        events += answered
    _tell(hand, trouble, over, turnnotices.SOLVED_BY.fill(until=spoken(until)) if until else "")
    keeping.keep(
        hand,
        trouble,
        "hear_charged_back",
        *events,
        attention="charged-back",
        proposal=over.number,
        amount=over.amount,
    )


def _is_owed(agreement: Proposal) -> bool:
    """Say whether money is still to come by an agreement, in time or late."""
    waits = agreement.state in (ProposalState.ACCEPTED, ProposalState.MISSED)
    return waits and agreement.amount > 0 and agreement.paid_at is None


def _tell(hand: Hand, trouble: Trouble, over: Proposal, ask: Text | str) -> None:
    what, thread = proposing.what(over), trouble.thread
    keeping.tell(
        f"buyer:{thread.buyer_ref}", turnnotices.REVERSED_BUYER, trouble, hand.at, what=what, ask=ask
    )
    keeping.tell(f"seller:{thread.seller_ref}", turnnotices.REVERSED_SELLER, trouble, hand.at, what=what)
    keeping.tell(handler(trouble), turnnotices.REVERSED_AGENT, trouble, hand.at, what=what)
