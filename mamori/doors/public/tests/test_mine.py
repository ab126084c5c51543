"""What a buyer finds on the first page: the conversations that go on, and what may still be sent back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mamori.grammar.actor import Actor, Role
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine, Item, ListingLine, OrderLine
from mamori.japan.calendar import JAPAN
from mamori.law.formal import NO_COOLING_OFF
from mamori.law.helprights import NOTICES
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.topics import Harm, Topic
from tests.shops import put_shop

type Enter = Callable[..., Client]

NOW = datetime.now(UTC)
TODAY = NOW.astimezone(JAPAN).date()


def machine() -> Actor:
    return Actor(by="machine:test", role=Role.MACHINE, at=NOW, via="api")


def act(who: str) -> Actor:
    return Actor(by=who, role=Role(who.partition(":")[0]), at=datetime.now(UTC), via="page")


def order(ref: str, *, buyer: str = "B-1", seller: str = "S-1", received: int | None = None) -> None:
    """Put an order, received so many days ago."""
    line: dict[str, Any] = {"received_on": None if received is None else TODAY - timedelta(days=received)}
    market.put_listing(machine(), ListingLine(ref=f"L-{ref}", seller=seller, name=f"品{ref}", price=8_000))
    goods = (Item(listing=f"L-{ref}", quantity=1, price=8_000),)
    market.put_order(
        machine(),
        OrderLine(ref=ref, buyer=buyer, seller=seller, amount=8_000, items=goods,
                  ordered_at=NOW - timedelta(days=12), **line),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def _market(db: None) -> None:
    for ref in ("B-1", "B-9"):
        market.put_buyer(machine(), BuyerLine(ref=ref, name="買い手"))
    put_shop(machine(), ref="S-1", name="みほん商店")
    put_shop(machine(), ref="S-2", name="個人の棚", private=True)


def trouble(ref: str = "O-1") -> int:
    return contact.open_trouble(
        act("buyer:B-1"),
        order_ref=ref,
        topic=Topic.BROKEN,
        harm=Harm.MONEY,
        said="動きません",
        centre_may_read=True,
    )


def known(trouble: int) -> facts.TroubleFact:
    found = facts.trouble(trouble)
    assert found is not None
    return found


def home(enter: Enter, role: Role = Role.BUYER, who: str = "buyer:B-1", lang: str = "ja") -> str:
    return enter(role, who).get("/", headers={"accept-language": lang}).content.decode()


def test_a_buyers_open_conversations_stand_there_with_whose_turn_and_by_when(enter: Enter) -> None:
    order("O-1")
    opened = trouble()
    found = known(opened)

    waits = home(enter)
    contact.answer(act("seller:S-1"), thread=found.thread, said="確かめます")
    answered = home(enter)
    contact.solve(act("buyer:B-1"), trouble=opened)

    assert f'<a href="/threads/{found.case}/"><strong>品O-1</strong></a>' in waits
    assert all(words in waits for words in ("みほん商店", "出品者の番", "までに回答がないときは"))
    assert "あなたの番" in answered
    assert "までお返事がないときは自動で終わります" in answered
    assert "{" not in waits.partition('id="mine"')[2].partition("</section>")[0]
    assert "続いているやり取り" not in home(enter)


def test_in_english_the_same_is_said(enter: Enter) -> None:
    order("O-1", received=0)
    trouble()

    page = home(enter, lang="en")

    assert all(words in page for words in ("Your open conversations", "The seller's turn", "the 8th day is"))


def test_an_order_of_a_business_tells_its_eighth_day_until_that_has_passed(enter: Enter) -> None:
    for ref, received in (("O-0", 0), ("O-7", 7), ("O-8", 8), ("O-N", None)):
        order(ref, received=received)
    last = TODAY + timedelta(days=7)

    page = home(enter)

    assert NO_COOLING_OFF.ja in page
    assert NO_COOLING_OFF in NOTICES.parts[0].says  # in the words of the help
    assert f"8日目は{last.year}年{last.month}月{last.day}日" in page
    assert "その特約によります" in page
    begun = [ref for ref in ("O-0", "O-7", "O-8", "O-N") if f"?kind=return&amp;order={ref}" in page]
    assert begun == ["O-0", "O-7"]
    assert enter(Role.BUYER, "buyer:B-1").get("/notices/new/?kind=return&order=O-7").status_code == 302


def test_a_private_seller_and_a_return_that_was_declared_leave_one_quiet_link(enter: Enter) -> None:
    order("O-1", seller="S-2", received=1)
    order("O-2", received=1)
    contact.send_formal(
        act("buyer:B-1"), notice="return", order_ref="O-2", received_on=TODAY - timedelta(days=1)
    )

    page = home(enter)

    assert "8日目は" not in page
    assert NO_COOLING_OFF.ja not in page
    assert page.count('href="/guide/formal-notices/"') == 1


def test_nobody_else_sees_any_of_it(enter: Enter) -> None:
    order("O-1", received=1)
    number = known(trouble()).case
    guests = ((Role.BUYER, "buyer:B-9"), (Role.ANONYMOUS, ""), (Role.SELLER, "seller:S-1"), (Role.AGENT, ""))

    pages = [home(enter, *guest) for guest in guests]

    assert not [
        word for page in pages for word in (number, "品O-1", "8日目は", "続いているやり取り") if word in page
    ]
    assert ["/guide/formal-notices/" in page for page in pages] == [True, False, False, False]


def test_ten_conversations_cost_no_more_looks_than_one_and_only_a_few_lines_are_drawn(enter: Enter) -> None:
    def looks() -> tuple[int, str]:
        with CaptureQueriesContext(connection) as made:
            page = home_of.get("/").content.decode()
        return len(made), page

    home_of = enter(Role.BUYER, "buyer:B-1")
    looks()
    nothing = looks()[0]
    for ref in map(str, range(10)):
        order(f"O-{ref}")
    trouble("O-0")
    one = looks()[0]
    for ref in map(str, range(1, 10)):
        trouble(f"O-{ref}")
    many, page = looks()

    assert many == one
    assert one - nothing <= 8
    assert page.count("出品者の番") == 3


def test_of_many_that_may_go_back_those_whose_day_is_nearest_are_told(enter: Enter) -> None:
    for received in range(7):
        order(f"O-{received}", received=received)
    order("O-P", seller="S-2", received=7)

    page = home(enter)

    places = [page.find(f"?kind=return&amp;order=O-{received}") for received in (6, 5, 4, 3, 2)]
    assert min(places) > 0
    assert places == sorted(places)
    assert page.count("?kind=return&amp;order=") == 5
