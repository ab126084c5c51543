"""What is done with the outbox: events published, notices kept, effects worked off, webhooks delivered, tended."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from mamori.ground.outbox import delivering, notices, publishing
from mamori.ground.outbox.delivering import retry, skip
from mamori.ground.outbox.endpoints import (
    BadAddress,
    NoSuchDelivery,
    NoSuchEndpoint,
    NoSuchKind,
    PortClosed,
    PrivateAddress,
    add_endpoint,
    change_endpoint,
    ping,
    remove_endpoint,
    replay,
    rotate_secret,
)
from mamori.ground.outbox.models import Notice
from mamori.ground.outbox.notices import Carriage, Channel, Handed, Secret, notify, tell
from mamori.ground.outbox.publishing import publish, publish_all

__all__ = [
    "BadAddress",
    "Carriage",
    "Channel",
    "Handed",
    "NoSuchDelivery",
    "NoSuchEndpoint",
    "NoSuchKind",
    "PortClosed",
    "PrivateAddress",
    "Secret",
    "add_endpoint",
    "change_endpoint",
    "deliver",
    "notice_delivered",
    "notice_returned",
    "notify",
    "ping",
    "publish",
    "publish_all",
    "remove_endpoint",
    "replay",
    "retry",
    "rotate_secret",
    "skip",
    "tell",
    "work",
]


def work(*, at: datetime, limit: int = 100) -> int:
    """Work off effects that are due, each in its own transaction; return how many were taken in hand.

    A failing handler is rolled back alone and tried again later: it holds up its own subject only, and stays
    visible in `facts.stuck`.
    """
    return publishing.work(at=at, limit=limit)


def deliver(
    *, at: datetime, limit: int = 16, signed_at: datetime | None = None, to: int | None = None
) -> int:
    """Send webhooks that are due, to one endpoint or to all, and return how many were tried.

    `signed_at` is what receivers compare with their own clock; it differs from `at` only where time travels.
    """
    return delivering.deliver(at=at, limit=limit, signed_at=signed_at or at, to=to)


def notice_delivered(*, numbers: Collection[int], at: datetime) -> None:
    """Note that these notices reached who carries them on; their secrets are forgotten."""
    with transaction.atomic():
        for notice in Notice.objects.select_for_update().filter(pk__in=numbers).order_by("pk"):
            notices.delivered(notice, at)


def notice_returned(*, numbers: Collection[int]) -> None:
    """Note that nobody carries these notices further by mail: they are kept, without their secrets."""
    with transaction.atomic():
        for notice in Notice.objects.select_for_update().filter(pk__in=numbers).order_by("pk"):
            notices.returned(notice)
