"""What the marketplace may tell us, kind by kind: the one place that validation, sentences and reference read."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta

from mamori.grammar.text import Text
from mamori.ground.declared.records import (
    NO_NUL,
    UNFIT,
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
    serves,
)
from mamori.ground.market.sellerlines import (
    OF_HISTORY,
    OF_THE_RECORD,
    ContactsLine,
    Gtin,
    Line,
    PictureUrl,
    SellerLine,
    Url,
    VerificationLine,
)
from mamori.japan.identifiers.numbers import is_gtin

Tracking = Annotated[
    str,
    Meta(
        max_length=64,
        pattern=r"^[0-9A-Za-z-]*\Z",
        extra=form("英数字とハイフン、64文字まで", "letters, digits and hyphens, at most 64"),
    ),
]
Stars = Annotated[int, Meta(ge=1, le=5, extra=form("1〜5の整数", "a whole number from 1 to 5"))]


Said = Annotated[
    str,
    Meta(
        max_length=10_000,
        pattern=NO_NUL,
        extra=form("10,000文字までの文字列", "a text of at most 10,000 characters"),
    ),
]
Screen = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=40_000,
        pattern=NO_NUL,
        extra=form("1〜40,000文字の文字列", "a text of 1 to 40,000 characters"),
    ),
]
MOST_PICTURES = 20


class Nature(StrEnum):
    """What a listing offers."""

    GOODS = "goods"
    SERVICE = "service"
    RIGHT = "right"


class GoodsCondition(StrEnum):
    """Whether goods are new or were used before."""

    NEW = "new"
    USED = "used"


class SoldAs(StrEnum):
    """As what a seller sold at the moment of an order."""

    INDIVIDUAL = "individual"
    SOLE_TRADER = "sole_trader"
    CORPORATION = "corporation"


class AgeBand(StrEnum):
    """How old a buyer was at an order, as far as the law asks: a minor, too young for alcohol, or neither."""

    UNDER_18 = "under_18"
    UNDER_20 = "under_20"
    FROM_20 = "from_20"


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


class Item(Part, frozen=True, kw_only=True):
    """One line of an order."""

    listing: Annotated[Ref, says("商品(listing)の ref", "the ref of the listing")]
    quantity: Annotated[Count, says("数量", "how many")] = 1
    price: Annotated[Yen, says("単価(円・税込)", "the price of one (yen, tax included)")]


class BuyerLine(Line, frozen=True, kw_only=True, tag="buyer"):
    """A buyer as the marketplace knows it; name and contact details are kept sealed."""

    title = Text("購入者", "buyer")

    ref: Annotated[PersonRef, says("通販サイトでの識別子", "the marketplace's own identifier")]
    name: Annotated[Named, says("氏名", "name")]
    mail: Annotated[Words, says("メールアドレス", "mail address")] = ""
    phone: Annotated[Words, says("電話番号", "telephone number")] = ""
    address: Annotated[Words, says("住所", "postal address")] = ""


_OF_GOODS = serves(
    "回収・届出の商品と突き合わせるため",
    "to be held against recalls and reports of dangerous goods",
    kept=OF_THE_RECORD,
)


_OF_BUSINESS = serves(
    "個人の出品者が事業者にあたるかを人が確かめる手がかりにするため",
    "people see whether a private seller may be a business",
    kept=OF_THE_RECORD,
)


class ListingLine(Line, frozen=True, kw_only=True, tag="listing"):
    """Goods, a service or a right on offer."""

    title = Text("商品", "listing")

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.gtin and not is_gtin(self.gtin):
            raise ValueError(f"{UNFIT} `gtin`")

    seller: Annotated[PersonRef, says("出品者の ref", "the ref of the seller")]
    name: Annotated[Named, says("商品名", "the name of the goods")]
    price: Annotated[Yen, says("価格(円・税込)", "the price (yen, tax included)")]
    code: Annotated[
        Words, says("通販サイトや出品者の商品番号など", "the goods' number at the shop or the like")
    ] = ""
    category: Annotated[Words, says("カテゴリ", "its category")] = ""
    url: Annotated[
        Url,
        says("商品ページのアドレス", "the address of its page"),
        serves("担当者が商品ページを見るため", "staff look at the page", kept=OF_THE_RECORD),
    ] = ""
    brand: Annotated[Words, says("ブランド・製造者", "its brand or maker"), _OF_GOODS] = ""
    model: Annotated[Words, says("型番", "its model"), _OF_GOODS] = ""
    gtin: Annotated[Gtin, says("GTIN(JANコードなど)", "its GTIN (JAN, EAN, UPC)"), _OF_GOODS] = ""
    nature: Annotated[
        Nature | None,
        says("商品・役務・権利のどれか。なければ「聞いていない」", "what it is; left out it is not told"),
        Meta(extra=form("goods(商品)、service(役務)、right(権利)のどれか", "one of goods, service, right")),
        serves(
            "申込みの取消しなどの根拠が、商品・役務・権利で違うため",
            "grounds of rescission differ between goods, services and rights",
            kept=OF_THE_RECORD,
        ),
    ] = None
    condition: Annotated[
        GoodsCondition | None,
        says("新品か中古か。なければ「聞いていない」", "whether it is new; left out it is not told"),
        Meta(extra=form("new(新品・未使用)、used(中古)のどちらか", "one of new, used")),
        _OF_BUSINESS,
    ] = None
    listed_at: Annotated[
        Moment | None,
        says("はじめて出品した日時。なければ「聞いていない」", "when it was first put on offer"),
        _OF_BUSINESS,
    ] = None
    pictures: Annotated[
        tuple[PictureUrl, ...],
        Meta(max_length=MOST_PICTURES),
        says("商品の写真のアドレス", "the addresses of its pictures"),
        Meta(
            extra=form(
                f"https:// で始まるアドレスの一覧({MOST_PICTURES}件まで)",
                f"a list of addresses that begin with https://, at most {MOST_PICTURES}",
            )
        ),
        serves(
            "権利侵害・偽造品の申出と突き合わせるため",
            "to be held against notices of rights",
            kept=OF_THE_RECORD,
        ),
    ] = ()
    state: Annotated[
        ListingState,
        says("通販サイトでの状態", "how it stands"),
        Meta(
            extra=form(
                "on_offer(販売中)、hidden(見せていない)、gone(なくなった)のどれか",
                "one of on_offer, hidden, gone",
            )
        ),
    ] = ListingState.ON_OFFER


class OrderLine(Line, frozen=True, kw_only=True, tag="order"):
    """An order that a buyer placed with one seller."""

    title = Text("注文", "order")
    unmerged: ClassVar[tuple[str, ...]] = ("instructed",)
    tied: ClassVar[Mapping[str, tuple[str, ...]]] = {"cancelled_at": ("unsent",)}

    buyer: Annotated[PersonRef, says("購入者の ref", "the ref of the buyer")]
    seller: Annotated[PersonRef, says("出品者の ref", "the ref of the seller")]
    amount: Annotated[Yen, says("購入者が支払った合計(円)", "the total that the buyer paid (yen)")]
    ordered_at: Annotated[Moment, says("注文の日時", "when it was ordered")]
    seen_at: Annotated[
        Moment | None,
        says(
            "購入者が商品と表示を見た日時。なければ注文の日時とみなす",
            "when the buyer was shown goods and display; left out it counts as the moment of the order",
        ),
        serves(
            "購入者が見た商品と表示の版を決めるため",
            "to tell which versions of goods and display the buyer saw",
            kept=OF_THE_RECORD,
        ),
    ] = None
    items: Annotated[tuple[Item, ...], says("明細", "what was ordered")] = ()
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
        Flag, says("カード会社がチャージバックした", "the card company charged it back")
    ] = False
    cancelled_at: Annotated[Moment | None, says("注文が取り消された日時", "when the order was cancelled")] = (
        None
    )
    unsent: Annotated[
        Flag,
        says(
            "商品が送られないまま取り消された(取消しの日時があるとき)",
            "it was cancelled before the goods were sent, where cancelled_at is given",
        ),
    ] = False
    completed_at: Annotated[Moment | None, says("取引が終わった日時", "when its business was over")] = None
    received_on: Annotated[
        Day | None,
        says("購入者が受け取った日", "the day on which the buyer received it"),
        serves(
            "申込みの撤回・返品の期間がこの日から数えるため",
            "spans of withdrawal and return run from it",
            kept=OF_THE_RECORD,
        ),
    ] = None
    as_business: Annotated[
        Flag | None,
        says(
            "購入者が事業として買った。なければ「聞いていない」",
            "the buyer bought as a business; left out it is not told",
        ),
        serves(
            "消費者の取引だけに当たる決まりがあるため",
            "some rules are for consumers only",
            kept=OF_THE_RECORD,
        ),
    ] = None
    sold_as: Annotated[
        SoldAs | None,
        says(
            "注文のときの出品者の区分。一度伝えると変わらない。なければ「聞いていない」",
            "as what the seller sold at the time of the order; told once it stays; left out it is not told",
        ),
        Meta(
            extra=form(
                "individual(個人)、sole_trader(個人事業主)、corporation(法人)のどれか",
                "one of individual, sole_trader, corporation",
            )
        ),
        serves(
            "取引デジタルプラットフォーム法が取引の時点で問うこと",
            "the Act asks how it was at the time of a transaction",
            kept=OF_THE_RECORD,
        ),
    ] = None
    age: Annotated[
        AgeBand | None,
        says(
            "注文のときの購入者の年齢の幅(生年月日は伝えない)。なければ「聞いていない」",
            "how old the buyer was at the order, as a band and never a day of birth; left out it is not told",
        ),
        Meta(
            extra=form(
                "under_18(18歳未満)、under_20(18・19歳)、from_20(20歳以上)のどれか",
                "one of under_18, under_20 (18 or 19), from_20",
            )
        ),
        serves(
            "未成年者の契約の取消しと、年齢で売れない商品のため",
            "contracts of minors may be rescinded, and some goods are not sold below an age",
            kept=OF_THE_RECORD,
        ),
    ] = None


_OF_A_REVIEW = serves(
    "不正なレビューを見分けるため",
    "to tell reviews that are not what they seem",
    kept=OF_HISTORY,
)


class ReviewLine(Line, frozen=True, kw_only=True, tag="review"):
    """A review of a listing; its words are kept sealed with its author's key, and earlier ones beside the present."""

    title = Text("レビュー", "review")

    listing: Annotated[Ref, says("商品(listing)の ref", "the ref of the listing")]
    seller: Annotated[PersonRef, says("出品者の ref", "the ref of the seller")]
    stars: Annotated[Stars, says("星の数", "its stars"), _OF_A_REVIEW]
    posted_at: Annotated[Moment, says("投稿の日時", "when it was posted")]
    order: Annotated[Ref | None, says("注文(order)の ref", "the ref of the order")] = None
    author: Annotated[
        PersonRef | None, says("書いた購入者の ref", "the ref of the buyer who wrote it"), _OF_A_REVIEW
    ] = None
    text: Annotated[Said, says("本文(author と一緒に)", "its words, with author"), _OF_A_REVIEW] = ""
    state: Annotated[
        ReviewState,
        says("通販サイトでの状態", "how it stands"),
        Meta(
            extra=form(
                "shown(表示中)、hidden(見せていない)、gone(なくなった)のどれか", "one of shown, hidden, gone"
            )
        ),
    ] = ReviewState.SHOWN


