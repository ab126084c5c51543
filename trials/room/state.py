"""What one trouble is made of when it has no tables: states, clocks and money, and what the rules say of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from mamori.grammar.actor import Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.law.deadlines import (
    ANSWER,
    CONFIRMATION,
    HEARING,
    RECOVERY_REVIEW,
    REMEDY_DECISION,
    RESOLUTION,
    RETURN_ARRIVAL,
    RETURN_INSPECTION,
    RETURN_SENDING,
    SILENCE,
)
from mamori.rooms.contact.lifecycle import (
    GIVE_BACK,
    PROPOSAL as OFFERS,
    RECOVERY,
    REMEDY,
    TAKEN,
    TROUBLE,
    GiveBackState,
    MediationState,
    ProposalState,
    RecoveryState,
    RemedyState,
    ThreadState,
    TroubleState,
)
from mamori.rooms.contact.lifecycle.waits import WATCHED
from mamori.rooms.contact.rules.eligibility import Claim, Kind, against, kinds, most
from mamori.rooms.contact.rules.owed import Owed, is_buyers_deed, owed
from mamori.rooms.contact.rules.proposals import Side
from mamori.rooms.contact.topics import Topic

NOON = datetime(2026, 4, 1, 3, tzinfo=UTC)
OPEN_CLOCKS = frozenset({ANSWER.code, RESOLUTION.code})
RECOVERY_CLOCKS = frozenset({HEARING.code, RECOVERY_REVIEW.code})
DEEDS: dict[str, Callable[..., None]] = {}
"""What may be done, by its name."""
_OF_REMEDY = (REMEDY_DECISION, CONFIRMATION, RETURN_SENDING, RETURN_ARRIVAL, RETURN_INSPECTION)


class NotNow(Refusal, code="bench.not-now", status=409):
    """Given when the rules refuse what the lifecycles would allow."""

    text = Text("今はできません。あとでお試しください。", "Not now. Please try it later.")


class Fault(StrEnum):
    """Faults that are planted, to see that they are noticed."""

    NONE = ""
    FORGET = "forget"
    TWICE = "twice"
    DEAF = "deaf"
    COUNT = "count"
    PRESS = "press"
    QUIET = "quiet"


@dataclass(slots=True, kw_only=True)
class Given:
    """What a matter begins with.  Yen."""

    price: int = 8_000
    ceiling: int = 100_000
    recovery_ceiling: int = 100_000
    topic: Topic = Topic.BROKEN
    returns: bool = True
    recovers: bool = True
    accepted: bool = True


@dataclass(slots=True)
class Room:
    """One trouble with everything that hangs on it.  Yen; `out` is what the marketplace was asked for and has not answered."""

    given: Given = field(default_factory=Given)
    fault: Fault = Fault.NONE
    thread: ThreadState = ThreadState.WAITING
    trouble: TroubleState = TroubleState.OPEN
    mediation: MediationState | None = None
    remedy: RemedyState | None = None
    recovery: RecoveryState | None = None
    proposal: ProposalState | None = None
    by: Side = Side.CENTRE
    agreed: frozenset[Side] = frozenset()
    broken: bool = False
    was_answer: bool = False
    missed_answer: bool = False
    offered: int = 0
    agreed_at: int = 0
    broken_at: int = 0
    clocks: set[str] = field(default_factory=lambda: set(OPEN_CLOCKS))
    asked: bool = False
    acted: bool = False
    back: bool = False
    reminded: bool = False
    granted: int = 0
    out: bool = False
    recalled: bool = False
    counted: bool = False
    warned: int = 0
    before: int = 0
    claim_out: bool = False
    refunded: int = 0
    elsewhere: int = 0
    charged_back: bool = False
    too_late: bool = False
    twice: bool = False
    paid: int = 0
    most: int = 0
    claimed: int = 0
    recovered: int = 0
    borne: int = 0
    giving: GiveBackState | None = None
    gives: int = 0
    gives_out: bool = False

    @property
    def is_over(self) -> bool:
        """Say whether nothing is left to do."""
        recovered = self.recovery is None or self.recovery in RECOVERY.ends
        back = self.giving is None or self.giving in GIVE_BACK.ends
        return self.trouble in TROUBLE.ends and recovered and back

    @property
    def may_give_back(self) -> bool:
        """Say whether something was deducted and nothing of it goes back."""
        return self.recovery in TAKEN and self.giving is None

    @property
    def owed(self) -> Owed | None:
        """Return what is owed to the buyer."""
        kept = ProposalState.MISSED if self.broken else None
        return owed(
            remedy=self.remedy,
            asked=self.asked or self.granted > 0,
            agreement=self.proposal if self.proposal is ProposalState.ACCEPTED else kept,
            replying=self.proposal is ProposalState.OFFERED and self.agreed == {Side.BUYER},
        )

    @property
    def left(self) -> int:
        """Return what has not gone back, as far as it is known."""
        return max(0, self.given.price - self.refunded)

    @property
    def above(self) -> int:
        """Return what went back on top of all that was paid."""
        return max(0, self.refunded - self.given.price)

    def hear(self, role: Role) -> None:
        """End every deed as the room does: the buyer's word is no more waited for, and something runs on what is open."""
        if is_buyers_deed(role, taken_down=False):
            self.acted = True
            if self.fault is not Fault.DEAF:
                self.clocks.discard(SILENCE.code)
        if self.trouble not in TROUBLE.ends and not self.clocks & WATCHED:
            self.clocks.add((REMEDY_DECISION if self.trouble is TroubleState.OVERDUE else RESOLUTION).code)

    def set_aside(self) -> None:
        """Let nobody decide on a refund that both have settled otherwise."""
        if self.remedy is RemedyState.CONSIDERED:
            self.asked, self.granted = False, 0
            self.clocks.discard(REMEDY_DECISION.code)

    def press_on(self) -> None:
        """Let the seller owe its answer again."""
        if self.thread is ThreadState.WAITING:
            self.clocks.add(ANSWER.code)

    def await_word(self) -> None:
        """Wait for the buyer's word, unless something is owed."""
        self.clocks.discard(SILENCE.code)
        if self.owed is None:
            self.acted = False
            self.clocks.add(SILENCE.code)

    @property
    def key(self) -> tuple[object, ...]:
        """Return what decides what may come next: two matters with the same key have the same ways on."""
        return (
            self.thread,
            self.trouble,
            self.mediation,
            self.remedy,
            self.recovery,
            self.giving,
            (self.proposal, self.by, self.agreed) if self.proposal not in OFFERS.ends else None,
            frozenset(self.clocks),
            self.owed,
            self.was_answer,
            self.missed_answer,
            self.asked,
            self.acted,
            self.back,
            self.reminded,
            self.recalled,
            self.counted,
            self.charged_back,
            0 if self.left <= 0 else 1 if self.left < self.granted else 2,
        )

    def claim(self) -> Claim:
        """Return what the rules decide by."""
        return Claim(
            state=self.trouble,
            topic=self.given.topic,
            ordered_at=NOON - timedelta(days=3),
            reported_at=NOON,
            answer_due_at=NOON + timedelta(days=1),
            amount=self.given.price,
            refunded=self.given.price - self.left,
            charged_back=self.charged_back,
            cancelled_at=None,
            unsent=False,
            refunds_this_year=0,
            free_at=None,
            ceiling=self.given.ceiling,
            days=90,
            times=5,
            returns=self.given.returns,
        )

    def admit(self, kind: Kind | None, amount: int) -> None:
        """Pass what the rules allow.

        :raises NotNow: when they do not.
        """
        claim = self.claim()
        if self.fault is Fault.TWICE:
            return
        if (
            against(claim)
            or (kind is not None and kind not in kinds(claim))
            or not 1 <= amount <= most(claim)
        ):
            raise NotNow

    def turn(self, step: str, role: Role) -> None:
        """Take a step of the remedy, which comes under consideration by that."""
        self.remedy = REMEDY.take(step, self.remedy or RemedyState.CONSIDERED, role)

    def wait_for(self, *codes: str) -> None:
        """Let just these clocks of the remedy run."""
        self.clocks -= {deadline.code for deadline in _OF_REMEDY}
        self.clocks |= set(codes)


def trying[**P](deed: Callable[P, None]) -> Callable[P, None]:
    """Let a deed that is refused leave no trace, as a transaction does."""

    def tried(*args: P.args, **kwargs: P.kwargs) -> None:
        room = args[0]
        assert isinstance(room, Room)
        before = [(name, getattr(room, name)) for name in Room.__slots__ if name != "clocks"]
        clocks = set(room.clocks)
        try:
            deed(*args, **kwargs)
        except Refusal:
            for name, value in before:
                setattr(room, name, value)
            room.clocks = clocks
            raise
        room.hear(next((one for one in args if isinstance(one, Role)), Role.MACHINE))

    DEEDS[deed.__name__] = tried
    return tried
