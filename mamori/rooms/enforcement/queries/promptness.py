"""How promptly findings of a month led to a measure, by severity."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import F
from django.db.models.functions import Coalesce, Least

from mamori.grammar.figures import span
from mamori.grammar.measure import Severity
from mamori.ground.declared.ranks import at_rank
from mamori.law import promptness as law
from mamori.rooms.contact.facts import Month, Reading
from mamori.rooms.enforcement.lifecycle import FindingState
from mamori.rooms.enforcement.models import Finding

_HEARD = Least(Coalesce("heard_at", "decided_at"), Coalesce("decided_at", "heard_at"))
"""When a hearing was over: the seller had spoken, its time was over, or the decision did not wait."""


def promptness(month: Month) -> tuple[Reading, ...]:
    """Return the month's figures, in the order of their declaration."""
    found = {reading.figure.code: reading for one in Severity for reading in _of(one, month)}
    return tuple(found[figure.code] for figure in law.PROMPTNESS)


def _of(severity: Severity, month: Month) -> Iterator[Reading]:
    rows = Finding.objects.filter(severity=severity, found_at__gte=month.since, found_at__lt=month.until)
    rows = rows.exclude(state=FindingState.DISMISSED)
    of = rows.count()
    yield Reading(figure=law.FOUND[severity], value=Decimal(of), of=of)
    for figure, percent in ((law.MEDIAN[severity], 50), (law.P95[severity], 95)):
        took = at_rank(rows, F("decided_at") - F("found_at"), percent, of=of)
        yield Reading(figure=figure, value=None if took is None else span(took, figure.unit), of=of)
    asked = rows.filter(asked_at__isnull=False)
    of, figure = asked.count(), law.HEARING[severity]
    took = at_rank(asked, _HEARD - F("asked_at"), 50, of=of)
    yield Reading(figure=figure, value=None if took is None else span(took, figure.unit), of=of)
