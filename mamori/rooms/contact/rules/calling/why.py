"""Why a seller is called: a sentence for who calls, never a code."""

from __future__ import annotations

from enum import StrEnum

from mamori.grammar.text import Text
from mamori.rooms.contact.topics import Progress


class Whom(StrEnum):
    """Who is called."""

    SELLER = "seller"
    BUYER = "buyer"


class Why(StrEnum):
    """What a call is about: the first four are the progress that the urging table calls about, the last the buyer's alone."""

    UNANSWERED = Progress.UNANSWERED.value
    MISSED = Progress.MISSED.value
    ANSWERED = Progress.ANSWERED.value
    UNSOLVED = Progress.UNSOLVED.value
    PROMISE_BROKEN = "promise_broken"
    AGREEMENT_MISSED = "agreement_missed"
    DANGER = "danger"


WHYS = {
    Why.UNANSWERED: Text(
        "購入者の問い合わせに、まだ回答がありません。", "The buyer's inquiry has not been answered yet."
    ),
    Why.MISSED: Text(
        "回答の期限を過ぎても、回答がありません。", "The answer was due and has not been given."
    ),
    Why.ANSWERED: Text(
        "回答はありましたが、その後の確認が必要です。", "There was an answer; what followed has to be asked."
    ),
    Why.UNSOLVED: Text(
        "回答はありましたが、購入者は解決していないと言っています。",
        "There was an answer, and the buyer says that it is not solved.",
    ),
    Why.PROMISE_BROKEN: Text(
        "電話での約束の時刻を過ぎても、回答がありません。",
        "What was promised by telephone has not been done in time.",
    ),
    Why.AGREEMENT_MISSED: Text(
        "合意したことの期限を過ぎても、済んだという連絡がありません。",
        "What was agreed is overdue, and nobody has said that it was done.",
    ),
    Why.DANGER: Text(
        "購入者から危険の知らせがありました。けがや火の有無を、ご本人に確かめます。",
        "The buyer has told of a danger. Ask them whether there was injury or fire.",
    ),
}
