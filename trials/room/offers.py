"""Proposals: offered, agreed to by both, kept or overtaken."""

from __future__ import annotations

from mamori.grammar.hand import Role
from mamori.law.deadlines import (
    AGREEMENT,
    PROPOSAL,
    RESOLUTION,
    SILENCE,
)
from mamori.rooms.contact.lifecycle import (
    MEDIATION,
    TROUBLE,
    UNDER_WAY,
    ProposalState,
    ThreadState,
)
from mamori.rooms.contact.lifecycle import PROPOSAL as OFFERS
from mamori.rooms.contact.rules.proposals import PARTIES, Kind, Side, least_instead, side_of
from trials.room.state import NotNow, Room, trying
from trials.room.talk import give_back, turn_to_buyer, turn_to_seller


@trying
def propose(room: Room, role: Role, is_money: bool) -> None:
    """Propose a solution, all the money back or something else."""
    if is_offered(room):
        raise NotNow
    _offer(room, role, is_money)
    room.was_answer = _count_as_answer(room, role)


@trying
def accept(room: Room, role: Role) -> None:
    """Agree to what is proposed."""
    side, state = side_of(role), _offered(room)
    last = PARTIES - {side} <= room.agreed
    room.proposal = OFFERS.take("accept" if last else "agree", state, role)
    if side in room.agreed or room.remedy in UNDER_WAY:
        raise NotNow
    if room.offered and (room.charged_back or room.offered != room.left):
        raise NotNow
    room.agreed |= {side}
    _count_as_answer(room, role)
    if last:
        room.clocks -= {PROPOSAL.code, SILENCE.code}
        room.clocks.add(AGREEMENT.code)
        room.set_aside()
        room.agreed_at = room.elsewhere + room.offered if room.offered else 0


@trying
def decline(room: Room, role: Role) -> None:
    """Decline what is proposed."""
    _close_offer(room, "decline", role)
    _wait_again(room, role)


@trying
def counter(room: Room, role: Role, is_money: bool) -> None:
    """Propose something else."""
    _close_offer(room, "counter", role)
    _offer(room, role, is_money)
    room.was_answer = not _wait_again(room, role) and _count_as_answer(room, role)


@trying
def withdraw_proposal(room: Room, role: Role) -> None:
    """Take back one's own proposal."""
    if side_of(role) is not room.by:
        raise NotNow
    end_offer(room, "withdraw", role)
    if room.was_answer and room.thread is ThreadState.ANSWERED:
        give_back(room, role)


def _offered(room: Room) -> ProposalState:
    if room.proposal is None:
        raise NotNow
    return room.proposal


def is_offered(room: Room) -> bool:
    """Say whether a proposal is open."""
    return room.proposal is not None and room.proposal not in OFFERS.ends


def _offer(room: Room, role: Role, is_money: bool) -> None:
    if room.mediation is None:
        raise NotNow
    MEDIATION.take("propose", room.mediation, role)
    if room.remedy in UNDER_WAY:
        raise NotNow
    side, left = side_of(role), room.left
    if is_money and (left <= 0 or room.charged_back):
        raise NotNow
    room.offered = left if is_money else 0
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


def give_way(room: Room, role: Role, amount: int) -> None:
    """Let the operator's refund take the place of what is offered, unless more was agreed on."""
    if not is_offered(room):
        return
    kind = Kind.FULL_REFUND if room.offered else Kind.REPLACEMENT
    if room.proposal is ProposalState.ACCEPTED and amount < least_instead(kind, room.offered, room.left):
        raise NotNow
    end_offer(room, "replace", role)


def _count_as_answer(room: Room, role: Role) -> bool:
    if side_of(role) is not Side.SELLER or room.thread is ThreadState.ANSWERED:
        return False
    room.missed_answer = room.thread is ThreadState.MISSED
    turn_to_buyer(room, role)
    return True


def note_paid(room: Room) -> bool:
    """See whether the money of an agreement has gone back, and say whether it has just been found so."""
    accepted = room.proposal is ProposalState.ACCEPTED
    wanted = room.agreed_at if accepted else room.broken_at if room.broken else 0
    if room.trouble in TROUBLE.ends or not wanted or room.elsewhere < wanted:
        return False
    if accepted:
        end_offer(room, "keep", Role.MACHINE)
    room.broken = False
    turn_to_buyer(room, Role.MACHINE, "pay")
    return True


def note_all_back(room: Room) -> None:
    """See whether the whole price has gone back, so that only the buyer's word is waited for."""
    if room.trouble in TROUBLE.ends or room.left or room.back or room.remedy in UNDER_WAY:
        return
    room.back = True
    if room.proposal is ProposalState.ACCEPTED:
        end_offer(room, "replace", Role.MACHINE)
    room.set_aside()
    room.clocks.discard(RESOLUTION.code)
    turn_to_buyer(room, Role.MACHINE, "pay")


def reverse(room: Room) -> None:
    """Let the card company's money take the place of what was agreed or offered about money."""
    if room.trouble in TROUBLE.ends:
        return
    accepted = room.proposal is ProposalState.ACCEPTED
    is_owed = room.offered > 0 if accepted else room.broken and room.broken_at > 0
    if is_offered(room) and room.offered:
        end_offer(room, "reverse", Role.MACHINE)
    if is_owed:
        room.broken = False
        turn_to_buyer(room, Role.MACHINE, "pay")


def _wait_again(room: Room, role: Role) -> bool:
    if side_of(role) is not Side.BUYER or room.thread is not ThreadState.ANSWERED:
        return False
    turn_to_seller(room, role)
    return True
