"""What a seller did lately is counted, never guessed: what nobody dated was not listed lately, what was cancelled not sold."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mamori.ground.market import actions, facts
from mamori.ground.market.lines import GoodsCondition, Item, ListingLine, ListingState, OrderLine, ReviewLine
from mamori.ground.market.outcomes import DateAhead
from mamori.ground.market.sellerlines import SellerLine
from mamori.ground.market.tests.conftest import MACHINE, MONDAY

pytestmark = pytest.mark.usefixtures("market")
DAY = timedelta(days=1)


def offer(ref: str, listed_at: datetime | None = None, **told: Any) -> None:
    """Put a listing of S-1 on offer."""
    line = ListingLine(
        **{"ref": ref, "seller": "S-1", "name": "品", "price": 1_000, "listed_at": listed_at} | told
    )
    actions.put_listing(MACHINE, line)


def sell(ref: str, at: datetime, amount: int, **told: Any) -> None:
    """Let B-1 order of S-1."""
    items = (Item(listing="L-1", price=amount),)
    told = {
        "ref": ref,
        "buyer": "B-1",
        "seller": "S-1",
        "items": items,
        "amount": amount,
        "ordered_at": at,
    } | told
    actions.put_order(MACHINE, OrderLine(**told))


def test_what_nobody_dated_is_on_offer_and_was_not_listed_lately() -> None:
    offer("L-2", MONDAY - 3 * DAY)
    offer("L-3", MONDAY - 31 * DAY)
    offer("L-4", MONDAY - DAY, state=ListingState.GONE)

    found = facts.activity("S-1", at=MONDAY)

    assert (found.on_offer, found.undated, found.listed_month) == (3, 1, 2)


def test_several_of_one_model_are_known_by_their_gtin_or_by_brand_and_model_never_by_a_name() -> None:
    for number in range(4):
        offer(f"A-{number}", category="家電", gtin="4901234567894", condition=GoodsCondition.NEW)
    for number in range(3):
        offer(f"B-{number}", category="家電", brand="架空電機", model="X-1", condition=GoodsCondition.USED)
    offer("B-9", category="家電", brand="他社", model="X-1")
    for number in range(6):
        offer(f"C-{number}", category="服")

    found = facts.activity("S-1", at=MONDAY)

    appliances = next(one for one in found.categories if one.category == "家電")
    assert (appliances.on_offer, appliances.new, appliances.used, appliances.alike) == (8, 4, 3, 4)
    assert (found.alike, found.new, found.used) == (4, 4, 3)


def test_what_was_cancelled_or_charged_back_was_not_sold() -> None:
    sell("O-2", MONDAY - 2 * DAY, 10_000)
    sell("O-3", MONDAY - 40 * DAY, 20_000)
    sell("O-4", MONDAY - 400 * DAY, 40_000)
    sell("O-5", MONDAY - 2 * DAY, 80_000, cancelled_at=MONDAY - DAY)
    sell("O-6", MONDAY - 2 * DAY, 160_000, charged_back=True)

    found = facts.activity("S-1", at=MONDAY)

    assert (found.sold_month, found.sold_year, found.orders_month) == (13_000, 33_000, 2)


def test_reviews_of_the_last_month_count() -> None:
    old = ReviewLine(ref="R-9", listing="L-1", seller="S-1", stars=4, posted_at=MONDAY - 31 * DAY)
    actions.put_review(MACHINE, old)

    assert facts.activity("S-1", at=MONDAY).reviews_month == 1


def test_an_account_that_did_nothing_is_told_as_nothing_and_many_are_told_in_five_looks() -> None:
    actions.put_seller(MACHINE, SellerLine(ref="S-2", name="個人", private=True))

    with CaptureQueriesContext(
        connection,
    ) as looks:
        found = facts.activities(["S-1", "S-2", "NOBODY"], at=MONDAY)

    assert len(looks) == 5
    assert found["S-2"] == found["NOBODY"] == facts.SellerActivity()
    assert facts.private_among(["S-1", "S-2", "NOBODY"]) == {"S-2"}


def test_a_listing_cannot_have_been_put_on_offer_later_than_now() -> None:
    with pytest.raises(DateAhead):
        offer("L-9", MONDAY + DAY)


def test_what_was_told_is_told_back() -> None:
    offer("L-2", MONDAY - DAY, condition=GoodsCondition.USED)

    kept = facts.record(ListingLine, "L-2")
    listing = facts.listing("L-2")

    assert (kept["condition"], kept["listed_at"]) == ("used", "2026-11-15T09:00:00Z")
    assert listing is not None
    assert (listing.condition, listing.listed_at) == (GoodsCondition.USED, MONDAY - DAY)
