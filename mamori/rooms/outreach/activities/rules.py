"""Pure rules of activities: what is asked for next, and until which day each clock runs."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Protocol

from mamori.grammar.businesstime import CalendarDays, EveryHours
from mamori.ground.matters.standing import Asks, Runs
from mamori.japan.calendar import JAPAN
from mamori.law.activities import ACTIVITY_ACTION, ACTIVITY_DAY, ACTIVITY_FOLLOW_UP, ACTIVITY_NEXT
from mamori.rooms.outreach.lifecycle import ActivityState

MOST_MONTHS = 36
"""The next one of a series is due after so many months at most."""


class ActivityNow(Protocol):
    """What the rules read of an activity."""

    state: str
    on: date
    dated_at: datetime
    held_at: datetime | None
    closed_at: datetime | None
    every_months: int
    line: str
    released_at: datetime | None


class ActionNow(Protocol):
    """What the rules read of something that was agreed."""

    pk: int
    on: date
    added_at: datetime
    done_at: datetime | None


def of_activity(one: ActivityNow, actions: Iterable[ActionNow], *, has_next: bool) -> Iterator[Runs | Asks]:
    """Yield what is asked for next, and the clocks: of its day, what was agreed, what came of it, and the next of a series.

    No clock does anything but remind.  A series goes on although one was called off, until somebody says that it is over.
    """
    state = ActivityState(one.state)
    if state is ActivityState.PLANNED:
        yield Asks("hold")
        yield Runs(ACTIVITY_DAY, since=one.dated_at, span=until(one.dated_at, one.on))
    for each in actions:
        if each.done_at is None:
            yield Asks("finish_action")
            yield Runs(
                ACTIVITY_ACTION, since=each.added_at, span=until(each.added_at, each.on), key=str(each.pk)
            )
    if one.line and one.released_at is None:
        yield Asks("release")
    if state is ActivityState.HELD and one.held_at is not None:
        yield Asks("follow_up")
        yield Runs(ACTIVITY_FOLLOW_UP, since=one.held_at, again=True)
    since = one.held_at or one.closed_at
    if one.every_months and since is not None and not has_next:
        yield Asks("next")
        yield Runs(ACTIVITY_NEXT, since=since, span=until(since, months_after(one.on, one.every_months)))


def until(since: datetime, day: date) -> CalendarDays | EveryHours:
    """Return how long it is until a day in Japan begins; in whole hours, never less than one, from the day before on."""
    days = (day - since.astimezone(JAPAN).date()).days
    if days > 1:
        return CalendarDays(days - 1)
    left = datetime.combine(day, datetime.min.time(), JAPAN) - since
    return EveryHours(max(1, -(-left // timedelta(hours=1))))


def months_after(day: date, months: int) -> date:
    """Return the day so many months later, the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
