"""How much is left for a refund: the same for granting, calling back and holding, whatever went back before."""

from __future__ import annotations

import random

import pytest

from mamori.rooms.contact.rules.eligibility import Paid, at_stake, left_for, refundable


@pytest.mark.parametrize(
    ("paid", "left"),
    [
        (Paid(amount=8_000, refunded=0), 8_000),
        (Paid(amount=8_000, refunded=3_000), 5_000),
        (Paid(amount=8_000, refunded=3_000, own=3_000), 8_000),
        (Paid(amount=8_000, refunded=8_000), 0),
        (Paid(amount=8_000, refunded=16_000, own=8_000), 0),
        (Paid(amount=8_000, refunded=16_000), 0),
        (Paid(amount=8_000, refunded=0, charged_back=True), 0),
    ],
)
def test_what_others_leave_of_a_price_is_left_for_a_refund(paid: Paid, left: int) -> None:
    assert left_for(paid) == left


def test_what_was_granted_counts_before_what_was_asked_for_and_neither_goes_beyond_what_is_left() -> None:
    paid = Paid(amount=8_000, refunded=3_000)

    found = [at_stake(paid, granted=granted, wished=wished, ceiling=4_000) for granted, wished in STAKES]

    assert found == [4_000, 2_000, 4_000, 4_500, 1_000, 5_000]


STAKES = ((0, 0), (0, 2_000), (0, 9_000), (4_500, 2_000), (1_000, 2_000), (8_000, 0))


def test_no_refund_is_at_stake_for_more_than_could_be_refunded() -> None:
    dice = random.Random(5)

    for _ in range(2_000):
        amount = dice.randint(0, 10_000)
        own = dice.choice([0, dice.randint(0, amount)])
        paid = Paid(
            amount=amount,
            refunded=own + dice.randint(0, 2 * amount),
            own=own,
            charged_back=dice.random() < 0.1,
        )
        granted, wished = dice.choice([0, dice.randint(0, 20_000)]), dice.choice([0, dice.randint(0, 20_000)])
        ceiling = dice.choice([0, dice.randint(0, 20_000)])
        stake = at_stake(paid, granted=granted, wished=wished, ceiling=ceiling)

        assert 0 <= stake <= left_for(paid) <= amount
        if not granted:
            assert stake <= refundable(paid, ceiling)
        if not granted and not wished:
            assert stake == refundable(paid, ceiling)
