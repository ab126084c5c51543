"""What should stand about an emergency look, and about a region in which clocks stand still: both are looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from mamori.ground.matters.standing import Asks, Runs
from mamori.law.deadlines import SECOND_READER, SUSPENSION_REVIEW
from mamori.rooms.contact.rules.asks import LOOK_WAITS
from mamori.rooms.contact.rules.clocks.partly import Partly, Standing


class StrickenNow(Protocol):
    """What of a suspension its clock rests on."""

    ended_at: datetime | None


def of_look(look: str, waits_since: datetime | None) -> Iterator[Standing]:
    """Yield what should stand about an emergency look; `waits_since` is when a second reader was asked for, None after one came.

    Where the wait in everybody's sight ended first, its clock runs on until it fires.
    """
    if waits_since is None:
        yield Partly(SECOND_READER, lacks="look.told_at", key=look, perhaps=True)
    else:
        yield Asks(LOOK_WAITS)
        yield Runs(SECOND_READER, since=waits_since, key=look, again=True)


def of_suspension(one: StrickenNow) -> Iterator[Standing]:
    """Yield when a suspension that is in force is looked at again."""
    if one.ended_at is None:
        yield Partly(SUSPENSION_REVIEW, lacks="suspension.declared_at", again=True)
