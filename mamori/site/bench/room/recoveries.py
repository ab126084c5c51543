"""The seller's view, the decision after it, and the marketplace's answer about the seller."""

from __future__ import annotations

from mamori.grammar.hand import Role
from mamori.law.deadlines import (
    RECOVERY_REVIEW,
)
from mamori.rooms.contact.lifecycle import (
    RECOVERY,
)
from mamori.site.bench.room.state import RECOVERY_CLOCKS, NotNow, Room, trying


@trying
def state_view(room: Room, role: Role) -> None:
    """Let the seller state a view."""
    if room.recovery is None:
        raise NotNow
    room.recovery = RECOVERY.take("state_view", room.recovery, role)
    review(room)


def review(room: Room) -> None:
    """Let the recovery be looked at again."""
    room.clocks -= RECOVERY_CLOCKS
    room.clocks.add(RECOVERY_REVIEW.code)


@trying
def claim(room: Room, role: Role, amount: int) -> None:
    """Decide on a deduction."""
    if room.recovery is None:
        raise NotNow
    room.recovery = RECOVERY.take("claim", room.recovery, role)
    if not 1 <= amount <= room.most:
        raise NotNow
    room.claimed, room.claim_out = amount, True
    review(room)


@trying
def waive(room: Room, role: Role) -> None:
    """Deduct nothing."""
    if room.recovery is None:
        raise NotNow
    room.recovery = RECOVERY.take("waive", room.recovery, role)
    room.clocks -= RECOVERY_CLOCKS
    room.borne += room.paid


@trying
def market_answers_claim(room: Room, did_it: bool) -> None:
    """Let the marketplace answer what it was asked about the seller."""
    if not room.claim_out or room.recovery is None:
        raise NotNow
    room.claim_out = False
    room.recovery = RECOVERY.take("settle" if did_it else "bear", room.recovery, Role.MACHINE)
    room.clocks -= RECOVERY_CLOCKS
    taken = room.claimed if did_it else 0
    room.recovered += taken
    room.borne += room.paid - taken
