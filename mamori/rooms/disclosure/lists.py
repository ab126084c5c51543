"""What staff read in this room: every request for a seller's information, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from mamori.grammar.hand import STAFF, Hand
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.market import facts as market
from mamori.ground.matters.readinglist import Filter, ListColumn, ReadingList, Written, by_state
from mamori.rooms.disclosure.lifecycle import REQUEST, DisclosureState
from mamori.rooms.disclosure.models import SellerRequest
from mamori.rooms.disclosure.queries.access import about
from mamori.rooms.disclosure.rules.said import CameBy


@dataclass(frozen=True, slots=True, kw_only=True)
class InfoRequestRow:
    """A request in the list."""

    number: int
    case: str
    shop: str
    state: Text
    channel: Text
    received_at: datetime
    decided_at: datetime | None


def _requests(hand: Hand) -> QuerySet[SellerRequest]:
    return SellerRequest.objects.all()


def request_rows(rows: Sequence[SellerRequest], hand: Hand | None = None) -> list[InfoRequestRow]:
    """Return what the list tells of these requests, the shops' names and case numbers in one look each."""
    shops = market.shop_names(row.seller_ref for row in rows)
    numbers = cases.numbers_of([about(row.pk) for row in rows])
    return [
        InfoRequestRow(
            number=row.pk,
            case=numbers[about(row.pk)],
            shop=shops.get(row.seller_ref, ""),
            state=REQUEST.states[DisclosureState(row.state)],
            channel=CameBy(row.channel).text,
            received_at=row.received_at,
            decided_at=row.decided_at,
        )
        for row in rows
    ]


REQUESTS: ReadingList[InfoRequestRow] = ReadingList(
    slug="disclosure",
    title=Text("販売業者等情報の開示請求", "Requests for a seller's information"),
    lead=Text(
        "届いた開示請求のすべてです。新しい順です。要件・意見・決定は、案件の画面にあります。",
        "Every request, the newest first. Elements, views and decisions stand on the case's page.",
    ),
    empty=Text("開示請求はありません", "Nobody has asked yet"),
    roles=STAFF,
    rows=_requests,
    order=("-id",),
    read=request_rows,
    columns=(
        ListColumn(title=Text("受付番号", "Number"), value="case", written=Written.CALLED, to="case"),
        ListColumn(title=Text("出品者", "Seller"), value="shop", written=Written.CALLED),
        ListColumn(title=Text("状態", "State"), value="state"),
        ListColumn(title=Text("届いた方法", "How it came"), value="channel"),
        ListColumn(title=Text("受け付けた日時", "Received"), value="received_at", written=Written.MOMENT),
        ListColumn(title=Text("決定した日時", "Decided"), value="decided_at", written=Written.MOMENT),
    ),
    filters=(
        by_state(REQUEST),
        Filter(
            name="month",
            title=Text("受け付けた月", "Month"),
            monthly=True,
            narrow=lambda rows, hand, value: rows.filter(
                received_at__gte=value.since, received_at__lt=value.until
            ),
        ),
    ),
)
