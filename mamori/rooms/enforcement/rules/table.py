"""The policy table: rows of declared bands, the measure that each answers, and what its words are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise, product

from mamori.grammar.measure import REACH_TEXTS, SEVERITY_TEXTS, Reach, Severity
from mamori.grammar.text import Text
from mamori.law.breaches import BREACHES
from mamori.rooms.enforcement.rules.situation import (
    CURE_TEXTS,
    HISTORY_TEXTS,
    Cure,
    History,
    Pair,
    Situation,
    pair_of,
)

MOST_ROWS = 200
"""More rows than this nobody reads; a table of them is refused unread."""
MOST_POINTS = 100
MOST_EDGE = 1_000
EXPIRY = range(30, 1_096)
"""For how many days points may count."""


class Field(StrEnum):
    """What a row looks at."""

    BREACH = "breach"
    SEVERITY = "severity"
    HISTORY = "history"
    CURE = "cure"
    HARM = "harm"


FIELD_TEXTS = {
    Field.BREACH: Text("違反の種類", "kind of breach"),
    Field.SEVERITY: Text("重さ", "severity"),
    Field.HISTORY: Text("これまでの違反", "what went before"),
    Field.CURE: Text("直したか", "whether put right"),
    Field.HARM: Text("被害", "harm"),
}
BAND_TEXTS: Mapping[Field, Mapping[str, Text]] = {
    Field.BREACH: {breach.code: breach.title for breach in BREACHES},
    Field.SEVERITY: {band.value: SEVERITY_TEXTS[band] for band in Severity},
    Field.HISTORY: {band.value: HISTORY_TEXTS[band] for band in History},
    Field.CURE: {band.value: CURE_TEXTS[band] for band in (Cure.CURED, Cure.OPEN)},
    Field.HARM: {band.value: REACH_TEXTS[band] for band in Reach},
}
"""Every band of every field, the mildest first; breaches stand in no such order."""
FIELDS = tuple(Field)
ORDERED = FIELDS[1:]
"""The fields whose bands grow graver."""

type Cell = tuple[str, ...]
"""One band of each field, in the order of `FIELDS`."""
type Bands = tuple[str, ...]
"""Bands of one field; none at all stands for any of them."""

CELLS: tuple[Cell, ...] = tuple(product(*(BAND_TEXTS[field] for field in FIELDS)))
"""Every situation that there can be: few enough to be tried one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: for which bands it is meant (`when`, in the order of `FIELDS`), and what it answers, one `beside` at most."""

    name: str
    when: tuple[Bands, ...]
    measure: str
    days: int
    points: int
    beside: str = ""
    beside_days: int = 0

    @property
    def pair(self) -> Pair:
        """Return its measure, and the one beside it where there is one, each with its days."""
        return pair_of(self.measure, self.days, self.beside, self.beside_days)

    def bands(self, field: Field) -> Bands:
        """Return the bands of one field for which the row is meant."""
        return self.when[FIELDS.index(field)] or tuple(BAND_TEXTS[field])

    def cells(self) -> Iterator[Cell]:
        """Return every situation for which the row is meant."""
        return product(*(self.bands(field) for field in FIELDS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """From how many points on a history is a few, several, many."""

    few: int
    several: int
    many: int

    def band(self, points: int) -> History:
        """Return the band of a number of points."""
        for edge, band in (
            (self.many, History.MANY),
            (self.several, History.SEVERAL),
            (self.few, History.FEW),
        ):
            if points >= edge:
                return band
        return History.NONE


def starts(*edges: Edges) -> tuple[int, ...]:
    """Return where each range of points begins within which no band of any of these edges changes."""
    return tuple(sorted({0, *(edge for one in edges for edge in (one.few, one.several, one.many))}))


def ranges(begins: tuple[int, ...]) -> tuple[Text, ...]:
    """Say ranges of points by where each begins, the last without end."""
    bounded = [_range(first, after - 1) for first, after in pairwise(begins)]
    return (*bounded, Text(f"{begins[-1]}点以上", f"{begins[-1]} points or more"))


def _range(first: int, last: int) -> Text:
    if first == last:
        return Text(f"{first}点", f"{first} point{'' if first == 1 else 's'}")
    return Text(f"{first}〜{last}点", f"{first} to {last} points")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A whole policy: its rows, the edges of its history's bands, and for how many days points count."""

    rows: tuple[Row, ...]
    edges: Edges
    expires_days: int

    def row(self, name: str) -> Row | None:
        """Return the row of that name, if there is one."""
        return next((row for row in self.rows if row.name == name), None)

    def next_name(self) -> str:
        """Return a name that no row has."""
        return str(max((int(row.name) for row in self.rows), default=0) + 1)


def cell_of(situation: Situation) -> Cell:
    """Return a situation as the table's cell."""
    return (
        situation.breach,
        situation.severity.value,
        situation.history.value,
        situation.cure.value,
        situation.harm.value,
    )


def said(when: tuple[Bands, ...]) -> Text:
    """Say bands in words: a row's condition, or one situation."""
    parts = [_said(field, bands) for field, bands in zip(FIELDS, when, strict=True) if bands]
    if not parts:
        return Text("すべての場合", "every case")
    return Text.listed(parts)


def said_cell(cell: Cell) -> Text:
    """Say one situation in words."""
    return said(tuple((band,) for band in cell))


def either(field: Field, bands: Bands) -> Text:
    """Say bands of one field by themselves; bands of several words are kept apart by a comma."""
    texts = [BAND_TEXTS[field][band] for band in bands]
    between = ", or " if any(" " in text.en for text in texts) else " or "
    return Text("・".join(text.ja for text in texts), between.join(text.en for text in texts))


def _said(field: Field, bands: Bands) -> Text:
    texts = [BAND_TEXTS[field][band] for band in bands]
    ja, en = "・".join(text.ja for text in texts), " or ".join(text.en for text in texts)
    if field is Field.BREACH:
        return Text(f"「{ja}」", f"“{en}”")
    if field is Field.HISTORY:
        return Text(f"これまでの違反が{ja}", f"before: {en}")
    return Text(ja, en)
