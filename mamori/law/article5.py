"""A buyer's request for a seller's information: what the Act asks of it, element by element, and what may be given on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mamori.grammar.businesstime import BusinessDays, CalendarDays
from mamori.grammar.citation import Citation
from mamori.grammar.declaration import Deadline
from mamori.grammar.text import Text, day_words, yen_words
from mamori.law.citations import OWN_RULE, act, order

AMOUNT_ABOVE = 10_000
"""Yen: the claim has to be greater than this, not equal to it (order, art. 4)."""
CONTRACTS_FROM = date(2022, 5, 1)
"""The Act is for contracts of this day and after (supplementary provision 2)."""
ABOVE, SINCE = yen_words(AMOUNT_ABOVE), day_words(CONTRACTS_FROM)
"""Both as sentences have them."""
ASKED_OF = act("5")


class SellerItem(StrEnum):
    """What a seller's information is: a closed list."""

    NAME = "name"
    ADDRESS = "address"
    PHONE = "phone"
    FAX = "fax"
    MAIL = "mail"
    CORPORATE_NUMBER = "corporate_number"

    @property
    def text(self) -> Text:
        """Return what it is called."""
        return SELLER_ITEMS[self]


SELLER_ITEMS: Mapping[SellerItem, Text] = {
    SellerItem.NAME: Text(
        "氏名または名称（法人は代表者の氏名も）", "Name (of a company, its representative's too)"
    ),
    SellerItem.ADDRESS: Text("住所", "Address"),
    SellerItem.PHONE: Text("電話番号", "Telephone number"),
    SellerItem.FAX: Text("ファクシミリ番号", "Fax number"),
    SellerItem.MAIL: Text("電子メールアドレス", "E-mail address"),
    SellerItem.CORPORATE_NUMBER: Text("法人番号", "Corporate number"),
}
ITEMS_OF = order("5")
NEVER = Text(
    "銀行口座、生年月日、本人確認書類、IPアドレス、売上は、この請求ではお知らせできません。",
    "Bank accounts, dates of birth, identity documents, IP addresses and sales are never given on this request.",
)


class LeftOut(StrEnum):
    """Why an item that is asked for and held is not given with the rest; two people see to it each time."""

    ANOTHERS = "anothers"
    OUTDATED = "outdated"
    DANGER = "danger"
    NOT_NEEDED = "not_needed"

    @property
    def text(self) -> Text:
        """Return it in words, as who asks and the seller read it: nothing of whom it may be is said."""
        return LEFT_OUT[self].text


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutText:
    """Such a reason in words, on what it rests, and whether it holds for the next who asks as long as the same is registered."""

    text: Text
    citation: Citation
    stays: bool = True


LEFT_OUT: Mapping[LeftOut, LeftOutText] = {
    LeftOut.ANOTHERS: LeftOutText(
        text=Text(
            "登録されている内容が、いまは出品者でない別の人のものとわかったため",
            "what is registered was found to be somebody else's now, and not the seller's",
        ),
        citation=order("5"),
    ),
    LeftOut.OUTDATED: LeftOutText(
        text=Text(
            "登録されている内容が、もう出品者のものではないとわかったため",
            "what is registered was found to be the seller's no longer",
        ),
        citation=order("5"),
    ),
    LeftOut.DANGER: LeftOutText(
        text=Text(
            "開示すると、人の生命・身体の安全が損なわれるおそれがあるため",
            "to disclose it might put somebody's life or body in danger",
        ),
        citation=OWN_RULE,
    ),
    LeftOut.NOT_NEEDED: LeftOutText(
        text=Text(
            "求める権利の行使に、この項目を確かめる必要があるとは認められないため",
            "it was not found that this item has to be confirmed for the claim",
        ),
        citation=act("5(1)"),
        stays=False,
    ),
}
"""The Act gives what is the seller's, is held and needed; that one item can fall away and the rest be given is how we read it."""
SILENCE_ON_OUTDATED = Text(
    "{span}以内に、登録を直すか、登録のとおりで正しいと答えてください。どちらもないときは、直したとも正しいとも扱わず、"
    "法務または責任者が、登録のとおりに開示するか、その項目を外すかを判断します。直したときも、開示する前に一度確かめます。",
    "Please have what is registered put right, or say that it is right as it is, within {span}. Where neither is done, it counts "
    "neither as put right nor as confirmed: counsel or a lead weighs whether it is given as registered, or left out. What was "
    "put right they look at once, before it is given.",
)
"""What it means that a seller who called an item outdated does nothing more: no rule decides for or against it."""


class Element(StrEnum):
    """What has to be so before anything is disclosed, in the order in which it is looked at."""

    REQUESTER = "requester"
    CONSUMER = "consumer"
    CONTRACT = "contract"
    SINCE = "since"
    COUNTERPARTY = "counterparty"
    CLAIM = "claim"
    AMOUNT = "amount"
    NEED = "need"
    PURPOSE = "purpose"
    ITEMS = "items"

    @property
    def text(self) -> Text:
        """Return what it is called."""
        return ELEMENTS[self].title


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementText:
    """An element in words: what it is called, what is asked of it, and where the Act says so."""

    title: Text
    asks: Text
    citation: Citation


