"""Months and half-years of the calendar: from the first day's midnight in Japan to the next's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from mamori.japan.calendar import JAPAN


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
