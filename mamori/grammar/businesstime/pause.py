"""A span in which a clock stands still, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from mamori.grammar.businesstime.calendar import Calendar
from mamori.grammar.businesstime.moment import BadMoment, moment_text
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text

type Span = tuple[datetime, datetime]


class BadPause(Refusal, code="bad-pause", status=422):
    """Given when a pause ends before it begins."""

    text = Text(
        "停止の終わり（{end}）が始まり（{start}）より前です。日時をご確認ください。",
        "The pause ends ({end}) before it begins ({start}). Please look at both moments.",
    )


@dataclass(frozen=True, slots=True)
class Pause:
    """From `start` (included) to `end` (not included), both with their offset.

    With `stops_all` calendar days and hours round the clock wait as well.
    """

    start: datetime
    end: datetime
    reason: Text
    stops_all: bool = False

    def __post_init__(self) -> None:
        for moment in (self.start, self.end):
            if moment.tzinfo is None:
                raise BadMoment(given=moment.isoformat())
        if self.end < self.start:
            raise BadPause(start=moment_text(self.start), end=moment_text(self.end))


def spans(pauses: Iterable[Pause], calendar: Calendar) -> list[Span]:
    """Return the pauses as local spans in order, overlapping and empty ones joined."""
    joined: list[Span] = []
    for begin, end in sorted((calendar.local(p.start), calendar.local(p.end, end=True)) for p in pauses):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif begin < end:
            joined.append((begin, end))
    return joined


def days_touched(span: Span) -> range:
    """Return the ordinals of the days that a span touches; an end at 24:00 leaves the next day alone."""
    begin, end = span
    return range(begin.toordinal(), (end - timedelta.resolution).toordinal() + 1)
