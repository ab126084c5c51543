"""What the evidence says of each element of a buyer's request: met only with evidence that is named, else counsel looks.

A disclosure that was wrong cannot be undone; a refusal can be mended by asking again.  So whatever is not plain goes to counsel.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.text import Text
from mamori.law.article5 import AMOUNT_ABOVE, CONTRACTS_FROM, Element, SellerItem, Verdict
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
from mamori.rooms.disclosure.rules.whys import Why

SCRIVENER_MOST = 1_400_000
"""Yen, above which a certified judicial scrivener may not act (from memory: it only leads to counsel)."""
THIN = 10
"""Characters: a shorter reason says nothing that can be weighed."""
_NO_MONEY = (ClaimKind.EXCHANGE, ClaimKind.APOLOGY)
_WORDS = {Signal.THREAT, Signal.PUBLISHING, Signal.STALKING}
"""Signals that the words themselves give: a reason that holds them has to be read."""
_TO_CLAIM = (NeedFor.SUIT, NeedFor.LETTER, NeedFor.ADR, NeedFor.LAWYER)


class Evidence(StrEnum):
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

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _EVIDENCE[self]


_EVIDENCE = {
    Evidence.SAID: Text("請求した人の説明", "what who asks wrote"),
    Evidence.IDENTITY: Text("本人の確認", "how who asks was identified"),
    Evidence.AUTHORITY: Text("代わりに請求できることの書類", "documents that it may ask for another"),
    Evidence.ORDER: Text("注文の記録", "the record of the order"),
    Evidence.STANDING: Text("契約の時の出品者の登録・判断", "what the seller was when the contract was made"),
    Evidence.RECKONING: Text("額の計算", "how the sum is reckoned"),
    Evidence.PLEDGE: Text("誓約", "the pledge"),
    Evidence.SIGNALS: Text("気づいたことの記録", "signs that were noted"),
    Evidence.DISPLAY: Text("出品者の表示", "the seller's display"),
    Evidence.REGISTRATION: Text("出品者の登録", "the seller's registration"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one element, why, and on which evidence."""

    verdict: Verdict
    why: Why
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        if self.verdict is Verdict.MET and not self.evidence:
            raise ValueError(f"{self.why}: nothing is met without evidence")


class Outcome(StrEnum):
    """To what the elements together lead; a person decides."""

    COMPLETE_IT = "complete_it"
    REFUSE = "refuse"
    COUNSEL = "counsel"
    HEAR = "hear"


def judged(known: RequestKnown) -> dict[Element, Found]:
    """Return what the evidence says of each element."""
    return {element: rule(known) for element, rule in _RULES.items()}


def outcome_of(found: Mapping[Element, Found]) -> Outcome:
    """Return to what they lead: what can never be met is not completed first."""
    verdicts = {one.verdict for one in found.values()}
    if Verdict.NOT_MET in verdicts:
        return Outcome.REFUSE
    if Verdict.MISSING in verdicts:
        return Outcome.COMPLETE_IT
    return Outcome.COUNSEL if Verdict.COUNSEL in verdicts else Outcome.HEAR


def to_give(known: RequestKnown) -> tuple[SellerItem, ...]:
    """Return the items of the Act that are asked for and held: an intersection, never a ground to refuse the rest."""
    return tuple(one for one in SellerItem if one.value in known.asked and one.value in known.held)


def _met(why: Why, *evidence: Evidence) -> Found:
    return Found(Verdict.MET, why, evidence)


def _not(why: Why, *evidence: Evidence) -> Found:
    return Found(Verdict.NOT_MET, why, evidence)


def _counsel(why: Why, *evidence: Evidence) -> Found:
    return Found(Verdict.COUNSEL, why, evidence)


def _missing(why: Why) -> Found:
    return Found(Verdict.MISSING, why)


