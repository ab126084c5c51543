"""How a room tells everybody what it does: an outline in plain words, filled from what is declared, and its public figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from mamori.grammar.declaration import Deadline, Setting
from mamori.grammar.figures import Figure, Unit
from mamori.grammar.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFigure(Figure):
    """A figure that is published: a count of its own, or `within` one, as a share of it or as the rank at `percent`.

    What is within a count is published beside it, so that whether it may be shown follows from what is shown of the count.
    """

    within: str = ""
    percent: int = 0

    def __post_init__(self) -> None:
        is_rank = self.unit in (Unit.HOURS, Unit.DAYS)
        if (self.unit is Unit.COUNT) is bool(self.within) or is_rank is not bool(self.percent):
            raise ValueError(
                f"figure {self.code}: a count is within nothing, a share within one, a rank has its percent"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCount:
    """What was counted of one public figure: how many (of a share: how many of its whole), or the time at a rank.

    `took` is None where the rank falls on what has not happened.
    """

    code: str
    count: int = 0
    took: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What one practice does for those who buy, as everybody reads it, and which figures show how far.

    `fills` puts what is declared and set into all of the words: whoever changes a deadline changes the page.  It is off while
    `switch` is set to nothing; each sentence of `also` stands only while its own switch is on.  `to` is where a buyer or seller
    does it.  `by_half` = counted for whole half-years only.
    """

    practice: str
    does: Text
    fills: Mapping[str, Deadline | Setting[int] | Setting[str]] = field(default_factory=dict)
    figures: tuple[str, ...] = ()
    switch: Setting[int] | Setting[bool] | None = None
    also: tuple[tuple[Setting[Any], Text], ...] = ()
    to: str = ""
    by_half: bool = False
    for_sellers: bool = False
