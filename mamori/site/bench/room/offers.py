"""Proposals: offered, agreed to by both, kept or overtaken."""

from __future__ import annotations

from mamori.grammar.hand import Role
from mamori.law.deadlines import (
    AGREEMENT,
    PROPOSAL,
    SILENCE,
)
from mamori.rooms.contact.lifecycle import (
    MEDIATION,
    UNDER_WAY,
    ProposalState,
    ThreadState,
)
from mamori.rooms.contact.lifecycle import PROPOSAL as OFFERS
from mamori.rooms.contact.rules.proposals import PARTIES, Side, side_of
from mamori.site.bench.room.state import NotNow, Room, trying
from mamori.site.bench.room.talk import answer, turn_to_seller


@trying
def propose(room: Room, role: Role) -> None:
    """Propose a solution."""
    if is_offered(room):
        raise NotNow
    _offer(room, role)
    _count_as_answer(room, role)


@trying
def accept(room: Room, role: Role) -> None:
    """Agree to what is proposed."""
    side, state = side_of(role), _offered(room)
    last = PARTIES - {side} <= room.agreed
    room.proposal = OFFERS.take("accept" if last else "agree", state, role)
    if side in room.agreed or room.remedy in UNDER_WAY:
        raise NotNow
    room.agreed |= {side}
    _count_as_answer(room, role)
    if last:
        room.clocks -= {PROPOSAL.code, SILENCE.code}
        room.clocks.add(AGREEMENT.code)


@trying
def decline(room: Room, role: Role) -> None:
    """Decline what is proposed."""
    _close_offer(room, "decline", role)
    _wait_again(room, role)


@trying
def counter(room: Room, role: Role) -> None:
    """Propose something else."""
    _close_offer(room, "counter", role)
    _offer(room, role)
    if not _wait_again(room, role):
        _count_as_answer(room, role)


@trying
def withdraw_proposal(room: Room, role: Role) -> None:
    """Take back one's own proposal."""
    if side_of(role) is not room.by:
        raise NotNow
    end_offer(room, "withdraw", role)


def _offered(room: Room) -> ProposalState:
    if room.proposal is None:
        raise NotNow
    return room.proposal


def is_offered(room: Room) -> bool:
    """Say whether a proposal is open."""
    return room.proposal is not None and room.proposal not in OFFERS.ends


def _offer(room: Room, role: Role) -> None:
    if room.mediation is None:
        raise NotNow
    MEDIATION.take("propose", room.mediation, role)
    if room.remedy in UNDER_WAY:
        raise NotNow
    side = side_of(role)
    room.proposal, room.by, room.agreed = ProposalState.OFFERED, side, PARTIES & {side}
    room.clocks.add(PROPOSAL.code)


def _close_offer(room: Room, step: str, role: Role) -> None:
    end_offer(room, step, role)
    if side_of(role) in room.agreed:
        raise NotNow


def end_offer(room: Room, step: str, role: Role) -> None:
    """Take the proposal's last step."""
    room.proposal = OFFERS.take(step, _offered(room), role)
    room.clocks -= {PROPOSAL.code, AGREEMENT.code}


def overtake(room: Room, role: Role, *, solved: bool = False) -> None:
    """End what is offered because something else ends the matter."""
    if is_offered(room):
        kept = solved and room.proposal is ProposalState.ACCEPTED
        end_offer(room, "keep" if kept else "overtake", role)


def _count_as_answer(room: Room, role: Role) -> None:
    if side_of(role) is Side.SELLER and room.thread is not ThreadState.ANSWERED:
        answer(room, role)


def _wait_again(room: Room, role: Role) -> bool:
    if side_of(role) is not Side.BUYER or room.thread is not ThreadState.ANSWERED:
        return False
    turn_to_seller(room, role)
    return True
