"""The queue: open cases in the order in which they fall due, and the views of it that an index serves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet

from mamori.ground.cases.models import IS_FLAGGED, Ask, Case
from mamori.ground.declared.fields import IS_OPEN


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last case of a page: the next page begins after it."""

    next_due_at: datetime | None
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which open cases are asked for; an empty wish is all of them.

    `assignee` "" is nobody's; `flagged` is what asks for attention, `attention` what asks for that one.
    """

    kind: str | None = None
    seller_ref: str | None = None
    buyer_ref: str | None = None
    order_ref: str | None = None
    assignee: str | None = None
    attention: str | None = None
    flagged: bool = False

    def chosen(self) -> QuerySet[Any]:
        """Return the open cases that are asked for, or what they ask for where that was wished, in no order yet."""
        names = ("kind", "seller_ref", "buyer_ref", "order_ref", "assignee")
        wanted = {name: value for name in names if (value := getattr(self, name)) is not None}
        if self.attention:
            of_case = {f"case__{name}": value for name, value in wanted.items()}
            return Ask.objects.filter(what=self.attention, **of_case).select_related("case")
        return Case.objects.filter(IS_FLAGGED if self.flagged else IS_OPEN, **wanted)


def page(wish: Wish, after: Cursor | None, limit: int) -> tuple[list[Case], Cursor | None]:
    """Return the rows after the cursor, and where to go on: first what falls due, then what has no due moment."""
    chosen = wish.chosen()
    rows: list[Case | Ask] = []
    if after is None or after.next_due_at is not None:
        rows += due_query(chosen, after)[: limit + 1]
    if len(rows) <= limit:
        undue = after if after is not None and after.next_due_at is None else None
        rows += undue_query(chosen, undue)[: limit + 1 - len(rows)]
    shown, more = [row.case if isinstance(row, Ask) else row for row in rows[:limit]], len(rows) > limit
    return shown, Cursor(shown[-1].next_due_at, shown[-1].pk) if more else None


def due_query(chosen: QuerySet[Any], after: Cursor | None) -> QuerySet[Any]:
    """Narrow to the cases that fall due, from the cursor on, in index order."""
    key = _key(chosen)
    query = chosen.filter(next_due_at__isnull=False).order_by("next_due_at", key)
    if after is None:
        return query
    # The first condition alone bounds the walk along the index; the second only drops what was seen.
    behind = Q(next_due_at__gt=after.next_due_at) | Q(**{f"{key}__gt": after.id})
    return query.filter(Q(next_due_at__gte=after.next_due_at), behind)


def undue_query(chosen: QuerySet[Any], after: Cursor | None) -> QuerySet[Any]:
    """Narrow to the cases without a due moment, from the cursor on, in index order."""
    # Ordered by the empty column too, or PostgreSQL walks all closed cases by their id.
    key = _key(chosen)
    query = chosen.filter(next_due_at__isnull=True).order_by("next_due_at", key)
    return query if after is None else query.filter(**{f"{key}__gt": after.id})


def _key(chosen: QuerySet[Any]) -> str:
    return "case_id" if chosen.model is Ask else "id"


def oldest() -> QuerySet[Case]:
    """Return the open cases, the oldest first."""
    return Case.objects.filter(IS_OPEN).order_by("opened_at", "id")


def counted(wish: Wish) -> QuerySet[Any, int]:
    """Return the keys of all that is wished for, in no order: whoever counts stops early, on any plan."""
    return wish.chosen().order_by().values_list("pk", flat=True)


def counted_of(assignees: Collection[str]) -> QuerySet[Case, tuple[str, int]]:
    """Return how many open cases each of these people has, along the index of assignees."""
    rows = Case.objects.filter(IS_OPEN, assignee__in=assignees).order_by().values("assignee")
    return rows.annotate(count=Count("pk")).values_list("assignee", "count")


def next_for(who: str, left: Case | None) -> Case | None:
    """Return, locked, the case that asks for somebody next and is theirs or nobody's: behind `left`, or from the beginning."""
    skips = connection.features.has_select_for_update_skip_locked
    asking = Case.objects.filter(IS_FLAGGED).select_for_update(skip_locked=skips)
    if left is not None:
        asking = asking.exclude(pk=left.pk)
        behind = Cursor(left.next_due_at, left.pk)
        found = _soonest(asking, who, behind)
        if found is not None:
            return found
    return _soonest(asking, who, None)


def _soonest(asking: QuerySet[Case], who: str, behind: Cursor | None) -> Case | None:
    """Return the first behind the cursor of what is theirs and what is nobody's, each along an index."""
    both = [asking.filter(assignee=one) for one in (who, "")]
    due: list[Case] = []
    if behind is None or behind.next_due_at is not None:
        due = [case for mine in both if (case := due_query(mine, behind).first()) is not None]
    if due:
        return min(due, key=lambda case: (case.next_due_at, case.pk))
    undue_behind = behind if behind is not None and behind.next_due_at is None else None
    rest = [case for mine in both if (case := undue_query(mine, undue_behind).first()) is not None]
    return min(rest, key=lambda case: case.pk, default=None)
