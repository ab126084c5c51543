"""What is done about one appeal, and what happens when a clock rings."""

from __future__ import annotations

from collections.abc import Callable

from mamori.grammar.actor import Role
from mamori.law.deadlines import (
    APPEAL_ANSWER,
    APPEAL_DECISION,
    APPEAL_WINDOW,
    APPROVAL,
    BREACH_HEARING,
    FINDING_GRAVE,
    FINDING_MINOR,
    FINDING_SERIOUS,
    MEASURE_REVIEW,
)
from mamori.rooms.enforcement.lifecycle import (
    APPEAL,
    FINDING,
    STANDING,
    AppealState,
    FindingState,
    MeasureState,
)
from mamori.rooms.enforcement.rules.bounds import REVERSING, Ended
from trials.matter import findings as measures
from trials.matter.findings import approve_by_time
from trials.matter.state import Fault, Matter, Move, NotNow, trying

SELLERS = frozenset({Role.SELLER, Role.DELEGATE})
OPEN_TO_APPEAL = frozenset(MeasureState) - {
    MeasureState.PROPOSED,
    MeasureState.REJECTED,
    MeasureState.UNDOING,
    MeasureState.REVERSED,
}
STEPS = {AppealState.GRANTED: "grant", AppealState.PARTLY: "grant_part", AppealState.KEPT: "keep"}


@trying
def appeal(matter: Matter, move: Move) -> None:
    """Take a seller's appeal."""
    was = matter.appeal in (None, AppealState.WITHDRAWN)
    stands = matter.measure in OPEN_TO_APPEAL and matter.because not in REVERSING
    if move.role not in SELLERS or not was or not stands:
        raise NotNow
    is_first = matter.appeal is None
    matter.appeal, matter.reviewer = AppealState.RECEIVED, 0
    matter.clocks.add(APPEAL_DECISION.code)
    if is_first and matter.measure is MeasureState.ANNOUNCED and matter.what.waits_for_appeal:
        matter.paused = True


@trying
def take(matter: Matter, move: Move) -> None:
    """Take the review."""
    _step(matter, "take", move.role)
    if move.who in matter.took_part and matter.fault is not Fault.SELF:
        raise NotNow
    matter.reviewer = move.who


@trying
def write(matter: Matter, move: Move) -> None:
    """Let the seller add to it."""
    _step(matter, "write", move.role)
    matter.clocks.discard(APPEAL_ANSWER.code)


@trying
def reply(matter: Matter, move: Move) -> None:
    """Let the reviewer write."""
    _must_review(matter, move)
    _step(matter, "reply", move.role)


@trying
def ask_more(matter: Matter, move: Move) -> None:
    """Let the reviewer ask for more."""
    _must_review(matter, move)
    _step(matter, "ask_more", move.role)
    matter.clocks.add(APPEAL_ANSWER.code)


@trying
def go_on(matter: Matter, move: Move) -> None:
    """Go on without what was asked for."""
    wait_no_more(matter, move.role)


def wait_no_more(matter: Matter, role: Role) -> None:
    """Go on without what was asked for."""
    _step(matter, "go_on", role)
    matter.clocks.discard(APPEAL_ANSWER.code)


@trying
def decide_appeal(matter: Matter, move: Move) -> None:
    """Decide, and undo what is granted."""
    if (move.outcome is AppealState.PARTLY) != bool(move.part):
        raise NotNow
    _must_review(matter, move)
    _step(matter, STEPS[move.outcome], move.role)
    matter.clocks -= measures.OF_APPEALS
    ends = move.part == "measure"
    if ends and matter.measure not in STANDING:
        raise NotNow
    if move.outcome is AppealState.GRANTED:
        measures.reverse(matter, move.role, Ended.APPEAL)
    elif ends:
        measures.undo(matter, move.role, Ended.REVIEWED)
    else:
        matter.paused = False
        matter.count = matter.count and move.part != "points"


@trying
def withdraw(matter: Matter, move: Move) -> None:
    """Let the seller take it back."""
    _step(matter, "withdraw", move.role)
    matter.clocks -= measures.OF_APPEALS
    matter.paused = False


def _step(matter: Matter, name: str, role: Role) -> None:
    if matter.appeal is None:
        raise NotNow
    matter.appeal = APPEAL.take(name, matter.appeal, role)


def _must_review(matter: Matter, move: Move) -> None:
    if matter.appeal is None or move.who != matter.reviewer:
        raise NotNow


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