class ScreenLine(Line, frozen=True, kw_only=True, tag="screen"):
    """The final confirmation screen of a known order, as the buyer saw it; kept once, sealed with the buyer's key."""

    title = Text("最終確認画面", "confirmation screen")

    ref: Annotated[Ref, says("注文(order)の ref", "the ref of the order")]
    text: Annotated[
        Screen,
        says("画面に出ていた文言の全体(HTMLでもよい)", "all that the screen showed, as text or HTML"),
        serves(
            "最終確認画面の表示に誤りがあったと言われたとき、何が出ていたかを示すため",
            "to show what stood there where somebody says that it misled",
            kept=Text(
                "購入者の鍵が消えるまで(保存期間の規則 market.persons か、消去の請求)",
                "until the buyer's key is destroyed, by the rule market.persons or on request",
            ),
        ),
    ]


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
    amount: Annotated[
        Yen | None,
        says(
            "実行した金額(円)。書くなら、指示の金額と同じでなければ受け取らない",
            "how much was carried out (yen); where it is told and differs from what was asked, the answer is not taken",
        ),
    ] = None
    note: Annotated[Words, says("取引番号や理由", "a reference or the reason")] = ""
    tracking: Annotated[
        Tracking, says("返品の送り状の追跡番号(label のとき)", "the parcel's tracking number, for a label")
    ] = ""


KINDS: dict[str, type[Line]] = {
    "seller": SellerLine,
    "verification": VerificationLine,
    "contacts": ContactsLine,
    "buyer": BuyerLine,
    "listing": ListingLine,
    "order": OrderLine,
    "screen": ScreenLine,
    "review": ReviewLine,
    "confirmation": ConfirmationLine,
}
"""Every kind in the order in which a batch is applied: what others refer to comes first."""
KEPT_ONCE = frozenset({ScreenLine, ConfirmationLine})
"""What is told once and then stands: there is nothing to change in it."""
