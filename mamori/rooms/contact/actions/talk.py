"""Writing in a thread: the buyer writes, the seller acknowledges or answers, the buyer says that it did not help."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor
from mamori.grammar.event import Event
from mamori.ground.clocks import actions as clocks
from mamori.ground.declared import memory
from mamori.japan import written
from mamori.law.deadlines import ANSWER, QUESTION_ANSWER, SILENCE
from mamori.rooms.contact import bundled, danger, keeping, owing, pace, urging, words
from mamori.rooms.contact.ending import drop_calls
from mamori.rooms.contact.events import Answered, MessageWritten, SellerUrged
from mamori.rooms.contact.finding import the_thread, the_trouble
from mamori.rooms.contact.lifecycle import THREAD, ThreadState
from mamori.rooms.contact.models import Standstill, Thread, Trouble
from mamori.rooms.contact.rules.owed import asks_seller
from mamori.rooms.contact.topics import Harm, Progress


def write(actor: Actor, *, thread: int, said: str) -> None:
    """Add the buyer's words; after an answer it is the seller's turn again, with a new answer clock.

    Where both agreed nobody is urged; while the operator refunds, the words are for who handles that.
    """
    said = written.checked(said)
    with memory.act():
        found = the_thread(actor, thread)
        pace.check_message(actor, found)
        trouble = keeping.trouble_of(found)
        raised = danger.raise_by_words(actor, trouble, said)
        if trouble is None:
            danger.notify_of_question(found, said, actor.at)
        urged = back_to_seller(actor, found, Progress.UNANSWERED)
        said_so = words.add(actor, found, said)
        asked = bundled.notify_wrote(found, actor.at)
        wrote = keeping.news(MessageWritten, found, by_side="buyer", sort="message")
        attention, verb = ("danger", "raise_harm") if raised else (asked, "write")
        keeping.keep(actor, found, verb, wrote, *raised, *urged, attention=attention, **said_so)


def say_unsolved(actor: Actor, *, trouble: int, said: str) -> None:
    """Take the buyer's word that the answer did not solve it: the seller is urged by the table's next rows."""
    said = written.checked(said)
    with memory.act():
        found = the_trouble(actor, trouble)
        pace.check_message(actor, found.thread)
        raised = danger.raise_by_words(actor, found, said)
        urged = back_to_seller(actor, found.thread, Progress.UNSOLVED)
        said_so = words.add(actor, found.thread, said)
        asked = bundled.notify_wrote(found.thread, actor.at)
        wrote = keeping.news(MessageWritten, found.thread, by_side="buyer", sort="unsolved")
        attention, verb = ("danger", "raise_harm") if raised else (asked, "say_unsolved")
        keeping.keep(actor, found, verb, wrote, *raised, *urged, attention=attention, **said_so)


PAY, AGREE = "pay", "agree"
"""The thread's step when money came back: whoever sent it, the seller may have said nothing."""


def acknowledge(actor: Actor, *, thread: int, said: str) -> None:
    """Add the seller's words that are not yet an answer (“we are looking into it”): no clock stops."""
    said = written.checked(said)
    with memory.act():
        found = the_thread(actor, thread)
        pace.check_message(actor, found)
        _move(actor, found, "acknowledge", due=found.answer_due_at)
        said_so = words.add(actor, found, said, substantive=False)
        wrote = keeping.news(MessageWritten, found, by_side="seller", sort="acknowledgement")
        keeping.keep(actor, found, "acknowledge", wrote, **said_so)


def answer(actor: Actor, *, thread: int, said: str) -> None:
    """Add the seller's substantive answer: it stops the answer clock and never the resolution clock."""
    said = written.answering(said)
    with memory.act():
        found = the_thread(actor, thread)
        pace.check_message(actor, found)
        answered, until = _answered(actor, found)
        said_so = words.add(actor, found, said)
        bundled.notify_buyer_answered(found, actor.at, until=until)
        keeping.keep(actor, found, "answer", answered, **said_so, in_time=answered.in_time)


def count_as_answer(
    actor: Actor, thread: Thread, step: str = "answer"
) -> tuple[list[Event], datetime | None]:
    """Take what the seller did (a proposal, an agreement, a payment) for an answer, and return until when the buyer is awaited.

    Where an answer stands already there is no news; what was owed may have been paid, so the wait begins anew.  Money that
    came back, or that both agreed on, makes it the buyer's turn, and nobody is told that the seller answered: nothing was said.
    """
    if thread.state == ThreadState.ANSWERED:
        return [], owing.await_word(actor, thread)
    answered, until = _answered(actor, thread, step)
    return [] if step in (PAY, AGREE) else [answered], until


