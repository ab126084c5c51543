"""What went before, as points: which count at a moment, and how often the same breach was decided upon."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.measure import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Points of one decision, from `at` until `until`, or until `ended_at` where it was reversed."""

    points: int
    at: datetime
    until: datetime
    ended_at: datetime | None = None

    def count_at(self, at: datetime) -> bool:
        """Say whether they count at a moment."""
        return self.at <= at < self.until and (self.ended_at is None or at < self.ended_at)


def total(strikes: Iterable[Points], at: datetime) -> int:
    """Return the points that count at a moment."""
    return sum(strike.points for strike in strikes if strike.count_at(at))


def severity_after(severity: Severity, *, before: int, times: int) -> Severity:
    """Return the severity of a breach of which `before` like it were decided upon lately: one band graver from `times` on."""
    if times and before >= times and severity is Severity.MINOR:
        return Severity.SERIOUS
    return severity
