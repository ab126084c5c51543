"""How promptly findings led to measures, month by month, for leads and counsel: each figure beside its definition."""

from __future__ import annotations

from itertools import accumulate, repeat

from django.http import HttpResponse
from django.shortcuts import render

from mamori.grammar.figures import Unit, value_text
from mamori.grammar.hand import Role
from mamori.grammar.measure import SEVERITY_TEXTS, Severity
from mamori.grammar.text import Text
from mamori.ground.web.access import open_to
from mamori.ground.web.pictures import spans
from mamori.ground.web.signs import Visit
from mamori.law.figures import FEW
from mamori.rooms.contact.facts import Reading, month_named, month_of
from mamori.rooms.enforcement.queries.promptness import promptness, promptness_of

MONTHS = 12
"""Months in the pictures."""
TAKEN = Text("{kind}：措置までの時間", "{kind}: hours to a measure")
KINDS = {
    one: Text(f"{text.ja}違反", f"{text.en.capitalize()} breaches") for one, text in SEVERITY_TEXTS.items()
}


@open_to(Role.LEAD, Role.COUNSEL)
def page(request: Visit, case_page: str) -> HttpResponse:
    """Show the figures of `?month=2026-11`, of the present month where none is named."""
    now = month_of(request.received_at)
    month = month_named(request.GET.get("month", ""), now)
    rows = [
        (one, _text(one), _text(before))
        for one, before in zip(promptness(month), promptness(month.previous), strict=True)
    ]
    width = len(rows) // len(Severity)
    groups = [
        (KINDS[severity], rows[place * width : (place + 1) * width])
        for place, severity in enumerate(reversed(Severity))
    ]
    seen = promptness_of(list(accumulate(repeat(month, MONTHS), lambda one, _: one.previous))[::-1])
    drawn = [
        spans(f"measures-{severity}", TAKEN.fill(kind=KINDS[severity]), seen[severity], Unit.HOURS)
        for severity in reversed(Severity)
    ]
    shown = {
        "pictures": drawn,
        "month": month,
        "groups": groups,
        "few": FEW,
        "is_past": month < now,
        "is_running": month == now,
    }
    return render(request, "enforcement/staff/promptness.html", shown)


def _text(reading: Reading) -> Text:
    return value_text(reading.figure.unit, reading.value, of=reading.of)
