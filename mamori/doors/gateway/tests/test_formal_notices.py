"""Formal notices over the API: they arrive word for word when the request came in, and both sides read what followed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from mamori.doors.gateway.tests.conftest import Software, bare
from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger import facts as ledger
from mamori.japan.calendar import JAPAN
from mamori.japan.lures.formal import FormalKind
from mamori.law.formal import FORMAL_NOTICES
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.models import Formal

BUYER, SELLER = "buyer:B-1", "seller:S-1"
RETURN = {
    "notice": "return",
    "order": "O-1",
    "reason": "合いませんでした。口座は 0123-4567、電話は 090-1234-5678 です。",
}


def today(days: int = 0) -> str:
    return (datetime.now(JAPAN) + timedelta(days=days)).date().isoformat()


def send(shop: Software, who: str = BUYER, **change: object) -> HttpResponse:
    return shop.call("POST", "/formal-notices", {**RETURN, **change}, party=who)


def read(shop: Software, formal: str, who: str = "") -> Any:
    answer = shop.call("GET", f"/formal-notices/{formal}", party=who)
    assert answer.status_code == 200
    return answer.json()


def test_a_notice_arrives_word_for_word_with_its_receipt(market: Software) -> None:
    sent = send(market, received_on=today(-2))

    told = sent.json()
    assert sent.status_code == 201
    assert sent["Location"] == f"/api/v1/formal-notices/{told['id']}"
    assert (told["state"], told["words"], len(told["case"])) == ("arrived", None, 8)
    assert "8日目" in told["counted"]["ja"]
    assert told["due_at"] > told["arrived_at"]
    for who in (BUYER, SELLER):
        assert RETURN["reason"] in read(market, told["id"], who)["words"]
    receipt = market.call("GET", f"/receipts/{told['receipt']}", party=BUYER)
    assert receipt.status_code in (200, 202)


def test_no_notice_is_held_or_warned_of_whatever_stands_in_it(market: Software) -> None:
    answer = send(market, reason="LINEのID：abc_123、振込先は三井住友銀行 普通 1234567")

    assert answer.status_code == 201
    assert "1234567" in read(market, answer.json()["id"], SELLER)["words"]


def test_the_key_alone_reads_moments_and_never_words(market: Software) -> None:
    told = read(market, send(market).json()["id"])

    assert (told["words"], told["reply"], told["seller_ref"]) == (None, None, "S-1")


def test_a_second_notice_about_the_same_order_arrives_as_well_and_both_are_listed(market: Software) -> None:
    first, second = send(market).json(), send(market, notice="rescission").json()

    for who in ("", BUYER, SELLER):
        listed = market.call("GET", "/formal-notices?order=O-1", party=who).json()["items"]
        assert [one["id"] for one in listed] == [second["id"], first["id"]]
        assert {one["words"] for one in listed} == {None}
    assert market.call("GET", "/formal-notices?order=O-1", party="buyer:B-2").json() == {"items": []}


def test_what_the_seller_answered_is_read_by_both(market: Software) -> None:
    formal = send(market).json()["id"]
    seller = Actor(by=SELLER, role=Role.SELLER, at=datetime.now(UTC), via="test")
    contact.go_along(seller, formal=bare(formal), said="着払いでお送りください")

    told = read(market, formal, BUYER)

    assert (told["state"], told["reply"], told["due_at"]) == ("acknowledged", "着払いでお送りください", None)
    assert told["replied_at"]


def test_the_text_is_in_english_too_where_that_is_asked_for(market: Software) -> None:
    japanese, both = send(market).json()["id"], send(market, lang="en").json()["id"]

    assert "return the goods" not in read(market, japanese, BUYER)["words"]
    assert "return the goods" in read(market, both, BUYER)["words"]


def test_a_minors_notice_says_who_sends_it_and_no_other_does(market: Software) -> None:
    without = send(market, notice="minor")
    needless = send(market, sender="parent")
    whole = send(market, notice="minor", sender="parent")

    assert {without.json()["code"], needless.json()["code"]} == {"sender-of-a-minor"}
    assert whole.status_code == 201
    assert "法定代理人" in read(market, whole.json()["id"], SELLER)["words"]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"order": "O-9"}, 404, "no-such-order"),
        ({"received_on": today(2)}, 422, "date-ahead"),
        ({"received_on": "1999-01-01"}, 422, "received-before-order"),
        ({"received_on": "0001-01-01"}, 422, "fields-wrong"),
        ({"received_on": "2026-02-30"}, 422, "fields-wrong"),
        ({"notice": "complaint"}, 422, "fields-wrong"),
        ({"reason": "あ" * 10_001}, 422, "fields-wrong"),
        ({"lang": "fr"}, 422, "fields-wrong"),
    ],
)
def test_what_is_wrong_with_a_notice_is_said(
    market: Software, change: dict[str, object], status: int, code: str
) -> None:
    answer = send(market, **change)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Formal.objects.exists()


def test_another_buyers_order_is_as_if_there_were_none_and_so_is_another_ones_notice(
    market: Software,
) -> None:
    assert send(market, "buyer:B-2").json()["code"] == "no-such-order"
    formal = send(market).json()["id"]

    theirs = market.call("GET", f"/formal-notices/{formal}", party="buyer:B-2")
    none = market.call("GET", "/formal-notices/fml_999999", party="buyer:B-2")

    assert theirs.status_code == none.status_code == 404
    assert {**theirs.json(), "instance": ""} == {**none.json(), "instance": ""}


def test_a_seller_declares_nothing_of_a_buyers(market: Software) -> None:
    assert send(market, SELLER).status_code == 403


def test_the_same_request_twice_is_one_notice(market: Software) -> None:
    first = market.call("POST", "/formal-notices", RETURN, party=BUYER, key="k-1")
    again = market.call("POST", "/formal-notices", RETURN, party=BUYER, key="k-1")

    assert first.content == again.content
    assert Formal.objects.count() == 1


def test_every_notice_that_is_declared_can_be_sent(market: Software) -> None:
    assert {notice.code for notice in FORMAL_NOTICES} == set(FormalKind)


def answer(shop: Software, formal: str, who: str = SELLER, key: str = "", **told: object) -> HttpResponse:
    return shop.call("POST", f"/formal-notices/{formal}/answer", told, party=who, key=key)


def test_a_seller_disputes_and_may_go_along_later_and_both_answers_stay(market: Software) -> None:
    formal = send(market).json()["id"]

    disputed = answer(market, formal, answer="dispute", said="特約を商品の画面に示していました")
    went = answer(market, formal, answer="go_along")
    back = answer(market, formal, answer="dispute", said="やめます")

    assert (disputed.status_code, disputed.json()["state"], disputed.json()["due_at"]) == (
        200,
        "disputed",
        None,
    )
    assert (disputed.json()["reply"], disputed.json()["replies"]) == (None, [])  # no kept reply holds words
    assert (went.json()["state"], back.status_code) == ("acknowledged", 409)
    told = read(market, formal, BUYER)
    assert [(one["answer"], one["words"]) for one in told["replies"]] == [
        ("dispute", "特約を商品の画面に示していました"),
        ("go_along", None),
    ]
    assert told["reply"] is None
    assert read(market, formal)["replies"] == []


def test_the_same_answer_twice_is_one(market: Software) -> None:
    formal = send(market).json()["id"]

    first, again = (answer(market, formal, key="k-1", answer="go_along") for _ in range(2))
    other = answer(market, formal, key="k-1", answer="dispute", said="特約")

    assert first.content == again.content
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-taken")
    kinds = [act.kind for act in ledger.acts_about(f"contact.formal:{bare(formal)}")]
    assert kinds == ["contact.send_formal", "contact.go_along_formal"]


def test_the_seller_is_warned_of_what_stands_in_its_answer_and_sends_it_whole_all_the_same(
    market: Software,
) -> None:
    formal = send(market).json()["id"]
    told = {"answer": "go_along", "said": "返金はLINEのID：abc_123 で手続きします"}

    warned = answer(market, formal, **told)
    before = read(market, formal, BUYER)
    sent = answer(market, formal, **told, acknowledge_warnings=True)

    assert (warned.status_code, warned.json()["code"]) == (409, "look-before-sending")
    assert (before["state"], before["reply"]) == ("arrived", None)
    assert sent.status_code == 200
    assert read(market, formal, BUYER)["reply"] == told["said"]


@pytest.mark.parametrize(
    ("told", "status", "code"),
    [
        ({"answer": "dispute"}, 422, "no-words"),
        ({"answer": "dispute", "said": " "}, 422, "no-words"),
        ({"answer": "perhaps"}, 422, "fields-wrong"),
        ({}, 422, "fields-wrong"),
        ({"answer": "go_along", "said": "あ" * 10_001}, 422, "fields-wrong"),
    ],
)
def test_what_is_wrong_with_an_answer_is_said(
    market: Software, told: dict[str, object], status: int, code: str
) -> None:
    formal = send(market).json()["id"]

    refused = answer(market, formal, **told)

    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert read(market, formal)["state"] == "arrived"


def test_only_its_own_seller_answers_and_only_while_it_is_open(market: Software) -> None:
    formal = send(market).json()["id"]

    buyers, none = (
        answer(market, formal, BUYER, answer="go_along"),
        answer(market, "fml_999999", answer="go_along"),
    )
    market.call("PUT", "/sellers/S-2", {"name": "川の店"})
    theirs = answer(market, formal, "seller:S-2", answer="go_along")
    contact.settle_formal(
        Actor(by=BUYER, role=Role.BUYER, at=datetime.now(UTC), via="test"), formal=bare(formal)
    )
    late = answer(market, formal, answer="go_along")

    assert buyers.status_code == 403
    assert none.status_code == theirs.status_code == 404
    assert {**theirs.json(), "instance": ""} == {**none.json(), "instance": ""}
    assert (late.status_code, late.json()["code"]) == (409, "step-not-open")


def test_a_list_of_notices_costs_the_same_however_long(market: Software) -> None:
    costs = []
    for notice in ("return", "rescission"):
        send(market, notice=notice, received_on=today(-2))
        with CaptureQueriesContext(connection) as made:
            market.call("GET", "/formal-notices?order=O-1", party=BUYER)
        costs.append(len(made))

    assert costs[0] == costs[1]
