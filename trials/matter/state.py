"""What one finding is made of when it has no tables: states, clocks, who did what, points, and the shop beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import wraps

from mamori.grammar.actor import STAFF, Role
from mamori.grammar.measure import Measure, Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.law.measures import measure as declared
from mamori.rooms.enforcement.lifecycle import (
    APPEAL,
    FINDING,
    MEASURE,
    AppealState,
    FindingState,
    MeasureState,
)
from mamori.rooms.enforcement.rules.bounds import DECIDERS, Ended, Unheard


@dataclass(slots=True)
class Asked:
    """One instruction; `yes` is None until it is answered, `answered` is when, in the order of all."""

    number: int
    undoes: bool
    yes: bool | None = None
    answered: int = 0
    recalled: bool = False
    undone: bool = False

    @property
    def is_out(self) -> bool:
        """Say whether it waits for an answer."""
        return self.yes is None


@dataclass(slots=True)
class Shop:
    """What was asked about one measure, in order, and the flag as the shop left it: set by what it did last."""

    asked: list[Asked] = field(default_factory=list)
    last: int = 0
    flag: bool = False

    @property
    def out(self) -> list[Asked]:
        """Return what waits, the oldest first."""
        return [one for one in self.asked if one.is_out]

    def the(self, number: int) -> Asked | None:
        """Return what was asked under a number."""
        return next((one for one in self.asked if one.number == number), None)

    def order(self) -> int:
        """Ask for the measure, or find it asked for; return its number."""
        standing = [one for one in self._givings() if not one.undone and one.yes is not False]
        return standing[-1].number if standing else self._issue(undoes=False)

    def undo(self) -> int:
        """Ask for its undoing and return the number of what has to be confirmed; 0 where there is nothing to do."""
        for one in self._givings():
            one.undone = one.undone or one.yes is not False
            one.recalled = one.recalled or one.is_out
        newest = max(one.number for one in self._givings())
        asked = [one for one in self._undoings() if one.number > newest]
        if asked and asked[-1].yes is not False:
            return asked[-1].number
        if all(one.yes is False for one in self._givings()):
            return 0
        return self._issue(undoes=True)

    def answer(self, one: Asked, *, yes: bool) -> None:
        """Let the shop do it or not, answer, and be asked anew for what came too late."""
        self.last += 1
        one.yes, one.answered = yes, self.last
        if yes:
            self.flag = not one.undoes
        self._put_right()

    def _put_right(self) -> None:
        standing = [one for one in self._givings() if not one.undone and one.yes is not False]
        opposite = self._undoings() if standing else self._givings()
        done = max((one for one in opposite if one.yes), key=lambda one: one.answered, default=None)
        given = standing or [one for one in self._undoings() if one.yes or not one.recalled]
        last = given[-1] if given else None
        if done is None or (last is not None and (last.is_out or last.number > done.answered)):
            return
        self._issue(undoes=not standing)

    def _issue(self, *, undoes: bool) -> int:
        self.last += 1
        self.asked.append(Asked(self.last, undoes))
        return self.last

    def _givings(self) -> list[Asked]:
        return [one for one in self.asked if not one.undoes]

    def _undoings(self) -> list[Asked]:
        return [one for one in self.asked if one.undoes]


PEOPLE = {1: Role.AGENT, 2: Role.LEAD, 3: Role.COUNSEL, 4: Role.LEAD}
"""Who works at the centre, by number; number 0 is everybody else."""


class NotNow(Refusal, code="bench.not-for-this-matter", status=409):
    """Given when the rules refuse what the lifecycles would allow."""

    text = Text(
        "この件では今はできません。あとでお試しください。", "Not in this matter now. Please try it later."
    )


class Fault(StrEnum):
    """Faults that are planted, to see that they are noticed."""

    NONE = ""
    FORGET = "forget"
    SELF = "self"
    HALF = "half"
    POINTS = "points"
    BOUNDS = "bounds"
    TWICE = "twice"
    ALONE = "alone"
    LEFT = "left"
    HASTE = "haste"
    UNASKED = "unasked"
    DANGER = "danger"
    OUTDATED = "outdated"
    UNREVIEWED = "unreviewed"


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
        return (
            self.finding in FINDING.ends
            and not self.is_open
            and not self.unread
            and (self.appeal is None or self.appeal in APPEAL.ends)
        )

    @property
    def key(self) -> tuple[object, ...]:
        """Return what decides what may come next."""
        return (
            self.finding,
            self.measure,
            self.appeal,
            self.heard,
            self.unheard is None,
            self.unread,
            self.cured,
            self.cured_then,
            self.kind if self.is_open else "",
            self.paused,
            self.count,
            self.reviewer > 0,
            len(self.shop.out),
            frozenset(self.clocks),
        )

    def step(self, name: str, role: Role) -> None:
        """Take a step of the measure's lifecycle."""
        if self.measure is None:
            raise NotNow
        self.measure = MEASURE.take(name, self.measure, role)

    def somebody_else(self, than: set[int]) -> bool:
        """Say whether another decider works here."""
        known = {} if self.given.alone else PEOPLE
        return any(role in DECIDERS and who not in than for who, role in known.items())


def is_staff(role: Role) -> bool:
    """Say whether somebody is of the centre."""
    return role in STAFF


DEEDS: dict[str, Callable[[Matter, Move], None]] = {}
"""What may be done, by its name."""


def trying(deed: Callable[[Matter, Move], None]) -> Callable[[Matter, Move], None]:
    """Let a deed that is refused leave no trace, as a transaction does."""

    @wraps(deed)
    def tried(matter: Matter, move: Move) -> None:
        before = deepcopy(matter)
        try:
            deed(matter, move)
        except Refusal:
            for one in fields(Matter):
                setattr(matter, one.name, getattr(before, one.name))
            raise

    DEEDS[deed.__name__] = tried
    return tried
