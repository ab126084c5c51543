"""What of a half-year's requests for a seller's information everybody may read: parts of a whole are told all, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from mamori.grammar.figures import rank
from mamori.grammar.text import Text
from mamori.law.article5 import Element
from mamori.law.figures import MEDIAN, P95
from mamori.law.gate import LEAST_WHOLE, CellState, PublicCell, count_cell, is_told
from mamori.law.shown import FEW

OUTCOMES = {
    "disclosed": Text("開示した", "disclosed"),
    "partly": Text("一部を開示した", "disclosed in part"),
    "refused": Text("開示しなかった", "refused"),
    "withdrawn": Text("取り下げられた", "withdrawn"),
    "open": Text("数える日にまだ決まっていなかった", "not decided by the day of counting"),
}
"""How a request can stand on the day of counting: each is one of these."""
DECIDED = ("disclosed", "partly", "refused")
DAYS_MEDIAN, DAYS_P95 = "days_median", "days_p95"
PERCENTS = {DAYS_MEDIAN: MEDIAN, DAYS_P95: P95}
WHOLES = {"outcome": "received", "refused_on": "outcome.refused"}
"""Of what the parts are parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCounts:
    """How many requests came in a half-year, how they stood when it was settled, on what they were refused, how long it took."""

    outcomes: Mapping[str, int]
    refused_on: Mapping[str, int] = field(default_factory=dict)
    took: Mapping[str, Decimal | None] = field(default_factory=dict)

    @property
    def received(self) -> int:
        """Return how many came."""
        return sum(self.outcomes.values())

    @property
    def decided(self) -> int:
        """Return how many were decided on."""
        return sum(self.outcomes.get(one, 0) for one in DECIDED)

    def kept(self) -> dict[str, Any]:
        """Return it as it is kept beside an edition, for the next one."""
        return {
            "outcomes": dict(self.outcomes),
            "refused_on": dict(self.refused_on),
            "took": {one: None if value is None else str(value) for one, value in self.took.items()},
        }


def counts_of(kept: Mapping[str, Any]) -> RequestCounts:
    """Return what was kept beside an edition."""
    took = {one: None if value is None else Decimal(value) for one, value in kept["took"].items()}
    return RequestCounts(outcomes=kept["outcomes"], refused_on=kept["refused_on"], took=took)


def request_cells(counts: RequestCounts) -> dict[str, PublicCell]:
    """Return what is told of a half-year's requests."""
    received = counts.received
    cells = {"received": count_cell(received)}
    outcomes = {one: counts.outcomes.get(one, 0) for one in OUTCOMES}
    refused = outcomes["refused"]
    is_enough = received == 0 or received >= LEAST_WHOLE
    are_told = is_enough and all(map(is_told, outcomes.values()))
    cells |= _parts("outcome", outcomes, told=are_told)
    grounds = {one.value: counts.refused_on.get(one.value, 0) for one in Element}
    ground_told = all(is_told(one) and is_told(refused - one) for one in grounds.values())
    cells |= _parts("refused_on", grounds, told=are_told and ground_told)
    for code, percent in PERCENTS.items():
        cells[code] = _rank(counts, percent, counts.took.get(code), told=are_told)
    return cells


def _parts(name: str, parts: Mapping[str, int], *, told: bool) -> dict[str, PublicCell]:
    return {
        f"{name}.{one}": PublicCell(state=CellState.EXACT, count=count)
        if told
        else PublicCell(state=CellState.HIDDEN)
        for one, count in parts.items()
    }


def _rank(counts: RequestCounts, percent: int, took: Decimal | None, *, told: bool) -> PublicCell:
    whole = counts.decided
    if told and not whole:
        return PublicCell(state=CellState.NONE)
    place = rank(percent, whole)
    if not told or took is None or place < FEW or whole - place < FEW:
        return PublicCell(state=CellState.HIDDEN)
    return PublicCell(state=CellState.EXACT, value=took)


def requests_corrected(before: RequestCounts, now: RequestCounts) -> bool:
    """Say whether what was counted anew may be told after what was told: each, and its rest, differs by nothing or by 5."""
    old, new = request_cells(before), request_cells(now)
    counted = [code for code, cell in old.items() if code not in PERCENTS]
    if any(old[code].state is not CellState.EXACT for code in counted):
        return False
    if any(new[code].state is not CellState.EXACT for code in counted):
        return False
    moved = {code: (new[code].count or 0) - (old[code].count or 0) for code in counted}
    rests = (moved[WHOLES[code.partition(".")[0]]] - moved[code] for code in counted if "." in code)
    return all(map(is_told, (*moved.values(), *rests)))
