"""The policy table: what it is asked, its rows, how it is kept, and how strictly it is read."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise, product
from typing import Any

from msgspec import to_builtins

from mamori.grammar.measure import REACH_TEXTS, SEVERITY_TEXTS, Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.law.breaches import BREACHES, DISPLAYS
from mamori.law.measures import MEASURES, measure

# What the policy table is asked: a breach in declared bands, and what the table answers.


class History(StrEnum):
    """What went before, in bands of the points that still count; the edges are the policy's own."""

    NONE = "none"
    FEW = "few"
    SEVERAL = "several"
    MANY = "many"


class Cure(StrEnum):
    """Whether the seller has put it right by itself."""

    OPEN = "open"
    CURED = "cured"


HISTORY_TEXTS = {
    History.NONE: Text("なし", "none"),
    History.FEW: Text("少し", "a few"),
    History.SEVERAL: Text("何度か", "several"),
    History.MANY: Text("何度も", "many"),
}
CURE_TEXTS = {Cure.OPEN: Text("直っていない", "not put right"), Cure.CURED: Text("自ら直した", "put right")}


type Pair = tuple[tuple[str, int], ...]
"""A measure with its days, and one beside it at most."""
type Weight = tuple[tuple[int, int], ...]
"""How grave a pair is; these compare."""


def pair_of(measure: str, days: int, beside: str, beside_days: int) -> Pair:
    """Return a measure, and the one beside it where there is one."""
    return ((measure, days), (beside, beside_days)) if beside else ((measure, days),)


