"""What a published figure is: its definition, its unit, and rounding that never makes it look better than it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum

from mamori.grammar.text import Text


class Unit(StrEnum):
    """What a figure is counted in."""

    COUNT = "count"
    PERCENT = "percent"
    HOURS = "hours"
    DAYS = "days"


UNITS = {
    Unit.COUNT: Text("件", "count"),
    Unit.PERCENT: Text("％", "%"),
    Unit.HOURS: Text("時間", "hours"),
    Unit.DAYS: Text("日", "days"),
}
ROUNDED = {
    Unit.COUNT: Text("数えたまま", "as counted"),
    Unit.PERCENT: Text("0.1 ％の下は切り捨て", "down to 0.1 %"),
    Unit.HOURS: Text("0.1 時間に切り上げ", "up to 0.1 hours"),
    Unit.DAYS: Text("0.1 日に切り上げ", "up to 0.1 days"),
}
Z95 = Decimal("1.959964")
"""How many standard deviations hold 95 in a hundred."""
SPANS = {Unit.HOURS: timedelta(hours=1), Unit.DAYS: timedelta(days=1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure of a month: what it is called, what exactly is counted, in which unit, and out of what."""

    code: str
    title: Text
    means: Text
    unit: Unit
    of: Text

    @property
    def rounded(self) -> Text:
        """Say how it is rounded."""
        return ROUNDED[self.unit]


NONE, NOT_YET = Text("なし", "none"), Text("まだ出ない", "not reached yet")


def value_text(unit: Unit, value: Decimal | None, *, of: int) -> Text:
    """Say a value with its unit, or why there is none: nothing to count, or a rank on what has not happened."""
    if value is None:
        return NOT_YET if of else NONE
    if unit is Unit.COUNT:
        return Text(f"{value:,.0f} {UNITS[unit].ja}", f"{value:,.0f}")
    return Text(f"{value:,.1f} {UNITS[unit].ja}", f"{value:,.1f} {UNITS[unit].en}")


def share(part: int, whole: int) -> Decimal | None:
    """Return how many in a hundred, cut off after one decimal; None where there is nothing to share."""
    return Decimal(part * 1000 // whole) / 10 if whole else None


def wilson(part: int, whole: int) -> tuple[Decimal, Decimal] | None:
    """Return between which shares, in a hundred, the share behind `part` of `whole` lies with 95 % confidence; None of nothing.

    Wilson's score interval without a correction for continuity: it stays between 0 and 100, and is wide where little was counted.
    Rounded outwards to one decimal, so that it is never narrower than it should be.
    """
    if not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole}")
    if not whole:
        return None
    count, square = Decimal(whole), Z95 * Z95
    share_, halves = Decimal(part) / count, square / (2 * count)
    width = Z95 * ((share_ * (1 - share_) + halves / 2) / count).sqrt()
    low, high = (share_ + halves - width) / (1 + 2 * halves), (share_ + halves + width) / (1 + 2 * halves)
    tenth = Decimal("0.1")
    least = (low * 100).quantize(tenth, ROUND_FLOOR) if part else Decimal("0.0")
    return least, (high * 100).quantize(tenth, ROUND_CEILING) if part < whole else Decimal("100.0")


def span(took: timedelta, unit: Unit) -> Decimal:
    """Return a time in hours or days, rounded up to one decimal."""
    return Decimal(-(-took * 10 // SPANS[unit])) / 10


def rank(percent: int, count: int) -> int:
    """Return the nearest rank: the place, from 1 on, of the smallest value that `percent` in a hundred do not exceed."""
    return max(1, -(-count * percent // 100))


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A row by its number on the sheet; `counted_from` names the records that are counted, `lacks` what is in none of them.

    With both it is counted in part; without `counted_from` it is not counted, and no figure may stand in it.
    """

    code: str
    number: int
    title: Text
    means: Text
    unit: Unit
    counted_from: Text | None = None
    lacks: Text | None = None

    def __post_init__(self) -> None:
        if self.counted_from is None and self.lacks is None:
            raise ValueError(f"row {self.code}: say from what it is counted, or why it is not")

    @property
    def is_counted(self) -> bool:
        """Say whether a figure stands in it."""
        return self.counted_from is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Removals:
    """Listings taken down in a time for one kind of breach, a listing as often as it was, and what is known of why.

    `on_ground`: how many rest on each request under law; of the others `asked` came from an authority.  `reported` came from a
    report and `own` from neither, by the marketplace's category, "" where the listing has none.  `taken_back` were reversed.
    """

    on_ground: Mapping[str, int]
    asked: int
    reported: Mapping[str, int]
    own: Mapping[str, int]
    taken_back: int

    @property
    def total(self) -> int:
        """Return how many there were."""
        parts = (self.on_ground, self.reported, self.own)
        return self.asked + sum(sum(part.values()) for part in parts)
