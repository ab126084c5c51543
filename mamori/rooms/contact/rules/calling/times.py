"""When to try: within the hours that a seller gave, and at another part of the day than the tries that failed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mamori.grammar.businesstime import Calendar, EveryHours, Hours, add, elapsed
from mamori.grammar.regex import regex
from mamori.grammar.text import Text

LOOK_AHEAD = 48
"""Over how many business hours a next try is looked for: two whole business days hold every part of the day twice."""
WEEK_AHEAD = 7 * 24
"""The same where a danger does not wait: a week holds every hour in which a shop is open."""
HOUR = timedelta(hours=1)


class Part(StrEnum):
    """A part of the day in which a shop may be called."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@dataclass(frozen=True, slots=True)
class Span:
    """From one minute of the day until before another."""

    begins: int
    ends: int

    def holds(self, minute: int) -> bool:
        """Say whether the minute lies within."""
        return self.begins <= minute < self.ends


PARTS = {
    Part.MORNING: (Span(9 * 60, 12 * 60), Text("午前（9〜12時）", "the morning (9 to 12)")),
    Part.AFTERNOON: (Span(12 * 60, 17 * 60), Text("午後（12〜17時）", "the afternoon (12 to 17)")),
    Part.EVENING: (Span(17 * 60, 20 * 60), Text("夕方（17〜20時）", "the evening (17 to 20)")),
}


@dataclass(frozen=True, slots=True)
class OpenTimes:
    """The hours that a seller gave, as far as they can be read, and the weekdays (Monday is 0) on which it is closed."""

    spans: tuple[Span, ...] = ()
    closed: frozenset[int] = frozenset()

    def holds(self, local: datetime) -> bool:
        """Say whether the shop is open at that wall time; without hours it is."""
        minute = local.hour * 60 + local.minute
        return local.weekday() not in self.closed and (
            not self.spans or any(span.holds(minute) for span in self.spans)
        )


@dataclass(frozen=True, slots=True)
class Tried:
    """An earlier call to the same shop: when, in wall time, and whether somebody was reached."""

    at: datetime
    reached: bool


_TIME = (
    r"(?P<half{n}>午前|午後|am|pm)?\s*(?P<hour{n}>\d{{1,2}})\s*"
    r"(?::\s*(?P<minute{n}>\d{{2}})|時\s*(?:(?P<said{n}>\d{{1,2}})分|(?P<thirty{n}>半))?)?\s*(?P<after{n}>am|pm)?"
)
_SPAN = regex(_TIME.format(n=1) + r"\s*(?:[~〜\-‐–—ー−]|から|to)\s*" + _TIME.format(n=2))
_DAYS = "月火水木金土日"
_LIST = rf"((?:[{_DAYS}祝](?:曜日?)?)+)"
_RANGE = regex(rf"([{_DAYS}])(?:曜日?)?\s*(?:[~〜\-‐–—ー−]|から)\s*([{_DAYS}])(?:曜日?)?")
_BETWEEN = regex(rf"(?<=[{_DAYS}祝曜])[・、,/と]\s*(?=[{_DAYS}祝])")
_CLOSED = regex(rf"{_LIST}は?(?:定休|お?休|以外)|定休日?+[\s:は]*{_LIST}")
_HOURS = r"(?:午前|午後|am|pm|\d{1,2}\s*(?:[:時]|[~〜\-‐–—ー−]\s*\d))"
_OPEN = regex(rf"(?<![\w]){_LIST}(?:のみ|だけ|営業|[\s:は(]*{_HOURS})")
"""Days that stand by themselves before hours, or before “only”; the 日 of 当日 is none."""
_WORDS = {"平日": _DAYS[:5], "毎日": _DAYS}


def open_times(told: str) -> OpenTimes:
    """Read “平日10:00〜17:00”, “火〜土 11時〜18時（木曜定休）”, “月・水・金のみ”, “水曜以外”, “10-12, 13-17”.

    What cannot be read closes nothing.
    """
    text = unicodedata.normalize("NFKC", told).lower()
    for word, days in _WORDS.items():
        text = text.replace(word, days)
    text = _BETWEEN.sub("", _RANGE.sub(_listed, text))
    spans = tuple(span for found in _SPAN.finditer(text) if (span := _span(found)) is not None)
    closed = {day for found in _CLOSED.finditer(text) for day in _days(found[1] or found[2])}
    named = {day for found in _OPEN.finditer(text) for day in _days(found[1])}
    others = set(range(len(_DAYS))) - named if named else set()
    return OpenTimes(spans, frozenset(closed | others))


