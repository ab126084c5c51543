"""Staff see on the page of a case what was bought, how, and whether the last screen is kept; what nobody told is no row."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.cases import facts as cases
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import actions as market
from mamori.ground.market.actions import Item, ListingLine, OrderLine, ScreenLine
from mamori.ground.market.facts import Nature
from mamori.ground.market.models import Listing
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.queries.history import MOST
from mamori.rooms.contact.tests.conftest import actor, buyer, machine, open_trouble
from mamori.rooms.contact.topics import Topic
from tests.reading import tidy

pytestmark = pytest.mark.usefixtures("market_of_today")
FULL: dict[str, Any] = {
    "url": "https://shop.example.jp/items/1?from=a&to=b",
    "brand": "みほん堂",
    "model": "KM-2",
    "gtin": "4901234567894",
    "nature": Nature.GOODS,
    "pictures": ("https://img.example.jp/1.jpg", "https://img.example.jp/2.jpg"),
}


def now() -> datetime:
    return datetime.now(UTC)


def listed(**told: Any) -> None:
    market.put_listing(
        machine(now()), ListingLine(ref="L-1", seller="S-1", name="木のスプーン", price=8_000, **told)
    )


def ordered(**told: Any) -> None:
    told = {"items": (Item(listing="L-1", quantity=2, price=4_000),)} | told
    order = OrderLine(
        ref="O-1", buyer="B-1", seller="S-1", amount=8_000, ordered_at=now() - timedelta(days=26), **told
    )
    market.put_order(machine(now()), order)


def page(enter: Enter, about: str, role: Role = Role.AGENT) -> str:
    return enter(role).get(f"/desk/cases/{cases.case_of(about).number}/").content.decode()


def case(enter: Enter) -> str:
    return page(enter, f"contact.trouble:{open_trouble(now())}")


def test_what_was_bought_and_how_stands_on_the_page_of_the_case(enter: Enter) -> None:
    listed(**FULL)
    received = now().date() - timedelta(days=20)
    ordered(received_on=received, as_business=True)
    market.put_screen(machine(now()), ScreenLine(ref="O-1", text="<p>注文を確定する</p>"))

    shown = case(enter)

    for told in (
        "× 2",
        "みほん堂",
        "KM-2",
        "4901234567894",
        f"{received.year}年{received.month}月{received.day}日",
        "事業として買った",
        "控えあり",
    ):
        assert told in shown, told
    assert "注文を確定する" not in shown
    [row] = re.findall(r"<dd>([^<]*<bdi>木のスプーン.*?)</dd>", shown, re.DOTALL)
    assert "\n" not in re.sub(r"<[^>]*>", "", row).strip("\n"), (
        "a break in the page's source is a blank line on it"
    )
    assert (
        'href="https://shop.example.jp/items/1?from=a&amp;to=b" rel="noopener noreferrer nofollow"'
        in tidy(shown)
    )


def test_pictures_are_links_and_no_page_of_ours_loads_them(enter: Enter) -> None:
    listed(**FULL)
    ordered()

    shown = tidy(case(enter))

    assert len(re.findall(r'href="https://img\.example\.jp/\d\.jpg" rel="noopener', shown)) == 2
    assert not re.findall(r'src="https?:', shown)


def test_what_nobody_told_is_said_only_where_a_decision_hangs_on_it(enter: Enter) -> None:
    listed()
    ordered()

    shown = case(enter)

    assert "事業としての購入</dt><dd>通販サイトから聞いていない" in shown
    assert "種類は通販サイトから聞いていない" in shown
    for absent in ("受け取った日", "ブランド", "型番", "GTIN", "商品ページ", "最終確認画面"):
        assert absent not in shown, absent


def test_an_address_that_runs_something_is_never_a_link(enter: Enter) -> None:
    listed()
    Listing.objects.filter(pk="L-1").update(url="javascript:alert(1)", pictures=["data:text/html,x"])
    ordered()

    shown = case(enter)

    assert "javascript:alert" not in shown
    assert "data:text/html" not in shown
    assert "木のスプーン" in shown


def test_a_question_says_which_listing_it_is_about(enter: Enter) -> None:
    listed(**FULL)
    thread = contact.ask_question(buyer(now()), listing_ref="L-1", topic=Topic.GOODS, said="動きますか")

    shown = page(enter, f"contact.thread:{thread}")

    assert "木のスプーン" in shown
    assert "みほん堂" in shown
    assert "事業としての購入" not in shown


def test_a_formal_notice_says_it_as_well(enter: Enter) -> None:
    listed(**FULL | {"nature": Nature.RIGHT})
    ordered(as_business=False)
    notice = contact.send_formal(
        buyer(now()), notice="return", order_ref="O-1", received_on=now().date() - timedelta(days=3)
    )

    shown = page(enter, f"contact.formal:{notice}", Role.LEAD)

    assert "消費者として買った" in shown
    assert "権利" in shown


def test_a_screen_that_nobody_can_open_any_more_is_not_called_kept(enter: Enter) -> None:
    ordered(items=())
    market.put_screen(machine(now()), ScreenLine(ref="O-1", text="x"))
    trouble = f"contact.trouble:{open_trouble(now())}"
    assert "控えあり" in page(enter, trouble)

    with transaction.atomic():
        ledger.shred(actor("counsel:1", Role.COUNSEL, now()), subject="buyer:B-1", reason="asked")

    assert "控えあり" not in page(enter, trouble)


def test_an_order_of_many_lines_is_read_in_no_more_looks_than_one_of_a_single(enter: Enter) -> None:
    names = ["L-1", *(f"M-{number}" for number in range(MOST + 2))]
    for ref in names:
        market.put_listing(machine(now()), ListingLine(ref=ref, seller="S-1", name="品", price=100))
    ordered()
    number = cases.case_of(f"contact.trouble:{open_trouble(now())}").number
    desk = enter(Role.AGENT)
    desk.get(f"/desk/cases/{number}/")  # what is asked once in a while is known by then

    with CaptureQueriesContext(connection) as one:
        desk.get(f"/desk/cases/{number}/")
    ordered(items=tuple(Item(listing=ref, price=100) for ref in names))
    with CaptureQueriesContext(connection) as many:
        shown = desk.get(f"/desk/cases/{number}/").content.decode()

    assert len(many) <= len(one)
    assert "ほか3点" in shown
