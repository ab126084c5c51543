"""A table put before ZEN: which rows fire for every situation that there can be, and the answers that follow."""

from __future__ import annotations

import json
from collections.abc import Mapping

import zen

from mamori.rooms.enforcement.rules import jdm
from mamori.rooms.enforcement.rules.situation import Answer
from mamori.rooms.enforcement.rules.table import CELLS, FIELDS, Cell, Table

_ASKED = json.dumps(
    {"cells": [dict(zip((field.value for field in FIELDS), cell, strict=True)) for cell in CELLS]}
)


class TableNotWhole(ValueError):
    """A table that does not answer every situation by exactly one row: it is never asked."""


def fired(table: Table) -> Mapping[Cell, tuple[Answer, ...]]:
    """Return the answers of all rows that fire for each situation: none in a gap, two in an overlap."""
    if not table.rows:
        return dict.fromkeys(CELLS, ())
    model = zen.ZenDecisionContent(json.dumps(jdm.write(table, every=True)))
    found = zen.ZenEngine().create_decision(model).evaluate(_ASKED)["result"]["fired"]
    return {cell: tuple(_answer(one) for one in rows) for cell, rows in zip(CELLS, found, strict=True)}


def answers(table: Table) -> Mapping[Cell, Answer]:
    """Return the one answer to every situation.

    :raises TableNotWhole: when a situation has none, or several.
    """
    found = {}
    for cell, rows in fired(table).items():
        if len(rows) != 1:
            raise TableNotWhole(f"{len(rows)} rows answer {cell}")
        found[cell] = rows[0]
    return found


def _answer(raw: Mapping[str, object]) -> Answer:
    return Answer(
        measure=str(raw["measure"]),
        days=int(str(raw["days"])),
        points=int(str(raw["points"])),
        row=str(raw["row"]).removeprefix("row-"),
        beside=str(raw["beside"]),
        beside_days=int(str(raw["beside_days"])),
    )
