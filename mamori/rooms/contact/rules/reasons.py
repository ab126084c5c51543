"""The reasons that a party is told: declared sentences, so that a notice never carries anybody's own words."""

from __future__ import annotations

from enum import StrEnum

from mamori.grammar.text import Text


class NoRemedyBecause(StrEnum):
    """Why a trouble ends without a refund in the seller's place."""

    LIMITS = "limits"
    PROPERLY_ANSWERED = "properly_answered"
    NOT_ESTABLISHED = "not_established"


NO_REMEDY_BECAUSE = {
    NoRemedyBecause.LIMITS: Text(
        "運営者の補償の範囲（金額・日数・回数・返金の有無）に当たらないためです。",
        "It is outside the limits of the operator's guarantee (amount, days, times, or already refunded).",
    ),
    NoRemedyBecause.PROPERLY_ANSWERED: Text(
        "出品者の対応が適切と考えられるためです。", "The seller's answer appears to be a proper one."
    ),
    NoRemedyBecause.NOT_ESTABLISHED: Text(
        "お申し出の事実を確かめられなかったためです。", "What was reported could not be established."
    ),
}


class DeductBecause(StrEnum):
    """Why a refund is recovered from the seller."""

    NO_ANSWER = "no_answer"
    NO_PROPER_ANSWER = "no_proper_answer"


DEDUCT_BECAUSE = {
    DeductBecause.NO_ANSWER: Text(
        "期限までに購入者への回答がなかったためです。", "The buyer was not answered in time."
    ),
    DeductBecause.NO_PROPER_ANSWER: Text(
        "回答はありましたが、解決のための適切な対応がなかったためです。",
        "There was an answer, but nothing proper was done to solve the matter.",
    ),
}
