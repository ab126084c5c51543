"""Each yen that went back is counted once, on our way or another, in whatever order the marketplace tells of it."""

from __future__ import annotations

import random
from itertools import permutations

import pytest
from django.apps import apps
from msgspec.structs import replace

from mamori.ground.market import actions, facts
from mamori.ground.market.actions import InstructedAboveRefunded, RefundedAboveAmount
from mamori.ground.market.instructing import AmountNotLeft
from mamori.ground.market.tests.conftest import LEAD, MACHINE, ORDER

pytestmark = pytest.mark.usefixtures("market")


def refund(amount: int, about: str = "contact.trouble:1") -> str:
    return actions.instruct(LEAD, kind="refund", order_ref="O-1", amount=amount, about=about)


def answer(instruction: str, outcome: str = "confirmed") -> None:
    actions.confirm(MACHINE, instruction=instruction, outcome=outcome)


def tell(refunded: int, instructed: int | None = None) -> None:
    actions.put_order(MACHINE, replace(ORDER, refunded=refunded, instructed=instructed))


def went_back() -> tuple[int, int]:
    """Return what is known on other ways, and on ours; what counts as ours is the sum of what is counted."""
    order = facts.order("O-1")
    assert order
    assert facts.refunds_counted(["O-1"]).get("O-1", 0) == order.refunded_instructed
    return order.refunded_elsewhere, order.refunded_instructed


def told_of() -> int:
    return int(apps.get_model("outbox", "Event").objects.filter(kind="market.order_paid_back").count())


def test_the_total_that_holds_our_refund_may_come_before_or_after_its_confirmation() -> None:
    first = refund(1_000)
    tell(1_000)
    answer(first)
    second = refund(500, about="contact.trouble:2")
    answer(second)
    tell(1_500)

    assert went_back() == (0, 1_500)
    assert told_of() == 0, "nothing went back on another way"


def test_a_full_refund_of_ours_in_the_total_is_no_money_of_anybody_else() -> None:
    ours = refund(3_000)

    tell(3_000)
    before = went_back()
    answer(ours)

    assert (before, went_back(), told_of()) == ((0, 3_000), (0, 3_000), 0)


def test_what_was_taken_for_our_refund_and_was_not_is_told_once_the_answer_shows_it() -> None:
    ours = refund(3_000)
    tell(3_000)
    before = told_of()

    answer(ours, "refused")

    assert (before, told_of(), went_back()) == (0, 1, (3_000, 0))
    with pytest.raises(AmountNotLeft):
        refund(1)


def test_less_than_our_refund_went_back_on_another_way_at_once() -> None:
    ours = refund(2_000)

    tell(1_999)
    now = went_back()
    answer(ours)

    assert (now, told_of(), went_back()) == ((1_999, 0), 1, (1_999, 2_000))


def test_what_is_above_our_refund_in_the_total_went_back_on_another_way() -> None:
    refund(2_000)

    tell(2_500)

    assert (went_back(), told_of()) == ((500, 2_000), 1)
    with pytest.raises(AmountNotLeft) as refusal:
        refund(501, about="contact.trouble:2")
    assert "500" in refusal.value.sentence.en


def test_a_marketplace_that_tells_them_apart_is_believed_at_once() -> None:
    ours = refund(2_000)

    tell(2_000, instructed=0)
    theirs = went_back()
    tell(2_000, instructed=0)
    answer(ours)

    assert (theirs, told_of()) == ((2_000, 0), 1)
    assert went_back() == (2_000, 2_000), "above what was paid: a person has to see it"


def test_a_marketplace_that_tells_them_apart_corrects_what_was_taken_for_ours() -> None:
    ours = refund(2_000)
    tell(2_000)
    tell(2_000, instructed=0)
    apart = went_back()

    answer(ours)

    assert (apart, went_back()) == ((2_000, 0), (2_000, 2_000))


def test_what_somebody_pays_on_top_of_our_full_refund_is_taken_in_and_told() -> None:
    answer(refund(3_000))

    tell(6_000)

    assert (went_back(), told_of()) == ((3_000, 3_000), 1)
    order = facts.order("O-1")
    assert order
    assert (order.left, order.above) == (0, 3_000)
    with pytest.raises(RefundedAboveAmount):
        tell(6_001)
    with pytest.raises(RefundedAboveAmount):
        actions.put_order(MACHINE, replace(ORDER, amount=2_999))


def test_a_refund_above_what_is_said_to_be_paid_by_now_is_answered_once_that_is_put_right() -> None:
    ours = refund(2_000)
    actions.put_order(MACHINE, replace(ORDER, amount=1_999))

    with pytest.raises(RefundedAboveAmount):
        answer(ours)
    refused = went_back()
    actions.put_order(MACHINE, ORDER)
    answer(ours)

    assert (refused, went_back()) == ((0, 0), (0, 2_000))


def test_no_more_is_ours_than_went_back_in_all() -> None:
    with pytest.raises(InstructedAboveRefunded) as refusal:
        tell(500, instructed=501)

    assert "501" in refusal.value.sentence.ja


def test_an_order_that_is_new_to_us_has_all_from_elsewhere_but_what_it_says_is_ours() -> None:
    actions.put_order(MACHINE, replace(ORDER, ref="O-9", refunded=900, instructed=400))

    order = facts.order("O-9")
    assert order
    assert (order.refunded_elsewhere, order.refunded_instructed) == (500, 0)


@pytest.mark.parametrize("apart", [True, False])
@pytest.mark.parametrize("seed", range(6))
def test_whatever_order_things_are_told_in_the_sums_end_alike(seed: int, apart: bool) -> None:
    dice = random.Random(seed)
    ours, theirs = dice.choice((700, 1_000)), dice.choice((0, 300, 1_000))
    steps = list(permutations(("answer", "total", "theirs")))[seed]
    instruction, done, paid = refund(ours), 0, 0

    for step in steps:
        if step == "answer":
            done = ours
            answer(instruction)
        elif step == "theirs":
            paid = theirs
        else:
            done = ours  # the marketplace pays first and confirms later
        tell(done + paid, instructed=done if apart else None)
        if step == "total":
            tell(0)  # a line that comes late changes nothing

    assert went_back() == (theirs, ours)


def test_a_refusal_names_all_that_went_back_and_not_what_one_line_says() -> None:
    tell(3_000)

    with pytest.raises(RefundedAboveAmount) as refusal:
        actions.put_order(MACHINE, replace(ORDER, amount=2_999))

    assert "3,000" in refusal.value.sentence.en
    assert "2,999" in refusal.value.sentence.en
