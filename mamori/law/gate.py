"""The one gate before every number that everybody reads: what is told of counts, so that no small one follows from all of it.

A count of 1 to 4 is told as “fewer than 5”.  A share is told to within 4 of either end of its whole, 0 and all of them
included, and never of a whole below 10: so nothing that is told says that few are missing.  A rank is told where 5 lie on each
side of it.  A half-year is the one time over which months are added up anew, and only where that narrows none of them.  Whatever
else is published is made of these cells alone.  A correction is told where each difference from all that was told before is 0 or
at least 5; else what was told stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from unicodedata import normalize

from mamori.grammar.figures import Unit, rank, share
from mamori.grammar.outline import MonthCount, PublicFigure
from mamori.grammar.regex import regex
from mamori.law.shown import FEW, SHOWN


class CellState(StrEnum):
    """How much is told: the figure; that it is 1 to 4; at least or at most so many; nothing; that there is nothing; not yet."""

    EXACT = "exact"
    FEW = "few"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    HIDDEN = "hidden"
    NONE = "none"
    NOT_YET = "not-yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCell:
    """One figure as everybody reads it; `count` is that of a count or of a share's part, `value` what a share or rank is.

    `corrected`: it is another than was told before.
    """

    state: CellState
    count: int | None = None
    value: Decimal | None = None
    corrected: bool = False


type Cells = Mapping[str, PublicCell]
type Counts = Mapping[str, MonthCount]
HIDDEN, NOTHING = PublicCell(state=CellState.HIDDEN), PublicCell(state=CellState.NONE)
LEAST_WHOLE = 2 * FEW
"""Of a smaller whole no share is told: few on one side or few on the other would be all that there can be."""


def is_told(count: int) -> bool:
    """Say whether a count, or a difference of two, may be told: there is none, or there are not few."""
    return count == 0 or abs(count) >= FEW


def cells_of(counts: Counts, figures: Iterable[PublicFigure] = SHOWN) -> dict[str, PublicCell]:
    """Return what is told of a month when it is counted for the first time."""
    return {
        one.code: count_cell(counts[one.code].count) if not one.within else _within(one, counts)
        for one in figures
    }


def count_cell(count: int) -> PublicCell:
    """Return what is told of how many there were in a month."""
    if not is_told(count):
        return PublicCell(state=CellState.FEW)
    return PublicCell(state=CellState.EXACT, count=count)


def _within(figure: PublicFigure, counts: Counts) -> PublicCell:
    whole, one = counts[figure.within].count, counts[figure.code]
    if figure.unit is Unit.PERCENT:
        return part_cell(one.count, whole)
    if whole == 0:
        return NOTHING
    place = rank(figure.percent, whole)
    if place < FEW or whole - place < FEW:
        return HIDDEN
    state = CellState.NOT_YET if one.took is None else CellState.EXACT
    return PublicCell(state=state, value=one.took)


def part_cell(part: int, whole: int) -> PublicCell:
    """Return what is told of a part of a whole that is told: to within 4 of either end, with which none and all are one.

    That none is missing is not told either: else a time that is told beside it, and is within the time promised, would say of a
    share that is hidden that 1 to 4 are missing.
    """
    if whole == 0:
        return NOTHING
    if whole < LEAST_WHOLE:
        return HIDDEN
    if part < FEW:
        return _share(CellState.AT_MOST, FEW - 1, whole)
    if whole - part < FEW:
        return _share(CellState.AT_LEAST, whole - FEW + 1, whole)
    return _share(CellState.EXACT, part, whole)


def _share(state: CellState, part: int, whole: int) -> PublicCell:
    """Return a share that is told, rounded down, and up where it is the most that it may be."""
    if state is not CellState.AT_MOST:
        return PublicCell(state=state, count=part, value=share(part, whole))
    return PublicCell(state=state, count=part, value=Decimal(-(-part * 1000 // whole)) / 10)


def corrected(
    told: Sequence[Cells], now: Counts, figures: Sequence[PublicFigure] = SHOWN
) -> dict[str, PublicCell]:
    """Return what is told once something was counted anew, of all that was `told` of it before, in its order; the last stands.

    A count is corrected with all that is within it, or stays as it was told.  That it was counted otherwise is not said of it.
    """
    stands, found = told[-1], dict[str, PublicCell]()
    for family in families(figures):
        fresh = cells_of(now, family)
        may = all(_may_follow(one, family[0], before, fresh) for before in told for one in family)
        for one in family:
            old = stands[one.code]
            found[one.code] = _marked(old, fresh[one.code]) if may else old
    return found


def families(figures: Iterable[PublicFigure] = SHOWN) -> Iterator[list[PublicFigure]]:
    """Yield each count with all that is within it."""
    for _, family in groupby(figures, key=lambda one: one.within or one.code):
        yield list(family)


def _may_follow(figure: PublicFigure, root: PublicFigure, told: Cells, fresh: Cells) -> bool:
    """Say whether the new cell may be told after an old one: what is told to within 4 differs by 5 things at least."""
    old, new = told[figure.code], fresh[figure.code]
    are_exact = old.state is new.state is CellState.EXACT
    if figure is root:
        return old.state is new.state and is_told(_of(new) - _of(old))
    if figure.unit is not Unit.PERCENT or not are_exact:
        return True
    rest = (_of(fresh[root.code]) - _of(new)) - (_of(told[root.code]) - _of(old))
    return is_told(_of(new) - _of(old)) and is_told(rest)


def _of(cell: PublicCell) -> int:
    return cell.count or 0


def _marked(old: PublicCell, new: PublicCell) -> PublicCell:
    is_same = (old.state, old.count, old.value) == (new.state, new.count, new.value)
    return replace(new, corrected=old.corrected or not is_same)


def sum_of(cells: Sequence[PublicCell]) -> PublicCell:
    """Return what counts come to together, from nothing but what is told of each: “or more” where one is told as few."""
    least = sum(1 if one.state is CellState.FEW else _of(one) for one in cells)
    exact = all(one.state is CellState.EXACT for one in cells)
    return PublicCell(state=CellState.EXACT if exact else CellState.AT_LEAST, count=least)


def totals_of(
    months: Sequence[Cells], first: Sequence[Counts], figures: Iterable[PublicFigure] = SHOWN
) -> dict[str, PublicCell]:
    """Return what is told of a half-year of months, of which `first` is what was counted first; a rank has no total.

    No other time is added up so: of two that overlap, the difference would be a month, or a few.  What is not told by month is
    taken as it was first counted, so that no correction can be told from two totals.
    """
    found: dict[str, PublicCell] = {}
    for figure in figures:
        cells, counts = [one[figure.code] for one in months], [one[figure.code].count for one in first]
        if figure.unit is Unit.COUNT:
            found[figure.code] = _half(cells, counts)
        elif figure.unit is Unit.PERCENT:
            wholes = [month[figure.within] for month in months]
            found[figure.code] = _half_share(cells, wholes, sum(counts), found[figure.within])
    return found


def _half(cells: Sequence[PublicCell], counts: Sequence[int]) -> PublicCell:
    """Tell months of 1 to 4 in their sum where each of them could still be any of these, and no few of them be few together."""
    small = [count for cell, count in zip(cells, counts, strict=True) if cell.state is CellState.FEW]
    told = sum_of(cells)
    if not small or not len(small) + FEW - 2 <= sum(small) <= (FEW - 1) * len(small) - FEW + 2:
        return told
    return PublicCell(state=CellState.EXACT, count=_of(told) - len(small) + sum(small))


def _half_share(
    cells: Sequence[PublicCell], wholes: Sequence[PublicCell], part: int, whole: PublicCell
) -> PublicCell:
    """Tell the share of a half-year from its months' where all tell theirs, else of the whole where none does."""
    states = {one.state for one in cells} - {CellState.NONE}
    if states == {CellState.HIDDEN}:
        is_whole = whole.state is CellState.EXACT and not any(one.corrected for one in wholes)
        return part_cell(part, _of(whole)) if is_whole else HIDDEN
    if CellState.HIDDEN in states or {CellState.AT_LEAST, CellState.AT_MOST} <= states:
        return HIDDEN
    if not states:
        return NOTHING
    state = next(iter(states - {CellState.EXACT}), CellState.EXACT)
    return _share(state, sum(map(_of, cells)), _of(whole))


