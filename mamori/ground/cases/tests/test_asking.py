"""A case may ask for several things at once; each is counted and listed, and none covers another."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mamori.ground.cases import actions, facts
from mamori.ground.cases.facts import Cursor, Wish
from mamori.ground.cases.models import Ask
from mamori.ground.cases.tests.test_cases import MONDAY, leading, open_case, seen
from mamori.ground.declared import memory

pytestmark = pytest.mark.django_db


def ask(about: str, *asks: str, due: int | None = None, first: str | None = None) -> None:
    moment = MONDAY + timedelta(hours=due) if due is not None else None
    actions.update(about=about, state="open", lead=leading(moment), attention=first, asks=asks)


def test_what_a_case_asks_for_beside_the_first_is_listed_and_counted_too() -> None:
    open_case("t:1")
    open_case("t:2")
    ask("t:1", "decide-remedy", "answer-missed", due=2, first="call-overdue")
    ask("t:2", "decide-remedy", due=1)

    assert facts.asked("t:1") == {"decide-remedy", "answer-missed", "call-overdue"}
    assert seen(Wish(attention="decide-remedy")) == ["t:2", "t:1"]
    assert seen(Wish(attention="call-overdue")) == ["t:1"]
    assert seen(Wish(flagged=True)) == ["t:1"], "what is shown first decides what somebody is to take next"


def test_what_is_asked_no_more_goes_and_the_rest_moves_with_the_due_moment() -> None:
    open_case("t:1")
    open_case("t:2")
    ask("t:1", "a", "b", due=1)
    ask("t:2", "b", due=2)

    ask("t:1", "b", "c", due=3)
    before = seen(Wish(attention="b"))
    actions.put_due(about="t:2", lead=leading(MONDAY + timedelta(hours=9)))

    assert (before, seen(Wish(attention="b"))) == (["t:2", "t:1"], ["t:1", "t:2"])
    assert facts.asked("t:1") == {"b", "c"}
    assert facts.case_of("t:2").next_due_at == MONDAY + timedelta(hours=9)


def test_a_case_that_is_closed_asks_for_nothing() -> None:
    open_case("t:1")
    ask("t:1", "a", due=1, first="b")

    actions.update(about="t:1", state="solved", lead=None, closed_at=MONDAY, attention="b", asks=("a",))

    assert not Ask.objects.exists()
    assert facts.case_of("t:1").attention == "b"


def test_the_list_of_one_thing_goes_on_behind_its_cursor() -> None:
    for n, due in enumerate((5, 1, None, 5, None)):
        open_case(f"t:{n}")
        ask(f"t:{n}", "a", due=due)
    wish, found, after = Wish(attention="a"), list[str](), None

    while True:
        page = facts.view(wish, after=after, limit=2)
        found += [case.about for case in page.cases]
        after = page.after
        if after is None:
            break
        assert isinstance(after, Cursor)

    assert found == ["t:1", "t:0", "t:3", "t:2", "t:4"]


def test_an_act_that_carries_the_cases_of_many_reads_them_and_what_they_ask_for_at_once() -> None:
    for number in range(3):
        open_case(f"t:{number}")
    ask("t:0", "a", "b", due=1)

    with CaptureQueriesContext(connection) as made, memory.act():
        facts.carry(["t:0", "t:1", "t:2", "t:new", "t:none"], new={"t:new"})
        found = {about: facts.is_entered(about) for about in ("t:0", "t:2", "t:new", "t:none")}
        asked = [facts.asked("t:0"), facts.asked("t:1")]
        facts.carry(["t:0", "t:1"])

    assert found == {"t:0": True, "t:2": True, "t:new": False, "t:none": False}
    assert asked == [{"a", "b"}, frozenset()]
    assert sum(one["sql"].startswith("SELECT") for one in made) == 2


def test_what_an_act_has_at_hand_already_is_not_carried_anew() -> None:
    open_case("t:1")

    with memory.act():
        ask("t:1", "a", due=1)
        facts.carry(["t:1"])

        assert facts.asked("t:1") == {"a"}
