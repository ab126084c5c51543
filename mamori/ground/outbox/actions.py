"""What is done with the outbox: events published, notices kept, effects worked off, webhooks delivered, tended."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from mamori.ground.outbox import delivering, notices, publishing
from mamori.ground.outbox.delivering import retry as retry, skip as skip
from mamori.ground.outbox.endpoints import (
    BadAddress as BadAddress,
    HttpsNeeded as HttpsNeeded,
    NoSuchDelivery as NoSuchDelivery,
    NoSuchEndpoint as NoSuchEndpoint,
    NoSuchKind as NoSuchKind,
    PortClosed as PortClosed,
    PrivateAddress as PrivateAddress,
    add_endpoint as add_endpoint,
    change_endpoint as change_endpoint,
    ping as ping,
    remove_endpoint as remove_endpoint,
    replay as replay,
    rotate_secret as rotate_secret,
)
from mamori.ground.outbox.models import Notice
from mamori.ground.outbox.notices import (
    Carriage as Carriage,
    Channel as Channel,
    Handed as Handed,
    Secret as Secret,
    notify as notify,
    notify_numbered as notify_numbered,
)
from mamori.ground.outbox.publishing import publish as publish, publish_all as publish_all


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
