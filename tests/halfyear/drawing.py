"""Two years of a house as drawn, and all that it publishes of them: months, editions, their corrections, improvements.

Planted faults: totals that tell each month's rest, times of one and of three months side by side, shares told to their ends,
small corrections.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from mamori.grammar.figures import Unit, rank
from mamori.grammar.outline import MonthCount, PublicFigure
from mamori.japan.calendar import HalfYear, Month
from mamori.law import gate
from mamori.law.article5 import Element
from mamori.law.gate import Cells, CellState, PublicCell
from mamori.law.shown import RESOLVED, SHOWN
from mamori.rooms.disclosure.editions.rules import (
    OUTCOMES,
    EditionContent,
    RequestCounts,
    body_of,
    cell_json,
    definitions_json,
    request_cells,
)
from mamori.rooms.disclosure.measures.rules import settled_at
from mamori.rooms.insight.rules import months_apart
from tests.halfyear.attacker import DUE_HOURS, Seen

HALVES = (HalfYear(2026, 1), HalfYear(2026, 2), HalfYear(2027, 1), HalfYear(2027, 2))
HOUSES = {"small": 4, "middling": 14, "great": 130}
"""About how many there are in a month of each figure."""
GROUNDS = ("counterfeit", "dangerous", "price")
TIMES = (1, 3, 6, 12)
FAULTS = ("totals", "times", "ends", "corrections")
type Counts = dict[str, MonthCount]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What there was: of each month as it was counted first and anew, of each ground by month, and each half-year's requests."""

    months: Mapping[Month, Sequence[Counts]]
    grounds: Mapping[str, Mapping[Month, int]]
    requests: Mapping[HalfYear, RequestCounts]
    changes: Sequence[tuple[str, date, int]]


def drawn(size: int, seed: int, figures: Sequence[PublicFigure] = SHOWN) -> World:
    """Draw two years of a house."""
    dice = random.Random(seed)  # a replayable choice
    months = [month for half in HALVES for month in half.months]
    sizes = {family[0].code: dice.choice((1, size, size, 2 * size)) for family in gate.families(figures)}
    likely = {one.code: dice.choice((0.03, 0.5, 0.9, 0.98, 1.0)) for one in figures}
    found: dict[Month, list[Counts]] = {}
    for month in months:
        found[month] = [{}, {}, {}]
        for family in gate.families(figures):
            first = _many(sizes[family[0].code], dice)
            for nth, whole in enumerate((first, _moved(first, dice), _moved(first, dice))):
                found[month][nth] |= _family(family, whole, likely, dice)
        for nth in (1, 2):
            if dice.random() < 0.7:
                found[month][nth] = found[month][nth - 1]
    requests = {half: _requests(size, dice) for half in HALVES}
    grounds = {code: {month: _many(size, dice) for month in months} for code in GROUNDS}
    days = [date(2027, dice.randint(1, 10), 10) for _ in range(2)]
    changes = [(ground, day, number) for ground in GROUNDS for day in days for number in TIMES]
    return World(months=found, grounds=grounds, requests=requests, changes=changes)


def _many(size: int, dice: random.Random) -> int:
    return max(0, round(dice.gauss(size, size / 2 + 1)))


def _moved(whole: int, dice: random.Random) -> int:
    return max(0, whole + dice.choice((0, 1, -1, 3, 5, -6, 20)))


def _family(
    family: Sequence[PublicFigure], whole: int, likely: Mapping[str, float], dice: random.Random
) -> Iterator[tuple[str, MonthCount]]:
    """Yield a count with all that is within it; what was solved in time was solved within the time that is promised."""
    parts = {
        one.code: sum(dice.random() < likely[one.code] for _ in range(whole))
        for one in family
        if one.unit is Unit.PERCENT
    }
    in_time = parts.get(RESOLVED.code, whole)
    late = dice.randint(0, whole - in_time)
    hours = sorted(
        [dice.uniform(1, DUE_HOURS) for _ in range(in_time)]
        + [dice.uniform(DUE_HOURS + 1, 900) for _ in range(late)]
    )
    for one in family:
        if one.percent:
            place = rank(one.percent, whole)
            took = round(Decimal(hours[place - 1]), 1) if whole and place <= len(hours) else None
            yield one.code, MonthCount(code=one.code, took=took)
        else:
            yield one.code, MonthCount(code=one.code, count=parts.get(one.code, whole))


