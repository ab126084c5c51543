"""One house runs on a database: for a minute, by the database's clock, another is told that it may not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F

from mamori.ground.clocks import actions, facts
from mamori.ground.clocks.models import RunningHouse

pytestmark = pytest.mark.django_db


def runs(house: str) -> bool:
    return actions.run_house(house=house, host=f"{house}.example.jp")


def ago(seconds: int) -> None:
    """Let the house that runs have said so, so many seconds ago by the clock of the database."""
    RunningHouse.objects.update(seen_at=F("seen_at") - timedelta(seconds=seconds))


def test_the_first_house_runs_and_says_so_again_and_again() -> None:
    assert facts.running_house() is None

    assert [runs("here"), runs("here")] == [True, True]

    told = facts.running_house()
    assert told is not None
    assert (told.house, told.host) == ("here", "here.example.jp")
    assert timedelta() <= told.ago < timedelta(minutes=1)


def test_another_house_may_not_run_while_the_first_was_heard_of_in_the_last_minute() -> None:
    runs("here")
    ago(30)

    assert not runs("there")
    assert runs("here")
    assert RunningHouse.objects.get().house == "here"


def test_a_house_that_was_not_heard_of_for_a_minute_gives_way_and_then_may_not_come_back() -> None:
    runs("here")
    ago(61)

    assert runs("there")
    assert not runs("here")
    assert RunningHouse.objects.get().host == "there.example.jp"


def test_a_moment_that_lies_ahead_of_the_databases_clock_holds_nobody_up() -> None:
    runs("here")
    ago(-3_600)

    assert runs("there")
