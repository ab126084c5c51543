"""The operator's choices that every request needs: asked of `terms` once in a few seconds, not each time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mamori.ground.people.facts import Profile, Size, Stay, Stays
from mamori.ground.terms import facts as terms
from mamori.law.deadlines import LONE_DELAY
from mamori.law.settings import (
    COUNTS_AFTER,
    OUTSIDE_READER,
    PEOPLE_SIZE,
    STAFF_IDLE,
    STAFF_STAY,
    VISITOR_IDLE,
    VISITOR_STAY,
)

FRESH = timedelta(seconds=5)


@dataclass(slots=True)
class _Kept:
    stays: Stays | None = None
    at: datetime | None = None


_KEPT = _Kept()


def stays(at: datetime) -> Stays:
    """Return how long staff and visitors may stay, as the operator has set it."""
    if _KEPT.stays is None or _KEPT.at is None or not timedelta() <= at - _KEPT.at < FRESH:
        _KEPT.stays, _KEPT.at = _asked(at), at
    return _KEPT.stays


def forget() -> None:
    """Ask again at the next request; tests begin with it."""
    _KEPT.stays = None


def profile(at: datetime) -> Profile:
    """Return the operator's size, delay, outside reader, and after how long somebody counts."""
    return Profile(
        size=Size(terms.setting(PEOPLE_SIZE, at=at)),
        delay=terms.duration(LONE_DELAY, at=at),
        reader=terms.setting(OUTSIDE_READER, at=at),
        counts_after=timedelta(days=terms.setting(COUNTS_AFTER, at=at)),
    )


def _asked(at: datetime) -> Stays:
    return Stays(
        staff=Stay(
            idle=timedelta(minutes=terms.setting(STAFF_IDLE, at=at)),
            whole=timedelta(hours=terms.setting(STAFF_STAY, at=at)),
        ),
        visitors=Stay(
            idle=timedelta(minutes=terms.setting(VISITOR_IDLE, at=at)),
            whole=timedelta(hours=terms.setting(VISITOR_STAY, at=at)),
        ),
    )
