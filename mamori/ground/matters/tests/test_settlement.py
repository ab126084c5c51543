"""What stands in the tables becomes what should, in few statements, and it is said what was done."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import BusinessDays, CalendarDays, EveryHours, Hours, Pause
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks, facts
from mamori.ground.clocks.facts import ClockFact
from mamori.ground.declared.casekinds import Lead
from mamori.ground.matters.settlement import Settlement, due, settle, span
from mamori.ground.matters.standing import Asks, Runs, Stands
from mamori.ground.terms import actions as terms
from mamori.japan.calendar import JAPAN
from mamori.law.deadlines import APPEAL_DECISION, BREACH_HEARING, CURE_LOOK, VIEW_LOOK

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HEARD = Text("意見を待っています。", "A view is waited for.")
THING, OTHER = "test.thing:1", "test.thing:2"


def settled(*should: Stands, at: datetime = MONDAY, about: str = THING) -> Settlement:
    return settle({about: should}, at=at, why="did")


def clock(kind: str = VIEW_LOOK.code, about: str = THING) -> ClockFact:
    [found] = [one for one in facts.open_clocks(about) if one.kind == kind]
    return found


def test_a_clock_starts_at_its_moment_as_long_as_was_set_then_and_a_notice_can_name_it_before() -> None:
    actor = Actor(by="lead:1", role=Role.LEAD, at=MONDAY - DAY, via="test")
    terms.set(actor, setting=BREACH_HEARING, value=CalendarDays(9))
    wanted = Runs(BREACH_HEARING, since=MONDAY)
    told = due(wanted)

    done = settled(wanted, at=MONDAY + HOUR)

    assert clock(BREACH_HEARING.code).started_at == MONDAY
    assert told == clock(BREACH_HEARING.code).due_at == done.next_due() == done.next_due([THING])
    assert clock(BREACH_HEARING.code).duration == "9d"
    assert done.next_due([OTHER]) is None


def test_a_duration_that_is_set_anew_leaves_the_clocks_that_run_as_they_are() -> None:
    settled(Runs(CURE_LOOK, since=MONDAY))
    before = clock(CURE_LOOK.code)
    actor = Actor(by="lead:1", role=Role.LEAD, at=MONDAY + HOUR, via="test")
    terms.set(actor, setting=CURE_LOOK, value=BusinessDays(8))

    again = settled(Runs(CURE_LOOK, since=MONDAY), at=MONDAY + 2 * HOUR)

    assert not again.done[THING]
    assert clock(CURE_LOOK.code) == before


def test_it_lasts_what_it_says_or_what_another_deadline_says_and_a_name_alone_says_nothing() -> None:
    assert span(Runs("test.end", since=MONDAY, span=Hours(5))) == Hours(5)
    assert span(Runs(APPEAL_DECISION, since=MONDAY, span=VIEW_LOOK)) == VIEW_LOOK.duration
    with pytest.raises(ValueError, match=r"test\.end is no deadline"):
        span(Runs("test.end", since=MONDAY))


def test_a_held_clock_is_due_later_by_what_it_was_held_and_is_not_due_meanwhile() -> None:
    wanted = Runs("test.look", since=MONDAY, span=Hours(24))
    before = settled(wanted).next_due()
    assert before is not None

    held = settled(Runs("test.look", since=MONDAY, span=Hours(24), still=HEARD), at=MONDAY + HOUR)
    assert (held.next_due(), clock("test.look").still_because) == (None, HEARD)
    released = settled(wanted, at=MONDAY + 4 * HOUR)

    assert released.next_due() == clock("test.look").due_at == before + 3 * HOUR
    assert not clock("test.look").stands_still


def test_what_starts_held_stands_still_and_what_is_left_out_does_not_count() -> None:
    left_out = Pause(MONDAY, MONDAY + 2 * HOUR, HEARD)

    settled(Runs("test.look", since=MONDAY, span=Hours(24), still=HEARD, without=(left_out,)))

    assert clock("test.look").due_at == MONDAY + DAY + 2 * HOUR
    assert clock("test.look").paused_since == MONDAY


def test_what_was_stopped_runs_on_with_the_moment_that_it_had() -> None:
    wanted = Runs("test.look", since=MONDAY, span=Hours(24))
    settled(Runs("test.look", since=MONDAY, span=Hours(24), still=HEARD))
    settled(at=MONDAY + HOUR)
    assert facts.open_clocks(THING) == ()

    again = settled(wanted, at=MONDAY + 5 * HOUR)

    assert [one.done_at for one in again.done[THING].reopen] == [MONDAY + HOUR]
    assert clock("test.look").due_at == again.next_due() == MONDAY + DAY + HOUR, (
        "held for the hour before it was stopped"
    )


def test_what_fires_again_and_again_is_started_by_settling_and_what_fires_once_is_spent() -> None:
    again = Runs("test.remind", since=MONDAY, span=EveryHours(24), again=True)
    once = Runs("test.end", since=MONDAY, span=EveryHours(24))
    settled(again, once)
    rung = MONDAY + DAY + HOUR

    while clocks.fire_due(at=rung, tasks={"test.remind": lambda fired: None, "test.end": lambda fired: None}):
        pass
    done = settled(again, once, at=rung)

    assert [one.kind for one in facts.open_clocks(THING)] == ["test.remind"]
    assert clock("test.remind").started_at == rung
    assert done.next_due() == MONDAY + DAY, "what was missed leads until it is done, whatever runs by now"
    while clocks.fire_due(at=rung + DAY, tasks={"test.remind": lambda fired: None}):
        pass
    assert settled(again, once, at=rung + DAY).lead() == Lead("test.remind", MONDAY + DAY)
    assert settled(once, at=rung + DAY).lead() is None


def test_several_matters_are_read_and_written_at_once_and_say_what_they_ask_for() -> None:
    first, second = (
        Runs("test.look", since=MONDAY, span=Hours(2)),
        Runs("test.end", since=MONDAY, span=Hours(1)),
    )

    with CaptureQueriesContext(connection) as made:
        done = settle({THING: [first, Asks("look")], OTHER: [second]}, at=MONDAY, why="did")

    assert len(made) == 3, "the clocks, the closing days, the new clocks"
    assert done.next_due() == clock("test.end", OTHER).due_at
    assert done.next_due([THING]) == clock("test.look").due_at
    assert (done.asked[THING], done.asked[OTHER]) == ((Asks("look"),), ())


def test_about_a_new_matter_no_clock_is_looked_for_and_its_own_start_all_the_same() -> None:
    wanted = Runs("test.look", since=MONDAY, span=Hours(2))

    with CaptureQueriesContext(connection) as made:
        done = settle({THING: [wanted]}, at=MONDAY, why="did", new={THING})

    assert not [one for one in made if one["sql"].startswith("SELECT") and "clocks_clock" in one["sql"]]
    assert done.next_due([THING]) == clock("test.look").due_at


def test_what_is_stopped_says_because_of_which_act() -> None:
    settled(Runs("test.look", since=MONDAY, span=Hours(24)))

    done = settled(at=MONDAY + HOUR)

    [past] = facts.done([THING], kinds=["test.look"], since=MONDAY)
    assert (past.why, past.done_at, past.fired) == ("did", MONDAY + HOUR, False)
    assert [one.kind for one in done.done[THING].stop] == ["test.look"]
