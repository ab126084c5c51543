"""Lists of threads and payouts: ended ones too, page by page, and to each party its own only."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mamori.doors.gateway.tests.conftest import Software, machine
from mamori.grammar.hand import Hand, Role
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
    owner = Hand(by="seller:S-1", role=Role.SELLER, at=machine().at, via="test")
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
