"""Which due moments each side is shown: what is owed before anything is decided, and then what is decided and done."""

from __future__ import annotations

from dataclasses import dataclass

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
from mamori.rooms.contact.lifecycle.remedy import UNDER_WAY, RemedyState
from mamori.rooms.contact.lifecycle.thread import ThreadState
from mamori.rooms.contact.lifecycle.trouble import TroubleState
from mamori.rooms.contact.rules.standing.told import Matter

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
