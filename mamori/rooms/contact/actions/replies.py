"""A proposal is answered: agreed to, declined, or answered with another one; an agreement has its own clock."""

from __future__ import annotations

from typing import Any

from mamori.grammar.actor import Actor, Role
from mamori.grammar.event import Event
from mamori.ground.declared import memory
from mamori.ground.market import facts as market
from mamori.japan.calendar import spoken
from mamori.law.deadlines import AGREEMENT
from mamori.rooms.contact import keeping, offernotices, owing, pace, proposing
from mamori.rooms.contact.actions.offering import (
    Offered,
    Voice,
    amount_of,
    check_proposable,
    check_refund,
    count_answer,
    hear_danger,
    keep,
    made_news,
    make,
    notify_ended,
    parties,
    wait_again,
    worded,
)
from mamori.rooms.contact.actions.talk import AGREE, count_as_answer
from mamori.rooms.contact.considering import set_aside
from mamori.rooms.contact.events import AgreementReached
from mamori.rooms.contact.finding import NothingHere, the_proposal
from mamori.rooms.contact.helping import helper_of
from mamori.rooms.contact.lifecycle import PROPOSAL as CHART, ProposalState, ThreadState
from mamori.rooms.contact.models import Proposal, Thread, ToldReply
from mamori.rooms.contact.offerrefusals import AlreadyAgreed, HelperMayNotDecide
from mamori.rooms.contact.rules.callers import Through
from mamori.rooms.contact.rules.proposals import PARTIES, REPLIES, Kind, Reply, Side, side_of


def accept(actor: Actor, *, proposal: int) -> None:
    """Agree to a proposal; with the last party's word it is an agreement, and the clock for keeping it starts."""
    with memory.act():
        found, voice = _of_party(actor, proposal)
        agree_to(actor, found, voice)


def decline(actor: Actor, *, proposal: int) -> None:
    """Decline a proposal; a buyer who does so waits for the seller again."""
    with memory.act():
        found, voice = _of_party(actor, proposal)
        turn_down(actor, found, voice)


def counter(actor: Actor, *, proposal: int, kind: Kind, amount: int = 0, said: str = "") -> int:
    """Answer a proposal with another one, and return its id.  Yen."""
    offered = worded(Offered(kind=kind, amount=amount, said=said))
    with memory.act():
        found, voice = _of_party(actor, proposal)
        pace.check_proposal(actor, found.trouble.thread)
        return answer_with(actor, found, voice, offered)


def agree_to(actor: Actor, proposal: Proposal, voice: Voice, **recorded: Any) -> None:
    """Agree in this voice; the proposal is found locked, and what is `recorded` goes into the act."""
    last = all(_agreed(proposal, other) for other in PARTIES - {voice.side})
    step = "accept" if last else "agree"
    state = CHART.take(voice.step(step), ProposalState(proposal.state), actor.role)
    _check_not_agreed(proposal, voice.side)
    trouble = proposal.trouble
    check_refund(trouble)
    proposal.amount = amount_of(trouble, Kind(proposal.kind), proposal.amount)  # the order may have changed
    setattr(proposal, f"{voice.side}_agreed_at", actor.at)
    proposal.state = state
    events: list[Event] = count_answer(actor, trouble, voice)
    if last:
        if trouble.thread.state != ThreadState.ANSWERED:
            count_as_answer(
                actor, trouble.thread, AGREE
            )  # whoever wrote last: the agreement has its own clock
        order = market.order(trouble.thread.order_ref)
        proposal.refunded_before = order.refunded_elsewhere if order else 0
        events.append(_begin_agreement(actor, proposal))
    proposal.save()
    settles = keeping.SETTLED_BY_AGREEING if last else frozenset()
    _notify_buyer(actor, proposal, voice, Reply.ACCEPT)
    keep(actor, proposal, step, *events, settles=settles, **recorded)


