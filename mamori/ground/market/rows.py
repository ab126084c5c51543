"""Rows of one kind written at once: what is new or changed, each in the order of its ref."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from mamori.grammar.refusal import Refusal
from mamori.ground.declared import memory
from mamori.ground.declared.refs import leads_elsewhere
from mamori.ground.market.lines import ListingLine, OrderLine, ReviewLine
from mamori.ground.market.outcomes import Change, Outcome, RefLeadsElsewhere


def write_rows[L: (ListingLine, OrderLine, ReviewLine)](
    model: type[Any], lines: Sequence[L], row_of: Callable[[L, Any], Any]
) -> list[Outcome]:
    """Write what is new or changed of one kind; `row_of` makes a row of a line, or refuses it."""
    found = model.objects.select_for_update().order_by("ref").filter(ref__in=[line.ref for line in lines])
    known = {row.ref: row for row in found}
    outcomes: list[Outcome] = []
    rows = []
    for line in lines:
        before = known.get(line.ref)
        try:
            if before is None and leads_elsewhere(line.ref):
                raise RefLeadsElsewhere(ref=line.ref)
            row = row_of(line, before)
        except Refusal as refusal:
            outcomes.append(refusal)
            continue
        if before is not None and _values(before) == _values(row):
            outcomes.append(Change.UNCHANGED)
            continue
        rows.append(row)
        outcomes.append(Change.CHANGED if before is not None else Change.ADDED)
    upsert(model, rows)
    return outcomes


def _values(row: Any) -> list[Any]:
    return [getattr(row, field.attname) for field in row._meta.concrete_fields]


def upsert(model: type[Any], rows: list[Any]) -> None:
    """Write rows that are new or changed, whole."""
    rows.sort(key=lambda row: row.ref)  # the same order everywhere, or two imports could wait for each other
    columns = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    memory.forget("market.order", "market.buyer", "market.seller")
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=["ref"], update_fields=columns)
