"""A version of the policy made ready to be asked: which row answers a situation, and what its points and bands mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mamori.grammar.measure import Reach, Severity
from mamori.law.measures import measure
from mamori.rooms.enforcement.rules.judging import answers
from mamori.rooms.enforcement.rules.situation import Answer, Cure, History, Situation
from mamori.rooms.enforcement.rules.table import Cell, Edges, Table, cell_of


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """A version by its number, since which day, and the table that it is; every answer was given by ZEN beforehand."""

    number: int
    since: date
    table: Table
    known: Mapping[Cell, Answer]

    @property
    def bands(self) -> Edges:
        """Return from how many points on a history is a few, several, many."""
        return self.table.edges

    @property
    def expires_days(self) -> int:
        """Return for how many days points count."""
        return self.table.expires_days

    def history(self, points: int) -> History:
        """Return the band of the points that still count."""
        return self.table.edges.band(points)

    def answer(self, situation: Situation) -> Answer:
        """Return what the table answers, with the row that fired.

        :raises KeyError: when the breach is no declared one (a bug, never answered by a default).
        """
        return self.known[cell_of(situation)]

    def points_for(self, situation: Situation, *taken: str) -> int:
        """Return the points of the measures that were taken: as the table answers, and fewer where they are milder.

        Of milder ones they are the most that the table gives, for the same breach of the same severity, for these or milder
        ones still; where it has none there, the fewest that it gives.  Graver ones bring no more.
        """
        answer, gravity = self.answer(situation), _gravity(taken)
        same = [one for cell, one in self.known.items() if cell[:2] == cell_of(situation)[:2]]
        fitting = [one.points for one in same if _gravity(code for code, _ in one.pair) <= gravity]
        return min(answer.points, max(fitting, default=min(one.points for one in same)))


def _gravity(codes: Iterable[str]) -> list[int]:
    return sorted((measure(code).gravity for code in codes), reverse=True)


def ready(table: Table, *, number: int, since: date) -> InForce:
    """Put a table before ZEN once, for it to be asked quickly ever after.

    :raises TableNotWhole: when it does not answer every situation by exactly one row.
    """
    return InForce(number=number, since=since, table=table, known=answers(table))


def traced(situation: Situation, points: int, answer: Answer) -> dict[str, Any]:
    """Return, for the record, what the table was asked and answered; `points` counted before this breach."""
    return {
        "breach": situation.breach,
        "severity": situation.severity.value,
        "history": situation.history.value,
        "cure": situation.cure.value,
        "harm": situation.harm.value,
        "before": points,
        "measure": answer.measure,
        "days": answer.days,
        "points": answer.points,
        "row": answer.row,
        "beside": answer.beside,
        "beside_days": answer.beside_days,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """A recorded question with its answer: what a changed table is tried on."""

    situation: Situation
    before: int
    answer: Answer


def read_trace(raw: Mapping[str, Any]) -> Traced | None:
    """Return what was recorded, or nothing where it cannot be read any more."""
    try:
        situation = Situation(
            breach=str(raw["breach"]),
            severity=Severity(raw["severity"]),
            history=History(raw["history"]),
            cure=Cure(raw["cure"]),
            harm=Reach(raw["harm"]),
        )
        answer = Answer(
            measure=str(raw["measure"]),
            days=int(raw["days"]),
            points=int(raw["points"]),
            row=str(raw["row"]),
            beside=str(raw.get("beside", "")),
            beside_days=int(raw.get("beside_days", 0)),
        )
        return Traced(situation=situation, before=int(raw["before"]), answer=answer)
    except (KeyError, ValueError, TypeError):
        return None
