"""When to try again: handlers, webhooks, and endpoints that rest."""

from __future__ import annotations

from datetime import timedelta

STUCK_AFTER = 5
"""Failed tries after which an effect shows up as stuck; it is tried on all the same."""

WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""Between a webhook's ten tries: 75 hours and a half, so that a shop that was down over a weekend gets it."""

TRIES = len(WAITS) + 1

LEASE = timedelta(seconds=60)
"""How long a worker has for a webhook before another takes it over; sending ends well before."""

RESTS_AFTER = 5
"""Failures in a row after which an endpoint rests and is only probed, one webhook at a time."""


def back_off(attempts: int) -> timedelta:
    """Return how long an effect waits after one more failure: 5 s, doubling, at most an hour."""
    return timedelta(seconds=min(5 * 2 ** min(attempts, 12), 3600))


def rest(failures: int) -> timedelta | None:
    """Return how long an endpoint rests after so many failures in a row: a minute, doubling, at most an hour."""
    beyond = failures - RESTS_AFTER
    return None if beyond < 0 else timedelta(minutes=min(2 ** min(beyond, 6), 60))
