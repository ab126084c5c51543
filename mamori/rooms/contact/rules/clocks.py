"""What should stand about each kind of matter of the room: which clocks run since when, and what is asked of the centre."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import datetime
from typing import Protocol

from mamori.grammar.businesstime import Calendar, Duration, Pause
from mamori.grammar.declaration import Deadline
from mamori.ground.matters.standing import Asks, Runs, Stands
from mamori.law.deadlines import (
    AGREEMENT,
    ANSWER,
    CALL,
    CENTRE_ANSWER,
    CONFIRMATION,
    DANGER_CALL,
    HEARING,
    PROPOSAL,
    QUESTION_ANSWER,
    RECOVERY_REVIEW,
    REMEDY_DECISION,
    RESOLUTION,
    RETURN_ARRIVAL,
    RETURN_INSPECTION,
    RETURN_SENDING,
    SECOND_READER,
    SILENCE,
)
from mamori.rooms.contact.lifecycle.mediation import MediationState
from mamori.rooms.contact.lifecycle.proposal import ProposalState
from mamori.rooms.contact.lifecycle.recovery import GiveBackState, RecoveryState
from mamori.rooms.contact.lifecycle.remedy import UNDECIDED, RemedyState
from mamori.rooms.contact.lifecycle.thread import ThreadState
from mamori.rooms.contact.lifecycle.trouble import TroubleState
from mamori.rooms.contact.rules.calling import Whom, hours_until
from mamori.rooms.contact.rules.owed import Owed
from mamori.rooms.contact.rules.proposals import Side
from mamori.rooms.contact.rules.reading import DANGER, LOOK_WAITS, UNTAKEN
from mamori.rooms.contact.rules.urging import urges
from mamori.rooms.contact.topics import Harm, Progress, Topic

URGE_CLOCK = "contact.urge"
PROMISE_CLOCK = "contact.promise"
RECALL_CLOCK = "contact.recall"
DANGER_RECALL_CLOCK = "contact.danger_recall"
"""The next call to a buyer in danger: no disaster at the seller's and no closed day stops it."""


@dataclass(frozen=True, slots=True)
class Partly:
    """A clock that should run, of which `lacks` names the column that would say since when, or how long.

    `since`, `span` and `due` are what the rows do keep.  With `again` it runs anew after it fired.  With `perhaps` the rows do
    not even say whether it runs: nothing can be compared until that column is there.
    """

    kind: Deadline | str
    _: KW_ONLY
    lacks: str
    key: str = ""
    since: datetime | None = None
    span: Duration | None = None
    due: datetime | None = None
    again: bool = False
    perhaps: bool = False

    @property
    def code(self) -> str:
        """Return the kind as the clock's row names it."""
        return self.kind if isinstance(self.kind, str) else self.kind.code


type Standing = Stands | Partly

LACKING: Mapping[str, str] = {
    "thread.asked_at": "since when the seller owes this answer: only the first is owed since the inquiry",
    "thread.awaits_since": "since when the buyer's word is awaited; today `awaits_buyer` says only that it is",
    "trouble.urged_at": "since when the seller is urged by this row of the table, which begins anew with each turn",
    "trouble.resolution_since": "since when the time for a solution runs that was begun anew after all had been paid back",
    "proposal.agreed_at": "when the last of the two agreed, where the centre had proposed: their own moments do not say who",
    "call.ready_at": "since when a call that was put off, or was urgent once, may be made, and how urgent it was then",
    "call.wait": "for how long a call was put off: only the moment until which is kept",
    "remedy.undecided_at": "since when a refund waits to be decided on, and whether it does after an agreement failed",
    "remedy.moved_at": "since when a return stands where it stands, and whether the buyer was reminded of it",
    "instruction.given_at": "when the marketplace was last given an instruction that it had been given before",
    "look.told_at": "that an emergency look was told: a look has no row of its own",
}
"""The columns that a port has to add, each with what would be kept in it."""


