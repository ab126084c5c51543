"""How promptly findings of a month led to a measure, by severity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.db.models import F
from django.db.models.functions import Coalesce, Least, TruncMonth

from mamori.grammar.figures import Unit, span
from mamori.grammar.measure import Severity
from mamori.ground.declared.ranks import Ranked, by_group
from mamori.ground.web.pictures import SpanSeen
from mamori.japan.calendar import JAPAN
from mamori.law import promptness as law
from mamori.law.figures import MEDIAN, P95
from mamori.rooms.contact.facts import Month, Reading, month_of
from mamori.rooms.enforcement.lifecycle import FindingState
from mamori.rooms.enforcement.models import Finding

_HEARD = Least(Coalesce("heard_at", "decided_at"), Coalesce("decided_at", "heard_at"))
"""When a hearing was over: the seller had spoken, its time was over, or the decision did not wait."""


def promptness(month: Month) -> tuple[Reading, ...]:
    """Return the month's figures, in the order of their declaration."""
    rows = Finding.objects.filter(found_at__gte=month.since, found_at__lt=month.until)
    rows = rows.exclude(state=FindingState.DISMISSED)
    asked = rows.filter(asked_at__isnull=False)
    taken = by_group(rows, F("decided_at") - F("found_at"), (MEDIAN, P95), groups=("severity",))
    heard = by_group(asked, _HEARD - F("asked_at"), (MEDIAN,), groups=("severity",))
    none = Ranked(0, {})
    each = (_of(one, taken.get((one,), none), heard.get((one,), none)) for one in Severity)
    found = {reading.figure.code: reading for readings in each for reading in readings}
    return tuple(found[figure.code] for figure in law.PROMPTNESS)


def _of(severity: Severity, taken: Ranked, heard: Ranked) -> Iterator[Reading]:
    yield Reading(figure=law.FOUND[severity], value=Decimal(taken.of), of=taken.of)
    for figure, ranked, percent in (
        (law.MEDIANS[severity], taken, MEDIAN),
        (law.P95S[severity], taken, P95),
        (law.HEARING[severity], heard, MEDIAN),
    ):
        took = ranked.took.get(percent)
        yield Reading(figure=figure, value=None if took is None else span(took, figure.unit), of=ranked.of)


def promptness_of(months: Sequence[Month]) -> dict[Severity, tuple[SpanSeen, ...]]:
    """Return for each severity how many hours a measure took in each of these successive months, in one statement."""
    rows = Finding.objects.filter(found_at__gte=min(months).since, found_at__lt=max(months).until)
    rows = rows.exclude(state=FindingState.DISMISSED).annotate(month=TruncMonth("found_at", tzinfo=JAPAN))
    groups = by_group(rows, F("decided_at") - F("found_at"), (MEDIAN, P95), groups=("severity", "month"))
    found = {(severity, month_of(month)): ranked for (severity, month), ranked in groups.items()}
    return {one: tuple(_seen(month, found.get((one, month))) for month in months) for one in Severity}


def _seen(month: Month, ranked: Ranked | None) -> SpanSeen:
    if ranked is None:
        return SpanSeen(month=month, median=None, p95=None, of=0)
    median, p95 = (
        None if took is None else span(took, Unit.HOURS) for took in (ranked.took[MEDIAN], ranked.took[P95])
    )
    return SpanSeen(month=month, median=median, p95=p95, of=ranked.of)
