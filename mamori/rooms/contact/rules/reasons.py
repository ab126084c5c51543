"""The reasons that a party is told: declared sentences, so that a notice never carries anybody's own words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.text import Text


class NoRemedyBecause(StrEnum):
    """Why a trouble ends without a refund in the seller's place."""

    LIMITS = "limits"
    PROPERLY_ANSWERED = "properly_answered"
    NOT_ESTABLISHED = "not_established"
    NOT_RETURNED = "not_returned"
    RETURNED_OTHERWISE = "returned_otherwise"
    PAID_BACK = "paid_back"

    @property
    def text(self) -> Text:
        """Return it in words, as a choice."""
        return NO_REMEDY_BECAUSE[self]


NO_REMEDY_BECAUSE = {
    NoRemedyBecause.LIMITS: Text(
        "運営者の補償の範囲（金額・日数・回数・返金の有無）に当たらないためです。",
        "It is outside the limits of the operator's guarantee (amount, days, times, or already refunded).",
    ),
    NoRemedyBecause.PROPERLY_ANSWERED: Text(
        "出品者の対応が適切と考えられるためです。", "The seller's answer appears to be a proper one."
    ),
    NoRemedyBecause.NOT_ESTABLISHED: Text(
        "お伝えいただいた出来事が事実かどうかを、確かめられなかったためです。",
        "What was reported could not be established.",
    ),
    NoRemedyBecause.NOT_RETURNED: Text(
        "商品が期限までに返送されなかったためです。", "The goods were not sent back in time."
    ),
    NoRemedyBecause.RETURNED_OTHERWISE: Text(
        "返送された商品が、お伝えいただいた状態と違っていたためです。",
        "The goods that came back were not as they had been reported.",
    ),
    NoRemedyBecause.PAID_BACK: Text(
        "代金が、ほかの方法ですでに戻っているためです。", "The money has gone back on another way already."
    ),
}


class LowerBecause(StrEnum):
    """Why a harm is taken for less than was told."""

    BUYER_SAID = "buyer_said"
    LOOKED_AT = "looked_at"
    MISREAD = "misread"


LOWER_BECAUSE = {
    LowerBecause.BUYER_SAID: Text(
        "購入者ご自身から、危険はないと伺ったためです。", "The buyer told us that there is no danger."
    ),
    LowerBecause.LOOKED_AT: Text(
        "商品を確かめ、危険は見つからなかったためです。", "The goods were looked at, and no danger was found."
    ),
    LowerBecause.MISREAD: Text(
        "知らせの内容が、けがや火災の危険ではなかったためです。",
        "What was told was no danger of injury or fire.",
    ),
}


class PartBecause(StrEnum):
    """Why only a part of the price is refunded in the seller's place."""

    AS_ASKED = "as_asked"
    GOODS_KEPT = "goods_kept"
    PART_OF_GOODS = "part_of_goods"
    CEILING = "ceiling"


PART_BECAUSE = {
    PartBecause.AS_ASKED: Text(
        "ご希望が一部の返金だったためです。", "You asked for a part of the money back."
    ),
    PartBecause.GOODS_KEPT: Text(
        "商品はお手元に残り、使えるためです。", "You keep the goods and can use them."
    ),
    PartBecause.PART_OF_GOODS: Text(
        "お困りの点が、商品の一部にかかわるためです。", "The trouble is with a part of the goods only."
    ),
    PartBecause.CEILING: Text(
        "運営者が代わりに返金できる上限の額だからです。",
        "It is the most that the operator refunds in the seller's place.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part that would be refunded, beside the part that was asked for, if one was, and the most that may be.  Yen."""

    amount: int
    wished: int | None
    most: int
    comes_back: bool


def is_true(because: PartBecause, part: Part) -> bool:
    """Say whether a reason for a part fits what is known; whether the trouble is with a part of the goods only people know."""
    if because is PartBecause.AS_ASKED:
        return part.wished is not None and part.amount >= part.wished
    if because is PartBecause.GOODS_KEPT:
        return not part.comes_back
    return because is not PartBecause.CEILING or part.amount == part.most


class DeductBecause(StrEnum):
    """Why a refund is recovered from the seller."""

    NO_ANSWER = "no_answer"
    NO_PROPER_ANSWER = "no_proper_answer"

    @property
    def text(self) -> Text:
        """Return it in words, as a choice."""
        return DEDUCT_BECAUSE[self]


DEDUCT_BECAUSE = {
    DeductBecause.NO_ANSWER: Text(
        "期限までに購入者への回答がなかったためです。", "The buyer was not answered in time."
    ),
    DeductBecause.NO_PROPER_ANSWER: Text(
        "回答はありましたが、解決のための適切な対応がなかったためです。",
        "There was an answer, but nothing proper was done to solve the matter.",
    ),
}


class Inspected(StrEnum):
    """What goods that came back were found to be."""

    AS_REPORTED = "as_reported"
    NOT_AS_REPORTED = "not_as_reported"
    OTHER_GOODS = "other_goods"
    DAMAGED_AFTERWARDS = "damaged_afterwards"
    INCOMPLETE = "incomplete"
    PAID_BACK = "paid_back"

    @property
    def text(self) -> Text:
        """Return it in words, as a choice."""
        return INSPECTED[self]


INSPECTED = {
    Inspected.AS_REPORTED: Text("ご連絡のとおり：返金する", "As reported: refund"),
    Inspected.NOT_AS_REPORTED: Text("知らせのあった不具合がない", "What was reported is not so"),
    Inspected.OTHER_GOODS: Text("別の商品が入っていた", "Other goods were in it"),
    Inspected.DAMAGED_AFTERWARDS: Text("届いたあとに傷められている", "Damaged after it had arrived"),
    Inspected.INCOMPLETE: Text("足りない物がある", "Something is missing"),
    Inspected.PAID_BACK: Text(
        "代金がほかの方法で戻っている：確かめずに終える",
        "The money is back on another way: nothing to look for",
    ),
}