def _requester(known: RequestKnown) -> Found:
    is_self, may = known.asking is Asking.SELF, known.authority
    return _first(
        (known.asking is Asking.MESSENGER and not may, _missing(Why.MESSENGER)),
        (known.asking is Asking.MESSENGER, _counsel(Why.MESSENGER, Evidence.AUTHORITY)),
        (not known.signed, _missing(Why.UNSIGNED)),
        (known.identity is Identity.NONE, _missing(Why.NO_IDENTITY)),
        (known.identity is Identity.DIFFERS, _counsel(Why.NAME_DIFFERS, Evidence.IDENTITY)),
        (is_self and known.is_minor, _counsel(Why.A_CHILD, Evidence.IDENTITY)),
        (is_self and not _found(known), _missing(Why.NO_ORDER)),
        (is_self and not _is_own(known), _counsel(Why.ORDER_OF_ANOTHER, Evidence.ORDER)),
        (is_self, _met(Why.IS_BUYER, Evidence.IDENTITY, Evidence.ORDER)),
        (not may, _missing(Why.NO_AUTHORITY)),
        (known.asking is Asking.PARENT and not known.is_minor, _counsel(Why.NO_CHILD, Evidence.AUTHORITY)),
        (
            known.asking is Asking.SCRIVENER and _sum(known) > SCRIVENER_MOST,
            _counsel(Why.SCRIVENER_SUM, Evidence.RECKONING),
        ),
        (True, _met(Why.MAY_ASK, Evidence.IDENTITY, Evidence.AUTHORITY)),
    )


def _consumer(known: RequestKnown) -> Found:
    return _first(
        (known.bought_as is BoughtAs.BUSINESS, _not(Why.SAYS_BUSINESS, Evidence.SAID)),
        (any(one.for_company for one in known.orders), _counsel(Why.LOOKS_COMPANY, Evidence.ORDER)),
        (known.bought_as is BoughtAs.UNSAID, _missing(Why.UNSAID_AS_WHAT)),
        (not _found(known), _missing(Why.NO_ORDER)),
        (True, _met(Why.SAYS_CONSUMER, Evidence.SAID, Evidence.ORDER)),
    )


def _contract(known: RequestKnown) -> Found:
    owners, on_site = {one.owner for one in known.orders}, [one.on_site for one in known.orders]
    is_unknown = not owners or Owner.UNKNOWN in owners
    return _first(
        (is_unknown and known.searched, _not(Why.ORDER_NOT_FOUND, Evidence.ORDER)),
        (is_unknown, _missing(Why.NO_ORDER)),
        (Owner.ANOTHER in owners, _counsel(Why.ORDER_OF_ANOTHER, Evidence.ORDER)),
        (not any(on_site), _not(Why.MADE_ELSEWHERE, Evidence.ORDER)),
        (len({one.seller for one in known.orders}) > 1, _counsel(Why.SEVERAL_SELLERS, Evidence.ORDER)),
        (not all(on_site), _counsel(Why.MADE_ELSEWHERE, Evidence.ORDER)),
        (True, _met(Why.ORDER_FOUND, Evidence.ORDER)),
    )


def _since(known: RequestKnown) -> Found:
    placed = [one.placed_on >= CONTRACTS_FROM for one in _found(known)]
    return _first(
        (not placed, _missing(Why.NO_ORDER)),
        (all(placed), _met(Why.SINCE_ACT, Evidence.ORDER)),
        (any(placed), _counsel(Why.SOME_BEFORE_ACT, Evidence.ORDER)),
        (True, _not(Why.BEFORE_ACT, Evidence.ORDER)),
    )


def _counterparty(known: RequestKnown) -> Found:
    """Say whether the other side was a business then; of a private account, never yes without a person."""
    orders = _found(known)
    by_operator = [one.by_operator for one in orders]
    return _first(
        (not orders, _missing(Why.NO_ORDER)),
        (all(by_operator), _not(Why.BY_OPERATOR, Evidence.ORDER)),
        (any(by_operator), _counsel(Why.BY_OPERATOR, Evidence.ORDER)),
        (any(one.was_business is None for one in orders), _counsel(Why.NOBODY_CAN_SAY, Evidence.STANDING)),
        (not all(one.was_business for one in orders), _counsel(Why.WAS_PRIVATE, Evidence.STANDING)),
        (True, _met(Why.WAS_BUSINESS, Evidence.STANDING)),
    )


