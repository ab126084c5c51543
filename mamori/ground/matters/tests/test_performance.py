"""A verb comes to its matter in one way: found, changed, recorded, and then saved and settled once, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import Statechart, Step, StepNotOpen, StepNotYours
from mamori.grammar.text import Text
from mamori.ground.cases import actions as cases
from mamori.ground.cases.models import Case
from mamori.ground.matters.performance import MatterKind, Performance, entered, perform
from mamori.japan.calendar import JAPAN

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)
LEAD = Actor(by="lead:1", role=Role.LEAD, at=MONDAY, via="test")


class State(StrEnum):
    """Where the thing stands."""

    OPEN = "open"
    DONE = "done"


CHART = Statechart(
    name="test.thing",
    title=Text("もの", "the thing"),
    initial=State.OPEN,
    states={State.OPEN: Text("開いている", "open"), State.DONE: Text("終わった", "done")},
    steps=(Step("finish", Text("終える", "finish"), {State.OPEN: State.DONE}, frozenset({Role.LEAD})),),
)
told: list[str] = []


class Gone(Refusal, code="test.gone", status=404):
    """Given when there is no such thing."""

    text = Text("ありません。番号を確かめてください。", "There is none. Please check the number.")


def find(actor: Actor, number: int, version: int | None) -> Case:
    found = Case.objects.select_for_update().filter(pk=number).first()
    if found is None:
        raise Gone()
    told.append(f"found {found.about} as of {version}")
    return found


def record(act: Performance[Case], verb: str, *events: object, **payload: Any) -> int:
    told.append(f"{act.matter.about} {verb} {payload}")
    return 7


def settle(act: Performance[Case]) -> None:
    saved = Case.objects.get(pk=act.matter.pk)
    told.append(f"settled {act.matter.about} as {saved.state} after {act.verb or 'nothing'}, news {act.news}")


THINGS: MatterKind[Case, int] = MatterKind(
    chart=CHART, find=find, case=lambda row: row.about, record=record, settle=settle, shows_news=True
)


def thing(name: str = "thing:1") -> int:
    number = cases.open(
        kind="test", about=name, title="t", buyer_ref="", seller_ref="", order_ref="", at=MONDAY
    )
    Case.objects.filter(pk=number).update(state="open")
    told.clear()
    return number


def test_what_was_done_is_recorded_in_the_body_then_saved_in_one_statement_and_settled() -> None:
    number = thing()

    with CaptureQueriesContext(connection) as made, perform(LEAD, THINGS, number, version=3) as act:
        act.step("finish")
        act.matter.assignee = "lead:1"
        act.save("assignee", "state")
        act.news = "look"
        assert act.record("finish", why="done") == 7
        assert Case.objects.get(pk=number).state == "open", "nothing is saved before the act is done"

    assert told == [
        "found thing:1 as of 3",
        "thing:1 finish {'why': 'done'}",
        "settled thing:1 as done after finish, news look",
    ]
    assert sum(one["sql"].startswith("UPDATE") for one in made) == 1
    assert Case.objects.get(pk=number).assignee == "lead:1"


def test_a_refusal_leaves_nothing_saved_nor_settled() -> None:
    number = thing()

    def finish(actor: Actor) -> None:
        with perform(actor, THINGS, number) as act:
            act.step("finish")
            act.step("finish")

    with pytest.raises(StepNotOpen):
        finish(LEAD)
    with pytest.raises(StepNotYours):
        finish(replace(LEAD, role=Role.AGENT))
    with pytest.raises(Gone), perform(LEAD, THINGS, number + 100):
        pass

    assert Case.objects.get(pk=number).state == "open"
    assert not any(line.startswith("settled") for line in told)


def test_who_finds_nothing_to_do_leaves_it_settled_all_the_same() -> None:
    number = thing()

    def look() -> None:
        with perform(LEAD, THINGS, number):
            return

    look()

    assert told[-1] == "settled thing:1 as open after nothing, news None"


def test_another_matter_that_was_touched_is_saved_and_settled_with_the_first() -> None:
    first, second = thing(), thing("thing:2")

    with perform(LEAD, THINGS, first) as act:
        other = act.also(THINGS, Case.objects.get(pk=second))
        other.step("finish")
        other.record("finish")
        act.record("look")

    assert told[-2:] == [
        "settled thing:1 as open after look, news None",
        "settled thing:2 as done after finish, news None",
    ]


def test_of_several_acts_on_one_case_the_last_that_was_recorded_settles_it() -> None:
    number = thing()

    with transaction.atomic(), entered(LEAD, THINGS, Case.objects.get(pk=number)) as act:
        act.record("look")
        act.also(THINGS, act.matter).record("finish")
        act.also(THINGS, act.matter)

    assert [line for line in told if line.startswith("settled")] == [
        "settled thing:1 as open after finish, news None"
    ]


def test_news_that_no_case_would_show_is_a_bug_and_undoes_the_act() -> None:
    number = thing()
    silent = replace(THINGS, shows_news=False)

    def look() -> None:
        with perform(LEAD, silent, number) as act:
            act.step("finish")
            act.news = "look"

    with pytest.raises(ValueError, match="'look' is shown by no case of thing:1"):
        look()

    assert Case.objects.get(pk=number).state == "open"
    with perform(LEAD, THINGS, number) as act:
        act.news = "look"
    assert told[-1].endswith("news look")
