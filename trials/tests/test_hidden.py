"""Businesses that pass for private are found in a small market, as it is measured by hand in one of 20,000 accounts."""

from __future__ import annotations

import random

import pytest

from mamori.rooms.display.models import BusinessDoubt
from trials.hidden import drawn, play


@pytest.mark.django_db
def test_businesses_are_found_before_private_people_are_asked() -> None:
    found = play(accounts=120, seed=20261129, looks=1)

    assert found["planted"] == 3
    assert found["found"] >= 2 * found["asked"]
    assert found["found_by_lot"] < found["found"]
    assert found["looks"] == BusinessDoubt.objects.filter(looked_at__isnull=False).count()


def test_the_same_seed_draws_the_same_market_and_the_truth_is_not_in_what_is_told() -> None:
    one = drawn(accounts=50, planted=10, dice=random.Random(7))
    two = drawn(accounts=50, planted=10, dice=random.Random(7))

    assert one == two
    assert sum(account.is_business for account in one[0]) == 10
    assert all("business" not in str(thing) for thing in one[1])
