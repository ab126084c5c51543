"""What a buyer is told about where a matter stands."""

from __future__ import annotations

from dataclasses import replace

from mamori.grammar.text import Text
from mamori.rooms.contact.lifecycle.mediation import MediationState
from mamori.rooms.contact.lifecycle.remedy import UNDER_WAY, RemedyState
from mamori.rooms.contact.lifecycle.thread import ThreadState
from mamori.rooms.contact.lifecycle.trouble import TroubleState
from mamori.rooms.contact.rules.proposals import Offer, Side
from mamori.rooms.contact.rules.standing.told import (
    AGAIN,
    AGREED,
    ANSWERED,
    BUYERS_RETURN,
    DECIDING,
    ENDED,
    HELPED,
    LATE,
    PROPOSED,
    QUESTION_ENDED,
    REFUNDED,
    REFUNDING,
    REPLYING,
    SOLVED,
    WAITING,
    Matter,
    Standing,
    Turn,
    buyers_owed,
)

BUYERS_ENDS = {
    TroubleState.SOLVED: Standing(
        Turn.NOBODY, SOLVED, Text("解決したものとして終わりました。", "This was closed as solved."), AGAIN
    ),
    TroubleState.MADE_GOOD: Standing(
        Turn.NOBODY,
        REFUNDED,
        Text(
            "出品者に代わって{amount}円を返金しました。", "{amount} yen were refunded in the seller's place."
        ),
        Text(
            "通販サイトは返金を終えています。届かないときは、相談窓口にお電話ください。",
            "The marketplace has made the refund. If it does not reach you, please call the customer centre.",
        ),
    ),
    TroubleState.DECLINED: Standing(
        Turn.NOBODY,
        ENDED,
        Text("立替返金は行わずに終わりました。", "This ended without a refund in the seller's place."),
        Text(
            "納得できないときは、消費生活センター（電話188）に相談できます。",
            "If you do not agree, a consumer affairs centre can help you (telephone 188).",
        ),
    ),
    TroubleState.WITHDRAWN: Standing(
        Turn.NOBODY,
        ENDED,
        Text("取り下げました。", "You withdrew this."),
        Text(
            "同じ注文でまた困ったときは、もう一度お知らせください。",
            "If there is trouble with this order again, please report it once more.",
        ),
    ),
    TroubleState.LAPSED: Standing(
        Turn.NOBODY,
        ENDED,
        Text(
            "回答のあとお返事がなかったため、終わりました。",
            "This was closed as we did not hear from you after the answer.",
        ),
        AGAIN,
    ),
}

_BUYERS_QUESTION = {
    ThreadState.WAITING: Standing(
        Turn.THEIRS,
        WAITING,
        Text("出品者の回答を待っています。", "We are waiting for the seller."),
        Text(
            "{answer}までに回答が届く予定です。届いたらお知らせします。",
            "The answer should come by {answer}. We will tell you when it is here.",
        ),
    ),
    ThreadState.MISSED: Standing(
        Turn.THEIRS,
        LATE,
        Text(
            "回答の期限（{answer}）を過ぎましたが、まだ届いていません。",
            "The answer was due by {answer} and has not come.",
        ),
        Text(
            "このまま待つことも、終えることもできます。購入前の質問なので、窓口は間に入りません。",
            "You can go on waiting, or close this. The centre does not step in for a question before purchase.",
        ),
    ),
    ThreadState.ANSWERED: Standing(
        Turn.YOURS,
        ANSWERED,
        Text("出品者が回答しました。", "The seller has answered."),
        Text(
            "分かったら終えてください。まだ聞きたいことは書き足せます。{silence}までお返事がないときは自動で終わります。",
            "Close this when all is clear, or ask further. If we do not hear from you by {silence}, it closes by itself.",
        ),
    ),
    ThreadState.CLOSED: QUESTION_ENDED,
}

