"""What the sentences on a matter are made of: whose turn, a word for lists, now and next; and the words both sides share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.text import Text
from mamori.law.deadlines import (
    ANSWER,
    CONFIRMATION,
    QUESTION_ANSWER,
    REMEDY_DECISION,
    RESOLUTION,
    RETURN_ARRIVAL,
    RETURN_INSPECTION,
    RETURN_SENDING,
)
from mamori.rooms.contact.lifecycle.mediation import MediationState
from mamori.rooms.contact.lifecycle.remedy import UNDER_WAY, RemedyState
from mamori.rooms.contact.lifecycle.thread import ThreadState
from mamori.rooms.contact.lifecycle.trouble import TroubleState
from mamori.rooms.contact.rules.owed import Owed
from mamori.rooms.contact.rules.proposals import Offer
from mamori.rooms.contact.topics import Harm


class Turn(StrEnum):
    """Who is expected to do something, seen from the reader."""

    YOURS = "yours"
    THEIRS = "theirs"
    CENTRE = "centre"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What the words are chosen by; a question has no trouble; `awaits_buyer`: silence of the buyer would end it."""

    thread: ThreadState
    trouble: TroubleState | None = None
    mediation: MediationState | None = None
    remedy: RemedyState | None = None
    offer: Offer | None = None
    owed: Owed | None = None
    paid: bool = False
    harm: Harm | None = None
    awaits_buyer: bool = True
    in_danger: bool = False


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
        return self.badge in (LATE, OVERDUE, DUE_TO_KEEP)

    def filled(self, **values: object) -> Standing:
        """Put moments and amounts into the sentences."""
        return Standing(self.turn, self.badge, self.now.fill(**values), self.next.fill(**values))


WAITING = Text("出品者の回答待ち", "Waiting for the seller")
LATE = Text("回答が遅れています", "The answer is late")
OVERDUE = Text("解決の期限を過ぎました", "Past the due time")
DECIDING = Text("窓口が返金を検討中", "A refund is considered")
ANSWERED = Text("回答が届きました", "The seller answered")
HELPED = Text("窓口が対応中", "The centre is helping")
PROPOSED = Text("提案が届きました", "A solution is proposed")
REPLYING = Text("提案の返事待ち", "Waiting for a reply")
AGREED = Text("合意しました", "Agreed")
PAID = Text("お金が戻りました", "The money went back")
BROKEN = Text("合意が守られていません", "The agreement was not kept")
DUE_TO_KEEP = Text("合意の期限を過ぎました", "The agreement is overdue")
REFUNDING = Text("返金の手続き中", "A refund is on its way")
STALLED = Text("返金がまだできていません", "The refund has stalled")
OWED = Text("あなたの回答待ち", "Waiting for your answer")
CONFIRMING = Text("購入者の確認待ち", "Waiting for the buyer")
ENDED = Text("終わりました", "Ended")
SOLVED = Text("解決しました", "Solved")
REFUNDED = Text("返金しました", "Refunded")

AGAIN = Text(
    "まだ解決していないときは、同じ注文からもう一度お知らせください。",
    "If it is not solved, please report it again from the same order.",
)
NOTHING_LEFT = Text("することはもうありません。", "There is nothing left to do.")

QUESTION_ENDED = Standing(
    Turn.NOBODY,
    ENDED,
    Text("このやり取りは終わりました。", "This conversation has ended."),
    NOTHING_LEFT,
)


# What both sides are told while something is owed to the buyer: no silence ends it, so no sentence says so.


_STAYS_OPEN = Text(
    "お返事がなくても、このやり取りは終わりません。", "This is not closed for want of a word from you."
)
_BROKEN_NOW = Text(
    "合意したことが、期限（{agreed}）を過ぎても済んでいません。",
    "What was agreed was due by {agreed} and has not been done.",
)

