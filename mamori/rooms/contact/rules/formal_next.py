"""What happens next with a formal notice, in each of its states, for its buyer and its seller; never who is right."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.rooms.contact.lifecycle.formal import FormalState

_S = FormalState
_HELP = Text(
    "うまく進まないときは、困りごととして伝えると、相談窓口が間に入ります。費用はかかりません。",
    "If it does not go well, report it as a trouble and the centre helps. It costs nothing.",
)
_SETTLE = Text(
    "返金などが済んだら、「手続きが済んだ」とお知らせください。",
    "When you have your refund, or whatever follows, please say that it is settled.",
)
_STAYS = Text(
    "通知が届いた記録と受領証は、このまま残ります。",
    "The record of its arrival stays, and so does the receipt.",
)
BUYERS: dict[FormalState, tuple[Text, ...]] = {
    _S.ARRIVED: (
        Text(
            "出品者が、{due}までに、応じるか争うかを答えます。届いたらお知らせします。",
            "The seller says by {due} whether it goes along with it or disputes it. We will tell you.",
        ),
        Text(
            "答えがないときも、お知らせします。通知が届いたことは変わりません。",
            "We tell you if no answer comes, too. That your notice arrived does not change.",
        ),
        _HELP,
    ),
    _S.UNANSWERED: (
        Text(
            "期限までに、出品者の返事がありませんでした。通知が届いたことは変わりません。",
            "The seller did not answer in time. That your notice arrived does not change.",
        ),
        Text(
            "困りごととして伝えると、相談窓口が間に入ります。費用はかかりません。",
            "Report it as a trouble and the centre helps. It costs nothing.",
        ),
        Text(
            "消費生活センター（電話188）にも、無料で相談できます。",
            "A consumer affairs centre helps free of charge, too (telephone 188).",
        ),
    ),
    _S.ACKNOWLEDGED: (
        Text(
            "出品者は、応じると答えました。返事を読んで、そのとおりに進めてください。",
            "The seller goes along with it. Please read the answer and go on from there.",
        ),
        _SETTLE,
        _HELP,
    ),
    _S.DISPUTED: (
        Text(
            "出品者は、争うと答えました。理由をお読みください。どちらが正しいかを、窓口が決めることはありません。",
            "The seller disputes it. Please read why. The centre does not decide who is right.",
        ),
        Text(
            "納得できないときは、困りごととして伝えるか、消費生活センター（電話188、無料）に相談できます。",
            "If you do not agree, report it as a trouble, or ask a consumer affairs centre (telephone 188, free of charge).",
        ),
        _SETTLE,
    ),
    _S.SETTLED: (Text("手続きは済みました。", "It is settled."), _STAYS),
    _S.RESTED: (
        Text(
            "その後のご連絡がなかったので、見守りを終えました。通知そのものは変わりません。",
            "Nothing more was heard, so we no longer follow it. The notice itself stays what it is.",
        ),
        _STAYS,
    ),
}
_CHANGE = Text("あとから「応じる」に変えられます。", "You can still go along with it later.")
_STANDS = Text(
    "「争う」と答えた後は「応じる」に変えられます。その逆はできません。",
    "Who disputed can still go along with it; not the other way round.",
)
SELLERS: dict[FormalState, tuple[Text, ...]] = {
    _S.ARRIVED: (
        Text(
            "{due}までに、全文を読んで、応じるか争うかを答えてください。購入者に伝わります。",
            "Read it in full and say by {due} whether you go along with it or dispute it. The buyer is told.",
        ),
        _STANDS,
    ),
    _S.UNANSWERED: (
        Text(
            "返事の期限を過ぎています。今すぐ、応じるか争うかを答えてください。",
            "Your answer is overdue. Please say now whether you go along with it or dispute it.",
        ),
    ),
    _S.ACKNOWLEDGED: (
        Text(
            "購入者に、応じると伝わっています。お伝えしたとおりに進めてください。",
            "The buyer knows that you go along with it. Please do as you said.",
        ),
        Text("済んだら、購入者が知らせます。", "The buyer says when it is settled."),
    ),
    _S.DISPUTED: (
        Text(
            "購入者に、理由が伝わっています。どちらが正しいかを、窓口が決めることはありません。",
            "The buyer has your reasons. The centre does not decide who is right.",
        ),
        _CHANGE,
    ),
    _S.SETTLED: (
        Text("購入者が、手続きが済んだと知らせました。", "The buyer says that it is settled."),
        _STAYS,
    ),
    _S.RESTED: (
        Text("その後の知らせがなかったので、見守りを終えました。", "Nothing more was heard, so it rests."),
        _STAYS,
    ),
}


def next_of(state: FormalState, *, for_seller: bool, due: Text | None) -> tuple[Text, ...]:
    """Say what happens next and by when."""
    steps = (SELLERS if for_seller else BUYERS)[state]
    if state is not FormalState.ARRIVED:
        return steps
    return (steps[0].fill(due=due), *steps[1:]) if due else steps[1:]