_N = r"(?<!\d)(?:\d+|[一二三四五六七八九十百]+|\b(?:one|two|three|four)\b)"
_MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?)"
)
_NO_COUNT = regex(
    "|".join(
        (
            r"\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?!\d)",
            r"\d{1,2}:\d{2}",
            r"\d+\s*分の\s*\d+",
            rf"\b{_MONTHS}\s+\d{{1,2}}\b|\b\d{{1,2}}\s+{_MONTHS}(?![a-z])",
            r"\d+(?:st|nd|rd|th)\b",
            r"第\s*[\d一二三四五六七八九十]+",
            rf"{_N}\s*(?:か月|[ヶカヵケ]月|箇月|月|週|営業日|日|時間|時|分|秒|年|四半期|半期|円|千円|割|倍|%|パーセント|ポイント)",
            rf"{_N}\s*(?:条(?!件)|項(?!目)|号|章|版|番|位|丁目|[百千万億])",
            rf"{_N}[\s-]*(?:(?:business|working|calendar)\s)?"
            r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|half-years?|years?)\b",
            rf"{_N}\s*(?:yen|jpy|per\s?cent|percentage points?)\b|[¥$€]\s*\d+",
            r"\b(?:articles?|art\.|paragraphs?|sections?|chapters?|versions?|ver\.?|steps?|pages?|no\.)\s*\d+(?:\(\d+\))*",
            r"(?:バージョン|ステップ|手順|ページ)\s*\d+",
            r"\d+(?:[.,]\d+)+|\d+(?:\(\d+\))+|[a-z]+-?\d+",
            r"\b(?:no|any|every|each|this|that|the|which|some)[ -]one\b|\bone (?:by one|another)\b",
            r"\b(?:one|two|three|four)-[a-z]+|一人(?:ひとり|一人)|一つ(?:ひとつ|一つ)",
        )
    ),
    re.IGNORECASE,
)
"""What stands with plain numbers that count nothing: dates, times, money, shares, articles, versions, marks and set phrases."""
_FEW_SAID = regex(
    r"(?<!\d)[1-4](?!\d)|(?<![一二三四五六七八九十百千〇])[一二三四]\s*[件つ人名個台回社店]|"
    r"ひとつ|ふたつ|みっつ|よっつ|ふたり|\b(?:one|two|three|four)\b",
    re.IGNORECASE,
)


def tells_few(words: str) -> bool:
    """Say whether words that are published name a count of 1 to 4, which the figures beside them hide.

    Any number from 1 to 4 may be one, but where it plainly counts nothing: what improvements count has as many names as things.
    """
    return _FEW_SAID.search(_NO_COUNT.sub(" … ", normalize("NFKC", words))) is not None
