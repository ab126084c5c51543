"""Measures and undoings that are called back: in time, too late, and while another matter wants otherwise."""

from __future__ import annotations

from dataclasses import replace as swap
from datetime import timedelta

import pytest

from mamori.ground.market import actions, facts
from mamori.ground.market.tests.conftest import LEAD, MACHINE, MONDAY
from mamori.ground.market.tests.measuring import answer, hide, out, the, told

pytestmark = pytest.mark.usefixtures("market")

FRIDAY = MONDAY + timedelta(days=4)


def test_a_measure_that_waits_is_called_back_and_undone() -> None:
    given = hide()

    undone = actions.undo(LEAD, instruction=given)

    assert [name for name, _ in told()] == ["issued", "recalled", "issued"]
    assert the(given).recalled_at == MONDAY
    answer(given, "refused")
    answer(undone)
    assert out() == []


def test_a_measure_that_was_called_back_too_late_is_undone_once_more() -> None:
    given = hide()
    undone = actions.undo(LEAD, instruction=given)

    answer(undone)
    answer(given)

    assert out() == [("1", "show_listing")]
    [anew] = facts.instructions_out(about="enforcement.measure:1")
    answer(anew.ref)
    assert out() == []


def test_a_measure_that_is_only_called_back_is_undone_where_that_was_too_late() -> None:
    given = hide()
    actions.recall(LEAD, instruction=given)

    answer(given)

    assert out() == [("1", "show_listing")]


def test_what_was_called_back_is_chased_as_such_and_what_is_answered_is_not_called_back() -> None:
    given = hide()
    actions.recall(LEAD, instruction=given)

    actions.chase(MACHINE, instruction=given)
    answer(given, "refused")
    actions.recall(LEAD, instruction=given)

    assert [name for name, _ in told()] == ["issued", "recalled", "recalled", "refused"]


@pytest.mark.parametrize(("outcome", "left"), [("refused", []), ("confirmed", [("1", "hide_listing")])])
def test_an_undoing_may_be_called_back_too(outcome: str, left: list[tuple[str, str]]) -> None:
    given = hide()
    answer(given)
    undone = actions.undo(LEAD, instruction=given)

    for _ in range(2):
        actions.recall(LEAD, instruction=undone)
    answer(undone, outcome)

    assert the(undone).recalled_at == MONDAY
    assert the(given).undone_at is None
    assert out() == left


def test_what_was_called_back_of_an_undoing_may_be_undone_again() -> None:
    given = hide()
    answer(given)
    first = actions.undo(LEAD, instruction=given)
    actions.recall(LEAD, instruction=first)

    second = actions.undo(LEAD, instruction=given)
    answer(first, "refused")
    answer(second)

    assert first != second
    assert out() == []


def test_a_measure_that_comes_while_another_is_being_undone_wins() -> None:
    first = hide("m:1")
    answer(first)
    undone = actions.undo(LEAD, instruction=first)

    second = hide("m:2")
    answer(second)
    answer(undone)

    assert the(undone).recalled_at == MONDAY
    assert out() == [("2", "hide_listing")]
    [anew] = facts.instructions_out(about="m:2")
    assert anew.ref != second


def test_what_is_given_anew_says_an_end_only_while_it_lies_ahead() -> None:
    first = hide("m:1")
    answer(first)
    undone = actions.undo(LEAD, instruction=first)
    answer(hide("m:2", until=FRIDAY))

    actions.confirm(swap(MACHINE, at=FRIDAY), instruction=undone, outcome="confirmed")

    [anew] = facts.instructions_out(about="m:2")
    assert anew.until is None


def test_the_same_matter_may_measure_again_while_its_undoing_waits() -> None:
    first = hide()
    actions.undo(LEAD, instruction=first)

    again = hide()
    undone = actions.undo(LEAD, instruction=first)

    assert again != first
    assert the(undone).undoes == first
    assert the(again).recalled_at == MONDAY
