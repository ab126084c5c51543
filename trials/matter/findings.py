"""What is done about one finding and its measure: heard, decided by one or two, carried out, answered, lifted, dismissed."""

from __future__ import annotations

from dataclasses import replace

from mamori.grammar.actor import Role
from mamori.grammar.measure import Measure
from mamori.law.deadlines import (
    APPEAL_ANSWER,
    APPEAL_DECISION,
    APPEAL_WINDOW,
    APPROVAL,
    BREACH_HEARING,
    MEASURE_CONFIRMATION,
    MEASURE_REVIEW,
    VIEW_LOOK,
)
from mamori.law.measures import CORRECTION, NOTICE, measure as declared
from mamori.rooms.enforcement.lifecycle import APPEAL, FINDING, MEASURE, FindingState, MeasureState
from mamori.rooms.enforcement.policy.records import DECLARED
from mamori.rooms.enforcement.policy.rules.table import Cure, PolicyAnswer, Situation
from mamori.rooms.enforcement.rules import bounds, standing
from mamori.rooms.enforcement.rules.bounds import REVERSING, Ended, Unheard
from trials.matter.state import Fault, Matter, Move, NotNow, is_staff, trying

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


@trying
def ask(matter: Matter, move: Move) -> None:
    """Ask the seller for its view."""
    matter.took_part.add(move.who)
    matter.finding = FINDING.take("ask", matter.finding, move.role)
    matter.clocks.add(BREACH_HEARING.code)


@trying
def state_view(matter: Matter, move: Move) -> None:
    """Take the seller's view."""
    is_after = matter.finding is FindingState.DECIDED
    matter.finding = FINDING.take("state_view_after" if is_after else "state_view", matter.finding, move.role)
    if is_after and matter.unheard is None and matter.heard and matter.fault is not Fault.UNASKED:
        raise NotNow
    matter.heard, matter.spoke_after = matter.heard or not is_after, is_after
    matter.clocks.discard(BREACH_HEARING.code)
    if is_after:
        matter.unread = True
        matter.clocks.add(VIEW_LOOK.code)


@trying
def read_view(matter: Matter, move: Move) -> None:
    """Read a view that came after the decision."""
    matter.took_part.add(move.who)
    matter.finding = FINDING.take("read_view", matter.finding, move.role)
    if not matter.unread:
        raise NotNow
    matter.unread = False
    matter.clocks.discard(VIEW_LOOK.code)


@trying
def note_cured(matter: Matter, move: Move) -> None:
    """Note that it was seen to be put right."""
    matter.took_part.add(move.who)
    stands = matter.is_open and matter.measure not in ON_ITS_WAY
    if not is_staff(move.role) or matter.cured or not standing.may_be_cured(matter.finding, stands=stands):
        raise NotNow
    bites = matter.measure in (MeasureState.IN_FORCE, MeasureState.ORDERED)
    if bites and matter.what.ends_by_cure:
        undo(matter, move.role, Ended.CURED)
    matter.cured = True


@trying
def dismiss(matter: Matter, move: Move) -> None:
    """End it without a measure."""
    matter.took_part.add(move.who)
    matter.finding = FINDING.take("dismiss", matter.finding, move.role)
    matter.clocks -= {code for code in matter.clocks if code not in OF_MEASURES}


def answer_of(matter: Matter) -> PolicyAnswer:
    """Return what the declared policy answers."""
    return DECLARED.answer(situation_of(matter))


def situation_of(matter: Matter) -> Situation:
    """Return what the policy is asked; the seller has no points yet."""
    return Situation(
        breach=matter.given.breach,
        severity=matter.given.severity,
        history=DECLARED.history(0),
        cure=Cure.CURED if matter.cured else Cure.OPEN,
        harm=matter.given.harm,
    )


