"""Who does what when something arrives: by state in order, by role, and apart what may be done along the way."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from mamori.grammar.actor import Role
from mamori.grammar.procedure import Procedure
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text
from mamori.ground.declared.fields import procedures
from mamori.rooms.disclosure.handbook.rules import ALONG, ProcedureCourse, courses


class Lamp(StrEnum):
    NEW = "new"
    LIT = "lit"
    DIM = "dim"
    OUT = "out"
    BROKEN = "broken"


def step(name: str, moves: dict[Lamp, Lamp], *roles: Role, afterwards: bool = False) -> Step[Lamp]:
    return Step(name=name, text=Text(name, name), moves=moves, roles=frozenset(roles), afterwards=afterwards)


LIFE = Statechart(
    name="test.lamp",
    title=Text("灯", "lamp"),
    states={one: Text(one.value, one.value) for one in Lamp},
    initial=Lamp.NEW,
    steps=(
        step("burn down", {Lamp.LIT: Lamp.OUT}, Role.MACHINE),
        step("light", {Lamp.NEW: Lamp.LIT}, Role.AGENT, Role.LEAD),
        step("wipe", {Lamp.NEW: Lamp.NEW}, Role.AGENT, Role.LEAD),
        step("blow out", {Lamp.LIT: Lamp.OUT}, Role.BUYER),
        step("look", {Lamp.NEW: Lamp.NEW, Lamp.LIT: Lamp.LIT}, Role.LEAD),
        step("sweep", {Lamp.OUT: Lamp.OUT, Lamp.BROKEN: Lamp.BROKEN}, Role.LEAD, afterwards=True),
        step("smash", {Lamp.NEW: Lamp.BROKEN, Lamp.LIT: Lamp.BROKEN, Lamp.DIM: Lamp.BROKEN}, Role.BUYER),
        step("dim", {Lamp.LIT: Lamp.DIM}, Role.LEAD),
        step("swap", {Lamp.NEW: Lamp.LIT, Lamp.LIT: Lamp.LIT}, Role.LEAD),
    ),
)
BARE = Procedure(
    code="lamp",
    room="contact",
    title=Text("灯", "lamp"),
    lead=Text("灯", "lamp"),
    examples=(Text("灯", "lamp"),),
)


def told(course: ProcedureCourse) -> list[tuple[str, list[tuple[str, tuple[str, ...]]]]]:
    return [
        (
            stage.when.en if stage.when else "",
            [(one.who.en, tuple(does.en for does in one.does)) for one in stage.by],
        )
        for stage in course.stages
    ]


def test_each_state_says_who_does_what_and_what_follows_people_before_the_machine() -> None:
    (course,) = courses(replace(BARE, lifecycles=(LIFE,)))

    assert course.title == LIFE.title
    assert told(course) == [
        ("new", [("agent, lead", ("light → lit", "wipe")), ("lead", ("swap → lit",))]),
        (
            "lit",
            [
                ("buyer", ("blow out → out",)),
                ("lead", ("dim → dim", "swap")),
                ("machine", ("burn down → out",)),
            ],
        ),
        ("out", [("lead", ("sweep",))]),
        ("broken", [("lead", ("sweep",))]),
        (ALONG.en, [("lead", ("look",)), ("buyer", ("smash → broken",))]),
    ]


def test_an_end_from_two_states_is_what_is_decided_there_and_stands_at_both() -> None:
    one = replace(
        LIFE,
        steps=(
            step("light", {Lamp.NEW: Lamp.LIT}, Role.AGENT),
            step("smash", {Lamp.NEW: Lamp.OUT, Lamp.LIT: Lamp.OUT}, Role.AGENT),
            step("dim", {Lamp.LIT: Lamp.DIM}, Role.AGENT),
            step("drop", {Lamp.NEW: Lamp.BROKEN}, Role.AGENT),
        ),
    )

    assert told(courses(replace(BARE, lifecycles=(one,)))[0]) == [
        ("new", [("agent", ("light → lit", "smash → out", "drop → broken"))]),
        ("lit", [("agent", ("smash → out", "dim → dim"))]),
    ]


def test_a_procedure_without_a_lifecycle_says_who_decides_what_and_one_without_either_says_nothing() -> None:
    handbook = next(one for one in procedures() if one.code == "handbook")

    (course,) = courses(handbook)

    assert course.title is None
    assert [(one.who.ja, [does.ja for does in one.does]) for one in course.stages[0].by] == [
        ("相談窓口の担当、相談窓口の責任者、法務担当、閲覧だけの社員", ["読んだと記録する"]),
        ("相談窓口の責任者、法務担当", ["運営者の書き足し"]),
    ]
    assert courses(BARE) == ()


def test_every_step_of_every_lifecycle_of_the_house_is_told_with_everyone_who_may_take_it() -> None:
    for one in procedures():
        for chart, course in zip(one.lifecycles, courses(one), strict=False):
            said = {
                does.ja.split(" → ")[0] for stage in course.stages for who in stage.by for does in who.does
            }
            assert said == {each.text.ja.split(" → ")[0] for each in chart.steps}, chart.name
