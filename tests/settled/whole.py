"""Where something else stands about the matters of a room that is settled than should: all of them are looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib import import_module
from itertools import batched

from mamori.ground.clocks.standing import Newest, newest
from mamori.ground.market.models import Impediment
from mamori.ground.matters.changes import Changes, changes
from mamori.ground.matters.settlement import span
from mamori.ground.matters.standing import Hinders, Stands, hinders, runs
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
    yield from _hindering(room, wanted)


def _hindering(room: str, wanted: dict[str, tuple[Stands, ...]]) -> Iterator[str]:
    """Say what hinders a seller on account of these matters and should not, or should and does not."""
    rows = Impediment.objects.filter(about__startswith=f"{room}.")
    stood = {(row.about, row.code, row.until) for row in rows if row.about in wanted}
    should = {
        (about, one.code, one.until)
        for about, stands in wanted.items()
        for one in hinders(stands)
        if isinstance(one, Hinders)
    }
    for about, code, until in stood ^ should:
        yield f"{about}: {code} until {until} {'should hinder' if (about, code, until) in should else 'should not hinder'}"


def _said(found: Changes[Newest]) -> str:
    parts = {
        "start": [one.code for one in found.start],
        "stop": [one.kind for one in found.stop],
        "hold": [one.kind for one, _ in found.hold],
        "release": [one.kind for one in found.release],
        "reopen": [one.kind for one in found.reopen],
    }
    return ", ".join(f"{what} {' '.join(kinds)}" for what, kinds in parts.items() if kinds)
