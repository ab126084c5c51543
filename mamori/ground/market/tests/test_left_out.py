"""What a line leaves out stays as it was told last: a name alone destroys neither a check nor a way to be reached."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from mamori.ground.market import facts
from mamori.ground.market.facts import ListingState, ReviewState, SellerState
from mamori.ground.market.models import Order, Seller
from mamori.ground.market.tests.conftest import Tell
from mamori.law.identification import Method, Registrant

pytestmark = pytest.mark.usefixtures("market")
CHECKED = {
    "kind": "seller",
    "ref": "S-1",
    "name": "高橋商店",
    "person": "高橋花子",
    "mail": "shop@example.jp",
    "phone": "03-1111-2222",
    "address": "東京都千代田区架空町1",
    "hours": "平日10時から17時",
    "returns_to": "東京都千代田区架空町2",
    "support": "03-1111-3333",
    "private": True,
    "lang": "en",
    "country": "US",
    "state": "suspended",
    "unpaid": 52_000,
    "legal_name": "高橋花子",
    "legal_kana": "タカハシハナコ",
    "registered_as": "person",
    "verified_by": "jpki",
    "verified_at": "2026-10-01T10:00:00+09:00",
    "verified_until": "2027-09-30",
}


def seller() -> facts.SellerFact:
    """Return what is known of the seller."""
    found = facts.seller("S-1")
    assert found is not None
    return found


def test_a_seller_told_by_its_name_alone_keeps_all_that_was_told(tell: Tell) -> None:
    tell(CHECKED)
    before = seller()

    tell({"kind": "seller", "ref": "S-1", "name": "高橋商店"})

    assert seller() == before
    assert before.has_contact
    assert (before.contact.verified_by, before.contact.mail) == (Method.JPKI, "shop@example.jp")
    assert (before.state, before.unpaid, before.lang) == (SellerState.SUSPENDED, 52_000, "en")


OF_THE_CHECK = {"verified_by", "verified_at", "verified_until"}
"""Told as a whole or not at all."""


@pytest.mark.parametrize("field", sorted(CHECKED.keys() - {"kind", "ref", "name"} - OF_THE_CHECK))
def test_one_field_alone_changes_that_field_alone(tell: Tell, field: str) -> None:
    tell(CHECKED)
    before = seller()
    empty = {"private": False, "state": "active", "unpaid": 0, "registered_as": "company"}
    shown = {"kind": "seller", "ref": "S-1", "name": "高橋商店", field: empty.get(field, "")}

    tell(shown)

    now, known = seller(), before.contact
    named = {"legal_kana", "registered_as"} if field == "legal_name" else set()
    for name in known.__dataclass_fields__.keys() - {field, "former"} - named:
        assert getattr(now.contact, name) == getattr(known, name), name
    assert Seller.objects.get(pk="S-1").country == ("" if field == "country" else "US")
    assert field == "country" or now != before


def test_another_name_does_not_keep_how_the_former_is_read(tell: Tell) -> None:
    tell(CHECKED)

    tell({"kind": "seller", "ref": "S-1", "name": "高橋商店", "legal_name": "鈴木一郎"})

    contact = seller().contact
    assert (contact.legal_name, contact.legal_kana, contact.registered_as) == ("鈴木一郎", "", None)


@pytest.mark.parametrize(
    ("at", "until"), [("2026-10-01T10:00:00+09:00", date(2027, 9, 30)), ("2026-11-01T10:00:00+09:00", None)]
)
def test_a_later_check_does_not_keep_the_end_of_the_former(tell: Tell, at: str, until: date | None) -> None:
    tell(CHECKED)
    again = {name: CHECKED[name] for name in ("kind", "ref", "name", "legal_name", "registered_as")}

    tell(again | {"verified_by": "jpki", "verified_at": at})

    contact = seller().contact
    assert (contact.verified_by, contact.verified_until) == (Method.JPKI, until)
    assert contact.registered_as is Registrant.PERSON


def test_a_buyer_told_by_its_name_alone_can_still_be_reached(tell: Tell) -> None:
    tell(
        {
            "kind": "buyer",
            "ref": "B-1",
            "name": "花",
            "mail": "b@example.jp",
            "phone": "03-1",
            "address": "東京",
        }
    )
    before = facts.buyer("B-1")

    tell({"kind": "buyer", "ref": "B-1", "name": "花"})

    assert facts.buyer("B-1") == before
    assert before
    assert (before.contact.mail, before.contact.address) == ("b@example.jp", "東京")


def test_a_hidden_listing_stays_hidden_until_it_is_told_otherwise(tell: Tell) -> None:
    goods = {"kind": "listing", "ref": "L-1", "seller": "S-1", "name": "木のスプーン", "price": 1_500}
    tell(goods | {"state": "hidden", "category": "食器", "code": "4900000000000"})
    hidden = facts.listing("L-1")

    tell(goods)
    untold = facts.listing("L-1")
    tell(goods | {"state": "on_offer"})
    shown = facts.listing("L-1")

    assert hidden == untold
    assert untold
    assert (untold.state, untold.category, untold.code) == (ListingState.HIDDEN, "食器", "4900000000000")
    assert shown
    assert (shown.state, shown.category) == (ListingState.ON_OFFER, "食器")


def test_a_review_keeps_its_order_and_where_it_stands(tell: Tell) -> None:
    review = {
        "kind": "review",
        "ref": "R-1",
        "listing": "L-1",
        "seller": "S-1",
        "stars": 5,
        "posted_at": "2026-11-05T10:00:00Z",
    }
    tell(review | {"state": "hidden", "order": "O-1"})

    tell(review)

    found = facts.review("R-1")
    assert found
    assert (found.state, found.order_ref) == (ReviewState.HIDDEN, "O-1")


def test_an_order_stays_charged_back_until_it_is_told_otherwise(tell: Tell) -> None:
    order = {
        "kind": "order",
        "ref": "O-1",
        "buyer": "B-1",
        "seller": "S-1",
        "amount": 3_000,
        "ordered_at": datetime(2026, 11, 1, 10, tzinfo=UTC).isoformat(),
    }
    tell(order | {"charged_back": True})
    tell(order)
    kept = Order.objects.get(pk="O-1").charged_back

    tell(order | {"charged_back": False})

    assert kept
    assert not Order.objects.get(pk="O-1").charged_back


def test_what_is_new_and_says_nothing_is_active_on_offer_and_shown(tell: Tell) -> None:
    tell({"kind": "seller", "ref": "S-7", "name": "新しい店"})
    tell({"kind": "listing", "ref": "L-7", "seller": "S-7", "name": "皿", "price": 900})

    shop, goods = facts.seller("S-7"), facts.listing("L-7")

    assert shop
    assert (shop.state, shop.unpaid, shop.contact.mail) == (SellerState.ACTIVE, None, "")
    assert goods
    assert (goods.state, goods.code) == (ListingState.ON_OFFER, "")
