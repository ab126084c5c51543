"""When mail is tried again, how long a worker may hold it, and how long a server that is away is left alone."""

from __future__ import annotations

from datetime import timedelta

WAITS = (
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=24),
)
"""Between the ten tries of a mail that its server puts off: about 71 hours, as mail servers themselves wait."""

TRIES = len(WAITS) + 1

LEASE = timedelta(minutes=4)
"""How long a worker has for a mail before another takes it over; sending ends well before."""

BATCH = 50
"""Mails that one worker takes at a time, over one connection."""

CONNECT_SECONDS = 10
COMMAND_SECONDS = 30
FINAL_SECONDS = 60
"""A server that checks what it was given answers late; whoever hangs up first gets it twice."""

PATIENCE_SECONDS = 15.0
"""After so long a worker begins no further mail, so that a code waits no longer behind others at a slow server.

Patience, a connection, three commands and the last answer together end within the lease.
"""

OVERDUE = timedelta(minutes=15)
"""A mail that waits longer than this beyond its turn is shown: the worker or the server is away."""


def rest(failures: int) -> timedelta:
    """Return how long a server that could not be reached is left alone: 5 s, doubling, at most a minute."""
    return timedelta(seconds=min(5 * 2 ** min(failures - 1, 4), 60))