def weigh(pair: Pair) -> Weight:
    """Return how grave a pair is, its graver measure first: with one beside it graver than alone."""
    return tuple(sorted(((measure(code).gravity, days) for code, days in pair), reverse=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One case as the table sees it; every field is a declared band."""

    breach: str
    severity: Severity
    history: History
    cure: Cure
    harm: Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class RowAnswer:
    """What a row answers: the measure, its days (0: it has no end), the points that count.

    `beside` is a measure on the account that comes with it, "" where none does.
    """

    measure: str
    days: int
    points: int
    beside: str = ""
    beside_days: int = 0

    @property
    def pair(self) -> Pair:
        """Return the measure, and the one beside it where there is one, each with its days."""
        return pair_of(self.measure, self.days, self.beside, self.beside_days)

    @property
    def weight(self) -> Weight:
        """Return how grave it is: of its graver measure the gravity, then the days; then of the other."""
        return weigh(self.pair)


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyAnswer(RowAnswer):
    """What the table answers, and the row that fired."""

    row: str


# The policy table: rows of declared bands, the measure that each answers, and what its words are called.


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
class PolicyRow(RowAnswer):
    """One row: for which bands it is meant (`when`, in the order of `FIELDS`), and what it answers, one `beside` at most."""

    name: str
    when: tuple[Bands, ...]

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
        return tuple(History)[bisect_right((self.few, self.several, self.many), points)]


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

    rows: tuple[PolicyRow, ...]
    edges: Edges
    expires_days: int

    def row(self, name: str) -> PolicyRow | None:
        """Return the row of that name, if there is one."""
        return next((row for row in self.rows if row.name == name), None)

    def with_row(self, row: PolicyRow) -> Table:
        """Return the table with a row in place of the one of its name, else at the end."""
        kept = tuple(row if one.name == row.name else one for one in self.rows)
        return replace(self, rows=kept if self.row(row.name) else (*kept, row))

    def next_name(self) -> str:
        """Return a name that no row has."""
        return str(max((int(row.name) for row in self.rows), default=0) + 1)


def cell_of(situation: Situation) -> Cell:
    """Return a situation as the table's cell."""
    return tuple(to_builtins(situation).values())


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


SINCE = date(2026, 11, 26)
"""The day on which it was declared."""
NUMBER = 0

ANY: Bands = ()
CURED, OPEN = ("cured",), ("open",)
MINOR, SERIOUS, GRAVE = ("minor",), ("serious",), ("grave",)
LESS, MORE = ("minor", "serious"), ("serious", "grave")
SELDOM, OFTEN = ("none", "few"), ("several", "many")
SAFE, DANGER = ("none", "money"), ("danger",)

CONDUCT = ("unanswered", "unreachable", "agreement-broken", "off-platform", "false-identity")
GOODS = tuple(one.code for one in BREACHES if one.of_goods)

type _Line = tuple[Bands, Bands, Bands, Bands, Bands, str, int, int, str, int]
"""Breach, cure, severity, history, harm; measure, days, points; the measure beside it and its days."""

_LINES: tuple[_Line, ...] = (
    (ANY, CURED, LESS, ANY, ANY, "notice", 0, 3, "", 0),
    (ANY, CURED, GRAVE, ANY, ANY, "notice", 0, 20, "", 0),
    ((*CONDUCT, "recovery-refused", "fake-review"), OPEN, MINOR, ANY, ANY, "correction", 14, 5, "", 0),
    (CONDUCT, OPEN, MORE, SELDOM, ANY, "new-listings-stopped", 14, 20, "", 0),
    (CONDUCT, OPEN, MORE, OFTEN, ANY, "suspended", 30, 40, "", 0),
    (("recovery-refused",), OPEN, MORE, ANY, ANY, "new-listings-stopped", 14, 20, "", 0),
    (("fake-review",), OPEN, MORE, ANY, ANY, "review-removed", 0, 20, "new-listings-stopped", 14),
    (DISPLAYS, OPEN, MINOR, ANY, SAFE, "correction", 14, 5, "", 0),
    (DISPLAYS, OPEN, SERIOUS, ANY, SAFE, "listing-hidden", 14, 15, "", 0),
    (DISPLAYS, OPEN, LESS, ANY, DANGER, "listing-removed", 0, 15, "", 0),
    (GOODS, OPEN, LESS, SELDOM, ANY, "listing-removed", 0, 15, "", 0),
    (GOODS, OPEN, LESS, OFTEN, ANY, "listing-removed", 0, 15, "new-listings-stopped", 30),
    ((*DISPLAYS, *GOODS), OPEN, GRAVE, ANY, ANY, "listing-removed", 0, 40, "suspended", 30),
    (("fraud",), OPEN, MINOR, ANY, ANY, "payout-held", 14, 15, "", 0),
    (("fraud",), OPEN, MORE, ANY, ANY, "payout-held", 30, 40, "suspended", 30),
)


def _rows() -> Iterator[PolicyRow]:
    for at, line in enumerate(_LINES, start=1):
        breach, cure, severity, history, harm, measure, days, points, beside, beside_days = line
        breach = tuple(code for code in BAND_TEXTS[Field.BREACH] if code in breach)
        yield PolicyRow(
            name=str(at),
            when=(breach, severity, history, cure, harm),
            measure=measure,
            days=days,
            points=points,
            beside=beside,
            beside_days=beside_days,
        )


DECLARED = Table(rows=tuple(_rows()), edges=Edges(few=1, several=20, many=50), expires_days=365)


OUTPUTS = ("measure", "days", "points", "beside", "beside_days", "row")
OPTIONAL = frozenset({"beside", "beside_days", "row"})
"""Columns that a table need not have: those of before knew no measure beside another."""


def write(table: Table, *, every: bool = False) -> dict[str, Any]:
    """Return the decision model; with `every` it answers a list of cells at once, each with all rows that fire."""
    content = {
        "hitPolicy": "collect" if every else "first",
        "inputs": [
            {"id": field.value, "name": field.value, "type": "expression", "field": field.value}
            for field in FIELDS
        ],
        "outputs": [{"id": out, "name": out, "type": "expression", "field": out} for out in OUTPUTS],
        "rules": [_rule(row) for row in table.rows],
        "passThrough": False,
        "executionMode": "loop" if every else "single",
        "inputField": "cells" if every else None,
        "outputPath": "fired" if every else None,
    }
    ends = {"in": "inputNode", "table": "decisionTableNode", "out": "outputNode"}
    nodes = [
        {"id": name, "name": name, "type": kind, "position": {"x": 300 * at, "y": 0}}
        | ({"content": content} if name == "table" else {})
        for at, (name, kind) in enumerate(ends.items())
    ]
    edges = [
        {"id": "in-table", "sourceId": "in", "targetId": "table", "type": "edge"},
        {"id": "table-out", "sourceId": "table", "targetId": "out", "type": "edge"},
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def _rule(row: PolicyRow) -> dict[str, str]:
    when = {
        field.value: ", ".join(f'"{band}"' for band in bands)
        for field, bands in zip(FIELDS, row.when, strict=True)
    }
    return {
        "_id": row.name,
        **when,
        "measure": f'"{row.measure}"',
        "days": str(row.days),
        "points": str(row.points),
        "beside": f'"{row.beside}"',
        "beside_days": str(row.beside_days),
        "row": f'"row-{row.name}"',
    }


def stored(table: Table) -> dict[str, Any]:
    """Return the table as it is kept: its bands beside the decision model."""
    return {"bands": to_builtins(table.edges), "expires_days": table.expires_days, "decision": write(table)}


# A kept or uploaded table read so strictly that nothing but declared bands, measures and figures gets in.


MOST_BYTES = 512 << 10
_WORD = regex(r'"([a-z-]{1,32})"')
_WORDS = regex(r'"[a-z-]{1,32}"(?:\s*,\s*"[a-z-]{1,32}")*')
_FIGURE = regex(r"[0-9]{1,5}")
_NAME = regex(r"[1-9][0-9]{0,4}")
_CODES = frozenset(measure.code for measure in MEASURES)


class TableUnreadable(Refusal, code="policy-table-unreadable", status=422):
    """Given when a stored or uploaded table holds anything else than declared bands, measures and figures."""

    text = Text(
        "この表は読み込めません。{place}：{why}直してから、もう一度お試しください。",
        "This table cannot be read. {place}: {why} Please put it right and try again.",
    )


def _refuse(place: Text, ja: str, en: str) -> TableUnreadable:
    return TableUnreadable(place=place, why=Text(ja, en))


WHOLE = Text("表全体", "the whole table")
HEADINGS = Text("見出し", "the headings")


def load(text: str) -> Table:
    """Return the table of a file."""
    if len(text.encode()) > MOST_BYTES:
        raise _refuse(WHOLE, "大きすぎます（512 KBまで）。", "it is too large (at most 512 KB).")
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        raise _refuse(WHOLE, "JSONではありません。", "it is no JSON.") from None
    return read(raw)


def read(raw: object) -> Table:
    """Return the table that was kept."""
    parts = _only(raw, {"bands", "expires_days", "decision"})
    model = _only(parts["decision"], {"contentType", "nodes", "edges"})
    bands = _only(parts["bands"], {"few", "several", "many"})
    place = Text("点数の区切り", "edges of points")
    edges = Edges(**{name: _whole(edge, place) for name, edge in bands.items()})
    days = _whole(parts["expires_days"], Text("点数の有効日数", "days that points count"))
    return Table(rows=_rows_read(model["nodes"]), edges=edges, expires_days=days)


def _only(raw: object, names: set[str]) -> dict[str, Any]:
    """Return an object that has these members and no others."""
    if not isinstance(raw, dict) or raw.keys() != names:
        ja, en = "・".join(sorted(names)), ", ".join(sorted(names))
        raise _refuse(WHOLE, f"{ja} の項目だけが要ります。", f"it needs {en}, and nothing else.")
    return raw


def _whole(value: object, place: Text) -> int:
    if type(value) is not int or not 0 <= value <= 99_999:
        raise _refuse(place, "数字が要ります。", "a whole number is needed.")
    return value


def _rows_read(nodes: object) -> tuple[PolicyRow, ...]:
    nodes = nodes if isinstance(nodes, list) else []
    kinds = [node.get("type") if isinstance(node, dict) else None for node in nodes]
    if sorted(map(str, kinds)) != ["decisionTableNode", "inputNode", "outputNode"]:
        raise _refuse(
            WHOLE,
            "入力・表・出力の3つの節だけが使えます。",
            "only an input, one table and an output may stand in it.",
        )
    content = nodes[kinds.index("decisionTableNode")].get("content")
    match content:
        case {"inputs": [*inputs], "outputs": [*outputs], "rules": [*rules]}:
            columns = _columns(inputs, {field.value for field in FIELDS}) | _columns(outputs, set(OUTPUTS))
        case _:
            raise _refuse(
                WHOLE,
                "表に inputs・outputs・rules がありません。",
                "the table lacks inputs, outputs or rules.",
            )
    if len(rules) > MOST_ROWS:
        raise _refuse(
            WHOLE, f"行が多すぎます（{MOST_ROWS}行まで）。", f"it has too many rows (at most {MOST_ROWS})."
        )
    rows = tuple(_row(rule, at, columns) for at, rule in enumerate(rules, start=1))
    if len({row.name for row in rows}) < len(rows):
        raise _refuse(WHOLE, "同じ番号の行があります。", "two rows have the same number.")
    return _with_parts(rows)


def _with_parts(rows: tuple[PolicyRow, ...]) -> tuple[PolicyRow, ...]:
    """Let a table that knows no part of a former kind of breach answer each part as it answers that kind."""
    named = {code for row in rows for code in row.when[0]}
    parts = {one.code: one.part_of for one in BREACHES if one.part_of}
    if not named.isdisjoint(parts):
        return rows
    return tuple(
        replace(row, when=(_in_order(row.when[0], parts), *row.when[1:])) if row.when[0] else row
        for row in rows
    )


def _in_order(codes: Bands, parts: dict[str, str]) -> Bands:
    return tuple(one.code for one in BREACHES if one.code in codes or parts.get(one.code) in codes)


def _columns(given: list[Any], known: set[str]) -> dict[str, str]:
    """Return which field each column's id stands for."""
    found: dict[str, str] = {}
    for column in given:
        field = column.get("field") if isinstance(column, dict) else None
        if not isinstance(field, str) or field not in known or field in found.values():
            raise _refuse(
                HEADINGS,
                f"「{str(field)[:40]}」という列は使えません。",
                f"there is no column “{str(field)[:40]}”.",
            )
        found[str(column.get("id"))] = field
    if missing := known - set(found.values()) - OPTIONAL:
        raise _refuse(
            Text("見出し", "the headings"),
            f"列がありません：{min(missing)}。",
            f"the column {min(missing)} is missing.",
        )
    return found


def _row(rule: object, at: int, columns: dict[str, str]) -> PolicyRow:
    place = Text(f"{at}番目の行", f"row {at} from above")
    if not isinstance(rule, dict):
        raise _refuse(place, "行ではありません。", "it is no row.")
    cells: dict[str, str] = {}
    for key, value in rule.items():
        if key in ("_id", "_description"):
            continue
        if key not in columns:
            raise _refuse(
                place, f"「{str(key)[:40]}」という項目は使えません。", f"there is no field “{str(key)[:40]}”."
            )
        if not isinstance(value, str):
            raise _refuse(
                place,
                f"「{columns[key]}」は文字で書いてください。",
                f"“{columns[key]}” has to be written as text.",
            )
        cells[columns[key]] = value.strip()
    name = str(rule.get("_id", at))
    if not _NAME.fullmatch(name):
        raise _refuse(place, "行の番号は数字です。", "a row's number is a figure.")
    return PolicyRow(
        name=name,
        when=tuple(_bands(cells.get(field.value, ""), field, place) for field in FIELDS),
        measure=_measure(cells.get("measure", ""), place),
        days=_figure(cells.get("days", ""), "days", place),
        points=_figure(cells.get("points", ""), "points", place),
        beside=_measure(beside, place) if (beside := cells.get("beside", '""')) != '""' else "",
        beside_days=_figure(cells.get("beside_days", "0"), "beside_days", place),
    )


def _bands(cell: str, field: Field, place: Text) -> Bands:
    if not cell:
        return ()
    found = tuple(_WORD.findall(cell)) if _WORDS.fullmatch(cell) else ()
    known = BAND_TEXTS[field]
    if not found or not set(found) <= set(known) or len(set(found)) < len(found):
        raise _refuse(
            place,
            f"「{field.value}」に「{cell[:40]}」は書けません。決まった区分だけが使えます。",
            f"“{field.value}” cannot be “{cell[:40]}”: only the declared bands may stand there.",
        )
    return tuple(band for band in known if band in found)


def _measure(cell: str, place: Text) -> str:
    found = _WORD.fullmatch(cell)
    if found is None or found[1] not in _CODES:
        raise _refuse(
            place, f"「{cell[:40]}」という措置はありません。", f"there is no measure “{cell[:40]}”."
        )
    return found[1]


def _figure(cell: str, column: str, place: Text) -> int:
    if not _FIGURE.fullmatch(cell):
        raise _refuse(
            place,
            f"「{column}」には数字が要ります（「{cell[:40]}」は数字ではありません）。",
            f"“{column}” needs a number, and “{cell[:40]}” is none.",
        )
    return int(cell)