_BUYERS = {
    Owed.FAILED: Standing(
        Turn.CENTRE,
        STALLED,
        Text(
            "{amount}円の返金が決まりましたが、通販サイトの手続きがまだできていません。",
            "A refund of {amount} yen was decided, but the marketplace could not carry it out yet.",
        ),
        Text(
            "{decision}までに、窓口があらためて判断し、お知らせします。お待たせして申し訳ありません。",
            "The centre decides anew by {decision} and will tell you. We are sorry that you have to wait.",
        ),
    ),
    Owed.BROKEN: Standing(
        Turn.THEIRS,
        BROKEN,
        _BROKEN_NOW,
        Text(
            "出品者に連絡し、立替返金も検討しています（判断の期限：{decision}）。済んだときは「解決した」とお知らせください。",
            "We are contacting the seller and consider a refund in the seller's place (to be decided by {decision}). If it "
            "was done, please say “it is solved”.",
        ),
    ),
}
_BUYERS_ANSWERED = {
    Owed.FAILED: _BUYERS[Owed.FAILED],
    Owed.BROKEN: Standing(
        Turn.YOURS,
        BROKEN,
        Text(
            "合意したことの期限（{agreed}）のあとに、出品者が回答しました。解決しましたか。",
            "After what was agreed fell due ({agreed}), the seller has answered. Is it solved?",
        ),
        Text(
            "立替返金を、窓口が{decision}までに判断します。{stays}",
            "The centre decides on a refund in the seller's place by {decision}. {stays}",
        ).fill(decision="{decision}", stays=_STAYS_OPEN),
    ),
    Owed.DECISION: Standing(
        Turn.YOURS,
        ANSWERED,
        Text("出品者が回答しました。解決しましたか。", "The seller has answered. Is it solved?"),
        Text(
            "立替返金は、窓口が{decision}までに判断します。{stays}",
            "The centre decides on a refund in the seller's place by {decision}. {stays}",
        ).fill(decision="{decision}", stays=_STAYS_OPEN),
    ),
}

_BUYERS_PAID = Standing(
    Turn.YOURS,
    PAID,
    Text(
        "お金が戻ったと、通販サイトから連絡がありました。解決しましたか。",
        "The marketplace tells us that the money has gone back. Is it solved?",
    ),
    Text(
        "「解決していない」を選ぶと、出品者にもう一度対応を求めます。{silence}までお返事がないときは自動で終わります。",
        "If you choose “not solved”, the seller is asked to act again. If we do not hear from you by {silence}, this closes "
        "by itself.",
    ),
)
_SELLERS_PAID = Standing(
    Turn.THEIRS,
    CONFIRMING,
    Text(
        "お金が戻ったと、通販サイトから連絡がありました。",
        "The marketplace tells us that the money has gone back.",
    ),
    Text(
        "解決したかどうかを購入者が確かめています。{silence}までお返事がないときは自動で終わります。",
        "The buyer is checking whether it is solved. If the buyer does not reply by {silence}, this closes by itself.",
    ),
)

_CONSIDERED = Text(
    "運営者が立替返金を検討しています。まだ解決できるなら、今すぐ行い、お知らせください。",
    "The operator considers a refund in your place. If you can still solve it, please do so now and say so.",
)
_SELLERS = {Owed.BROKEN: Standing(Turn.YOURS, DUE_TO_KEEP, _BROKEN_NOW, _CONSIDERED)}
_SELLERS_ANSWERED = {
    Owed.BROKEN: Standing(Turn.CENTRE, BROKEN, _BROKEN_NOW, _CONSIDERED),
    Owed.FAILED: Standing(
        Turn.CENTRE,
        CONFIRMING,
        Text(
            "回答しました。運営者の返金は、通販サイトの手続きがまだできていません。",
            "You have answered. The operator's refund could not be carried out yet.",
        ),
        _CONSIDERED,
    ),
}


def buyers_owed(matter: Matter) -> Standing | None:
    """Return what the buyer is told of what is owed, or of what has just been paid; nothing where neither is so."""
    answered = matter.thread is ThreadState.ANSWERED
    return _told(matter, _BUYERS_ANSWERED if answered else _BUYERS, _BUYERS_PAID if answered else None)


def sellers_owed(matter: Matter) -> Standing | None:
    """Return the same for the seller."""
    answered = matter.thread is ThreadState.ANSWERED
    return _told(matter, _SELLERS_ANSWERED if answered else _SELLERS, _SELLERS_PAID if answered else None)


def _told(matter: Matter, owed: Mapping[Owed, Standing], paid: Standing | None) -> Standing | None:
    if matter.owed is not None:
        return owed.get(matter.owed)
    return paid if matter.paid and matter.awaits_buyer else None


# What both sides are told while goods are on their way back.


RETURNING = Text("返品の手続き中", "A return is under way")

