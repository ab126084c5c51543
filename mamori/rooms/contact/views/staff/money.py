"""The room's money by month for leads and counsel: the sums, what does not agree, and the same as a table."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mamori.grammar.hand import Role
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit
from mamori.ground.web.spreadsheet import spreadsheet
from mamori.ground.web.wording import said
from mamori.rooms.contact.money import MoneyFact, disagreements, money, moneys, unawaited
from mamori.rooms.contact.views.staff.months import month_asked, months_before

SHOWN = 12
"""Months in the table."""


@open_to(Role.LEAD, Role.COUNSEL)
def page(request: Visit, case_page: str) -> HttpResponse:
    """Show `?month=2026-11`, the present month where none is named."""
    month = month_asked(request)
    shown = {
        "money": money(month),
        "month": month,
        "is_past": month.until <= request.received_at,
        "months": moneys(months_before(month, SHOWN)),
        "disagreements": [
            *disagreements(month, at=request.received_at),
            *unawaited(at=request.received_at),
        ],
    }
    return render(request, "contact/staff/money_months.html", shown)


@open_to(Role.LEAD, Role.COUNSEL)
def table(request: Visit, case_page: str) -> HttpResponse:
    """Return the months as a table."""
    month = month_asked(request)
    columns = (
        said("月", "month"),
        said("返金の件数", "refunds"),
        said("返金（円）", "refunded (yen)"),
        said("出品者から受け取った額（円）", "recovered (yen)"),
        said("負担（円）", "borne (yen)"),
        said("未定（円）", "open (yen)"),
    )
    rows = [_row(fact) for fact in moneys(months_before(month, SHOWN))]
    return spreadsheet(request, name=f"money-{month}", columns=columns, rows=rows)


def _row(fact: MoneyFact) -> tuple[object, ...]:
    return fact.month, fact.refunds, fact.refunded, fact.recovered, fact.borne, fact.open
