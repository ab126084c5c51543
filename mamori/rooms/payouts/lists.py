"""What staff read in this room: the names that a person has to look at."""

from __future__ import annotations

from django.db.models import QuerySet

from mamori.grammar.hand import STAFF, Hand
from mamori.grammar.text import Text
from mamori.ground.matters.readinglist import ListColumn, ReadingList, Written
from mamori.rooms.payouts.models import Account
from mamori.rooms.payouts.queries.names import NameRow, name_rows, owed

SELLER = Text("出品者", "Seller")


def _owed(hand: Hand) -> QuerySet[Account]:
    return owed()


NAMES: ReadingList[NameRow] = ReadingList(
    slug="names",
    title=Text("見比べる名義", "Names to compare"),
    lead=Text(
        "口座の名義が登録名と同じかどうか、機械では決められなかったものです。古い順です。出品者はお金を待っています。",
        "Account holders of whom no rule could say that they are the registered person; the oldest first. "
        "Their sellers wait for money.",
    ),
    empty=Text("見比べる名義はありません", "No name waits"),
    roles=STAFF,
    rows=_owed,
    order=("look_since", "id"),
    read=name_rows,
    columns=(
        ListColumn(title=Text("期限", "Due"), value="due", written=Written.DUE),
        ListColumn(
            title=Text("口座の名義", "Account holder"),
            value="holder",
            written=Written.CALLED,
            lang="ja",
            to="account.fact.id",
            at="payouts_staff:name",
            beneath=(
                ListColumn(title=Text("銀行と支店", "Bank and branch"), value="account.place"),
                ListColumn(title=Text("口座番号", "Account number"), value="account.fact.masked"),
            ),
        ),
        ListColumn(
            title=SELLER,
            value="shop",
            written=Written.CALLED,
            beneath=(
                ListColumn(
                    title=Text("出品者の番号", "Seller's reference"),
                    value="account.fact.seller_ref",
                    written=Written.CALLED,
                ),
            ),
        ),
        ListColumn(title=Text("待ちはじめ", "Since"), value="since", written=Written.MOMENT),
    ),
)