ELEMENTS: Mapping[Element, ElementText] = {
    Element.REQUESTER: ElementText(
        title=Text("請求する人", "Who asks"),
        asks=Text(
            "買った本人か、本人のために請求できる人（親権者・後見人、弁護士、認定司法書士、委任状のある家族など）である。",
            "It is who bought, or somebody who may ask for that person: a parent or guardian, a lawyer, a certified judicial "
            "scrivener, or for instance family with a written authority.",
        ),
        citation=act("5(1)"),
    ),
    Element.CONSUMER: ElementText(
        title=Text("消費者としての契約", "Bought as a consumer"),
        asks=Text(
            "事業のためでなく、個人として契約した。",
            "The contract was made as a person and not for a business.",
        ),
        citation=act("2(3)"),
    ),
    Element.CONTRACT: ElementText(
        title=Text("この通販サイトでの契約", "A contract made here"),
        asks=Text(
            "この通販サイトを通じた、商品の売買または有償のサービスの契約である。",
            "It is a contract for goods or a paid service that was made through this marketplace.",
        ),
        citation=act("5(1)"),
    ),
    Element.SINCE: ElementText(
        title=Text("法律が始まってからの契約", "A contract since the Act is in force"),
        asks=Text("{since}以後の契約である。", "The contract is of {since} or after.").fill(since=SINCE),
        citation=act("Suppl. 2"),
    ),
    Element.COUNTERPARTY: ElementText(
        title=Text("相手が販売業者等", "The other side is a business"),
        asks=Text(
            "契約の時に、相手が販売業者等だった。運営者自身の販売ではない。",
            "The other side was a business when the contract was made, and was not the operator itself.",
        ),
        citation=act("2(4)"),
    ),
    Element.CLAIM: ElementText(
        title=Text("自分の金銭の債権", "A monetary claim of one's own"),
        asks=Text(
            "その契約から生じた、自分のお金の支払いを求める権利である。",
            "It is one's own claim for money that arises from that contract.",
        ),
        citation=act("5(1)"),
    ),
    Element.AMOUNT: ElementText(
        title=Text("{above}を超える額", "More than {above}").fill(above=ABOVE),
        asks=Text(
            "求める額が{above}を超え、その計算が示されている。",
            "The sum is greater than {above}, and how it is reckoned is shown.",
        ).fill(above=ABOVE),
        citation=order("4"),
    ),
    Element.NEED: ElementText(
        title=Text("確認の必要", "A need to confirm"),
        asks=Text(
            "その権利を行使するために、出品者の情報を確かめる必要がある。",
            "The seller's information has to be confirmed in order to exercise that claim.",
        ),
        citation=act("5(1), 5(2)i"),
    ),
    Element.PURPOSE: ElementText(
        title=Text("不正な目的がない", "No improper purpose"),
        asks=Text(
            "出品者の信用を傷つけるなどの不正な目的がなく、そう誓約している。",
            "There is no purpose of harming the seller's credit or another improper one, and that is pledged.",
        ),
        citation=act("5(1), 5(2)iii"),
    ),
    Element.ITEMS: ElementText(
        title=Text("求める項目", "The items asked for"),
        asks=Text(
            "内閣府令が定める6項目のうち求められ、運営者が持っているものがある。",
            "Of the six items of the Cabinet Office Order there is one that is asked for and held.",
        ),
        citation=act("5(2)ii"),
    ),
}


class ElementVerdict(StrEnum):
    """What the evidence says of an element; nothing is met without evidence."""

    MET = "met"
    NOT_MET = "not_met"
    COUNSEL = "counsel"
    MISSING = "missing"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _VERDICTS[self]


_VERDICTS = {
    ElementVerdict.MET: Text("満たす", "met"),
    ElementVerdict.NOT_MET: Text("満たさない", "not met"),
    ElementVerdict.COUNSEL: Text("法務が判断する", "needs counsel"),
    ElementVerdict.MISSING: Text("足りないものがある", "something is missing"),
}

DISCLOSURE_RECEIPT = Deadline(
    code="disclosure.receipt",
    title=Text("開示請求を確かめ始めるまで", "until a request for a seller's information is looked at"),
    duration=BusinessDays(1),
    citation=OWN_RULE,
)
DISCLOSURE_COMPLETION = Deadline(
    code="disclosure.completion",
    title=Text("開示請求に足りないものが届くまで", "until such a request is completed"),
    duration=CalendarDays(7),
    citation=OWN_RULE,
)
DISCLOSURE_HEARING = Deadline(
    code="disclosure.hearing",
    title=Text("開示について出品者が意見を述べるまで", "the seller's view on a disclosure"),
    duration=CalendarDays(14),
    citation=OWN_RULE,
)
DISCLOSURE_DECISION = Deadline(
    code="disclosure.decision",
    title=Text(
        "開示請求の要件の確認・判断・同意まで（それぞれ）",
        "looking at a request, deciding on it, and agreeing (each)",
    ),
    duration=BusinessDays(10),
    citation=OWN_RULE,
)
DISCLOSURE_CORRECTION = Deadline(
    code="disclosure.correction",
    title=Text(
        "出品者が、古いと言った項目を直すか確かめるまで",
        "until the seller puts right or confirms an item that it calls outdated",
    ),
    duration=CalendarDays(7),
    citation=OWN_RULE,
)
ARTICLE5_DEADLINES = (
    DISCLOSURE_RECEIPT,
    DISCLOSURE_COMPLETION,
    DISCLOSURE_HEARING,
    DISCLOSURE_CORRECTION,
    DISCLOSURE_DECISION,
)
"""The Act names no days; these are the operator's own, and every page says so."""
