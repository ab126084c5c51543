"""What the marketplace may tell us, kind by kind: the one place that validation, sentences and reference read."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta

from mamori.grammar.text import Text
from mamori.ground.declared.records import (
    Count,
    Flag,
    Moment,
    Named,
    Part,
    PersonRef,
    Ref,
    Words,
    Yen,
    form,
    says,
)

Tracking = Annotated[
    str,
    Meta(
        max_length=64,
        pattern=r"^[0-9A-Za-z-]*\Z",
        extra=form("英数字とハイフン、64文字まで", "letters, digits and hyphens, at most 64"),
    ),
]


class Outcome(StrEnum):
    """What became of an instruction."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"


class Accepted(Part, frozen=True, kw_only=True):
    """A clause that the seller accepted."""

    clause: Annotated[Ref, says("条項のコード。例 recovery", "the clause's code, such as recovery")]
    version: Annotated[Count, says("条項の版", "the clause's version")]
    at: Annotated[Moment, says("同意した日時", "when it was accepted")]


class Item(Part, frozen=True, kw_only=True):
    """One line of an order."""

    listing: Annotated[Ref, says("商品(listing)の ref", "the ref of the listing")]
    quantity: Annotated[Count, says("数量", "how many")] = 1
    price: Annotated[Yen, says("単価(円・税込)", "the price of one (yen, tax included)")]


class Line(Part, frozen=True, kw_only=True, tag_field="kind"):
    """What every line has: its kind and the marketplace's own identifier."""

    title: ClassVar[Text]

    ref: Annotated[Ref, says("市場での識別子", "the marketplace's own identifier")]


class SellerLine(Line, frozen=True, kw_only=True, tag="seller"):
    """A seller as the marketplace knows it; names and contact details are kept sealed."""

    title = Text("出品者", "seller")

    ref: Annotated[PersonRef, says("市場での識別子", "the marketplace's own identifier")]
    name: Annotated[Named, says("店名(表示名)", "the name shown to buyers")]
    person: Annotated[Words, says("責任者の氏名", "the person responsible")] = ""
    mail: Annotated[Words, says("メールアドレス", "mail address")] = ""
    phone: Annotated[Words, says("電話番号", "telephone number")] = ""
    address: Annotated[Words, says("住所", "postal address")] = ""
    hours: Annotated[Words, says("連絡のつく時間", "when it can be reached")] = ""
    returns_to: Annotated[Words, says("返品先", "where goods are sent back to")] = ""
    legal_name: Annotated[
        Words, says("登録された氏名または名称(会社名など)", "the registered name, such as the company's")
    ] = ""
    support: Annotated[
        Words, says("購入者向けの問い合わせ窓口(電話番号など)", "its support line for buyers")
    ] = ""
    private: Annotated[
        Flag,
        says(
            "事業者ではない個人。住所や電話を購入者に見せない",
            "no business: address and telephone are not shown to buyers",
        ),
    ] = False
    accepted: Annotated[tuple[Accepted, ...], says("同意した条項", "the clauses it accepted")] = ()


class BuyerLine(Line, frozen=True, kw_only=True, tag="buyer"):
    """A buyer as the marketplace knows it; name and contact details are kept sealed."""

    title = Text("購入者", "buyer")

    ref: Annotated[PersonRef, says("市場での識別子", "the marketplace's own identifier")]
    name: Annotated[Named, says("氏名", "name")]
    mail: Annotated[Words, says("メールアドレス", "mail address")] = ""
    phone: Annotated[Words, says("電話番号", "telephone number")] = ""
    address: Annotated[Words, says("住所", "postal address")] = ""


class ListingLine(Line, frozen=True, kw_only=True, tag="listing"):
    """Goods on offer."""

    title = Text("商品", "listing")

    seller: Annotated[PersonRef, says("出品者の ref", "the ref of the seller")]
    name: Annotated[Named, says("商品名", "the name of the goods")]
    price: Annotated[Yen, says("価格(円・税込)", "the price (yen, tax included)")]
    code: Annotated[Words, says("JANコードなど", "JAN code or the like")] = ""


class OrderLine(Line, frozen=True, kw_only=True, tag="order"):
    """An order that a buyer placed with one seller."""

    title = Text("注文", "order")

    buyer: Annotated[PersonRef, says("購入者の ref", "the ref of the buyer")]
    seller: Annotated[PersonRef, says("出品者の ref", "the ref of the seller")]
    amount: Annotated[Yen, says("購入者が支払った合計(円)", "the total that the buyer paid (yen)")]
    ordered_at: Annotated[Moment, says("注文の日時", "when it was ordered")]
    items: Annotated[tuple[Item, ...], says("明細", "what was ordered")] = ()
    refunded: Annotated[
        Yen, says("これまでの返金の合計(円)。減ることはない", "all refunds so far (yen); never goes down")
    ] = 0
    charged_back: Annotated[
        Flag, says("カード会社がチャージバックした", "the card company charged it back")
    ] = False
    cancelled_at: Annotated[
        Moment | None,
        says(
            "注文が取り消された日時。一度伝えると、書かなくても残る",
            "when the order was cancelled; once told it stays, also where it is left out",
        ),
    ] = None
    unsent: Annotated[
        Flag,
        says(
            "商品が送られないまま取り消された(cancelled_at があるとき)",
            "it was cancelled before the goods were sent, where cancelled_at is given",
        ),
    ] = False


class ConfirmationLine(
    Line, frozen=True, kw_only=True, tag="confirmation", rename={"ref": "instruction"}.get
):
    """The marketplace's answer to an instruction."""

    title = Text("指示の確認", "confirmation")

    ref: Annotated[Ref, says("お知らせした指示の番号(ins_…)", "the instruction's id (ins_…) as it was given")]
    outcome: Annotated[
        Outcome,
        says("実行したか", "whether it was carried out"),
        Meta(extra=form("confirmed(実行した)か refused(できなかった)", "confirmed or refused")),
    ]
    at: Annotated[Moment | None, says("実行した日時", "when it was carried out")] = None
    note: Annotated[Words, says("取引番号や理由", "a reference or the reason")] = ""
    tracking: Annotated[
        Tracking, says("返品の送り状の追跡番号(label のとき)", "the parcel's tracking number, for a label")
    ] = ""


KINDS: dict[str, type[Line]] = {
    "seller": SellerLine,
    "buyer": BuyerLine,
    "listing": ListingLine,
    "order": OrderLine,
    "confirmation": ConfirmationLine,
}
"""Every kind in the order in which a batch is applied: what others refer to comes first."""
