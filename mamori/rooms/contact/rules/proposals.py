"""What may be proposed, by whom, for how much, and who has to agree."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.actor import Role
from mamori.grammar.text import Text


class Side(StrEnum):
    """Who proposes."""

    BUYER = "buyer"
    SELLER = "seller"
    CENTRE = "centre"


SIDES = {
    Side.BUYER: Text("購入者", "the buyer"),
    Side.SELLER: Text("出品者", "the seller"),
    Side.CENTRE: Text("相談窓口", "the centre"),
}
PARTIES = frozenset({Side.BUYER, Side.SELLER})


class Reply(StrEnum):
    """How a party answers a proposal."""

    ACCEPT = "accept"
    DECLINE = "decline"
    COUNTER = "counter"


REPLIES = {
    Reply.ACCEPT: Text("受ける", "agreed"),
    Reply.DECLINE: Text("断る", "declined"),
    Reply.COUNTER: Text("別の提案をする", "another proposal"),
}


class Money(StrEnum):
    """How much money a kind of proposal speaks of."""

    NONE = "none"
    PART = "part"
    ALL = "all"


class Kind(StrEnum):
    """What is proposed."""

    FULL_REFUND = "full_refund"
    PART_REFUND = "part_refund"
    REPLACEMENT = "replacement"
    REPAIR = "repair"
    RETURN_REFUND = "return_refund"
    CANCEL = "cancel"
    EXPLANATION = "explanation"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRow:
    """A kind in words, how much money it speaks of, and whether it says nothing without words."""

    text: Text
    money: Money = Money.NONE
    needs_words: bool = False


KINDS = {
    Kind.FULL_REFUND: KindRow(
        text=Text("出品者が全額を返金する", "the seller refunds the whole price"), money=Money.ALL
    ),
    Kind.PART_REFUND: KindRow(
        text=Text("出品者が一部を返金する", "the seller refunds a part"), money=Money.PART
    ),
    Kind.REPLACEMENT: KindRow(text=Text("代わりの品を送る", "the goods are replaced")),
    Kind.REPAIR: KindRow(text=Text("修理する", "the goods are repaired")),
    Kind.RETURN_REFUND: KindRow(
        text=Text("返品のあと全額を返金する", "the goods are returned, then the whole price refunded"),
        money=Money.ALL,
    ),
    Kind.CANCEL: KindRow(
        text=Text("注文を取り消して返金する", "the order is cancelled and refunded"), money=Money.ALL
    ),
    Kind.EXPLANATION: KindRow(
        text=Text("説明やおわびをする", "an explanation or an apology"), needs_words=True
    ),
    Kind.OTHER: KindRow(text=Text("そのほか", "something else"), needs_words=True),
}


REFUNDS = (Kind.FULL_REFUND, Kind.PART_REFUND)
"""What a seller may offer from the first inquiry on, without a mediation: money and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The proposal that is open: by whom, and whose word it still needs; nobody's once it is agreed."""

    by: Side
    awaits: frozenset[Side]
    is_refund: bool = False


def side_of(role: Role) -> Side:
    """Return for whom a role speaks."""
    if role in (Role.BUYER, Role.HELPER):
        return Side.BUYER
    return Side.SELLER if role in (Role.SELLER, Role.DELEGATE) else Side.CENTRE


def must_agree(proposer: Side) -> frozenset[Side]:
    """Return which parties have to agree: both, less the one who proposes."""
    return PARTIES - {proposer}


def amount_within(kind: Kind, amount: int, left: int) -> int | None:
    """Return the yen that the proposal speaks of, or None when that is outside what is left of the order.

    The whole is what is left; a part is at least 1 yen and less than that; other kinds name no money.
    """
    match KINDS[kind].money:
        case Money.ALL:
            return left if left > 0 and amount in (0, left) else None
        case Money.PART:
            return amount if 1 <= amount < left else None
        case _:
            return 0 if amount == 0 else None


def proposable(
    left: int, *, charged_back: bool = False, unsent: bool = False, mediated: bool = True
) -> tuple[Kind, ...]:
    """Return what can be agreed on: money only where some is `left` to go back, a return only of goods that were sent.

    What the card company reversed comes back from there.  Before the centre mediates there is a refund and nothing else.
    """
    least = {Money.NONE: 0, Money.PART: 2, Money.ALL: 1}
    within = 0 if charged_back else left
    return tuple(
        kind
        for kind, row in KINDS.items()
        if within >= least[row.money]
        and not (unsent and kind is Kind.RETURN_REFUND)
        and (mediated or kind in REFUNDS)
    )


def least_instead(kind: Kind, amount: int, left: int) -> int:
    """Return the yen below which a refund is less than what was agreed on.

    All that is left of the price is never less, and stands for goods that were promised; an explanation can be given all
    the same.
    """
    if KINDS[kind].money is not Money.NONE:
        return min(amount, left)
    return 0 if kind is Kind.EXPLANATION else left
