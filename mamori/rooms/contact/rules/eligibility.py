"""What may be given in the seller's place, how much, and what stands against it until when: each hindrance is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mamori.grammar.text import Text
from mamori.rooms.contact.lifecycle.trouble import TROUBLE, TroubleState
from mamori.rooms.contact.topics import Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """What was paid for an order and what went back of it; `own`: so much of that is the very refund that is asked about.

    Yen.  What the card company reversed comes back from there, all of it.
    """

    amount: int
    refunded: int
    own: int = 0
    charged_back: bool = False


def left_for(paid: Paid) -> int:
    """Return what others leave of the price for this refund."""
    return 0 if paid.charged_back else max(0, paid.amount - (paid.refunded - paid.own))


def refundable(paid: Paid, ceiling: int) -> int:
    """Return the most that may be refunded: what is left of the price, at most the ceiling."""
    return max(0, min(left_for(paid), ceiling))


def at_stake(paid: Paid, *, granted: int, wished: int, ceiling: int) -> int:
    """Return what a refund may come to at most: what was granted, else asked for, else all; never more than is left.

    A ceiling that was lowered since takes nothing back of what was granted.
    """
    if granted:
        return min(granted, left_for(paid))
    most = refundable(paid, ceiling)
    return min(wished, most) if wished else most


class Hindrance(StrEnum):
    """A reason why nothing may be given."""

    ENDED = "ended"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    TOO_OFTEN = "too_often"
    ALREADY_REFUNDED = "already_refunded"
    CANCELLED = "cancelled"
    CHARGED_BACK = "charged_back"
    NOT_OFFERED = "not_offered"


HINDRANCES = {
    Hindrance.ENDED: Text("この件は、すでに終わっています。", "This case has already ended."),
    Hindrance.TOO_EARLY: Text(
        "出品者の返事を待っているところです。{until}までに返事がないとき、または相談窓口が間に入ったあとに、お申し出いただけます。",
        "The seller still has until {until} to answer. After that, or once the centre has stepped in, it is possible.",
    ),
    Hindrance.TOO_LATE: Text(
        "注文から{days}日を過ぎてからのご連絡のため、対象になりません。",
        "It was reported more than {days} days after the order, which is too late.",
    ),
    Hindrance.TOO_OFTEN: Text(
        "この1年に{times}回の返金があったため、{until}までは対象になりません。",
        "There were {times} such refunds within a year, so it is not possible until {until}.",
    ),
    Hindrance.ALREADY_REFUNDED: Text(
        "代金は、すでに全額が返金されています。", "The whole price has already been refunded."
    ),
    Hindrance.CANCELLED: Text(
        "この注文は{day}に取り消され、代金は全額が返金されています。",
        "This order was cancelled on {day}, and the whole price has been refunded.",
    ),
    Hindrance.CHARGED_BACK: Text(
        "カード会社が支払いを取り消しています。代金はカード会社から戻ります。",
        "The card company has reversed the payment; the money comes back from there.",
    ),
    Hindrance.NOT_OFFERED: Text(
        "この通販サイトでは、いまは立替返金を行っていません。",
        "This marketplace makes no refunds in the seller's place at present.",
    ),
}


class Kind(StrEnum):
    """What can be given, and what a buyer may ask for."""

    REFUND = "refund"
    PART = "part"
    RETURN = "return"


KINDS = {
    Kind.REFUND: Text("全額の返金", "all of the money back"),
    Kind.PART: Text("一部の返金（商品は手元に残す）", "part of the money back, keeping the goods"),
    Kind.RETURN: Text("商品を返して返金", "send the goods back, then the money"),
}
NOTHING_TO_SEND = frozenset({Topic.NOT_ARRIVED, Topic.REFUND_UNPAID})
"""Topics under which the buyer has no goods that could be sent back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What the decision looks at.  Money in yen; `free_at` is when the oldest counted refund is a year old.

    `unsent`: the order was cancelled before the goods were sent.
    """

    state: TroubleState
    topic: Topic
    ordered_at: datetime
    reported_at: datetime
    answer_due_at: datetime
    amount: int
    refunded: int
    charged_back: bool
    cancelled_at: datetime | None
    unsent: bool
    refunds_this_year: int
    free_at: datetime | None
    ceiling: int
    days: int
    times: int
    returns: bool


@dataclass(frozen=True, slots=True)
class Against:
    """A hindrance, and until when it stands; None = for good."""

    hindrance: Hindrance
    until: datetime | None = None


def against(claim: Claim) -> tuple[Against, ...]:
    """List everything that stands against it; an empty tuple means that it may be given."""
    is_paid_back = claim.refunded >= claim.amount
    return tuple(
        found
        for found, holds in (
            (Against(Hindrance.ENDED), claim.state in TROUBLE.ends),
            (Against(Hindrance.TOO_EARLY, claim.answer_due_at), claim.state is TroubleState.OPEN),
            (
                Against(Hindrance.TOO_LATE),
                claim.reported_at - claim.ordered_at > timedelta(days=claim.days),
            ),
            (Against(Hindrance.TOO_OFTEN, claim.free_at), claim.refunds_this_year >= claim.times),
            (Against(Hindrance.ALREADY_REFUNDED), is_paid_back and claim.cancelled_at is None),
            (Against(Hindrance.CANCELLED), is_paid_back and claim.cancelled_at is not None),
            (Against(Hindrance.CHARGED_BACK), claim.charged_back),
            (Against(Hindrance.NOT_OFFERED), claim.ceiling == 0),
        )
        if holds
    )


def most(claim: Claim) -> int:
    """Return the most that may be refunded, in yen: what is left of the price, at most the ceiling."""
    paid = Paid(amount=claim.amount, refunded=claim.refunded, charged_back=claim.charged_back)
    return refundable(paid, claim.ceiling)


def kinds(claim: Claim) -> tuple[Kind, ...]:
    """Return what may be given, the fullest first; nothing while something stands against it."""
    if against(claim):
        return ()
    is_whole = most(claim) == claim.amount - claim.refunded
    sends_back = claim.returns and not claim.unsent and claim.topic not in NOTHING_TO_SEND
    return tuple(
        kind
        for kind, is_on in ((Kind.REFUND, is_whole), (Kind.RETURN, sends_back), (Kind.PART, most(claim) > 1))
        if is_on
    )
