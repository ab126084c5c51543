"""The room of enforcement without its tables: one finding, its measure and appeal, and the shop, moved by lifecycles and rules.

A test takes the same steps here and through the room's actions and compares what both say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Set
from copy import deepcopy
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from mamori.grammar.actor import STAFF, Role
from mamori.grammar.measure import Measure, Reach, Severity
from mamori.law import deadlines as due
from mamori.law.measures import CORRECTION, NOTICE, measure as declared
from mamori.rooms.enforcement.lifecycle import (
    APPEAL,
    FINDING,
    MEASURE,
    STANDING,
    AppealState,
    FindingState,
    MeasureState,
)
from mamori.rooms.enforcement.policy.records import DECLARED
from mamori.rooms.enforcement.policy.rules.table import Cure, PolicyAnswer, Situation
from mamori.rooms.enforcement.rules import bounds, standing
from mamori.rooms.enforcement.rules.bounds import DECIDERS, REVERSING, Ended, Unheard
from trials.trail import must, untouched

CHARTS: dict[str, Any] = {"finding": FINDING, "measure": MEASURE, "appeal": APPEAL}
START, END = "enforcement.start", "enforcement.end"
CONFIRMATION, HEARING = due.MEASURE_CONFIRMATION.code, due.BREACH_HEARING.code
ANSWER = due.APPEAL_ANSWER.code
OF_APPEALS = frozenset({due.APPEAL_DECISION.code, due.APPEAL_ANSWER.code})
OF_MEASURES = frozenset(one.code for one in (due.APPEAL_WINDOW, due.MEASURE_REVIEW, due.APPROVAL))
OF_MEASURES |= {START, END, CONFIRMATION}
DECISIONS = dict(
    zip(
        Severity,
        (one.code for one in (due.FINDING_MINOR, due.FINDING_SERIOUS, due.FINDING_GRAVE)),
        strict=True,
    )
)
ON_ITS_WAY = (MeasureState.LIFTING, MeasureState.UNDOING)
SELLERS = frozenset({Role.SELLER, Role.DELEGATE})
CLOSED_TO_APPEAL = (MeasureState.PROPOSED, MeasureState.REJECTED, MeasureState.UNDOING, MeasureState.REVERSED)
STEPS = {AppealState.GRANTED: "grant", AppealState.PARTLY: "grant_part", AppealState.KEPT: "keep"}


class Fault(StrEnum):
    """Faults that are planted, to see that they are noticed."""

    NONE = ""
    FORGET = "a clock that is forgotten"
    SELF = "a review by who decided"
    HALF = "an end before the shop has answered everything"
    POINTS = "points that stay after a reversal"
    BOUNDS = "a measure out of its bounds"
    TWICE = "what is reversed twice"
    ALONE = "an approval by who proposed"
    LEFT = "an appeal left open after the reversal"
    HASTE = "a closing at once without a ground"
    UNASKED = "a view afterwards of who was heard before"
    DANGER = "no hearing, for a danger that is not there"
    OUTDATED = "an approval of what had changed"


@dataclass(slots=True)
class Asked:
    """One instruction; `yes` is None until it is answered, `answered` is when, in the order of all."""

    number: int
    undoes: bool
    yes: bool | None = None
    answered: int = 0
    recalled: bool = False
    undone: bool = False


@dataclass(slots=True)
class Shop:
    """What was asked about one measure, in order, and the flag as the shop left it: set by what it did last."""

    asked: list[Asked] = field(default_factory=list)
    last: int = 0
    flag: bool = False

    @property
    def out(self) -> list[Asked]:
        """Return what waits, the oldest first."""
        return [one for one in self.asked if one.yes is None]

    @property
    def standing(self) -> list[Asked]:
        """Return what was asked for and neither refused nor undone."""
        return [one for one in self.asked if not one.undoes and not one.undone and one.yes is not False]

    def copy(self) -> Shop:
        """Return a shop that what happens to this one does not change."""
        return deepcopy(self)

    def refused(self, number: int) -> bool:
        """Say whether what was asked under a number was refused."""
        return any(one.number == number and one.yes is False for one in self.asked)

    def order(self) -> int:
        """Ask for the measure, or find it asked for; return its number."""
        return self.standing[-1].number if self.standing else self._issue(undoes=False)

    def undo(self) -> int:
        """Ask for its undoing and return the number of what has to be confirmed; 0 where there is nothing to do."""
        givings = [one for one in self.asked if not one.undoes]
        for one in givings:
            one.undone = one.undone or one.yes is not False
            one.recalled = one.recalled or one.yes is None
        asked = [one for one in self.asked if one.undoes and one.number > givings[-1].number]
        if asked and asked[-1].yes is not False:
            return asked[-1].number
        return 0 if all(one.yes is False for one in givings) else self._issue(undoes=True)

    def answer(self, one: Asked, *, yes: bool) -> None:
        """Let the shop do it or not, answer, and be asked anew for what came too late."""
        self.last += 1
        one.yes, one.answered = yes, self.last
        if yes:
            self.flag = not one.undoes
        standing = self.standing
        opposite = [other for other in self.asked if other.yes and other.undoes is bool(standing)]
        done = max((other.answered for other in opposite), default=0)
        given = standing or [
            other for other in self.asked if other.undoes and (other.yes or not other.recalled)
        ]
        if done and not (given and (given[-1].yes is None or given[-1].number > done)):
            self._issue(undoes=not standing)

    def _issue(self, *, undoes: bool) -> int:
        self.last += 1
        self.asked.append(Asked(self.last, undoes))
        return self.last


PEOPLE = {1: Role.AGENT, 2: Role.LEAD, 3: Role.COUNSEL, 4: Role.LEAD}
"""Who works at the centre, by number; number 0 is everybody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a matter begins with; `alone` = there is one decider in the house."""

    breach: str = "display"
    severity: Severity = Severity.SERIOUS
    harm: Reach = Reach.NONE
    listing: bool = True
    review: bool = False
    category: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One step of a walk: which deed, by whom, and what it is told."""

    name: str
    role: Role
    who: int = 0
    measure: str = "notice"
    days: int = 0
    amount: int = 0
    unheard: Unheard | None = None
    at_once: str = ""
    because: Ended = Ended.REVIEWED
    outcome: AppealState = AppealState.KEPT
    part: str = ""
    yes: bool = True
    which: int = 0
    clock: str = ""


