"""Lists of threads and payouts: ended ones too, page by page, and to each party its own only."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mamori.doors.gateway.tests.conftest import Software, machine
from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger import actions as ledger_actions
from mamori.ground.people import actions as people

pytestmark = pytest.mark.django_db


def listed(shop: Software, path: str, party: str = "") -> list[dict[str, Any]]:
    answer = shop.call("GET", path, party=party)
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def ask(shop: Software, count: int) -> list[str]:
    told = {"listing": "L-1", "topic": "goods", "said": "大きさは？"}
    return [shop.call("POST", "/threads", told, party="buyer:B-2").json()["id"] for _ in range(count)]


def test_the_threads_of_an_order_are_found_also_when_they_have_ended(market: Software, thread: str) -> None:
    ended = market.call("POST", f"/threads/{thread}/end", {"how": "withdrawn"}, party="buyer:B-1")
    anew = market.call(
        "POST", "/threads", {"order": "O-1", "topic": "broken", "said": "やはり"}, party="buyer:B-1"
    ).json()

    of_order = listed(market, "/threads?order=O-1")

    assert ended.status_code == 200
    assert [one["id"] for one in of_order] == [anew["id"], thread]
    assert [one["id"] for one in listed(market, "/threads?order=O-1&state=ended")] == [thread]
    assert [one["id"] for one in listed(market, "/threads?order=O-1&state=open")] == [anew["id"]]
    assert of_order[0]["case"] == anew["case"]
    assert of_order[0]["trouble"]["id"] == anew["trouble"]["id"]


def test_a_list_holds_nobodys_words(market: Software, thread: str) -> None:
    assert "割れて" not in market.call("GET", "/threads").content.decode()


def test_a_party_sees_its_own_threads_only_whatever_it_asks_for(market: Software, thread: str) -> None:
    (question,) = ask(market, 1)
    owner = Actor(by="seller:S-1", role=Role.SELLER, at=machine().at, via="test")
    people.add_delegate(owner, name="hana", person="鈴木花子", mail="h@example.jp")

    assert [one["id"] for one in listed(market, "/threads", "buyer:B-1")] == [thread]
    assert [one["id"] for one in listed(market, "/threads", "buyer:B-2")] == [question]
    assert listed(market, "/threads?buyer=B-1", "buyer:B-2") == []
    assert {one["id"] for one in listed(market, "/threads", "seller:S-1")} == {thread, question}
    assert {one["id"] for one in listed(market, "/threads", "seller:S-1/hana")} == {thread, question}
    assert listed(market, "/threads?seller=S-1", "seller:S-2") == []


def test_pages_of_threads_miss_none_and_show_none_twice_at_one_cost(market: Software) -> None:
    asked = ask(market, 7)
    seen: list[str] = []
    costs = set()
    path = "/threads?limit=3&listing=L-1"
    while path:
        with CaptureQueriesContext(connection) as made:
            page = market.call("GET", path).json()
        costs.add(len(made))
        seen += [one["id"] for one in page["items"]]
        path = f"/threads?limit=3&listing=L-1&cursor={page['next']}" if page["next"] else ""

    assert seen == asked[::-1]
    assert len(costs) == 1


def test_every_answer_to_a_key_says_how_often_it_may_still_call(market: Software) -> None:
    first, refused = market.call("GET", "/threads"), market.call("GET", "/threads/thr_999")

    (left, wait), (less, later) = (
        re.fullmatch(r'"key";r=(\d+);t=(\d+)', answer["RateLimit"]).groups()  # type: ignore[union-attr]
        for answer in (first, refused)
    )
    assert refused.status_code == 404
    assert first["RateLimit-Policy"] == '"key";q=1200;w=60'
    assert int(less) == int(left) - 1 or int(later) > int(wait)  # or a new minute has begun between the two


@pytest.mark.parametrize(
    ("path", "refs"),
    [
        ("/sellers", ["S-1"]),
        ("/sellers?state=active", ["S-1"]),
        ("/sellers?state=closed", []),
        ("/buyers", ["B-1", "B-2"]),
        ("/listings?seller=S-1", ["L-1"]),
        ("/listings?seller=S-9", []),
        ("/listings?state=gone", []),
        ("/orders?buyer=B-1", ["O-1"]),
        ("/orders?buyer=B-2", []),
        ("/orders?seller=S-1", ["O-1"]),
    ],
)
def test_what_the_marketplace_told_is_listed_as_it_is_read(
    market: Software, path: str, refs: list[str]
) -> None:
    rows = listed(market, path)

    assert [row["ref"] for row in rows] == refs
    for row in rows:
        whole = market.call("GET", f"{path.partition('?')[0]}/{row['ref']}").json()
        assert row["record"] == {
            name: value for name, value in whole.items() if name not in ("mail", "phone", "address")
        }


def test_a_list_of_sellers_tells_nobodys_contacts_and_costs_the_same_however_long(market: Software) -> None:
    costs = []
    for count in (1, 6):
        for number in range(count):
            market.call("PUT", f"/sellers/T-{number}", {"name": "店"})
            market.call("PUT", f"/sellers/T-{number}/contacts", {"mail": "hidden@example.jp"})
        with CaptureQueriesContext(connection) as made:
            page = market.call("GET", "/sellers?limit=100")
        costs.append(len(made))

    assert "hidden@example.jp" not in page.content.decode()
    assert costs[0] == costs[1]


def test_records_come_page_by_page_and_one_that_was_erased_says_no_more(market: Software) -> None:
    ledger_actions.shred(
        Actor(by="counsel:1", role=Role.COUNSEL, at=machine().at, via="test"),
        subject="buyer:B-2",
        reason="請求",
    )

    first = market.call("GET", "/buyers?limit=1").json()
    rest = market.call("GET", f"/buyers?limit=1&cursor={first['next']}").json()

    assert [one["ref"] for page in (first, rest) for one in page["items"]] == ["B-1", "B-2"]
    assert rest["items"][0]["record"] is None
    assert rest["next"] is None
    assert market.call("GET", "/buyers?cursor=bm90aGluZw").json()["code"] == "cursor-not-good"
