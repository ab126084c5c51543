"""What a changed table would change: rows, situations, and how the last decisions would have been answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from mamori.grammar.text import Text
from mamori.rooms.enforcement.rules.inforce import InForce, Traced
from mamori.rooms.enforcement.rules.situation import Answer, History
from mamori.rooms.enforcement.rules.table import CELLS, FIELDS, Cell, Field, Row, Table, ranges, starts

FEW = 30
"""Of fewer decisions than these nothing is concluded."""


class Turn(StrEnum):
    """How an answer would change."""

    SAME = "same"
    MILDER = "milder"
    GRAVER = "graver"


TURN_TEXTS = {
    Turn.SAME: Text("同じ", "the same"),
    Turn.MILDER: Text("軽くなる", "milder"),
    Turn.GRAVER: Text("重くなる", "graver"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row that was added (`before` is None), taken away (`after` is None) or changed."""

    name: str
    before: Row | None
    after: Row | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """One decision of the past, by its place in what was given, as both tables answer it."""

    place: int
    before: Answer
    after: Answer
    turn: Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """How many situations, and which of the last decisions, would be answered otherwise.

    A situation is tried at every range of points (`points`: where each begins) that either table tells apart, so that
    moved edges count; where no edge moved these are the table's own bands.
    """

    points: tuple[int, ...]
    situations: Counter[Turn]
    decisions: tuple[Turned, ...]

    @property
    def tried(self) -> int:
        """Return how many situations were compared."""
        return self.situations.total()

    @property
    def ranges(self) -> tuple[Text, ...]:
        """Return the ranges of points in words where edges moved; none where the bands are the same."""
        return ranges(self.points) if len(self.points) > len(History) else ()

    @property
    def counts(self) -> Counter[Turn]:
        """Return how many of the last decisions would be the same, milder, graver."""
        return Counter(one.turn for one in self.decisions)

    @property
    def is_few(self) -> bool:
        """Say whether there were too few decisions to conclude anything."""
        return len(self.decisions) < FEW


def changes(before: Table, after: Table) -> Iterator[Change]:
    """Return the rows that differ, in the order of the new table, then those taken away."""
    for row in after.rows:
        former = before.row(row.name)
        if former != row:
            yield Change(name=row.name, before=former, after=row)
    for row in before.rows:
        if after.row(row.name) is None:
            yield Change(name=row.name, before=row, after=None)


def turn(before: Answer, after: Answer) -> Turn:
    """Say how an answer changes: by its measure and days, and where these are the same by its points."""
    here, there = (before.weight, before.points), (after.weight, after.points)
    if here == there:
        return Turn.SAME
    return Turn.GRAVER if there > here else Turn.MILDER


def effect(before: InForce, after: InForce, decisions: Sequence[Traced]) -> Effect:
    """Return what the new table would change, each asked with its own bands of points."""
    points, turned = starts(before.bands, after.bands), []
    for place, one in enumerate(decisions):
        here, there = _asked(before, one), _asked(after, one)
        turned.append(Turned(place=place, before=here, after=there, turn=turn(here, there)))
    return Effect(
        points=points,
        situations=Counter(
            turn(_at(before, cell, each), _at(after, cell, each)) for cell in FRESH for each in points
        ),
        decisions=tuple(turned),
    )


def is_milder_everywhere(before: InForce, after: InForce) -> bool:
    """Say whether no seller can be worse off: no situation graver, no edge lower, points counting no longer."""
    edges, former = after.bands, before.bands
    return (
        all(_no_worse(before.known[cell], after.known[cell]) for cell in CELLS)
        and (edges.few >= former.few and edges.several >= former.several and edges.many >= former.many)
        and after.expires_days <= before.expires_days
    )


def _no_worse(before: Answer, after: Answer) -> bool:
    return after.weight <= before.weight and after.points <= before.points


FRESH = tuple(cell for cell in CELLS if cell[FIELDS.index(Field.HISTORY)] == History.NONE)
"""Every situation but for what went before, which each policy tells by its own edges."""


def _at(policy: InForce, cell: Cell, points: int) -> Answer:
    at = FIELDS.index(Field.HISTORY)
    return policy.known[*cell[:at], policy.history(points).value, *cell[at + 1 :]]


def _asked(policy: InForce, one: Traced) -> Answer:
    return policy.answer(replace(one.situation, history=policy.history(one.before)))
