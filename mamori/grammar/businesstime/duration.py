"""How long: `48h` on business days, `2h24` of every day, `2bd` business days, `8d` calendar days."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from mamori.grammar.businesstime.moment import shown
from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text

MOST_DAYS = 10_000  # some 27 years: longer than any duty, short enough to catch a slip of the finger


class BadDuration(Refusal, code="bad-duration", status=422):
    """Given when a duration is not a whole, positive, sensible number of hours or days."""

    text = Text(
        "「{given}」は期間として読めません。48h（営業日の48時間）、2h24（休業日も数える2時間）、2bd（2営業日）、8d（暦の8日）のように、"
        "1以上で約27年以内の整数に単位を付けてください。",
        "“{given}” is not a duration. Write a whole number from 1 up to some 27 years and its unit: "
        "48h (48 hours of business days), 2h24 (2 hours round the clock, closed days included), 2bd (2 business days) or "
        "8d (8 calendar days).",
    )


def _check(count: int, most: int, unit: str) -> None:
    if type(count) is not int or not 1 <= count <= most:
        raise BadDuration(given=shown(f"{count}{unit}" if isinstance(count, int) else repr(count)))


@dataclass(frozen=True, slots=True, order=True)
class Hours:
    """Hours that pass, 24 on each business day; on closed days the clock stands still."""

    count: int

    def __post_init__(self) -> None:
        _check(self.count, MOST_DAYS * 24, "h")

    def __str__(self) -> str:
        return f"{self.count}h"


@dataclass(frozen=True, slots=True, order=True)
class EveryHours:
    """Hours of every day, round the clock: what cannot wait for a business day, such as a danger."""

    count: int

    def __post_init__(self) -> None:
        _check(self.count, MOST_DAYS * 24, "h24")

    def __str__(self) -> str:
        return f"{self.count}h24"


@dataclass(frozen=True, slots=True, order=True)
class BusinessDays:
    """Business days after the day of the start: the last of them ends, at 24:00, the duration."""

    count: int

    def __post_init__(self) -> None:
        _check(self.count, MOST_DAYS, "bd")

    def __str__(self) -> str:
        return f"{self.count}bd"


@dataclass(frozen=True, slots=True, order=True)
class CalendarDays:
    """Calendar days after the day of the start (Civil Code art. 140: the first day is left out).

    Ends at 24:00 of the last of them.  Where a law counts the first day in, such as the “8 days counted from
    the day of receipt” of the Act on Specified Commercial Transactions art. 15-3, declare one day less: 7d.
    """

    count: int

    def __post_init__(self) -> None:
        _check(self.count, MOST_DAYS, "d")

    def __str__(self) -> str:
        return f"{self.count}d"


Duration = Hours | EveryHours | BusinessDays | CalendarDays

_UNITS: dict[str, type[Duration]] = {
    "h": Hours,
    "h24": EveryHours,
    "bd": BusinessDays,
    "d": CalendarDays,
}
_FORM = regex(r"([0-9]{1,9})(h24|h|bd|d)")


@lru_cache(maxsize=1024)
def parse(text: str) -> Duration:
    """Read `48h`, `2h24`, `2bd` or `8d`; full-width and capital letters are as good."""
    found = _FORM.fullmatch(unicodedata.normalize("NFKC", text).strip().lower())
    if found is None:
        raise BadDuration(given=shown(text))
    return _UNITS[found[2]](int(found[1]))


_UNIT_TEXTS = {
    "h": (Text("時間（営業日）", "hour of business days"), "hours of business days"),
    "h24": (Text("時間（休業日も）", "hour round the clock"), "hours round the clock"),
    "bd": (Text("営業日", "business day"), "business days"),
    "d": (Text("日（暦）", "calendar day"), "calendar days"),
}
"""What a span counts, and in English the plural."""
UNIT_TEXTS = {code: Text(unit.ja, many) for code, (unit, many) in _UNIT_TEXTS.items()}
_HOUR = Text("時間", "hour")
_UNIT_WORDS = {
    Hours: _HOUR,
    EveryHours: _HOUR,
    BusinessDays: Text("営業日", "business day"),
    CalendarDays: Text("日", "day"),
}


def span_words(span: Duration) -> Text:
    """Say a span within a sentence, which says itself what days and hours count: 48時間, 2営業日, 8日."""
    unit = _UNIT_WORDS[type(span)]
    return Text(f"{span.count}{unit.ja}", f"{span.count} {unit.en}{'' if span.count == 1 else 's'}")


def span_unit(span: Duration) -> Text:
    """Say what a span counts."""
    unit, many = _UNIT_TEXTS[unit_of(span)]
    return unit if span.count == 1 else Text(unit.ja, many)


def unit_of(span: Duration) -> str:
    """Return what a span counts as `parse` reads it: `h`, `h24`, `bd`, `d`."""
    return str(span).removeprefix(str(span.count))


def span_text(span: Duration) -> Text:
    """Say a span in words."""
    unit = span_unit(span)
    return Text(f"{span.count}{unit.ja}", f"{span.count} {unit.en}")