def _listed(found: re.Match[str]) -> str:
    """Write “火〜土” as “火水木金土”, round the end of the week where it has to."""
    first, last = _DAYS.index(found[1]), _DAYS.index(found[2])
    return "".join(_DAYS[(first + day) % len(_DAYS)] for day in range((last - first) % len(_DAYS) + 1))


def _days(listed: str) -> set[int]:
    """Return the days of a list; the 日 of 曜日 is none, and holidays are the calendar's."""
    return {_DAYS.index(day) for day in re.sub("祝日?|曜日?", "", listed) if day in _DAYS}


def _span(found: re.Match[str]) -> Span | None:
    begins, ends = _minute(found, 1), _minute(found, 2)
    if begins is None or ends is None:
        return None
    if ends <= begins and not found["half2"] and not found["after2"] and ends <= 12 * 60:
        ends += 12 * 60  # “10〜5時” is until five in the afternoon
    return Span(begins, ends) if begins < ends else None


def _minute(found: re.Match[str], number: int) -> int | None:
    hour = int(found[f"hour{number}"])
    if (found[f"half{number}"] or found[f"after{number}"]) in ("午後", "pm") and hour < 12:
        hour += 12
    spoken = found[f"minute{number}"] or found[f"said{number}"] or ("30" if found[f"thirty{number}"] else "0")
    minute = hour * 60 + int(spoken)
    return minute if hour <= 24 and int(spoken) < 60 and minute <= 24 * 60 else None


def part_of(local: datetime) -> Part | None:
    """Return the part of the day, or nothing where nobody calls."""
    minute = local.hour * 60 + local.minute
    return next((part for part, (span, _) in PARTS.items() if span.holds(minute)), None)


def wait(
    at: datetime, calendar: Calendar, times: OpenTimes, tried: Iterable[Tried], *, urgent: bool
) -> Hours | EveryHours:
    """Return after how many business hours to try again; in danger after how many hours of any day.

    The part of the day with the fewest failures wins, then the soonest.  In danger the soonest in any case, also on a
    closed day, when the shop's own hours say that it is open.  Where they leave nothing, they are passed over: somebody
    has to be reached.
    """
    if urgent:
        return _soonest(calendar.local(at), times)
    score: Counter[Part | None] = Counter()
    for earlier in tried:
        score[part_of(earlier.at)] += -1 if earlier.reached else 1
    ahead = [(n, calendar.local(add(at, Hours(n), calendar).at)) for n in range(1, LOOK_AHEAD + 1)]
    callable_ = [(n, local) for n, local in ahead if part_of(local) is not None]
    fitting = [(n, local) for n, local in callable_ if times.holds(local)] or callable_
    return Hours(min(fitting, key=lambda one: (score[part_of(one[1])], one[0]))[0])


def _soonest(local: datetime, times: OpenTimes) -> EveryHours:
    ahead = [(n, local + n * HOUR) for n in range(1, WEEK_AHEAD + 1)]
    callable_ = [(n, then) for n, then in ahead if part_of(then) is not None]
    return EveryHours(next((n for n, then in callable_ if times.holds(then)), callable_[0][0]))


def hours_until(at: datetime, moment: datetime, calendar: Calendar) -> Hours:
    """Return the fewest whole business hours from `at` after which `moment` has come: never too early."""
    hours = Hours(max(1, -(-elapsed(at, moment, calendar) // HOUR)))
    return hours if add(at, hours, calendar).at >= moment else Hours(hours.count + 1)


_PARTED = regex(r"[/／、,，;；\n]|または|もしくは|\bor\b")
_LEAST = 3  # 110, 188: shorter than any is no number


def numbers(told: str) -> tuple[str, ...]:
    """Return the telephone numbers in their order, in half-width digits; what holds none is passed over."""
    found: dict[str, None] = {}
    for part in _PARTED.split(told):
        number = unicodedata.normalize("NFKC", part).strip()
        if sum(letter.isdigit() for letter in number) >= _LEAST:
            found[number] = None
    return tuple(found)
