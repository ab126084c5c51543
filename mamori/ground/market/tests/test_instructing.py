"""Instructions to the marketplace: one at a time, never above what is left, done only when confirmed."""

from __future__ import annotations

import json
from dataclasses import replace as swap

import pytest
from django.apps import apps
from msgspec.structs import replace

from mamori.grammar.actor import Role
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions, facts
from mamori.ground.market.actions import OrderChargedBack
from mamori.ground.market.answering import AnotherAnswer
from mamori.ground.market.instructing import (
    MAY_INSTRUCT,
    AmountNotLeft,
    InstructionAlreadyOut,
    InstructionUnknown,
    OrderUnknown,
)
from mamori.ground.market.lifecycle import InstructionState
from mamori.ground.market.tests.conftest import LEAD, MACHINE, MONDAY, ORDER

pytestmark = pytest.mark.usefixtures("market")


def refund(amount: int = 2_000, about: str = "contact.trouble:1") -> str:
    return actions.instruct(LEAD, kind="refund", order_ref="O-1", amount=amount, about=about)


def refunded() -> int:
    order = facts.order("O-1")
    assert order
    return order.refunded_amount


def told() -> list[str]:
    events = apps.get_model("outbox", "Event").objects.order_by("pk")
    return [f"{event.kind} {json.loads(event.body)['data']['instruction'][:4]}" for event in events]


def test_an_instruction_waits_until_the_marketplace_confirms_it() -> None:
    ref = refund()

    waiting = facts.instruction(ref)
    before = refunded()
    done = actions.confirm(MACHINE, instruction=ref, outcome="confirmed", note="re_1")

    assert waiting
    assert (waiting.state, waiting.amount, waiting.times) == (InstructionState.ISSUED, 2_000, 1)
    assert (before, refunded()) == (0, 2_000)
    assert (done.state, done.closed_at) == (InstructionState.CONFIRMED, MONDAY)
    assert told() == ["market.instruction_issued ins_", "market.instruction_confirmed ins_"]
    kinds = [act.kind for act in ledger.acts_about("contact.trouble:1")]
    assert sorted(kinds) == ["market.confirm", "market.instruct"]


def test_an_instruction_that_the_marketplace_declines_gives_nothing_back() -> None:
    ref = refund()

    done = actions.confirm(MACHINE, instruction=ref, outcome="refused", note="card expired")

    assert done.state is InstructionState.REFUSED
    assert refunded() == 0
    assert told()[-1] == "market.instruction_refused ins_"
    assert refund() != ref


def test_the_same_answer_twice_is_one() -> None:
    ref = refund()

    answers = [actions.confirm(MACHINE, instruction=ref, outcome="confirmed") for _ in range(2)]

    assert answers[0] == answers[1]
    assert refunded() == 2_000
    assert len(told()) == 2


@pytest.mark.parametrize(
    ("first", "then"), [("confirmed", "refused"), ("confirmed", "later"), ("refused", "later")]
)
def test_another_answer_is_refused(first: str, then: str) -> None:
    ref = refund()
    actions.confirm(MACHINE, instruction=ref, outcome=first)

    with pytest.raises(AnotherAnswer):
        actions.confirm(MACHINE, instruction=ref, outcome=then)

    found = facts.instruction(ref)
    assert found
    assert found.state == first


def test_an_answer_to_nothing_is_refused() -> None:
    for attempt in (
        lambda: actions.confirm(MACHINE, instruction="ins_0", outcome="confirmed"),
        lambda: actions.chase(MACHINE, instruction="ins_0"),
    ):
        with pytest.raises(InstructionUnknown):
            attempt()


def test_chasing_gives_the_same_instruction_again() -> None:
    ref = refund()

    times = [actions.chase(MACHINE, instruction=ref) for _ in range(2)]

    assert times == [2, 3]
    assert told() == ["market.instruction_issued ins_"] * 3
    found = facts.instruction(ref)
    assert found
    assert (found.times, found.state) == (3, InstructionState.ISSUED)


def test_what_is_answered_is_not_chased() -> None:
    ref = refund()
    actions.confirm(MACHINE, instruction=ref, outcome="confirmed")

    with pytest.raises(StepNotOpen):
        actions.chase(MACHINE, instruction=ref)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.MACHINE}))
def test_only_the_machine_answers_and_chases(role: Role) -> None:
    ref, eve = refund(), swap(MACHINE, by="eve", role=role)

    for attempt in (
        lambda: actions.confirm(eve, instruction=ref, outcome="confirmed"),
        lambda: actions.confirm(eve, instruction=ref, outcome="refused"),
        lambda: actions.chase(eve, instruction=ref),
    ):
        with pytest.raises(StepNotYours):
            attempt()

    assert refunded() == 0


@pytest.mark.parametrize("role", sorted(set(Role) - MAY_INSTRUCT))
def test_nobody_outside_the_centre_instructs(role: Role) -> None:
    with pytest.raises(StepNotYours):
        actions.instruct(swap(LEAD, role=role), kind="refund", order_ref="O-1", amount=1, about="x:1")


@pytest.mark.parametrize("amount", [0, -1, 3_001])
def test_an_amount_is_at_least_one_yen_and_at_most_what_was_paid(amount: int) -> None:
    with pytest.raises(AmountNotLeft) as refused:
        refund(amount)

    assert "3,000" in refused.value.sentence.ja


def test_what_was_refunded_or_waits_is_not_left() -> None:
    actions.put_order(MACHINE, replace(ORDER, refunded=500))
    refund(1_000, about="x:1")

    with pytest.raises(AmountNotLeft):
        refund(1_501, about="x:2")
    refund(1_500, about="x:2")


def test_a_deduction_is_counted_apart_from_refunds() -> None:
    actions.confirm(MACHINE, instruction=refund(3_000), outcome="confirmed")

    taken = actions.instruct(LEAD, kind="deduct", order_ref="O-1", amount=2_000, about="contact.recovery:1")
    actions.confirm(MACHINE, instruction=taken, outcome="confirmed")
    with pytest.raises(AmountNotLeft):
        actions.instruct(LEAD, kind="deduct", order_ref="O-1", amount=1_001, about="contact.recovery:2")

    assert refunded() == 3_000


def test_asking_again_while_it_waits_is_the_same_instruction() -> None:
    refs = {refund(), refund()}

    assert len(refs) == 1
    assert len(told()) == 1


def test_another_amount_for_the_same_matter_waits_its_turn() -> None:
    refund(1_000)

    with pytest.raises(InstructionAlreadyOut):
        refund(900)


def test_an_order_that_is_unknown_or_charged_back_gets_no_refund() -> None:
    with pytest.raises(OrderUnknown):
        actions.instruct(LEAD, kind="refund", order_ref="O-9", amount=1, about="x:1")
    actions.put_order(MACHINE, replace(ORDER, charged_back=True))

    with pytest.raises(OrderChargedBack):
        refund()
    assert actions.instruct(LEAD, kind="deduct", order_ref="O-1", amount=1, about="x:1")


def test_a_refund_that_is_called_back_waits_for_its_answer() -> None:
    ref = refund()

    for _ in range(2):
        actions.recall(LEAD, instruction=ref)

    found = facts.instruction(ref)
    assert found
    assert (found.state, found.recalled_at, found.undone_at) == (InstructionState.RECALLED, MONDAY, None)
    assert told() == ["market.instruction_issued ins_", "market.instruction_recalled ins_"]
