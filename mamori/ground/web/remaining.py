"""How long there still is, in words, by the hours that count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mamori.grammar.businesstime import Calendar, OutsideCalendar, elapsed
from mamori.grammar.text import Text

SOON = timedelta(hours=6)
WITHOUT = Text("（休みの日を除く）", ", closed days not counted")
STILL = Text("止まっています", "Stands still")
MANY_DAYS = 5  # from here on nobody asks for the hours


class Standing(StrEnum):
    """How a clock stands; the name is the component's class."""

    RUNNING = "running"
    SOON = "soon"
    LATE = "late"
    PAST = "past"
    STILL = "still"


@dataclass(frozen=True, slots=True)
class Remaining:
    """Where a clock stands and the words for what is left of it; `is_broken` where closed days lie among its hours.

    Then the watch says something else, and a page leads with the moment itself.
    """

    standing: Standing
    text: Text
    is_broken: bool = False


def remaining(
    due_at: datetime,
    *,
    now: datetime,
    calendar: Calendar,
    stands_still: bool = False,
    every_day: bool = False,
    alarm: bool = True,
) -> Remaining:
    """Return what is left until `due_at`; hours of closed days do not count, unless `every_day` does.

    Without `alarm` a moment that has passed is past, and nothing to be counted further.
    """
    if stands_still:
        return Remaining(Standing.STILL, STILL)
    if now >= due_at:
        if not alarm:
            return Remaining(Standing.PAST, Text("過ぎました", "This moment has passed"))
        late = _span(_passed(due_at, now, calendar, every_day))
        return Remaining(Standing.LATE, late.late, late.broken)
    passed = _passed(now, due_at, calendar, every_day)
    left = _span(passed)
    return Remaining(Standing.SOON if passed.time < SOON else Standing.RUNNING, left.left, left.broken)


class _Kind(StrEnum):
    """What a time is made of: all hours, business hours with closed days among them, or with none."""

    DAILY = "daily"
    BROKEN = "broken"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class _Passed:
    time: timedelta
    kind: _Kind


def _passed(start: datetime, end: datetime, calendar: Calendar, every_day: bool) -> _Passed:
    if every_day:
        return _Passed(end - start, _Kind.DAILY)
    try:
        counted = elapsed(start, end, calendar)
    except OutsideCalendar:
        counted = end - start
    return _Passed(counted, _Kind.WHOLE if counted == end - start else _Kind.BROKEN)


@dataclass(frozen=True, slots=True)
class _Span:
    amount: Text
    broken: bool = False

    @property
    def left(self) -> Text:
        return self._said(Text("あと {amount}{without}", "{amount} left{without}"))

    @property
    def late(self) -> Text:
        return self._said(Text("{amount} 過ぎています{without}", "{amount} overdue{without}"))

    def _said(self, text: Text) -> Text:
        return text.fill(amount=self.amount, without=WITHOUT if self.broken else "")


def _span(passed: _Passed) -> _Span:
    """Round down to what a person would say: minutes, hours, or days of 24 counted hours with the hours beside.

    “14 hours” on a Friday evening are not those of the watch: where closed days lie among them it is said.
    """
    minutes = int(passed.time.total_seconds()) // 60
    days, hours = divmod(minutes // 60, 24)
    if not days:
        return _Span(_hours(minutes), broken=passed.kind is _Kind.BROKEN)
    is_daily = passed.kind is _Kind.DAILY
    whole = _many(days, "日", "day") if is_daily else _many(days, "営業日", "business day")
    if not hours or days >= MANY_DAYS:
        return _Span(whole)
    rest = _many(hours, "時間", "hour")
    return _Span(Text(f"{whole.ja}と {rest.ja}", f"{whole.en} and {rest.en}"))


def _hours(minutes: int) -> Text:
    if minutes < 1:
        return Text("1 分未満", "less than a minute")
    return _many(minutes // 60, "時間", "hour") if minutes >= 60 else _many(minutes, "分", "minute")


def _many(count: int, ja: str, en: str) -> Text:
    return Text(f"{count} {ja}", f"{count} {en}{'' if count == 1 else 's'}")
