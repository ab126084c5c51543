"""The operator's refund, its recovery from the seller, and what happens when a clock rings."""

from __future__ import annotations

from collections.abc import Callable

from mamori.grammar.actor import Role
from mamori.law.deadlines import (
    AGREEMENT,
    ANSWER,
    CONFIRMATION,
    HEARING,
    PROPOSAL,
    RECOVERY_REVIEW,
    REMEDY_DECISION,
    RESOLUTION,
    RETURN_ARRIVAL,
    RETURN_INSPECTION,
    RETURN_SENDING,
    SILENCE,
)
from mamori.rooms.contact.lifecycle import (
    GIVE_BACK,
    RECOVERY,
    TAKEN,
    THREAD,
    TROUBLE,
    UNDER_WAY,
    GiveBackState,
    MediationState,
    ProposalState,
    RemedyState,
    ThreadState,
    TroubleState,
)
from mamori.rooms.contact.rules.duties import may_give_back
from mamori.rooms.contact.rules.eligibility import Kind
from trials.room.deeds import end, end_offer, give_way, note_all_back, note_paid, turn_to_seller
from trials.room.state import RECOVERY_CLOCKS, Fault, NotNow, Room, trying


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


@trying
def ring(room: Room, clock: str) -> None:
    """Ring a clock that runs: something moves on, or a person is told and the clock runs anew."""
    if clock not in room.clocks:
        raise NotNow
    if clock in _RINGS:
        room.clocks.discard(clock)
        _RINGS[clock](room)


def _miss_answer(room: Room) -> None:
    room.thread = THREAD.take("miss", room.thread, Role.MACHINE)
    if room.trouble is TroubleState.OPEN:
        room.trouble = TROUBLE.take("mediate", room.trouble, Role.MACHINE)
    room.mediation = room.mediation or MediationState.OPEN


def _miss_resolution(room: Room) -> None:
    room.trouble = TROUBLE.take("miss", room.trouble, Role.MACHINE)
    room.mediation = room.mediation or MediationState.OPEN
    room.remedy = room.remedy or RemedyState.CONSIDERED
    if room.remedy not in UNDER_WAY:
        room.wait_for(REMEDY_DECISION.code)


def _silence(room: Room) -> None:
    end(room, "lapse", Role.MACHINE, mediation="drop")


def _sending(room: Room) -> None:
    if room.reminded:
        reopen(room, "time_out", Role.MACHINE)
        return
    room.reminded = True
    room.clocks.add(RETURN_SENDING.code)


def _hearing(room: Room) -> None:
    assert room.recovery is not None
    room.recovery = RECOVERY.take("end_hearing", room.recovery, Role.MACHINE)
    review(room)


def _review(room: Room) -> None:
    review(room)
    if room.giving is GiveBackState.STALLED:
        instruct_back(room, Role.MACHINE)


def _expire(room: Room) -> None:
    end_offer(room, "expire", Role.MACHINE)


def _miss_agreement(room: Room) -> None:
    if note_paid(room):
        return
    end_offer(room, "miss", Role.MACHINE)
    room.broken, room.broken_at = True, room.agreed_at
    if room.thread is ThreadState.ANSWERED:
        turn_to_seller(room, Role.MACHINE, "give_back")
    room.remedy = room.remedy or RemedyState.CONSIDERED
    room.clocks.add(REMEDY_DECISION.code)


_RINGS: dict[str, Callable[[Room], None]] = {
    ANSWER.code: _miss_answer,
    RESOLUTION.code: _miss_resolution,
    SILENCE.code: _silence,
    PROPOSAL.code: _expire,
    AGREEMENT.code: _miss_agreement,
    RETURN_SENDING.code: _sending,
    HEARING.code: _hearing,
    RECOVERY_REVIEW.code: _review,
}
"""What moves when a clock rings; the others remind a person and run anew."""
