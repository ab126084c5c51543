"""A seller's statement of a month, as a page to print and as a table."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import render

from mamori.grammar.hand import SELLERS
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.spreadsheet import moment_cell, spreadsheet
from mamori.ground.web.wording import said, told
from mamori.japan.months import month_named, month_of
from mamori.rooms.contact.finding import seller_of
from mamori.rooms.contact.queries.statement import Statement, statement


@open_to(*SELLERS)
def page(request: Visit) -> HttpResponse:
    """Show the statement of `?month=2026-11`, the present month where none is named."""
    found = _statement(request)
    shown = {"statement": found, "is_past": found.month.until <= request.received_at}
    return render(request, "contact/seller/statement.html", shown)


@open_to(*SELLERS)
def table(request: Visit) -> HttpResponse:
    """Return the same as a table."""
    found = _statement(request)
    columns = (
        said("受付番号", "case"),
        said("注文番号", "order"),
        said("購入者への返金（円）", "refunded (yen)"),
        said("差し引き（円）", "deducted (yen)"),
        said("売上金への戻し（円）", "given back (yen)"),
        said("戻した日時", "given back at"),
        said("状態", "state"),
        said("理由", "reason"),
        said("条項", "clause"),
        said("版", "version"),
        said("始まり", "opened"),
        said("決めた日時", "decided"),
        said("終わり", "ended"),
        said("次の見直し", "next review"),
    )
    return spreadsheet(request, name=f"statement-{found.month}", columns=columns, rows=_rows(found))


def _statement(request: Visit) -> Statement:
    month = month_named(request.GET.get("month", ""), month_of(request.received_at))
    return statement(seller_of(hand_of(request)), month)


def _rows(found: Statement) -> Iterator[tuple[object, ...]]:
    for row in found.rows:
        yield (
            row.number,
            row.order_ref,
            row.refunded,
            row.deducted,
            row.back,
            moment_cell(row.back_at),
            told(row.state),
            told(row.why) if row.why else "",
            told(row.clause) if row.clause else "",
            row.clause_version or "",
            *map(moment_cell, (row.opened_at, row.decided_at, row.closed_at, row.review_at)),
        )
