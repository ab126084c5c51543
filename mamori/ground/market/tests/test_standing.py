"""How things stand at the marketplace: accounts, listings, reviews, and what a measure would touch."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from msgspec.structs import replace

from mamori.grammar.refusal import Refusal
from mamori.ground.market import actions, facts
from mamori.ground.market.actions import AlreadyGone, Change
from mamori.ground.market.facts import ListingState, ReviewState, SellerState
from mamori.ground.market.kinds import MEASURES, Target
from mamori.ground.market.models import Listing, Review, Seller
from mamori.ground.market.tests.conftest import (
    LEAD,
    LISTING,
    MACHINE,
    MONDAY,
    ORDER,
    REVIEW,
    SELLER,
)

pytestmark = pytest.mark.usefixtures("market")

ON_SUNDAY = MONDAY - timedelta(days=1)


def test_how_an_account_stands_is_told_with_its_language_and_proceeds() -> None:
    untold = facts.seller("S-1")

    told = actions.put_seller(MACHINE, replace(SELLER, state=SellerState.SUSPENDED, lang="en", unpaid=52_000))
    again = actions.put_seller(
        MACHINE, replace(SELLER, state=SellerState.SUSPENDED, lang="en", unpaid=52_000)
    )
    paid = actions.put_seller(MACHINE, replace(SELLER, state=SellerState.SUSPENDED, lang="en", unpaid=0))

    seller = facts.seller("S-1")
    assert untold
    assert (untold.state, untold.lang, untold.unpaid) == (SellerState.ACTIVE, "", None)
    assert [told, again, paid] == [Change.CHANGED, Change.UNCHANGED, Change.CHANGED]
    assert seller
    assert (seller.state, seller.lang, seller.unpaid) == (SellerState.SUSPENDED, "en", 0)


def test_how_a_listing_stands_is_told_with_its_category() -> None:
    told = actions.put_listing(MACHINE, replace(LISTING, state=ListingState.HIDDEN, category="食器"))

    listing = facts.listing("L-1")
    assert told is Change.CHANGED
    assert listing
    assert (listing.state, listing.category) == (ListingState.HIDDEN, "食器")


def test_a_review_is_kept_also_without_words_and_without_who_wrote_it() -> None:
    hidden = actions.put_review(MACHINE, replace(REVIEW, state=ReviewState.HIDDEN, stars=1))
    actions.put_review(MACHINE, replace(REVIEW, ref="R-2", order=None))

    first, second = facts.review("R-1"), facts.review("R-2")
    assert hidden is Change.CHANGED
    assert first
    assert (first.listing_ref, first.seller_ref, first.order_ref) == ("L-1", "S-1", "O-1")
    assert (first.stars, first.posted_at, first.state) == (1, REVIEW.posted_at, ReviewState.HIDDEN)
    assert second
    assert (second.order_ref, second.author_ref, second.text) == ("", "", "")


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"posted_at": MONDAY + timedelta(days=1)}, actions.DateAhead),
        ({"listing": "L-9"}, actions.ReferenceUnknown),
        ({"order": "O-9"}, actions.ReferenceUnknown),
        ({"seller": "S-2"}, actions.SellerDiffers),
        ({"order": "O-2"}, actions.SellerDiffers),
    ],
)
def test_a_review_that_cannot_be_is_not_taken_in(wrong: dict[str, Any], refusal: type[Refusal]) -> None:
    actions.put_seller(MACHINE, replace(SELLER, ref="S-2"))
    actions.put_order(MACHINE, replace(ORDER, ref="O-2", seller="S-2", items=()))

    with pytest.raises(refusal):
        actions.put_review(MACHINE, replace(REVIEW, ref="R-2", **wrong))

    assert facts.review("R-2") is None


@pytest.mark.parametrize(
    ("at", "refusal"),
    [
        (MONDAY + timedelta(days=1), actions.DateAhead),
        (ORDER.ordered_at - timedelta(days=1), actions.CompletionUnclear),
    ],
)
def test_an_order_is_over_neither_before_it_began_nor_in_the_future(at: Any, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        actions.put_order(MACHINE, replace(ORDER, completed_at=at))


def test_what_a_measure_would_touch_is_counted() -> None:
    actions.put_seller(MACHINE, replace(SELLER, unpaid=52_000))
    actions.put_seller(MACHINE, replace(SELLER, ref="S-2"))
    for state in ListingState:
        actions.put_listing(MACHINE, replace(LISTING, ref=f"L-{state}", state=state))
    actions.put_listing(MACHINE, replace(LISTING, ref="L-2", seller="S-2"))
    over: dict[str, dict[str, Any]] = {
        "O-2": {"completed_at": ON_SUNDAY},
        "O-3": {"cancelled_at": ON_SUNDAY},
        "O-4": {"charged_back": True},
        "O-5": {"ordered_at": MONDAY - facts.UNDER_WAY},
        "O-6": {"seller": "S-2", "items": ()},
    }
    for ref, told in over.items():
        actions.put_order(MACHINE, replace(ORDER, ref=ref, **told))

    counted = facts.counts("S-1", at=MONDAY)

    assert counted == facts.SellerCounts(listings_on_offer=2, orders_under_way=1, unpaid=52_000)


def measure(kind: str, target_ref: str) -> str:
    return actions.order_measure(
        LEAD, kind=kind, seller_ref="S-1", target_ref=target_ref, about="m:1", detail=DETAILS.get(kind, "")
    )


DETAILS = {"close_category": "食品"}


@pytest.mark.parametrize("kind", [kind for kind in MEASURES.values() if kind.target is Target.LISTING])
def test_nothing_is_done_to_a_listing_that_is_gone(kind: Any) -> None:
    actions.put_listing(MACHINE, replace(LISTING, state=ListingState.GONE))

    with pytest.raises(AlreadyGone) as refused:
        measure(kind.code, "L-1")

    assert "L-1" in refused.value.sentence.ja
    assert facts.instructions_out(about="") == ()


def test_nothing_is_done_to_a_review_that_is_gone() -> None:
    actions.put_review(MACHINE, replace(REVIEW, state=ReviewState.GONE))

    with pytest.raises(AlreadyGone):
        measure("remove_review", "R-1")


def test_of_a_seller_whose_account_is_closed_only_money_is_still_held() -> None:
    actions.put_seller(MACHINE, replace(SELLER, state=SellerState.CLOSED))

    for kind in MEASURES.values():
        if kind.target is Target.SELLER and kind.code != "hold_payouts":
            with pytest.raises(AlreadyGone):
                measure(kind.code, "S-1")

    assert measure("hold_payouts", "S-1")


def test_what_is_hidden_already_may_be_measured_all_the_same() -> None:
    actions.put_listing(MACHINE, replace(LISTING, state=ListingState.HIDDEN))
    actions.put_seller(MACHINE, replace(SELLER, state=SellerState.SUSPENDED))

    assert measure("remove_listing", "L-1")
    assert measure("close_seller", "S-1")


def test_what_is_gone_since_is_still_undone() -> None:
    given = measure("hide_listing", "L-1")
    actions.confirm(MACHINE, instruction=given, outcome="confirmed")
    actions.put_listing(MACHINE, replace(LISTING, state=ListingState.GONE))

    assert actions.undo(LEAD, instruction=given)


@pytest.mark.parametrize("model", [Seller, Listing, Review])
def test_the_database_knows_no_other_state(model: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(state="lost")


def test_stars_are_one_to_five() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.update(stars=6)
