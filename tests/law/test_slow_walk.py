"""Business time agrees with a slow walk over a wall calendar that shares neither its code nor its holidays."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from functools import cache

import jpholiday

from mamori.grammar.businesstime import BusinessDays, CalendarDays, Duration, EveryHours, Hours, add
from mamori.japan.calendar import JAPAN, japanese_calendar

DAY = timedelta(days=1)


@cache
def is_open(day: date) -> bool:
    return day.weekday() < 5 and not jpholiday.is_holiday(day)


def walked(start: datetime, duration: Duration) -> datetime:
    """Return the end, found day by day as a person does."""
    midnight, left = datetime.combine(start.date(), datetime.min.time()) + DAY, duration.count
    if isinstance(duration, EveryHours):
        return start + timedelta(hours=left)
    if isinstance(duration, Hours):
        now, hours = start, timedelta(hours=left)
        while hours > (today := midnight - now if is_open(now.date()) else timedelta()):
            hours, now, midnight = hours - today, midnight, midnight + DAY
        return now + hours
    while left:
        left -= isinstance(duration, CalendarDays) or is_open(midnight.date())
        midnight += DAY
    return midnight


def as_often_done_wrong(start: datetime, hours: int) -> datetime:
    """Return the planted answer: on to the next business day, days added, the time of day kept."""
    while not is_open(start.date()):
        start += DAY
    for _ in range(hours // 24):
        start += DAY
        while not is_open(start.date()):
            start += DAY
    return start


def test_two_thousand_starts_of_twenty_years_end_as_a_person_counts_on_the_wall() -> None:
    calendar, dice, wrong = japanese_calendar(), random.Random(20261201), 0

    for _ in range(2_000):
        grain = dice.choice((1, 60, 3_600, 86_400))
        start = datetime.fromisoformat("2015-01-01") + timedelta(
            seconds=dice.randrange(20 * 365 * 86_400) // grain * grain
        )
        kind = dice.choice((Hours, BusinessDays, CalendarDays, EveryHours))
        duration = kind(dice.randint(1, 200 if kind in (Hours, EveryHours) else 30))
        end = add(start.replace(tzinfo=JAPAN), duration, calendar).at.astimezone(JAPAN).replace(tzinfo=None)

        assert end == walked(start, duration), (start, duration)
        if kind is Hours:
            wrong += end != as_often_done_wrong(start, duration.count)

    assert wrong > 0
