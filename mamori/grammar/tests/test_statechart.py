"""A lifecycle refuses what it does not say, and says what is wrong with itself."""

from enum import StrEnum

import pytest

from mamori.grammar.actor import Role
from mamori.grammar.statechart import Statechart, Step, StepNotOpen, StepNotYours
from mamori.grammar.text import Text


class Door(StrEnum):
    SHUT = "shut"
    AJAR = "ajar"
    GONE = "gone"


NAMES = {Door.SHUT: Text("閉", "shut"), Door.AJAR: Text("半開", "ajar"), Door.GONE: Text("無", "gone")}
BUYER = frozenset({Role.BUYER})
OPEN = Step("open", Text("開ける", "open"), {Door.SHUT: Door.AJAR}, BUYER)
SHUT = Step("shut", Text("閉める", "shut"), {Door.AJAR: Door.SHUT}, frozenset({Role.BUYER, Role.SELLER}))
REMOVE = Step(
    "remove", Text("外す", "remove"), {Door.SHUT: Door.GONE, Door.AJAR: Door.GONE}, frozenset({Role.LEAD})
)
HINGE = (OPEN, SHUT, REMOVE)


def door(*, states: dict[Door, Text] = NAMES, steps: tuple[Step[Door], ...] = HINGE) -> Statechart[Door]:
    return Statechart("door", Text("扉", "the door"), states, Door.SHUT, steps)


def test_a_step_leads_where_the_chart_says() -> None:
    chart = door()

    assert chart.take("open", Door.SHUT, Role.BUYER) is Door.AJAR
    assert chart.take("remove", Door.AJAR, Role.LEAD) is Door.GONE


def test_a_step_that_is_not_on_is_refused_with_the_present_state() -> None:
    with pytest.raises(StepNotOpen) as refused:
        door().take("open", Door.AJAR, Role.BUYER)

    assert refused.value.sentence.ja.startswith("「扉」は今「半開」なので、「開ける」はできません。")
    assert "the door is" in refused.value.sentence.en
    assert "“ajar”, so “open” is not possible." in refused.value.sentence.en


def test_a_step_of_another_role_is_refused_and_names_whose_it_is() -> None:
    with pytest.raises(StepNotYours) as refused:
        door().take("shut", Door.AJAR, Role.LEAD)

    assert refused.value.sentence.ja.startswith("「閉める」は購入者・出品者だけができます。")
    assert refused.value.sentence.en.startswith("Only buyer, seller can do “shut”.")


def test_the_buttons_are_the_steps_that_role_and_state_allow() -> None:
    chart = door()

    assert [s.name for s in chart.allowed(Door.AJAR, Role.BUYER)] == ["shut"]
    assert [s.name for s in chart.allowed(Door.AJAR, Role.LEAD)] == ["remove"]
    assert chart.allowed(Door.GONE, Role.LEAD) == []
    assert chart.allows("shut", Door.AJAR, Role.BUYER)
    assert not chart.allows("shut", Door.SHUT, Role.BUYER)
    assert not chart.allows("shut", Door.AJAR, Role.LEAD)


def test_ends_open_states_and_choices_are_read_from_the_steps() -> None:
    chart = door()

    assert chart.ends == {Door.GONE}
    assert chart.open_states == {Door.SHUT, Door.AJAR}
    assert chart.choices == [("shut", "閉"), ("ajar", "半開"), ("gone", "無")]


def test_the_drawing_holds_every_move_and_every_end() -> None:
    assert door().mermaid().split("\n") == [
        "stateDiagram-v2",
        "    [*] --> shut",
        "    shut --> ajar: open",
        "    ajar --> shut: shut",
        "    shut --> gone: remove",
        "    ajar --> gone: remove",
        "    gone --> [*]",
    ]


@pytest.mark.parametrize(
    ("states", "steps", "fault"),
    [
        ({Door.SHUT: NAMES[Door.SHUT], Door.AJAR: NAMES[Door.AJAR]}, HINGE, "gone has no text"),
        (NAMES, (OPEN, SHUT), "gone cannot be reached"),
        (NAMES, (OPEN, OPEN, SHUT, REMOVE), "^door: two steps share a name$"),
        (
            NAMES,
            (OPEN, SHUT, Step("remove", REMOVE.text, REMOVE.moves, frozenset())),
            "step remove is nobody's",
        ),
    ],
)
def test_a_chart_with_a_hole_does_not_come_into_being(
    states: dict[Door, Text], steps: tuple[Step[Door], ...], fault: str
) -> None:
    with pytest.raises(ValueError, match=fault):
        door(states=states, steps=steps)


def test_a_step_that_corrects_an_end_leaves_it_an_end() -> None:
    mend = Step("mend", Text("直す", "mend"), {Door.GONE: Door.GONE}, BUYER, afterwards=True)

    chart = door(steps=(*HINGE, mend))

    assert chart.ends == {Door.GONE}
    assert chart.take("mend", Door.GONE, Role.BUYER) is Door.GONE


@pytest.mark.parametrize("moves", [{Door.GONE: Door.SHUT}, {Door.SHUT: Door.GONE}])
def test_a_step_that_corrects_an_end_opens_nothing_and_ends_nothing(moves: dict[Door, Door]) -> None:
    mend = Step("mend", Text("直す", "mend"), moves, BUYER, afterwards=True)

    with pytest.raises(ValueError, match="step mend comes afterwards, and leads from or to what is no end"):
        door(steps=(*HINGE, mend))


def test_a_state_that_can_never_end_is_a_hole() -> None:
    loop = Step("turn", Text("回す", "turn"), {Door.AJAR: Door.AJAR}, BUYER)
    leave = Step("remove", REMOVE.text, {Door.SHUT: Door.GONE}, BUYER)

    with pytest.raises(ValueError, match="ajar never comes to an end"):
        door(steps=(OPEN, loop, leave))


def test_every_hole_of_a_chart_is_named_at_once() -> None:
    nobodys = Step("leave", REMOVE.text, {Door.SHUT: Door.AJAR}, frozenset())
    states = {Door.SHUT: NAMES[Door.SHUT], Door.AJAR: NAMES[Door.AJAR]}

    with pytest.raises(ValueError, match=r"^door: state gone has no text; step leave is nobody's$"):
        door(states=states, steps=(nobodys,))
