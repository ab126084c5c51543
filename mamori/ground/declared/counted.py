"""Rows as figures are counted of them: values at a rank, found by the database, and rows given away without anybody's name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import (
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
    Window,
)
from django.db.models.functions import RowNumber

from mamori.grammar.figures import rank

type ExportedRow = tuple[str, Mapping[str, Any]]
AT_ONCE = 2_000


def exported(kind: str, rows: QuerySet[Any], *names: str) -> Iterator[ExportedRow]:
    """Yield of each row, in the order of their numbers, its kind and these columns."""
    for values in rows.order_by("pk").values_list(*names).iterator(chunk_size=AT_ONCE):
        yield kind, dict(zip(names, values, strict=True))


@dataclass(frozen=True, slots=True)
class Ranked:
    """The times at the ranks that were asked for, by percent, out of `of` rows; None where it has not happened."""

    of: int
    took: dict[int, timedelta | None]


def by_group(
    rows: QuerySet[Any], took: Any, percents: Sequence[int], *, groups: Sequence[str]
) -> dict[tuple[Any, ...], Ranked]:
    """Return the times at these nearest ranks of each group in one statement; `groups` names what the rows are annotated with.

    What has not happened comes last.  A group without rows has no entry; without `groups` there is one, of all rows: ().
    """
    apart = [F(name) for name in groups] or None
    length = ExpressionWrapper(took, DurationField())
    each = rows.annotate(
        took=length,
        place=Window(RowNumber(), partition_by=apart, order_by=F("took").asc(nulls_last=True)),
        among=Window(Count("*"), partition_by=apart),
    )
    wanted = {percent: (F("among") * percent + Value(99)) / Value(100) for percent in percents}
    at = reduce(or_, (Q(place=ExpressionWrapper(one, IntegerField())) for one in wanted.values()))
    found: dict[tuple[Any, ...], Ranked] = {}
    for *group, place, among, length_ in each.filter(at).values_list(*groups, "place", "among", "took"):
        ranked = found.setdefault(tuple(group), Ranked(among, {}))
        ranked.took.update({percent: length_ for percent in percents if rank(percent, among) == place})
    return found