@trying
def decide(matter: Matter, move: Move) -> None:
    """Decide on a measure, or propose it."""
    matter.took_part.add(move.who)
    answer = answer_of(matter)
    move = replace(move, unheard=None) if matter.heard else move
    _must_fit(matter, move, answer)
    before, matter.kind = matter.kind, move.measure
    graver = bounds.is_graver(((move.measure, move.days),), answer)
    second = bounds.needs_second(matter.what, graver=graver, unheard=move.unheard, at_once=move.at_once)
    matter.kind = before
    matter.interrupted = matter.finding is FindingState.HEARING
    matter.finding = FINDING.take("propose" if second else "decide", matter.finding, move.role)
    matter.measure, matter.kind = MeasureState.PROPOSED, move.measure
    matter.cured_then = matter.cured
    points = DECLARED.points_for(situation_of(matter), move.measure)
    matter.days, matter.amount, matter.points = move.days, move.amount, points
    matter.decided_by, matter.approved_by, matter.by_time = move.who, 0, False
    matter.unheard, matter.at_once, matter.because = move.unheard, move.at_once, None
    matter.waited = matter.spoke_after = False
    if second:
        matter.clocks.add(APPROVAL.code)
        matter.clocks.discard(BREACH_HEARING.code)
    else:
        _carry_out(matter, move.role)


def _must_fit(matter: Matter, move: Move, answer: PolicyAnswer) -> None:
    kind, pair = declared(move.measure), ((move.measure, move.days),)
    if bounds.is_deviation(pair, answer) and not bounds.may_deviate(move.role):
        raise NotNow
    fits = bounds.days_fit(kind, move.days) and bounds.amount_fits(kind, move.amount)
    if not fits and matter.fault is not Fault.BOUNDS:
        raise NotNow
    if not bounds.concerns_fit(kind, matter.given.breach) or not bounds.cure_fits(kind, cured=matter.cured):
        raise NotNow
    needed = bounds.needed_target(kind)
    if needed and not getattr(matter.given, needed.removesuffix("_ref")):
        raise NotNow
    _must_weigh(matter, kind)
    if move.at_once:
        _must_be_listed(move)
    if move.unheard is Unheard.DANGER and matter.fault is Fault.DANGER:
        return
    if move.unheard is not None:
        if not bounds.may_skip_hearing(move.unheard, kind, harm=matter.given.harm, ground="", role=move.role):
            raise NotNow
    elif (kind.hearing or matter.finding is FindingState.HEARING) and not matter.heard:
        raise NotNow
    given = matter.given
    if given.listing and not matter.cured and bounds.comes_back(pair, given.breach, given.harm):
        raise NotNow


def _must_weigh(matter: Matter, kind: Measure) -> None:
    asked = situation_of(matter)
    if not bounds.weighs_enough(
        kind, asked.breach, severity=asked.severity, harm=asked.harm, history=asked.history
    ):
        raise NotNow


def _must_be_listed(move: Move) -> None:
    """Let a decider, and on a ground of the clause only, leave the days before it out; the record shows no repetition here."""
    listed = {one.code for one in bounds.grounds_at_once(declared(move.measure))}
    there = move.at_once in listed and bounds.may_be_at_once(move.at_once, repeated=False)
    if not there or not bounds.may_deviate(move.role):
        raise NotNow


@trying
def approve(matter: Matter, move: Move) -> None:
    """Approve what another person proposed."""
    matter.took_part.add(move.who)
    matter.finding = FINDING.take("approve", matter.finding, move.role)
    if move.who == matter.decided_by and matter.fault is not Fault.ALONE:
        raise NotNow
    if not is_as_proposed(matter) and matter.fault is not Fault.OUTDATED:
        raise NotNow
    matter.approved_by, matter.cured_approved = move.who, matter.cured
    _carry_out(matter, move.role)


def is_as_proposed(matter: Matter) -> bool:
    """Say whether nothing changed since a measure was proposed: here it can only have been put right."""
    return matter.cured == matter.cured_then


@trying
def send_back(matter: Matter, move: Move) -> None:
    """Do not approve it."""
    matter.took_part.add(move.who)
    reject(matter, move.role)


def approve_by_time(matter: Matter) -> None:
    """Let time in everybody's sight take the second person's place, where there is nobody else."""
    if matter.somebody_else({matter.decided_by}):
        matter.clocks.add(APPROVAL.code)
        return
    if not is_as_proposed(matter):
        reject(matter, Role.MACHINE)
        return
    matter.finding = FINDING.take("approve", matter.finding, Role.LEAD)
    matter.by_time, matter.cured_approved = True, matter.cured
    _carry_out(matter, Role.MACHINE)


def _carry_out(matter: Matter, role: Role) -> None:
    matter.clocks -= {code for code in matter.clocks if code not in OF_MEASURES}
    carry_out(matter, role)
