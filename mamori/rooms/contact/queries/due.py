"""The due moments on a party's page: what is awaited, by when, and how it is counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.businesstime import CalendarDays, EveryHours
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.clocks.facts import ClockFact
from mamori.ground.terms import facts as terms
from mamori.law.deadlines import AGREEMENT, ANSWER, DANGER_CALL, PROPOSAL, QUESTION_ANSWER, RESOLUTION
from mamori.rooms.contact import calling, keeping
from mamori.rooms.contact.lifecycle import ThreadState
from mamori.rooms.contact.models import Thread, Trouble
from mamori.rooms.contact.rules.calling import Whom
from mamori.rooms.contact.rules.clocks import DANGER_RECALL_CLOCK
from mamori.rooms.contact.rules.standing import Matter
from mamori.rooms.contact.rules.standing.told import Awaited, awaited

ANSWERS = (ANSWER.code, QUESTION_ANSWER.code)
OWED = (*ANSWERS, PROPOSAL.code, AGREEMENT.code)
"""Of which clocks a seller's next due moment may be."""
RUNG = {deadline.code: deadline for deadline in (ANSWER, QUESTION_ANSWER, RESOLUTION)}
"""What is shown after its clock has rung."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockShown:
    """A due moment; `every_day` where closed days count.

    `is_yours` where the reader owes it: only then is it an alarm that it has passed.
    """

    name: Text
    kind: str
    due_at: datetime
    every_day: bool = False
    is_yours: bool = False
    why: tuple[Text, ...] = ()


def clocks_of(
    thread: Thread, matter: Matter, running: Iterable[ClockFact], *, by_seller: bool
) -> tuple[ClockShown, ...]:
    """Return the due moments that concern this reader, those of clocks that have rung too."""
    known = {clock.kind: clock for clock in running}
    shown = (_shown(thread, one, known.get(one.kind)) for one in awaited(matter, by_seller=by_seller))
    return tuple(clock for clock in shown if clock is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerShown:
    """A danger of which the buyer has not been asked: by when the centre calls, or from when `again` it does."""

    due_at: datetime | None
    again: bool


def danger_of(trouble: Trouble | None, running: Iterable[ClockFact]) -> DangerShown | None:
    """Return the danger that stands, and when the buyer is called on account of it; nothing where none does."""
    if trouble is None or not trouble.in_danger:
        return None
    call = calling.waiting(trouble, Whom.BUYER)
    clocks = {clock.kind: clock for clock in running if call is not None and clock.key == str(call.pk)}
    owed = clocks.get(DANGER_CALL.code) or clocks.get(DANGER_RECALL_CLOCK)
    return DangerShown(
        due_at=owed.due_at if owed else None, again=owed is not None and owed.kind == DANGER_RECALL_CLOCK
    )


def _shown(thread: Thread, one: Awaited, clock: ClockFact | None) -> ClockShown | None:
    due_at = clock.due_at if clock else _saved(thread, one.kind)
    if due_at is None:
        return None
    return ClockShown(
        name=one.name,
        kind=one.kind,
        due_at=due_at,
        every_day=clock.every_day if clock else _was_daily(one.kind, thread.opened_at),
        is_yours=one.is_yours,
        why=clock.why if clock else (),
    )


def _saved(thread: Thread, kind: str) -> datetime | None:
    """Return the due moment of a clock that has rung, as the matter keeps it."""
    if kind in ANSWERS:
        return thread.answer_due_at
    trouble = keeping.trouble_of(thread)
    return trouble.resolution_due_at if trouble and kind == RESOLUTION.code else None


def owed_every_day(threads: Iterable[Thread]) -> frozenset[int]:
    """Return the threads in which what the seller owes next is counted in calendar days, closed days included.

    A clock that has rung is taken to have counted as answers do since the newest of these threads began.
    """
    found = {keeping.about(thread): thread for thread in threads if thread.seller_due_at is not None}
    running = clock_facts.open_of(found, kinds=OWED)
    daily = {(clock.about, clock.due_at) for clock in running if clock.every_day}
    late = [thread for thread in found.values() if thread.state == ThreadState.MISSED]
    kinds = {_answer_of(thread) for thread in late}
    at = max((thread.opened_at for thread in late), default=None)
    was_daily = {kind for kind in kinds if at and _was_daily(kind, at)}
    missed = {thread.pk for thread in late if _answer_of(thread) in was_daily}
    return frozenset(t.pk for about, t in found.items() if (about, t.seller_due_at) in daily) | missed


def _answer_of(thread: Thread) -> str:
    return QUESTION_ANSWER.code if keeping.trouble_of(thread) is None else ANSWER.code


def _was_daily(kind: str, at: datetime) -> bool:
    return kind in RUNG and isinstance(terms.duration(RUNG[kind], at=at), (CalendarDays, EveryHours))
