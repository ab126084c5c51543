"""What happens when a clock rings: something moves on, or a person is told and the clock runs anew."""

from __future__ import annotations

from collections.abc import Callable

from mamori.grammar.hand import Role
from mamori.law.deadlines import (
    APPEAL_ANSWER,
    APPEAL_WINDOW,
    APPROVAL,
    BREACH_HEARING,
    FINDING_GRAVE,
    FINDING_MINOR,
    FINDING_SERIOUS,
    MEASURE_REVIEW,
)
from mamori.rooms.enforcement.lifecycle import FINDING, FindingState, MeasureState
from trials.matter import measures
from trials.matter.appeals import wait_no_more
from trials.matter.findings import approve_by_time
from trials.matter.state import Fault, Matter, Move, NotNow, trying

DECISIONS = frozenset({FINDING_MINOR.code, FINDING_SERIOUS.code, FINDING_GRAVE.code})


@trying
def ring(matter: Matter, move: Move) -> None:
    """Ring a clock that runs; those that only remind run anew."""
    if move.clock not in matter.clocks or _stands_still(matter, move.clock):
        raise NotNow
    if move.clock == MEASURE_REVIEW.code and matter.fault is Fault.UNREVIEWED:
        matter.clocks.discard(move.clock)
    if move.clock in _RINGS:
        matter.clocks.discard(move.clock)
        _RINGS[move.clock](matter)


def _stands_still(matter: Matter, clock: str) -> bool:
    """Say whether a clock waits: a beginning for an appeal, a decision for the seller's view."""
    if clock == measures.START:
        return matter.paused
    return matter.finding is FindingState.HEARING and clock in DECISIONS


def _end_hearing(matter: Matter) -> None:
    matter.finding = FINDING.take("end_hearing", matter.finding, Role.MACHINE)
    matter.heard = True


def _start(matter: Matter) -> None:
    if matter.measure is MeasureState.ANNOUNCED:
        matter.waited = True
        measures.take_effect(matter, Role.MACHINE)


_RINGS: dict[str, Callable[[Matter], None]] = {
    BREACH_HEARING.code: _end_hearing,
    APPROVAL.code: approve_by_time,
    measures.START: _start,
    measures.END: measures.end_by_itself,
    APPEAL_WINDOW.code: measures.end_by_itself,
    APPEAL_ANSWER.code: lambda matter: wait_no_more(matter, Role.MACHINE),
}
