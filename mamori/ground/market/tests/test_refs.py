"""Nothing new is told under a reference that cannot stand in an address; what is known under one stays usable."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from mamori.ground.market import actions, facts, parties
from mamori.ground.market.models import Buyer, Listing, Order, Review, Seller
from mamori.ground.market.outcomes import RefLeadsElsewhere
from mamori.ground.market.tests.conftest import BUYER, LISTING, MACHINE, ORDER, REVIEW, SELLER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("market")]

TOLD: dict[str, tuple[Any, Any, Any]] = {
    "seller": (Seller, actions.put_seller, SELLER),
    "buyer": (Buyer, actions.put_buyer, BUYER),
    "listing": (Listing, actions.put_listing, LISTING),
    "order": (Order, actions.put_order, ORDER),
    "review": (Review, actions.put_review, REVIEW),
}


@pytest.mark.parametrize("kind", TOLD)
@pytest.mark.parametrize("ref", [".", ".."])
def test_nothing_new_is_told_under_a_step_of_an_address(kind: str, ref: str) -> None:
    model, put, line = TOLD[kind]

    with pytest.raises(RefLeadsElsewhere) as refused:
        put(MACHINE, replace(line, ref=ref))

    assert f"「{ref}」" in refused.value.sentence.ja
    assert not model.objects.filter(pk=ref).exists()


def test_a_way_within_a_ref_is_refused_and_plain_slashes_are_not() -> None:
    with pytest.raises(RefLeadsElsewhere):
        actions.put_order(MACHINE, replace(ORDER, ref="2026/../7"))

    actions.put_order(MACHINE, replace(ORDER, ref="2026/11/7"))

    assert facts.order("2026/11/7") is not None


def test_what_is_known_under_one_is_still_told_of_and_sold_by() -> None:
    contact = parties.Contact(name="古い店")
    sealed = parties.seal_all("seller", {"..": contact})[".."]
    Seller.objects.create(ref="..", sealed=sealed, has_contact=False)
    Listing.objects.create(ref=".", seller_id="..", name="匙", price=100)

    actions.put_seller(MACHINE, replace(SELLER, ref="..", name="新しい店"))
    actions.put_listing(MACHINE, replace(LISTING, ref=".", seller="..", price=200))
    actions.put_listing(MACHINE, replace(LISTING, ref="L-9", seller=".."))

    seller, listing = facts.seller(".."), facts.listing(".")
    assert seller is not None
    assert seller.name == "新しい店"
    assert listing is not None
    assert listing.price == 200


@pytest.mark.parametrize("ref", ["=1+1", "+1", "-2", "@shop"])
def test_a_ref_that_looks_like_a_formula_is_a_name_as_any_other(ref: str) -> None:
    actions.put_seller(MACHINE, replace(SELLER, ref=ref))

    assert facts.seller(ref) is not None
