"""The seller's view, the decision after it, the marketplace's answer about the seller, and what goes back."""

from __future__ import annotations

from mamori.grammar.hand import Role
from mamori.law.deadlines import (
    RECOVERY_REVIEW,
)
from mamori.rooms.contact.lifecycle import (
    GIVE_BACK,
    RECOVERY,
    TAKEN,
    GiveBackState,
)
from mamori.rooms.contact.rules.duties import may_give_back
from trials.room.state import RECOVERY_CLOCKS, NotNow, Room, trying


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
    if room.giving is GiveBackState.AWAITED and did_it:
        instruct_back(room, Role.MACHINE)
    elif room.giving is GiveBackState.AWAITED:
        room.giving = GIVE_BACK.take("spare", room.giving, Role.MACHINE)


@trying
def give_back(room: Room, role: Role, amount: int) -> None:
    """Decide that something of a deduction goes back."""
    if room.recovery not in TAKEN or room.giving is not None or not may_give_back(role):
        raise NotNow
    if not 1 <= amount <= room.claimed:
        raise NotNow
    room.giving, room.gives = GiveBackState.AWAITED, amount
    if not room.claim_out:
        instruct_back(room, role)


def instruct_back(room: Room, role: Role) -> None:
    """Tell the marketplace to give the money back."""
    assert room.giving is not None
    room.giving, room.gives_out = GIVE_BACK.take("instruct", room.giving, role), True
    review(room)


@trying
def give_again(room: Room, role: Role) -> None:
    """Tell the marketplace again."""
    if room.giving is not GiveBackState.STALLED or not may_give_back(role):
        raise NotNow
    instruct_back(room, role)


@trying
def market_answers_back(room: Room, did_it: bool) -> None:
    """Let the marketplace answer what it was asked to give back."""
    if not room.gives_out or room.giving is None:
        raise NotNow
    room.gives_out = False
    room.giving = GIVE_BACK.take("confirm" if did_it else "fail", room.giving, Role.MACHINE)
    if did_it:
        room.recovered -= room.gives
        room.borne += room.gives
        room.clocks -= RECOVERY_CLOCKS
