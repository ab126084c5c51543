"""An agreement about money is fulfilled when the marketplace tells that the money has gone back: no buyer has to say so first."""

from __future__ import annotations

from mamori.grammar.event import Event
from mamori.grammar.hand import Hand
from mamori.ground.market import facts as market
from mamori.japan.spoken import spoken
from mamori.rooms.contact import keeping, offernotices, owing, proposing
from mamori.rooms.contact.actions.talk import count_as_answer
from mamori.rooms.contact.lifecycle import ProposalState
from mamori.rooms.contact.models import Proposal, Trouble


def note_paid(hand: Hand, trouble: Trouble) -> bool:
    """Note that the money of the trouble's agreement has gone back, in time or late; say whether it has just been found so.

    The agreement's clock stops, both sides are told, and the buyer is asked whether it is solved.
    """
    agreement = owing.agreement_of(trouble)
    if agreement is None or not _is_paid(agreement):
        return False
    agreement.trouble, agreement.paid_at = trouble, hand.at
    agreement.save(update_fields=("paid_at",))
    events: list[Event] = []
    if agreement.state == ProposalState.ACCEPTED:
        events.append(proposing.end(hand, agreement, "keep"))
    answered, until = count_as_answer(hand, trouble.thread, step="pay")
    about = {"what": proposing.what(agreement)}
    buyer, seller = f"buyer:{trouble.thread.buyer_ref}", f"seller:{trouble.thread.seller_ref}"
    told = offernotices.PAID_BUYER if until else offernotices.PAID_MEANWHILE
    keeping.tell(buyer, told, trouble, hand.at, **about, **({"until": spoken(until)} if until else {}))
    keeping.tell(seller, offernotices.PAID_SELLER, trouble, hand.at, **about)
    keeping.keep(
        hand,
        trouble,
        "note_paid",
        *events,
        *answered,
        settles=keeping.SETTLED_BY_AGREEING,
        proposal=agreement.number,
        amount=agreement.amount,
    )
    return True


def _is_paid(agreement: Proposal) -> bool:
    """Say whether what was agreed on has gone back since, on top of what had gone back before."""
    if agreement.state == ProposalState.KEPT or agreement.paid_at is not None or not agreement.amount:
        return False
    order = market.order(agreement.trouble.thread.order_ref)
    return order is not None and order.refunded_amount >= agreement.refunded_before + agreement.amount
