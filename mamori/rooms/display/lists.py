"""What staff read in this room: displays to be looked at, requests without an answer, private accounts that may be businesses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mamori.grammar.actor import STAFF, Actor
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.matters.readinglist import ListColumn, ReadingList, Written, by_state
from mamori.rooms.display.facts import named
from mamori.rooms.display.hidden.rules import SignFound, found_again
from mamori.rooms.display.lifecycle import (
    DISPLAY,
    DOUBT,
    REQUEST,
    WAITING,
    DisplayState,
    DoubtState,
    RequestState,
)
from mamori.rooms.display.models import LOOKED_AT, LOOKS, TO_LOOK, BusinessDoubt, Display, ItemRequest
from mamori.rooms.display.requests import queries as requests
from mamori.rooms.display.requests.queries import RequestShown


def _shop(*, to: str, at: str) -> ListColumn:
    """Return the column of the shop, with its reference beneath, that leads to a page."""
    ref = ListColumn(
        title=Text("出品者の番号", "Seller's reference"), value="seller_ref", written=Written.CALLED
    )
    title = Text("出品者", "Seller")
    return ListColumn(title=title, value="shop", written=Written.CALLED, to=to, at=at, beneath=(ref,))


STATES = (DisplayState.LACKING, DisplayState.OVERDUE, DisplayState.UNSURE)


@dataclass(frozen=True, slots=True, kw_only=True)
class LackingRow:
    """A display with which something is wrong."""

    seller_ref: str
    shop: str
    items: Text
    state: Text
    since: datetime | None


def lacking_rows(rows: Sequence[Display], actor: Actor) -> list[LackingRow]:
    """Return what the list tells of these displays, the shops' names in one look."""
    shops = market.shop_names(row.seller_ref for row in rows)
    return [
        LackingRow(
            seller_ref=row.seller_ref,
            shop=shops.get(row.seller_ref, ""),
            items=named([*row.faults, *row.doubts]),
            state=DISPLAY.states[DisplayState(row.state)],
            since=row.look_since,
        )
        for row in rows
    ]


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
    rows=lambda actor: Display.objects.filter(LOOKS),
    order=("look_since", "seller_ref"),
    read=lacking_rows,
    columns=(
        _shop(to="seller_ref", at="display_staff:seller"),
        ListColumn(title=Text("直すところ", "To be put right"), value="items"),
        ListColumn(title=Text("状態", "State"), value="state"),
        ListColumn(title=Text("いつから", "Since"), value="since", written=Written.MOMENT),
    ),
    filters=(by_state(DISPLAY, STATES),),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtRow:
    """A private account that may be a business."""

    seller_ref: str
    shop: str
    signs: Text | None
    score: int
    state: Text
    flagged_at: datetime
    looked_at: datetime | None


def doubt_rows(rows: Sequence[BusinessDoubt], actor: Actor) -> list[DoubtRow]:
    """Return what the list tells of these accounts, the shops' names in one look."""
    shops = market.shop_names(row.seller_ref for row in rows)
    return [
        DoubtRow(
            seller_ref=row.seller_ref,
            shop=shops.get(row.seller_ref, ""),
            signs=Text.listed(one.said for one in signs) if (signs := _strongest(row)) else None,
            score=row.score,
            state=DOUBT.states[DoubtState(row.state)],
            flagged_at=row.flagged_at,
            looked_at=row.looked_at,
        )
        for row in rows
    ]


def _strongest(row: BusinessDoubt) -> list[SignFound]:
    """Return the two signs that weigh most: the page has all."""
    return sorted(found_again(row.signs), key=lambda one: -one.points)[:2]


ACCOUNT = _shop(to="seller_ref", at="display_staff:hidden-seller")
SEEN_STATES = tuple(one for one in DoubtState if one not in (*WAITING, DoubtState.CLOSED))
SEEN = {"seen": Text("見た・尋ねた・判断した", "looked at, asked or concluded")} | {
    one.value: DOUBT.states[one] for one in SEEN_STATES
}
DOUBT_STATE = replace(
    by_state(DOUBT),
    choices={one.value: DOUBT.states[one] for one in WAITING} | SEEN,
    narrow=lambda rows, actor, value: rows if value == "seen" else rows.filter(state=value),
)
HIDDEN: ReadingList[DoubtRow] = ReadingList(
    slug="hidden",
    title=Text("事業者かもしれない個人の出品者", "Private accounts that may be businesses"),
    lead=Text(
        "個人として登録され、出品や販売に事業者のようなしるしのある出品者です。しるしの多い順です。しるしは、人が見るための目安にすぎません。"
        "見て、尋ね、答えを聞いて、人が判断するまで、何も起きません。",
        "Sellers registered as private persons who show signs of a business, most signs first. A sign only asks a person to "
        "look: nothing happens before somebody looked, asked, heard and concluded.",
    ),
    empty=Text("見る出品者はありません", "There is no account to look at"),
    roles=STAFF,
    rows=lambda actor: BusinessDoubt.objects.filter(TO_LOOK),
    order=("-score", "-seller_ref"),
    read=doubt_rows,
    columns=(
        ACCOUNT,
        ListColumn(title=Text("おもなしるし", "Main signs"), value="signs"),
        ListColumn(title=Text("点", "Points"), value="score", written=Written.NUMBER),
        ListColumn(title=Text("状態", "State"), value="state"),
        ListColumn(title=Text("載った日時", "Listed"), value="flagged_at", written=Written.MOMENT),
    ),
    filters=(DOUBT_STATE,),
)
HIDDEN_SEEN = replace(
    HIDDEN,
    slug="hidden-seen",
    title=Text("見た・尋ねた・判断した個人の出品者", "Private accounts looked at, asked or concluded"),
    lead=Text(
        "担当者が一度は見た個人の出品者です。新しい順です。",
        "Private accounts that somebody has looked at, the latest first.",
    ),
    empty=Text("まだありません", "There is none yet"),
    rows=lambda actor: BusinessDoubt.objects.filter(
        state__in=[one.value for one in SEEN_STATES], looked_at__isnull=False
    ),
    order=("-looked_at", "-seller_ref"),
    columns=(
        *HIDDEN.columns[:1],
        *HIDDEN.columns[2:4][::-1],
        ListColumn(title=Text("見た日時", "Looked at"), value="looked_at", written=Written.MOMENT),
    ),
)


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
    rows=lambda actor: ItemRequest.objects.filter(LOOKED_AT),
    order=("begun_at", "id"),
    read=lambda rows, actor: requests.for_staff(rows),
    columns=(
        _shop(to="number", at="display_staff:request"),
        ListColumn(title=Text("請求された事項", "Asked for"), value="awaited_text"),
        ListColumn(title=Text("状態", "State"), value="state_text"),
        ListColumn(title=Text("請求", "Asked"), value="asked_at", written=Written.MOMENT),
    ),
    filters=(by_state(REQUEST, (RequestState.REFERRED, RequestState.MISSED)),),
)
