"""What happens when a clock of this room rings: the same kind of verb, done by the machine."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor
from mamori.grammar.event import Event
from mamori.ground.declared import memory
from mamori.ground.market import actions as market
from mamori.japan.calendar import spoken
from mamori.law.deadlines import CONFIRMATION, REMEDY_DECISION, SILENCE
from mamori.rooms.contact import calling, givingback, keeping, notices, owing, questionnotices, urging
from mamori.rooms.contact.considering import await_decision, consider
from mamori.rooms.contact.ending import end
from mamori.rooms.contact.events import AnswerMissed, ResolutionMissed
from mamori.rooms.contact.finding import the_call, the_recovery, the_thread, the_trouble
from mamori.rooms.contact.keeping import is_under_way
from mamori.rooms.contact.lifecycle import (
    RECOVERY,
    THREAD,
    TROUBLE,
    UNDER_WAY,
    RecoveryState,
    RemedyState,
    ThreadState,
    TroubleState,
)
from mamori.rooms.contact.mediating import Cause, open_mediation, step_in
from mamori.rooms.contact.models import Remedy
from mamori.rooms.contact.rules.calling import Why
from mamori.rooms.contact.rules.urging import Means, Urge
from mamori.rooms.contact.topics import TOPICS, Progress, Topic


def miss_answer(actor: Actor, *, thread: int, due_at: datetime) -> None:
    """Note that the answer is overdue; for a trouble the seller is urged and mediation opens by itself."""
    with memory.act():
        found = the_thread(actor, thread)
        found.state = THREAD.take("miss", ThreadState(found.state), actor.role)
        found.save(update_fields=("state",))
        trouble = keeping.trouble_of(found)
        events: list[Event] = [keeping.news(AnswerMissed, found, due_at=due_at)]
        if trouble:
            events += step_in(actor, trouble, Cause.MISSED_ANSWER)
            events += urging.turn_to(actor, trouble, Progress.MISSED)
            trouble.save(update_fields=("progress",))
        else:
            at = actor.at
            until = keeping.start(SILENCE, keeping.about(found), at)
            about = {"topic": TOPICS[Topic(found.topic)], "until": spoken(until)}
            keeping.notify(f"buyer:{found.buyer_ref}", questionnotices.MISSED, found, at, **about)
            keeping.notify(f"seller:{found.seller_ref}", questionnotices.OVERDUE, found, at, **about)
        keeping.keep(
            actor, found, "miss_answer", *events, attention="answer-missed", due_at=due_at.isoformat()
        )


def miss_resolution(actor: Actor, *, trouble: int, due_at: datetime) -> None:
    """Note that the solution is overdue: a refund is considered and a lead is told."""
    with memory.act():
        found = the_trouble(actor, trouble)
        found.state = TROUBLE.take("miss", TroubleState(found.state), actor.role)
        found.save(update_fields=("state",))
        missed = keeping.news(ResolutionMissed, found, due_at=due_at)
        opened = open_mediation(actor, found, Cause.MISSED_RESOLUTION)
        remedy, considered = consider(actor, found)
        if await_decision(remedy, found, actor.at):
            keeping.notify("lead", notices.OVERDUE, found, actor.at, topic=TOPICS[Topic(found.thread.topic)])
        keeping.keep(
            actor,
            found,
            "miss_resolution",
            missed,
            *opened,
            *considered,
            attention=None if remedy.state in UNDER_WAY else "resolution-missed",
            due_at=due_at.isoformat(),
        )


def urge(actor: Actor, *, trouble: int, means: Means) -> None:
    """Urge the seller as the table said when the clock was set."""
    with memory.act():
        found = the_trouble(actor, trouble)
        urged = urging.carry_out(actor, found, Urge(means, None))
        keeping.keep(actor, found, "urge", urged, means=means.value)


def lapse(actor: Actor, *, thread: int) -> None:
    """End what the buyer has not come back to after an answer; while something is owed to the buyer, nothing ends."""
    with memory.act():
        found = the_thread(actor, thread)
        trouble = keeping.trouble_of(found)
        if trouble is None:
            is_answered = found.state == ThreadState.ANSWERED
            closed = questionnotices.RESTED if is_answered else questionnotices.LAPSED
            about = {"topic": TOPICS[Topic(found.topic)]}
            keeping.notify(f"buyer:{found.buyer_ref}", closed, found, actor.at, **about)
            found.state = THREAD.take("close", ThreadState(found.state), actor.role)
            found.closed_at, found.answer_due_at = actor.at, None
            found.save(update_fields=("state", "closed_at", "answer_due_at"))
            keeping.keep(actor, found, "lapse")
        elif owed := owing.owed_to_buyer(trouble):
            keeping.keep(actor, trouble, "await_refund", owed=owed.value)
        else:
            events = end(actor, trouble, "lapse", mediation="drop")
            keeping.notify(f"buyer:{found.buyer_ref}", notices.LAPSED, trouble, actor.at)
            keeping.keep(actor, trouble, "lapse", *events)


def break_promise(actor: Actor, *, call: int) -> None:
    """Put a seller who promised in that call and has not answered since back on the call list.

    What counted as an answer when it came, as a proposal does, has kept the promise then.
    """
    with memory.act():
        promised = the_call(actor, call)
        found = promised.trouble
        answers = found.thread.messages.filter(by_seller=True, substantive=True)
        promised.kept = promised.kept or answers.filter(at__gte=promised.closed_at).exists()
        promised.save(update_fields=("kept",))
        if promised.kept:
            keeping.keep(actor, found, "keep_promise", call=call)
            return
        if is_under_way(found):  # what the operator refunds the seller is not called about
            keeping.keep(actor, found, "break_promise", call=call)
            return
        calling.enter(actor, found, why=Why.PROMISE_BROKEN)
        keeping.keep(actor, found, "break_promise", attention="promise-broken", call=call)


def chase_confirmation(actor: Actor, *, trouble: int, times: int) -> None:
    """Give the marketplace the same instruction again, under its same id, and tell a lead."""
    with memory.act():
        found = the_trouble(actor, trouble)
        remedy = Remedy.objects.get(trouble=found)
        instruction = remedy.label if remedy.state == RemedyState.ORDERED else remedy.instruction
        market.chase(actor, instruction=instruction)
        keeping.start(CONFIRMATION, keeping.about(found), actor.at, key=str(times + 1))
        keeping.notify("lead", notices.UNCONFIRMED, found, actor.at, instruction=instruction, times=times)
        keeping.keep(
            actor,
            found,
            "chase_confirmation",
            attention="unconfirmed",
            instruction=instruction,
            times=times,
        )


def remind_remedy(actor: Actor, *, trouble: int) -> None:
    """Put a refund that nobody has decided on before a lead again."""
    with memory.act():
        found = the_trouble(actor, trouble)
        keeping.start(REMEDY_DECISION, keeping.about(found), actor.at)
        keeping.notify("lead", notices.OVERDUE, found, actor.at, topic=TOPICS[Topic(found.thread.topic)])
        keeping.keep(actor, found, "remind_remedy", attention="decide-remedy")


def end_hearing(actor: Actor, *, recovery: int) -> None:
    """Go on without the seller's view when its time is over; a person decides."""
    with memory.act():
        found = the_recovery(actor, recovery)
        found.state = RECOVERY.take("end_hearing", RecoveryState(found.state), actor.role)
        found.heard_at = actor.at
        found.save(update_fields=("state", "heard_at"))
        keeping.keep(actor, found, "end_hearing", attention="decide-recovery")


def review_recovery(actor: Actor, *, recovery: int) -> None:
    """Put a recovery that is still open before a person again, and a deduction before the marketplace."""
    with memory.act():
        found = the_recovery(actor, recovery)
        if found.state == RecoveryState.CLAIMED:
            market.chase(actor, instruction=found.instruction)
        givingback.look_again(actor, found)
        keeping.keep(actor, found, "review_recovery", attention="review-recovery")
