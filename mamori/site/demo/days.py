"""The days of the story: written as those of one winter, played on business days counted back from now."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from mamori.grammar.regex import regex
from mamori.japan.calendar import JAPAN, japanese_calendar
from mamori.japan.months import HalfYear, Month, half_of, month_of
from mamori.site.demo.cast import CLAIMED, ORDERS

NOW = datetime.now(JAPAN)
WRITTEN = HalfYear(2026, 2)
ANCHORS = (date(2026, 11, 16), date(2027, 1, 12), date(2027, 2, 1), date(2027, 2, 15), date(2027, 3, 2))
"""From each of these the story counts business days, so that no holiday moves what is due."""
STAMP = regex(r'"(20\d\d-\d\d-\d\dT[^"]+)"')
STRETCH = 4
"""The sample's orders of a quarter are spread over a year up to now."""


@cache
def half() -> HalfYear:
    """Return the half-year of the story: the last one whose end the story has time to look back on."""
    found = half_of(month_of(NOW))
    while _played(ANCHORS[-1], found) >= NOW.date():
        found = half_of(found.months[0].previous)
    return found


def moment(text: str) -> datetime:
    """Return a moment of the story, in Japan time."""
    written = datetime.fromisoformat(text)
    return datetime.combine(_played(written.date(), half()), written.time(), JAPAN)


def month(text: str) -> Month:
    """Return the month in which a month of the story is played."""
    return month_of(moment(f"{text}-21"))


def _played(day: date, half: HalfYear) -> date:
    anchor = max(one for one in ANCHORS if one <= day)
    months = anchor.year * 12 + anchor.month + 6 * _between(half)
    before = date((months - 1) // 12, (months - 1) % 12 + 1, anchor.day) - timedelta(days=1)
    gone = sum(_is_open(anchor + timedelta(days=n + 1)) for n in range((day - anchor).days))
    return japanese_calendar().business_day(1 + gone, before)


def _between(half: HalfYear) -> int:
    return 2 * (half.year - WRITTEN.year) + half.number - WRITTEN.number


def _is_open(day: date) -> bool:
    return japanese_calendar().why_closed(day) is None


def market(file: Path) -> Iterator[str]:
    """Yield the lines of a file of the sample as if it had been written for the days on which the story is played."""
    moved = moment("2026-11-16T09:00") - datetime(2026, 11, 16, 9, tzinfo=JAPAN)
    end = datetime(2026, 11, 16, tzinfo=JAPAN)
    told = tuple(f'{{"kind":"order","ref":"{ref}"' for ref in (*ORDERS.values(), CLAIMED))
    for line in file.read_text("utf-8").splitlines(keepends=True):
        is_told = file.stem != "orders" or line.startswith(told)

        def at(found: re.Match[str], *, is_told: bool = is_told) -> str:
            written = datetime.fromisoformat(found[1])
            played = written + moved if is_told else NOW - STRETCH * (end - written)
            return f'"{played.isoformat(timespec="seconds")}"'

        yield STAMP.sub(at, line)


def ordered(lines: list[str], since: datetime | None, until: datetime) -> list[str]:
    """Return the lines of the orders that were made after the one moment, if any, and up to the other."""
    found = ((line, STAMP.search(line)) for line in lines)
    at = ((line, datetime.fromisoformat(stamp[1])) for line, stamp in found if stamp)
    return [line for line, ordered in at if (since is None or since < ordered) and ordered <= until]
