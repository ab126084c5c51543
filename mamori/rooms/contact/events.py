"""What this room tells upward and outward: ids, states and moments, never anybody's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.event import Event
from mamori.grammar.text import Text
from mamori.rooms.contact.ids import (
    FormalId,
    MediationId,
    ProposalId,
    RecoveryId,
    RemedyId,
    ThreadId,
    TroubleId,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TroubleEvent(Event):
    """What every event about a trouble says; `thread` is None only where the event is older than this field."""

    trouble: TroubleId
    thread: ThreadId | None = None
    case: str
    seller_ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadEvent(Event):
    """What every event about a thread says; `trouble` is None of a question, and where the event is older than this field."""

    thread: ThreadId
    trouble: TroubleId | None = None
    case: str
    seller_ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryEvent(Event):
    """What every event about a recovery says.  Yen."""

    recovery: RecoveryId
    case: str
    seller_ref: str
    amount: int


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked(ThreadEvent):
    """A buyer asked a seller something before buying."""

    kind = "contact.question_asked"
    text = Text("購入前の質問が届いた", "a question before purchase was asked")
    answer_due_at: datetime


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionOfDanger(ThreadEvent):
    """Words in a question before buying tell of injury or fire."""

    kind = "contact.question_of_danger"
    text = Text(
        "購入前の質問に、けがや火のことが書かれた", "a question before purchase tells of injury or fire"
    )
    internal = True


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class TroubleOpened(TroubleEvent):
    """A buyer reported a trouble with an order."""

    kind = "contact.trouble_opened"
    text = Text("困りごとが届いた", "a trouble was reported")
    order_ref: str
    answer_due_at: datetime
    resolution_due_at: datetime


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class HarmChanged(TroubleEvent):
    """How grave a trouble is was told anew: raised to danger, or lowered by a lead."""

    kind = "contact.harm_changed"
    text = Text("困りごとの程度が変わった", "how grave a trouble is changed")
    before: str
    harm: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class SellerUnreachable(TroubleEvent):
    """A trouble concerns a seller of whom no contact details are known."""

    kind = "contact.seller_unreachable"
    text = Text("出品者の連絡先がない", "the seller has no contact details")


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class NumberWrong(TroubleEvent):
    """The seller was not found under a registered number; `line` is its place among them, 0 where it is not known."""

    kind = "contact.number_wrong"
    text = Text("登録された電話番号が違った", "a registered telephone number was wrong")
    line: int


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class SellerNotReached(TroubleEvent):
    """The seller was called `times` times at different hours and not reached."""

    kind = "contact.seller_not_reached"
    text = Text("何度電話しても出品者につながらなかった", "the seller was not reached by telephone")
    times: int


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(ThreadEvent):
    """The seller gave a substantive answer."""

    kind = "contact.answered"
    text = Text("出品者が回答した", "the seller answered")
    in_time: bool


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class MessageWritten(ThreadEvent):
    """A party wrote in a thread; `sort` is what it was meant as: message, unsolved or acknowledgement."""

    kind = "contact.message_written"
    text = Text("やり取りに新しい書き込みがあった", "a party wrote in a thread")
    by_side: str
    sort: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class CentreWritten(TroubleEvent):
    """The centre wrote to a party, or a party to the centre; `readers` may read it: buyer, seller or both."""

    kind = "contact.centre_written"
    text = Text("窓口とのメッセージがあった", "the centre or a party wrote to the other")
    by_side: str
    readers: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerMissed(ThreadEvent):
    """The answer was not given in time."""

    kind = "contact.answer_missed"
    text = Text("回答の期限が過ぎた", "the answer was missed")
    due_at: datetime


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class SellerUrged(TroubleEvent):
    """The seller was urged, by notice or by an entry in the call list."""

    kind = "contact.seller_urged"
    text = Text("出品者に対応を促した", "the seller was urged")
    means: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class MediationOpened(TroubleEvent):
    """The centre began to mediate."""

    kind = "contact.mediation_opened"
    text = Text("仲介が始まった", "mediation was opened")
    mediation: MediationId
    cause: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalMade(TroubleEvent):
    """A solution was proposed, by the side that is named.  Yen."""

    kind = "contact.proposal_made"
    text = Text("解決が提案された", "a solution was proposed")
    proposal: ProposalId
    by_side: str
    what: str
    amount: int
    due_at: datetime


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementReached(TroubleEvent):
    """Both parties agreed to a proposal, to be kept by `due_at`.  Yen."""

    kind = "contact.agreement_reached"
    text = Text("双方が合意した", "both parties agreed")
    proposal: ProposalId
    what: str
    amount: int
    due_at: datetime


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalEnded(TroubleEvent):
    """A proposal came to its end, in the state that is named."""

    kind = "contact.proposal_ended"
    text = Text("解決の提案が終わった", "a proposal ended")
    proposal: ProposalId
    state: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionMissed(TroubleEvent):
    """The trouble was not solved in time."""

    kind = "contact.resolution_missed"
    text = Text("解決の期限が過ぎた", "the resolution was missed")
    due_at: datetime


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class TroubleEnded(TroubleEvent):
    """A trouble came to its end, in the state that is named."""

    kind = "contact.trouble_ended"
    text = Text("困りごとが終わった", "a trouble ended")
    state: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyConsidered(TroubleEvent):
    """A refund in the seller's place is being considered."""

    kind = "contact.remedy_considered"
    text = Text("立替返金を検討し始めた", "a remedy is being considered")
    remedy: RemedyId


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyAsked(TroubleEvent):
    """The buyer asked for a refund in the seller's place, or for a return."""

    kind = "contact.remedy_asked"
    text = Text("購入者が立替返金を求めた", "the buyer asked for a remedy")
    remedy: RemedyId
    wish: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyGranted(TroubleEvent):
    """A refund was granted and the marketplace was instructed.  Yen."""

    kind = "contact.remedy_granted"
    text = Text("立替返金を決め、通販サイトに指示した", "a remedy was granted and instructed")
    remedy: RemedyId
    amount: int
    instruction: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnArranged(TroubleEvent):
    """A return was granted and its label was ordered from the marketplace.  Yen, refunded after the look."""

    kind = "contact.return_arranged"
    text = Text("返品を手配した", "a return was arranged")
    remedy: RemedyId
    amount: int
    instruction: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnMoved(TroubleEvent):
    """A return went on, or was over, in the remedy's state that is named."""

    kind = "contact.return_moved"
    text = Text("返品が次に進んだ", "a return went on")
    remedy: RemedyId
    state: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyEnded(TroubleEvent):
    """A remedy came to its end, in the state that is named.  Yen."""

    kind = "contact.remedy_ended"
    text = Text("立替返金の扱いが決まった", "a remedy ended")
    remedy: RemedyId
    state: str
    amount: int


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryOpened(RecoveryEvent):
    """The seller is being heard about a recovery.  Yen."""

    kind = "contact.recovery_opened"
    text = Text("出品者への請求について出品者の意見を求めた", "a hearing on a recovery was opened")
    view_due_at: datetime


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryClaimed(RecoveryEvent):
    """A deduction from the seller's proceeds was decided, with its reason and its day of review.  Yen."""

    kind = "contact.recovery_claimed"
    text = Text("売上金からの差し引きを決めた", "a deduction was decided")
    because: str
    instruction: str
    review_at: datetime


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryEnded(RecoveryEvent):
    """A recovery came to its end, in the state that is named.  Yen."""

    kind = "contact.recovery_ended"
    text = Text("出品者への請求の扱いが決まった", "a recovery ended")
    state: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyGivenBack(RecoveryEvent):
    """What was deducted from a seller's proceeds is back, or a part of it.  Yen."""

    kind = "contact.money_given_back"
    text = Text("差し引いたお金を売上金に戻した", "money that was deducted is back")


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class FormalArrived(Event):
    """A buyer's formal notice was put before the seller, at the moment that is named."""

    kind = "contact.formal_arrived"
    text = Text("返品・取消しなどの通知が届いた", "a formal notice arrived")
    formal: FormalId
    case: str
    notice: str
    seller_ref: str
    order_ref: str
    arrived_at: datetime


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class FormalEnded(Event):
    """Nothing more is followed of a formal notice; it stays what it is."""

    kind = "contact.formal_ended"
    text = Text("返品・取消しなどの通知の扱いが終わった", "a formal notice is followed no longer")
    formal: FormalId
    case: str
    notice: str
    seller_ref: str
    state: str
