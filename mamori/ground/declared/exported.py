"""Rows as they are given away to be counted anew: a kind, and the columns that a count needs, never anybody's name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

type ExportedRow = tuple[str, Mapping[str, Any]]
AT_ONCE = 2_000


def exported(kind: str, rows: QuerySet[Any], *names: str) -> Iterator[ExportedRow]:
    """Yield of each row, in the order of their numbers, its kind and these columns."""
    for values in rows.order_by("pk").values_list(*names).iterator(chunk_size=AT_ONCE):
        yield kind, dict(zip(names, values, strict=True))
