"""What was promised about a matter, is over, and has not been kept: it stays the first line of its case until it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Protocol

from mamori.ground.declared.casekinds import Lead
from mamori.law.deadlines import (
    AGREEMENT,
    ANSWER,
    CALL,
    CONFIRMATION,
    DANGER_CALL,
    QUESTION_ANSWER,
    REMEDY_DECISION,
    RESOLUTION,
    RETURN_ARRIVAL,
    RETURN_INSPECTION,
)
from mamori.rooms.contact.lifecycle.proposal import ProposalState
from mamori.rooms.contact.lifecycle.thread import ThreadState
from mamori.rooms.contact.lifecycle.trouble import TroubleState
from mamori.rooms.contact.rules.clocks import DANGER_RECALL_CLOCK, PROMISE_CLOCK, RECALL_CLOCK

REMINDED = frozenset(
    {
        *(CALL.code, DANGER_CALL.code, REMEDY_DECISION.code),
        *(RETURN_ARRIVAL.code, RETURN_INSPECTION.code, CONFIRMATION.code),
    }
)
"""Clocks that ring anew until what they count is done: the one that runs hides that the first is over."""
AFTER_A_RING = REMINDED | {RECALL_CLOCK, DANGER_RECALL_CLOCK}
"""Where one of these runs another may have rung before: that a promise was broken, too, puts the seller on the list of calls."""
_SELLERS_TURN = (ThreadState.WAITING, ThreadState.MISSED)


class Ran(Protocol):
    """A clock that runs, or rang at `done_at`."""

    @property
    def kind(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def started_at(self) -> datetime: ...
    @property
    def due_at(self) -> datetime: ...


class Rung(Ran, Protocol):
    """A clock that rang."""

    @property
    def done_at(self) -> datetime | None: ...


class ThreadNow(Protocol):
    """What of a thread says that an answer is missed."""

    state: str
    answer_due_at: datetime | None


class SolutionNow(Protocol):
    """What of a trouble says that its solution is missed."""

    state: str
    resolution_due_at: datetime


class AgreementNow(Protocol):
    """What of the agreement that counts says that it is missed."""

    state: str
    due_at: datetime
    paid_at: datetime | None


def missed(
    thread: ThreadNow,
    trouble: SolutionNow | None,
    *,
    refunded: bool = False,
    agreement: AgreementNow | None = None,
    running: Iterable[Ran] = (),
    fired: Iterable[Rung] = (),
) -> Iterator[Lead]:
    """Yield what is missed about a matter.

    What is `refunded` by the operator no seller owes any more.  `rang` are the matter's clocks that rang, which are
    needed only where one of `AFTER_A_RING` runs.
    """
    running, fired = tuple(running), tuple(fired)
    yield from _reminded(running, fired)
    if refunded:
        return
    if thread.state == ThreadState.MISSED and thread.answer_due_at is not None:
        yield Lead((ANSWER if trouble else QUESTION_ANSWER).code, thread.answer_due_at)
    if trouble is not None and trouble.state == TroubleState.OVERDUE:
        yield Lead(RESOLUTION.code, trouble.resolution_due_at)
    if agreement is not None and agreement.state == ProposalState.MISSED and agreement.paid_at is None:
        yield Lead(AGREEMENT.code, agreement.due_at)
    if thread.state in _SELLERS_TURN:
        yield from _promised(running, fired)


def _promised(running: Iterable[Ran], fired: Iterable[Rung]) -> Iterator[Lead]:
    """Yield what the seller promised by telephone since it owes this answer: what was promised before, an answer has kept."""
    turns = [one.started_at for one in (*running, *fired) if one.kind == ANSWER.code]
    since = max(turns, default=None)
    for one in fired:
        if one.kind == PROMISE_CLOCK and since is not None and one.started_at >= since:
            yield Lead(one.kind, one.due_at)


def _reminded(running: Iterable[Ran], fired: Iterable[Rung]) -> Iterator[Lead]:
    """Yield of each clock that runs because one before it rang in vain the first of them."""
    before = {(_name(one), one.done_at): one for one in fired}
    for one in running:
        first: Ran | None = None
        at = one.started_at
        while one.kind in REMINDED and (earlier := before.pop((_name(one), at), None)) is not None:
            first, at = earlier, earlier.started_at
        if first is not None:
            yield Lead(first.kind, first.due_at)


def _name(one: Ran) -> tuple[str, str]:
    """Return what a clock is called from ring to ring; the key of a confirmation counts how often it was asked for."""
    return one.kind, "" if one.kind == CONFIRMATION.code else one.key
