"""What is done about one measure: carried out, answered by the shop, lifted, reversed."""

from __future__ import annotations

from mamori.grammar.hand import Role
from mamori.law.deadlines import (
    APPEAL_ANSWER,
    APPEAL_DECISION,
    APPEAL_WINDOW,
    MEASURE_CONFIRMATION,
    MEASURE_REVIEW,
)
from mamori.law.measures import CORRECTION, NOTICE
from mamori.rooms.enforcement.lifecycle import APPEAL, FINDING, MEASURE, FindingState, MeasureState
from mamori.rooms.enforcement.rules import bounds
from mamori.rooms.enforcement.rules.reasons import REVERSING, Ended
from trials.matter.state import Fault, Matter, Move, NotNow, trying

START, END = "enforcement.start", "enforcement.end"
CONFIRMATION = MEASURE_CONFIRMATION.code
OF_APPEALS = frozenset({APPEAL_DECISION.code, APPEAL_ANSWER.code})
OF_MEASURES = frozenset(
    {START, END, CONFIRMATION, APPEAL_WINDOW.code, MEASURE_REVIEW.code, "enforcement.approval"}
)
ON_ITS_WAY = (MeasureState.LIFTING, MeasureState.UNDOING)


def carry_out(matter: Matter, role: Role) -> None:
    """Let a decided measure take its way."""
    matter.clocks -= OF_MEASURES | {code for code in matter.clocks if code.startswith("enforcement.finding")}
    matter.count = matter.points > 0
    if matter.what.announced_days and not matter.at_once and matter.fault is not Fault.HASTE:
        matter.step("announce", role)
        matter.clocks.add(START)
    else:
        take_effect(matter, role)


def take_effect(matter: Matter, role: Role) -> None:
    """Let a measure bite."""
    if matter.what.order:
        matter.step("order", role)
        matter.instruction = matter.shop.order()
        matter.clocks.add(CONFIRMATION)
    else:
        matter.step("begin", role)
    if matter.fault is not Fault.FORGET:
        matter.clocks |= lasting(matter)


def lasting(matter: Matter) -> set[str]:
    """Return the clocks by which a measure ends, or is looked at again; some have both."""
    if matter.days:
        return {END, MEASURE_REVIEW.code} if matter.what.reviewed and matter.days > 1 else {END}
    return {APPEAL_WINDOW.code if matter.kind == NOTICE.code else MEASURE_REVIEW.code}


def undo(matter: Matter, role: Role, because: Ended) -> None:
    """Lift the measure, or undo it as though it had never been."""
    reverses = because in REVERSING
    matter.clocks -= OF_MEASURES
    matter.because, matter.paused = because, False
    if reverses and matter.fault is not Fault.POINTS:
        matter.count = False
    if matter.measure is MeasureState.ANNOUNCED:
        finish(matter, role, "call_off")
    elif not matter.instruction:
        finish(matter, role, "reverse" if reverses else "end")
    else:
        matter.step("undo" if reverses else "lift", role)
        matter.undoing = matter.shop.undo()
        settle(matter, role)


def settle(matter: Matter, role: Role) -> None:
    """End what is being taken back once nothing is out any more, unless the last answer was no."""
    out, asked = matter.shop.out, matter.shop.the(matter.undoing)
    undoings = [one.number for one in out if one.undoes]
    matter.undoing = undoings[-1] if undoings else matter.undoing
    if matter.fault is Fault.HALF and asked is not None and asked.yes:
        out = []
    if out or (asked is not None and asked.yes is False):
        matter.clocks.add(CONFIRMATION)
    else:
        finish(matter, role, "end" if matter.measure is MeasureState.LIFTING else "reverse")


def finish(matter: Matter, role: Role, name: str) -> None:
    """End the measure and tell the seller."""
    matter.step(name, role)
    matter.clocks -= OF_MEASURES
    _tell(matter)


def reverse(matter: Matter, role: Role, because: Ended) -> None:
    """Make the measure as though it had never been, also one that is over."""
    if matter.fault is Fault.TWICE:
        matter.told["reversed"] += 1
    if matter.measure is None:
        return
    is_over = matter.measure in MEASURE.ends
    if not is_over and matter.measure is not MeasureState.LIFTING:
        undo(matter, role, because)
        return
    matter.count = False
    matter.step("reverse_after" if is_over else "undo", role)
    matter.because = because
    if is_over:
        _tell(matter)


def _tell(matter: Matter) -> None:
    reverses = matter.because in REVERSING
    matter.told["reversed" if reverses else "ended"] += 1


@trying
def lift(matter: Matter, move: Move) -> None:
    """End the measure before its time, or reverse it."""
    matter.took_part.add(move.who)
    if matter.measure is None:
        raise NotNow
    uncured = move.because is Ended.CURED and not matter.cured
    if uncured or not bounds.may_end_early(
        matter.what, move.because, move.role, by_two=bool(matter.approved_by)
    ):
        raise NotNow
    over = matter.measure in (MeasureState.OVER, MeasureState.CALLED_OFF)
    if over and move.because is Ended.MISTAKE and matter.because not in REVERSING:
        reverse(matter, move.role, move.because)
    else:
        undo(matter, move.role, move.because)
    if (
        move.because is Ended.MISTAKE
        and matter.appeal in APPEAL.open_states
        and matter.fault is not Fault.LEFT
    ):
        matter.appeal = APPEAL.take("end_reversed", matter.appeal, move.role)
        matter.clocks -= OF_APPEALS


@trying
def order_again(matter: Matter, move: Move) -> None:
    """Give the shop once more what it could not do."""
    matter.step("order_again", move.role)
    if matter.measure is not None and not bounds.may_order_again(matter.measure, move.role):
        raise NotNow
    asked = matter.shop.the(matter.undoing if matter.measure in ON_ITS_WAY else matter.instruction)
    if matter.shop.out or asked is None or asked.yes is not False:
        raise NotNow
    matter.clocks.add(CONFIRMATION)
    if matter.measure is MeasureState.ORDERED:
        matter.instruction = matter.shop.order()
        return
    matter.undoing = matter.shop.undo()
    settle(matter, move.role)


@trying
def market_answers(matter: Matter, move: Move) -> None:
    """Let the shop answer something that waits, in whatever order."""
    out = matter.shop.out
    if not out:
        raise NotNow
    one = out[move.which % len(out)]
    matter.shop.answer(one, yes=move.yes)
    if matter.measure in ON_ITS_WAY:
        settle(matter, Role.MACHINE)
    elif matter.measure is MeasureState.ORDERED and one.number == matter.instruction and move.yes:
        matter.step("begin", Role.MACHINE)
        matter.clocks.discard(CONFIRMATION)


def end_by_itself(matter: Matter) -> None:
    """Lift what has come to its day."""
    uncured = matter.kind == CORRECTION.code and not matter.cured
    if matter.is_open and matter.measure not in ON_ITS_WAY:
        undo(matter, Role.MACHINE, Ended.UNCURED if uncured else Ended.DUE)


def reject(matter: Matter, role: Role) -> None:
    """Send back what was proposed."""
    name = "send_back" if matter.heard else "send_back_unheard"
    matter.finding = FINDING.take(name, FindingState(matter.finding), role)
    matter.unheard = None
    matter.step("reject", role)
    matter.because = Ended.REJECTED
    matter.clocks -= OF_MEASURES
