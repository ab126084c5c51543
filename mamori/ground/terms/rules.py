"""What an operator may set: pure decisions over declarations and values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from mamori.grammar.businesstime import Duration
from mamori.grammar.declaration import Deadline

LONGEST_CLOSING = timedelta(days=366)


def is_admitted(deadline: Deadline, wish: Duration) -> bool:
    """Say whether the operator may set `wish`: any span, but where the law fixes it, none that is longer.

    Spans of different units are never compared: 48 hours and 2 business days end at different moments.
    """
    if not deadline.fixed:
        return True
    return type(wish) is type(deadline.duration) and wish.count <= deadline.duration.count


def closed_days(spans: Sequence[str]) -> frozenset[date]:
    """Return the days of `YYYY-MM-DD` and `YYYY-MM-DD/YYYY-MM-DD` (both ends included).

    :raises ValueError: when a span is no date, runs backwards or is longer than a year.
    """
    return frozenset(day for span in spans for day in _days(span))


def _days(span: str) -> Iterator[date]:
    first_text, _, last_text = span.partition("/")
    first = date.fromisoformat(first_text)
    last = date.fromisoformat(last_text) if last_text else first
    if not timedelta() <= last - first <= LONGEST_CLOSING:
        raise ValueError(span)
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)