def of_look(look: str, waits_since: datetime | None) -> Iterator[Standing]:
    """Yield what should stand about an emergency look; `waits_since` is when a second reader was asked for, None after one came.

    Where the wait in everybody's sight ended first, its clock runs on until it fires.
    """
    if waits_since is None:
        yield Partly(SECOND_READER, lacks="look.told_at", key=look, perhaps=True)
    else:
        yield Asks(LOOK_WAITS)
        yield Runs(SECOND_READER, since=waits_since, key=look, again=True)


def of_centre(waits: Mapping[Side, datetime]) -> Iterator[Standing]:
    """Yield what should stand while parties wait for the centre's answer, each since its oldest message without one."""
    for side, since in waits.items():
        yield Asks("centre-asked")
        yield Runs(CENTRE_ANSWER, since=since, key=side, again=True)


class OfferNow(Protocol):
    """What of a proposal its clocks rest on."""

    @property
    def pk(self) -> int: ...

    by_side: str
    state: str
    opened_at: datetime
    due_at: datetime
    buyer_agreed_at: datetime | None
    seller_agreed_at: datetime | None


def of_offer(offer: OfferNow) -> Iterator[Standing]:
    """Yield what should stand about a proposal; who did not propose it is who agreed last."""
    key = str(offer.pk)
    if offer.state == ProposalState.OFFERED:
        yield Runs(PROPOSAL, since=offer.opened_at, key=key)
    if offer.state != ProposalState.ACCEPTED:
        return
    last = {Side.BUYER: offer.seller_agreed_at, Side.SELLER: offer.buyer_agreed_at}.get(Side(offer.by_side))
    if last is None:
        yield Partly(AGREEMENT, lacks="proposal.agreed_at", key=key, due=offer.due_at)
    else:
        yield Runs(AGREEMENT, since=last, key=key)


MOST_URGENT = 0


class CallNow(Protocol):
    """What of a call its clocks rest on; `urgency` 0 is danger."""

    @property
    def pk(self) -> int: ...

    whom: str
    urgency: int
    opened_at: datetime
    not_before: datetime
    promised_at: datetime | None
    closed_at: datetime | None


def of_call(call: CallNow, *, danger_since: datetime | None) -> Iterator[Standing]:
    """Yield by when a call is made that somebody owes; `danger_since` is when a danger was told of last, if ever.

    A danger that is told of while the seller's call waits lets it be made at once, whatever it was put off for.
    """
    key = str(call.pk)
    hastened = _hastened(call, danger_since)
    if hastened is None and call.not_before > call.opened_at:
        kind = RECALL_CLOCK if call.whom == Whom.SELLER else DANGER_RECALL_CLOCK
        yield Partly(kind, lacks="call.wait", key=key, since=call.opened_at, due=call.not_before)
        yield from _perhaps(key)
    elif call.whom == Whom.BUYER or call.urgency == MOST_URGENT:
        yield Runs(DANGER_CALL, since=hastened or call.opened_at, key=key, again=True)
    elif danger_since is None:
        yield Runs(CALL, since=call.opened_at, key=key, again=True)
    else:  # less urgent than it was: the clock of the danger runs on until it fires
        yield from _perhaps(key)


def of_promise(call: CallNow, calendar: Calendar) -> Iterator[Standing]:
    """Yield the clock of what a seller promised in a call: it fires not before the moment that was promised."""
    if call.promised_at is not None and call.closed_at is not None:
        span = hours_until(call.closed_at, call.promised_at, calendar)
        yield Runs(PROMISE_CLOCK, since=call.closed_at, span=span, key=str(call.pk))


def _hastened(call: CallNow, danger_since: datetime | None) -> datetime | None:
    """Return when a danger was told of while the seller's call waited, if it was."""
    if danger_since is None or call.whom == Whom.BUYER or call.urgency != MOST_URGENT:
        return None
    return danger_since if danger_since > call.opened_at or danger_since == call.not_before else None


def _perhaps(key: str) -> Iterator[Standing]:
    for kind in (CALL, DANGER_CALL):
        yield Partly(kind, lacks="call.ready_at", key=key, again=True, perhaps=True)


