"""What the evidence says of each element of a buyer's request: met only with evidence that is named, else counsel looks.

A disclosure that was wrong cannot be undone; a refusal can be mended by asking again.  So whatever is not plain goes to counsel.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.text import Text
from mamori.law.article5 import AMOUNT_ABOVE, CONTRACTS_FROM, Element, ElementVerdict, SellerItem
from mamori.rooms.disclosure.rules.facts import (
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
from mamori.rooms.disclosure.rules.whys import WhyFound

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
