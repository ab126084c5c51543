"""Threads over the API: states and clocks for the marketplace, words for the parties alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mamori.doors.gateway.tests.conftest import TROUBLE, Make, Software, bare, machine
from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger import facts as ledger
from mamori.ground.people import actions as people
from mamori.ground.people.facts import Scope
from mamori.ground.vault.actions import Upload, ready_files
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.models import Thread


def queries(shop: Software, path: str) -> int:
    """Count what a buyer's look asks of the database."""
    with CaptureQueriesContext(connection) as seen:
        assert shop.call("GET", path, party="buyer:B-1").status_code == 200
    return len(seen)


SECRETS = ("割れて", "山田花子", "買手一郎", "s@example.jp", "b@example.jp", "090-1111-2222")


def test_a_buyer_reports_a_trouble_and_finds_it_where_the_answer_says(market: Software) -> None:
    answer = market.call("POST", "/threads", TROUBLE, party="buyer:B-1")

    assert answer.status_code == 201
    assert answer["Location"] == f"/api/v1/threads/{answer.json()['id']}"
    shown = market.call("GET", answer["Location"].removeprefix("/api/v1")).json()
    assert shown["trouble"]["state"] == "open"
    assert {clock["kind"] for clock in shown["clocks"]} == {"contact.answer", "contact.resolution"}
    assert len(shown["case"]) == 8


def test_a_question_before_purchase_has_a_clock_of_its_own(market: Software) -> None:
    asked = {"listing": "L-1", "topic": "goods", "said": "大きさは？"}

    answer = market.call("POST", "/threads", asked, party="buyer:B-2")

    assert answer.status_code == 201
    assert answer.json()["trouble"] is None
    assert [clock["kind"] for clock in answer.json()["clocks"]] == ["contact.question_answer"]


def test_the_key_alone_reads_states_and_never_words(market: Software, thread: str) -> None:
    shown = market.call("GET", f"/threads/{thread}")

    assert shown.json()["messages"] is None
    assert not any(word in shown.content.decode() for word in SECRETS)


@pytest.mark.parametrize("who", ["buyer:B-1", "seller:S-1"])
def test_a_party_reads_the_words(market: Software, thread: str, who: str) -> None:
    shown = market.call("GET", f"/threads/{thread}", party=who).json()

    assert [message["said"] for message in shown["messages"]] == ["割れて届きました"]


def test_a_party_is_told_which_files_came_with_which_words(market: Software, thread: str) -> None:
    buyer = Actor(by="buyer:B-1", role=Role.BUYER, at=machine().at, via="test")
    files = [Upload(name="控え.txt", content="割れています".encode())]
    with ready_files(buyer, files, subject="buyer:B-1") as ready:
        contact.write(buyer, thread=bare(thread), said="控えです")
        contact.attach(buyer, thread=bare(thread), ready=ready)

    shown = market.call("GET", f"/threads/{thread}", party="seller:S-1").json()
    alone = market.call("GET", f"/threads/{thread}")

    assert [message["files"] for message in shown["messages"]] == [
        [],
        [{"number": 1, "name": "控え.txt", "kind": "text", "size": 18, "pages": 1}],
    ]
    assert "控え" not in alone.content.decode()


def test_a_delegate_reads_for_its_seller(market: Software, thread: str) -> None:
    seller = Actor(by="seller:S-1", role=Role.SELLER, at=machine().at, via="test")
    people.add_delegate(seller, name="hanako", person="鈴木花子", mail="h@example.jp")

    shown = market.call("GET", f"/threads/{thread}", party="seller:S-1/hanako")

    assert shown.status_code == 200
    assert shown.json()["messages"]


@pytest.mark.parametrize("who", ["buyer:B-2", "seller:S-9", "buyer:S-1"])
def test_a_stranger_with_a_guessed_number_hears_the_same_as_for_none(
    market: Software, thread: str, who: str
) -> None:
    theirs = market.call("GET", f"/threads/{thread}", party=who)
    none = market.call("GET", "/threads/thr_999999", party=who)

    assert theirs.status_code == none.status_code == 404
    assert {**theirs.json(), "instance": ""} == {**none.json(), "instance": ""}


