"""What a seller has to show in mail order: each item with where it is asked, of whom, and whether it may be given on request."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.citation import Citation, Confidence
from mamori.grammar.declaration import Setting
from mamori.grammar.text import Text
from mamori.law.citations import OWN_RULE, commerce
from mamori.law.formal import RETURN_DAYS

COMMERCE_ORDER = Text(
    "特定商取引に関する法律施行規則（昭和51年通商産業省令第89号）",
    "Order for the Act on Specified Commercial Transactions (No. 89 of 1976)",
)


def order(article: str) -> Citation:
    """Cite an article of its order, read in the text."""
    return Citation(
        COMMERCE_ORDER, article, Confidence.STATUTE, "https://laws.e-gov.go.jp/law/351M50000400089"
    )


class SellerKind(StrEnum):
    """Who the seller is, as far as the law asks different things of it."""

    CORPORATION = "corporation"
    SOLE_TRADER = "sole_trader"
    OVERSEAS = "overseas"
    PRIVATE = "private"


class Trait(StrEnum):
    """What else decides on what has to be shown; each is a question that the seller answers with yes or no."""

    SENDS = "sends"
    PREPAID = "prepaid"
    DELAYED = "delayed"
    MAIL_ADS = "mail_ads"
    SOFTWARE = "software"
    RECURRING = "recurring"
    JAPAN_OFFICE = "japan_office"
    ALL_CHARGES_SHOWN = "all_charges_shown"
    NO_LIABILITY = "no_liability"

    @property
    def text(self) -> Text:
        """Return it as the seller is asked."""
        return _TRAITS[self]


_TRAITS = {
    Trait.SENDS: Text("商品を送る", "Goods are sent"),
    Trait.PREPAID: Text("代金の全部か一部を先に受け取る", "All or part is paid beforehand"),
    Trait.DELAYED: Text("注文のあと、すぐには送らない", "Goods are not sent without delay after the order"),
    Trait.MAIL_ADS: Text("広告のメールを送る", "Advertising is sent by mail"),
    Trait.SOFTWARE: Text(
        "ソフトウェア・ダウンロード・配信を売る", "Software, downloads or streaming are sold"
    ),
    Trait.RECURRING: Text(
        "2回以上続けて契約する（定期購入など）", "It is contracted for twice or more in a row"
    ),
    Trait.JAPAN_OFFICE: Text("日本に事務所や店がある", "There is an office in Japan"),
    Trait.ALL_CHARGES_SHOWN: Text(
        "価格・送料・そのほかの費用をすべて表示している", "Price, shipping and all other charges are shown"
    ),
    Trait.NO_LIABILITY: Text(
        "契約と違うものでも責任を負わないと定めている", "Liability for goods that do not conform is excluded"
    ),
}


class DisplayItem(StrEnum):
    """What is shown."""

    NAME = "name"
    RESPONSIBLE = "responsible"
    ADDRESS = "address"
    PHONE = "phone"
    JAPAN_OFFICE = "japan_office"
    MAIL = "mail"
    PRICE = "price"
    SHIPPING = "shipping"
    OTHER_CHARGES = "other_charges"
    PAYMENT_METHOD = "payment_method"
    PAYMENT_TIME = "payment_time"
    DELIVERY = "delivery"
    PERIOD = "period"
    RETURNS = "returns"
    NONCONFORMITY = "nonconformity"
    COMPUTER = "computer"
    RECURRING_TERMS = "recurring_terms"
    LIMITS = "limits"
    DOCUMENT_CHARGE = "document_charge"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDeclared:
    """An item in words, where it is asked, of whom, and whether it may be omitted and given on request.

    `sellers` and `when` narrow of whom it is asked: kinds of seller, and traits that must all hold.  With `if_any` it is asked
    only where there is such a term or charge: then nothing said says that there is none.
    """

    text: Text
    help: Text
    citation: Citation
    sellers: frozenset[SellerKind] = frozenset(SellerKind) - {SellerKind.PRIVATE}
    when: frozenset[Trait] = frozenset()
    if_any: bool = False
    omittable: bool = False


ITEMS: Mapping[DisplayItem, ItemDeclared] = {
    DisplayItem.NAME: ItemDeclared(
        text=Text("氏名・名称", "Name"),
        help=Text(
            "個人は戸籍上の氏名か商業登記した商号、法人は登記した名称です。",
            "A person's name as in the family register or a registered trade name; a corporation's as registered.",
        ),
        citation=order("23(i)"),
        omittable=True,
    ),
    DisplayItem.RESPONSIBLE: ItemDeclared(
        text=Text("代表者・責任者", "Representative or person responsible"),
        help=Text(
            "代表者か、通信販売の業務の責任者の氏名です。", "Who represents it, or answers for mail order."
        ),
        citation=order("23(ii)"),
        sellers=frozenset({SellerKind.CORPORATION}),
        omittable=True,
    ),
    DisplayItem.ADDRESS: ItemDeclared(
        text=Text("住所", "Address"),
        help=Text(
            "実際に活動している場所を書きます。",
            "Where the business really is.",
        ),
        citation=order("23(i)"),
        omittable=True,
    ),
    DisplayItem.PHONE: ItemDeclared(
        text=Text("電話番号", "Telephone"),
        help=Text(
            "確実につながる番号です。ファクスは別です。", "One that is answered. A fax is no telephone."
        ),
        citation=order("23(i)"),
        omittable=True,
    ),
    DisplayItem.JAPAN_OFFICE: ItemDeclared(
        text=Text("日本の事務所の所在地と電話番号", "Office in Japan: address and telephone"),
        help=Text("日本に事務所があるときに書きます。", "Where there is an office in Japan."),
        citation=order("23(iii)"),
        sellers=frozenset({SellerKind.OVERSEAS}),
        when=frozenset({Trait.JAPAN_OFFICE}),
        omittable=True,
    ),
    DisplayItem.MAIL: ItemDeclared(
        text=Text("メールアドレス", "Mail address"),
        help=Text("広告のメールを送るときは、必ず書きます。", "Needed where advertising is sent by mail."),
        citation=order("23(x)"),
        when=frozenset({Trait.MAIL_ADS}),
    ),
    DisplayItem.PRICE: ItemDeclared(
        text=Text("販売価格・対価", "Price"),
        help=Text("「各商品のページに表示」でもかまいません。", "“As shown on each page” will do."),
        citation=commerce("11(i)"),
    ),
    DisplayItem.SHIPPING: ItemDeclared(
        text=Text("送料", "Shipping"),
        help=Text(
            "金額を書きます。「実費」「別途」だけでは足りません。",
            "As an amount. “At cost” or “extra” alone will not do.",
        ),
        citation=commerce("11(i)"),
        when=frozenset({Trait.SENDS}),
    ),
    DisplayItem.OTHER_CHARGES: ItemDeclared(
        text=Text("そのほかに払う費用", "Other charges"),
        help=Text(
            "代引手数料や振込手数料などの内容と金額です。", "Such as for cash on delivery or transfers."
        ),
        citation=order("23(iv)"),
        if_any=True,
    ),
    DisplayItem.PAYMENT_METHOD: ItemDeclared(
        text=Text("支払方法", "How to pay"),
        help=Text("使える方法をすべて書きます。", "All ways that may be used."),
        citation=commerce("11(ii)"),
        omittable=True,
    ),
    DisplayItem.PAYMENT_TIME: ItemDeclared(
        text=Text("支払時期", "When to pay"),
        help=Text("方法ごとに、いつ払うかを書きます。", "For each way, when it is paid."),
        citation=commerce("11(ii)"),
        omittable=True,
    ),
    DisplayItem.DELIVERY: ItemDeclared(
        text=Text("引渡し・提供の時期", "Delivery"),
        help=Text(
            "「入金から3営業日以内に発送」のように、期間か期日を書きます。",
            "As a period or a day, such as “sent within three business days of payment”.",
        ),
        citation=commerce("11(iii)"),
        omittable=True,
    ),
    DisplayItem.PERIOD: ItemDeclared(
        text=Text("申込みの期間", "Period for orders"),
        help=Text("申込みに期限があるときに書きます。", "Where there is one."),
        citation=commerce("11(iv)"),
        if_any=True,
    ),
    DisplayItem.RETURNS: ItemDeclared(
        text=Text("返品・キャンセル", "Returns and cancellation"),
        help=Text(
            "返品できるか、いつまでか、送料はどちらが払うかを書きます。商品では、何も書かないと、受け取りから{last}日は返品に応じることになります。",
            "Whether goods may be sent back, until when and who pays. Of goods: where nothing is said, they may for {last} days.",
        ).fill(last=RETURN_DAYS),
        citation=commerce("11(v)"),
        omittable=True,
    ),
    DisplayItem.NONCONFORMITY: ItemDeclared(
        text=Text("契約と違うものへの責任", "Goods that do not conform"),
        help=Text("定めがあるときに書きます。", "Where there is a term on it."),
        citation=order("23(v)"),
        if_any=True,
        omittable=True,
    ),
    DisplayItem.COMPUTER: ItemDeclared(
        text=Text("動作環境", "Computer needed"),
        help=Text("ソフトウェアやダウンロードに必要な機器です。", "What software or downloads need."),
        citation=order("23(vi)"),
        when=frozenset({Trait.SOFTWARE}),
    ),
    DisplayItem.RECURRING_TERMS: ItemDeclared(
        text=Text("続けて契約する条件", "Terms of a contract in a row"),
        help=Text(
            "回数・期間・金額と、やめ方を書きます。", "How often, how long, how much, and how to leave it."
        ),
        citation=order("23(vii)"),
        when=frozenset({Trait.RECURRING}),
    ),
    DisplayItem.LIMITS: ItemDeclared(
        text=Text("数量の制限などの条件", "Limits and special conditions"),
        help=Text("あるときに書きます。", "Where there are any."),
        citation=order("23(viii)"),
        if_any=True,
    ),
    DisplayItem.DOCUMENT_CHARGE: ItemDeclared(
        text=Text("請求されて渡す書面の費用", "Charge for what is given on request"),
        help=Text(
            "省略した事項の書面が有料のときに書きます。",
            "Where the document with omitted items is charged for.",
        ),
        citation=order("23(ix)"),
        if_any=True,
    ),
}
"""Every item in the order in which a page shows them."""


DISPLAY_FREE_MAIL = Setting(
    code="display.free_mail",
    title=Text("表示の連絡先に無料メールを認める", "a free mail address may stand in a display"),
    default=True,
    citation=OWN_RULE,
)
DISPLAY_HINDERS = Setting(
    code="display.hinders",
    title=Text(
        "表示を直さない、または表示の連絡先に連絡が届かない出品者に、新しい出品をさせない",
        "a display that was not put right, or a contact in it that reaches nobody, hinders listing",
    ),
    default=False,
    citation=OWN_RULE,
)
DISPLAY_REQUIRED = Setting(
    code="display.required",
    title=Text(
        "表示を書いていない出品者にも、予告のうえ表示を求める",
        "sellers who never wrote a display are told, and then asked for one",
    ),
    default=True,
    citation=OWN_RULE,
)
DISPLAY_PROOFS = Setting(
    code="display.proofs",
    title=Text(
        "表示した連絡先に連絡が届くことを、決めた期間ごとと変えたときに確かめてもらう",
        "sellers prove from time to time, and after a change, that the contacts they show reach them",
    ),
    default=True,
    citation=OWN_RULE,
)
DISPLAY_SETTINGS = (DISPLAY_FREE_MAIL, DISPLAY_HINDERS, DISPLAY_REQUIRED, DISPLAY_PROOFS)


def asked(seller: SellerKind, traits: Collection[Trait]) -> tuple[DisplayItem, ...]:
    """Return what this seller has to show, or to say that it gives on request; what is only asked `if_any` is not among it."""
    return tuple(item for item, one in ITEMS.items() if _is_asked(one, seller, traits) and not one.if_any)


def offered(seller: SellerKind, traits: Collection[Trait]) -> tuple[DisplayItem, ...]:
    """Return what its form asks: all that it has to show, and what it shows where there is any."""
    return tuple(item for item, one in ITEMS.items() if _is_asked(one, seller, traits))


UNLESS_SPECIAL = Text(
    "特約（返品できないなど）があるときはできない：可否・期間・条件・送料の負担は必ず表示する",
    "not where there is a special clause: whether, until when, on what conditions and who pays have to be shown",
)
"""On what condition the terms of return may be given on request (order, art. 25)."""


def omittable(traits: Collection[Trait], *, is_charge_shown: bool) -> frozenset[DisplayItem]:
    """Return what may be left out and given on request without delay.

    That is so where all charges are shown, or where none is: then price and shipping may be left out with the rest.  The time
    of payment may not be where it is prepaid, delivery not where it is delayed, nor that liability is excluded.
    """
    if Trait.ALL_CHARGES_SHOWN in traits:
        kept = {
            item
            for trait, item in (
                (Trait.PREPAID, DisplayItem.PAYMENT_TIME),
                (Trait.DELAYED, DisplayItem.DELIVERY),
                (Trait.NO_LIABILITY, DisplayItem.NONCONFORMITY),
            )
            if trait in traits
        }
        return frozenset(item for item, one in ITEMS.items() if one.omittable) - kept
    if is_charge_shown:
        return frozenset()
    charges = {DisplayItem.PRICE, DisplayItem.SHIPPING, DisplayItem.OTHER_CHARGES}
    return frozenset(item for item, one in ITEMS.items() if one.omittable) | charges


def _is_asked(one: ItemDeclared, seller: SellerKind, traits: Collection[Trait]) -> bool:
    return seller in one.sellers and one.when <= frozenset(traits)
