"""Figures for people of the operator: a page that can be narrowed step by step, and the same as a table."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from mamori.grammar.figures import Unit
from mamori.grammar.hand import INSIDE, STAFF
from mamori.grammar.text import Text
from mamori.ground.web import pictures
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit
from mamori.ground.web.spreadsheet import spreadsheet
from mamori.ground.web.wording import said, told
from mamori.japan.months import Month, month_named, month_of
from mamori.law.insight import RISE_MEANS, FigureAspect, FigureSource
from mamori.rooms.insight.queries.counting import counted_in, value_text
from mamori.rooms.insight.queries.figures import MONTHS, figures_shown
from mamori.rooms.insight.rules.figures import FigureOf, figure_named, months_until

CHOICE = 36
KEY = Text("「–」は、記録がない月です。", "“–” is a month of which nothing was recorded.")


@open_to(*INSIDE)
def figures(request: Visit, case_page: str) -> HttpResponse:
    """Show the figure that the address names, of the month that it names: all reports of this month where it names none."""
    del case_page
    month, now = _month(request), month_of(request.received_at)
    figure = _figure(request)
    shown = figures_shown(figure, month, at=request.received_at)
    page = {
        "shown": shown,
        "picture": pictures.months("months", shown.text, shown.seen, Unit.COUNT, key=KEY),
        "months": months_until(now, CHOICE)[::-1],
        "sources": [FigureOf(one) for one in FigureSource],
        "rule": RISE_MEANS,
        "may_note": request.presence.role in STAFF,
    }
    return render(request, "insight/staff/figures.html", page)


@open_to(*INSIDE)
def table(request: Visit, case_page: str) -> HttpResponse:
    """Give all that is counted in the twelve months up to one as a table: a line for each kind in each month."""
    del case_page
    last = _month(request)
    columns = (
        said("月", "month"),
        said("数えたもの", "counted"),
        *(told(one.text) for one in FigureAspect),
        said("件数", "count"),
        said("符号", "code"),
    )
    rows = [
        (
            one.month,
            told(one.source.text),
            *(told(value_text(one.source, by, one.is_[by])) if by in one.is_ else "" for by in FigureAspect),
            one.count,
            FigureOf(one.source, one.is_).code,
        )
        for one in counted_in(months_until(last, MONTHS))
    ]
    return spreadsheet(request, name=f"insight-{last}", columns=columns, rows=rows)


def _month(request: Visit) -> Month:
    """Return the month that the address names, or this one: of one to come there is nothing."""
    now = month_of(request.received_at)
    return min(now, month_named(request.GET.get("month", ""), now))


def _figure(request: Visit) -> FigureOf:
    named = urlencode([(name, value) for name, value in request.GET.items() if name not in ("month", "bom")])
    return figure_named(named) or FigureOf(FigureSource.REPORTS)
