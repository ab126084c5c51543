"""What has to change so that what stands about a matter is what should: decided purely, from values alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from mamori.grammar.text import Text
from mamori.ground.matters.standing import Runs, Stands, runs


class Stood(Protocol):
    """A clock as it stands, or as it ended: `done_at` is None while it is open, `rang` says that it fired."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def started_at(self) -> datetime: ...
    @property
    def due_at(self) -> datetime: ...
    @property
    def paused_since(self) -> datetime | None: ...
    @property
    def done_at(self) -> datetime | None: ...
    @property
    def fired(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Changes[S: Stood]:
    """What is done about clocks, each list in the order in which it was asked for; nothing where all is as it should be.

    What starts with a `still` is held at once; what is reopened runs on as though it had not been stopped.
    """

    start: tuple[Runs, ...] = ()
    stop: tuple[S, ...] = ()
    hold: tuple[tuple[S, Text], ...] = ()
    release: tuple[S, ...] = ()
    reopen: tuple[S, ...] = ()

    def __bool__(self) -> bool:
        """Say whether anything has to change."""
        return bool(self.start or self.stop or self.hold or self.release or self.reopen)


def changes[S: Stood](should: Iterable[Stands], stood: Sequence[S], *, at: datetime) -> Changes[S]:
    """Compare the clocks that should stand about one matter with those that do; `stood` holds the newest of each, open or over.

    A clock is the same as long as its kind, key and `since` are: the duration that it was started with is left alone, and
    what is due at `at` is not held any more.  What should not stand, or should since another moment, is stopped.
    """
    start: list[Runs] = []
    hold: list[tuple[S, Text]] = []
    release: list[S] = []
    reopen: list[S] = []
    kept: set[int] = set()
    for one in runs(should):
        same = _same(one, stood)
        if same is None:
            start.append(one)
        elif same.fired:
            if one.again and same.done_at is not None:
                start.append(replace(one, since=same.done_at))
        else:
            kept.add(same.id)
            if same.done_at is not None:
                reopen.append(same)
            if one.still is None:
                if same.paused_since is not None and same.done_at is None:
                    release.append(same)
            elif (same.paused_since is None or same.done_at is not None) and same.due_at > at:
                hold.append((same, one.still))
    stop = tuple(one for one in stood if one.done_at is None and one.id not in kept)
    return Changes(tuple(start), stop, tuple(hold), tuple(release), tuple(reopen))


def _same[S: Stood](one: Runs, stood: Sequence[S]) -> S | None:
    """Return the clock that stands for what is asked: of one that runs again and again the newest since its beginning."""
    found = [
        clock
        for clock in stood
        if (clock.kind, clock.key) == (one.code, one.key)
        and (clock.started_at >= one.since if one.again else clock.started_at == one.since)
    ]
    return max(found, key=lambda clock: (clock.done_at is None, clock.started_at, clock.id), default=None)
