"""Pure rules of safe use: to which kind a listing belongs, when the next look is due, and which orders it looks at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache

from mamori.ground.matters.standing import Runs
from mamori.japan.calendar import JAPAN
from mamori.japan.folding import folded
from mamori.law.guidance import GUIDANCE, GUIDANCE_LOOK, GUIDANCE_MONTHS, UNLIKE, GoodsKind

NINE = 9
"""The hour of the day in Japan from which on buyers are told."""
FIRST_DAYS = 7
"""A season begins in these first days of its month, or not at all: a house that is new in its middle tells nobody of it."""
LATEST = 14
"""So many days later it may become known that goods were received, and their buyer is still told."""


@cache
def _looked_for() -> tuple[tuple[GoodsKind, tuple[str, ...]], ...]:
    return tuple((kind, tuple(map(folded, one.words))) for kind, one in GUIDANCE.items())


@cache
def _unlike() -> tuple[str, ...]:
    return tuple(map(folded, UNLIKE))


def kind_of(category: str, name: str, mapped: Mapping[str, str]) -> GoodsKind | None:
    """Return to which kind a listing belongs: as its category was mapped, else by words of the category, else of the name."""
    if category in mapped:
        return next((one for one in GUIDANCE if one == mapped[category]), None)
    for said in map(folded, (category, name)):
        if any(word in said for word in _unlike()):
            continue
        for kind, words in _looked_for():
            if any(word in said for word in words):
                return kind
    return None


def of_looks(looked_at: datetime) -> Iterator[Runs]:
    """Yield the clock of the next look: in the morning of the next day."""
    morning = looked_at.astimezone(JAPAN).replace(hour=NINE, minute=0, second=0, microsecond=0)
    yield Runs(GUIDANCE_LOOK, since=morning if morning <= looked_at else morning - timedelta(days=1))


def season_of(today: date) -> date | None:
    """Return the month that begins, by its first day; None once it is under way, or where it is no kind's season."""
    has_kinds = any(today.month in one.months for one in GUIDANCE.values())
    return today.replace(day=1) if has_kinds and today.day <= FIRST_DAYS else None


def bought_since(today: date) -> date:
    """Return the first day of the months back to which buyers are told by season and upon news."""
    years, months = divmod(today.year * 12 + today.month - 1 - GUIDANCE_MONTHS, 12)
    return date(years, months + 1, 1)