@dataclass(slots=True)
class Matter:
    """One finding with everything that hangs on it; `told` counts what the seller was told of ends.

    `took_part` is who recorded it, asked, looked, decided, approved, sent back or lifted: none of them reviews an appeal.
    `cured_then` and `cured_approved` say whether it was put right when a measure was proposed and when it was approved,
    `waited` that an announced measure waited its days out, `interrupted` that a hearing was running at the decision,
    `unread` that a view came after it which nobody has read.
    """

    given: Given = field(default_factory=Given)
    fault: Fault = Fault.NONE
    finding: FindingState = FindingState.FOUND
    heard: bool = False
    cured: bool = False
    cured_then: bool = False
    cured_approved: bool = False
    interrupted: bool = False
    spoke_after: bool = False
    unread: bool = False
    waited: bool = False
    at_once: str = ""
    unheard: Unheard | None = None
    measure: MeasureState | None = None
    kind: str = "notice"
    days: int = 0
    amount: int = 0
    decided_by: int = 0
    approved_by: int = 0
    took_part: set[int] = field(default_factory=lambda: {1})
    by_time: bool = False
    instruction: int = 0
    undoing: int = 0
    because: Ended | None = None
    points: int = 0
    count: bool = False
    told: Counter[str] = field(default_factory=Counter)
    shop: Shop = field(default_factory=Shop)
    appeal: AppealState | None = None
    reviewer: int = 0
    paused: bool = False
    clocks: set[str] = field(default_factory=set)

    @property
    def what(self) -> Measure:
        """Return the measure as it is declared."""
        return declared(self.kind)

    @property
    def is_open(self) -> bool:
        """Say whether a measure stands, is awaited or is being taken back."""
        return self.measure is not None and self.measure not in MEASURE.ends

    @property
    def is_over(self) -> bool:
        """Say whether nothing is left to do, but for an appeal that may come."""
        appealed = self.appeal is not None and self.appeal not in APPEAL.ends
        return self.finding in FINDING.ends and not (self.is_open or self.unread or appealed)

    @property
    def is_as_proposed(self) -> bool:
        """Say whether nothing changed since a measure was proposed: here it can only have been put right."""
        return self.cured == self.cured_then

    @property
    def key(self) -> tuple[object, ...]:
        """Return what decides what may come next."""
        heard = (self.heard, self.unheard is None, self.unread, self.cured, self.cured_then)
        runs = (self.kind if self.is_open else "", self.paused, self.count, self.reviewer > 0)
        waits = (len(self.shop.out), frozenset(self.clocks))
        return (self.finding, self.measure, self.appeal, *heard, *runs, *waits)

    @property
    def situation(self) -> Situation:
        """Return what the policy is asked; the seller has no points yet."""
        return Situation(
            breach=self.given.breach,
            severity=self.given.severity,
            history=DECLARED.history(0),
            cure=Cure.CURED if self.cured else Cure.OPEN,
            harm=self.given.harm,
        )

    @property
    def answer(self) -> PolicyAnswer:
        """Return what the declared policy answers."""
        return DECLARED.answer(self.situation)

    def step(self, what: str, name: str, role: Role, *, run: str = "", stop: Set[str] = frozenset()) -> None:
        """Take a step of one of the lifecycles, where there is something of the kind, and let clocks stop and one run."""
        must(getattr(self, what) is not None)
        setattr(self, what, CHARTS[what].take(name, getattr(self, what), role))
        self.clocks = self.clocks - stop | ({run} if run else set())


