"""What the evidence says of each element of a buyer's request: met only with evidence that is named, else counsel looks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.text import Text
from mamori.law.article5 import (
    ABOVE,
    AMOUNT_ABOVE,
    CONTRACTS_FROM,
    SINCE,
    Element,
    ElementVerdict,
    SellerItem,
)
from mamori.rooms.disclosure.rules.asked import (
    Asking,
    BoughtAs,
    ClaimKind,
    Identity,
    NeedFor,
    OrderKnown,
    Owner,
    RequestKnown,
    Signal,
)

# Why an element is met, is not, or has to be looked at: sentences that the buyer, the seller's letter and counsel read alike.


class WhyFound(StrEnum):
    """The reason of a finding."""

    IS_BUYER = "is_buyer"
    MAY_ASK = "may_ask"
    NO_IDENTITY = "no_identity"
    NAME_DIFFERS = "name_differs"
    NO_AUTHORITY = "no_authority"
    NO_CHILD = "no_child"
    MESSENGER = "messenger"
    UNSIGNED = "unsigned"
    A_CHILD = "a_child"
    SCRIVENER_SUM = "scrivener_sum"
    SAYS_CONSUMER = "says_consumer"
    SAYS_BUSINESS = "says_business"
    BUSINESS_CORRECTED = "business_corrected"
    UNSAID_AS_WHAT = "unsaid_as_what"
    LOOKS_COMPANY = "looks_company"
    ORDER_FOUND = "order_found"
    NO_ORDER = "no_order"
    ORDER_NOT_FOUND = "order_not_found"
    ORDER_OF_ANOTHER = "order_of_another"
    MADE_ELSEWHERE = "made_elsewhere"
    SEVERAL_SELLERS = "several_sellers"
    SINCE_ACT = "since_act"
    BEFORE_ACT = "before_act"
    SOME_BEFORE_ACT = "some_before_act"
    WAS_BUSINESS = "was_business"
    WAS_PRIVATE = "was_private"
    NOBODY_CAN_SAY = "nobody_can_say"
    BY_OPERATOR = "by_operator"
    OWN_MONEY = "own_money"
    CLAIM_UNSAID = "claim_unsaid"
    NO_MONEY = "no_money"
    DAMAGES = "damages"
    ANOTHERS_CLAIM = "anothers_claim"
    ALL_REFUNDED = "all_refunded"
    CHARGED_BACK = "charged_back"
    SELLER_OBJECTS = "seller_objects"
    ABOVE = "above"
    NOT_ABOVE = "not_above"
    NOT_ABOVE_LEFT = "not_above_left"
    REFUND_DENIED = "refund_denied"
    NOT_RECKONED = "not_reckoned"
    ABOVE_WITH_OTHER = "above_with_other"
    ABOVE_TOGETHER = "above_together"
    MORE_THAN_PAID = "more_than_paid"
    TO_CLAIM = "to_claim"
    NEED_UNSAID = "need_unsaid"
    NEED_TO_WEIGH = "need_to_weigh"
    KNOWN_ALREADY = "known_already"
    PLEDGED = "pledged"
    NO_PLEDGE = "no_pledge"
    SIGNALS = "signals"
    ITEMS_HELD = "items_held"
    NO_ITEMS = "no_items"
    NONE_OF_THE_SIX = "none_of_the_six"
    NONE_HELD = "none_held"
    ITEM_DOUBTED = "item_doubted"
    DOUBTED = "doubted"
    PERSON_MET = "person_met"
    PERSON_NOT_MET = "person_not_met"

    @property
    def text(self) -> Text:
        """Return the sentence."""
        return WHYS[self].fill(above=ABOVE, since=SINCE)


WHYS: Mapping[WhyFound, Text] = {
    WhyFound.IS_BUYER: Text(
        "注文した本人であることを確かめました。", "It was seen that who asks is the person who ordered."
    ),
    WhyFound.MAY_ASK: Text(
        "本人のために請求できることを、書類で確かめました。",
        "Documents show that who asks may do so for the person who bought.",
    ),
    WhyFound.NO_IDENTITY: Text(
        "請求する人が本人であることを確かめられるもの（アカウントでのログイン、または本人確認書類の写し）をお送りください。",
        "Please sign in with your account, or send a copy of an identity document, so that we can see that it is you.",
    ),
    WhyFound.NAME_DIFFERS: Text(
        "請求した人の名前が、注文の記録と違います。",
        "The name of who asks differs from the records of the order.",
    ),
    WhyFound.NO_AUTHORITY: Text(
        "本人のために請求できることのわかる書類（委任状、戸籍など）をお送りください。",
        "Please send what shows that you may ask for that person: a mandate, or an extract of the register.",
    ),
    WhyFound.NO_CHILD: Text(
        "買った人が未成年だったかを、書類で確かめます。",
        "We look by the documents whether who bought is a minor.",
    ),
    WhyFound.MESSENGER: Text(
        "ご本人から頼まれた方（家族・友人など）の請求には、ご本人の委任状が要ります。お持ちのときはお送りください。要件に当たるかは、法務担当が確かめます。",
        "Who asks for somebody else, as family or a friend, needs that person's written authority. Please send it; counsel "
        "looks at whether the requirement is met.",
    ),
    WhyFound.UNSIGNED: Text(
        "請求書に名前と住所を書いて、もう一度お送りください。",
        "Please send the letter once more with your name and address on it.",
    ),
    WhyFound.A_CHILD: Text(
        "未成年の方の請求は、親権者と話して進めます。", "Where a minor asks, we go on together with a parent."
    ),
    WhyFound.SCRIVENER_SUM: Text(
        "認定司法書士が代理できる額を超えているかもしれません。",
        "The sum may be greater than a certified judicial scrivener may act for.",
    ),
    WhyFound.SAYS_CONSUMER: Text(
        "個人として買ったとの説明があり、事業のためとうかがえる記録はありません。",
        "It was said that it was bought as a person, and no record speaks of a business.",
    ),
    WhyFound.SAYS_BUSINESS: Text(
        "事業のために買ったとのことで、この法律の「消費者」に当たりません。",
        "It was bought for a business, so that this Act does not speak of it.",
    ),
    WhyFound.BUSINESS_CORRECTED: Text(
        "はじめは事業のためと答え、あとで押し間違いと直しています。",
        "It was first said to be for a business, and later that this was a mistake.",
    ),
    WhyFound.UNSAID_AS_WHAT: Text(
        "個人として買ったのか、事業のために買ったのかをお知らせください。",
        "Please tell us whether you bought as a person or for a business.",
    ),
    WhyFound.LOOKS_COMPANY: Text(
        "個人として買ったとのことですが、会社のための注文とうかがえる記録があります。",
        "It is said that it was bought as a person, while the record of the order speaks of a company.",
    ),
    WhyFound.ORDER_FOUND: Text("注文の記録があります。", "The order stands in the records."),
    WhyFound.NO_ORDER: Text(
        "どの注文のことかをお知らせください（注文番号、買った日、商品）。",
        "Please tell us which order it is: its number, the day, the goods.",
    ),
    WhyFound.ORDER_NOT_FOUND: Text(
        "お知らせいただいた注文は、この通販サイトの記録に見つかりませんでした。",
        "The order that you named was not found in the records of this marketplace.",
    ),
    WhyFound.ORDER_OF_ANOTHER: Text(
        "注文の記録は、請求した人とは別の人のものです。", "The record of the order is of another person."
    ),
    WhyFound.MADE_ELSEWHERE: Text(
        "契約は、この通販サイトの外で結ばれています。",
        "The contract was made outside this marketplace.",
    ),
    WhyFound.SEVERAL_SELLERS: Text(
        "注文の相手が一つの出品者ではありません。出品者ごとに請求してください。",
        "The orders are of more than one seller. Please ask for each seller apart.",
    ),
    WhyFound.SINCE_ACT: Text("契約は{since}以後のものです。", "The contract is of {since} or after."),
    WhyFound.BEFORE_ACT: Text(
        "契約が{since}より前のため、この法律の対象になりません。",
        "The contract is of before {since}, so that this Act does not speak of it.",
    ),
    WhyFound.SOME_BEFORE_ACT: Text(
        "{since}より前の契約がまじっています。", "Some of the contracts are of before {since}."
    ),
    WhyFound.WAS_BUSINESS: Text(
        "契約の時に、相手は事業者として登録されていたか、事業者と判断されています。",
        "When the contract was made, the other side was registered as a business, or was concluded to be one.",
    ),
    WhyFound.WAS_PRIVATE: Text(
        "契約の時に、相手は個人として登録されていました。事業者だったかどうかを見ます。",
        "When the contract was made the other side was registered as a private person. We look whether it was a business.",
    ),
    WhyFound.NOBODY_CAN_SAY: Text(
        "契約の時に相手が事業者だったかどうかの記録がありません。",
        "No record says whether the other side was a business when the contract was made.",
    ),
    WhyFound.BY_OPERATOR: Text(
        "相手は、この通販サイトの運営者自身です。運営者の情報は会社概要でご覧ください。",
        "The other side was the operator of this marketplace itself. Its own page says who it is.",
    ),
    WhyFound.OWN_MONEY: Text(
        "その契約についてお金を求めるもので、注文の記録と合っています。",
        "Money is asked for on account of that contract, which agrees with the record of the order.",
    ),
    WhyFound.CLAIM_UNSAID: Text(
        "出品者に何を求めるのかをお知らせください。", "Please tell us what you demand of the seller."
    ),
    WhyFound.NO_MONEY: Text(
        "お金の支払いを求めるものでないため、この請求ではお知らせできません。",
        "No payment of money is demanded, which this request is for.",
    ),
    WhyFound.DAMAGES: Text(
        "その契約による損害の賠償として、お金を求めるものです。",
        "Money is asked for as compensation on account of that contract.",
    ),
    WhyFound.ANOTHERS_CLAIM: Text(
        "求めているのが自分の権利ではありません。権利のある人から請求してください。",
        "The claim is not your own. Please let the person ask whose claim it is.",
    ),
    WhyFound.ALL_REFUNDED: Text(
        "代金はすでに全額が返されている記録があります。",
        "The records say that all of the money was returned.",
    ),
    WhyFound.CHARGED_BACK: Text(
        "カード会社を通じて代金が戻された記録があります。求める権利が残っているかを見ます。",
        "The records say that the card company took the money back. We look whether a claim is left.",
    ),
    WhyFound.SELLER_OBJECTS: Text(
        "出品者が開示に同意していません。意見を読んで判断します。",
        "The seller does not agree. We read its view and decide.",
    ),
    WhyFound.ABOVE: Text(
        "求める額が、注文で払った額のうち{above}を超えています。",
        "The sum is part of what was paid for the order, and greater than {above}.",
    ),
    WhyFound.NOT_ABOVE: Text(
        "求める額が{above}を超えません（{above}ちょうどを含みます）。",
        "The sum is not greater than {above}; {above} exactly is not.",
    ),
    WhyFound.NOT_ABOVE_LEFT: Text(
        "記録にある返金を引くと、求められる額が{above}を超えません。",
        "With what was returned by the records, no more than {above} is left to claim.",
    ),
    WhyFound.REFUND_DENIED: Text(
        "お店が知らせた返金を引くと額が足りなくなりますが、その返金を受け取っていないとのことです。",
        "With what the shop says it refunded too little is left to claim, but who asks says that no such refund came.",
    ),
    WhyFound.NOT_RECKONED: Text(
        "いくらを求めるのか、その計算をお知らせください。",
        "Please tell us which sum you demand and how you reckon it.",
    ),
    WhyFound.ABOVE_WITH_OTHER: Text(
        "{above}を超えるのは、注文の代金のほかのものを足したときです。",
        "It is greater than {above} only with what was not paid for the order.",
    ),
    WhyFound.ABOVE_TOGETHER: Text(
        "{above}を超えるのは、いくつかの注文を合わせたときです。",
        "It is greater than {above} only with several orders together.",
    ),
    WhyFound.MORE_THAN_PAID: Text(
        "代金として求める額が、注文で払って返されていない額を超えています。",
        "What is demanded as the price is more than was paid for the order and not returned.",
    ),
    WhyFound.TO_CLAIM: Text(
        "権利を行使するために出品者の情報を確かめる必要があると説明されています。",
        "It is explained why the seller's information is needed in order to exercise the claim.",
    ),
    WhyFound.NEED_UNSAID: Text(
        "出品者の情報を確かめる必要がある理由をお知らせください（法律で定められた記載です）。",
        "Please tell us why you need to confirm the seller's information; the Act asks for it.",
    ),
    WhyFound.NEED_TO_WEIGH: Text(
        "説明された理由が、権利を行使するためのものかを見ます。",
        "We look whether the reason given is that of exercising a claim.",
    ),
    WhyFound.KNOWN_ALREADY: Text(
        "求められた項目は、出品者の表示ですでに読めます。確かめる必要があるかを見ます。",
        "What is asked for can be read in the seller's display already. We look whether it has to be confirmed.",
    ),
    WhyFound.PLEDGED: Text(
        "不正な目的に使わないとの誓約があり、疑わせる記録はありません。",
        "It was pledged that there is no improper purpose, and no record makes one doubt it.",
    ),
    WhyFound.NO_PLEDGE: Text(
        "出品者の信用を傷つけるなどの不正な目的に使わないとの誓約をお送りください（法律で定められた記載です）。",
        "Please pledge that you will not use it to harm the seller's credit or for another improper purpose. "
        "The Act asks for it.",
    ),
    WhyFound.SIGNALS: Text(
        "目的について、法務がていねいに見るべきことがあります。",
        "There is something about the purpose at which counsel has to look with care.",
    ),
    WhyFound.ITEMS_HELD: Text(
        "求められた項目のうち、運営者が持っているものがあります。",
        "Some of what is asked for is held by the marketplace.",
    ),
    WhyFound.NO_ITEMS: Text(
        "どの項目を知りたいのかをお知らせください（法律で定められた記載です）。",
        "Please tell us which items you ask for; the Act asks for it.",
    ),
    WhyFound.NONE_OF_THE_SIX: Text(
        "求められた項目は、この法律が定める6項目ではありません。",
        "None of what is asked for is among the six items of the Act.",
    ),
    WhyFound.NONE_HELD: Text(
        "求められた項目を、運営者は持っていません。", "The marketplace holds none of what is asked for."
    ),
    WhyFound.ITEM_DOUBTED: Text(
        "求められた項目に、出品者が古いと言ったもの、または前の請求で開示から外したものがあります。",
        "Among the items is one that the seller calls outdated, or that was left out upon an earlier request.",
    ),
    WhyFound.DOUBTED: Text(
        "担当者が疑問を記録しました。法務または責任者が判断します。",
        "Somebody of the staff marked it doubtful; counsel or a lead weighs it.",
    ),
    WhyFound.PERSON_MET: Text(
        "担当者が証拠を見て、満たすと判断しました。",
        "A person looked at the evidence and found that it is met.",
    ),
    WhyFound.PERSON_NOT_MET: Text(
        "担当者が証拠を見て、満たさないと判断しました。",
        "A person looked at the evidence and found that it is not met.",
    ),
}


# What the evidence says of each element of a buyer's request: met only with evidence that is named, else counsel looks.


SCRIVENER_MOST = 1_400_000
"""Yen, above which a certified judicial scrivener may not act (from memory: it only leads to counsel)."""
THIN = 10
"""Characters: a shorter reason says nothing that can be weighed."""
_NO_MONEY = (ClaimKind.EXCHANGE, ClaimKind.APOLOGY)
_WORDS = {Signal.THREAT, Signal.PUBLISHING, Signal.STALKING}
"""Signals that the words themselves give: a reason that holds them has to be read."""
_TO_CLAIM = (NeedFor.SUIT, NeedFor.LETTER, NeedFor.ADR, NeedFor.LAWYER)


class EvidenceKind(StrEnum):
    """On what a finding rests; the page of counsel leads to each."""

    SAID = "said"
    IDENTITY = "identity"
    AUTHORITY = "authority"
    ORDER = "order"
    STANDING = "standing"
    RECKONING = "reckoning"
    PLEDGE = "pledge"
    SIGNALS = "signals"
    DISPLAY = "display"
    REGISTRATION = "registration"
    VIEW = "view"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _EVIDENCE[self]


_EVIDENCE = {
    EvidenceKind.SAID: Text("請求した人の説明", "what who asks wrote"),
    EvidenceKind.IDENTITY: Text("本人の確認", "how who asks was identified"),
    EvidenceKind.AUTHORITY: Text("代わりに請求できることの書類", "documents that it may ask for another"),
    EvidenceKind.ORDER: Text("注文の記録", "the record of the order"),
    EvidenceKind.STANDING: Text(
        "契約の時の出品者の登録・判断", "what the seller was when the contract was made"
    ),
    EvidenceKind.RECKONING: Text("額の計算", "how the sum is reckoned"),
    EvidenceKind.PLEDGE: Text("誓約", "the pledge"),
    EvidenceKind.SIGNALS: Text("気づいたことの記録", "signs that were noted"),
    EvidenceKind.DISPLAY: Text("出品者の表示", "the seller's display"),
    EvidenceKind.VIEW: Text("出品者の意見", "the seller's view"),
    EvidenceKind.REGISTRATION: Text("出品者の登録", "the seller's registration"),
}


@dataclass(frozen=True, slots=True)
class ElementFound:
    """What was found of one element, why, and on which evidence.

    `doubted` is how often somebody marked it doubtful, `under` what the rules say of it all the same.
    """

    verdict: ElementVerdict
    why: WhyFound
    evidence: tuple[EvidenceKind, ...] = ()
    doubted: int = 0
    under: WhyFound | None = None

    def __post_init__(self) -> None:
        if self.verdict is ElementVerdict.MET and not self.evidence:
            raise ValueError(f"{self.why}: nothing is met without evidence")


class LeadsTo(StrEnum):
    """To what the elements together lead; a person decides."""

    COMPLETE_IT = "complete_it"
    REFUSE = "refuse"
    COUNSEL = "counsel"
    HEAR = "hear"


def judged(known: RequestKnown) -> dict[Element, ElementFound]:
    """Return what the evidence says of each element."""
    return {element: rule(known) for element, rule in _RULES.items()}


def outcome_of(found: Mapping[Element, ElementFound]) -> LeadsTo:
    """Return to what they lead: what can never be met is not completed first."""
    verdicts = {one.verdict for one in found.values()}
    if ElementVerdict.NOT_MET in verdicts:
        return LeadsTo.REFUSE
    if ElementVerdict.MISSING in verdicts:
        return LeadsTo.COMPLETE_IT
    return LeadsTo.COUNSEL if ElementVerdict.COUNSEL in verdicts else LeadsTo.HEAR


def to_give(known: RequestKnown) -> tuple[SellerItem, ...]:
    """Return the items of the Act that are asked for and held, but for what is left out: never a ground to refuse the rest."""
    some = {*known.asked} & {*known.held} - {*known.left_out}
    return tuple(one for one in SellerItem if one.value in some)


def _met(why: WhyFound, *evidence: EvidenceKind) -> ElementFound:
    return ElementFound(ElementVerdict.MET, why, evidence)


def _not(why: WhyFound, *evidence: EvidenceKind) -> ElementFound:
    return ElementFound(ElementVerdict.NOT_MET, why, evidence)


def _counsel(why: WhyFound, *evidence: EvidenceKind) -> ElementFound:
    return ElementFound(ElementVerdict.COUNSEL, why, evidence)


def _missing(why: WhyFound) -> ElementFound:
    return ElementFound(ElementVerdict.MISSING, why)


def _requester(known: RequestKnown) -> ElementFound:
    is_self, may = known.asking is Asking.SELF, known.authority
    return _first(
        (known.asking is Asking.MESSENGER and not may, _missing(WhyFound.MESSENGER)),
        (known.asking is Asking.MESSENGER, _counsel(WhyFound.MESSENGER, EvidenceKind.AUTHORITY)),
        (not known.signed, _missing(WhyFound.UNSIGNED)),
        (known.identity is Identity.NONE, _missing(WhyFound.NO_IDENTITY)),
        (known.identity is Identity.DIFFERS, _counsel(WhyFound.NAME_DIFFERS, EvidenceKind.IDENTITY)),
        (is_self and known.is_minor, _counsel(WhyFound.A_CHILD, EvidenceKind.IDENTITY)),
        (is_self and not _found(known), _missing(WhyFound.NO_ORDER)),
        (is_self and not _is_own(known), _counsel(WhyFound.ORDER_OF_ANOTHER, EvidenceKind.ORDER)),
        (is_self, _met(WhyFound.IS_BUYER, EvidenceKind.IDENTITY, EvidenceKind.ORDER)),
        (not may, _missing(WhyFound.NO_AUTHORITY)),
        (
            known.asking is Asking.PARENT and not known.is_minor,
            _counsel(WhyFound.NO_CHILD, EvidenceKind.AUTHORITY),
        ),
        (
            known.asking is Asking.SCRIVENER and _sum(known) > SCRIVENER_MOST,
            _counsel(WhyFound.SCRIVENER_SUM, EvidenceKind.RECKONING),
        ),
        (True, _met(WhyFound.MAY_ASK, EvidenceKind.IDENTITY, EvidenceKind.AUTHORITY)),
    )


def _consumer(known: RequestKnown) -> ElementFound:
    return _first(
        (known.bought_as is BoughtAs.BUSINESS, _not(WhyFound.SAYS_BUSINESS, EvidenceKind.SAID)),
        (known.bought_as is BoughtAs.CORRECTED, _counsel(WhyFound.BUSINESS_CORRECTED, EvidenceKind.SAID)),
        (any(one.for_company for one in known.orders), _counsel(WhyFound.LOOKS_COMPANY, EvidenceKind.ORDER)),
        (known.bought_as is BoughtAs.UNSAID, _missing(WhyFound.UNSAID_AS_WHAT)),
        (not _found(known), _missing(WhyFound.NO_ORDER)),
        (True, _met(WhyFound.SAYS_CONSUMER, EvidenceKind.SAID, EvidenceKind.ORDER)),
    )


def _contract(known: RequestKnown) -> ElementFound:
    owners, on_site = {one.owner for one in known.orders}, [one.on_site for one in known.orders]
    is_unknown = not owners or Owner.UNKNOWN in owners
    return _first(
        (is_unknown and known.searched, _not(WhyFound.ORDER_NOT_FOUND, EvidenceKind.ORDER)),
        (is_unknown, _missing(WhyFound.NO_ORDER)),
        (Owner.ANOTHER in owners, _counsel(WhyFound.ORDER_OF_ANOTHER, EvidenceKind.ORDER)),
        (not any(on_site), _not(WhyFound.MADE_ELSEWHERE, EvidenceKind.ORDER)),
        (
            len({one.seller for one in known.orders}) > 1,
            _counsel(WhyFound.SEVERAL_SELLERS, EvidenceKind.ORDER),
        ),
        (not all(on_site), _counsel(WhyFound.MADE_ELSEWHERE, EvidenceKind.ORDER)),
        (True, _met(WhyFound.ORDER_FOUND, EvidenceKind.ORDER)),
    )


def _since(known: RequestKnown) -> ElementFound:
    placed = [one.placed_on >= CONTRACTS_FROM for one in _found(known)]
    return _first(
        (not placed, _missing(WhyFound.NO_ORDER)),
        (all(placed), _met(WhyFound.SINCE_ACT, EvidenceKind.ORDER)),
        (any(placed), _counsel(WhyFound.SOME_BEFORE_ACT, EvidenceKind.ORDER)),
        (True, _not(WhyFound.BEFORE_ACT, EvidenceKind.ORDER)),
    )


def _counterparty(known: RequestKnown) -> ElementFound:
    """Say whether the other side was a business then; of a private account, never yes without a person."""
    orders = _found(known)
    by_operator = [one.by_operator for one in orders]
    return _first(
        (not orders, _missing(WhyFound.NO_ORDER)),
        (all(by_operator), _not(WhyFound.BY_OPERATOR, EvidenceKind.ORDER)),
        (any(by_operator), _counsel(WhyFound.BY_OPERATOR, EvidenceKind.ORDER)),
        (
            any(one.was_business is None for one in orders),
            _counsel(WhyFound.NOBODY_CAN_SAY, EvidenceKind.STANDING),
        ),
        (not all(one.was_business for one in orders), _counsel(WhyFound.WAS_PRIVATE, EvidenceKind.STANDING)),
        (True, _met(WhyFound.WAS_BUSINESS, EvidenceKind.STANDING)),
    )


def _claim(known: RequestKnown) -> ElementFound:
    no_money, orders = known.claim in _NO_MONEY, _found(known)
    return _first(
        (known.assigned, _counsel(WhyFound.ANOTHERS_CLAIM, EvidenceKind.SAID)),
        (known.claim is ClaimKind.UNSAID, _missing(WhyFound.CLAIM_UNSAID)),
        (no_money and not known.lines, _not(WhyFound.NO_MONEY, EvidenceKind.SAID)),
        (no_money, _counsel(WhyFound.NO_MONEY, EvidenceKind.SAID)),
        (not orders, _missing(WhyFound.NO_ORDER)),
        (not _is_own(known), _counsel(WhyFound.ORDER_OF_ANOTHER, EvidenceKind.ORDER)),
        (known.claim is ClaimKind.DAMAGES, _met(WhyFound.DAMAGES, EvidenceKind.SAID, EvidenceKind.ORDER)),
        (any(one.charged_back for one in orders), _counsel(WhyFound.CHARGED_BACK, EvidenceKind.ORDER)),
        (
            all(one.refunded >= one.paid for one in orders),
            _counsel(WhyFound.ALL_REFUNDED, EvidenceKind.ORDER),
        ),
        (True, _met(WhyFound.OWN_MONEY, EvidenceKind.SAID, EvidenceKind.ORDER)),
    )


def _amount(known: RequestKnown) -> ElementFound:
    price = sum(one.yen for one in known.lines if one.from_order)
    left = [one.paid - one.refunded for one in _found(known)]
    returned = any(one.refunded for one in _found(known))
    remains = _sum(known) - price + min(price, sum(left))
    return _first(
        (not known.lines, _missing(WhyFound.NOT_RECKONED)),
        (_sum(known) <= AMOUNT_ABOVE, _not(WhyFound.NOT_ABOVE, EvidenceKind.RECKONING)),
        (not left, _missing(WhyFound.NO_ORDER)),
        (price <= AMOUNT_ABOVE, _counsel(WhyFound.ABOVE_WITH_OTHER, EvidenceKind.RECKONING)),
        (
            returned and remains <= AMOUNT_ABOVE and known.claim is ClaimKind.NOT_REFUNDED,
            _counsel(WhyFound.REFUND_DENIED, EvidenceKind.SAID, EvidenceKind.ORDER),
        ),
        (returned and remains <= AMOUNT_ABOVE, _not(WhyFound.NOT_ABOVE_LEFT, EvidenceKind.ORDER)),
        (price > sum(left), _counsel(WhyFound.MORE_THAN_PAID, EvidenceKind.RECKONING, EvidenceKind.ORDER)),
        (
            max(left, default=0) <= AMOUNT_ABOVE,
            _counsel(WhyFound.ABOVE_TOGETHER, EvidenceKind.RECKONING, EvidenceKind.ORDER),
        ),
        (True, _met(WhyFound.ABOVE, EvidenceKind.RECKONING, EvidenceKind.ORDER)),
    )


def _need(known: RequestKnown) -> ElementFound:
    words, items = known.why.strip(), to_give(known)
    is_known = bool(items) and all(one.value in known.known for one in items)
    is_to_claim = known.need in _TO_CLAIM and known.claim not in _NO_MONEY
    return _first(
        (len(words) < THIN, _missing(WhyFound.NEED_UNSAID)),
        (is_known, _counsel(WhyFound.KNOWN_ALREADY, EvidenceKind.DISPLAY)),
        (
            not is_to_claim or bool(_WORDS & {*known.signals}),
            _counsel(WhyFound.NEED_TO_WEIGH, EvidenceKind.SAID),
        ),
        (True, _met(WhyFound.TO_CLAIM, EvidenceKind.SAID)),
    )


def _purpose(known: RequestKnown) -> ElementFound:
    return _first(
        (bool(known.signals), _counsel(WhyFound.SIGNALS, EvidenceKind.SIGNALS)),
        (not known.pledged, _missing(WhyFound.NO_PLEDGE)),
        (known.objected, _counsel(WhyFound.SELLER_OBJECTS, EvidenceKind.VIEW)),
        (True, _met(WhyFound.PLEDGED, EvidenceKind.PLEDGE, EvidenceKind.SIGNALS)),
    )


def _items(known: RequestKnown) -> ElementFound:
    return _first(
        (not known.asked, _missing(WhyFound.NO_ITEMS)),
        (
            not any(one.value in known.asked for one in SellerItem),
            _not(WhyFound.NONE_OF_THE_SIX, EvidenceKind.SAID),
        ),
        (not _found(known) and not known.held, _missing(WhyFound.NO_ORDER)),
        (not to_give(known), _not(WhyFound.NONE_HELD, EvidenceKind.REGISTRATION)),
        (
            any(one.value in known.doubted for one in to_give(known)),
            _counsel(WhyFound.ITEM_DOUBTED, EvidenceKind.REGISTRATION, EvidenceKind.VIEW),
        ),
        (True, _met(WhyFound.ITEMS_HELD, EvidenceKind.SAID, EvidenceKind.REGISTRATION)),
    )


def _first(*cases: tuple[bool, ElementFound]) -> ElementFound:
    """Return the first that holds: each rule is a table that is read from above."""
    return next(found for holds, found in cases if holds)


def _is_own(known: RequestKnown) -> bool:
    return all(one.owner is Owner.PRINCIPAL for one in _found(known))


def _found(known: RequestKnown) -> tuple[OrderKnown, ...]:
    return tuple(one for one in known.orders if one.owner is not Owner.UNKNOWN)


def _sum(known: RequestKnown) -> int:
    return sum(one.yen for one in known.lines)


_RULES: Mapping[Element, Callable[[RequestKnown], ElementFound]] = {
    Element.REQUESTER: _requester,
    Element.CONSUMER: _consumer,
    Element.CONTRACT: _contract,
    Element.SINCE: _since,
    Element.COUNTERPARTY: _counterparty,
    Element.CLAIM: _claim,
    Element.AMOUNT: _amount,
    Element.NEED: _need,
    Element.PURPOSE: _purpose,
    Element.ITEMS: _items,
}
