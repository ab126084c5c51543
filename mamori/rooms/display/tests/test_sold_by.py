"""Whether a business sold: the order's own word first, overruled where the seller was a business after all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from mamori.ground.market import actions as market_actions, facts as market
from mamori.ground.market.lines import SoldAs
from mamori.ground.market.sellerlines import SellerLine
from mamori.ground.market.tests.conftest import (
    BUYER,
    LISTING,
    MACHINE,
    MONDAY,
    ORDER,
)
from mamori.rooms.display import facts as display

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("sold_as", "private", "is_business"),
    [
        (None, None, None),
        (SoldAs.INDIVIDUAL, None, False),
        (SoldAs.INDIVIDUAL, False, True),
        (SoldAs.INDIVIDUAL, True, False),
        (SoldAs.CORPORATION, None, True),
        (SoldAs.SOLE_TRADER, True, True),
    ],
)
def test_the_order_says_first_whether_a_business_sold_it(
    sold_as: SoldAs | None, private: bool | None, is_business: bool | None
) -> None:
    since = MONDAY - timedelta(days=90) if private is not None else None
    market_actions.put_seller(MACHINE, SellerLine(ref="S-1", name="店", private=private, private_since=since))
    market_actions.put_buyer(MACHINE, BUYER)
    market_actions.put_listing(MACHINE, LISTING)
    market_actions.put_order(MACHINE, replace(ORDER, sold_as=sold_as))

    order = market.order("O-1")
    assert order
    assert display.sold_by_business(order) is is_business
