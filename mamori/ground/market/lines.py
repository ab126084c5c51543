"""What the marketplace may tell us, kind by kind: the one place that validation, sentences and reference read."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta
from msgspec.structs import force_setattr

from mamori.grammar.text import Text
from mamori.ground.declared.records import (
    Count,
    Day,
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
from mamori.japan.seen import plain_name
from mamori.law.identification import Method, Registrant

Tracking = Annotated[
    str,
    Meta(
        max_length=64,
        pattern=r"^[0-9A-Za-z-]*\Z",
        extra=form("英数字とハイフン、64文字まで", "letters, digits and hyphens, at most 64"),
    ),
]


Language = Annotated[
    str,
    Meta(
        max_length=35,
        pattern=r"^([a-z]{2,3}(-[0-9A-Za-z]{2,8})*)?\Z",
        extra=form("ja、en、zh-Hant などの言語コード", "a language code such as ja, en or zh-Hant"),
    ),
]
Country = Annotated[
    str,
    Meta(
        max_length=2,
        pattern=r"^([A-Z]{2})?\Z",
        extra=form("JP、US などの国コード2文字", "a country code of two letters such as JP or US"),
    ),
]
Stars = Annotated[int, Meta(ge=1, le=5, extra=form("1〜5の整数", "a whole number from 1 to 5"))]


class SellerState(StrEnum):
    """How a seller's account stands at the marketplace."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class ListingState(StrEnum):
    """How a listing stands at the marketplace; hidden may come back, gone never does."""

    ON_OFFER = "on_offer"
    HIDDEN = "hidden"
    GONE = "gone"


class ReviewState(StrEnum):
    """How a review stands at the marketplace; hidden may come back, gone never does."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    GONE = "gone"


class Outcome(StrEnum):
    """What became of an instruction."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    LATER = "later"


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
    """What every line has: its kind and the marketplace's own identifier.

    What a line leaves out (None) stays as it was told last; what is to be empty is told as such.
    """

    title: ClassVar[Text]

    ref: Annotated[Ref, says("市場での識別子", "the marketplace's own identifier")]


class SellerLine(Line, frozen=True, kw_only=True, tag="seller"):
    """A seller as the marketplace knows it; names and contact details are kept sealed."""

    title = Text("出品者", "seller")

    def __post_init__(self) -> None:
        super().__post_init__()
        for name, glyphs in (("name", False), ("person", True), ("legal_name", True), ("legal_kana", False)):
            value = getattr(self, name)
            if value is not None:
                force_setattr(self, name, plain_name(value, glyphs=glyphs))

    ref: Annotated[PersonRef, says("市場での識別子", "the marketplace's own identifier")]
    name: Annotated[Named, says("店名(表示名)", "the name shown to buyers")]
    person: Annotated[Words | None, says("責任者の氏名", "the person responsible")] = None
    mail: Annotated[Words | None, says("メールアドレス", "mail address")] = None
    phone: Annotated[Words | None, says("電話番号", "telephone number")] = None
    address: Annotated[Words | None, says("住所", "postal address")] = None
    hours: Annotated[Words | None, says("連絡のつく時間", "when it can be reached")] = None
    returns_to: Annotated[Words | None, says("返品先", "where goods are sent back to")] = None
    legal_name: Annotated[
        Words | None,
        says("登録された氏名または名称(会社名など)", "the registered name, such as the company's"),
    ] = None
    support: Annotated[
        Words | None, says("購入者向けの問い合わせ窓口(電話番号など)", "its support line for buyers")
    ] = None
    private: Annotated[
        Flag | None,
        says(
            "事業者ではない個人。住所や電話を購入者に見せない",
            "no business: address and telephone are not shown to buyers",
        ),
    ] = None
    legal_kana: Annotated[
        Words | None, says("登録された氏名・名称の読み(カナ)", "how the registered name is read, in kana")
    ] = None
    registered_as: Annotated[
        Registrant | None,
        says("登録の種類", "who is registered"),
        Meta(extra=form("person(個人)か company(法人)", "person or company")),
    ] = None
    verified_by: Annotated[
        Method | None,
        says("登録された氏名・名称を確かめた方法", "by which method the registered name was verified"),
        Meta(extra=form(f"{'、'.join(Method)} のどれか", f"one of {', '.join(Method)}")),
    ] = None
    verified_at: Annotated[
        Moment | None, says("確かめた日時(verified_by と一緒に)", "when it was verified, with verified_by")
    ] = None
    country: Annotated[
        Country | None,
        says(
            "所在国（ISO 3166の2文字。空は日本）",
            "the country where it is, two letters of ISO 3166; empty is Japan",
        ),
    ] = None
    verified_until: Annotated[
        Day | None,
        says(
            "確認が有効な最後の日(なければ期限なし)",
            "the last day on which that holds; without it there is none",
        ),
    ] = None
    accepted: Annotated[tuple[Accepted, ...], says("同意した条項", "the clauses it accepted")] = ()
    lang: Annotated[Language | None, says("読みやすい言語", "the language that it reads best")] = None
    state: Annotated[
        SellerState | None,
        says("市場での利用の状態", "how its account stands"),
        Meta(
            extra=form(
                "active(利用中)、suspended(停止中)、closed(終了)のどれか", "one of active, suspended, closed"
            )
        ),
    ] = None
    unpaid: Annotated[
        Yen | None,
        says("まだ支払っていない売上金(円)", "its proceeds that were not paid out yet (yen)"),
    ] = None


