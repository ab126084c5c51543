"""The clocks of one matter compared with what should stand, as far as its rows say it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from mamori.grammar.businesstime import add
from mamori.grammar.declaration import Deadline
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.clocks.models import Clock
from mamori.ground.clocks.standing import Newest, pauses_ended
from mamori.ground.matters.changes import Changes, changes
from mamori.ground.matters.settlement import span
from mamori.ground.matters.standing import Runs
from mamori.rooms.contact.rules.clocks import Partly, Standing
from mamori.rooms.contact.rules.standstill import CLOSED, CUT
from tests.settled.tally import Tally


def unlike(
    standing: tuple[Standing, ...], stood: list[Newest], at: datetime, tally: Tally
) -> Iterator[tuple[str, str]]:
    """Say by its kind what stands, or since when, or until when, otherwise than it should; count what was compared."""
    partly = {(one.code, one.key): one for one in standing if isinstance(one, Partly)}
    whole = [one for one in stood if (one.kind, one.key) not in partly]
    runs = [one for one in standing if isinstance(one, Runs)]
    wanted, there = (
        {(one.code, one.key) for one in runs},
        {(one.kind, one.key) for one in whole if not one.done_at},
    )
    for kind, _ in wanted | there:
        tally.compared(kind)
    yield from _said(changes(runs, whole, at=at))
    for run in runs:
        yield from _due(run, whole)
    newest_of = {(one.kind, one.key): one for one in stood}
    for which, one in partly.items():
        if not one.perhaps:
            tally.compared(one.code)
            yield from _partly(one, newest_of.get(which))
        elif which in newest_of and newest_of[which].done_at is None:
            tally.pass_over(one.code)


def _said(found: Changes[Newest]) -> Iterator[tuple[str, str]]:
    for run in found.start:
        yield run.code, f"should run since {run.since}"
    for clock in found.stop:
        yield clock.kind, f"should not run: {clock.key} since {clock.started_at}"
    for clock in found.reopen:
        yield clock.kind, f"should run on, was stopped at {clock.done_at}"
    for clock in found.release:
        yield clock.kind, "should not be held"


def _due(run: Runs, stood: list[Newest]) -> Iterator[tuple[str, str]]:
    """Say where a clock that runs since then is due at another moment than it should be."""
    for clock in stood:
        is_same = (clock.kind, clock.key) == (run.code, run.key) and clock.done_at is None
        if not is_same or clock.paused_since or not (run.again or clock.started_at == run.since):
            continue
        later = [one for one in pauses_ended(clock.pauses) if one.reason not in (CLOSED, CUT)]
        since = clock.started_at
        due = add(
            since,
            span(Runs(run.kind, since=since, span=run.span)),
            clock_facts.calendar(),
            (*run.without, *later),
        ).at
        if due != clock.due_at and not _waits_for_calendar(clock):
            yield clock.kind, f"is due at {clock.due_at} and not at {due}"


def _waits_for_calendar(clock: Newest) -> bool:
    """Say whether it was set by another calendar than today's, and will be moved with all others that were."""
    return Clock.objects.get(pk=clock.id).calendar != clock_facts.calendar().version


def _partly(one: Partly, clock: Newest | None) -> Iterator[tuple[str, str]]:
    """Say where what the rows do keep of a clock is otherwise, or it lasts otherwise than was set when it began."""
    if clock is None or (clock.done_at is not None and (one.again or not clock.fired)):
        yield one.code, f"{one.key} should run ({one.lacks})"
        return
    if clock.done_at is not None:
        return
    if one.since is not None and clock.started_at != one.since:
        yield one.code, f"runs since {clock.started_at} and not since {one.since}"
    if one.span or isinstance(one.kind, Deadline):
        lasts = span(Runs(one.kind, since=clock.started_at, span=one.span))
        if clock.duration != str(lasts):
            yield one.code, f"lasts {clock.duration} and not {lasts}"
    if one.due is not None and clock.due_at != one.due and not _waits_for_calendar(clock):
        yield one.code, f"is due at {clock.due_at} and not at {one.due}"