def take(matter: Matter, move: Move) -> None:
    """Do a step, where it is on."""
    with untouched(matter):
        if move.name in TAKES_PART:
            matter.took_part.add(move.who)
        DEEDS[move.name][1](matter, move)


def _carry_out(matter: Matter, role: Role) -> None:
    """Let a decided measure take its way."""
    matter.clocks.clear()
    matter.count = matter.points > 0
    if matter.what.announced_days and not matter.at_once and matter.fault is not Fault.HASTE:
        matter.step("measure", "announce", role, run=START)
    else:
        _take_effect(matter, role)


def _take_effect(matter: Matter, role: Role) -> None:
    if matter.what.order:
        matter.step("measure", "order", role, run=CONFIRMATION)
        matter.instruction = matter.shop.order()
    else:
        matter.step("measure", "begin", role)
    if matter.fault is not Fault.FORGET:
        matter.clocks |= lasting(matter)


def lasting(matter: Matter) -> set[str]:
    """Return the clocks by which a measure ends, or is looked at again; some have both."""
    if matter.days:
        return {END, due.MEASURE_REVIEW.code} if matter.what.reviewed and matter.days > 1 else {END}
    return {(due.APPEAL_WINDOW if matter.kind == NOTICE.code else due.MEASURE_REVIEW).code}


def _undo(matter: Matter, role: Role, because: Ended) -> None:
    """Lift the measure, or undo it as though it had never been."""
    reverses = because in REVERSING
    matter.clocks -= OF_MEASURES
    matter.because, matter.paused = because, False
    if reverses and matter.fault is not Fault.POINTS:
        matter.count = False
    if matter.measure is MeasureState.ANNOUNCED:
        _finish(matter, role, "call_off")
    elif not matter.instruction:
        _finish(matter, role, "reverse" if reverses else "end")
    else:
        matter.step("measure", "undo" if reverses else "lift", role)
        matter.undoing = matter.shop.undo()
        _settle(matter, role)


def _settle(matter: Matter, role: Role) -> None:
    """End what is being taken back once nothing is out any more, unless the last answer was no."""
    out, refused = matter.shop.out, matter.shop.refused(matter.undoing)
    undoings = [one.number for one in out if one.undoes]
    done = any(one.number == matter.undoing and one.yes for one in matter.shop.asked)
    matter.undoing = undoings[-1] if undoings else matter.undoing
    if (out and not (done and matter.fault is Fault.HALF)) or refused:
        matter.clocks.add(CONFIRMATION)
    else:
        _finish(matter, role, "end" if matter.measure is MeasureState.LIFTING else "reverse")


def _finish(matter: Matter, role: Role, name: str) -> None:
    """End the measure and tell the seller."""
    matter.step("measure", name, role, stop=OF_MEASURES)
    matter.told["reversed" if matter.because in REVERSING else "ended"] += 1


