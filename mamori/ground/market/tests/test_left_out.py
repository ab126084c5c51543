"""A line replaces its record whole, and only its own part of it: who is verified and how it is reached stays until told anew."""

from __future__ import annotations

from typing import Any

import pytest

from mamori.ground.market import facts
from mamori.ground.market.facts import ListingState, ReviewState, SellerState
from mamori.ground.market.tests.conftest import Tell
from mamori.ground.terms import facts as terms
from mamori.law.identification import Method

pytestmark = pytest.mark.usefixtures("market")
SHOP: dict[str, Any] = {
    "kind": "seller",
    "ref": "S-1",
    "name": "高橋商店",
    "private": True,
    "lang": "en",
    "country": "US",
    "state": "suspended",
    "unpaid": 52_000,
    "accepted": [{"clause": "recovery", "version": 1, "at": "2026-08-01T10:00:00+09:00"}],
}
CHECKED: dict[str, Any] = {
    "kind": "verification",
    "ref": "S-1",
    "legal_name": "株式会社高橋",
    "legal_kana": "タカハシ",
    "registered_as": "company",
    "representative": "高橋花子",
    "corporate_number": "7000012050002",
    "invoice_number": "T7000012050002",
    "verified_by": "registry",
    "verified_at": "2026-10-01T10:00:00+09:00",
    "verified_until": "2027-09-30",
}
REACHED: dict[str, Any] = {
    "kind": "contacts",
    "ref": "S-1",
    "person": "高橋花子",
    "mail": "shop@example.jp",
    "phone": "03-1111-2222",
    "fax": "03-1111-2223",
    "address": "東京都千代田区架空町1",
    "hours": "平日10時から17時",
    "returns_to": "東京都千代田区架空町2",
    "support": "03-1111-3333",
    "support_hours": "平日9時から12時",
    "administrator": "国内管理株式会社",
    "administrator_address": "大阪府大阪市架空町3",
    "administrator_phone": "06-1111-4444",
    "law_page": "https://shop.example/law",
    "protected": True,
}
PARTS = (SHOP, CHECKED, REACHED)


def seller() -> facts.SellerFact:
    """Return what is known of the seller."""
    found = facts.seller("S-1")
    assert found is not None
    return found


def alone(part: dict[str, Any]) -> dict[str, Any]:
    """Return what has to stand in a line of this kind, and no more."""
    return {name: part[name] for name in ("kind", "ref", "name") if name in part}


@pytest.mark.parametrize("told", PARTS, ids=lambda part: str(part["kind"]))
def test_a_line_replaces_its_own_part_of_a_seller_and_no_other(tell: Tell, told: dict[str, Any]) -> None:
    for part in PARTS:
        tell(part)
    before = {part["kind"]: facts.record(facts.KINDS[part["kind"]], "S-1") for part in PARTS}

    tell(alone(told))

    after = {part["kind"]: facts.record(facts.KINDS[part["kind"]], "S-1") for part in PARTS}
    left = {name: value for name, value in after[told["kind"]].items() if value not in (None, "", [])}
    others = before.keys() - {told["kind"]}
    assert {kind: before[kind] for kind in others} == {kind: after[kind] for kind in others}
    assert left == ({"name": "高橋商店", "state": "active"} if told is SHOP else {})


def test_a_shop_told_by_its_name_alone_is_still_verified_and_reached_and_bound(tell: Tell) -> None:
    for part in PARTS:
        tell(part)

    tell(alone(SHOP))

    found = seller()
    assert (found.contact.verified_by, found.contact.mail) == (Method.REGISTRY, "shop@example.jp")
    assert found.has_contact
    assert (found.state, found.unpaid, found.lang) == (SellerState.ACTIVE, None, "")
    assert terms.accepted(seller_ref="S-1", clause="recovery", at=found.contact.statuses[0].said_at) == 1


def test_who_is_protected_stays_so_until_that_is_taken_back(tell: Tell) -> None:
    tell(REACHED)
    tell(alone(REACHED))
    kept = seller().contact.protected

    tell(alone(REACHED) | {"protected": False})

    assert kept
    assert not seller().contact.protected


