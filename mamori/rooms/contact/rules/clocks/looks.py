"""What should stand about an emergency look, which is looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from mamori.ground.matters.standing import Asks, Runs
from mamori.law.deadlines import SECOND_READER
from mamori.rooms.contact.rules.asks import LOOK_WAITS
from mamori.rooms.contact.rules.clocks.partly import Partly, Standing


def of_look(look: str, waits_since: datetime | None) -> Iterator[Standing]:
    """Yield what should stand about an emergency look; `waits_since` is when a second reader was asked for, None after one came.

    Where the wait in everybody's sight ended first, its clock runs on until it fires.
    """
    if waits_since is None:
        yield Partly(SECOND_READER, lacks="look.told_at", key=look, perhaps=True)
    else:
        yield Asks(LOOK_WAITS)
        yield Runs(SECOND_READER, since=waits_since, key=look, again=True)
