"""What happens when a clock of this room rings: the same kind of verb, by the machine's hand."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.event import Event
from mamori.grammar.hand import Hand
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
from mamori.rooms.contact.mediating import Cause, open_mediation
from mamori.rooms.contact.models import Remedy, Thread
from mamori.rooms.contact.rules.calling import Why
from mamori.rooms.contact.rules.urging import Means, Urge
from mamori.rooms.contact.topics import TOPICS, Progress, Topic


def miss_answer(hand: Hand, *, thread: int, due_at: datetime) -> None:
    """Note that the answer is overdue; for a trouble the seller is urged and mediation opens by itself."""
    with memory.act():
        found = the_thread(hand, thread)
        found.state = THREAD.take("miss", ThreadState(found.state), hand.role)
        found.save(update_fields=("state",))
        trouble = keeping.trouble_of(found)
        events: list[Event] = [keeping.news(AnswerMissed, found, due_at=due_at)]
        if trouble:
            if trouble.state == TroubleState.OPEN:
                trouble.state = TROUBLE.take("mediate", TroubleState(trouble.state), hand.role)
            events += open_mediation(hand, trouble, Cause.MISSED_ANSWER)
            events += urging.turn_to(hand, trouble, Progress.MISSED)
            trouble.save(update_fields=("state", "progress"))
        else:
            _remind_of_question(found, hand.at)
        keeping.keep(
            hand, found, "miss_answer", *events, attention="answer-missed", due_at=due_at.isoformat()
        )


def miss_resolution(hand: Hand, *, trouble: int, due_at: datetime) -> None:
    """Note that the solution is overdue: a refund is considered and a lead is told."""
    with memory.act():
        found = the_trouble(hand, trouble)
        found.state = TROUBLE.take("miss", TroubleState(found.state), hand.role)
        found.save(update_fields=("state",))
        missed = keeping.news(ResolutionMissed, found, due_at=due_at)
        opened = open_mediation(hand, found, Cause.MISSED_RESOLUTION)
        remedy, considered = consider(hand, found)
        if await_decision(remedy, found, hand.at):
            keeping.tell("lead", notices.OVERDUE, found, hand.at, topic=TOPICS[Topic(found.thread.topic)])
        keeping.keep(
            hand,
            found,
            "miss_resolution",
            missed,
            *opened,
            *considered,
            attention=None if remedy.state in UNDER_WAY else "resolution-missed",
            due_at=due_at.isoformat(),
        )


def urge(hand: Hand, *, trouble: int, means: Means) -> None:
    """Urge the seller as the table said when the clock was set."""
    with memory.act():
        found = the_trouble(hand, trouble)
        urged = urging.carry_out(hand, found, Urge(means, None))
        keeping.keep(hand, found, "urge", urged, means=means.value)


def lapse(hand: Hand, *, thread: int) -> None:
    """End what the buyer has not come back to after an answer; while something is owed to the buyer, nothing ends."""
    with memory.act():
        found = the_thread(hand, thread)
        trouble = keeping.trouble_of(found)
        if trouble is None:
            _close_question(hand, found)
        elif owed := owing.owed_to_buyer(trouble):
            keeping.keep(hand, trouble, "await_refund", owed=owed.value)
        else:
            events = end(hand, trouble, "lapse", mediation="drop")
            keeping.tell(f"buyer:{found.buyer_ref}", notices.LAPSED, trouble, hand.at)
            keeping.keep(hand, trouble, "lapse", *events)


def _remind_of_question(thread: Thread, at: datetime) -> None:
    """Tell both sides that a question waits, and until when."""
    until = keeping.start(SILENCE, keeping.about(thread), at)
    about = {"topic": TOPICS[Topic(thread.topic)], "until": spoken(until)}
    keeping.tell(f"buyer:{thread.buyer_ref}", questionnotices.MISSED, thread, at, **about)
    keeping.tell(f"seller:{thread.seller_ref}", questionnotices.OVERDUE, thread, at, **about)


def _close_question(hand: Hand, thread: Thread) -> None:
    is_answered = thread.state == ThreadState.ANSWERED
    closed = questionnotices.RESTED if is_answered else questionnotices.LAPSED
    about = {"topic": TOPICS[Topic(thread.topic)]}
    keeping.tell(f"buyer:{thread.buyer_ref}", closed, thread, hand.at, **about)
    thread.state = THREAD.take("close", ThreadState(thread.state), hand.role)
    thread.closed_at, thread.answer_due_at = hand.at, None
    thread.save(update_fields=("state", "closed_at", "answer_due_at"))
    keeping.keep(hand, thread, "lapse")


def break_promise(hand: Hand, *, call: int) -> None:
    """Put a seller who promised in that call and has not answered since back on the call list.

    What counted as an answer when it came, as a proposal does, has kept the promise then.
    """
    with memory.act():
        promised = the_call(hand, call)
        found = promised.trouble
        answers = found.thread.messages.filter(by_seller=True, substantive=True)
        promised.kept = promised.kept or answers.filter(at__gte=promised.closed_at).exists()
        promised.save(update_fields=("kept",))
        if promised.kept:
            keeping.keep(hand, found, "keep_promise", call=call)
            return
        if is_under_way(found):  # what the operator refunds the seller is not called about
            keeping.keep(hand, found, "break_promise", call=call)
            return
        calling.enter(hand, found, why=Why.PROMISE_BROKEN)
        keeping.keep(hand, found, "break_promise", attention="promise-broken", call=call)


def chase_confirmation(hand: Hand, *, trouble: int, times: int) -> None:
    """Give the marketplace the same instruction again, under its same id, and tell a lead."""
    with memory.act():
        found = the_trouble(hand, trouble)
        remedy = Remedy.objects.get(trouble=found)
        instruction = remedy.label if remedy.state == RemedyState.ORDERED else remedy.instruction
        market.chase(hand, instruction=instruction)
        keeping.start(CONFIRMATION, keeping.about(found), hand.at, key=str(times + 1))
        keeping.tell("lead", notices.UNCONFIRMED, found, hand.at, instruction=instruction, times=times)
        keeping.keep(
            hand,
            found,
            "chase_confirmation",
            attention="unconfirmed",
            instruction=instruction,
            times=times,
        )


def remind_remedy(hand: Hand, *, trouble: int) -> None:
    """Put a refund that nobody has decided on before a lead again."""
    with memory.act():
        found = the_trouble(hand, trouble)
        keeping.start(REMEDY_DECISION, keeping.about(found), hand.at)
        keeping.tell("lead", notices.OVERDUE, found, hand.at, topic=TOPICS[Topic(found.thread.topic)])
        keeping.keep(hand, found, "remind_remedy", attention="decide-remedy")


def end_hearing(hand: Hand, *, recovery: int) -> None:
    """Go on without the seller's view when its time is over; a person decides."""
    with memory.act():
        found = the_recovery(hand, recovery)
        found.state = RECOVERY.take("end_hearing", RecoveryState(found.state), hand.role)
        found.heard_at = hand.at
        found.save(update_fields=("state", "heard_at"))
        keeping.keep(hand, found, "end_hearing", attention="decide-recovery")


def review_recovery(hand: Hand, *, recovery: int) -> None:
    """Put a recovery that is still open before a person again, and a deduction before the marketplace."""
    with memory.act():
        found = the_recovery(hand, recovery)
        if found.state == RecoveryState.CLAIMED:
            market.chase(hand, instruction=found.instruction)
        givingback.look_again(hand, found)
        keeping.keep(hand, found, "review_recovery", attention="review-recovery")
