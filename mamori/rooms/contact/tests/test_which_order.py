"""Which order a report is about: asked so that it can be answered, and nothing that runs stands in a report's way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine, OrderLine
from mamori.rooms.contact import actions
from mamori.rooms.contact.models import Thread, Trouble
from mamori.rooms.contact.tests.conftest import actor, open_trouble
from mamori.rooms.contact.tests.test_buyer_pages import fill_in, sends
from mamori.rooms.contact.topics import Topic

pytestmark = pytest.mark.usefixtures("market_of_today")


@pytest.fixture
def buyer(enter: Enter) -> Client:
    return enter(Role.BUYER, "buyer:B-1")


def now() -> datetime:
    return datetime.now(UTC)


def test_a_question_about_the_goods_stands_in_no_report_s_way(buyer: Client) -> None:
    asked = actor("buyer:B-1", Role.BUYER, now())
    actions.ask_question(asked, listing_ref="L-1", topic=Topic.GOODS, said="使えますか")

    check = fill_in(buyer)
    sent = buyer.post("/report/check/", sends(check))

    assert sent.status_code == 302
    assert Thread.objects.filter(closed_at__isnull=True).count() == 2
    assert Trouble.objects.get().state == "open"


def test_a_report_of_who_had_the_order_before_stands_in_nobody_s_way(enter: Enter) -> None:
    open_trouble(now())
    shop = actor("machine:test", Role.MACHINE, now())
    market.put_buyer(shop, BuyerLine(ref="B-2", name="二人目"))
    line = OrderLine(ref="O-1", buyer="B-2", seller="S-1", amount=8_000, ordered_at=now() - timedelta(days=2))
    market.put_order(shop, line)

    sent = enter(Role.BUYER, "buyer:B-2")
    check = fill_in(sent)
    reported = sent.post("/report/check/", sends(check))

    assert reported.status_code == 302
    assert set(Thread.objects.values_list("order_ref", "buyer_ref")) == {("O-1", "B-1"), ("O-1", "B-2")}


def test_of_two_ways_to_name_the_order_one_is_asked_for_and_neither_is_called_optional(buyer: Client) -> None:
    page = buyer.get("/report/order/").content.decode()
    nothing = buyer.post("/report/order/", {}).content.decode()

    assert page.count("どちらか1つ") == 2
    assert "任意" not in page
    assert 'href="#id_order">注文を1つ選ぶか、その下に注文番号をご記入ください。' in nothing
    assert buyer.post("/report/order/", {"other": "O-1"}).status_code == 302


def test_who_has_no_orders_listed_is_asked_for_a_number(enter: Enter) -> None:
    eve = enter(Role.BUYER, "buyer:EVE")

    page = eve.get("/report/order/").content.decode()
    nothing = eve.post("/report/order/", {}).content.decode()

    assert "必須" in page
    assert "どちらか" not in page
    assert "「注文番号」をご記入ください。" in nothing
