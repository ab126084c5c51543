"""A seller's statement of a month, as a page to print and as a table, and its cases as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import render

from mamori.grammar.actor import SELLERS
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.web.access import open_to
from mamori.ground.web.lists import moment_cell, spreadsheet
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import localized, said
from mamori.japan.calendar import JAPAN, month_named, month_of
from mamori.rooms.contact import keeping
from mamori.rooms.contact.finding import seller_of
from mamori.rooms.contact.models import Thread
from mamori.rooms.contact.queries.goods import goods_names, heading
from mamori.rooms.contact.queries.matter import matter_of, whole_threads
from mamori.rooms.contact.queries.statement import Statement, statement
from mamori.rooms.contact.rules.standing import for_seller
from mamori.rooms.contact.topics import TOPICS, Topic

STATEMENT_COLUMNS = (
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


@open_to(*SELLERS)
def page(request: Visit) -> HttpResponse:
    """Show the statement of `?month=2026-11`, the present month where none is named; or the same as a table."""
    month = month_named(request.GET.get("month", ""), month_of(request.received_at))
    found = statement(seller_of(actor_of(request)), month)
    if request.GET.get("format") == "csv":
        return spreadsheet(
            request, name=f"statement-{found.month}", columns=STATEMENT_COLUMNS, rows=_rows(found)
        )
    shown = {"statement": found, "is_past": found.month.until <= request.received_at}
    return render(request, "contact/seller/statement.html", shown)


def _rows(found: Statement) -> Iterator[tuple[object, ...]]:
    for row in found.rows:
        yield (
            row.number,
            row.order_ref,
            row.refunded,
            row.deducted,
            row.back,
            moment_cell(row.back_at),
            localized(row.state),
            localized(row.why) if row.why else "",
            localized(row.clause) if row.clause else "",
            row.clause_version or "",
            *map(moment_cell, (row.opened_at, row.decided_at, row.closed_at, row.review_at)),
        )


MOST = 5_000
"""So many of the newest cases; whoever has more asks the marketplace for its own export."""
TROUBLE, QUESTION = Text("困りごと", "trouble"), Text("購入前の質問", "question before purchase")
CASE_COLUMNS = (
    said("受付番号", "case"),
    said("種類", "kind"),
    said("話題", "topic"),
    said("商品", "goods"),
    said("注文番号", "order"),
    said("状況", "standing"),
    said("届いた日時", "received"),
    said("あなたの番の期限", "your turn, due"),
    said("最初の回答", "first answered"),
    said("解決の期限", "solution due"),
    said("終わり", "ended"),
)


def cases_table(request: Visit, seller_ref: str) -> HttpResponse:
    """Return the newest cases of a seller as a table."""
    threads = list(whole_threads().filter(seller_ref=seller_ref).order_by("-id")[:MOST])
    day = request.received_at.astimezone(JAPAN).date()
    return spreadsheet(request, name=f"cases-{day:%Y-%m-%d}", columns=CASE_COLUMNS, rows=_case_rows(threads))


def _case_rows(threads: list[Thread]) -> Iterator[tuple[str, ...]]:
    known = cases.cases_of(abouts=[keeping.about(thread) for thread in threads]) if threads else {}
    goods = goods_names(threads)
    for thread in threads:
        trouble = keeping.trouble_of(thread)
        yield (
            known[keeping.about(thread)].number,
            localized(TROUBLE if trouble else QUESTION),
            localized(heading(TOPICS[Topic(thread.topic)])),
            localized(goods[thread.pk]),
            thread.order_ref,
            localized(for_seller(matter_of(thread)).badge),
            moment_cell(thread.opened_at),
            moment_cell(thread.seller_due_at),
            moment_cell(trouble.first_answered_at if trouble else None),
            moment_cell(trouble.resolution_due_at if trouble else None),
            moment_cell(thread.closed_at),
        )
