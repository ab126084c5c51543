"""A policy shortly: what the first, the second and the third breach of a kind brings, as the table itself answers it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from mamori.grammar.measure import Reach, Severity
from mamori.law.breaches import OFFERED
from mamori.rooms.enforcement.rules.situation import Answer, Cure
from mamori.rooms.enforcement.rules.strikes import severity_after
from mamori.rooms.enforcement.rules.table import Cell, Edges

TIMES = 3
MOST = 9
"""More kinds than this nobody takes in at a glance: the whole table shows the others."""

type Found = Mapping[Cell, tuple[Answer, ...]]
"""The answers of all rows that fire for each situation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Kinds of breach that the same rows answer, and the answer each time; None where not exactly one row answers."""

    breaches: tuple[str, ...]
    answers: tuple[Answer | None, ...]

    @property
    def rows(self) -> dict[str, tuple[int, ...]]:
        """Return the rows that answer, each with the times for which it does, the first being 1."""
        found: dict[str, tuple[int, ...]] = {}
        for time, answer in enumerate(self.answers, start=1):
            if answer is not None:
                found[answer.row] = (*found.get(answer.row, ()), time)
        return found


def ladders(found: Found, edges: Edges, severity: Severity, *, grave_after: int) -> tuple[Ladder, ...]:
    """Return what each kind of breach of this severity brings each time, where nobody is harmed and nothing is put right.

    Each time counts the points that the times before brought.  `grave_after` = after so many a minor breach is serious.
    """
    climbed = [
        (one.code, tuple(_climb(found, edges, one.code, severity, grave_after=grave_after)))
        for one in OFFERED
    ]
    return tuple(
        Ladder(breaches=tuple(code for code, _ in same), answers=answers)
        for answers, same in groupby(climbed, key=lambda one: one[1])
    )


def _climb(
    found: Found, edges: Edges, breach: str, severity: Severity, *, grave_after: int
) -> Iterator[Answer | None]:
    points = 0
    for before in range(TIMES):
        weight = severity_after(severity, before=before, times=grave_after)
        cell = (breach, weight.value, edges.band(points).value, Cure.OPEN.value, Reach.NONE.value)
        rows = found[cell]
        answer = rows[0] if len(rows) == 1 else None
        points += answer.points if answer else 0
        yield answer
