"""The value at a rank, found by the database: no row but that one is loaded."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import DurationField, ExpressionWrapper, F, QuerySet

from mamori.grammar.figures import rank


def at_rank(rows: QuerySet[Any], took: Any, percent: int, *, of: int) -> timedelta | None:
    """Return the time at the nearest rank among `of` rows in order of `took`; None where it has not happened: it comes last."""
    place = rank(percent, of) - 1
    ordered = rows.annotate(took=ExpressionWrapper(took, DurationField())).order_by(
        F("took").asc(nulls_last=True)
    )
    return next(iter(ordered.values_list("took", flat=True)[place : place + 1]), None)
