"""The loop: how due clocks are rung, in short batches, each effect exactly once, a failing one never in the way."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import QuerySet

from mamori.grammar.actor import Actor, Role
from mamori.ground.clocks.models import IS_OPEN, RUNG, Clock
from mamori.ground.declared.memory import fault_of

TURN_SECONDS = 0.02
"""After so much work a batch ends, so that other writers of SQLite wait no longer than that."""

STUCK_AFTER = 5
"""Failed rings after which a person should look."""

POLITE = "SET LOCAL lock_timeout = '250ms'"
"""Below PostgreSQL's deadlock_timeout: in a knot with an action it is the ringing that lets go."""


class NoTask(LookupError):
    """Nothing in site/wiring.py rings clocks of this kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """A clock that rings: what was due when, and the moment `at` of the ringing, never before `due_at`."""

    kind: str
    about: str
    key: str
    due_at: datetime
    at: datetime

    @property
    def actor(self) -> Actor:
        """Return the machine as the actor of what a task does."""
        return Actor(by=f"machine:clock/{self.kind}", role=Role.MACHINE, at=self.at, via="clock")


type Task = Callable[[Fired], None]


def due(at: datetime) -> QuerySet[Clock]:
    """Return open clocks that are to be rung at `at`, in the order of time."""
    return Clock.objects.filter(IS_OPEN, next_try_at__lte=at).order_by("next_try_at", "id")


def fire(*, at: datetime, tasks: Mapping[str, Task], limit: int) -> int:
    """Ring due clocks for one short turn in one transaction; return how many were taken in hand."""
    taken = 0
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(POLITE)
        began = time.perf_counter()
        for clock in list(due(at)[:limit]):
            taken += _one(clock, at, tasks)
            if time.perf_counter() - began > TURN_SECONDS:
                break
    return taken


def _one(clock: Clock, at: datetime, tasks: Mapping[str, Task]) -> bool:
    """Mark the clock rung and run its task, both or neither; say whether it was ours to ring."""
    try:
        with transaction.atomic():
            ours = Clock.objects.filter(IS_OPEN, pk=clock.pk, next_try_at__lte=at)
            if connection.vendor == "postgresql":
                ours = Clock.objects.filter(pk__in=ours.select_for_update(skip_locked=True).values("pk"))
            if not ours.update(done_at=at, outcome=RUNG, error=""):
                return False
            if clock.kind not in tasks:
                raise NoTask(clock.kind)
            tasks[clock.kind](
                Fired(kind=clock.kind, about=clock.about, key=clock.key, due_at=clock.due_at, at=at)
            )
    except Exception as error:  # whatever a task raises must not stop the other clocks
        attempts = clock.attempts + 1
        Clock.objects.filter(IS_OPEN, pk=clock.pk).update(
            attempts=attempts,
            next_try_at=at + back_off(clock.attempts),
            stuck_at=(clock.stuck_at or at) if attempts >= STUCK_AFTER else None,
            error=fault_of(error),
        )
    return True


def back_off(attempts: int) -> timedelta:
    """Return how long to wait after one more failure: 5 s, doubling, at most an hour; never given up."""
    return timedelta(seconds=min(5 * 2 ** min(attempts, 12), 3600))
