"""Solutions are proposed, taken back and run out; what was agreed is kept in time, or is overdue."""

from __future__ import annotations

from mamori.grammar.actor import Actor
from mamori.ground.declared import memory
from mamori.japan.calendar import spoken
from mamori.rooms.contact import calling, keeping, offernotices, pace, proposing, urging
from mamori.rooms.contact.actions.fulfilling import note_paid
from mamori.rooms.contact.actions.offering import (
    Offered,
    Voice,
    check_proposable,
    count_answer,
    hear_danger,
    keep,
    made_news,
    make,
    notify_ended,
    parties,
    worded,
)
from mamori.rooms.contact.actions.talk import answer, back_to_seller, take_answer_back
from mamori.rooms.contact.considering import consider, see_decided
from mamori.rooms.contact.events import SellerUrged
from mamori.rooms.contact.finding import the_proposal, the_trouble
from mamori.rooms.contact.keeping import open_proposal
from mamori.rooms.contact.lifecycle import PROPOSAL as CHART, ProposalState, ThreadState, TroubleState
from mamori.rooms.contact.mediating import Cause, step_in
from mamori.rooms.contact.models import Proposal, Trouble
from mamori.rooms.contact.offerrefusals import CentresProposalWaits, ProposalNotYours, ProposalWaits
from mamori.rooms.contact.rules.calling import Why
from mamori.rooms.contact.rules.proposals import SIDES, Kind, Side, side_of
from mamori.rooms.contact.topics import Progress


def propose(actor: Actor, *, trouble: int, kind: Kind, amount: int = 0, said: str = "") -> int:
    """Propose a solution while the centre mediates, and return its id; who has to agree is told.  Yen.

    A seller may offer a refund from the first inquiry on: the buyer's word alone makes it an agreement.
    """
    offered = worded(Offered(kind=kind, amount=amount, said=said))
    voice = Voice(side=side_of(actor.role))
    with memory.act():
        found = the_trouble(actor, trouble)
        check_proposable(actor, found, "propose", kind)
        waits = open_proposal(found)
        if waits is not None:
            refusal = CentresProposalWaits if voice.side is Side.CENTRE else ProposalWaits
            raise refusal(what=proposing.what(waits), state=CHART.states[ProposalState(waits.state)])
        pace.check_proposal(actor, found.thread)
        hear_danger(actor, found, voice.side, offered.said)
        made = make(actor, found, offered, voice.side)
        events = count_answer(actor, found, voice, made)
        keep(actor, made, "propose", *events, made_news(made), said=offered.said)
        return made.pk


def answer_with_refund(
    actor: Actor, *, thread: int, said: str, refund: Kind | None = None, amount: int = 0
) -> None:
    """Answer the buyer, and offer a `refund` beside it where one is given: both are sent, or neither.  Yen."""
    with memory.act():
        answer(actor, thread=thread, said=said)
        if refund is not None:
            propose(actor, trouble=Trouble.objects.get(thread=thread).pk, kind=refund, amount=amount)


def withdraw_proposal(actor: Actor, *, proposal: int) -> None:
    """Take back one's own proposal before it is agreed to; the centre takes back its own.

    A seller who so takes back the only answer owes one again, by the moment by which it was due.
    """
    with memory.act():
        found = the_proposal(actor, proposal)
        side = side_of(actor.role)
        if side != found.by_side:
            raise ProposalNotYours(who=SIDES[Side(found.by_side)])
        ended = proposing.end(actor, found, "withdraw")
        urged = take_answer_back(actor, found.trouble, found.opened_at) if _is_only_answer(found) else []
        notify_ended(actor, found, by=side)
        keep(actor, found, "withdraw_proposal", *urged, ended)


def _is_only_answer(proposal: Proposal) -> bool:
    thread = proposal.trouble.thread
    if not proposal.was_answer or thread.state != ThreadState.ANSWERED:
        return False
    return not thread.messages.filter(by_seller=True, substantive=True, at__gte=proposal.opened_at).exists()


def expire_proposal(actor: Actor, *, proposal: int) -> None:
    """End a proposal that nobody replied to in time; the mediation goes on, and where there is none, no one is asked anew."""
    with memory.act():
        found = the_proposal(actor, proposal)
        ended = proposing.end(actor, found, "expire")
        notify_ended(actor, found)
        attention = None if found.trouble.state == TroubleState.OPEN else "proposal-ended"
        keep(actor, found, "expire_proposal", ended, attention=attention)


def miss_agreement(actor: Actor, *, proposal: int) -> None:
    """Note that what was agreed is overdue: it is the seller's turn, and a refund in the seller's place is considered.

    The centre steps in where it has not.  The buyer's silence ends nothing from here on.
    """
    with memory.act():
        found = the_proposal(actor, proposal)
        if note_paid(actor, found.trouble):
            return
        ended = proposing.end(actor, found, "miss")
        about = {"what": proposing.what(found), "due": spoken(found.due_at)}
        for party in (*parties(found.trouble).values(), "lead"):
            keeping.notify(party, offernotices.AGREEMENT_MISSED, found.trouble, actor.at, **about)
        opened = step_in(actor, found.trouble, Cause.MISSED_AGREEMENT)
        urged = turn_back(actor, found.trouble)
        _, considered = consider(actor, found.trouble)
        see_decided(found.trouble, actor.at)
        calling.enter(actor, found.trouble, why=Why.AGREEMENT_MISSED)
        news = (*opened, *urged, *considered, ended)
        keep(actor, found, "miss_agreement", *news, attention="agreement-missed")


def turn_back(actor: Actor, trouble: Trouble) -> list[SellerUrged]:
    """Make it the seller's turn, also where the agreement had been taken for an answer."""
    if trouble.thread.state == ThreadState.ANSWERED:
        return back_to_seller(actor, trouble.thread, Progress.UNSOLVED, step="give_back")
    urged = urging.turn_to(actor, trouble, Progress.UNSOLVED)
    trouble.save(update_fields=("progress",))
    return urged