@pytest.mark.parametrize(
    "number", ["0", "-1", "1.5", "abc", "9" * 19, "9" * 40, "%00", "１", "01", "1e3", " 1"]
)
def test_a_number_that_can_be_none_finds_nothing(market: Software, number: str) -> None:
    for path in (f"/threads/{number}", f"/receipts/{number}"):
        assert market.call("GET", path).status_code == 404
    assert market.call("POST", f"/threads/{number}/mediation", {}, party="buyer:B-1").status_code == 404


def test_the_seller_answers_and_the_answer_clock_stops(market: Software, thread: str) -> None:
    told = {"said": "代わりの品を送ります", "sort": "answer"}

    answer = market.call("POST", f"/threads/{thread}/messages", told, party="seller:S-1")

    assert answer.status_code == 201
    assert answer.json()["state"] == "answered"
    assert "contact.answer" not in {clock["kind"] for clock in answer.json()["clocks"]}
    assert answer.json()["messages"] is None  # what is kept for a repetition holds nobody's words


def test_the_buyer_writes_again_and_says_that_it_did_not_help(market: Software, thread: str) -> None:
    at = f"/threads/{thread}/messages"
    market.call("POST", at, {"said": "写真を送ります", "sort": "message"}, party="buyer:B-1")
    market.call("POST", at, {"said": "送り直しました", "sort": "answer"}, party="seller:S-1")

    answer = market.call("POST", at, {"said": "また割れていた", "sort": "unsolved"}, party="buyer:B-1")

    assert answer.json()["trouble"]["progress"] == "unsolved"


def test_nobody_writes_as_the_other_side(market: Software, thread: str) -> None:
    told = {"said": "解決しました", "sort": "answer"}

    answer = market.call("POST", f"/threads/{thread}/messages", told, party="buyer:B-1")

    assert (answer.status_code, answer.json()["code"]) == (422, "sort-not-yours")


def test_the_buyer_asks_for_mediation_once(market: Software, thread: str) -> None:
    at = f"/threads/{thread}/mediation"

    first = market.call("POST", at, {"centre_may_read": False}, party="buyer:B-1")
    second = market.call("POST", at, {}, party="buyer:B-1")

    assert (first.status_code, first.json()["trouble"]["mediation"]) == (201, "open")
    assert first.json()["centre_may_read"] is False
    assert (second.status_code, second.json()["code"]) == (409, "step-not-open")


def test_the_buyer_says_that_it_is_dangerous_and_is_answered_the_second_time(
    market: Software, thread: str
) -> None:
    at = f"/threads/{thread}/danger"

    first = market.call("POST", at, {"said": "煙が出て、やけどしました"}, party="buyer:B-1")
    second = market.call("POST", at, {"said": "まだ熱い"}, party="buyer:B-1")
    other = market.call("POST", at, {"said": "煙"}, party="seller:S-1")

    assert (first.status_code, first.json()["trouble"]["harm"]) == (201, "danger")
    assert (second.status_code, second.json()["code"]) == (409, "already-danger")
    assert other.status_code == 403


def test_a_question_has_no_mediation(market: Software) -> None:
    asked = {"listing": "L-1", "topic": "goods", "said": "大きさは？"}
    number = market.call("POST", "/threads", asked, party="buyer:B-1").json()["id"]

    answer = market.call("POST", f"/threads/{number}/mediation", {}, party="buyer:B-1")

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"order": None}, "order-or-listing"),
        ({"listing": "L-1"}, "order-or-listing"),
        ({"order": "O-9"}, "no-such-order"),
        ({"order": None, "listing": "L-9"}, "no-such-listing"),
        ({"topic": "weather"}, "fields-wrong"),
        ({"said": ""}, "fields-wrong"),
        ({"said": " \u200b\n"}, "no-words"),
        ({"said": "あ" * 10_001}, "fields-wrong"),
        ({"sayd": "x"}, "fields-wrong"),
        ({"centre_may_read": "yes"}, "fields-wrong"),
    ],
)
def test_what_is_wrong_with_a_thread_is_said(market: Software, change: dict[str, object], code: str) -> None:
    answer = market.call("POST", "/threads", TROUBLE | change, party="buyer:B-1")

    assert answer.json()["code"] == code
    assert Thread.objects.count() == 0


def test_another_buyers_order_is_as_if_there_were_none(market: Software) -> None:
    answer = market.call("POST", "/threads", TROUBLE, party="buyer:B-2")

    assert (answer.status_code, answer.json()["code"]) == (404, "no-such-order")


