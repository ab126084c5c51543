"""What a seller is told about where a matter stands."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.rooms.contact.lifecycle.remedy import RETURNING, UNDER_WAY
from mamori.rooms.contact.lifecycle.thread import ThreadState
from mamori.rooms.contact.lifecycle.trouble import TroubleState
from mamori.rooms.contact.rules.proposals import Offer, Side
from mamori.rooms.contact.rules.standing.told import (
    AGREED,
    CONFIRMING,
    ENDED,
    LATE,
    NOTHING_LEFT,
    OVERDUE,
    OWED,
    PROPOSED,
    QUESTION_ENDED,
    REFUNDED,
    REFUNDING,
    REPLYING,
    SELLERS_RETURN,
    SOLVED,
    Matter,
    Standing,
    Turn,
    sellers_owed,
)

SELLERS_ENDS = {
    TroubleState.SOLVED: Standing(
        Turn.NOBODY, SOLVED, Text("解決して終わりました。", "This was solved."), NOTHING_LEFT
    ),
    TroubleState.MADE_GOOD: Standing(
        Turn.NOBODY,
        REFUNDED,
        Text(
            "運営者が代わりに{amount}円を返金して終わりました。",
            "The operator refunded {amount} yen in your place.",
        ),
        Text(
            "売上金からの差し引きを考えるときは、先にあなたの意見を聴きます。",
            "If a deduction from your proceeds is considered, you will be heard first.",
        ),
    ),
    TroubleState.DECLINED: Standing(
        Turn.NOBODY,
        ENDED,
        Text("立替返金は行わずに終わりました。", "This ended without a refund in your place."),
        NOTHING_LEFT,
    ),
    TroubleState.WITHDRAWN: Standing(
        Turn.NOBODY, ENDED, Text("購入者が取り下げました。", "The buyer withdrew this."), NOTHING_LEFT
    ),
    TroubleState.LAPSED: Standing(
        Turn.NOBODY,
        ENDED,
        Text("購入者からお返事がなく、終わりました。", "The buyer did not reply, and this ended."),
        NOTHING_LEFT,
    ),
}

_SELLERS_QUESTION = {
    ThreadState.WAITING: Standing(
        Turn.YOURS,
        OWED,
        Text("購入前の質問が届いています。", "You have a question before purchase."),
        Text("{answer}までにお答えください。", "Please answer by {answer}."),
    ),
    ThreadState.MISSED: Standing(
        Turn.YOURS,
        LATE,
        Text("回答の期限（{answer}）を過ぎています。", "The answer was due by {answer}."),
        Text("今からでもお答えください。", "Please answer all the same."),
    ),
    ThreadState.ANSWERED: Standing(
        Turn.THEIRS,
        CONFIRMING,
        Text("回答しました。", "You have answered."),
        Text(
            "{silence}まで購入者のお返事がないときは、自動で終わります。",
            "If the buyer does not reply by {silence}, this closes by itself.",
        ),
    ),
    ThreadState.CLOSED: QUESTION_ENDED,
}

_SELLERS_OWED = Standing(
    Turn.YOURS,
    OWED,
    Text("購入者が困っています。", "A buyer is in trouble."),
    Text(
        "{answer}までに、どう解決するかをお答えください。回答がないときは相談窓口が間に入ります。",
        "Please answer by {answer} how you will solve it. If you do not, the centre steps in.",
    ),
)
_SELLERS_OWED_WITH_CENTRE = Standing(
    Turn.YOURS,
    OWED,
    Text("相談窓口が間に入っています。", "The centre is helping both sides."),
    Text(
        "{answer}までにお答えください。解決の期限は{resolution}です。",
        "Please answer by {answer}. A solution is due by {resolution}.",
    ),
)
_SELLERS_MISSED = Standing(
    Turn.YOURS,
    LATE,
    Text(
        "回答の期限（{answer}）を過ぎ、相談窓口が間に入りました。",
        "The answer was due by {answer}, and the centre has stepped in.",
    ),
    Text(
        "今すぐお答えください。{resolution}までに解決しないときは、運営者が代わりに返金することがあります。",
        "Please answer now. If there is no solution by {resolution}, the operator may refund in your place.",
    ),
)
_SELLERS_OVERDUE = Standing(
    Turn.YOURS,
    OVERDUE,
    Text("解決の期限（{resolution}）を過ぎました。", "The solution was due by {resolution}."),
    Text(
        "運営者が{decision}までに、代わりに返金するかを判断します。まだ解決できるなら、今すぐお答えください。",
        "The operator decides by {decision} whether to refund in your place. If you can still solve it, please answer now.",
    ),
)
_SELLERS_ANSWERED = Standing(
    Turn.THEIRS,
    CONFIRMING,
    Text(
        "回答しました。解決したかどうかを購入者が確かめています。",
        "You have answered. The buyer is checking whether it is solved.",
    ),
    Text("解決の期限は{resolution}です。", "A solution is due by {resolution}."),
)
_SELLERS_OVERDUE_ANSWERED = Standing(
    Turn.CENTRE,
    OVERDUE,
    Text(
        "回答しましたが、解決の期限（{resolution}）を過ぎました。",
        "You have answered, but the solution was due by {resolution}.",
    ),
    Text(
        "購入者の返事か、立替返金についての運営者の判断（{decision}まで）を待っています。今あなたがすることはありません。",
        "We wait for the buyer's word, or the operator's decision on a refund in your place (by {decision}). There is "
        "nothing for you to do now.",
    ),
)
_SELLERS_REPLY = Standing(
    Turn.YOURS,
    PROPOSED,
    Text("解決の提案が届いています。", "A solution is proposed to you."),
    Text(
        "{reply}までに、受けるか、断るか、別の提案をするかをお選びください。解決の期限は{resolution}です。",
        "Please agree, decline, or propose something else by {reply}. A solution is due by {resolution}.",
    ),
)
_SELLERS_REPLY_AWAITED = Standing(
    Turn.THEIRS,
    REPLYING,
    Text("解決の提案に、購入者の返事を待っています。", "We are waiting for the buyer's reply to a proposal."),
    Text(
        "{reply}までに返事がないときは、提案は終わります。解決の期限は{resolution}です。",
        "If none comes by {reply}, the proposal ends. A solution is due by {resolution}.",
    ),
)
_SELLERS_AGREEMENT = Standing(
    Turn.YOURS,
    AGREED,
    Text("購入者と合意しました。", "You and the buyer have agreed."),
    Text(
        "{reply}までに行ってください。購入者が済んだと伝えると、終わります。",
        "Please do it by {reply}. When the buyer says that it is done, this ends.",
    ),
)
_SELLERS_REFUND = Standing(
    Turn.CENTRE,
    REFUNDING,
    Text(
        "運営者が代わりに{amount}円を返金することを決めました。",
        "The operator has decided to refund {amount} yen in your place.",
    ),
    Text(
        "売上金からの差し引きを考えるときは、先にあなたの意見を聴きます。",
        "If a deduction from your proceeds is considered, you will be heard first.",
    ),
)


def for_seller(matter: Matter) -> Standing:
    """Return what the seller is told."""
    if matter.trouble is None:
        return _SELLERS_QUESTION[matter.thread]
    if matter.trouble in SELLERS_ENDS:
        return SELLERS_ENDS[matter.trouble]
    if matter.offer is not None and matter.remedy not in UNDER_WAY:
        return _sellers_offer(matter.offer)
    return _sellers_trouble(matter)


def _sellers_trouble(matter: Matter) -> Standing:
    if matter.remedy in UNDER_WAY:
        return SELLERS_RETURN if matter.remedy in RETURNING else _SELLERS_REFUND
    answered = matter.thread is ThreadState.ANSWERED
    if (told := sellers_owed(matter)) is not None:
        return told
    if matter.trouble is TroubleState.OVERDUE:
        return _SELLERS_OVERDUE_ANSWERED if answered else _SELLERS_OVERDUE
    if answered:
        return _SELLERS_ANSWERED
    if matter.thread is ThreadState.MISSED:
        return _SELLERS_MISSED
    return _SELLERS_OWED_WITH_CENTRE if matter.trouble is TroubleState.MEDIATED else _SELLERS_OWED


def _sellers_offer(offer: Offer) -> Standing:
    if not offer.awaits:
        return _SELLERS_AGREEMENT
    return _SELLERS_REPLY if Side.SELLER in offer.awaits else _SELLERS_REPLY_AWAITED
