"""What trials and their victims share: the actor of the command line, what is counted, and how long a planted fault is open."""

from __future__ import annotations

from datetime import UTC, datetime

from mamori.grammar.actor import Actor, Role

LONG = 0.4
"""Seconds that a planted fault lasts, so that it is met even where many others use the machine."""
ASKED, HEARD, RUNG = "bench.asked", "bench.heard", "bench.rung"
KINDS = frozenset({ASKED, HEARD, RUNG})


def actor(at: datetime | None = None) -> Actor:
    """Return the actor of the command line, now or at a moment."""
    return Actor(by="machine:bench", role=Role.MACHINE, at=at or datetime.now(UTC), via="bench")
