"""“Done” after “refused”: it counts while nothing took its place, and never makes anything be paid again."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from msgspec.structs import replace

from mamori.ground.market import actions, facts
from mamori.ground.market.facts import InstructionState
from mamori.ground.market.instructing import InstructionAlreadyOut
from mamori.ground.market.tests.conftest import LEAD, MACHINE, ORDER, Tell
from mamori.ground.market.tests.measuring import answer, hide, out, the
from mamori.ground.outbox.models import Event

pytestmark = pytest.mark.usefixtures("market")


def instruct(kind: str = "refund", amount: int = 3_000, about: str = "test:1") -> str:
    return actions.instruct(LEAD, kind=kind, order_ref="O-1", amount=amount, about=about)


def sums() -> tuple[int, int]:
    order = facts.order("O-1")
    assert order
    return order.refunded_elsewhere, order.refunded_instructed


def decline_later(ref: str) -> None:
    """Decline it in the moment after it was given, so that what was given with it did not come after."""
    later = dataclasses.replace(MACHINE, at=MACHINE.at + timedelta(minutes=1))
    actions.confirm(later, instruction=ref, outcome="refused")


def total(refunded: int, instructed: int | None = None) -> None:
    actions.put_order(MACHINE, replace(ORDER, refunded=refunded, instructed=instructed))


def told_of() -> int:
    return Event.objects.filter(kind="market.order_paid_back").count()


def late() -> int:
    return Event.objects.filter(kind="market.instruction_told_late").count()


@pytest.mark.parametrize("kind", ["refund", "deduct", "label"])
def test_what_was_declined_and_done_after_all_counts_once(kind: str) -> None:
    ref = instruct(kind, 0 if kind == "label" else 3_000)
    answer(ref, "refused")

    for _ in range(2):
        answer(ref)

    assert the(ref).state is InstructionState.CONFIRMED
    assert sums() == (0, 3_000 if kind == "refund" else 0)
    assert late() == 0


@pytest.mark.parametrize(("first", "then"), [("refund", "refund"), ("label", "refund"), ("deduct", "deduct")])
def test_what_took_its_place_and_waits_is_called_back(first: str, then: str) -> None:
    ref = instruct(first, 0 if first == "label" else 3_000)
    answer(ref, "refused")
    other = instruct(then)

    for _ in range(2):
        answer(ref)

    assert (the(ref).state, the(other).state) == (InstructionState.REFUSED, InstructionState.RECALLED)
    assert the(ref).told_late_at is not None
    assert late() == 1
    with pytest.raises(actions.AnotherAnswer):
        answer(ref, "later")


def test_what_was_paid_already_in_its_place_counts_above_what_was_paid() -> None:
    ref = instruct()
    answer(ref, "refused")
    answer(instruct())

    answer(ref)

    assert sums() == (3_000, 3_000)
    assert the(ref).state is InstructionState.REFUSED


def test_another_matter_that_has_the_money_by_now_is_in_its_place_too() -> None:
    ref = instruct()
    answer(ref, "refused")
    answer(instruct(about="test:2"))

    answer(ref)

    assert late() == 1
    assert sums() == (3_000, 3_000)


@pytest.mark.parametrize("is_done", [True, False])
def test_a_refund_of_another_matter_may_be_in_its_place_and_a_person_looks(is_done: bool) -> None:
    actions.put_order(MACHINE, replace(ORDER, amount=10_000))
    ref = instruct()
    answer(ref, "refused")
    other = instruct(about="test:2")
    if is_done:
        answer(other)

    answer(ref)

    assert late() == 1
    assert the(ref).state is InstructionState.REFUSED
    stays = InstructionState.CONFIRMED if is_done else InstructionState.ISSUED
    assert the(other).state is stays, "what is granted in another matter is not called back by a guess"
    assert sums() == (3_000, 3_000 if is_done else 0)


@pytest.mark.parametrize("what", ["refused", "before", "label"])
def test_what_cannot_be_in_its_place_lets_it_count(what: str) -> None:
    actions.put_order(MACHINE, replace(ORDER, amount=10_000))
    if what == "before":
        instruct(about="test:2")
    ref = instruct()
    decline_later(ref)
    if what == "refused":
        answer(instruct(about="test:2"), "refused")
    elif what == "label":
        instruct("label", 0, about="test:2")

    answer(ref)

    assert (the(ref).state, late()) == (InstructionState.CONFIRMED, 0)


@pytest.mark.parametrize("refuses_first", [True, False])
def test_a_refund_in_the_total_that_was_declined_and_done_after_all_counts_once(refuses_first: bool) -> None:
    ref = instruct()
    if refuses_first:
        answer(ref, "refused")
        total(3_000)
    else:
        total(3_000)
        answer(ref, "refused")
    before = sums()

    answer(ref)

    assert the(ref).state is InstructionState.CONFIRMED
    assert (before, sums()) == ((3_000, 0), (0, 3_000))


def test_several_refunds_in_the_total_that_were_declined_and_done_after_all_count_once_each() -> None:
    refs = [instruct(amount=1_000, about=f"test:{number}") for number in (1, 2)]
    decline_later(refs[0])
    total(2_000)
    decline_later(refs[1])
    for ref in refs:
        answer(ref)

    assert sums() == (0, 2_000)


def test_money_that_is_told_apart_hides_no_late_refund() -> None:
    ref = instruct()
    answer(ref, "refused")
    total(3_000, instructed=0)

    answer(ref)

    assert the(ref).state is InstructionState.CONFIRMED
    assert sums() == (3_000, 3_000)


def test_money_that_went_back_before_a_refund_was_declined_is_not_that_refund() -> None:
    ref = instruct(amount=1_000)
    total(999)
    answer(ref, "refused")

    answer(ref)

    assert sums() == (999, 1_000)


def test_the_total_that_was_taken_for_what_took_its_place_holds_what_is_told_late_once() -> None:
    actions.put_order(MACHINE, replace(ORDER, amount=10_000))
    ref = instruct()
    answer(ref, "refused")
    other = instruct()
    actions.put_order(MACHINE, replace(ORDER, amount=10_000, refunded=3_000))
    paid_back = told_of()

    answer(ref)
    beside = sums()
    answer(other, "refused")

    assert (beside, sums()) == ((3_000, 0), (3_000, 0))
    assert told_of() == paid_back + 1
    assert the(other).state is InstructionState.REFUSED


def test_the_total_that_holds_both_holds_what_is_told_late_already() -> None:
    actions.put_order(MACHINE, replace(ORDER, amount=10_000))
    ref = instruct()
    answer(ref, "refused")
    answer(instruct())
    actions.put_order(MACHINE, replace(ORDER, amount=10_000, refunded=6_000))
    paid_back = told_of()

    answer(ref)

    assert (sums(), told_of()) == ((3_000, 3_000), paid_back)


def test_a_switch_that_was_set_late_is_cleared_where_nobody_wants_it() -> None:
    given = hide()
    answer(given, "refused")
    actions.undo(LEAD, instruction=given)

    answer(given)

    assert out() == [("1", "show_listing")]


def test_what_is_called_back_is_not_given_as_though_it_stood() -> None:
    ref = instruct()
    actions.recall(LEAD, instruction=ref)

    with pytest.raises(InstructionAlreadyOut):
        instruct()


def test_a_late_answer_comes_in_bulk_and_by_file_too(tell: Tell) -> None:
    ref = instruct()
    answer(ref, "refused")

    tell({"kind": "confirmation", "instruction": ref, "outcome": "confirmed"})

    assert the(ref).state is InstructionState.CONFIRMED
