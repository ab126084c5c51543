"""Where something else stands about the matters of a room that is settled than should: all of them are looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib import import_module
from itertools import batched

from mamori.ground.clocks.newest import Newest, newest
from mamori.ground.matters.changes import Changes, changes
from mamori.ground.matters.settlement import span
from mamori.ground.matters.standing import Stands, runs
from tests.settled.tally import Tally


def differing(room: str, at: datetime, tally: Tally | None = None) -> Iterator[str]:
    """Say where something else stands about a room's matters than should, or lasts otherwise."""
    should: dict[str, Iterable[Stands]] = import_module(f"tests.settled.{room}").should()
    wanted, tally = {about: tuple(stands) for about, stands in should.items()}, tally or Tally()
    stood: dict[str, list[Newest]] = {}
    for some in batched(wanted, 500):
        for clock in newest(some):
            stood.setdefault(clock.about, []).append(clock)
    for about, stands in wanted.items():
        clocks = stood.get(about, [])
        if found := changes(stands, clocks, at=at):
            yield f"{about}: {_said(found)}"
        for one in runs(stands):
            for clock in clocks:
                if clock.done_at is None and (clock.kind, clock.started_at) == (one.code, one.since):
                    tally.compared(clock.kind)
                    if clock.duration != str(span(one)):
                        yield f"{about}: {clock.kind} lasts {clock.duration} and not {span(one)}"


def _said(found: Changes[Newest]) -> str:
    parts = {
        "start": [one.code for one in found.start],
        "stop": [one.kind for one in found.stop],
        "hold": [one.kind for one, _ in found.hold],
        "release": [one.kind for one in found.release],
        "reopen": [one.kind for one in found.reopen],
    }
    return ", ".join(f"{what} {' '.join(kinds)}" for what, kinds in parts.items() if kinds)
