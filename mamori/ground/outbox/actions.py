"""What is done with the outbox: events published, notices kept, effects worked off, webhooks delivered, tended."""

from __future__ import annotations

from datetime import datetime

from mamori.ground.outbox import delivering, working
from mamori.ground.outbox.endpoints import add_endpoint, remove_endpoint, rotate_secret
from mamori.ground.outbox.notices import Channel, notify
from mamori.ground.outbox.publishing import publish
from mamori.ground.outbox.tending import retry, skip

__all__ = [
    "Channel",
    "add_endpoint",
    "deliver",
    "notify",
    "publish",
    "remove_endpoint",
    "retry",
    "rotate_secret",
    "skip",
    "work",
]


def work(*, at: datetime, limit: int = 100) -> int:
    """Work off effects that are due, each in its own transaction; return how many were taken in hand.

    A failing handler is rolled back alone and tried again later: it holds up its own subject only, and stays
    visible in `facts.stuck`.
    """
    return working.work(at=at, limit=limit)


def deliver(*, at: datetime, limit: int = 16, signed_at: datetime | None = None) -> int:
    """Send webhooks that are due and return how many were tried.

    `signed_at` is what receivers compare with their own clock; it differs from `at` only where time travels.
    """
    return delivering.deliver(at=at, limit=limit, signed_at=signed_at or at)
