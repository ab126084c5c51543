"""What should stand about conversations: a question before purchase, and a trouble with what is asked of the centre about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from mamori.grammar.businesstime import Pause
from mamori.ground.matters.standing import Asks, Runs
from mamori.law.deadlines import ANSWER, QUESTION_ANSWER, RESOLUTION, SILENCE
from mamori.rooms.contact.lifecycle.mediation import MediationState
from mamori.rooms.contact.lifecycle.thread import ThreadState
from mamori.rooms.contact.lifecycle.trouble import TroubleState
from mamori.rooms.contact.rules.asks import DANGER, UNTAKEN
from mamori.rooms.contact.rules.clocks.kinds import URGE_CLOCK
from mamori.rooms.contact.rules.clocks.partly import Partly, Standing
from mamori.rooms.contact.rules.owed import Owed
from mamori.rooms.contact.rules.urging import urges
from mamori.rooms.contact.topics import Harm, Progress, Topic


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
