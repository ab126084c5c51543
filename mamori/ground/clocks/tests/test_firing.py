"""What firing promises: each effect exactly once, failing tasks out of the way, time that moves as it likes."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import pytest

from mamori.grammar.businesstime import Hours
from mamori.ground.clocks import actions, facts
from mamori.ground.clocks.actions import Fired
from mamori.ground.clocks.firing import STUCK_AFTER
from mamori.ground.clocks.models import Beat, Clock
from mamori.ground.clocks.tests.conftest import JST

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 9, 14, 18, 0, tzinfo=JST)


def start(about: str, hours: int = 24, kind: str = "answer") -> datetime:
    return actions.start(kind=kind, about=about, at=MONDAY, duration=Hours(hours)).at


def test_a_due_clock_rings_once_with_the_present_moment_and_its_own() -> None:
    due = start("thing:1")
    heard: list[Fired] = []
    late = due + timedelta(hours=5)

    early = actions.fire_due(at=due - timedelta(microseconds=1), tasks={"answer": heard.append})
    rung = actions.fire_due(at=late, tasks={"answer": heard.append})
    again = actions.fire_due(at=late, tasks={"answer": heard.append})

    assert (early, rung, again) == (0, 1, 0)
    assert heard == [Fired(kind="answer", about="thing:1", key="", due_at=due, at=late)]


def test_nothing_rings_twice_when_time_goes_back() -> None:
    due = start("thing:1")
    heard: list[Fired] = []
    actions.fire_due(at=due, tasks={"answer": heard.append})

    actions.fire_due(at=due - timedelta(hours=1), tasks={"answer": heard.append})
    actions.fire_due(at=due + timedelta(hours=1), tasks={"answer": heard.append})

    assert len(heard) == 1


@pytest.mark.usefixtures("unhurried")
def test_a_failing_task_is_rolled_back_alone_and_becomes_visible() -> None:
    due = start("bad:1", hours=1)
    start("good:1", hours=2)

    def task(fired: Fired) -> None:
        actions.beat(name=fired.about, at=fired.at)
        if fired.about == "bad:1":
            raise RuntimeError("no")

    at = due + timedelta(hours=3)
    for _ in range(STUCK_AFTER):
        actions.fire_due(at=at, tasks={"answer": task})
        at += timedelta(hours=1)

    assert list(Beat.objects.values_list("name", flat=True)) == ["good:1"]
    (stuck,) = facts.stuck()
    assert (stuck.about, stuck.attempts) == ("bad:1", STUCK_AFTER)
    assert stuck.error.startswith("RuntimeError at tests/test_firing.py:")
    assert facts.pulse(at).stuck == 1


def test_a_failed_ring_waits_longer_each_time_and_succeeds_in_the_end() -> None:
    due = start("thing:1")
    heard: list[Fired] = []

    assert actions.fire_due(at=due, tasks={}) == 1
    assert "NoTask" in facts.open_clocks("thing:1")[0].error
    assert facts.next_firing(until=due + timedelta(hours=1)) == due + timedelta(seconds=5)
    actions.fire_due(at=due + timedelta(seconds=4), tasks={"answer": heard.append})
    assert heard == []

    actions.fire_due(at=due + timedelta(seconds=5), tasks={"answer": heard.append})

    assert heard[0].due_at == due
    assert facts.open_clocks("thing:1") == ()


@pytest.mark.usefixtures("unhurried")
def test_a_task_may_stop_the_next_clock_and_start_its_own_anew() -> None:
    start("thing:1", hours=1)
    start("thing:1", hours=2, kind="other")
    heard: list[str] = []

    def task(fired: Fired) -> None:
        heard.append(fired.kind)
        actions.stop(about=fired.about, at=fired.at, why="over")
        actions.start(kind="answer", about=fired.about, at=fired.at, duration=Hours(1))

    actions.fire_due(at=MONDAY + timedelta(hours=2), tasks={"answer": task, "other": task})

    assert heard == ["answer"]
    assert [clock.kind for clock in facts.open_clocks("thing:1")] == ["answer"]


def test_a_batch_ends_soon_so_that_other_writers_need_not_wait() -> None:
    for number in range(4):
        start(f"thing:{number}")

    def slow(fired: Fired) -> None:
        time.sleep(0.03)

    rung = actions.fire_due(at=MONDAY + timedelta(days=2), tasks={"answer": slow})

    assert 1 <= rung <= 2
    assert Clock.objects.filter(done_at__isnull=True).count() == 4 - rung


@pytest.mark.usefixtures("unhurried")
def test_the_limit_bounds_a_batch() -> None:
    for number in range(4):
        start(f"thing:{number}")

    assert actions.fire_due(at=MONDAY + timedelta(days=2), tasks={"answer": lambda fired: None}, limit=3) == 3
