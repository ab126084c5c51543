"""Ending a trouble: thread, mediation, calls, clocks and an unneeded remedy end with it, in one transaction."""

from __future__ import annotations

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.rooms.contact import calling, keeping, notices, proposing
from mamori.rooms.contact.calling import OF_CALLS
from mamori.rooms.contact.events import ProposalEnded, RemedyEnded, TroubleEnded
from mamori.rooms.contact.lifecycle import CALL, FIXED, MEDIATION, REMEDY, THREAD, TROUBLE, RemedyState
from mamori.rooms.contact.lifecycle.mediation import MediationState
from mamori.rooms.contact.lifecycle.thread import ThreadState
from mamori.rooms.contact.lifecycle.trouble import CallState, TroubleState
from mamori.rooms.contact.models import Mediation, Remedy, Trouble
from mamori.rooms.contact.rules.calling import Whom

type Ended = TroubleEnded | RemedyEnded | ProposalEnded


class RefundUnderWay(Refusal, code="refund-under-way", status=409):
    """Given when a trouble would end while the marketplace is carrying out its refund."""

    text = Text(
        "返金の手続きを通販サイトに指示したところです。確認が届くまでお待ちください。",
        "The marketplace has been told to refund. Please wait until it is confirmed.",
    )


class ReturnUnderWay(Refusal, code="return-under-way", status=409):
    """Given when a trouble would end while goods are on their way back."""

    text = Text(
        "返品の手続き中です。届いた商品を確かめるまでお待ちください。",
        "A return is under way. Please wait until the goods have been looked at.",
    )


def end(actor: Actor, trouble: Trouble, step: str, *, mediation: str) -> list[Ended]:
    """Take the trouble's last step and close what hangs on it; `mediation` is that lifecycle's step."""
    trouble.state = TROUBLE.take(step, TroubleState(trouble.state), actor.role)
    trouble.closed_at = actor.at
    events: list[Ended] = [*_end_remedy(actor, trouble)]
    agreement = proposing.agreed(trouble)
    solved = step == "solve"
    events += proposing.overtake(actor, trouble, solved=solved)
    seller = f"seller:{trouble.thread.seller_ref}"
    how = TROUBLE.states[TroubleState(trouble.state)]
    if agreement is None or solved:
        keeping.notify(seller, notices.ENDED, trouble, actor.at, how=how)
    else:
        what = proposing.what(agreement)
        keeping.notify(seller, notices.ENDED_OVER_AGREEMENT, trouble, actor.at, how=how, what=what)
    _end_mediation(actor, trouble, mediation)
    drop_calls(actor, trouble)
    thread = trouble.thread
    thread.state = THREAD.take("close", ThreadState(thread.state), actor.role)
    thread.closed_at, thread.answer_due_at = actor.at, None
    thread.save(update_fields=("state", "closed_at", "answer_due_at"))
    _stop_clocks(actor, trouble, step)
    trouble.save(update_fields=("state", "closed_at"))
    return [*events, keeping.news(TroubleEnded, trouble, state=trouble.state)]


def _end_remedy(actor: Actor, trouble: Trouble) -> list[RemedyEnded]:
    remedy = Remedy.objects.filter(trouble=trouble, closed_at__isnull=True).first()
    if remedy is None:
        return []
    if remedy.state in FIXED:
        raise RefundUnderWay() if remedy.state == RemedyState.INSTRUCTED else ReturnUnderWay()
    remedy.state = REMEDY.take("drop", RemedyState(remedy.state), actor.role)
    remedy.closed_at = actor.at
    remedy.save(update_fields=("state", "closed_at"))
    return [remedy_ended(remedy, trouble)]


def remedy_ended(remedy: Remedy, trouble: Trouble) -> RemedyEnded:
    """Return the event that tells of a remedy's end."""
    return keeping.news(RemedyEnded, trouble, remedy=remedy.pk, state=remedy.state, amount=remedy.amount)


def _end_mediation(actor: Actor, trouble: Trouble, step: str) -> None:
    mediation = Mediation.objects.filter(trouble=trouble, closed_at__isnull=True).first()
    if mediation is not None:
        mediation.state = MEDIATION.take(step, MediationState(mediation.state), actor.role)
        mediation.closed_at = actor.at
        mediation.save(update_fields=("state", "closed_at"))


def drop_calls(actor: Actor, trouble: Trouble) -> None:
    """Take the seller's waiting call off the list: nobody should ring about what is settled.  A danger is never settled so."""
    call = calling.waiting(trouble, Whom.SELLER)
    if call is not None:
        call.trouble = trouble
        call.state = CALL.take("drop", CallState(call.state), actor.role)
        call.closed_at = actor.at
        call.save(update_fields=("state", "closed_at"))
        calling.stop(actor, call, "call:drop")


def _stop_clocks(actor: Actor, trouble: Trouble, step: str) -> None:
    """Stop all that runs, but for the call to a buyer in danger."""
    name, buyers = keeping.about(trouble), calling.waiting(trouble, Whom.BUYER)
    if buyers is None:
        clocks.stop(about=name, at=actor.at, why=f"trouble:{step}")
        return
    for clock in clock_facts.open_clocks(name):
        if clock.kind not in OF_CALLS or clock.key != str(buyers.pk):
            clocks.stop(about=name, at=actor.at, why=f"trouble:{step}", kind=clock.kind, key=clock.key)
