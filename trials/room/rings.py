"""What happens when a clock rings: something moves on, or a person is told and the clock runs anew."""

from __future__ import annotations

from collections.abc import Callable

from mamori.grammar.hand import Role
from mamori.law.deadlines import (
    AGREEMENT,
    ANSWER,
    HEARING,
    PROPOSAL,
    RECOVERY_REVIEW,
    REMEDY_DECISION,
    RESOLUTION,
    RETURN_SENDING,
    SILENCE,
)
from mamori.rooms.contact.lifecycle import (
    RECOVERY,
    THREAD,
    TROUBLE,
    UNDER_WAY,
    GiveBackState,
    MediationState,
    RemedyState,
    ThreadState,
    TroubleState,
)
from trials.room.ending import end
from trials.room.offers import end_offer, note_paid
from trials.room.recoveries import instruct_back, review
from trials.room.remedies import reopen
from trials.room.state import NotNow, Room, trying
from trials.room.talk import turn_to_seller


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
