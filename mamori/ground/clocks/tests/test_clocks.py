"""What clocks promise: due moments, pauses, stopping, a new calendar, the loop's pulse."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from mamori.grammar.businesstime import Calendar, CalendarDays, Hours, Pause
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import actions, facts, firing, standing
from mamori.ground.clocks.models import Clock
from mamori.ground.clocks.tests.conftest import JST

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 9, 14, 18, 0, tzinfo=JST)
WAIT = Text("出品者の資料待ち", "waiting for the seller's papers")


def start(about: str = "thing:1", hours: int = 24, kind: str = "answer", key: str = "") -> datetime:
    return actions.start(kind=kind, about=about, at=MONDAY, duration=Hours(hours), key=key).at


def test_a_clock_knows_its_due_moment_and_by_which_calendar() -> None:
    due = start(hours=48)

    (clock,) = facts.open_clocks("thing:1")

    assert due == clock.due_at == MONDAY + timedelta(days=2)
    assert (clock.calendar, clock.duration, clock.provisional) == ("plain", "48h", False)
    assert facts.next_due("thing:1") == due
    assert facts.next_due("thing:2") is None


def test_pauses_that_are_known_at_the_start_count() -> None:
    pause = Pause(MONDAY, MONDAY + timedelta(hours=3), WAIT)

    due = actions.start(kind="answer", about="thing:1", at=MONDAY, duration=Hours(24), pauses=[pause])

    assert due.at == MONDAY + timedelta(hours=27)


def test_a_second_open_clock_of_the_same_name_is_refused_by_the_database() -> None:
    start()

    with pytest.raises(IntegrityError), transaction.atomic():
        start()

    assert start(key="second") == start(kind="resolution")


def test_a_stopped_clock_may_be_started_again() -> None:
    start()
    start(kind="resolution", key="a")

    stopped = actions.stop(about="thing:1", at=MONDAY, why="answered", kind="answer")

    assert stopped == 1
    start()
    assert actions.stop(about="thing:1", at=MONDAY, why="closed", key="a") == 1
    assert actions.stop(about="thing:1", at=MONDAY, why="closed") == 1
    assert facts.open_clocks("thing:1") == ()


def stand(*, hours: int, at: datetime = MONDAY, kinds: tuple[str, ...] = ("answer",)) -> list[datetime]:
    """Let what runs stand still from Monday for so many hours, and return by when it is due then."""
    span = Pause(MONDAY, MONDAY + timedelta(hours=hours), WAIT)
    return [one.new_due_at for one in actions.stand(about="thing:1", kinds=kinds, pause=span, at=at)]


def test_a_clock_that_stands_still_is_due_later_by_as_much_and_rings_by_itself() -> None:
    due = start()

    assert stand(hours=5) == [due + timedelta(hours=5)]
    assert stand(hours=5) == [], "said twice it stands still once"
    assert facts.next_due("thing:1") == due + timedelta(hours=5)
    assert not facts.open_clocks("thing:1")[0].stands_still
    assert any(WAIT.ja in sentence.ja for sentence in facts.open_clocks("thing:1")[0].why)


def test_a_standstill_is_made_longer_and_shorter_and_only_its_kinds_stand() -> None:
    due = start()
    start(kind="resolution", key="a")

    assert stand(hours=5) == [due + timedelta(hours=5)]
    assert stand(hours=9, at=MONDAY + timedelta(hours=4)) == [due + timedelta(hours=9)]
    assert stand(hours=6, at=MONDAY + timedelta(hours=6)) == [due + timedelta(hours=6)]
    assert stand(hours=0) == [due]


def test_a_clock_that_is_already_due_cannot_be_made_to_stand_still() -> None:
    due = start()

    assert stand(hours=99, at=due) == []
    assert facts.next_firing(until=due) == due


def test_a_new_calendar_moves_open_clocks_and_tells_each_once(calendar: Calendar) -> None:
    old = start()
    actions.start(kind="law", about="thing:2", at=MONDAY, duration=CalendarDays(8))
    actions.stop(about="gone:1", at=MONDAY, why="")
    told: list[actions.Moved] = []

    standing.use_calendar(lambda: calendar.closing([date(2026, 9, 15)], Text("棚卸し", "stocktaking")))
    moved = actions.recompute(told=told.append)

    assert told == moved
    assert [(m.about, m.old_due_at, m.new_due_at) for m in moved] == [
        ("thing:1", old, old + timedelta(days=1))
    ]
    assert {c.calendar for a in ("thing:1", "thing:2") for c in facts.open_clocks(a)} == {
        facts.calendar().version
    }
    assert actions.recompute() == []


def test_a_held_clock_keeps_standing_still_under_a_new_calendar(calendar: Calendar) -> None:
    start()
    [clock] = facts.newest(["thing:1"])
    held = actions.hold(clock, at=MONDAY + timedelta(hours=1), reason=WAIT)

    standing.use_calendar(lambda: calendar.closing([date(2026, 9, 15)], Text("棚卸し", "stocktaking")))
    actions.recompute()

    assert facts.next_due("thing:1") is None
    actions.release(held, at=MONDAY + timedelta(hours=2))
    assert facts.next_due("thing:1") == MONDAY + timedelta(hours=49)


def test_a_clock_that_the_new_calendar_does_not_reach_keeps_its_moment_and_says_so(
    calendar: Calendar,
) -> None:
    due = start()

    standing.use_calendar(
        lambda: Calendar(
            zone=JST, first=date(2027, 1, 1), last=date(2027, 12, 31), closed=(), version="another"
        )
    )

    assert actions.recompute() == []
    (clock,) = facts.open_clocks("thing:1")
    assert clock.due_at == due
    assert "outside the calendar" in clock.error


def test_without_a_calendar_no_clock_starts() -> None:
    standing._SOURCES.clear()

    with pytest.raises(LookupError):
        start()


def test_a_start_outside_the_calendar_is_refused() -> None:
    with pytest.raises(Refusal):
        actions.start(kind="answer", about="thing:1", at=MONDAY - timedelta(days=900), duration=Hours(24))


def test_a_silent_loop_counts_as_dead() -> None:
    assert not facts.pulse(MONDAY).is_alive
    start(hours=1)
    actions.beat(name="work", at=MONDAY)

    alive, dead = facts.pulse(MONDAY + timedelta(minutes=3)), facts.pulse(MONDAY + timedelta(hours=2))

    assert alive.is_alive
    assert (alive.overdue, alive.oldest_due_at) == (0, None)
    assert not dead.is_alive
    assert (dead.overdue, dead.oldest_due_at) == (1, MONDAY + timedelta(hours=1))


def test_the_beat_remembers_that_time_went_back() -> None:
    actions.beat(name="work", at=MONDAY)
    actions.beat(name="work", at=MONDAY - timedelta(hours=1))
    actions.beat(name="work", at=MONDAY - timedelta(minutes=59))

    (beat,) = facts.pulse(MONDAY).beats

    assert (beat.went_back_at, beat.went_back_seconds) == (MONDAY - timedelta(hours=1), 3600)


def test_the_looks_for_due_and_for_stuck_clocks_use_their_indexes() -> None:
    Clock.objects.bulk_create(
        Clock(kind="k", about=f"t:{n}", started_at=MONDAY, duration="1h", due_at=MONDAY, calendar="plain")
        for n in range(2000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    due = firing.due(MONDAY)[:50].explain()
    stuck = Clock.objects.filter(facts.IS_STUCK).order_by("stuck_at", "id")[:50].explain()

    assert "clocks_clock_due" in due
    assert "clocks_clock_stuck" in stuck
    assert not any(word in due + stuck for word in ("TEMP B-TREE", "Sort", "Seq Scan"))


def test_a_stopped_clock_runs_on_as_though_it_had_never_been_stopped() -> None:
    named = {"kind": "test.answer", "about": "thing:run-on"}
    due = actions.start(**named, at=MONDAY, duration=Hours(24)).at
    assert actions.run_on(**named) is None, "it runs"
    [clock] = facts.newest(["thing:run-on"])
    actions.hold(clock, at=MONDAY, reason=Text("止めた", "stopped"))
    actions.stop(about="thing:run-on", at=MONDAY + timedelta(hours=5), why="answered")

    again = actions.run_on(**named)

    assert again == due + timedelta(hours=5), "what stood still until it was stopped stays left out"
    assert actions.run_on(kind="test.other", about="thing:run-on") is None
    [running] = facts.open_clocks("thing:run-on")
    assert (running.due_at, running.paused_since) == (again, None)
