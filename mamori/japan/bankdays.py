"""The days on which banks carry out transfers: not on Saturdays, Sundays and holidays, nor from 31 December to 3 January."""

from __future__ import annotations

from datetime import date, timedelta

from mamori.grammar.text import Text
from mamori.japan.calendar import japanese_calendar

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