_BUYERS_WAIT = Standing(
    Turn.THEIRS,
    WAITING,
    Text("出品者の回答を待っています。", "We are waiting for the seller."),
    Text(
        "{answer}までに回答がないときは、窓口が自動で間に入ります。それより早く頼むこともできます。",
        "If no answer comes by {answer}, the centre steps in by itself. You can also ask for that earlier.",
    ),
)
_HELPERS_WAIT = replace(
    _BUYERS_WAIT,
    next=Text(
        "{answer}までに回答がないときは、窓口が自動で間に入ります。",
        "If no answer comes by {answer}, the centre steps in by itself.",
    ),
)
_TARGET = Text(
    "担当者が出品者に連絡します。解決の期限は{resolution}です。費用はかかりません。",
    "An agent contacts the seller. A solution is due by {resolution}. It costs you nothing.",
)
_BUYERS_HELP = Standing(
    Turn.CENTRE,
    HELPED,
    Text(
        "相談窓口が間に入りました。担当者を決めているところです。",
        "The centre has stepped in and is choosing an agent.",
    ),
    _TARGET,
)
_BUYERS_HELP_TAKEN = Standing(
    Turn.CENTRE,
    HELPED,
    Text("相談窓口の担当者が間に入っています。", "An agent of the centre is helping."),
    _TARGET,
)
_BUYERS_ANSWER = Standing(
    Turn.YOURS,
    ANSWERED,
    Text("出品者が回答しました。解決しましたか。", "The seller has answered. Is it solved?"),
    Text(
        "「解決していない」を選ぶと、出品者にもう一度対応を求めます。{silence}までお返事がないときは自動で終わります。",
        "If you choose “not solved”, the seller is asked to act again. If we do not hear from you by {silence}, "
        "this closes by itself.",
    ),
)
_BUYERS_ANSWER_STAYS = Standing(
    Turn.YOURS,
    ANSWERED,
    _BUYERS_ANSWER.now,
    Text(
        "「解決していない」を選ぶと、出品者にもう一度対応を求めます。お返事がなくても、このやり取りは終わりません。",
        "If you choose “not solved”, the seller is asked to act again. This is not closed for want of a word from you.",
    ),
)
_BUYERS_OVERDUE = Standing(
    Turn.CENTRE,
    DECIDING,
    Text(
        "解決の期限（{resolution}）までに解決しませんでした。今は窓口が対応しています。お待たせして申し訳ありません。",
        "There was no solution by {resolution}. It is with the centre now. We are sorry that you have to wait.",
    ),
    Text(
        "出品者に代わって返金できるかを、窓口が{decision}までに判断し、結果をお知らせします。あなたがすることはありません。",
        "The centre decides on a refund in the seller's place by {decision} and tells you the result. You need not do anything.",
    ),
)
_BUYERS_OVERDUE_ANSWERED = Standing(
    Turn.YOURS,
    ANSWERED,
    Text(
        "出品者が回答しました。解決の期限（{resolution}）は過ぎています。",
        "The seller has answered. The solution was due by {resolution}.",
    ),
    Text(
        "解決していないときは、そうお知らせください。出品者に代わって返金できるかを窓口が{decision}までに判断します。"
        "{silence}までお返事がないときは自動で終わります。",
        "If it is not solved, please say so: the centre decides on a refund in the seller's place by {decision}. "
        "If we do not hear from you by {silence}, this closes by itself.",
    ),
)
_BUYERS_REPLY = Standing(
    Turn.YOURS,
    PROPOSED,
    Text("解決の提案が届いています。", "A solution is proposed to you."),
    Text(
        "{reply}までに、受けるか、断るか、別の提案をするかをお選びください。",
        "Please agree, decline, or propose something else by {reply}.",
    ),
)
_BUYERS_OFFERED = Standing(
    Turn.YOURS,
    PROPOSED,
    Text("出品者から返金の提案が届いています。", "The seller offers you a refund."),
    Text(
        "{reply}までに、受けるか断るかをお選びください。受けるとその場で合意になり、お金が戻る期限が決まります。"
        "返事をなさらなくても、解決の期限（{resolution}）は変わりません。",
        "Please accept or decline by {reply}. If you accept, it is agreed at once, and you are told by when the money comes. "
        "Either way a solution is due by {resolution}.",
    ),
)
_BUYERS_REPLY_AWAITED = Standing(
    Turn.THEIRS,
    REPLYING,
    Text(
        "解決の提案に、出品者の返事を待っています。", "We are waiting for the seller's reply to a proposal."
    ),
    Text(
        "{reply}までに返事がないときは、提案は終わり、窓口が引き続きお手伝いします。",
        "If none comes by {reply}, the proposal ends and the centre goes on helping.",
    ),
)
_BUYERS_AGREEMENT = Standing(
    Turn.THEIRS,
    AGREED,
    Text("出品者と合意しました。", "You and the seller have agreed."),
    Text(
        "{reply}までに行われる予定です。済んだら「解決した」とお知らせください。済まないときは、窓口が出品者に連絡します。",
        "It is to be done by {reply}. Please say “it is solved” when it is. If it is not done, the centre contacts the seller.",
    ),
)
_BUYERS_REFUND_AGREED = Standing(
    Turn.THEIRS,
    AGREED,
    _BUYERS_AGREEMENT.now,
    Text(
        "お金は{reply}までに戻る予定です。戻ったら「解決した」とお知らせください。戻らないときは、窓口が出品者に連絡します。",
        "The money is to come by {reply}. Please say “it is solved” when it has. If it does not come, the centre contacts the "
        "seller.",
    ),
)
_BUYERS_REFUND = Standing(
    Turn.CENTRE,
    REFUNDING,
    Text(
        "出品者に代わって{amount}円を返金することが決まりました。",
        "You will be refunded {amount} yen in the seller's place.",
    ),
    Text(
        "通販サイトが手続きをしています。{confirmation}までに終わる見込みです。遅れるときは窓口が通販サイトに催促します。"
        "あなたがすることはありません。",
        "The marketplace is making the refund, which should be done by {confirmation}. If it is late, the centre asks "
        "again. You need not do anything.",
    ),
)


