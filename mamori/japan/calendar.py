"""Japan's calendar: days of work and of banks, months, and how a moment is said."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache
from importlib.resources import files

from mamori.grammar.businesstime import Calendar, ClosedDay, due_text, moment_text
from mamori.grammar.text import Text

JAPAN = timezone(timedelta(hours=9), "Asia/Tokyo")  # no clock changes since 1951


@cache
def japanese_calendar() -> Calendar:
    """Return the calendar; years after the last officially published one are provisional."""
    table = json.loads(files("mamori.japan").joinpath("holidays.json").read_text("utf-8"))
    return Calendar(
        zone=JAPAN,
        first=date(table["first_year"], 1, 1),
        last=date(table["last_year"], 12, 31),
        closed=tuple(
            ClosedDay(date.fromisoformat(day), Text(*names)) for day, names in table["days"].items()
        ),
        version=table["version"],
        provisional_from=date(table["official_through"] + 1, 1, 1),
    )


DAY = Text("振込日", "the day of payment")
YEARS_END = Text("銀行の年末年始の休み", "banks are closed at the turn of the year")


def why_banks_close(day: date) -> Text | None:
    """Return what closes the banks on a day, or nothing when they are open."""
    if (day.month, day.day) in {(12, 31), (1, 2), (1, 3)}:
        return YEARS_END
    calendar = japanese_calendar()
    if not calendar.first <= day <= calendar.last:
        raise calendar.outside(DAY)
    return calendar.why_closed(day)


def bank_day_from(day: date) -> date:
    """Return the day itself, or the first one after it on which banks are open."""
    while why_banks_close(day):
        day += timedelta(days=1)
    return day


# Months and half-years of the calendar: from the first day's midnight in Japan to the next's.


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month in Japan."""

    year: int
    number: int

    def __str__(self) -> str:
        """Return it as `2026-11`."""
        return f"{self.year:04}-{self.number:02}"

    @property
    def since(self) -> datetime:
        """Return its first moment."""
        return datetime(self.year, self.number, 1, tzinfo=JAPAN)

    @property
    def until(self) -> datetime:
        """Return the first moment of the next."""
        return self.next.since

    @property
    def next(self) -> Month:
        """Return the month after it."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def previous(self) -> Month:
        """Return the month before it."""
        return month_of(self.since - timedelta(days=1))


def month_of(at: datetime) -> Month:
    """Return the month that a moment lies in."""
    local = at.astimezone(JAPAN)
    return Month(local.year, local.month)


def month_named[T](text: str, otherwise: T) -> Month | T:
    """Return the month that is written as `2026-11`; what is none is the other."""
    if not re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", text, re.ASCII):
        return otherwise
    return Month(int(text[:4]), int(text[5:]))


@dataclass(frozen=True, slots=True, order=True)
class HalfYear:
    """A half of a calendar year in Japan: 1 from January, 2 from July."""

    year: int
    number: int

    def __str__(self) -> str:
        """Return it as `2026-2`."""
        return f"{self.year:04}-{self.number}"

    @property
    def months(self) -> tuple[Month, ...]:
        """Return its six months."""
        first = 6 * self.number - 5
        return tuple(Month(self.year, first + place) for place in range(6))

    @property
    def since(self) -> datetime:
        """Return its first moment."""
        return self.months[0].since

    @property
    def until(self) -> datetime:
        """Return the first moment of the next."""
        return self.months[-1].until


def half_named[T](text: str, otherwise: T) -> HalfYear | T:
    """Return the half-year that is written as `2026-2`; what is none is the other."""
    if not re.fullmatch(r"20[0-9]{2}-[12]", text, re.ASCII):
        return otherwise
    return HalfYear(int(text[:4]), int(text[5:]))


def half_of(month: Month) -> HalfYear:
    """Return the half-year that a month lies in."""
    return HalfYear(month.year, 1 if month.number <= 6 else 2)


def spoken(at: datetime) -> Text:
    """Return the moment in Japan time with its weekday, to the minute; midnight is 24:00 of the day that ends.

    Seconds are cut, not rounded: nobody is promised a moment more than there is.
    """
    local = at.astimezone(JAPAN)
    minute = local.replace(second=0, microsecond=0)
    return due_text(minute) if minute == local else moment_text(minute)
