"""What others may ask: whether a seller was told something and has not answered; since when sellers, and everybody, are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

from mamori.grammar.text import Text
from mamori.law.news import NewsTopic
from mamori.rooms.outreach.models import IS_HELP, IS_PUBLIC, WAITS, Announcement, Campaign, SellerTold
from mamori.rooms.outreach.outlines import OUTLINES
from mamori.rooms.outreach.queries.settled import settled, settled_rows

__all__ = [
    "OUTLINES",
    "Announced",
    "announced",
    "first_announced_at",
    "first_told_at",
    "is_awaited",
    "settled",
    "settled_rows",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """An announcement as everybody reads it now, and when it was first published; of one that was withdrawn, why.

    `note` says what a correction corrects.  `changed_at` is when it came to be as it is.
    """

    first_at: datetime
    changed_at: datetime
    title: Text
    topic: Text
    body: Text
    note: Text | None
    withdrawn_because: str


def announced(since: datetime, until: datetime) -> tuple[Announced, ...]:
    """Return what was first published from `since` to before `until`, the oldest first, each in its newest version."""
    firsts = (
        Announcement.objects.exclude(published_at=None).values("series").annotate(first=Min("published_at"))
    )
    by_series = {row["series"]: row["first"] for row in firsts if since <= row["first"] < until}
    rows = Announcement.objects.filter(IS_PUBLIC, series__in=by_series).exclude(IS_HELP)
    return tuple(
        sorted((_announced(row, by_series[row.series]) for row in rows), key=lambda one: one.first_at)
    )


def _announced(row: Announcement, first: datetime) -> Announced:
    assert row.published_at is not None
    return Announced(
        first_at=first,
        changed_at=row.closed_at or row.published_at,
        title=Text(row.title, row.title_en or row.title),
        topic=NewsTopic(row.topic).text,
        body=Text(row.body, row.body_en or row.body),
        note=Text(row.note, row.note_en or row.note) if row.note else None,
        withdrawn_because=row.withdrawn_because,
    )


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
