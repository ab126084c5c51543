"""How long there still is, in words, by the hours that count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mamori.grammar.businesstime import Calendar, OutsideCalendar, elapsed
from mamori.grammar.text import Text

SOON = timedelta(hours=6)
MANY_DAYS = 5  # from here on nobody asks for the hours


class Standing(StrEnum):
    """How a clock stands; the name is the component's class."""

    RUNNING = "running"
    SOON = "soon"
    LATE = "late"
    STILL = "still"


@dataclass(frozen=True, slots=True)
class Remaining:
    """Where a clock stands and the words for what is left of it."""

    standing: Standing
    text: Text


def remaining(
    due_at: datetime,
    *,
    now: datetime,
    calendar: Calendar,
    stands_still: bool = False,
    every_day: bool = False,
) -> Remaining:
    """Return what is left until `due_at`; hours of closed days do not count, unless `every_day` does."""
    if stands_still:
        return Remaining(Standing.STILL, Text("止まっています", "Stands still"))
    if now >= due_at:
        over = now - due_at if every_day else _counted(due_at, now, calendar)
        return Remaining(Standing.LATE, _span(over, every_day=every_day).late)
    left = due_at - now if every_day else _counted(now, due_at, calendar)
    return Remaining(
        Standing.SOON if left < SOON else Standing.RUNNING, _span(left, every_day=every_day).left
    )


def _counted(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    try:
        return elapsed(start, end, calendar)
    except OutsideCalendar:
        return end - start


@dataclass(frozen=True, slots=True)
class _Span:
    amount: Text

    @property
    def left(self) -> Text:
        return Text("あと {amount}", "{amount} left").fill(amount=self.amount)

    @property
    def late(self) -> Text:
        return Text("{amount} 過ぎています", "{amount} overdue").fill(amount=self.amount)


def _span(time: timedelta, *, every_day: bool) -> _Span:
    """Round down to what a person would say: minutes, hours, or days of 24 counted hours with the hours beside."""
    minutes = int(time.total_seconds()) // 60
    if minutes < 1:
        return _Span(Text("1 分未満", "less than a minute"))
    if minutes < 60:
        return _Span(_many(minutes, "分", "minute"))
    days, hours = divmod(minutes // 60, 24)
    if not days:
        return _Span(_many(hours, "時間", "hour"))
    whole = _many(days, "日", "day") if every_day else _many(days, "営業日", "business day")
    if not hours or days >= MANY_DAYS:
        return _Span(whole)
    rest = _many(hours, "時間", "hour")
    return _Span(Text(f"{whole.ja}と {rest.ja}", f"{whole.en} and {rest.en}"))


def _many(count: int, ja: str, en: str) -> Text:
    return Text(f"{count} {ja}", f"{count} {en}{'' if count == 1 else 's'}")
