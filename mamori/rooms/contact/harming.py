"""A harm in motion: once it is told to be a danger, clocks, urgings, calls and people follow at once; and so when it is less."""

from __future__ import annotations

from mamori.grammar.businesstime import add
from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.terms import facts as terms
from mamori.law.deadlines import ANSWER
from mamori.rooms.contact import calling, danger, keeping, turnnotices, urging
from mamori.rooms.contact.actions.talk import back_to_seller
from mamori.rooms.contact.beside import is_under_way
from mamori.rooms.contact.events import HarmChanged, SellerUrged
from mamori.rooms.contact.lifecycle import TROUBLE, ThreadState, TroubleState
from mamori.rooms.contact.models import Trouble
from mamori.rooms.contact.rules.reasons import LOWER_BECAUSE, LowerBecause
from mamori.rooms.contact.topics import HARMS, TOPICS, Harm, Progress, Topic

type Changed = HarmChanged | SellerUrged


class AlreadyDanger(Refusal):
    """Given when a trouble that is held for dangerous is told to be so once more."""

    code = "already-danger"
    status = 409
    text = Text(
        "この件は、すでに危険なこととして扱い、出品者と相談窓口に知らせてあります。新しく起きたことは、やり取りに書き足してください。"
        "けがや火のおそれがあるときは、先に119番へ電話してください。",
        "This is held for dangerous already, and the seller and the centre know. Please write in the conversation what else has "
        "happened. If there is injury or fire, please call 119 first.",
    )


def change(hand: Hand, trouble: Trouble, step: str, harm: Harm) -> HarmChanged:
    """Take the step and keep the harm; a call that waits becomes as urgent as that."""
    TROUBLE.take(step, TroubleState(trouble.state), hand.role)
    before, trouble.harm = trouble.harm, harm
    trouble.save(update_fields=("harm",))
    calling.hasten(hand, trouble)
    return keeping.news(HarmChanged, trouble, before=before, harm=harm.value)


def to_danger(hand: Hand, trouble: Trouble, step: str) -> list[Changed]:
    """Hold the trouble for dangerous: it is the seller's turn, by `step` of the thread; agents, leads and seller are told.

    Where the operator refunds the seller is told, and not urged.

    :raises AlreadyDanger: when it is held for that already.
    :raises StepNotOpen, StepNotYours: as their sentences say.
    """
    TROUBLE.take("raise_harm", TroubleState(trouble.state), hand.role)
    if trouble.in_danger:
        raise AlreadyDanger
    changed = change(hand, trouble, "raise_harm", Harm.DANGER)
    danger.begin(hand, trouble)
    about = {"topic": TOPICS[Topic(trouble.thread.topic)]}
    keeping.tell(f"seller:{trouble.thread.seller_ref}", turnnotices.DANGER_SELLER, trouble, hand.at, **about)
    return [changed, *_urge(hand, trouble, step)]


def tell_lowered(hand: Hand, trouble: Trouble, before: Harm, because: LowerBecause) -> None:
    """Tell both sides that it is held for less grave, and why."""
    about = {"old": HARMS[before], "new": HARMS[Harm(trouble.harm)], "reason": LOWER_BECAUSE[because]}
    for party in (f"buyer:{trouble.thread.buyer_ref}", f"seller:{trouble.thread.seller_ref}"):
        keeping.tell(party, turnnotices.HARM_LOWERED, trouble, hand.at, **about)


def _urge(hand: Hand, trouble: Trouble, step: str) -> list[SellerUrged]:
    answered = trouble.thread.state == ThreadState.ANSWERED
    urged = back_to_seller(hand, trouble.thread, Progress.UNSOLVED, step=step)
    if answered:
        return urged
    _hasten_answer(hand, trouble)
    return urging.turn_to(hand, trouble, Progress(trouble.progress))


def _hasten_answer(hand: Hand, trouble: Trouble) -> None:
    """Let no closing day of the shop put an answer off any longer, where one is owed and is due earlier so."""
    thread, name = trouble.thread, keeping.about(trouble)
    if is_under_way(trouble):
        return
    due = add(hand.at, terms.duration(ANSWER, at=hand.at), clock_facts.calendar()).at
    if thread.state != ThreadState.WAITING or thread.answer_due_at is None or due >= thread.answer_due_at:
        return
    clocks.stop(about=name, at=hand.at, why="danger", kind=ANSWER.code)
    thread.answer_due_at = trouble.answer_due_at = keeping.start(ANSWER, name, hand.at)
    thread.save(update_fields=("answer_due_at",))
    trouble.save(update_fields=("answer_due_at",))
