"""What stands about matters: calendar, pauses, open clocks, the newest of each kind; read in one look, changed by one act."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NotRequired, TypedDict

from django.db.models import Max, Q

from mamori.grammar import businesstime
from mamori.grammar.businesstime import Calendar, Due, Duration, Pause
from mamori.grammar.text import Text
from mamori.ground.clocks.models import IS_OPEN, RUNG, STOPPED, Clock
from mamori.ground.declared import memory

type Source = Callable[[], Calendar]

_SOURCES: list[Source] = []


def use_calendar(source: Source) -> None:
    """Ask `source` for the calendar from now on; clocks that were set by another wait for `actions.recompute`."""
    _SOURCES[:] = [source]


def calendar_in_use() -> Calendar:
    """Return the calendar that clocks go by."""
    if not _SOURCES:
        raise LookupError("no calendar: site/wiring.py has not called clocks.calendars.use")
    return _SOURCES[0]()


class SavedPause(TypedDict):
    """A pause as it stands in the row; `end` is empty while the clock stands still."""

    start: str
    end: str | None
    ja: str
    en: str
    all: NotRequired[bool]


def saved_pauses(pauses: Sequence[Pause]) -> list[SavedPause]:
    """Return pauses as they go into the row."""
    return [_saved(one) for one in pauses]


def _saved(one: Pause) -> SavedPause:
    said = SavedPause(
        start=one.start.isoformat(), end=one.end.isoformat(), ja=one.reason.ja, en=one.reason.en
    )
    return {**said, "all": True} if one.stops_all else said


def pause_opened(start: datetime, reason: Text) -> SavedPause:
    """Return a pause that has begun and not ended."""
    return SavedPause(start=start.isoformat(), end=None, ja=reason.ja, en=reason.en)


def pauses_ended(pauses: Sequence[SavedPause]) -> tuple[Pause, ...]:
    """Return the pauses of a row that have an end, as business time reads them."""
    return tuple(
        Pause(
            datetime.fromisoformat(p["start"]),
            datetime.fromisoformat(p["end"]),
            Text(p["ja"], p["en"]),
            stops_all=p.get("all", False),
        )
        for p in pauses
        if p["end"] is not None
    )


def open_because(pauses: Sequence[SavedPause]) -> Text | None:
    """Return why the clock stands still, None when it runs."""
    last = pauses[-1] if pauses else None
    return Text(last["ja"], last["en"]) if last and last["end"] is None else None


def open_since(pauses: Sequence[SavedPause]) -> datetime | None:
    """Return since when the clock stands still, None when it runs."""
    last = pauses[-1] if pauses else None
    return datetime.fromisoformat(last["start"]) if last and last["end"] is None else None


# The open clocks of a matter as an act carries them: read once, new ones written together at its end.


OPEN, NEW = "clocks.open", "clocks.new"


def no_clocks_yet(about: str) -> None:
    """Note that a matter was begun just now, which no clock can be about."""
    memory.put(OPEN, about, [])


def open_of(about: str) -> list[Clock]:
    """Return the open clocks of a matter, in no order; those of an act that are not written yet have no number."""
    return memory.of(OPEN, about, lambda: _read(about))


def add_clock(clock: Clock) -> None:
    """Keep a new clock.

    :raises IntegrityError: when such a clock is already open; at the end of the act where it has not read the others.
    """
    others: list[Clock] | None = memory.all_of(OPEN).get(clock.about)
    if not memory.is_carried() or any((one.kind, one.key) == (clock.kind, clock.key) for one in others or ()):
        clock.save(force_insert=True)
    else:
        memory.of(NEW, "", list[Clock]).append(clock)
        memory.later(NEW, _write)
    if others is not None:
        others.append(clock)


def stop_clock(about: str, named: dict[str, str], *, at: datetime, why: str) -> int:
    """Stop those open clocks of a matter that have this kind and key; return how many."""
    done = {"done_at": at, "outcome": STOPPED, "why": why, "error": ""}
    if not memory.is_carried():
        return Clock.objects.filter(IS_OPEN, about=about, **named).update(**done)
    over = [
        one for one in open_of(about) if all(getattr(one, field) == value for field, value in named.items())
    ]
    for one in over:
        open_of(about).remove(one)
        for field, value in done.items():
            setattr(one, field, value)
    new, numbers = [one for one in over if one.pk is None], [one.pk for one in over if one.pk is not None]
    return len(new) + (Clock.objects.filter(IS_OPEN, pk__in=numbers).update(**done) if numbers else 0)


def write_clocks() -> None:
    """Write the new ones that wait, for a reader of more than one matter."""
    memory.write(NEW)


def matters_settled(about: str) -> None:
    """Write what waits and read the clocks of this matter anew, as they are changed in another way."""
    memory.write(NEW)
    memory.drop(OPEN, about)


def _read(about: str) -> list[Clock]:
    memory.write(NEW)
    return list(Clock.objects.filter(IS_OPEN, about=about))


def _write() -> None:
    rows = memory.of(NEW, "", list[Clock])
    Clock.objects.bulk_create(rows)
    memory.forget(NEW)


# What stands about matters, the newest clock of each kind and key, read in one look; and what one act changes of it.


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
    fired: bool
    pauses: tuple[SavedPause, ...]

    @property
    def paused_since(self) -> datetime | None:
        """Return since when it is held, None where it is not."""
        return open_since(self.pauses)


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
    write_clocks()
    of_these = Clock.objects.filter(about__in=list(abouts))
    last = of_these.values("about", "kind", "key").annotate(last=Max("pk")).values("last")
    return tuple(_newest(row) for row in of_these.filter(IS_OPEN | Q(pk__in=last)).order_by("pk"))


def begin(several: Sequence[Begin]) -> tuple[Newest, ...]:
    """Start several clocks at once and return them as they stand.

    :raises IntegrityError: when such a clock is already open.
    """
    if not several:
        return ()
    _change(several)
    calendar = calendar_in_use()
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
    held = replace(clock, pauses=(*clock.pauses, pause_opened(at, reason)))
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
        ended = SavedPause(**{**pauses[-1], "end": max(at or begun, begun).isoformat()})
        pauses = (*pauses[:-1], ended)
    due = businesstime.add(
        clock.started_at, businesstime.parse(clock.duration), calendar_in_use(), pauses_ended(pauses)
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
    return replace(clock, done_at=None, fired=False, due_at=due.at, pauses=pauses)


def _change(several: Sequence[Newest | Begin]) -> None:
    """Let an act that has read the clocks of these matters read them anew."""
    for about in {one.about for one in several}:
        matters_settled(about)


def row_of(one: Begin, due: Due) -> Clock:
    """Return the row of a clock that begins and is due then; it is not written yet."""
    held = [pause_opened(one.at, one.held)] if one.held else []
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
        pauses=[*saved_pauses(one.pauses), *held],
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
        fired=row.outcome == RUNG,
        pauses=tuple(row.pauses),
    )
