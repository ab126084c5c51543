"""What others may ask: whether a seller was told something and has not answered; since when sellers, and everybody, are told."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Min

from mamori.rooms.outreach.models import IS_HELP, WAITS, Announcement, Campaign, SellerTold
from mamori.rooms.outreach.outlines import OUTLINES

__all__ = ["OUTLINES", "first_announced_at", "first_told_at", "is_awaited"]


def is_awaited(seller_ref: str) -> bool:
    """Say whether a seller was told something and has not answered."""
    return SellerTold.objects.filter(WAITS, seller_ref=seller_ref).exists()


def first_told_at() -> datetime | None:
    """Return when sellers were first told something, or nothing where no campaign ever started."""
    first: datetime | None = Campaign.objects.aggregate(first=Min("started_at"))["first"]
    return first


def first_announced_at() -> datetime | None:
    """Return when something was first published among the news, or nothing while nothing was."""
    first: datetime | None = Announcement.objects.exclude(IS_HELP).aggregate(first=Min("published_at"))[
        "first"
    ]
    return first