def turn_down(actor: Actor, proposal: Proposal, voice: Voice, **recorded: Any) -> None:
    """Decline in this voice; the proposal is found locked."""
    ended = _refuse(actor, proposal, voice, "decline")
    notify_ended(actor, proposal, by=voice.side)
    _notify_buyer(actor, proposal, voice, Reply.DECLINE)
    moved = wait_again(actor, proposal.trouble, voice)
    keep(actor, proposal, "decline_proposal", *moved, ended, **recorded)


def answer_with(actor: Actor, proposal: Proposal, voice: Voice, offered: Offered, **recorded: Any) -> int:
    """Answer in this voice with another proposal and return its id; the proposal is found locked."""
    ended = _refuse(actor, proposal, voice, "counter")
    trouble = proposal.trouble
    check_proposable(actor, trouble, voice.step("counter"), offered.kind)
    hear_danger(actor, trouble, voice.side, offered.said, **recorded)
    made = make(actor, trouble, offered, voice.side, counters=proposal)
    _notify_buyer(actor, proposal, voice, Reply.COUNTER)
    moved = wait_again(actor, trouble, voice) or count_answer(actor, trouble, voice, made)
    news = (*moved, ended, made_news(made))
    keep(actor, made, "counter", *news, said=offered.said, countered=proposal.number, **recorded)
    return made.pk


def _of_party(actor: Actor, proposal: int) -> tuple[Proposal, Voice]:
    if actor.role is Role.MACHINE:
        raise NothingHere()
    if actor.role is not Role.HELPER:
        return the_proposal(actor, proposal), Voice(side=side_of(actor.role))
    # The thread is locked, so that what the buyer lets this helper do holds while it is done.
    found = Thread.objects.select_for_update(of=("self",)).filter(trouble__proposals=proposal).first()
    helper = helper_of(actor, found) if found else None
    if helper is None:
        raise NothingHere()
    if not helper.may_decide:
        raise HelperMayNotDecide()
    return the_proposal(actor, proposal), Voice(side=Side.BUYER, through=Through.HELPER)


def _notify_buyer(actor: Actor, proposal: Proposal, voice: Voice, reply: Reply) -> None:
    """Keep that it was somebody who helps who replied, and tell the buyer at once."""
    if voice.through is Through.HELPER:
        ToldReply.objects.create(
            proposal=proposal,
            reply=reply,
            through=Through.HELPER,
            helper=helper_of(actor, proposal.trouble.thread),
            at=actor.at,
        )
        buyer, what = parties(proposal.trouble)[Side.BUYER], proposing.what(proposal)
        told = offernotices.HELPER_REPLIED
        keeping.notify(buyer, told, proposal.trouble, actor.at, what=what, reply=REPLIES[reply])


def _agreed(proposal: Proposal, side: Side) -> bool:
    return getattr(proposal, f"{side}_agreed_at", None) is not None


def _check_not_agreed(proposal: Proposal, side: Side) -> None:
    if _agreed(proposal, side):
        raise AlreadyAgreed()


def _refuse(actor: Actor, proposal: Proposal, voice: Voice, step: str) -> Event:
    """End a proposal that this side does not take, unless it has agreed to it."""
    CHART.take(voice.step(step), ProposalState(proposal.state), actor.role)
    _check_not_agreed(proposal, voice.side)
    return proposing.end(actor, proposal, voice.step(step))


def _begin_agreement(actor: Actor, proposal: Proposal) -> Event:
    """Start the clock by which the agreement is to be kept, and tell both."""
    trouble = proposal.trouble
    proposing.stop(actor.at, proposal, why="accept")
    owing.stop_waiting(actor.at, trouble, why="agreed")
    set_aside(trouble, actor.at)
    proposal.due_at = keeping.start(AGREEMENT, keeping.about(trouble), actor.at, key=str(proposal.pk))
    about = {"what": proposing.what(proposal), "due": spoken(proposal.due_at)}
    for party in parties(trouble).values():
        keeping.notify(party, offernotices.AGREED, trouble, actor.at, **about)
    return keeping.news(
        AgreementReached,
        trouble,
        proposal=proposal.pk,
        what=proposal.kind,
        amount=proposal.amount,
        due_at=proposal.due_at,
    )
