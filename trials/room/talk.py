"""Who writes whose turn it is, and the centre's help."""

from __future__ import annotations

from mamori.grammar.hand import Role
from mamori.law.deadlines import (
    ANSWER,
    SILENCE,
)
from mamori.rooms.contact.lifecycle import (
    MEDIATION,
    THREAD,
    TROUBLE,
    MediationState,
    ThreadState,
)
from mamori.rooms.contact.rules.owed import asks_seller
from trials.room.state import NotNow, Room, trying


@trying
def write(room: Room, role: Role) -> None:
    """Let the buyer write."""
    _tell(room, role, unsolved=False)


@trying
def say_unsolved(room: Room, role: Role) -> None:
    """Let the buyer say that it is not solved."""
    _tell(room, role, unsolved=True)


def _tell(room: Room, role: Role, *, unsolved: bool) -> None:
    """Add words, and make it the seller's turn where they ask something of it."""
    if asks_seller(room.owed, unsolved=unsolved):
        turn_to_seller(room, role)
    else:
        step = "add" if room.thread is ThreadState.ANSWERED else "write"
        room.thread = THREAD.take(step, room.thread, role)


def turn_to_seller(room: Room, role: Role, step: str = "write") -> None:
    """Make it the seller's turn, with a new clock when it was the buyer's."""
    answered = room.thread is ThreadState.ANSWERED
    room.thread = THREAD.take(step, room.thread, role)
    room.clocks.discard(SILENCE.code)
    if answered:
        room.clocks.add(ANSWER.code)


@trying
def answer(room: Room, role: Role) -> None:
    """Let the seller answer."""
    room.was_answer = False
    turn_to_buyer(room, role)


def turn_to_buyer(room: Room, role: Role, step: str = "answer") -> None:
    """Make it the buyer's turn."""
    room.thread = THREAD.take(step, room.thread, role)
    room.clocks.discard(ANSWER.code)
    room.await_word()


def give_back(room: Room, role: Role) -> None:
    """Give the turn back to the seller whose only answer was withdrawn."""
    room.thread = THREAD.take("give_back_late" if room.missed_answer else "give_back", room.thread, role)
    room.clocks.discard(SILENCE.code)
    if not room.missed_answer:
        room.clocks.add(ANSWER.code)


@trying
def request_mediation(room: Room, role: Role) -> None:
    """Ask for mediation."""
    room.trouble = TROUBLE.take("mediate", room.trouble, role)
    room.mediation = room.mediation or MediationState.OPEN


@trying
def take_mediation(room: Room, role: Role) -> None:
    """Take the mediation on."""
    if room.mediation is None:
        raise NotNow
    room.mediation = MEDIATION.take("take", room.mediation, role)