def test_a_cancelled_order_says_when_and_its_refund_is_not_given_twice(market: Software) -> None:
    order = {"buyer": "B-1", "seller": "S-1", "amount": 8000, "ordered_at": "2026-11-02T10:00:00+09:00"}
    gone = {**order, "cancelled_at": "2026-11-03T10:00:00+09:00", "unsent": True, "refunded": 8000}
    assert market.call("PUT", "/orders/O-1", gone).status_code == 200
    number = market.call("POST", "/threads", TROUBLE, party="buyer:B-1").json()["id"]

    shown = market.call("GET", f"/threads/{number}", party="buyer:B-1").json()

    assert shown["order_cancelled_at"] == "2026-11-03T01:00:00Z"
    assert "cancelled" in {one["code"] for one in shown["trouble"]["eligibility"]["hindrances"]}
    unclear = market.call("PUT", "/orders/O-2", {**order, "unsent": True})
    assert (unclear.status_code, unclear.json()["code"]) == (422, "unsent-not-cancelled")


def test_a_second_trouble_with_the_same_order_is_refused(market: Software, thread: str) -> None:
    answer = market.call("POST", "/threads", TROUBLE, party="buyer:B-1")

    assert (answer.status_code, answer.json()["code"]) == (409, "trouble-already-open")
    assert answer.json()["thread"] == thread


def test_a_flood_of_messages_is_told_to_wait(market: Software, thread: str) -> None:
    told = {"said": "急いでいます", "sort": "message"}
    path, begun_anew = f"/threads/{thread}/messages", 2  # the ten minutes may begin anew in between
    answers = [market.call("POST", path, told, party="buyer:B-1") for _ in range(20 * begun_anew + 1)]
    assert [one.status_code for one in answers[:20]].count(429) == 0
    answer = next(one for one in answers[20:] if one.status_code == 429)

    assert (answer.status_code, answer.json()["code"]) == (429, "too-fast")
    assert 0 < int(answer["Retry-After"]) <= 600


def test_long_threads_come_in_pages_with_the_same_number_of_queries(market: Software, thread: str) -> None:
    at = f"/threads/{thread}"
    short = queries(market, at)
    for number in range(55):
        actor = Actor(
            by="buyer:B-1", role=Role.BUYER, at=datetime.now(UTC) + timedelta(minutes=number), via="api"
        )
        contact.write(actor, thread=bare(thread), said=f"その{number}")

    assert queries(market, at) == short
    newest = market.call("GET", f"/threads/{thread}", party="buyer:B-1").json()
    first = newest["messages"][0]["number"]
    older = market.call("GET", f"/threads/{thread}?before={first}", party="buyer:B-1").json()

    assert (len(newest["messages"]), newest["earlier"]) == (50, True)
    assert (len(older["messages"]), older["earlier"]) == (6, False)
    assert [m["number"] for m in older["messages"] + newest["messages"]] == list(range(1, 57))


def test_a_thread_that_did_not_change_need_not_be_sent_again(market: Software, thread: str) -> None:
    first = market.call("GET", f"/threads/{thread}")

    again = market.call("GET", f"/threads/{thread}", **{"If-None-Match": first["ETag"]})
    market.call("POST", f"/threads/{thread}/messages", {"said": "x", "sort": "answer"}, party="seller:S-1")
    changed = market.call("GET", f"/threads/{thread}", **{"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200


def test_a_seller_does_not_see_the_refund_in_its_place(market: Software, thread: str) -> None:
    shown = market.call("GET", f"/threads/{thread}", party="seller:S-1").json()["trouble"]

    assert (shown["remedy"], shown["refund"]) == ("", 0)


def test_the_act_says_who_wrote_and_which_key_carried_it(market: Software, thread: str) -> None:
    trouble = Thread.objects.get(pk=bare(thread)).trouble.pk
    act = ledger.acts_about(f"contact.trouble:{trouble}")[0]

    assert act.content is not None
    assert (act.content["by"], act.content["via"]) == ("buyer:B-1", "api/machine:shop")


def test_a_key_for_reading_does_not_write(make: Make, market: Software) -> None:
    reader = make(Scope.CONTACT_READ, name="reader")

    answer = reader.call("POST", "/threads", TROUBLE, party="buyer:B-1")

    assert (answer.status_code, answer.json()["code"]) == (403, "scope-missing")
