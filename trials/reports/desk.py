"""What staff do in the simulated year: they look at dangers on any day, and decide at their desks on business days."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from mamori.grammar.hand import Hand, Role
from mamori.grammar.measure import Severity
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clock_facts
from mamori.japan.calendar import JAPAN
from mamori.law.complaints import (
    BECAUSE,
    FOUND_SO,
    ComplaintOutcome,
    GoneBecause,
    NothingBecause,
    OutsideBecause,
)
from mamori.rooms.complaints import actions
from mamori.rooms.complaints.lifecycle import ComplaintState
from mamori.rooms.complaints.models import Complaint
from mamori.rooms.complaints.queries.complaints import ComplaintShown, complaint_of
from mamori.rooms.enforcement import actions as enforcement
from mamori.rooms.enforcement.models import Finding
from mamori.rooms.enforcement.rules.reasons import Dismissed
from trials.reports.people import DAY, Behaviour, Reporter

WHY, FOUND = "商品ページと記録を見比べた。", "表示された会社名が登記にない。"
MINUTE = timedelta(minutes=1)
PEOPLE = (("agent:1", Role.AGENT), ("agent:2", Role.AGENT), ("lead:3", Role.LEAD))
OUTCOMES = {
    ComplaintState.UPHELD: 35,
    ComplaintState.NOT_UPHELD: 35,
    ComplaintState.OUTSIDE: 12,
    ComplaintState.GONE: 18,
}


@dataclass(frozen=True, slots=True)
class Round:
    """One decision as who made it knows it: when, what, and the reason that who reported is to read."""

    at: datetime
    state: ComplaintState
    because: str
    by: str

    @property
    def heard(self) -> tuple[Text, Text]:
        """Return what who reported is to read of it."""
        return ComplaintOutcome(self.state.value).text, BECAUSE.get(self.because, FOUND_SO)


@dataclass(slots=True)
class Matter:
    """A complaint as the simulation knows it, apart from what the house keeps."""

    number: int
    thing: tuple[str, str]
    rounds: list[Round] = field(default_factory=list)
    dangers: list[datetime] = field(default_factory=list)
    looked_at: list[datetime] = field(default_factory=list)
    reporters: list[Reporter] = field(default_factory=list)
    wished_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Say whether it waits for its first decision."""
        return not self.rounds

    def told_of(self, confirmed_at: datetime) -> list[Round]:
        """Return the decisions that an address confirmed then must hear of: the one that stands, and each after that."""
        before = [one for one in self.rounds if one.at <= confirmed_at]
        return before[-1:] + [one for one in self.rounds if one.at > confirmed_at]


def hand(by: str, role: Role, at: datetime) -> Hand:
    """Return a hand of the simulation."""
    return Hand(by=by, role=role, at=at, via="bench")


@dataclass(slots=True)
class Desk:
    """The centre: when it looks and decides, and how."""

    behaviour: Behaviour
    dice: random.Random

    def looks_at(self, at: datetime, *, danger: bool) -> datetime:
        """Return when somebody begins: a danger within hours or, some nights, too late; all else at a working hour."""
        if not danger:
            return self.working(at + self.dice.randrange(30, 1_800) * MINUTE)
        if self.dice.random() < self.behaviour.danger_in_time:
            return at + self.dice.randrange(3, 235) * MINUTE
        return at + self.dice.randrange(245, 720) * MINUTE

    def decides_at(self, at: datetime) -> datetime:
        """Return when somebody decides: within some business days, a few of them too late."""
        if self.dice.random() < self.behaviour.decided_late:
            return self.working(at + self.dice.randrange(9, 16) * DAY)
        return self.working(at + self.dice.randrange(60, 3 * 24 * 60) * MINUTE)

    def working(self, at: datetime) -> datetime:
        """Return the moment itself while the centre works, or a moment of the next day on which it does."""
        local, calendar = at.astimezone(JAPAN), clock_facts.calendar()
        day = local.replace(hour=self.behaviour.opens, minute=0, second=0, microsecond=0)
        is_open = calendar.why_closed(local.date()) is None
        if is_open and day <= local and local.hour < self.behaviour.closes:
            return local
        if not is_open or local > day:
            day += DAY
            while calendar.why_closed(day.date()) is not None:
                day += DAY
        return day + self.dice.randrange(60 * (self.behaviour.closes - self.behaviour.opens)) * MINUTE

    def begin(self, matter: Matter, at: datetime) -> None:
        """Begin to look at it."""
        by, role = self.dice.choice(PEOPLE)
        actions.begin_complaint(hand(by, role, at), complaint=matter.number)
        matter.looked_at.append(at)

    def decide(self, matter: Matter, at: datetime) -> None:
        """Read the page and decide, or, where another look is asked for, let somebody else decide again."""
        former = matter.rounds[-1] if matter.rounds else None
        by, role = self.dice.choice([one for one in PEOPLE if former is None or one[0] != former.by])
        page = complaint_of(hand(by, role, at), matter.number)
        if former and self.dice.random() < 0.6:
            actions.keep_outcome(hand(by, role, at), complaint=page.number, reason=WHY, version=page.version)
            matter.rounds.append(Round(at, former.state, former.because, by))
        else:
            left = {
                state: share
                for state, share in OUTCOMES.items()
                if former is None or state is not former.state
            }
            state = self.dice.choices(list(left), list(left.values()))[0]
            matter.rounds.append(Round(at, state, self._decided(page, state, hand(by, role, at)), by))
        matter.looked_at.append(at)

    def close_finding(self, matter: Matter, at: datetime) -> None:
        """End what was found without a measure: what comes of findings is not what is tried here."""
        finding = Complaint.objects.values_list("finding", flat=True).get(pk=matter.number)
        if finding and Finding.objects.filter(pk=finding, closed_at__isnull=True).exists():
            lead = hand("lead:3", Role.LEAD, at)
            enforcement.dismiss(lead, finding=finding, because=Dismissed.CURED, reason=WHY)

    def _decided(self, page: ComplaintShown, state: ComplaintState, by: Hand) -> str:
        if state is ComplaintState.UPHELD:
            if not page.opens_finding:
                actions.accept(by, complaint=page.number, reason=WHY, version=page.version)
                return ""
            actions.uphold(
                by,
                complaint=page.number,
                severity=Severity.MINOR,
                said=FOUND,
                reason=WHY,
                version=page.version,
            )
            return ""
        verb, reasons = _VERBS[state]
        because = self.dice.choice(reasons)
        verb(by, complaint=page.number, because=because, reason=WHY, version=page.version)
        return because.value


_VERBS: dict[ComplaintState, tuple[Callable[..., None], Sequence[StrEnum]]] = {
    ComplaintState.NOT_UPHELD: (actions.find_nothing, list(NothingBecause)),
    ComplaintState.OUTSIDE: (actions.find_outside, list(OutsideBecause)),
    ComplaintState.GONE: (actions.find_gone, list(GoneBecause)),
}
