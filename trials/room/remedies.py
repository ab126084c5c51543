"""What staff and buyer do about a remedy and about goods that come back."""

from __future__ import annotations

from mamori.grammar.hand import Role
from mamori.law.deadlines import (
    ANSWER,
    CONFIRMATION,
    REMEDY_DECISION,
    RETURN_ARRIVAL,
    RETURN_INSPECTION,
    SILENCE,
)
from mamori.rooms.contact.lifecycle import ProposalState
from mamori.rooms.contact.rules.eligibility import Kind
from trials.room.ending import end
from trials.room.offers import give_way, note_all_back
from trials.room.state import Fault, NotNow, Room, trying


@trying
def ask(room: Room, role: Role, wish: Kind, amount: int) -> None:
    """Ask for a remedy."""
    room.turn("ask", role)
    if room.proposal is ProposalState.ACCEPTED:
        raise NotNow
    room.admit(wish, amount if wish is Kind.PART else 1)
    room.asked = True
    room.clocks.discard(SILENCE.code)
    room.clocks.add(REMEDY_DECISION.code)


@trying
def grant(room: Room, role: Role, amount: int) -> None:
    """Grant a refund."""
    room.turn("grant", role)
    room.admit(None, amount)
    room.granted, room.out, room.recalled, room.counted = amount, True, False, False
    room.wait_for(CONFIRMATION.code)
    take_over(room)
    give_way(room, role, amount)


@trying
def refuse(room: Room, role: Role) -> None:
    """End it without a remedy."""
    room.turn("refuse", role)
    if room.proposal is ProposalState.ACCEPTED:
        raise NotNow
    end(room, "decline", role, mediation="exhaust")


@trying
def arrange(room: Room, role: Role, amount: int) -> None:
    """Arrange a return."""
    room.turn("arrange", role)
    room.admit(Kind.RETURN, amount)
    room.granted, room.out, room.recalled, room.reminded = amount, True, False, False
    room.wait_for(CONFIRMATION.code)
    take_over(room)
    give_way(room, role, amount)


@trying
def note_sent(room: Room, role: Role) -> None:
    """Note that the goods were sent."""
    move(room, "send", role, RETURN_ARRIVAL.code)


@trying
def note_arrival(room: Room, role: Role) -> None:
    """Note that the goods arrived."""
    move(room, "arrive", role, RETURN_INSPECTION.code)


@trying
def inspect(room: Room, role: Role, in_order: bool) -> None:
    """Look at the goods."""
    if not in_order:
        reopen(room, "find_otherwise", role)
        return
    move(room, "accept", role, CONFIRMATION.code)
    if room.fault is not Fault.TWICE and (room.charged_back or room.granted > room.left):
        raise NotNow
    room.out, room.recalled, room.counted = True, False, False


@trying
def stand_down(room: Room, role: Role) -> None:
    """End a return whose money is back on another way."""
    if not room.charged_back and room.left >= room.granted:
        raise NotNow
    reopen(room, "stand_down", role)


@trying
def give_up(room: Room, role: Role) -> None:
    """Wait for the goods no longer."""
    reopen(room, "give_up", role)


def take_over(room: Room) -> None:
    """Let the operator's refund take the place of what the seller owed, and of the buyer's word."""
    room.clocks.discard(SILENCE.code)
    if room.fault is not Fault.PRESS:
        room.clocks.discard(ANSWER.code)


def reopen(room: Room, step: str, role: Role) -> None:
    """Open the decision again after a return that did not come about."""
    move(room, step, role, REMEDY_DECISION.code)
    room.press_on()
    note_all_back(room)


def move(room: Room, step: str, role: Role, clock: str) -> None:
    """Take a step of the return, and let its next clock run."""
    room.turn(step, role)
    room.wait_for(clock)