def _reverse(matter: Matter, role: Role, because: Ended) -> None:
    """Make the measure as though it had never been, also one that is over."""
    if matter.fault is Fault.TWICE:
        matter.told["reversed"] += 1
    if matter.measure not in MEASURE.ends and matter.measure is not MeasureState.LIFTING:
        _undo(matter, role, because)
        return
    matter.count, matter.because = False, because
    if matter.measure is MeasureState.LIFTING:
        matter.step("measure", "undo", role)
    else:
        _finish(matter, role, "reverse_after")


def _lift(matter: Matter, move: Move) -> None:
    """End the measure before its time, or reverse it."""
    must(matter.measure is not None and (move.because is not Ended.CURED or matter.cured))
    must(bounds.may_end_early(matter.what, move.because, move.role, by_two=bool(matter.approved_by)))
    over = matter.measure in (MeasureState.OVER, MeasureState.CALLED_OFF)
    is_mistake = move.because is Ended.MISTAKE
    if over and is_mistake and matter.because not in REVERSING:
        _reverse(matter, move.role, move.because)
    else:
        _undo(matter, move.role, move.because)
    if is_mistake and matter.appeal in APPEAL.open_states and matter.fault is not Fault.LEFT:
        matter.step("appeal", "end_reversed", move.role, stop=OF_APPEALS)


def _order_again(matter: Matter, move: Move) -> None:
    """Give the shop once more what it could not do."""
    matter.step("measure", "order_again", move.role, run=CONFIRMATION)
    must(matter.measure is not None and bounds.may_order_again(matter.measure, move.role))
    asked = matter.undoing if matter.measure in ON_ITS_WAY else matter.instruction
    must(not matter.shop.out and matter.shop.refused(asked))
    if matter.measure is MeasureState.ORDERED:
        matter.instruction = matter.shop.order()
    else:
        matter.undoing = matter.shop.undo()
        _settle(matter, move.role)


def _market_answers(matter: Matter, move: Move) -> None:
    """Let the shop answer something that waits, in whatever order."""
    out = matter.shop.out
    must(out)
    one = out[move.which % len(out)]
    matter.shop.answer(one, yes=move.yes)
    if matter.measure in ON_ITS_WAY:
        _settle(matter, Role.MACHINE)
    elif matter.measure is MeasureState.ORDERED and one.number == matter.instruction and move.yes:
        matter.step("measure", "begin", Role.MACHINE, stop={CONFIRMATION})


def _end_by_itself(matter: Matter) -> None:
    """Lift what has come to its day."""
    uncured = matter.kind == CORRECTION.code and not matter.cured
    if matter.is_open and matter.measure not in ON_ITS_WAY:
        _undo(matter, Role.MACHINE, Ended.UNCURED if uncured else Ended.DUE)


def _reject(matter: Matter, role: Role) -> None:
    """Send back what was proposed."""
    matter.step("finding", "send_back" if matter.heard else "send_back_unheard", role)
    matter.step("measure", "reject", role, stop=OF_MEASURES)
    matter.unheard, matter.because = None, Ended.REJECTED


def _state_view(matter: Matter, move: Move) -> None:
    is_after = matter.finding is FindingState.DECIDED
    matter.step("finding", "state_view_after" if is_after else "state_view", move.role)
    was_heard = matter.unheard is None and matter.heard
    must(not is_after or not was_heard or matter.fault is Fault.UNASKED)
    matter.heard, matter.spoke_after = matter.heard or not is_after, is_after
    matter.unread = matter.unread or is_after
    matter.clocks = matter.clocks - {HEARING} | ({due.VIEW_LOOK.code} if is_after else set())


def _read_view(matter: Matter, move: Move) -> None:
    matter.step("finding", "read_view", move.role, stop={due.VIEW_LOOK.code})
    must(matter.unread)
    matter.unread = False


def _note_cured(matter: Matter, move: Move) -> None:
    """Note that it was seen to be put right."""
    stands = matter.is_open and matter.measure not in ON_ITS_WAY
    must(move.role in STAFF and not matter.cured and standing.may_be_cured(matter.finding, stands=stands))
    if matter.measure in (MeasureState.IN_FORCE, MeasureState.ORDERED) and matter.what.ends_by_cure:
        _undo(matter, move.role, Ended.CURED)
    matter.cured = True


