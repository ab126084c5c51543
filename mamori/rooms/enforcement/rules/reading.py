"""A kept or uploaded table read so strictly that nothing but declared bands, measures and figures gets in."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.law.breaches import BREACHES
from mamori.law.measures import MEASURES
from mamori.rooms.enforcement.rules.jdm import OPTIONAL, OUTPUTS
from mamori.rooms.enforcement.rules.table import (
    BAND_TEXTS,
    FIELDS,
    MOST_ROWS,
    Bands,
    Edges,
    Field,
    Row,
    Table,
)

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
    edges = _edges(_only(parts["bands"], {"few", "several", "many"}))
    days = _whole(parts["expires_days"], Text("点数の有効日数", "days that points count"))
    return Table(rows=_rows(model["nodes"]), edges=edges, expires_days=days)


def _only(raw: object, names: set[str]) -> dict[str, Any]:
    """Return an object that has these members and no others."""
    if not isinstance(raw, dict) or raw.keys() != names:
        ja, en = "・".join(sorted(names)), ", ".join(sorted(names))
        raise _refuse(WHOLE, f"{ja} の項目だけが要ります。", f"it needs {en}, and nothing else.")
    return raw


def _edges(bands: dict[str, Any]) -> Edges:
    place = Text("点数の区切り", "edges of points")
    return Edges(**{name: _whole(edge, place) for name, edge in bands.items()})


def _whole(value: object, place: Text) -> int:
    if type(value) is not int or not 0 <= value <= 99_999:
        raise _refuse(place, "数字が要ります。", "a whole number is needed.")
    return value


def _rows(nodes: object) -> tuple[Row, ...]:
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


def _with_parts(rows: tuple[Row, ...]) -> tuple[Row, ...]:
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


def _row(rule: object, at: int, columns: dict[str, str]) -> Row:
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
    return Row(
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
