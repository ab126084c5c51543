"""What staff read month by month, as a page and as a table: the room's figures, and the money that went back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate, repeat

from django.http import HttpResponse
from django.shortcuts import render

from mamori.grammar import figures as grammar
from mamori.grammar.actor import Role
from mamori.grammar.figures import UNITS, Unit
from mamori.grammar.text import Text
from mamori.ground.web import pictures
from mamori.ground.web.access import open_to
from mamori.ground.web.lists import spreadsheet
from mamori.ground.web.pictures import Drawing, SpanSeen
from mamori.ground.web.signs import Visit
from mamori.ground.web.wording import localized, said
from mamori.japan.calendar import Month, month_named, month_of
from mamori.law import figures as law
from mamori.law.figures import FEW
from mamori.rooms.contact.money import MoneyFact, disagreements, money, moneys, unawaited
from mamori.rooms.contact.queries.figures import Reading, figures, months_seen, warnings


def month_asked(request: Visit) -> Month:
    """Return the month that the address names, or this one."""
    return month_named(request.GET.get("month", ""), month_of(request.received_at))


def months_before(last: Month, count: int) -> list[Month]:
    """Return so many months, the newest first."""
    return list(accumulate(repeat(last, count), lambda month, _: month.previous))


# The room's figures by month for leads and counsel: each beside its definition, and the same as a table.


MONTHS, CHOICE = 12, 36
"""Months in the table that is downloaded, and to choose from."""

MONEY_BACK = Text("お金が戻るまでの日数", "Days to money back")


@open_to(Role.LEAD, Role.COUNSEL)
def page(request: Visit, case_page: str) -> HttpResponse:
    """Show the figures of `?month=2026-11`, of the present month where none is named; or as a table twelve months up to it."""
    month = month_asked(request)
    if request.GET.get("format") == "csv":
        return _table(request, month)
    before = figures(month.previous, at=request.received_at)
    rows = [
        (reading, value_text(reading), value_text(earlier))
        for reading, earlier in zip(figures(month, at=request.received_at), before, strict=True)
    ]
    shown = {
        "pictures": pictures_of(months_before(month, MONTHS)[::-1], at=request.received_at),
        "month": month,
        "months": months_before(max(month, month_of(request.received_at)), CHOICE),
        "rows": rows,
        "warnings": warnings(month),
        "few": FEW,
        "is_running": request.received_at < month.until,
        "is_past": month.until <= request.received_at,
    }
    return render(request, "contact/staff/figures.html", shown)


def _table(request: Visit, last: Month) -> HttpResponse:
    """Return the twelve months up to this one as a table: a line for each figure of each month."""
    columns = (
        said("月", "month"),
        said("符号", "code"),
        said("数値", "figure"),
        said("値", "value"),
        said("単位", "unit"),
        said("もとの件数", "out of"),
        said("もと", "out of what"),
        said("定義", "definition"),
        said("丸め", "rounding"),
    )
    rows = [
        _row(month, one)
        for month in months_before(last, MONTHS)
        for one in figures(month, at=request.received_at)
    ]
    return spreadsheet(request, name=f"figures-{last}", columns=columns, rows=rows)


def pictures_of(months: Sequence[Month], *, at: datetime) -> tuple[Drawing, ...]:
    """Draw the year that these months are, the oldest first: troubles, answers and solutions in time, days to money back."""
    found = months_seen(months, at=at)
    answers = [(one.month, one.answers.in_time, one.answers.over) for one in found]
    solutions = [(one.month, one.solutions.in_time, one.solutions.over) for one in found]
    money = [
        SpanSeen(month=one.month, median=one.money_median, p95=one.money_p95, of=one.refunds) for one in found
    ]
    return (
        pictures.counts("reported", law.REPORTED.title, [(one.month, one.reported) for one in found]),
        pictures.shares("answered", law.ANSWERED_IN_TIME.title, answers),
        pictures.shares("resolved", law.RESOLVED_IN_TIME.title, solutions),
        pictures.spans("money", MONEY_BACK, money, Unit.DAYS),
    )


def value_text(reading: Reading) -> Text:
    """Say a figure with its unit, or why there is none."""
    return grammar.value_text(reading.figure.unit, reading.value, of=reading.of)


def _row(month: Month, reading: Reading) -> tuple[object, ...]:
    figure = reading.figure
    return (
        month,
        figure.code,
        localized(figure.title),
        "" if reading.value is None else f"{reading.value:.{0 if figure.unit is Unit.COUNT else 1}f}",
        localized(UNITS[figure.unit]),
        reading.of,
        localized(figure.of),
        localized(figure.means),
        localized(figure.rounded),
    )


SHOWN = 12
"""Months in the table."""
MONEY_COLUMNS = (
    said("月", "month"),
    said("返金の件数", "refunds"),
    said("返金（円）", "refunded (yen)"),
    said("出品者から受け取った額（円）", "recovered (yen)"),
    said("負担（円）", "borne (yen)"),
    said("未定（円）", "open (yen)"),
)


@open_to(Role.LEAD, Role.COUNSEL)
def money_page(request: Visit, case_page: str) -> HttpResponse:
    """Show `?month=2026-11`, the present month where none is named; or the months up to it as a table."""
    month = month_asked(request)
    months = moneys(months_before(month, SHOWN))
    if request.GET.get("format") == "csv":
        return spreadsheet(
            request, name=f"money-{month}", columns=MONEY_COLUMNS, rows=map(_money_row, months)
        )
    shown = {
        "money": money(month),
        "month": month,
        "is_past": month.until <= request.received_at,
        "months": months,
        "disagreements": [
            *disagreements(month, at=request.received_at),
            *unawaited(at=request.received_at),
        ],
    }
    return render(request, "contact/staff/money_months.html", shown)


def _money_row(fact: MoneyFact) -> tuple[object, ...]:
    return fact.month, fact.refunds, fact.refunded, fact.recovered, fact.borne, fact.open