BUYERS_RETURN = {
    RemedyState.ORDERED: Standing(
        Turn.CENTRE,
        RETURNING,
        Text(
            "商品をお返しいただいてから、{amount}円を返金することになりました。",
            "You send the goods back, and are then refunded {amount} yen.",
        ),
        Text(
            "通販サイトが{confirmation}までに送り状を用意する見込みです。送料はかかりません。用意ができたらお知らせします。",
            "The marketplace should have a label for you by {confirmation}. Sending costs you nothing. We will tell you when "
            "it is ready.",
        ),
    ),
    RemedyState.LABELLED: Standing(
        Turn.YOURS,
        RETURNING,
        Text(
            "送り状ができました。商品をお送りください。追跡番号：{tracking}",
            "The label is ready. Please send the goods. Tracking number: {tracking}",
        ),
        Text(
            "{sending}までにお送りになり、「商品を送った」を選んでください。届いた商品を確かめてから{amount}円を返金します。",
            "Please send them by {sending} and choose “I have sent the goods”. When we have looked at them, you are refunded "
            "{amount} yen.",
        ),
    ),
    RemedyState.SENT: Standing(
        Turn.CENTRE,
        RETURNING,
        Text(
            "商品の到着を待っています。追跡番号：{tracking}",
            "We are waiting for the goods. Tracking number: {tracking}",
        ),
        Text(
            "届いたらお知らせします。確かめてから{amount}円を返金します。{arrival}までに届かないときは、窓口が調べます。",
            "We will tell you when they are here. When we have looked at them, you are refunded {amount} yen. If they are "
            "not here by {arrival}, the centre looks into it.",
        ),
    ),
    RemedyState.ARRIVED: Standing(
        Turn.CENTRE,
        RETURNING,
        Text(
            "商品が届きました。担当者が{inspection}までに確かめます。",
            "The goods are here. A person looks at them by {inspection}.",
        ),
        Text(
            "ご連絡のとおりなら{amount}円を返金します。違うところがあれば、理由を添えてお知らせします。",
            "If they are as you reported, you are refunded {amount} yen. If not, we will tell you and say why.",
        ),
    ),
}

SELLERS_RETURN = Standing(
    Turn.CENTRE,
    RETURNING,
    Text(
        "運営者が、商品の返品を手配しています。",
        "The operator is arranging for the goods to be sent back.",
    ),
    Text(
        "返金や差し引きを決めるときは、あなたにもお知らせします。差し引きの前には意見を聴きます。",
        "You will be told of a refund or a deduction. Before any deduction you will be heard.",
    ),
)


ANSWER_BY = Text("出品者の回答", "the seller's answer")
OWED_BY_YOU = Text("あなたの回答", "your answer")
SOLVED_BY = Text("解決", "the solution")
DECIDED_BY = Text("立替返金についての窓口の判断", "the centre's decision on a refund")


@dataclass(frozen=True, slots=True)
class Awaited:
    """A due moment of a kind of clock, as the reader is told it; `is_yours` where the reader is the one who owes it."""

    kind: str
    name: Text
    is_yours: bool = False


_OF_REMEDY = {
    RemedyState.ORDERED: Awaited(CONFIRMATION.code, Text("送り状の用意", "the label")),
    RemedyState.LABELLED: Awaited(RETURN_SENDING.code, Text("あなたの返送", "your parcel"), is_yours=True),
    RemedyState.SENT: Awaited(RETURN_ARRIVAL.code, Text("商品の到着", "the arrival of the goods")),
    RemedyState.ARRIVED: Awaited(RETURN_INSPECTION.code, Text("届いた商品の確認", "the look at the goods")),
    RemedyState.INSTRUCTED: Awaited(
        CONFIRMATION.code, Text("通販サイトの手続き", "the marketplace's refund")
    ),
}
_DECISION = Awaited(REMEDY_DECISION.code, DECIDED_BY)
_OWED = (ThreadState.WAITING, ThreadState.MISSED)


def awaited(matter: Matter, *, by_seller: bool) -> tuple[Awaited, ...]:
    """Return what the reader is shown a due moment of; where no clock of the kind runs there is none to show.

    What is granted leaves what was owed before behind.  A seller learns of a wish or of a parcel from nobody.
    """
    if matter.thread is ThreadState.CLOSED:
        return ()
    if matter.remedy in UNDER_WAY:
        return () if by_seller else (_OF_REMEDY[matter.remedy],)
    shown = [_answer(matter, by_seller=by_seller)] if matter.thread in _OWED else []
    if matter.trouble is None:
        return tuple(shown)
    is_overdue = matter.trouble is TroubleState.OVERDUE
    shown.append(Awaited(RESOLUTION.code, SOLVED_BY, is_yours=by_seller and matter.thread in _OWED))
    if is_overdue or not by_seller:
        shown.append(_DECISION)
    return tuple(shown)


def _answer(matter: Matter, *, by_seller: bool) -> Awaited:
    kind = QUESTION_ANSWER if matter.trouble is None else ANSWER
    return Awaited(kind.code, OWED_BY_YOU if by_seller else ANSWER_BY, is_yours=by_seller)
