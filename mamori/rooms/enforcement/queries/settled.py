"""The public figures of a month's findings, counted once it is settled: by moments alone, so that nothing later changes them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Case, Count, DurationField, F, Q, QuerySet, When

from mamori.grammar.figures import span
from mamori.grammar.measure import Severity
from mamori.grammar.outline import MonthCount
from mamori.ground.declared.exported import ExportedRow, exported
from mamori.ground.declared.ranks import Ranked, by_group
from mamori.japan.months import Month
from mamori.law.figures import MEDIAN, P95
from mamori.law.shown import BREACHES
from mamori.rooms.enforcement.lifecycle import FindingState
from mamori.rooms.enforcement.models import Finding


def findings_of(month: Month, *, asof: datetime) -> QuerySet[Finding]:
    """Return the findings of a month, without those that had ended without a measure by `asof`."""
    dismissed = Q(state=FindingState.DISMISSED, closed_at__lte=asof)
    rows = Finding.objects.filter(found_at__gte=month.since, found_at__lt=month.until)
    return rows.exclude(dismissed)


def settled(month: Month, *, asof: datetime) -> tuple[MonthCount, ...]:
    """Return what is published of a month as it stood at `asof`."""
    rows = findings_of(month, asof=asof)
    by_severity = rows.values("severity").annotate(number=Count("pk")).order_by("severity")
    counts = dict(by_severity.values_list("severity", "number"))
    decided = Case(
        When(decided_at__lte=asof, then=F("decided_at") - F("found_at")), output_field=DurationField()
    )
    ranked = by_group(rows, decided, (MEDIAN, P95), groups=("severity",))
    return tuple(
        one
        for severity in Severity
        for one in _of(severity, counts.get(severity, 0), ranked.get((severity,), Ranked(0, {})))
    )


def _of(severity: Severity, count: int, ranked: Ranked) -> Iterator[MonthCount]:
    found, *ranks = BREACHES[severity]
    yield MonthCount(code=found.code, count=count)
    for figure in ranks:
        took = ranked.took.get(figure.percent)
        yield MonthCount(code=figure.code, took=None if took is None else span(took, figure.unit))


def settled_rows(since: datetime, until: datetime) -> Iterator[ExportedRow]:
    """Yield of each finding from `since` to before `until` what is counted of it; nothing names anybody."""
    rows = Finding.objects.filter(found_at__gte=since, found_at__lt=until)
    yield from exported("finding", rows, "severity", "found_at", "decided_at", "closed_at", "state")
