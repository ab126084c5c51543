"""What stands about matters, the newest clock of each kind and key, read in one look; and what one act changes of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Max, Q

from mamori.grammar import businesstime
from mamori.grammar.businesstime import Due, Duration, Pause
from mamori.grammar.text import Text
from mamori.ground.clocks import calendars, carried
from mamori.ground.clocks import pauses as paused
from mamori.ground.clocks.models import IS_OPEN, RUNG, STOPPED, Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Newest:
    """The newest clock of a kind and key: open while `done_at` is None; `rang` says whether it fired in the end."""

    id: int
    about: str
    kind: str
    key: str
    started_at: datetime
    duration: str
    due_at: datetime
    done_at: datetime | None
    rang: bool
    pauses: tuple[paused.Kept, ...]

    @property
    def paused_since(self) -> datetime | None:
        """Return since when it is held, None where it is not."""
        return paused.open_since(self.pauses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Begin:
    """A clock that starts `since` a moment; the time of `pauses` does not count, and where `held` it stands still from `at`."""

    kind: str
    about: str
    key: str
    since: datetime
    duration: Duration
    at: datetime
    pauses: tuple[Pause, ...] = ()
    held: Text | None = None


def newest(abouts: Collection[str]) -> tuple[Newest, ...]:
    """Return the newest clock of each kind and key about each of these things, open or over, in one look."""
    if not abouts:
        return ()
    carried.write()
    of_these = Clock.objects.filter(about__in=list(abouts))
    last = of_these.values("about", "kind", "key").annotate(last=Max("pk")).values("last")
    return tuple(_newest(row) for row in of_these.filter(IS_OPEN | Q(pk__in=last)).order_by("pk"))


def begin(several: Sequence[Begin]) -> tuple[Newest, ...]:
    """Start several clocks at once and return them as they stand.

    :raises Refusal: when business time cannot be computed, such as a start outside the calendar.
    :raises IntegrityError: when such a clock is already open.
    """
    if not several:
        return ()
    _change(several)
    calendar = calendars.in_use()
    rows = Clock.objects.bulk_create(
        row_of(one, businesstime.add(one.since, one.duration, calendar, one.pauses)) for one in several
    )
    return tuple(_newest(row) for row in rows)


def end(clocks: Sequence[Newest], *, at: datetime, why: str) -> None:
    """Stop these clocks, as far as they are open, because of `why`."""
    _change(clocks)
    over = {"done_at": at, "outcome": STOPPED, "why": why[:200], "error": ""}
    Clock.objects.filter(IS_OPEN, pk__in=[one.id for one in clocks]).update(**over)


def hold(clock: Newest, *, at: datetime, reason: Text) -> Newest:
    """Let an open clock stand still from `at`, and return it as it stands."""
    _change([clock])
    held = replace(clock, pauses=(*clock.pauses, paused.opened(at, reason)))
    Clock.objects.filter(IS_OPEN, pk=clock.id).update(pauses=list(held.pauses), next_try_at=None)
    return held


def release(clock: Newest, *, at: datetime) -> Newest:
    """Let a clock that is held run on from `at`, due later by what that took, and return it as it stands."""
    return _run(clock, at)


def reopen(clock: Newest) -> Newest:
    """Let a clock run on as though it had not been stopped, and return it as it stands."""
    return _run(clock, clock.done_at)


def _run(clock: Newest, at: datetime | None) -> Newest:
    """Write a clock as it runs; where it is held the pause ends at `at`, never before it began: time may have gone back."""
    _change([clock])
    pauses = clock.pauses
    if (begun := clock.paused_since) is not None:
        ended = paused.Kept(**{**pauses[-1], "end": max(at or begun, begun).isoformat()})
        pauses = (*pauses[:-1], ended)
    due = businesstime.add(
        clock.started_at, businesstime.parse(clock.duration), calendars.in_use(), paused.ended(pauses)
    )
    Clock.objects.filter(pk=clock.id).update(
        done_at=None,
        outcome="",
        why="",
        due_at=due.at,
        next_try_at=due.at,
        calendar=due.calendar,
        provisional=due.provisional,
        pauses=list(pauses),
    )
    return replace(clock, done_at=None, rang=False, due_at=due.at, pauses=pauses)


def _change(several: Sequence[Newest | Begin]) -> None:
    """Let an act that has read the clocks of these matters read them anew."""
    for about in {one.about for one in several}:
        carried.settled(about)


def row_of(one: Begin, due: Due) -> Clock:
    """Return the row of a clock that begins and is due then; it is not written yet."""
    held = [paused.opened(one.at, one.held)] if one.held else []
    return Clock(
        kind=one.kind,
        about=one.about,
        key=one.key,
        started_at=one.since,
        duration=str(one.duration),
        due_at=due.at,
        next_try_at=None if held else due.at,
        calendar=due.calendar,
        provisional=due.provisional,
        pauses=[*paused.kept(one.pauses), *held],
    )


def _newest(row: Clock) -> Newest:
    return Newest(
        id=row.pk,
        about=row.about,
        kind=row.kind,
        key=row.key,
        started_at=row.started_at,
        duration=row.duration,
        due_at=row.due_at,
        done_at=row.done_at,
        rang=row.outcome == RUNG,
        pauses=tuple(row.pauses),
    )