_BUYERS_UNDER_WAY = {RemedyState.INSTRUCTED: _BUYERS_REFUND} | BUYERS_RETURN


def for_buyer(matter: Matter) -> Standing:
    """Return what the buyer is told."""
    if matter.trouble is None:
        return _BUYERS_QUESTION[matter.thread]
    if matter.trouble in BUYERS_ENDS:
        return BUYERS_ENDS[matter.trouble]
    if matter.offer is not None and matter.remedy not in UNDER_WAY:
        return _buyers_offer(matter.offer, mediated=matter.mediation is not None)
    return _buyers_trouble(matter)


def for_helper(matter: Matter) -> Standing:
    """Return what a buyer's helper is told: the same, without what only the buyer can ask for."""
    standing = for_buyer(matter)
    return _HELPERS_WAIT if standing is _BUYERS_WAIT else standing


def _buyers_trouble(matter: Matter) -> Standing:
    if matter.remedy in _BUYERS_UNDER_WAY:
        return _BUYERS_UNDER_WAY[matter.remedy]
    if (told := buyers_owed(matter)) is not None:
        return told
    answered = matter.thread is ThreadState.ANSWERED
    if answered and matter.awaits_buyer:
        return _BUYERS_OVERDUE_ANSWERED if matter.trouble is TroubleState.OVERDUE else _BUYERS_ANSWER
    if matter.trouble is TroubleState.OVERDUE:
        return _BUYERS_OVERDUE
    if matter.trouble is TroubleState.OPEN and matter.thread is not ThreadState.MISSED:
        return _BUYERS_ANSWER_STAYS if answered else _BUYERS_WAIT
    return _BUYERS_HELP_TAKEN if matter.mediation is MediationState.TAKEN else _BUYERS_HELP


def _buyers_offer(offer: Offer, *, mediated: bool) -> Standing:
    if not offer.awaits:
        return _BUYERS_REFUND_AGREED if offer.is_refund else _BUYERS_AGREEMENT
    if Side.BUYER not in offer.awaits:
        return _BUYERS_REPLY_AWAITED
    return _BUYERS_REPLY if mediated else _BUYERS_OFFERED
