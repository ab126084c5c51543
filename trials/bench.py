"""What trials and their victims share: the hand of the command line, what is counted, and how long a planted fault is open."""

from __future__ import annotations

from datetime import UTC, datetime

from mamori.grammar.hand import Hand, Role

LONG = 0.4
"""Seconds that a planted fault lasts, so that it is met even where many others use the machine."""
ASKED, HEARD, RUNG = "bench.asked", "bench.heard", "bench.rung"
KINDS = frozenset({ASKED, HEARD, RUNG})


def hand(at: datetime | None = None) -> Hand:
    """Return the hand of the command line, now or at a moment."""
    return Hand(by="machine:bench", role=Role.MACHINE, at=at or datetime.now(UTC), via="bench")
