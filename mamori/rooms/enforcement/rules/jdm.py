"""The table as GoRules' JSON decision model, as it is kept and as ZEN runs it."""

from __future__ import annotations

from typing import Any

from mamori.rooms.enforcement.rules.table import FIELDS, Row, Table

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


def _rule(row: Row) -> dict[str, str]:
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
    edges = table.edges
    return {
        "bands": {"few": edges.few, "several": edges.several, "many": edges.many},
        "expires_days": table.expires_days,
        "decision": write(table),
    }