def _claim(known: RequestKnown) -> Found:
    no_money, orders = known.claim in _NO_MONEY, _found(known)
    return _first(
        (known.assigned, _counsel(Why.ANOTHERS_CLAIM, Evidence.SAID)),
        (known.claim is ClaimKind.UNSAID, _missing(Why.CLAIM_UNSAID)),
        (no_money and not known.lines, _not(Why.NO_MONEY, Evidence.SAID)),
        (no_money, _counsel(Why.NO_MONEY, Evidence.SAID)),
        (not orders, _missing(Why.NO_ORDER)),
        (not _is_own(known), _counsel(Why.ORDER_OF_ANOTHER, Evidence.ORDER)),
        (known.claim is ClaimKind.DAMAGES, _met(Why.DAMAGES, Evidence.SAID, Evidence.ORDER)),
        (all(one.refunded >= one.paid for one in orders), _counsel(Why.ALL_REFUNDED, Evidence.ORDER)),
        (True, _met(Why.OWN_MONEY, Evidence.SAID, Evidence.ORDER)),
    )


def _amount(known: RequestKnown) -> Found:
    price = sum(one.yen for one in known.lines if one.from_order)
    left = [one.paid - one.refunded for one in _found(known)]
    returned = any(one.refunded for one in _found(known))
    remains = _sum(known) - price + min(price, sum(left))
    return _first(
        (not known.lines, _missing(Why.NOT_RECKONED)),
        (_sum(known) <= AMOUNT_ABOVE, _not(Why.NOT_ABOVE, Evidence.RECKONING)),
        (not left, _missing(Why.NO_ORDER)),
        (price <= AMOUNT_ABOVE, _counsel(Why.ABOVE_WITH_OTHER, Evidence.RECKONING)),
        (returned and remains <= AMOUNT_ABOVE, _not(Why.NOT_ABOVE_LEFT, Evidence.ORDER)),
        (price > sum(left), _counsel(Why.MORE_THAN_PAID, Evidence.RECKONING, Evidence.ORDER)),
        (
            max(left, default=0) <= AMOUNT_ABOVE,
            _counsel(Why.ABOVE_TOGETHER, Evidence.RECKONING, Evidence.ORDER),
        ),
        (True, _met(Why.ABOVE, Evidence.RECKONING, Evidence.ORDER)),
    )


def _need(known: RequestKnown) -> Found:
    words, items = known.why.strip(), to_give(known)
    is_known = bool(items) and all(one.value in known.known for one in items)
    is_to_claim = known.need in _TO_CLAIM and known.claim not in _NO_MONEY
    return _first(
        (len(words) < THIN, _missing(Why.NEED_UNSAID)),
        (is_known, _counsel(Why.KNOWN_ALREADY, Evidence.DISPLAY)),
        (not is_to_claim or bool(_WORDS & {*known.signals}), _counsel(Why.NEED_TO_WEIGH, Evidence.SAID)),
        (True, _met(Why.TO_CLAIM, Evidence.SAID)),
    )


def _purpose(known: RequestKnown) -> Found:
    return _first(
        (bool(known.signals), _counsel(Why.SIGNALS, Evidence.SIGNALS)),
        (not known.pledged, _missing(Why.NO_PLEDGE)),
        (True, _met(Why.PLEDGED, Evidence.PLEDGE, Evidence.SIGNALS)),
    )


def _items(known: RequestKnown) -> Found:
    return _first(
        (not known.asked, _missing(Why.NO_ITEMS)),
        (not any(one.value in known.asked for one in SellerItem), _not(Why.NONE_OF_THE_SIX, Evidence.SAID)),
        (not _found(known) and not known.held, _missing(Why.NO_ORDER)),
        (not to_give(known), _not(Why.NONE_HELD, Evidence.REGISTRATION)),
        (True, _met(Why.ITEMS_HELD, Evidence.SAID, Evidence.REGISTRATION)),
    )


def _first(*cases: tuple[bool, Found]) -> Found:
    """Return the first that holds: each rule is a table that is read from above."""
    return next(found for holds, found in cases if holds)


def _is_own(known: RequestKnown) -> bool:
    return all(one.owner is Owner.PRINCIPAL for one in _found(known))


def _found(known: RequestKnown) -> tuple[OrderKnown, ...]:
    return tuple(one for one in known.orders if one.owner is not Owner.UNKNOWN)


def _sum(known: RequestKnown) -> int:
    return sum(one.yen for one in known.lines)


_RULES: Mapping[Element, Callable[[RequestKnown], Found]] = {
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
