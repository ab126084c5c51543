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
    """What the table answers: the measure, its days (0: it has no end), the points that count, and the row that fired."""

    measure: str
    days: int
    points: int
    row: str

    @property
    def weight(self) -> tuple[int, int]:
        """Return how grave it is: its measure's gravity, then its days."""
        return measure(self.measure).gravity, self.days
