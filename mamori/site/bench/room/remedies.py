"""What staff and buyer do about a remedy and about goods that come back."""

from __future__ import annotations

from mamori.grammar.hand import Role
from mamori.law.deadlines import (
    CONFIRMATION,
    REMEDY_DECISION,
    RETURN_ARRIVAL,
    RETURN_INSPECTION,
    SILENCE,
)
from mamori.rooms.contact.lifecycle import ProposalState
from mamori.rooms.contact.rules.eligibility import Kind
from mamori.site.bench.room.ending import end
from mamori.site.bench.room.offers import give_way
from mamori.site.bench.room.state import Fault, NotNow, Room, trying


@trying
def ask(room: Room, role: Role, wish: Kind, amount: int) -> None:
    """Ask for a remedy."""
    room.turn("ask", role)
    room.admit(wish, amount if wish is Kind.PART else 1)
    room.asked = True
    room.clocks.discard(SILENCE.code)
    room.clocks.add(REMEDY_DECISION.code)


@trying
def grant(room: Room, role: Role, amount: int) -> None:
    """Grant a refund."""
    room.turn("grant", role)
    room.admit(None, amount)
    room.granted, room.out, room.recalled = amount, True, False
    room.wait_for(CONFIRMATION.code)
    room.clocks.discard(SILENCE.code)
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
    room.clocks.discard(SILENCE.code)
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
        move(room, "find_otherwise", role, REMEDY_DECISION.code)
        return
    move(room, "accept", role, CONFIRMATION.code)
    if room.fault is not Fault.TWICE and (
        room.charged_back or room.granted > room.given.price - room.refunded
    ):
        raise NotNow
    room.out, room.recalled = True, False


@trying
def give_up(room: Room, role: Role) -> None:
    """Wait for the goods no longer."""
    move(room, "give_up", role, REMEDY_DECISION.code)


def move(room: Room, step: str, role: Role, clock: str) -> None:
    """Take a step of the return, and let its next clock run."""
    room.turn(step, role)
    room.wait_for(clock)
