"""What the sentences on a matter are made of: whose turn, a word for lists, now and next; and the words both sides share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.text import Text
from mamori.rooms.contact.lifecycle.mediation import MediationState
from mamori.rooms.contact.lifecycle.remedy import RemedyState
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
