"""The open clocks of a matter as an act carries them: read once, new ones written together at its end."""

from __future__ import annotations

from datetime import datetime

from mamori.ground.clocks.models import IS_OPEN, STOPPED, Clock
from mamori.ground.declared import memory

OPEN, NEW = "clocks.open", "clocks.new"


def none_yet(about: str) -> None:
    """Note that a matter was begun just now, which no clock can be about."""
    memory.put(OPEN, about, [])


def open_of(about: str) -> list[Clock]:
    """Return the open clocks of a matter, in no order; those of an act that are not written yet have no number."""
    return memory.of(OPEN, about, lambda: _read(about))


def add(clock: Clock) -> None:
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


def stop(about: str, named: dict[str, str], *, at: datetime, why: str) -> int:
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


def write() -> None:
    """Write the new ones that wait, for a reader of more than one matter."""
    memory.write(NEW)


def settled(about: str) -> None:
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
