"""When a duration that starts now is over, and how much of it has passed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from mamori.grammar.businesstime.account import account
from mamori.grammar.businesstime.calendar import Calendar
from mamori.grammar.businesstime.duration import BusinessDays, CalendarDays, Duration, EveryHours, Hours
from mamori.grammar.businesstime.pause import Pause, Span, days_touched, spans
from mamori.grammar.text import Text


@dataclass(frozen=True, slots=True)
class Due:
    """The moment (in the calendar's zone), the version it rests on, and whether days may still move."""

    at: datetime
    calendar: str
    provisional: bool
    # The sentences cost ten times the sum: they are made when somebody reads them.
    _account: Callable[[], tuple[Text, ...]] = field(default=tuple, repr=False, compare=False)

    @property
    def why(self) -> tuple[Text, ...]:
        """Return the account in sentences: the rule, the days left out with their names, pauses, doubts."""
        return self._account()


def add(start: datetime, duration: Duration, calendar: Calendar, pauses: Iterable[Pause] = ()) -> Due:
    """Return when `duration` that starts at `start` is over.

    Hours: paused time does not count.  Business days: a day that a pause touches does not count.  Hours of
    every day and calendar days: closed days and pauses change nothing, but for a pause that stops all; calendar days then end at
    the next 24:00, and the end may lie behind the calendar's last day.
    """
    local = calendar.local(start)
    pauses = tuple(pauses)
    match duration:
        case Hours():
            end = _after_hours(local, duration, calendar, spans(pauses, calendar) if pauses else [])
        case EveryHours():
            end = _after_all(local, local + timedelta(hours=duration.count), pauses, calendar)
        case BusinessDays():
            touched = frozenset(o for span in spans(pauses, calendar) for o in days_touched(span))
            day = calendar.business_day(duration.count, local.date(), touched)
            end = datetime.fromordinal(day.toordinal() + 1)
        case _:
            last = datetime.fromordinal(local.toordinal() + duration.count + 1)
            end = _after_all(local, last, pauses, calendar) - timedelta.resolution
            end = datetime.fromordinal(end.toordinal() + 1)
    doubtful = (
        calendar.provisional_from is not None
        and type(duration) not in (CalendarDays, EveryHours)
        and (end - timedelta.resolution).date() >= calendar.provisional_from
    )
    told = partial(account, local, duration, end, calendar, pauses, provisional=doubtful)
    return Due(end.replace(tzinfo=calendar.zone), calendar.version, doubtful, told)


def _after_hours(local: datetime, duration: Hours, calendar: Calendar, stops: list[Span]) -> datetime:
    counted = calendar.counted(local) + timedelta(hours=duration.count)
    end = calendar.reached(counted)
    for begin, until in stops:
        if begin >= end:
            break
        if until > local:
            counted += calendar.counted(until) - calendar.counted(max(begin, local))
            end = calendar.reached(counted)
    return end


def _after_all(local: datetime, end: datetime, pauses: Iterable[Pause], calendar: Calendar) -> datetime:
    """Return when what ends at `end` is over, later by each pause on the way that stops all."""
    for begin, until in spans((one for one in pauses if one.stops_all), calendar):
        if begin < end:
            end += max(until - max(begin, local), timedelta())
    return end


def elapsed(start: datetime, end: datetime, calendar: Calendar, pauses: Iterable[Pause] = ()) -> timedelta:
    """Return the hours that count between two moments; none when `end` is not after `start`.

    `elapsed(start, add(start, Hours(n), …).at, …)` is n hours, with the same pauses too.
    """
    first, last = calendar.local(start), calendar.local(end, end=True)
    if last <= first:
        return timedelta()
    total = calendar.counted(last) - calendar.counted(first)
    for begin, until in spans(pauses, calendar):
        if begin < last and until > first:
            total -= calendar.counted(min(until, last)) - calendar.counted(max(begin, first))
    return total
