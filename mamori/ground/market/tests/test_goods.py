"""What buyers read of goods is kept version by version, each content once, and found by the moment at which it was shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions, facts
from mamori.ground.market.actions import BuyerLine, Item, ListingLine, OrderLine, SeenAfterOrder, SellerLine
from mamori.ground.market.lines import ListingState
from mamori.ground.market.mirror import goods_digest
from mamori.ground.market.models import ListingContent, ListingVersion

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 16, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)
POT = ListingLine(ref="L-1", seller="S-1", name="鍋", price=8_000)


def shop(hours: int = 0) -> Actor:
    return Actor(by="machine:shop", role=Role.MACHINE, at=AT + hours * HOUR, via="test")


@pytest.fixture(autouse=True)
def known(db: None) -> None:
    """Let the marketplace tell of a seller and a buyer."""
    actions.put_seller(shop(), SellerLine(ref="S-1", name="店"))
    actions.put_buyer(shop(), BuyerLine(ref="B-1", name="買手"))


def said(hours: int) -> dict[str, object] | None:
    found = facts.goods_at(["L-1"], AT + hours * HOUR).get("L-1")
    return found.told if found else None


def test_each_version_stands_from_when_it_was_told_until_the_next() -> None:
    actions.put_listing(shop(1), POT)
    actions.put_listing(
        shop(3), ListingLine(ref="L-1", seller="S-1", name="鍋（大）", price=9_000, brand="青空")
    )

    assert said(0) is None
    assert said(1) == said(2) == {"name": "鍋", "price": 8_000}
    assert said(3) == said(99) == {"name": "鍋（大）", "price": 9_000, "brand": "青空"}


def test_what_is_told_again_or_only_stands_otherwise_is_no_new_version() -> None:
    for state in (ListingState.ON_OFFER, ListingState.ON_OFFER, ListingState.HIDDEN):
        line = ListingLine(ref="L-1", seller="S-1", name="鍋", price=8_000, state=state)
        actions.put_listing(shop(1), line)

    assert ListingVersion.objects.count() == 1


def test_what_was_said_before_is_kept_once() -> None:
    for hours, price in enumerate((8_000, 9_000, 8_000)):
        actions.put_listing(shop(hours), ListingLine(ref="L-1", seller="S-1", name="鍋", price=price))
    actions.put_listing(shop(4), ListingLine(ref="L-2", seller="S-1", name="鍋", price=8_000))

    assert (ListingVersion.objects.count(), ListingContent.objects.count()) == (4, 2)
    assert said(2) == {"name": "鍋", "price": 8_000}


def test_two_versions_in_one_moment_leave_the_last() -> None:
    actions.put_listing(shop(1), POT)
    actions.put_listing(shop(1), ListingLine(ref="L-1", seller="S-1", name="鍋", price=9_000))

    assert said(1) == {"name": "鍋", "price": 9_000}


def test_the_log_is_bound_to_what_was_said() -> None:
    actions.put_listing(shop(1), POT)

    [act] = ledger.acts_about("market.listing:L-1")
    assert act.content is not None
    assert act.content["payload"]["content"] == goods_digest({"name": "鍋", "price": 8_000})
    assert ListingContent.objects.get().pk == goods_digest({"name": "鍋", "price": 8_000})


def test_an_order_says_when_its_buyer_saw_what_it_ordered() -> None:
    actions.put_listing(shop(0), POT)
    order = OrderLine(
        ref="O-1",
        buyer="B-1",
        seller="S-1",
        amount=8_000,
        ordered_at=AT + 2 * HOUR,
        seen_at=AT + HOUR,
        items=(Item(listing="L-1", price=8_000),),
    )
    actions.put_order(shop(3), order)
    known = facts.order("O-1")
    assert known is not None
    assert known.shown_at == AT + HOUR
    assert facts.record(type(order), "O-1")["seen_at"] == "2026-11-16T04:00:00Z"

    untold = OrderLine(
        ref="O-2", buyer="B-1", seller="S-1", amount=8_000, ordered_at=AT + 2 * HOUR, items=order.items
    )
    actions.put_order(shop(3), untold)
    second = facts.order("O-2")
    assert second is not None
    assert second.shown_at == AT + 2 * HOUR


def test_nobody_sees_goods_after_ordering_them() -> None:
    actions.put_listing(shop(0), POT)
    late = OrderLine(
        ref="O-1",
        buyer="B-1",
        seller="S-1",
        amount=8_000,
        ordered_at=AT,
        seen_at=AT + HOUR,
        items=(Item(listing="L-1", price=8_000),),
    )

    with pytest.raises(SeenAfterOrder):
        actions.put_order(replace(shop(3)), late)
