"""Where a matter stands and what happens next, as each side is told it: in sentences, never in codes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.text import Text
from mamori.rooms.contact.lifecycle.mediation import MediationState
from mamori.rooms.contact.lifecycle.remedy import RemedyState
from mamori.rooms.contact.lifecycle.thread import ThreadState
from mamori.rooms.contact.lifecycle.trouble import TroubleState


class Turn(StrEnum):
    """Who is expected to do something, seen from the reader."""

    YOURS = "yours"
    THEIRS = "theirs"
    CENTRE = "centre"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What the words are chosen by; a question has no trouble."""

    thread: ThreadState
    trouble: TroubleState | None = None
    mediation: MediationState | None = None
    remedy: RemedyState | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A word for lists, what is so now, and what happens next; {places} are filled by who asks."""

    turn: Turn
    badge: Text
    now: Text
    next: Text

    @property
    def is_late(self) -> bool:
        """Say whether a due moment has passed and nothing has come."""
        return self.badge in (_LATE, _OVERDUE)

    def filled(self, **values: object) -> Standing:
        """Put moments and amounts into the sentences."""
        return Standing(self.turn, self.badge, self.now.fill(**values), self.next.fill(**values))


_WAITING = Text("出品者の回答待ち", "Waiting for the seller")
_LATE = Text("回答が遅れています", "The answer is late")
_OVERDUE = Text("解決の期限を過ぎました", "Past the due time")
_ANSWERED = Text("回答が届きました", "The seller answered")
_HELPED = Text("窓口が対応中", "The centre is helping")
_REFUNDING = Text("返金の手続き中", "A refund is on its way")
_OWED = Text("あなたの回答待ち", "Waiting for your answer")
_CONFIRMING = Text("購入者の確認待ち", "Waiting for the buyer")
_ENDED = Text("終わりました", "Ended")
_SOLVED = Text("解決しました", "Solved")
_REFUNDED = Text("返金しました", "Refunded")

_AGAIN = Text(
    "まだ解決していないときは、同じ注文からもう一度お知らせください。",
    "If it is not solved, please report it again from the same order.",
)
_NOTHING_LEFT = Text("することはもうありません。", "There is nothing left to do.")

BUYERS_ENDS = {
    TroubleState.SOLVED: Standing(
        Turn.NOBODY, _SOLVED, Text("解決したものとして終わりました。", "This was closed as solved."), _AGAIN
    ),
    TroubleState.MADE_GOOD: Standing(
        Turn.NOBODY,
        _REFUNDED,
        Text(
            "出品者に代わって{amount}円を返金しました。", "{amount} yen were refunded in the seller's place."
        ),
        Text(
            "市場は返金を終えています。届かないときは、相談窓口にお電話ください。",
            "The marketplace has made the refund. If it does not reach you, please call the customer centre.",
        ),
    ),
    TroubleState.DECLINED: Standing(
        Turn.NOBODY,
        _ENDED,
        Text("代わりの返金は行わずに終わりました。", "This ended without a refund in the seller's place."),
        Text(
            "納得できないときは、消費生活センター（電話188）に相談できます。",
            "If you do not agree, a consumer affairs centre can help you (telephone 188).",
        ),
    ),
    TroubleState.WITHDRAWN: Standing(
        Turn.NOBODY,
        _ENDED,
        Text("取り下げました。", "You withdrew this."),
        Text(
            "同じ注文でまた困ったときは、もう一度お知らせください。",
            "If there is trouble with this order again, please report it once more.",
        ),
    ),
    TroubleState.LAPSED: Standing(
        Turn.NOBODY,
        _ENDED,
        Text(
            "回答のあとお返事がなかったため、終わりました。",
            "This was closed as we did not hear from you after the answer.",
        ),
        _AGAIN,
    ),
}

SELLERS_ENDS = {
    TroubleState.SOLVED: Standing(
        Turn.NOBODY, _SOLVED, Text("解決して終わりました。", "This was solved."), _NOTHING_LEFT
    ),
    TroubleState.MADE_GOOD: Standing(
        Turn.NOBODY,
        _REFUNDED,
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
        _ENDED,
        Text("代わりの返金は行わずに終わりました。", "This ended without a refund in your place."),
        _NOTHING_LEFT,
    ),
    TroubleState.WITHDRAWN: Standing(
        Turn.NOBODY, _ENDED, Text("購入者が取り下げました。", "The buyer withdrew this."), _NOTHING_LEFT
    ),
    TroubleState.LAPSED: Standing(
        Turn.NOBODY,
        _ENDED,
        Text("購入者からお返事がなく、終わりました。", "The buyer did not reply, and this ended."),
        _NOTHING_LEFT,
    ),
}

_QUESTION_ENDED = Standing(
    Turn.NOBODY,
    _ENDED,
    Text("このやり取りは終わりました。", "This conversation has ended."),
    _NOTHING_LEFT,
)


def for_buyer(matter: Matter) -> Standing:
    """Return what the buyer is told."""
    if matter.trouble is None:
        return _BUYERS_QUESTION[matter.thread]
    if matter.trouble in BUYERS_ENDS:
        return BUYERS_ENDS[matter.trouble]
    return _buyers_trouble(matter)


def _buyers_trouble(matter: Matter) -> Standing:
    answered = matter.thread is ThreadState.ANSWERED
    if matter.remedy is RemedyState.INSTRUCTED:
        return _BUYERS_REFUND
    if matter.trouble is TroubleState.OVERDUE:
        return _BUYERS_OVERDUE_ANSWERED if answered else _BUYERS_OVERDUE
    if answered:
        return _BUYERS_ANSWER
    if matter.trouble is TroubleState.OPEN and matter.thread is ThreadState.WAITING:
        return _BUYERS_WAIT
    return _BUYERS_HELP_TAKEN if matter.mediation is MediationState.TAKEN else _BUYERS_HELP


def for_seller(matter: Matter) -> Standing:
    """Return what the seller is told."""
    if matter.trouble is None:
        return _SELLERS_QUESTION[matter.thread]
    if matter.trouble in SELLERS_ENDS:
        return SELLERS_ENDS[matter.trouble]
    return _sellers_trouble(matter)


def _sellers_trouble(matter: Matter) -> Standing:
    if matter.remedy is RemedyState.INSTRUCTED:
        return _SELLERS_REFUND
    answered = matter.thread is ThreadState.ANSWERED
    if matter.trouble is TroubleState.OVERDUE:
        return _SELLERS_OVERDUE_ANSWERED if answered else _SELLERS_OVERDUE
    if answered:
        return _SELLERS_ANSWERED
    if matter.thread is ThreadState.MISSED:
        return _SELLERS_MISSED
    return _SELLERS_OWED_WITH_CENTRE if matter.trouble is TroubleState.MEDIATED else _SELLERS_OWED


_BUYERS_QUESTION = {
    ThreadState.WAITING: Standing(
        Turn.THEIRS,
        _WAITING,
        Text("出品者の回答を待っています。", "We are waiting for the seller."),
        Text(
            "{answer}までに回答が届く予定です。届いたらお知らせします。",
            "The answer should come by {answer}. We will tell you when it is here.",
        ),
    ),
    ThreadState.MISSED: Standing(
        Turn.THEIRS,
        _LATE,
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
        _ANSWERED,
        Text("出品者が回答しました。", "The seller has answered."),
        Text(
            "分かったら終えてください。まだ聞きたいことは書き足せます。{silence}までお返事がないときは自動で終わります。",
            "Close this when all is clear, or ask further. If we do not hear from you by {silence}, it closes by itself.",
        ),
    ),
    ThreadState.CLOSED: _QUESTION_ENDED,
}

_BUYERS_WAIT = Standing(
    Turn.THEIRS,
    _WAITING,
    Text("出品者の回答を待っています。", "We are waiting for the seller."),
    Text(
        "{answer}までに回答がないときは、窓口が自動で間に入ります。それより早く頼むこともできます。",
        "If no answer comes by {answer}, the centre steps in by itself. You can also ask for that earlier.",
    ),
)
_TARGET = Text(
    "担当者が出品者に連絡します。解決の期限は{resolution}です。費用はかかりません。",
    "An agent contacts the seller. A solution is due by {resolution}. It costs you nothing.",
)
_BUYERS_HELP = Standing(
    Turn.CENTRE,
    _HELPED,
    Text(
        "相談窓口が間に入りました。担当者を決めているところです。",
        "The centre has stepped in and is choosing an agent.",
    ),
    _TARGET,
)
_BUYERS_HELP_TAKEN = Standing(
    Turn.CENTRE,
    _HELPED,
    Text("相談窓口の担当者が間に入っています。", "An agent of the centre is helping."),
    _TARGET,
)
_BUYERS_ANSWER = Standing(
    Turn.YOURS,
    _ANSWERED,
    Text("出品者が回答しました。解決しましたか。", "The seller has answered. Is it solved?"),
    Text(
        "「解決していない」を選ぶと、出品者にもう一度対応を求めます。{silence}までお返事がないときは自動で終わります。",
        "If you choose “not solved”, the seller is asked to act again. If we do not hear from you by {silence}, "
        "this closes by itself.",
    ),
)
_BUYERS_OVERDUE = Standing(
    Turn.CENTRE,
    _OVERDUE,
    Text(
        "解決の期限（{resolution}）を過ぎました。お待たせして申し訳ありません。",
        "The solution was due by {resolution}. We are sorry that you have to wait.",
    ),
    Text(
        "出品者に代わって返金できるかを、窓口が検討しています。結果はお知らせします。",
        "The centre considers a refund in the seller's place and will tell you the result.",
    ),
)
_BUYERS_OVERDUE_ANSWERED = Standing(
    Turn.YOURS,
    _ANSWERED,
    Text(
        "出品者が回答しました。解決の期限（{resolution}）は過ぎています。",
        "The seller has answered. The solution was due by {resolution}.",
    ),
    Text(
        "解決していないときは、出品者に代わって返金できるかを窓口が検討します。{silence}までお返事がないときは自動で終わります。",
        "If it is not solved, the centre considers a refund in the seller's place. If we do not hear from you by "
        "{silence}, this closes by itself.",
    ),
)
_BUYERS_REFUND = Standing(
    Turn.CENTRE,
    _REFUNDING,
    Text(
        "出品者に代わって{amount}円を返金することが決まりました。",
        "You will be refunded {amount} yen in the seller's place.",
    ),
    Text(
        "市場が手続きをしています。終わったらお知らせします。",
        "The marketplace is making the refund. We will tell you when it is done.",
    ),
)

_SELLERS_QUESTION = {
    ThreadState.WAITING: Standing(
        Turn.YOURS,
        _OWED,
        Text("購入前の質問が届いています。", "You have a question before purchase."),
        Text("{answer}までにお答えください。", "Please answer by {answer}."),
    ),
    ThreadState.MISSED: Standing(
        Turn.YOURS,
        _LATE,
        Text("回答の期限（{answer}）を過ぎています。", "The answer was due by {answer}."),
        Text("今からでもお答えください。", "Please answer all the same."),
    ),
    ThreadState.ANSWERED: Standing(
        Turn.THEIRS,
        _CONFIRMING,
        Text("回答しました。", "You have answered."),
        Text(
            "{silence}まで購入者のお返事がないときは、自動で終わります。",
            "If the buyer does not reply by {silence}, this closes by itself.",
        ),
    ),
    ThreadState.CLOSED: _QUESTION_ENDED,
}

_SELLERS_OWED = Standing(
    Turn.YOURS,
    _OWED,
    Text("購入者が困っています。", "A buyer is in trouble."),
    Text(
        "{answer}までに、どう解決するかをお答えください。回答がないときは相談窓口が間に入ります。",
        "Please answer by {answer} how you will solve it. If you do not, the centre steps in.",
    ),
)
_SELLERS_OWED_WITH_CENTRE = Standing(
    Turn.YOURS,
    _OWED,
    Text("相談窓口が間に入っています。", "The centre is helping both sides."),
    Text(
        "{answer}までにお答えください。解決の期限は{resolution}です。",
        "Please answer by {answer}. A solution is due by {resolution}.",
    ),
)
_SELLERS_MISSED = Standing(
    Turn.YOURS,
    _LATE,
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
    _OVERDUE,
    Text("解決の期限（{resolution}）を過ぎました。", "The solution was due by {resolution}."),
    Text(
        "運営者が代わりの返金を検討しています。まだ解決できるなら、今すぐお答えください。",
        "The operator considers a refund in your place. If you can still solve it, please answer now.",
    ),
)
_SELLERS_ANSWERED = Standing(
    Turn.THEIRS,
    _CONFIRMING,
    Text(
        "回答しました。解決したかどうかを購入者が確かめています。",
        "You have answered. The buyer is checking whether it is solved.",
    ),
    Text("解決の期限は{resolution}です。", "A solution is due by {resolution}."),
)
_SELLERS_OVERDUE_ANSWERED = Standing(
    Turn.CENTRE,
    _OVERDUE,
    Text(
        "回答しましたが、解決の期限（{resolution}）を過ぎました。",
        "You have answered, but the solution was due by {resolution}.",
    ),
    Text(
        "購入者の返事か、運営者の判断を待っています。",
        "We wait for the buyer's word or the operator's decision.",
    ),
)
_SELLERS_REFUND = Standing(
    Turn.CENTRE,
    _REFUNDING,
    Text(
        "運営者が代わりに{amount}円を返金することを決めました。",
        "The operator has decided to refund {amount} yen in your place.",
    ),
    Text(
        "売上金からの差し引きを考えるときは、先にあなたの意見を聴きます。",
        "If a deduction from your proceeds is considered, you will be heard first.",
    ),
)
