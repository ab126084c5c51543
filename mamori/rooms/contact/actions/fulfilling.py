"""Money that was owed has gone back, as the marketplace tells, or a card company took it back: what was agreed is over."""

from __future__ import annotations

from dataclasses import replace

from mamori.grammar.actor import Actor, Role
from mamori.grammar.event import Event
from mamori.ground.clocks import actions as clocks
from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact
from mamori.japan.calendar import spoken
from mamori.law.deadlines import RESOLUTION
from mamori.rooms.contact import keeping, notices, offernotices, paidnotices, proposing, turnnotices
from mamori.rooms.contact.actions.talk import PAY, count_as_answer
from mamori.rooms.contact.considering import set_aside
from mamori.rooms.contact.keeping import is_under_way, open_proposal
from mamori.rooms.contact.lifecycle import ProposalState
from mamori.rooms.contact.mediating import handler
from mamori.rooms.contact.models import Proposal, Trouble

# Money that was owed has gone back, as the marketplace tells: no buyer has to say so first.


def note_paid(actor: Actor, trouble: Trouble) -> bool:
    """Note that the money of the trouble's agreement has gone back, in time or late; say whether it has just been found so.

    The agreement's clock stops, both sides are told, and the buyer is asked whether it is solved.
    """
    agreement = keeping.agreement_of(trouble)
    if agreement is None or not _is_paid(agreement):
        return False
    agreement.trouble, agreement.paid_at = trouble, actor.at
    agreement.save(update_fields=("paid_at",))
    events: list[Event] = []
    if agreement.state == ProposalState.ACCEPTED:
        events.append(proposing.end(actor, agreement, "keep"))
    answered, until = count_as_answer(actor, trouble.thread, step=PAY)
    about = {"what": proposing.what(agreement)}
    buyer, seller = f"buyer:{trouble.thread.buyer_ref}", f"seller:{trouble.thread.seller_ref}"
    told = offernotices.PAID_BUYER if until else offernotices.PAID_MEANWHILE
    keeping.notify(buyer, told, trouble, actor.at, **about, **({"until": spoken(until)} if until else {}))
    keeping.notify(seller, offernotices.PAID_SELLER, trouble, actor.at, **about)
    keeping.keep(
        actor,
        trouble,
        "note_paid",
        *events,
        *answered,
        settles=keeping.SETTLED_BY_AGREEING,
        proposal=agreement.number,
        amount=agreement.amount,
    )
    return True


def note_all_back(actor: Actor, trouble: Trouble) -> bool:
    """Note that the whole price has gone back, though nothing of it was agreed on: all that is left to know is the buyer's word.

    Nobody urges the seller any more, no solution falls due, and what was agreed on instead of money is replaced by it.
    """
    order = market.order(trouble.thread.order_ref)
    if order is None or order.left or trouble.paid_back_at or is_under_way(trouble):
        return False
    actor = replace(
        actor, by="machine:market", role=Role.MACHINE
    )  # also where a person's act only made room for it
    trouble.paid_back_at = actor.at
    trouble.save(update_fields=("paid_back_at",))
    agreement, events = proposing.agreed(trouble), list[Event]()
    if agreement is not None:
        agreement.trouble = trouble
        events.append(proposing.end(actor, agreement, "replace"))
    set_aside(trouble, actor.at)
    clocks.stop(about=keeping.about(trouble), at=actor.at, why="paid back", kind=RESOLUTION.code)
    answered, until = count_as_answer(actor, trouble.thread, step=PAY)
    about = {"amount": f"{order.amount:,}"}
    buyer, seller = f"buyer:{trouble.thread.buyer_ref}", f"seller:{trouble.thread.seller_ref}"
    told = paidnotices.ALL_BACK_BUYER if until else paidnotices.ALL_BACK_MEANWHILE
    keeping.notify(buyer, told, trouble, actor.at, **about, **({"until": spoken(until)} if until else {}))
    keeping.notify(seller, paidnotices.ALL_BACK_SELLER, trouble, actor.at, **about)
    settles = keeping.SETTLED_BY_AGREEING
    keeping.keep(
        actor, trouble, "note_all_back", *events, *answered, settles=settles, refunded=order.refunded_amount
    )
    return True


def _is_paid(agreement: Proposal) -> bool:
    """Say whether what was agreed on has gone back since, on top of what had gone back before."""
    if agreement.state == ProposalState.KEPT or agreement.paid_at is not None or not agreement.amount:
        return False
    order = market.order(agreement.trouble.thread.order_ref)
    return order is not None and order.refunded_elsewhere >= agreement.refunded_before + agreement.amount


# A card company gives the money of an order back: what was agreed or offered about it is over, and both sides hear it.


def hear_charged_back(actor: Actor, trouble: Trouble) -> None:
    """Hear that the card company gave the money back: nobody pays it again, and no agreement waits for it.

    What both had agreed on, and what is offered, about money ends; the buyer is asked whether it is solved.  Where the
    seller had paid already a lead is told, as after the trouble has ended.
    """
    order = market.order(trouble.thread.order_ref)
    if order is None or not order.charged_back:
        return
    agreement = keeping.agreement_of(trouble)
    if agreement is not None and agreement.amount and _went_back(agreement, order):
        keeping.notify("lead", notices.PAID_TWICE, trouble, actor.at, amount=f"{agreement.amount:,}")
    if trouble.closed_at is None:
        _end_what_is_open(actor, trouble, agreement)


def _went_back(agreement: Proposal, order: OrderFact) -> bool:
    """Say whether the seller had given the agreed money back, as the buyer or the marketplace told."""
    paid = agreement.refunded_before + agreement.amount
    return agreement.state == ProposalState.KEPT or order.refunded_amount >= paid


def _end_what_is_open(actor: Actor, trouble: Trouble, agreement: Proposal | None) -> None:
    offer = open_proposal(trouble)
    is_owed = agreement is not None and _is_owed(agreement)
    over = offer if offer is not None and offer.amount else agreement if is_owed else None
    if over is None:
        return
    events: list[Event] = []
    over.trouble = trouble
    if over.closed_at is None:
        events.append(proposing.end(actor, over, "reverse"))
    until = None
    if is_owed and agreement is not None:
        agreement.paid_at = actor.at
        agreement.save(update_fields=("paid_at",))
        answered, until = count_as_answer(actor, trouble.thread, step=PAY)
        events += answered
    ask = turnnotices.SOLVED_BY.fill(until=spoken(until)) if until else ""
    what, thread = proposing.what(over), trouble.thread
    keeping.notify(
        f"buyer:{thread.buyer_ref}", turnnotices.REVERSED_BUYER, trouble, actor.at, what=what, ask=ask
    )
    keeping.notify(f"seller:{thread.seller_ref}", turnnotices.REVERSED_SELLER, trouble, actor.at, what=what)
    keeping.notify(handler(trouble), turnnotices.REVERSED_AGENT, trouble, actor.at, what=what)
    keeping.keep(
        actor,
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