class RecoveryNow(Protocol):
    """What of a recovery its clocks rest on."""

    state: str
    opened_at: datetime
    heard_at: datetime | None
    decided_at: datetime | None
    closed_at: datetime | None


class GivingBackNow(Protocol):
    """What of money that goes back to a seller its clock rests on."""

    state: str
    opened_at: datetime


def of_recovery(recovery: RecoveryNow, giving: GivingBackNow | None) -> Iterator[Stands]:
    """Yield what should stand about a recovery, and after its end about what goes back of it."""
    if recovery.state == RecoveryState.HEARING:
        yield Runs(HEARING, since=recovery.opened_at)
    if recovery.state == RecoveryState.HEARD:
        yield Asks("decide-recovery")
    if recovery.state == RecoveryState.HEARD and recovery.heard_at is not None:
        yield Runs(RECOVERY_REVIEW, since=recovery.heard_at, again=True)
    if recovery.state == RecoveryState.CLAIMED and recovery.decided_at is not None:
        yield Runs(RECOVERY_REVIEW, since=recovery.decided_at, again=True)
    if giving is None or recovery.closed_at is None:
        return
    if giving.state in (GiveBackState.INSTRUCTED, GiveBackState.STALLED):
        yield Runs(RECOVERY_REVIEW, since=max(recovery.closed_at, giving.opened_at), again=True)
    if giving.state == GiveBackState.STALLED:
        yield Asks("give-back-stalled")


class RemedyNow(Protocol):
    """What of a refund its clocks rest on."""

    state: str
    amount: int
    asked_at: datetime | None


class InstructionNow(Protocol):
    """What of an instruction the wait for the marketplace's answer rests on."""

    @property
    def issued_at(self) -> datetime: ...
    @property
    def times(self) -> int: ...


def of_remedy(remedy: RemedyNow, *, instruction: InstructionNow | None) -> Iterator[Standing]:
    """Yield what should stand about a refund; `instruction` is what the marketplace was told last about it."""
    if remedy.state in UNDECIDED:
        yield from _undecided(remedy)
    if remedy.state in (RemedyState.ORDERED, RemedyState.INSTRUCTED) and instruction is not None:
        if instruction.times == 1:
            yield Runs(CONFIRMATION, since=instruction.issued_at, key="1")
        else:
            yield Partly(CONFIRMATION, lacks="instruction.given_at", key=str(instruction.times))
    if remedy.state == RemedyState.LABELLED:
        yield Partly(RETURN_SENDING, lacks="remedy.moved_at", key="1")
        yield Partly(RETURN_SENDING, lacks="remedy.moved_at", key="2", perhaps=True)
    if remedy.state == RemedyState.SENT:
        yield Partly(RETURN_ARRIVAL, lacks="remedy.moved_at", again=True)
    if remedy.state == RemedyState.ARRIVED:
        yield Asks("inspect-return")
        yield Partly(RETURN_INSPECTION, lacks="remedy.moved_at", again=True)


def _undecided(remedy: RemedyNow) -> Iterator[Standing]:
    """Yield by when it is decided on: surely where the buyer asked for it, or where it was granted and did not come about."""
    is_owed = remedy.state == RemedyState.FAILED or remedy.asked_at is not None or remedy.amount > 0
    if is_owed:
        yield Asks("decide-remedy")
    yield Partly(REMEDY_DECISION, lacks="remedy.undecided_at", again=True, perhaps=not is_owed)


# What should stand about conversations: a question before purchase, and a trouble with what is asked of the centre about it.


class ConversationNow(Protocol):
    """What of a thread its clocks rest on."""

    topic: str
    state: str
    opened_at: datetime
    answer_due_at: datetime | None
    awaits_buyer: bool
    closed_at: datetime | None


class TroubleNow(Protocol):
    """What of a trouble its clocks rest on."""

    harm: str
    progress: str
    state: str
    opened_at: datetime
    resolution_due_at: datetime
    first_due_at: datetime | None
    first_answered_at: datetime | None
    paid_back_at: datetime | None
    danger_since: datetime | None
    danger_ended_at: datetime | None
    closed_at: datetime | None