def _decide(matter: Matter, move: Move) -> None:
    """Decide on a measure, or propose it."""
    answer, kind = matter.answer, declared(move.measure)
    move = replace(move, unheard=None) if matter.heard else move
    _must_fit(matter, move, answer)
    graver = bounds.is_graver(((move.measure, move.days),), answer)
    second = bounds.needs_second(kind, graver=graver, unheard=move.unheard, at_once=move.at_once)
    matter.interrupted = matter.finding is FindingState.HEARING
    matter.step("finding", "propose" if second else "decide", move.role)
    matter.measure, matter.kind = MeasureState.PROPOSED, move.measure
    matter.cured_then = matter.cured
    matter.points = DECLARED.points_for(matter.situation, move.measure)
    matter.days, matter.amount = move.days, move.amount
    matter.decided_by, matter.approved_by, matter.by_time = move.who, 0, False
    matter.unheard, matter.at_once, matter.because = move.unheard, move.at_once, None
    matter.waited = matter.spoke_after = False
    if second:
        matter.clocks.add(due.APPROVAL.code)
        matter.clocks.discard(due.BREACH_HEARING.code)
    else:
        _carry_out(matter, move.role)


def _must_fit(matter: Matter, move: Move, answer: PolicyAnswer) -> None:
    given, kind, pair = matter.given, declared(move.measure), ((move.measure, move.days),)
    must(not bounds.is_deviation(pair, answer) or bounds.may_deviate(move.role))
    fits = bounds.days_fit(kind, move.days) and bounds.amount_fits(kind, move.amount)
    must(fits or matter.fault is Fault.BOUNDS)
    must(bounds.concerns_fit(kind, given.breach) and bounds.cure_fits(kind, cured=matter.cured))
    needed = bounds.needed_target(kind)
    must(not needed or getattr(given, needed.removesuffix("_ref")))
    history = matter.situation.history
    must(bounds.weighs_enough(kind, given.breach, severity=given.severity, harm=given.harm, history=history))
    if move.at_once:  # a decider, on a ground of the clause only; the record shows no repetition here
        must(move.at_once in {one.code for one in bounds.grounds_at_once(kind)})
        must(bounds.may_be_at_once(move.at_once, repeated=False) and bounds.may_deviate(move.role))
    if move.unheard is Unheard.DANGER and matter.fault is Fault.DANGER:
        return
    if move.unheard is not None:
        must(bounds.may_skip_hearing(move.unheard, kind, harm=given.harm, ground="", role=move.role))
    else:
        must(matter.heard or not (kind.hearing or matter.finding is FindingState.HEARING))
    must(not given.listing or matter.cured or not bounds.comes_back(pair, given.breach, given.harm))


def _approve(matter: Matter, move: Move) -> None:
    """Approve what another person proposed."""
    matter.step("finding", "approve", move.role)
    must(move.who != matter.decided_by or matter.fault is Fault.ALONE)
    must(matter.is_as_proposed or matter.fault is Fault.OUTDATED)
    matter.approved_by, matter.cured_approved = move.who, matter.cured
    _carry_out(matter, move.role)


def _approve_by_time(matter: Matter) -> None:
    """Let time in everybody's sight take the second person's place, where there is nobody else who may decide."""
    others = () if matter.given.alone else (PEOPLE[who] for who in PEOPLE if who != matter.decided_by)
    if any(role in DECIDERS for role in others):
        matter.clocks.add(due.APPROVAL.code)
    elif not matter.is_as_proposed:
        _reject(matter, Role.MACHINE)
    else:
        matter.step("finding", "approve", Role.LEAD)
        matter.by_time, matter.cured_approved = True, matter.cured
        _carry_out(matter, Role.MACHINE)


def _appeal(matter: Matter, move: Move) -> None:
    """Take a seller's appeal."""
    must(move.role in SELLERS and matter.appeal in (None, AppealState.WITHDRAWN))
    must(matter.measure not in (None, *CLOSED_TO_APPEAL) and matter.because not in REVERSING)
    waits = matter.measure is MeasureState.ANNOUNCED and matter.what.waits_for_appeal
    matter.paused = matter.paused or (matter.appeal is None and waits)
    matter.appeal, matter.reviewer = AppealState.RECEIVED, 0
    matter.clocks.add(due.APPEAL_DECISION.code)


