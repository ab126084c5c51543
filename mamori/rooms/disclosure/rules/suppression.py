"""What of a month's counts everybody may read: small cells are told nowhere, and follow from nothing that is told.

A count of 1 to 4 is told as “fewer than 5”.  What is within a count is told only where the count is: a share where neither it
nor its rest is 1 to 4, a rank where 5 lie on each side of it.  So each difference of what is told is 0 or at least 5.  What was
once hidden stays hidden, and a correction is told only where each of its differences is 0 or at least 5 as well: whether
something is told never follows from what is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from mamori.grammar.figures import Unit, rank, share
from mamori.grammar.outline import MonthCount, PublicFigure
from mamori.law.shown import FEW, SHOWN


class CellState(StrEnum):
    """How much is told: the figure; that it is below 5; at least so many; nothing; that there is nothing, or nothing yet."""

    EXACT = "exact"
    FEW = "few"
    AT_LEAST = "at-least"
    HIDDEN = "hidden"
    NONE = "none"
    NOT_YET = "not-yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCell:
    """One figure as everybody reads it; `count` is that of a count or of a share's part, `value` what a share or rank is.

    `corrected`: it is another than was told before.  `unshown`: what is behind it is another than it was, which cannot be told.
    """

    state: CellState
    count: int | None = None
    value: Decimal | None = None
    corrected: bool = False
    unshown: bool = False


type Cells = Mapping[str, PublicCell]
type Counts = Mapping[str, MonthCount]
HIDDEN, NOTHING = PublicCell(state=CellState.HIDDEN), PublicCell(state=CellState.NONE)


def is_told(count: int) -> bool:
    """Say whether a count, or a difference of two, may be told: there is none, or there are not few."""
    return count == 0 or abs(count) >= FEW


def cells_of(counts: Counts, figures: Iterable[PublicFigure] = SHOWN) -> dict[str, PublicCell]:
    """Return what is told of a month when it is counted for the first time."""
    return {
        one.code: _count(counts[one.code].count) if not one.within else _within(one, counts)
        for one in figures
    }


def _count(count: int) -> PublicCell:
    if not is_told(count):
        return PublicCell(state=CellState.FEW)
    return PublicCell(state=CellState.EXACT, count=count)


def _within(figure: PublicFigure, counts: Counts) -> PublicCell:
    whole, one = counts[figure.within].count, counts[figure.code]
    if whole == 0:
        return NOTHING
    if figure.unit is Unit.PERCENT:
        may = is_told(whole) and is_told(one.count) and is_told(whole - one.count)
        return share_cell(one.count, whole) if may else HIDDEN
    place = rank(figure.percent, whole)
    if place < FEW or whole - place < FEW:
        return HIDDEN
    state = CellState.NOT_YET if one.took is None else CellState.EXACT
    return PublicCell(state=state, value=one.took)


def share_cell(part: int, whole: int) -> PublicCell:
    """Return a share that may be told."""
    return PublicCell(state=CellState.EXACT, count=part, value=share(part, whole))


def corrected(
    told: Cells, before: Counts, now: Counts, figures: Sequence[PublicFigure] = SHOWN
) -> dict[str, PublicCell]:
    """Return what is told once something was counted anew: `before` is what lies behind what was `told`.

    A count is corrected with all that is within it, or stays as it was told, marked.
    """
    found: dict[str, PublicCell] = {}
    for family in families(figures):
        codes = [one.code for one in family]
        if all(before[code] == now[code] for code in codes):
            found |= {code: told[code] for code in codes}
        else:
            found |= _corrected(family, told, now)
    return found


def families(figures: Iterable[PublicFigure]) -> Iterator[list[PublicFigure]]:
    """Yield each count with all that is within it."""
    for _, family in groupby(figures, key=lambda one: one.within or one.code):
        yield list(family)


def _corrected(family: Sequence[PublicFigure], told: Cells, now: Counts) -> dict[str, PublicCell]:
    fresh = cells_of(now, family)
    root = family[0]
    for one in family[1:]:
        if one.unit is Unit.PERCENT and told[one.code].state is CellState.HIDDEN:
            fresh[one.code] = fresh[one.code] if fresh[one.code] == NOTHING else HIDDEN
    if not all(_may_follow(one, root, told, fresh) for one in family):
        return {one.code: replace(told[one.code], unshown=True) for one in family}
    return {code: _marked(told[code], cell) for code, cell in fresh.items()}


def _may_follow(figure: PublicFigure, root: PublicFigure, told: Cells, fresh: Cells) -> bool:
    """Say whether the new cell may be told after the old one."""
    if figure.unit not in (Unit.COUNT, Unit.PERCENT):
        return True
    old, new = told[figure.code], fresh[figure.code]
    if figure is root:
        return old.state is new.state is CellState.EXACT and is_told(_of(new) - _of(old))
    if old.state is not CellState.EXACT:
        return True
    if new.state is CellState.HIDDEN:
        return False
    rest = (_of(fresh[root.code]) - _of(new)) - (_of(told[root.code]) - _of(old))
    return is_told(_of(new) - _of(old)) and is_told(rest)


def _of(cell: PublicCell) -> int:
    return cell.count or 0


def _marked(old: PublicCell, new: PublicCell) -> PublicCell:
    is_same = (old.state, old.count, old.value) == (new.state, new.count, new.value)
    hides = new.state is CellState.HIDDEN
    return replace(new, corrected=old.corrected or not is_same, unshown=old.unshown or (is_same and hides))


def totals_of(months: Sequence[Cells], figures: Iterable[PublicFigure] = SHOWN) -> dict[str, PublicCell]:
    """Return what months come to together, from nothing but what is told of each: a rank has no total."""
    found: dict[str, PublicCell] = {}
    for figure in figures:
        cells = [month[figure.code] for month in months]
        if figure.unit is Unit.COUNT:
            found[figure.code] = _sum(cells)
        elif figure.unit is Unit.PERCENT:
            wholes = [month[figure.within] for month in months]
            found[figure.code] = _share_of(cells, wholes)
    return found


def _sum(cells: Sequence[PublicCell]) -> PublicCell:
    exact = all(one.state is CellState.EXACT for one in cells)
    return PublicCell(state=CellState.EXACT if exact else CellState.AT_LEAST, count=sum(map(_of, cells)))


def _share_of(cells: Sequence[PublicCell], wholes: Sequence[PublicCell]) -> PublicCell:
    if any(one.state is CellState.HIDDEN for one in cells):
        return HIDDEN
    whole = sum(map(_of, wholes))
    return share_cell(sum(map(_of, cells)), whole) if whole else NOTHING
