"""Who bought a listing is found by the orders of its seller, in turns, each order once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from conftest import plan
from mamori.grammar.actor import Actor, Role
from mamori.ground.market import actions as market, facts
from mamori.ground.market.actions import BuyerLine, ListingLine, OrderLine, SellerLine
from mamori.ground.market.lines import Item
from mamori.ground.market.models import Order

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 16, 1, tzinfo=UTC)
MACHINE = Actor(by="machine:test", role=Role.MACHINE, at=AT, via="test")
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def sold(db: None) -> None:
    """S-1 sold L-1 three times at one moment and once after that, L-2 once; S-2 sold L-3."""
    for ref in ("S-1", "S-2"):
        market.put_seller(MACHINE, SellerLine(ref=ref, name="店"))
    for ref, seller in (("L-1", "S-1"), ("L-2", "S-1"), ("L-3", "S-2")):
        market.put_listing(MACHINE, ListingLine(ref=ref, seller=seller, name="品", price=1_000))
    market.put_buyer(MACHINE, BuyerLine(ref="B-1", name="買手", mail="b@example.jp"))
    for ref, seller, goods, at in (
        ("O-1", "S-1", ("L-1", "L-2", "L-1"), AT - 5 * DAY),
        ("O-2", "S-1", ("L-1",), AT - 5 * DAY),
        ("O-3", "S-1", ("L-1",), AT - 5 * DAY),
        ("O-0", "S-1", ("L-1",), AT - 4 * DAY),
        ("O-4", "S-2", ("L-3",), AT - 6 * DAY),
    ):
        put(ref, seller, *goods, at=at)


def put(ref: str, seller: str, *goods: str, at: datetime, unsent: bool = False) -> None:
    line = OrderLine(
        ref=ref,
        buyer="B-1",
        seller=seller,
        amount=1_000,
        ordered_at=at,
        items=tuple(Item(listing=one, price=1_000) for one in goods),
        cancelled_at=at if unsent else None,
        unsent=unsent,
    )
    market.put_order(MACHINE, line)


def orders(*listings: str, look: int = 99, most: int = 99) -> list[str]:
    """Go through all turns, and return the orders with the listings that were found, in their order."""
    found, after = list[str](), list[str]()
    for _ in range(99):
        some, reached = facts.bought(listings, after=after, look=look, most=most)
        assert len(some) <= most + 1
        found += [f"{one.order_ref} {one.listing_ref}" for one in some]
        if reached is None:
            break
        after = list(reached)
    return found


ALL = ["O-1 L-1", "O-2 L-1", "O-3 L-1", "O-0 L-1", "O-4 L-3"]


@pytest.mark.parametrize("look", [1, 2, 3, 99])
@pytest.mark.parametrize("most", [1, 2, 99])
def test_each_order_is_found_once_however_small_the_turns_are(look: int, most: int) -> None:
    assert orders("L-3", "L-1", "GONE", look=look, most=most) == ALL


def test_an_order_with_two_of_the_listings_is_found_for_both() -> None:
    assert orders("L-1", "L-2")[:2] == ["O-1 L-1", "O-1 L-2"]


def test_what_is_known_not_to_have_been_sent_is_passed_over() -> None:
    put("O-5", "S-1", "L-1", at=AT - DAY, unsent=True)

    assert "O-5 L-1" not in orders("L-1")


def test_of_no_listing_nobody_bought_anything() -> None:
    assert facts.bought((), look=9, most=9) == ([], None)
    assert facts.bought(("GONE",), look=9, most=9) == ([], None)


def test_a_turn_walks_along_the_index_of_the_seller() -> None:
    rows = Order.objects.filter(seller="S-1", unsent=False, ordered_at__gte=AT - 5 * DAY)
    walked = plan(rows.exclude(ordered_at=AT, ref__lte="O-1").order_by("ordered_at", "ref")[:9])

    assert "market_order_sellers_newest" in walked


def test_buyers_are_read_in_one_look() -> None:
    found = facts.buyers(("B-1", "GONE"))

    assert {ref: one.contact.mail for ref, one in found.items()} == {"B-1": "b@example.jp"}
    assert facts.buyers(()) == {}
