"""Pauses between their row, where the last one may still be open, and the algebra of business time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NotRequired, TypedDict

from mamori.grammar.businesstime import Pause
from mamori.grammar.text import Text


class Kept(TypedDict):
    """A pause as it stands in the row; `end` is empty while the clock stands still."""

    start: str
    end: str | None
    ja: str
    en: str
    all: NotRequired[bool]


def kept(pauses: Sequence[Pause]) -> list[Kept]:
    """Return pauses as they go into the row."""
    return [_kept(one) for one in pauses]


def _kept(one: Pause) -> Kept:
    said = Kept(start=one.start.isoformat(), end=one.end.isoformat(), ja=one.reason.ja, en=one.reason.en)
    return {**said, "all": True} if one.stops_all else said


def opened(start: datetime, reason: Text) -> Kept:
    """Return a pause that has begun and not ended."""
    return Kept(start=start.isoformat(), end=None, ja=reason.ja, en=reason.en)


def ended(pauses: Sequence[Kept]) -> tuple[Pause, ...]:
    """Return the pauses of a row that have an end, as business time reads them."""
    return tuple(
        Pause(
            datetime.fromisoformat(p["start"]),
            datetime.fromisoformat(p["end"]),
            Text(p["ja"], p["en"]),
            stops_all=p.get("all", False),
        )
        for p in pauses
        if p["end"] is not None
    )


def open_because(pauses: Sequence[Kept]) -> Text | None:
    """Return why the clock stands still, None when it runs."""
    last = pauses[-1] if pauses else None
    return Text(last["ja"], last["en"]) if last and last["end"] is None else None


def open_since(pauses: Sequence[Kept]) -> datetime | None:
    """Return since when the clock stands still, None when it runs."""
    last = pauses[-1] if pauses else None
    return datetime.fromisoformat(last["start"]) if last and last["end"] is None else None