def of_question(
    thread: ConversationNow, *, first: bool, closed: tuple[Pause, ...] = ()
) -> Iterator[Standing]:
    """Yield what should stand about a question.

    `first` = the seller has not answered it before; `closed` are its shop's days off, which the first answer leaves out.
    """
    if thread.closed_at is not None:
        return
    if thread.state == ThreadState.MISSED:
        yield Asks("answer-missed")
    if thread.state != ThreadState.WAITING:
        yield Partly(SILENCE, lacks="thread.awaits_since")
    elif first:
        yield Runs(QUESTION_ANSWER, since=thread.opened_at, without=closed)
    else:
        yield Partly(QUESTION_ANSWER, lacks="thread.asked_at", due=thread.answer_due_at)


def of_trouble(
    trouble: TroubleNow,
    thread: ConversationNow,
    *,
    owed: Owed | None,
    mediation: MediationState | None = None,
    turned: bool = False,
    closed: tuple[Pause, ...] = (),
) -> Iterator[Standing]:
    """Yield what should stand about a trouble itself; what is offered, called about and refunded has rules of its own.

    `owed` is what is owed to the buyer.  `turned` = a refund that did not come about, or an answer that was misheard, made the
    answer be owed anew.  `closed` are the days on which the shop is, which the first answer leaves out.
    """
    if trouble.danger_since is not None and trouble.danger_ended_at is None:
        yield Asks(DANGER)
    if trouble.closed_at is not None:
        return
    if owed is not Owed.REMEDY:
        yield from _undone(
            trouble, thread, untaken=mediation is MediationState.OPEN and owed is not Owed.AGREEMENT
        )
        yield from _answer(trouble, thread, turned=turned, closed=closed)
        yield from _urgings(trouble, thread)
    if thread.state == ThreadState.ANSWERED and thread.awaits_buyer and owed is None:
        yield Partly(SILENCE, lacks="thread.awaits_since")
    yield from _solution(trouble)


def _undone(trouble: TroubleNow, thread: ConversationNow, *, untaken: bool) -> Iterator[Standing]:
    """Yield what is asked for while the seller owes it: what the operator refunds nobody else owes."""
    if thread.state == ThreadState.MISSED:
        yield Asks("answer-missed")
    if trouble.state == TroubleState.OVERDUE:
        yield Asks("resolution-missed")
    is_paid = trouble.paid_back_at is not None and thread.state == ThreadState.ANSWERED
    if untaken and not is_paid:
        yield Asks(UNTAKEN)


def _answer(
    trouble: TroubleNow, thread: ConversationNow, *, turned: bool, closed: tuple[Pause, ...]
) -> Iterator[Standing]:
    if thread.state != ThreadState.WAITING:
        return
    is_first = trouble.first_answered_at is None and not turned
    if is_first and trouble.danger_since in (None, trouble.opened_at):
        yield Runs(ANSWER, since=trouble.opened_at, without=closed)
    else:  # a danger that is told of later lets no closing day put the answer off any longer
        yield Partly(ANSWER, lacks="thread.asked_at", due=thread.answer_due_at)


def _urgings(trouble: TroubleNow, thread: ConversationNow) -> Iterator[Standing]:
    progress = Progress(trouble.progress)
    for number, urge in enumerate(urges(Topic(thread.topic), Harm(trouble.harm), progress)):
        if urge.after is not None:
            key = f"{progress}/{number}/{urge.means}"
            yield Partly(URGE_CLOCK, lacks="trouble.urged_at", key=key, span=urge.after)


def _solution(trouble: TroubleNow) -> Iterator[Standing]:
    """Yield by when it is to be solved: until it is overdue or all is paid back, and then only if that began anew."""
    if trouble.state == TroubleState.OVERDUE:
        return
    if trouble.first_due_at is not None:
        yield Partly(RESOLUTION, lacks="trouble.resolution_since", due=trouble.resolution_due_at)
    elif trouble.paid_back_at is None:
        yield Runs(RESOLUTION, since=trouble.opened_at)
