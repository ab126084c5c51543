"""The Japanese calendar: Saturdays, Sundays and holidays of 2015 to 2035, in Japan time.

The table beside this file is written by `python -m tools.holiday_table`.  29 December to 3 January are
business days unless the operator closes them: an operator's closing days come through `Calendar.closing`.
"""

from __future__ import annotations

import json
from datetime import date, timedelta, timezone
from functools import cache
from importlib.resources import files

from mamori.grammar.businesstime import Calendar, ClosedDay
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
