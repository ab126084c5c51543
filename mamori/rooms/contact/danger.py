"""A danger in motion: it begins with a call that the centre owes the buyer, and each call that fails brings the next."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.hand import Hand, Role
from mamori.ground.terms import facts as terms
from mamori.law.settings import CALL_TRIES
from mamori.rooms.contact import calling, keeping, turnnotices
from mamori.rooms.contact.models import Call, Trouble
from mamori.rooms.contact.rules.calling import Why
from mamori.rooms.contact.topics import TOPICS, Topic


def begin(hand: Hand, trouble: Trouble) -> None:
    """Let a danger stand from now on: the buyer has to be called, beside the seller, and agents and leads are told."""
    trouble.danger_since, trouble.danger_ended_at = hand.at, None
    trouble.save(update_fields=("danger_since", "danger_ended_at"))
    calling.enter(hand, trouble, why=Why.DANGER)
    tell_staff(trouble, hand.at)


def end(hand: Hand, trouble: Trouble) -> None:
    """Let the danger stand no longer; its call is off the list already."""
    trouble.danger_ended_at = hand.at
    trouble.save(update_fields=("danger_ended_at",))


def tell_staff(trouble: Trouble, at: datetime) -> None:
    """Tell agents and leads of a danger whose buyer nobody has reached."""
    for to in (Role.AGENT.value, Role.LEAD.value):
        keeping.tell(to, turnnotices.DANGER_STAFF, trouble, at, topic=TOPICS[Topic(trouble.thread.topic)])


def try_again(hand: Hand, call: Call) -> None:
    """Enter the next call to a buyer who was not reached: there is always one; a lead is told after the set number of tries."""
    if call.turn >= terms.setting(CALL_TRIES, at=hand.at):
        keeping.tell("lead", turnnotices.DANGER_NOT_REACHED, call.trouble, hand.at, times=call.turn)
    calling.enter(hand, call.trouble, why=Why.DANGER, turn=call.turn + 1, later=True)