def _requests(size: int, dice: random.Random) -> RequestCounts:
    outcomes = {code: dice.choice((0, 0, _many(size, dice))) for code in OUTCOMES}
    refused = outcomes["refused"]
    return RequestCounts(
        outcomes=outcomes,
        refused_on={one.value: dice.choice((0, 0, refused // 2, refused)) for one in Element},
    )


def published(world: World, fault: str = "", figures: Sequence[PublicFigure] = SHOWN) -> Seen:
    """Publish a world as the house does, each half-year in three editions, or with a planted fault."""
    first = {month: some[0] for month, some in world.months.items()}
    tellings: dict[Month, list[Cells]] = {
        month: [_cells(counts, fault, figures)] for month, counts in first.items()
    }
    running, editions = [_running(tellings)], []
    for number in (1, 2, 3):
        for half in HALVES:
            for month in half.months:
                now = world.months[month][number - 1]
                if number > 1:
                    tellings[month].append(_corrected(tellings[month], now, fault, figures))
            editions.append(_edition(half, number, tellings, first, world, fault, figures))
        running.append(_running(tellings))
    return Seen(figures=running, editions=editions, improvements=list(_improvements(world, fault)))


def _cells(counts: Counts, fault: str, figures: Sequence[PublicFigure]) -> Cells:
    cells = gate.cells_of(counts, figures)
    if fault == "ends":
        for one in figures:
            part, whole = counts[one.code].count, counts[one.within or one.code].count
            if one.unit is Unit.PERCENT and gate.is_told(part) and gate.is_told(whole):
                cells[one.code] = PublicCell(state=CellState.EXACT, count=part)
    return cells


def _corrected(told_: Sequence[Cells], now: Counts, fault: str, figures: Sequence[PublicFigure]) -> Cells:
    cells = gate.corrected(told_, now, figures)
    if fault == "corrections":
        for family in gate.families(figures):
            fresh = gate.cells_of(now, family)
            if told_[-1][family[0].code].state is fresh[family[0].code].state is CellState.EXACT:
                cells |= fresh
    return cells


def _running(tellings: Mapping[Month, Sequence[Cells]]) -> dict[str, Any]:
    months = [
        {"month": str(month), "figures": {code: cell_json(cell) for code, cell in told_[-1].items()}}
        for month, told_ in tellings.items()
    ]
    known = [one for one in definitions_json() if one["code"] in months[0]["figures"]]
    return {"definitions": known, "months": months}


def _edition(
    half: HalfYear,
    number: int,
    tellings: Mapping[Month, Sequence[Cells]],
    first: Mapping[Month, Counts],
    world: World,
    fault: str,
    figures: Sequence[PublicFigure],
) -> dict[str, Any]:
    cells, counts = [tellings[month][-1] for month in half.months], [first[month] for month in half.months]
    totals = gate.totals_of(cells, counts, figures)
    if fault == "totals":
        for one in figures:
            small = [
                was[one.code].count
                for told_, was in zip(cells, counts, strict=True)
                if told_[one.code].state is CellState.FEW
            ]
            if small and (cell := totals[one.code]).state is CellState.AT_LEAST and cell.count is not None:
                totals[one.code] = replace(
                    cell, state=CellState.EXACT, count=cell.count - len(small) + sum(small)
                )
    at = settled_at(half.months[-1])
    edition: dict[str, Any] = json.loads(
        body_of(
            EditionContent(
                half=half,
                number=number,
                reason="",
                operator="",
                drafted_at=at,
                months=[(month, at, told_) for month, told_ in zip(half.months, cells, strict=True)],
                totals=totals,
                requests=request_cells(world.requests[half]),
                unshown=False,
                measures=(),
            )
        )
    )
    return edition


def _improvements(world: World, fault: str) -> Iterator[tuple[str, list[str], dict[str, Any]]]:
    """Yield what is told of the times before and after each change, as long as they lie within the two years."""
    for ground, day, number in world.changes:
        apart = months_apart(day, number)
        for months in (apart.before, apart.after):
            if not set(months) <= world.months.keys():
                continue
            counts = [world.grounds[ground][month] for month in months]
            cells = [gate.count_cell(one) for one in counts]
            cell = gate.sum_of(cells)
            if fault == "times" and gate.is_told(sum(counts)):
                cell = PublicCell(state=CellState.EXACT, count=sum(counts))
            elif cell.state is not CellState.EXACT and not any(one.count for one in cells):
                cell = PublicCell(state=CellState.FEW)
            yield ground, [str(month) for month in months], cell_json(cell)