def test_a_buyer_told_by_its_name_alone_can_no_longer_be_reached(tell: Tell) -> None:
    buyer = {"kind": "buyer", "ref": "B-1", "name": "花"}
    tell(buyer | {"mail": "b@example.jp", "phone": "03-1", "address": "東京"})

    tell(buyer)

    found = facts.buyer("B-1")
    assert found
    assert (found.has_contact, found.contact.mail, found.contact.address) == (False, "", "")


def test_a_listing_is_replaced_whole(tell: Tell) -> None:
    goods = {"kind": "listing", "ref": "L-1", "seller": "S-1", "name": "木のスプーン", "price": 1_500}
    tell(
        goods
        | {"state": "hidden", "category": "食器", "code": "K-7", "brand": "匙屋", "model": "S1"}
        | {"gtin": "4901234567894", "nature": "goods", "url": "https://shop.example/1"}
        | {"pictures": ["https://shop.example/1.jpg"]}
    )
    whole = facts.listing("L-1")

    tell(goods)

    assert whole
    assert (whole.gtin, whole.nature, whole.pictures) == (
        "4901234567894",
        facts.Nature.GOODS,
        ("https://shop.example/1.jpg",),
    )
    assert facts.listing("L-1") == facts.ListingFact(
        ref="L-1", seller_ref="S-1", name="木のスプーン", price=1_500, code="", state=ListingState.ON_OFFER
    )


def test_an_order_is_replaced_whole_but_its_refunds_never_go_down(tell: Tell) -> None:
    order = {"kind": "order", "ref": "O-1", "buyer": "B-1", "seller": "S-1", "amount": 3_000}
    order |= {"ordered_at": "2026-11-01T10:00:00Z"}
    moments = dict.fromkeys(("cancelled_at", "completed_at"), "2026-11-02T10:00:00Z")
    tell(
        order
        | {"charged_back": True, "unsent": True, "received_on": "2026-11-03", "as_business": True}
        | {"refunded": 900, "items": [{"listing": "L-1", "price": 3_000}]}
        | moments
    )
    whole = facts.order("O-1")

    tell(order)

    after = facts.order("O-1")
    assert whole
    assert (len(whole.items), str(whole.received_on), whole.as_business) == (1, "2026-11-03", True)
    assert after
    assert (after.items, after.charged_back, after.unsent, after.as_business) == ((), False, False, None)
    assert (after.cancelled_at, after.completed_at, after.received_on) == (None, None, None)
    assert after.refunded_amount == 900


def test_a_review_is_replaced_whole_and_what_it_said_is_kept(tell: Tell) -> None:
    review = {"kind": "review", "ref": "R-1", "listing": "L-1", "seller": "S-1", "stars": 5}
    review |= {"posted_at": "2026-11-05T10:00:00Z"}
    tell(review | {"state": "hidden", "order": "O-1", "author": "B-1", "text": "とても良い"})

    tell(review | {"stars": 1})

    found = facts.review("R-1")
    assert found
    assert (found.state, found.order_ref, found.author_ref, found.text) == (ReviewState.SHOWN, "", "", "")
    said = [(one.author_ref, one.stars, one.text) for one in facts.review_edits("R-1")]
    assert said[-1] == ("B-1", 5, "とても良い")


def test_what_is_new_and_says_nothing_is_active_on_offer_and_told_by_nobody(tell: Tell) -> None:
    tell({"kind": "seller", "ref": "S-7", "name": "新しい店"})
    tell({"kind": "listing", "ref": "L-7", "seller": "S-7", "name": "皿", "price": 900})

    shop, goods = facts.seller("S-7"), facts.listing("L-7")

    assert shop
    assert (shop.state, shop.unpaid, shop.contact.mail, shop.private) == (SellerState.ACTIVE, None, "", None)
    assert goods
    assert (goods.state, goods.code, goods.nature) == (ListingState.ON_OFFER, "", None)
