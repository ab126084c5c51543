"""Where a kanji stands, and in what: how it is read depends on it."""

from __future__ import annotations

from enum import IntEnum


class Kind(IntEnum):
    """What a kanji stands in."""

    SURNAME = 0
    GIVEN = 1
    WORD = 2


class Spot(IntEnum):
    """The place of one letter in its part of a name."""

    ALONE = 0
    FIRST = 1
    MIDDLE = 2
    LAST = 3


SPOTS = len(Spot)
COLUMNS = 2 * SPOTS + 1
"""Counts of one reading: four for surnames, four for given names, one for words."""


def spot(at: int, size: int) -> Spot:
    """Return the place of letter `at` in a part of `size` letters."""
    if size == 1:
        return Spot.ALONE
    return Spot.FIRST if at == 0 else Spot.LAST if at == size - 1 else Spot.MIDDLE


def column(spot: Spot, kind: Kind) -> int:
    """Return the place among a reading's counts; a word has but one."""
    return SPOTS * kind + (0 if kind is Kind.WORD else spot)
