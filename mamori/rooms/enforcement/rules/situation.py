"""What the policy table is asked: a breach in declared bands, and what the table answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.measure import Reach, Severity
from mamori.grammar.text import Text
from mamori.law.measures import measure


class History(StrEnum):
    """What went before, in bands of the points that still count; the edges are the policy's own."""

    NONE = "none"
    FEW = "few"
    SEVERAL = "several"
    MANY = "many"


class Cure(StrEnum):
    """Whether the seller has put it right by itself."""

    OPEN = "open"
    CURED = "cured"


HISTORY_TEXTS = {
    History.NONE: Text("なし", "none"),
    History.FEW: Text("少し", "a few"),
    History.SEVERAL: Text("何度か", "several"),
    History.MANY: Text("何度も", "many"),
}
CURE_TEXTS = {
    Cure.OPEN: Text("直っていない", "not put right"),
    Cure.CURED: Text("自ら直した", "put right"),
}


type Pair = tuple[tuple[str, int], ...]
"""A measure with its days, and one beside it at most."""
type Weight = tuple[tuple[int, int], ...]
"""How grave a pair is; these compare."""


def pair_of(measure: str, days: int, beside: str, beside_days: int) -> Pair:
    """Return a measure, and the one beside it where there is one."""
    return ((measure, days), (beside, beside_days)) if beside else ((measure, days),)


def weigh(pair: Pair) -> Weight:
    """Return how grave a pair is, its graver measure first: with one beside it graver than alone."""
    return tuple(sorted(((measure(code).gravity, days) for code, days in pair), reverse=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One case as the table sees it; every field is a declared band."""

    breach: str
    severity: Severity
    history: History
    cure: Cure
    harm: Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the table answers: the measure, its days (0: it has no end), the points that count, and the row that fired.

    `beside` is a measure on the account that comes with it, "" where none does.
    """

    measure: str
    days: int
    points: int
    row: str
    beside: str = ""
    beside_days: int = 0

    @property
    def pair(self) -> Pair:
        """Return the measure, and the one beside it where there is one, each with its days."""
        return pair_of(self.measure, self.days, self.beside, self.beside_days)

    @property
    def weight(self) -> Weight:
        """Return how grave it is: of its graver measure the gravity, then the days; then of the other."""
        return weigh(self.pair)
