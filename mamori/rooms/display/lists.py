"""What staff read in this room: displays with which something is wrong, and requests that were not answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from mamori.grammar.hand import STAFF, Hand
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.matters.readinglist import Filter, ListColumn, ReadingList, Written
from mamori.rooms.display.facts import named
from mamori.rooms.display.lifecycle import DISPLAY, REQUEST, DisplayState, RequestState
from mamori.rooms.display.models import LOOKED_AT, LOOKS, Display, ItemRequest
from mamori.rooms.display.queries import requests
from mamori.rooms.display.queries.requests import RequestShown

STATES = (DisplayState.LACKING, DisplayState.OVERDUE, DisplayState.UNSURE)


@dataclass(frozen=True, slots=True, kw_only=True)
class LackingRow:
    """A display with which something is wrong."""

    seller_ref: str
    shop: str
    items: Text
    state: Text
    since: datetime


def _lacking(hand: Hand) -> QuerySet[Display]:
    return Display.objects.filter(LOOKS)


def lacking_rows(rows: Sequence[Display], hand: Hand) -> list[LackingRow]:
    """Return what the list tells of these displays, the shops' names in one look."""
    shops = market.shop_names(row.seller_ref for row in rows)
    return [_row(row, shops.get(row.seller_ref, "")) for row in rows]


def _row(row: Display, shop: str) -> LackingRow:
    assert row.look_since is not None
    return LackingRow(
        seller_ref=row.seller_ref,
        shop=shop,
        items=named([*row.faults, *row.doubts]),
        state=DISPLAY.states[DisplayState(row.state)],
        since=row.look_since,
    )


LACKING: ReadingList[LackingRow] = ReadingList(
    slug="displays",
    title=Text("直すところのある表示", "Displays with something to be put right"),
    lead=Text(
        "特定商取引法に基づく表示に不備があるか、文章を機械では読み切れなかった出品者です。古い順です。不備が期限までに直らないと、違反の疑いになります。読み切れないだけでは、何も起きません。",
        "Sellers whose display falls short of the law, or whose text could not be read for sure, the oldest first. What stays "
        "wrong becomes a suspected breach; from what could not be read nothing follows by itself.",
    ),
    empty=Text("直すところのある表示はありません", "Nothing is wrong with any display"),
    roles=STAFF,
    rows=_lacking,
    order=("look_since", "seller_ref"),
    read=lacking_rows,
    columns=(
        ListColumn(
            title=Text("出品者", "Seller"),
            value="shop",
            written=Written.CALLED,
            to="seller_ref",
            at="display_staff:seller",
            beneath=(
                ListColumn(
                    title=Text("出品者の番号", "Seller's reference"),
                    value="seller_ref",
                    written=Written.CALLED,
                ),
            ),
        ),
        ListColumn(title=Text("直すところ", "To be put right"), value="items"),
        ListColumn(title=Text("状態", "State"), value="state"),
        ListColumn(title=Text("いつから", "Since"), value="since", written=Written.MOMENT),
    ),
    filters=(
        Filter(
            name="state",
            title=Text("状態", "State"),
            choices={one.value: DISPLAY.states[one] for one in STATES},
            narrow=lambda rows, hand, value: rows.filter(state=value),
        ),
    ),
)


def _unanswered(hand: Hand) -> QuerySet[ItemRequest]:
    return ItemRequest.objects.filter(LOOKED_AT)


def request_rows(rows: Sequence[ItemRequest], hand: Hand) -> Sequence[RequestShown]:
    """Return what the list tells of these requests."""
    return requests.for_staff(rows)


REQUESTS: ReadingList[RequestShown] = ReadingList(
    slug="display-requests",
    title=Text("答えのない請求", "Requests without an answer"),
    lead=Text(
        "表示に省略された事項を購入者が請求し、出品者が知らせていないか、知らせてよいかの判断を求めているものです。古い順です。",
        "Buyers asked for what a display leaves out, and the seller has not given it in time, or asks whether it has to. The "
        "oldest first.",
    ),
    empty=Text("答えのない請求はありません", "Every request was answered"),
    roles=STAFF,
    rows=_unanswered,
    order=("begun_at", "id"),
    read=request_rows,
    columns=(
        ListColumn(
            title=Text("出品者", "Seller"),
            value="shop",
            written=Written.CALLED,
            to="number",
            at="display_staff:request",
            beneath=(
                ListColumn(
                    title=Text("出品者の番号", "Seller's reference"),
                    value="seller_ref",
                    written=Written.CALLED,
                ),
            ),
        ),
        ListColumn(title=Text("請求された事項", "Asked for"), value="awaited_text"),
        ListColumn(title=Text("状態", "State"), value="state_text"),
        ListColumn(title=Text("請求", "Asked"), value="asked_at", written=Written.MOMENT),
    ),
    filters=(
        Filter(
            name="state",
            title=Text("状態", "State"),
            choices={one.value: REQUEST.states[one] for one in (RequestState.REFERRED, RequestState.MISSED)},
            narrow=lambda rows, hand, value: rows.filter(state=value),
        ),
    ),
)
