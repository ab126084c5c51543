"""Whether a refund in the seller's place may be given, and how much: each hindrance is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mamori.grammar.text import Text
from mamori.rooms.contact.lifecycle.trouble import TROUBLE, TroubleState


class Hindrance(StrEnum):
    """A reason why no refund may be given."""

    ENDED = "ended"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    TOO_OFTEN = "too_often"
    ALREADY_REFUNDED = "already_refunded"
    CHARGED_BACK = "charged_back"


HINDRANCES = {
    Hindrance.ENDED: Text("困りごとはすでに終わっている。", "The trouble has already ended."),
    Hindrance.TOO_EARLY: Text(
        "出品者の回答期限も仲介も、まだ終わっていない。",
        "Neither the answer nor mediation has run its time yet.",
    ),
    Hindrance.TOO_LATE: Text(
        "注文から申し出までの日数が、運営者の定めを超えている。",
        "The trouble was reported too long after the order.",
    ),
    Hindrance.TOO_OFTEN: Text(
        "この購入者への補償が、1年の回数に達している。",
        "This buyer has reached the number of refunds in a year.",
    ),
    Hindrance.ALREADY_REFUNDED: Text(
        "すでに全額が返金されている。", "The whole amount has already been refunded."
    ),
    Hindrance.CHARGED_BACK: Text(
        "カード会社を通じて支払いが取り消されている。", "The payment was reversed by the card company."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What the decision looks at.  Money in yen."""

    state: TroubleState
    ordered_at: datetime
    reported_at: datetime
    amount: int
    refunded: int
    charged_back: bool
    refunds_this_year: int
    ceiling: int
    days: int
    times: int


def hindrances(claim: Claim) -> tuple[Hindrance, ...]:
    """List every reason against a refund; an empty tuple means that it may be given."""
    return tuple(
        hindrance
        for hindrance, holds in (
            (Hindrance.ENDED, claim.state in TROUBLE.ends),
            (Hindrance.TOO_EARLY, claim.state is TroubleState.OPEN),
            (Hindrance.TOO_LATE, claim.reported_at - claim.ordered_at > timedelta(days=claim.days)),
            (Hindrance.TOO_OFTEN, claim.refunds_this_year >= claim.times),
            (Hindrance.ALREADY_REFUNDED, claim.refunded >= claim.amount),
            (Hindrance.CHARGED_BACK, claim.charged_back),
        )
        if holds
    )


def most(claim: Claim) -> int:
    """Return the most that may be refunded, in yen: what is left of the price, at most the ceiling."""
    return max(0, min(claim.amount - claim.refunded, claim.ceiling))
