"""What is done with clocks: started, stopped, left to stand still, rung, computed anew; and the loop's own beat."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mamori.grammar import businesstime
from mamori.grammar.businesstime import Due, Duration, Pause
from mamori.grammar.refusal import Refusal
from mamori.ground.clocks import firing, standing
from mamori.ground.clocks.firing import Fired as Fired, Task as Task
from mamori.ground.clocks.models import IS_OPEN, STOPPED, Beat, Clock
from mamori.ground.clocks.running import LEASE as LEASE, run_house as run_house
from mamori.ground.clocks.sandbox import (
    NoSandbox as NoSandbox,
    NotEmpty as NotEmpty,
    TooFar as TooFar,
    mark_sandbox as mark_sandbox,
    may_move as may_move,
    move as move,
)
from mamori.ground.clocks.standing import (
    Begin as Begin,
    begin as begin,
    end as end,
    hold as hold,
    release as release,
    reopen as reopen,
    row_of,
)
from mamori.ground.declared import memory

CHUNK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """An open clock whose due moment changed, with the calendar or because it stands still."""

    kind: str
    about: str
    key: str
    old_due_at: datetime
    new_due_at: datetime


def start(
    *, kind: str, about: str, at: datetime, duration: Duration, key: str = "", pauses: Sequence[Pause] = ()
) -> Due:
    """Start a clock at `at` and return when it is due and why.

    :raises IntegrityError: when such a clock is already open.
    """
    one = Begin(kind=kind, about=about, key=key, since=at, duration=duration, at=at, pauses=tuple(pauses))
    due = businesstime.add(at, duration, standing.calendar_in_use(), one.pauses)
    standing.add_clock(row_of(one, due))
    return due


def stop(*, about: str, at: datetime, why: str, kind: str | None = None, key: str | None = None) -> int:
    """Stop the open clocks of a thing, or those of one kind or key, because of `why`; return how many."""
    wanted = {"kind": kind, "key": key}
    return standing.stop_clock(
        about, {field: value for field, value in wanted.items() if value is not None}, at=at, why=why[:200]
    )


def stand(*, about: str, kinds: Collection[str], pause: Pause, at: datetime) -> tuple[Moved, ...]:
    """Let the running clocks of these kinds stand still for a span whose end is known; return those that moved.

    Given anew with another end, the span that began at the same moment is as long as that.  What is due already is left to ring.
    """
    moved = []
    with memory.act():
        standing.matters_settled(about)
        running = Clock.objects.select_for_update().filter(
            IS_OPEN, due_at__gt=at, about=about, kind__in=list(kinds)
        )
        for clock in running.order_by("id"):
            before = clock.due_at
            others = [one for one in clock.pauses if datetime.fromisoformat(one["start"]) != pause.start]
            clock.pauses = [*standing.saved_pauses([pause]), *others]
            _compute(clock)
            if clock.due_at != before:
                moved.append(_moved_from(clock, before))
    return tuple(moved)


def run_on(*, about: str, kind: str) -> datetime | None:
    """Let the newest clock of a kind run on as though it had not been stopped; return when it is due.

    None where it rang, where it runs, or where there is none.
    """
    with memory.act():
        standing.matters_settled(about)
        clock = Clock.objects.select_for_update().filter(about=about, kind=kind).order_by("-id").first()
        if clock is None or clock.done_at is None or clock.outcome != STOPPED:
            return None
        if standing.open_since(clock.pauses) is not None:
            clock.pauses[-1]["end"] = clock.done_at.isoformat()
        clock.done_at, clock.outcome, clock.why = None, "", ""
        clock.save(update_fields=["done_at", "outcome", "why"])
        _compute(clock)
    return clock.due_at


def fire_due(*, at: datetime, tasks: Mapping[str, Task], limit: int = 50) -> int:
    """Ring what is due at `at` for one short turn; return how many clocks were taken in hand, rung or failed.

    Each task runs in the transaction that marks its clock rung: its effect happens exactly once.  A failing
    task is rolled back alone and tried again later; it stays visible in `facts.stuck`.
    """
    return firing.fire(at=at, tasks=tasks, limit=limit)


def recompute(*, told: Callable[[Moved], None] = lambda moved: None) -> list[Moved]:
    """Compute open clocks anew that were set by another calendar than today's; return those that moved.

    `told` hears of each in the transaction that moves it.  A clock whose ring has failed keeps its moment,
    and so does one that the new calendar does not reach: it says so in its `error`.
    """
    return [moved for chunk in _outdated() for moved in _moved(chunk, told)]


def beat(*, name: str, at: datetime) -> None:
    """Note that the loop `name` looked at `at`; when time went back since its last look, remember that."""
    with transaction.atomic():
        last, is_new = Beat.objects.select_for_update().get_or_create(name=name, defaults={"at": at})
        if is_new:
            return
        if at < last.at:
            last.went_back_at, last.went_back_seconds = at, max(1, int((last.at - at).total_seconds()))
        last.at = at
        last.save(update_fields=["at", "went_back_at", "went_back_seconds"])


def none_yet(about: str) -> None:
    """Note that the matter was begun in this act, so that nothing is looked for that cannot be there."""
    standing.no_clocks_yet(about)


def _compute(clock: Clock) -> None:
    due = businesstime.add(
        clock.started_at,
        businesstime.parse(clock.duration),
        standing.calendar_in_use(),
        standing.pauses_ended(clock.pauses),
    )
    clock.due_at, clock.calendar, clock.provisional = due.at, due.calendar, due.provisional
    if standing.open_since(clock.pauses) is None:
        clock.next_try_at = due.at
    clock.save(update_fields=["due_at", "calendar", "provisional", "next_try_at", "pauses"])


def _outdated() -> Iterator[list[int]]:
    last = 0
    outdated = (
        Clock.objects.filter(IS_OPEN, attempts=0)
        .exclude(calendar=standing.calendar_in_use().version)
        .order_by("id")
    )
    while chunk := list(outdated.filter(pk__gt=last).values_list("pk", flat=True)[:CHUNK]):
        yield chunk
        last = chunk[-1]


def _moved(chunk: list[int], told: Callable[[Moved], None]) -> list[Moved]:
    moved = []
    with transaction.atomic():
        for clock in (
            Clock.objects.select_for_update().filter(IS_OPEN, pk__in=chunk, attempts=0).order_by("id")
        ):
            before = clock.due_at
            try:
                _compute(clock)
            except Refusal as refusal:
                Clock.objects.filter(pk=clock.pk).update(error=str(refusal))
            if clock.due_at != before:
                news = _moved_from(clock, before)
                told(news)
                moved.append(news)
    return moved


def _moved_from(clock: Clock, before: datetime) -> Moved:
    return Moved(
        kind=clock.kind, about=clock.about, key=clock.key, old_due_at=before, new_due_at=clock.due_at
    )
