"""What a seller may do is asked by software: before it lists, before it is paid; each sees what is its own to see."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mamori.doors.gateway.tests.conftest import Make, Software
from mamori.grammar.clearance import Doing, Hinders
from mamori.grammar.text import Text
from mamori.ground.market import actions as told
from mamori.ground.people.facts import Scope

NOW = datetime.now(UTC).replace(microsecond=0)


def stop(what: Doing, *, ref: str = "S-1", category: str = "", listing: str = "", **more: datetime) -> None:
    """Let a matter hinder the seller."""
    said = Hinders(
        what,
        "suspended",
        Text("止まっています。", "It is stopped."),
        seller=ref,
        todo=Text("お待ちください。", "Please wait."),
        category=category,
        listing=listing,
        since=NOW - timedelta(days=1),
        until=more.get("until"),
    )
    about = f"enforcement.measure:{what.value}{category}{listing}"
    told.settle_clearance({about: [said]}, at=datetime.now(UTC))


def test_a_seller_that_nothing_hinders_may_list_and_nobody_told_where_it_is_paid(market: Software) -> None:
    answer = market.call("GET", "/sellers/S-1/clearance")

    assert json.loads(answer.content) == {
        "seller_ref": "S-1",
        "may_sell": True,
        "may_list": True,
        "closed_categories": [],
        "payout": "not_told",
        "category": None,
        "listing": None,
        "hindrances": [],
    }


def test_what_hinders_says_why_until_when_and_what_to_do_in_the_language_that_is_asked_for(
    market: Software,
) -> None:
    until = NOW + timedelta(days=9)
    stop(Doing.LISTING, until=until)

    ja, en = (
        json.loads(market.call("GET", "/sellers/S-1/clearance", **{"Accept-Language": lang}).content)
        for lang in ("ja", "en")
    )

    (one,) = en["hindrances"]
    assert (en["may_sell"], en["may_list"]) == (True, False)
    assert (one["what"], one["code"], one["room"]) == ("listing", "suspended", "enforcement")
    assert (one["text"], one["todo"]) == ("It is stopped.", "Please wait.")
    assert ja["hindrances"][0]["text"] == "止まっています。"
    assert datetime.fromisoformat(one["until"]) == until


def test_a_category_or_a_listing_is_answered_plainly_also_one_that_nobody_declared(market: Software) -> None:
    stop(Doing.CATEGORY, category="食品")
    stop(Doing.OFFER, listing="L-1")

    closed, other, hidden = (
        json.loads(market.call("GET", f"/sellers/S-1/clearance?{query}").content)
        for query in ("category=%E9%A3%9F%E5%93%81", "category=never-told", "listing=L-1")
    )

    assert closed["closed_categories"] == ["食品"]
    assert (closed["category"]["name"], closed["category"]["may"]) == ("食品", False)
    assert other["category"]["may"]
    assert "確かめていません" in other["category"]["text"]
    assert (hidden["may_list"], hidden["listing"]["may"]) == (True, False)
    assert [one["listing"] for one in other["hindrances"]] == [""], (
        "of single listings only the one asked about"
    )


@pytest.mark.parametrize("query", ["category=", "listing=a%20b", "categories=x", "category=a&category=b"])
def test_what_cannot_be_asked_is_refused_with_a_sentence(market: Software, query: str) -> None:
    answer = market.call("GET", f"/sellers/S-1/clearance?{query}")

    assert answer.status_code == 422
    assert json.loads(answer.content)["detail"]


@pytest.mark.parametrize("ref", ["S-9", "%00", "%E5%BA%97", "thr_1"])
def test_a_seller_that_nobody_told_is_404_with_a_sentence(market: Software, ref: str) -> None:
    answer = market.call("GET", f"/sellers/{ref}/clearance")

    assert answer.status_code == 404
    assert json.loads(answer.content)["code"] == "seller-not-told"
    assert "伝えられていません" in json.loads(answer.content)["detail"]


def test_a_seller_reads_its_own_and_of_others_as_little_as_if_they_were_not_there(market: Software) -> None:
    market.call("PUT", "/sellers/S-2", {"name": "影"})
    stop(Doing.SELLING, ref="S-2")

    own, foreign, missing = (
        market.call("GET", f"/sellers/{ref}/clearance", party="seller:S-1") for ref in ("S-1", "S-2", "S-9")
    )

    assert own.status_code == 200
    assert foreign.status_code == missing.status_code == 404
    assert json.loads(foreign.content)["code"] == json.loads(missing.content)["code"]
    assert market.call("GET", "/sellers/S-1/clearance", party="buyer:B-1").status_code == 403
    assert market.call("GET", "/sellers/S-1/clearance", party="seller:S-1/hana").status_code == 404


def test_a_key_without_the_scope_is_refused(make: Make) -> None:
    shop = make(*(set(Scope) - {Scope.MARKET_READ, Scope.LINKS_SIGN}))

    assert shop.call("GET", "/sellers/S-1/clearance").status_code == 403


def test_an_answer_that_did_not_change_is_304_and_one_that_did_is_sent(market: Software) -> None:
    tag = market.call("GET", "/sellers/S-1/clearance").headers["ETag"]
    same = market.call("GET", "/sellers/S-1/clearance", **{"If-None-Match": tag})
    stop(Doing.LISTING)

    other = market.call("GET", "/sellers/S-1/clearance", **{"If-None-Match": tag})

    assert (same.status_code, same.content) == (304, b"")
    assert other.status_code == 200
    assert other.headers["ETag"] != tag


def test_a_measure_that_ended_by_its_time_changes_the_tag_too(market: Software) -> None:
    stop(Doing.LISTING, until=NOW + timedelta(days=9))
    tag = market.call("GET", "/sellers/S-1/clearance").headers["ETag"]
    stop(Doing.LISTING, until=NOW - timedelta(hours=1))

    answer = market.call("GET", "/sellers/S-1/clearance", **{"If-None-Match": tag})

    assert json.loads(answer.content)["may_list"]


def test_the_answer_is_one_read_of_the_rows_whatever_is_asked(market: Software) -> None:
    stop(Doing.LISTING)
    market.call("GET", "/sellers/S-1/clearance")  # so that the key is known

    for query in ("", "?category=x", "?listing=L-1", "?category=x&listing=L-1"):
        with CaptureQueriesContext(connection) as made:
            market.call("GET", f"/sellers/S-1/clearance{query}")
        key, *said = [one["sql"] for one in made.captured_queries]
        assert "people_key" in key
        assert len(said) == 1 + ("listing" in query), "\n".join(said)  # and whose that listing is
        assert "market_impediment" in said[0]


def test_a_listing_is_answered_for_by_whose_it_is(market: Software) -> None:
    market.call("PUT", "/sellers/S-2", {"name": "谷の店"})

    own = market.call("GET", "/sellers/S-1/clearance?listing=L-1").json()["listing"]
    others = market.call("GET", "/sellers/S-2/clearance?listing=L-1").json()["listing"]
    unknown = market.call("GET", "/sellers/S-2/clearance?listing=L-999").json()["listing"]

    assert (own["may"], others["may"], unknown["may"]) == (True, False, True)
    assert "伝えられていません" in unknown["text"]
