"""The JSON Schema of an edition (draft 2020-12), as it stands at a public address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mamori.grammar.figures import Unit
from mamori.grammar.line import Force
from mamori.law.gate import CellState
from mamori.rooms.disclosure.rules.editions import FORMAT, SCHEMA_PATH

TEXT: Mapping[str, Any] = {
    "type": "object",
    "properties": {"ja": {"type": "string"}, "en": {"type": "string"}},
    "required": ["ja", "en"],
    "additionalProperties": False,
}
DATE: Mapping[str, Any] = {"type": "string", "format": "date"}
MOMENT: Mapping[str, Any] = {"type": "string", "format": "date-time"}
CELLS: Mapping[str, Any] = {"type": "object", "additionalProperties": {"$ref": "#/$defs/cell"}}


def _object(**properties: Any) -> dict[str, Any]:
    """Return an object that has all of these and nothing else."""
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }


def _or_none(kind: Mapping[str, Any]) -> dict[str, Any]:
    return {"anyOf": [kind, {"type": "null"}]}


def _list(kind: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": kind}


CELL = {
    "type": "object",
    "properties": {
        "state": {"enum": [one.value for one in CellState]},
        "count": {"type": "integer", "minimum": 0},
        "value": {"type": "string", "pattern": r"^[0-9]+\.[0-9]$"},
        "corrected": {"const": True},
    },
    "required": ["state"],
    "additionalProperties": False,
}
DEFINITION = _object(
    code={"type": "string"},
    title=TEXT,
    means=TEXT,
    unit={"enum": [one.value for one in Unit]},
    rounded=TEXT,
    within=_or_none({"type": "string"}),
    percent=_or_none({"enum": [50, 95]}),
)
MEASURE = _object(
    code={"type": "string"},
    title=TEXT,
    text=TEXT,
    force={"enum": [one.value for one in Force]},
    duty=_or_none({"type": "string"}),
    since=_or_none(DATE),
    figures=_list({"type": "string"}),
    off=_list(_object(**{"from": DATE, "to": DATE})),
)
SCHEMA: Mapping[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": SCHEMA_PATH,
    "title": "What a marketplace publishes of a half-year of its measures",
    "$defs": {"cell": CELL},
    **_object(
        format={"const": FORMAT},
        schema={"type": "string"},
        half={"type": "string", "pattern": "^20[0-9]{2}-[12]$"},
        since=DATE,
        until=DATE,
        number={"type": "integer", "minimum": 1},
        reason={"type": "string"},
        operator={"type": "string"},
        drafted_at=MOMENT,
        few={"type": "integer"},
        settled_days={"type": "integer"},
        hiding=TEXT,
        definitions=_list(DEFINITION),
        months=_list(
            _object(
                month={"type": "string", "pattern": "^20[0-9]{2}-[01][0-9]$"},
                counted_at=MOMENT,
                figures=CELLS,
            )
        ),
        totals=CELLS,
        unshown={"type": "boolean"},
        requests=_object(
            outcomes={"type": "object", "additionalProperties": TEXT},
            grounds={"type": "object", "additionalProperties": TEXT},
            figures=CELLS,
        ),
        measures=_list(MEASURE),
    ),
}
