"""The sheet of the product safety pledge as a page and a table: for staff alone, as small counts stand in it as they are."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mamori.grammar.hand import HEADS, Role
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit
from mamori.ground.web.spreadsheet import spreadsheet
from mamori.ground.web.wording import language
from mamori.law.pledge import PLEDGE, PLEDGE_FIGURES
from mamori.rooms.disclosure.queries.kpi import kpi_sheet
from mamori.rooms.disclosure.rules.kpi import KPI_COLUMNS, kpi_table

KPI_READERS = HEADS | {Role.READER}
"""Who reads the sheet: those who answer for what goes to an authority, and who prepares it elsewhere in the company."""


@open_to(*KPI_READERS)
def sheet(request: Visit, case_page: str) -> HttpResponse:
    """Show the sheet of a month or a year."""
    del case_page
    found = kpi_sheet(request.GET.get("of", ""), request.received_at)
    page = {
        "sheet": found,
        "lines": [(one, one.public(found.period, is_over=found.is_over)) for one in found.lines],
        "pledge": PLEDGE,
        "source": PLEDGE_FIGURES,
        "is_head": request.presence.role in HEADS,
    }
    return render(request, "disclosure/staff/kpi.html", page)


@open_to(*KPI_READERS)
def sheet_table(request: Visit, case_page: str) -> HttpResponse:
    """Give the sheet as a table, with its definitions."""
    del case_page
    found = kpi_sheet(request.GET.get("of", ""), request.received_at)
    rows = kpi_table(found.period, found.lines, found.behind, language(), is_over=found.is_over)
    return spreadsheet(request, name=f"pledge-kpi-{found.period.name}", columns=KPI_COLUMNS, rows=rows)
