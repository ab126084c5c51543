"""A harm in motion: once it is told to be a danger, clocks, urgings, calls and people follow at once; and so when it is less."""

from __future__ import annotations

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.rooms.contact import danger, keeping, turnnotices, urging
from mamori.rooms.contact.actions.talk import back_to_seller
from mamori.rooms.contact.events import SellerUrged
from mamori.rooms.contact.lifecycle import TROUBLE, ThreadState, TroubleState
from mamori.rooms.contact.models import Trouble
from mamori.rooms.contact.rules.reasons import LOWER_BECAUSE, LowerBecause
from mamori.rooms.contact.topics import HARMS, TOPICS, Harm, Progress, Topic


class AlreadyDanger(Refusal, code="already-danger", status=409):
    """Given when a trouble that is held for dangerous is told to be so once more."""

    text = Text(
        "この件は、すでに危険なこととして扱い、出品者と相談窓口に知らせてあります。新しく起きたことは、やり取りに書き足してください。"
        "けがや火のおそれがあるときは、先に119番へ電話してください。",
        "This is held for dangerous already, and the seller and the centre know. Please write in the conversation what else has "
        "happened. If there is injury or fire, please call 119 first.",
    )


def to_danger(actor: Actor, trouble: Trouble, step: str) -> list[danger.Changed]:
    """Hold the trouble for dangerous: it is the seller's turn, by `step` of the thread; agents, leads and seller are told.

    Where the operator refunds the seller is told, and not urged.
    """
    TROUBLE.take("raise_harm", TroubleState(trouble.state), actor.role)
    if trouble.in_danger:
        raise AlreadyDanger
    changed = danger.change(actor, trouble, "raise_harm", Harm.DANGER)
    danger.begin(actor, trouble)
    about = {"topic": TOPICS[Topic(trouble.thread.topic)]}
    keeping.notify(
        f"seller:{trouble.thread.seller_ref}", turnnotices.DANGER_SELLER, trouble, actor.at, **about
    )
    return [changed, *_urge(actor, trouble, step)]


def notify_lowered(actor: Actor, trouble: Trouble, before: Harm, because: LowerBecause) -> None:
    """Tell both sides that it is held for less grave, and why."""
    about = {"old": HARMS[before], "new": HARMS[Harm(trouble.harm)], "reason": LOWER_BECAUSE[because]}
    for party in (f"buyer:{trouble.thread.buyer_ref}", f"seller:{trouble.thread.seller_ref}"):
        keeping.notify(party, turnnotices.HARM_LOWERED, trouble, actor.at, **about)


def _urge(actor: Actor, trouble: Trouble, step: str) -> list[SellerUrged]:
    answered = trouble.thread.state == ThreadState.ANSWERED
    urged = back_to_seller(actor, trouble.thread, Progress.UNSOLVED, step=step)
    if answered:
        return urged
    danger.hasten_answer(actor, trouble)
    return urging.turn_to(actor, trouble, Progress(trouble.progress))
