"""A danger in motion: it begins with a call that the centre owes the buyer, and each call that fails brings the next."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import add
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.outbox import actions as outbox
from mamori.ground.terms import facts as terms
from mamori.law.deadlines import ANSWER
from mamori.law.settings import CALL_TRIES
from mamori.rooms.contact import calling, keeping, owing, questionnotices, turnnotices, urging
from mamori.rooms.contact.events import HarmChanged, QuestionOfDanger, SellerUrged
from mamori.rooms.contact.keeping import is_under_way
from mamori.rooms.contact.lifecycle import TROUBLE, ThreadState, TroubleState
from mamori.rooms.contact.models import Call, Thread, Trouble
from mamori.rooms.contact.rules.calling import Why
from mamori.rooms.contact.rules.danger import tells_danger
from mamori.rooms.contact.topics import TOPICS, Harm, Progress, Topic

type Changed = HarmChanged | SellerUrged


def begin(actor: Actor, trouble: Trouble) -> None:
    """Let a danger stand from now on: the buyer has to be called, beside the seller, and agents and leads are told."""
    trouble.danger_since, trouble.danger_ended_at = actor.at, None
    trouble.save(update_fields=("danger_since", "danger_ended_at"))
    keeping.note_told(actor, trouble)
    owing.run_on(trouble, actor.at)
    calling.enter(actor, trouble, why=Why.DANGER)
    notify_staff(trouble, actor.at)


def end(actor: Actor, trouble: Trouble) -> None:
    """Let the danger stand no longer; its call is off the list already."""
    trouble.danger_ended_at = actor.at
    trouble.save(update_fields=("danger_ended_at",))


def told_at(trouble: Trouble) -> datetime:
    """Return since when all is there that was told in a trouble in danger, also by code of before that noted no words."""
    return max(at for at in (trouble.words_at, trouble.danger_since) if at is not None)


def change(actor: Actor, trouble: Trouble, step: str, harm: Harm) -> HarmChanged:
    """Take the step and keep the harm; a call that waits becomes as urgent as that."""
    TROUBLE.take(step, TroubleState(trouble.state), actor.role)
    before, trouble.harm = trouble.harm, harm
    trouble.save(update_fields=("harm",))
    calling.hasten(actor, trouble)
    return keeping.news(HarmChanged, trouble, before=before, harm=harm.value)


def hasten_answer(actor: Actor, trouble: Trouble) -> None:
    """Let no closing day of the shop put an answer off any longer, where one is owed and is due earlier so."""
    thread, name = trouble.thread, keeping.about(trouble)
    if is_under_way(trouble):
        return
    due = add(actor.at, terms.duration(ANSWER, at=actor.at), clock_facts.calendar()).at
    if thread.state != ThreadState.WAITING or thread.answer_due_at is None or due >= thread.answer_due_at:
        return
    clocks.stop(about=name, at=actor.at, why="danger", kind=ANSWER.code)
    thread.answer_due_at = trouble.answer_due_at = keeping.start(ANSWER, name, actor.at)
    thread.save(update_fields=("answer_due_at",))
    trouble.save(update_fields=("answer_due_at",))


def raise_by_words(actor: Actor, trouble: Trouble | None, said: str) -> list[Changed]:
    """Hold a trouble for dangerous whose buyer writes of injury or fire, before the turn is taken: words only ever raise.

    Staff and seller are told as though the buyer had said it; who else may write for the buyer raises as well.  While the danger
    stands already, staff are told of the words.
    """
    if trouble is None or not tells_danger(said):
        return []
    if trouble.in_danger:
        notify_staff(trouble, actor.at)
        return []
    changed = change(actor, trouble, "raise_harm", Harm.DANGER)
    begin(actor, trouble)
    about = {"topic": TOPICS[Topic(trouble.thread.topic)]}
    keeping.notify(
        f"seller:{trouble.thread.seller_ref}", turnnotices.DANGER_SELLER, trouble, actor.at, **about
    )
    if trouble.thread.state == ThreadState.ANSWERED:
        return [changed]
    hasten_answer(actor, trouble)
    return [changed, *urging.turn_to(actor, trouble, Progress(trouble.progress))]


def notify_of_question(thread: Thread, said: str, at: datetime) -> None:
    """Tell agents and leads of a question that tells of injury or fire."""
    if tells_danger(said):
        notify_of_danger(thread, None, at)


def notify_of_danger(thread: Thread, trouble: Trouble | None, at: datetime) -> None:
    """Tell agents and leads of injury or fire in a trouble, or in a question: nobody else in the centre would look at it."""
    if trouble is not None:
        notify_staff(trouble, at)
    else:
        for to in (Role.AGENT.value, Role.LEAD.value):
            keeping.notify(to, questionnotices.DANGER, thread, at, topic=TOPICS[Topic(thread.topic)])
        outbox.publish(keeping.news(QuestionOfDanger, thread), at=at)


def notify_staff(trouble: Trouble, at: datetime) -> None:
    """Tell agents and leads of a danger whose buyer nobody has reached."""
    for to in (Role.AGENT.value, Role.LEAD.value):
        keeping.notify(to, turnnotices.DANGER_STAFF, trouble, at, topic=TOPICS[Topic(trouble.thread.topic)])


def try_again(actor: Actor, call: Call) -> None:
    """Enter the next call to a buyer who was not reached: there is always one; a lead is told after the set number of tries."""
    if call.turn >= terms.setting(CALL_TRIES, at=actor.at):
        keeping.notify("lead", turnnotices.DANGER_NOT_REACHED, call.trouble, actor.at, times=call.turn)
    calling.enter(actor, call.trouble, why=Why.DANGER, turn=call.turn + 1, later=True)