def _take(matter: Matter, move: Move) -> None:
    matter.step("appeal", "take", move.role)
    must(move.who not in matter.took_part or matter.fault is Fault.SELF)
    matter.reviewer = move.who


def _review(matter: Matter, step: str, move: Move) -> None:
    """Let the reviewer, and nobody else, take a step of the appeal."""
    must(move.who == matter.reviewer)
    matter.step("appeal", step, move.role, run=ANSWER if step == "ask_more" else "")


def _decide_appeal(matter: Matter, move: Move) -> None:
    """Decide, and undo what is granted."""
    must((move.outcome is AppealState.PARTLY) == bool(move.part))
    _review(matter, STEPS[move.outcome], move)
    matter.clocks -= OF_APPEALS
    ends = move.part == "measure"
    must(not ends or matter.measure in STANDING)
    if move.outcome is AppealState.GRANTED:
        _reverse(matter, move.role, Ended.APPEAL)
    elif ends:
        _undo(matter, move.role, Ended.REVIEWED)
    else:
        matter.paused = False
        matter.count = matter.count and move.part != "points"


def _withdraw(matter: Matter, move: Move) -> None:
    matter.step("appeal", "withdraw", move.role, stop=OF_APPEALS)
    matter.paused = False


def _ring(matter: Matter, move: Move) -> None:
    """Ring a clock that runs; those that only remind run anew, and those stand still that wait for an appeal or a view."""
    waits = matter.paused if move.clock == START else matter.finding is FindingState.HEARING
    stands_still = waits and (move.clock == START or move.clock in DECISIONS.values())
    must(move.clock in matter.clocks and not stands_still)
    if move.clock in RINGS:
        matter.clocks.discard(move.clock)
        RINGS[move.clock](matter)


def _end_hearing(matter: Matter) -> None:
    matter.step("finding", "end_hearing", Role.MACHINE)
    matter.heard = True


def _start(matter: Matter) -> None:
    matter.waited = True
    _take_effect(matter, Role.MACHINE)


RINGS: dict[str, Callable[[Matter], None]] = {
    due.BREACH_HEARING.code: _end_hearing,
    due.APPROVAL.code: _approve_by_time,
    START: _start,
    END: _end_by_itself,
    due.APPEAL_WINDOW.code: _end_by_itself,
    due.APPEAL_ANSWER.code: lambda matter: matter.step("appeal", "go_on", Role.MACHINE),
}

DEEDS: dict[str, tuple[str, Callable[[Matter, Move], None]]] = {
    "ask": ("staff", lambda matter, move: matter.step("finding", "ask", move.role, run=HEARING)),
    "decide": ("staff", _decide),
    "approve": ("staff", _approve),
    "send_back": ("staff", lambda matter, move: _reject(matter, move.role)),
    "dismiss": (
        "staff",
        lambda m, move: m.step("finding", "dismiss", move.role, stop=m.clocks - OF_MEASURES),
    ),
    "note_cured": ("staff", _note_cured),
    "read_view": ("staff", _read_view),
    "lift": ("staff", _lift),
    "order_again": ("staff", _order_again),
    "take": ("staff", _take),
    "go_on": ("staff", lambda matter, move: matter.step("appeal", "go_on", move.role, stop={ANSWER})),
    "reply": ("reviewer", lambda matter, move: _review(matter, "reply", move)),
    "ask_more": ("reviewer", lambda matter, move: _review(matter, "ask_more", move)),
    "decide_appeal": ("reviewer", _decide_appeal),
    "state_view": ("seller", _state_view),
    "appeal": ("seller", _appeal),
    "write": ("seller", lambda matter, move: matter.step("appeal", "write", move.role, stop={ANSWER})),
    "withdraw": ("seller", _withdraw),
    "ring": ("machine", _ring),
    "market_answers": ("machine", _market_answers),
}
"""What may be done, by its name, with who usually does it."""
TAKES_PART = {"ask", "decide", "approve", "send_back", "dismiss", "note_cured", "read_view", "lift"}
"""Who does this reviews no appeal."""
