"""What a page names to who bought from a private seller: nothing that binds businesses alone, and no notice is refused for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.market import actions as market, facts as mirror
from mamori.ground.market.actions import ListingLine, SellerLine
from mamori.ground.market.facts import ItemFact, Nature
from mamori.ground.web.once import new_token
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.formal import records as formally
from mamori.rooms.contact.formal.queries import reckoned_of
from mamori.rooms.contact.models import Formal
from mamori.rooms.contact.tests.conftest import actor, machine, open_trouble
from mamori.rooms.contact.tests.test_buyer_pages import number_of
from mamori.rooms.contact.tests.test_formal_pages import DAY, DECLARED, RECEIVED, fill_in, now, sends

pytestmark = pytest.mark.usefixtures("market_of_today")
OF_BUSINESSES = ("第15条の3", "第15条の4", "消費者契約法", "8日目")
RETURN_BUTTON = "?kind=return&amp;order=O-1"


@pytest.fixture
def buyer(enter: Enter) -> Client:
    return enter(Role.BUYER, "buyer:B-1")


def register(*, private: bool) -> None:
    market.put_seller(machine(), SellerLine(ref="S-1", name="店", private=private))


def named(page: str) -> list[str]:
    return [words for words in OF_BUSINESSES if words in page]


@pytest.mark.parametrize("private", [False, True])
def test_the_button_for_a_return_stands_where_a_business_sold(buyer: Client, private: bool) -> None:
    register(private=private)
    number = number_of(open_trouble(now()))

    page = buyer.get(f"/threads/{number}/").content.decode()
    asked = buyer.get("/notices/new/kind/?order=O-1").content.decode()

    assert (RETURN_BUTTON in page) is not private
    assert "?kind=rescission&amp;order=O-1" in page
    assert ('value="return"' in asked) is not private
    assert 'value="cancellation"' in asked


def test_a_return_that_comes_by_a_button_of_the_marketplace_is_explained_and_still_sent(
    buyer: Client,
) -> None:
    register(private=True)

    check = fill_in(buyer, **DAY)
    sent = buyer.post("/notices/new/check/?kind=return&order=O-1", sends(check), follow=True)

    page = sent.content.decode()
    assert Formal.objects.get().notice == "return"
    for shown in (check, page):
        assert named(shown) == []
    assert "事業者が商品などを売ったときだけのもの" in page
    assert (
        "事業者だと思われるときは、このまま通知できます"
        in buyer.get("/notices/new/received/?kind=return&order=O-1", follow=True).content.decode()
    )


def test_who_bought_from_a_business_reads_all_that_may_bear_a_notice(buyer: Client) -> None:
    register(private=False)
    first = fill_in(buyer, **DAY)
    beside = buyer.get("/notices/new/received/?kind=cancellation&order=O-1", follow=True).content.decode()

    assert "8日目は" in first
    assert "第15条の4" in beside
    assert "消費者契約法（平成12年法律第61号）第4条" in beside
    assert "第96条：だまされて申し込んだとき。いつまでできるかは、確かめていません。" in beside


@pytest.mark.parametrize(("private", "counts"), [(False, True), (True, False)])
def test_eight_days_are_counted_for_a_business_only(private: bool, counts: bool) -> None:
    register(private=private)
    formal = contact.send_formal(
        actor("buyer:B-1", Role.BUYER, now()), notice="return", order_ref="O-1", received_on=RECEIVED
    )

    assert (reckoned_of(Formal.objects.get(pk=formal)) is not None) is counts


def test_the_private_seller_reads_nothing_of_what_binds_businesses(enter: Enter) -> None:
    register(private=True)
    formal = contact.send_formal(
        actor("buyer:B-1", Role.BUYER, now()), notice="return", order_ref="O-1", received_on=RECEIVED
    )

    page = (
        enter(Role.SELLER, "seller:S-1")
        .get(f"/seller/notices/{formally.number_of(formal)}/")
        .content.decode()
    )

    assert named(page) == []
    assert "第97条" in page  # that it takes effect on arrival holds for everybody


def test_words_that_read_like_a_return_go_to_a_private_seller_whole_and_offer_none(buyer: Client) -> None:
    register(private=True)
    number = number_of(open_trouble(now()))

    sent = buyer.post(
        f"/threads/{number}/write/", {"said": DECLARED, "token": new_token()}, follow=True
    ).content.decode()

    assert "/notices/new/reason/?kind=return" not in sent
    assert DECLARED in sent


def test_who_sold_as_a_business_that_day_is_one_for_this_order_whatever_it_is_today() -> None:
    order = mirror.order("O-1")
    assert order
    day_before = order.ordered_at - timedelta(days=1)
    market.put_seller(
        machine(now()), SellerLine(ref="S-1", name="店", private=False, private_since=day_before)
    )
    market.put_seller(
        machine(now()),
        SellerLine(ref="S-1", name="店", private=True, private_since=order.ordered_at + timedelta(hours=1)),
    )

    assert formally.sold("S-1", order).private is False
    assert formally.sold("S-1").private is True


def test_what_the_marketplace_says_was_sold_decides_what_is_offered_and_unsaid_stays_open() -> None:
    known = mirror.order("O-1")
    assert known
    item = ItemFact(listing="L-1", name="工事", price=1)
    order = replace(known, items=(item,))
    market.put_listing(machine(), ListingLine(ref="L-1", seller="S-1", name="工事", price=1))
    before = formally.sold("S-1", order)

    market.put_listing(
        machine(),
        ListingLine(ref=item.listing, seller="S-1", name="工事", price=1, nature=Nature.SERVICE),
    )

    assert before.kinds == {""}
    assert not before.is_told
    assert formally.sold("S-1", order).kinds == {"service"}