def take_answer_back(actor: Actor, trouble: Trouble, given_at: datetime) -> list[SellerUrged]:
    """Give the turn back to a seller who withdraws what alone was an answer: its clock runs on as though never stopped."""
    thread = trouble.thread
    due = clocks.run_on(about=keeping.about(trouble), kind=ANSWER.code)
    _move(actor, thread, "give_back" if due else "give_back_late", due=due or trouble.answer_due_at)
    if due and (one := Standstill.objects.filter(about=keeping.about(trouble)).first()):
        owing.stand(trouble, one, one.began_at)
    owing.stop_waiting(actor.at, thread, why="answer withdrawn")
    if trouble.first_answered_at == given_at:  # it was none, and keeps no promise that lies ahead
        trouble.first_answered_at = None
    trouble.calls.filter(promised_at__gte=actor.at, kept=True).update(kept=None)
    before = Progress.UNANSWERED if due else Progress.MISSED
    urged = urging.turn_to(actor, trouble, Progress.UNSOLVED if trouble.first_answered_at else before)
    trouble.save(update_fields=("first_answered_at", "progress"))
    return urged


def _answered(actor: Actor, thread: Thread, step: str = "answer") -> tuple[Answered, datetime | None]:
    """Make it the buyer's turn: the answer clock stops, urging ends, and the wait for the buyer begins, until when.

    While something is owed to the buyer there is no such wait.
    """
    name, trouble = keeping.about(thread), keeping.trouble_of(thread)
    # In time also when the clock is about to ring, or rang while the answer waited.
    in_time = thread.answer_due_at is None or actor.at <= thread.answer_due_at
    _move(actor, thread, step, due=None)
    why = {PAY: "paid back", AGREE: "agreed"}.get(
        step, "answered"
    )  # figures count as answered what was answered
    clocks.stop(about=name, at=actor.at, why=why, kind=ANSWER.code if trouble else QUESTION_ANSWER.code)
    if trouble:
        trouble.first_answered_at = trouble.first_answered_at or actor.at
        urging.turn_to(actor, trouble, Progress.PAID_BACK if step == PAY else Progress.ANSWERED)
        drop_calls(actor, trouble)
        trouble.calls.filter(promised_at__gte=actor.at, kept__isnull=True).update(kept=True)
        trouble.save(update_fields=("first_answered_at", "progress"))
    return keeping.news(Answered, thread, in_time=in_time), owing.await_word(actor, thread)


def back_to_seller(
    actor: Actor, thread: Thread, progress: Progress, step: str = "write"
) -> list[SellerUrged]:
    """Make it the seller's turn; when it was the buyer's, a new answer clock and new urgings begin.

    While both have agreed, what a buyer writes is only added: to say that it is not solved is a step of its own.  While
    the operator refunds, either is only added.
    """
    name, trouble = keeping.about(thread), keeping.trouble_of(thread)
    if trouble is not None and not asks_seller(
        owing.owed_to_buyer(trouble), unsolved=progress is Progress.UNSOLVED
    ):
        _move(
            actor, thread, "add" if thread.state == ThreadState.ANSWERED else step, due=thread.answer_due_at
        )
        return []
    if thread.state != ThreadState.ANSWERED:
        _move(actor, thread, step, due=thread.answer_due_at)
        clocks.stop(about=name, at=actor.at, why="buyer wrote", kind=SILENCE.code)
        if trouble is None and thread.state == ThreadState.MISSED:
            keeping.start(SILENCE, name, actor.at)  # the only clock that a missed question has
        return []
    due = keeping.start_answer(
        thread,
        Harm(trouble.harm) if trouble else None,
        name,
        actor.at,
        solution=trouble.resolution_due_at if trouble else None,
    )
    _move(actor, thread, step, due=due)
    clocks.stop(about=name, at=actor.at, why="buyer wrote", kind=SILENCE.code)
    if trouble is None:
        return []
    trouble.answer_due_at = due
    urged = urging.turn_to(actor, trouble, progress)
    trouble.save(update_fields=("answer_due_at", "progress"))
    return urged


def _move(actor: Actor, thread: Thread, step: str, *, due: datetime | None) -> None:
    """Take the step; `due` is by when the seller owes an answer after it."""
    thread.state = THREAD.take(step, ThreadState(thread.state), actor.role)
    thread.last_at, thread.answer_due_at = max(thread.last_at, actor.at), due
    thread.save(update_fields=("state", "last_at", "answer_due_at"))
