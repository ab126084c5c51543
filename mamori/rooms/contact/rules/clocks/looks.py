"""What should stand about an emergency look, which is looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from mamori.ground.matters.standing import Asks, Runs
from mamori.law.deadlines import LOOK_HELD, LOOK_TOLD, SECOND_READER
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


def of_telling(look: str) -> Iterator[Standing]:
    """Yield the clocks by which the parties are told of a look, or a person is asked again whether they can be."""
    for kind in (LOOK_TOLD, LOOK_HELD):
        yield Partly(kind, lacks="look.told_at", key=look, perhaps=True)
