"""The due moments on a party's page: what is awaited, by when, and how it is counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.clocks.facts import ClockFact
from mamori.law.deadlines import ANSWER, QUESTION_ANSWER, RESOLUTION
from mamori.rooms.contact import keeping
from mamori.rooms.contact.models import Thread
from mamori.rooms.contact.rules.standing import Matter
from mamori.rooms.contact.rules.standing.awaited import Awaited, awaited

ANSWERS = (ANSWER.code, QUESTION_ANSWER.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockShown:
    """A due moment; `still` while its clock is stopped, `every_day` where closed days count.

    `is_yours` where the reader owes it: only then is it an alarm that it has passed.
    """

    name: Text
    kind: str
    due_at: datetime
    still: bool = False
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


def _shown(thread: Thread, one: Awaited, clock: ClockFact | None) -> ClockShown | None:
    due_at = clock.due_at if clock else _kept(thread, one.kind)
    if due_at is None:
        return None
    return ClockShown(
        name=one.name,
        kind=one.kind,
        due_at=due_at,
        still=clock is not None and clock.paused_since is not None,
        every_day=clock is not None and clock.every_day,
        is_yours=one.is_yours,
        why=clock.why if clock else (),
    )


def _kept(thread: Thread, kind: str) -> datetime | None:
    """Return the due moment of a clock that has rung, as the matter keeps it."""
    if kind in ANSWERS:
        return thread.answer_due_at
    trouble = keeping.trouble_of(thread)
    return trouble.resolution_due_at if trouble and kind == RESOLUTION.code else None


def answers_every_day(threads: Iterable[Thread]) -> frozenset[int]:
    """Return the threads whose answer is counted in calendar days, closed days included."""
    names = {keeping.about(thread): thread.pk for thread in threads}
    running = clock_facts.open_of(names, kinds=ANSWERS)
    return frozenset(names[about] for about, clock in running.items() if clock.every_day)