class BuyerLine(Line, frozen=True, kw_only=True, tag="buyer"):
    """A buyer as the marketplace knows it; name and contact details are kept sealed."""

    title = Text("購入者", "buyer")

    ref: Annotated[PersonRef, says("市場での識別子", "the marketplace's own identifier")]
    name: Annotated[Named, says("氏名", "name")]
    mail: Annotated[Words | None, says("メールアドレス", "mail address")] = None
    phone: Annotated[Words | None, says("電話番号", "telephone number")] = None
    address: Annotated[Words | None, says("住所", "postal address")] = None


class ListingLine(Line, frozen=True, kw_only=True, tag="listing"):
    """Goods on offer."""

    title = Text("商品", "listing")

    seller: Annotated[PersonRef, says("出品者の ref", "the ref of the seller")]
    name: Annotated[Named, says("商品名", "the name of the goods")]
    price: Annotated[Yen, says("価格(円・税込)", "the price (yen, tax included)")]
    code: Annotated[Words | None, says("JANコードなど", "JAN code or the like")] = None
    category: Annotated[Words | None, says("カテゴリ", "its category")] = None
    state: Annotated[
        ListingState | None,
        says("市場での状態", "how it stands"),
        Meta(
            extra=form(
                "on_offer(販売中)、hidden(見せていない)、gone(なくなった)のどれか",
                "one of on_offer, hidden, gone",
            )
        ),
    ] = None


class OrderLine(Line, frozen=True, kw_only=True, tag="order"):
    """An order that a buyer placed with one seller."""

    title = Text("注文", "order")

    buyer: Annotated[PersonRef, says("購入者の ref", "the ref of the buyer")]
    seller: Annotated[PersonRef, says("出品者の ref", "the ref of the seller")]
    amount: Annotated[Yen, says("購入者が支払った合計(円)", "the total that the buyer paid (yen)")]
    ordered_at: Annotated[Moment, says("注文の日時", "when it was ordered")]
    items: Annotated[
        tuple[Item, ...],
        says(
            "明細。一度知らせたものは、省いても残ります",
            "what was ordered; once told it stays, also where it is left out",
        ),
    ] = ()
    refunded: Annotated[
        Yen, says("これまでの返金の合計(円)。減ることはない", "all refunds so far (yen); never goes down")
    ] = 0
    instructed: Annotated[
        Yen | None,
        says(
            "refunded のうち、Mamori の指示で返金した分(円)",
            "how much of refunded was given back on instructions of Mamori (yen)",
        ),
    ] = None
    charged_back: Annotated[
        Flag | None, says("カード会社がチャージバックした", "the card company charged it back")
    ] = None
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
    completed_at: Annotated[
        Moment | None,
        says(
            "取引が終わった日時。一度伝えると、書かなくても残る",
            "when its business was over; once told it stays, also where it is left out",
        ),
    ] = None


class ReviewLine(Line, frozen=True, kw_only=True, tag="review"):
    """A review of a listing: its stars and where it stands.  Its words and who wrote it stay at the marketplace."""

    title = Text("レビュー", "review")

    listing: Annotated[Ref, says("商品(listing)の ref", "the ref of the listing")]
    seller: Annotated[PersonRef, says("出品者の ref", "the ref of the seller")]
    stars: Annotated[Stars, says("星の数", "its stars")]
    posted_at: Annotated[Moment, says("投稿の日時", "when it was posted")]
    order: Annotated[Ref | None, says("注文(order)の ref", "the ref of the order")] = None
    state: Annotated[
        ReviewState | None,
        says("市場での状態", "how it stands"),
        Meta(
            extra=form(
                "shown(表示中)、hidden(見せていない)、gone(なくなった)のどれか", "one of shown, hidden, gone"
            )
        ),
    ] = None


class ConfirmationLine(
    Line, frozen=True, kw_only=True, tag="confirmation", rename={"ref": "instruction"}.get
):
    """The marketplace's answer to an instruction."""

    title = Text("指示の確認", "confirmation")

    ref: Annotated[Ref, says("お知らせした指示の番号(ins_…)", "the instruction's id (ins_…) as it was given")]
    outcome: Annotated[
        Outcome,
        says("実行したか", "whether it was carried out"),
        Meta(
            extra=form(
                "confirmed(実行した)、refused(できない。これで終わり)、later(今はできない。あとで実行する)のどれか",
                "confirmed, refused for good, or later (not now, it goes on waiting)",
            )
        ),
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
    "review": ReviewLine,
    "confirmation": ConfirmationLine,
}
"""Every kind in the order in which a batch is applied: what others refer to comes first."""
