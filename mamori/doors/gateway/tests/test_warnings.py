"""Before words are sent over the API: the writer is shown the places, sends them all the same or mends them; nothing is held."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse

from mamori.doors.gateway.gate import REPLAYED
from mamori.doors.gateway.tests.conftest import TROUBLE, Software, machine
from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger.models import Act
from mamori.ground.outbox.models import Notice
from mamori.ground.terms import actions as terms
from mamori.law.settings import SCANNING
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.models import LureCount, Message, Thread

LURE = "𠮷野です。電話は０９０−１２３４−５６７８です。"
"""A character of two UTF-16 units stands before the find: places are counted in code points."""
FORMAL = "注文の契約を解除します。返金は 090-1234-5678 に電話してください。"


def write(
    shop: Software, thread: str, said: str, *, key: str = "", who: str = "buyer:B-1", **more: object
) -> HttpResponse:
    sort = "message" if who.startswith("buyer") else "answer"
    told = {"said": said, "sort": sort, **more}
    return shop.call("POST", f"/threads/{thread}/messages", told, party=who, key=key)


def counts() -> list[tuple[str, str, int, int]]:
    return list(LureCount.objects.values_list("side", "kind", "shown", "kept"))


def set_mode(mode: str) -> None:
    an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
    terms.set(Actor(by="lead:l", role=Role.LEAD, at=an_hour_ago, via="test"), setting=SCANNING, value=mode)


def test_the_writer_is_shown_the_place_in_the_text_as_written(market: Software, thread: str) -> None:
    answer = write(market, thread, LURE)

    told = answer.json()
    assert (answer.status_code, told["code"]) == (409, "look-before-sending")
    (find,) = told["finds"]
    assert LURE[find["start"] : find["end"]] == "０９０−１２３４−５６７８"
    assert (find["kind"], find["title"]) == ("phone", {"ja": "電話番号", "en": "telephone number"})
    assert "番号を書かなくても" in find["detail"]["ja"]
    assert "０９０" not in answer.content.decode()


def test_a_warning_stores_nothing_but_its_own_answer(market: Software, thread: str) -> None:
    before = Act.objects.count(), Notice.objects.count(), Message.objects.count(), Thread.objects.count()

    write(market, thread, LURE)
    market.call("POST", "/threads", {"listing": "L-1", "topic": "goods", "said": LURE}, party="buyer:B-2")

    after = Act.objects.count(), Notice.objects.count(), Message.objects.count(), Thread.objects.count()
    assert after == before
    assert counts() == []


def test_a_trouble_is_reported_once_the_writer_has_seen_the_warning(market: Software) -> None:
    told = {**TROUBLE, "said": LURE}
    warned = market.call("POST", "/threads", told, party="buyer:B-1")

    sent = market.call("POST", "/threads", {**told, "acknowledge_warnings": True}, party="buyer:B-1")

    assert (warned.status_code, sent.status_code) == (409, 201)
    assert Thread.objects.count() == 1
    shown = market.call("GET", f"/threads/{sent.json()['id']}", party="seller:S-1").json()
    assert [message["said"] for message in shown["messages"]] == [LURE]
    assert counts() == [("buyer", "phone", 1, 1)]


def test_the_acknowledged_request_is_another_one_and_needs_a_key_of_its_own(
    market: Software, thread: str
) -> None:
    first = write(market, thread, LURE, key="k-1")
    again = write(market, thread, LURE, key="k-1")
    under_the_same = write(market, thread, LURE, key="k-1", acknowledge_warnings=True)
    under_a_new = write(market, thread, LURE, key="k-2", acknowledge_warnings=True)
    repeated = write(market, thread, LURE, key="k-2", acknowledge_warnings=True)

    assert (again.content, again[REPLAYED]) == (first.content, "true")
    assert (under_the_same.status_code, under_the_same.json()["code"]) == (422, "idempotency-key-taken")
    assert (under_a_new.status_code, repeated.status_code, repeated[REPLAYED]) == (201, 201, "true")
    assert Message.objects.count() == 2
    assert counts() == [("buyer", "phone", 1, 1)]


def test_to_acknowledge_beforehand_what_holds_nothing_changes_nothing(market: Software, thread: str) -> None:
    answer = write(market, thread, "夕方にお願いします。", acknowledge_warnings=True)

    assert answer.status_code == 201
    assert counts() == []


def test_what_else_is_wrong_is_said_before_any_warning(market: Software, thread: str) -> None:
    twice = market.call("POST", "/threads", {**TROUBLE, "said": LURE}, party="buyer:B-1")
    other = market.call("POST", "/threads", {**TROUBLE, "said": LURE}, party="buyer:B-2")

    assert twice.json()["code"] == "trouble-already-open"
    assert other.json()["code"] == "no-such-order"


def test_a_formal_notice_is_never_stopped_and_its_button_is_named(market: Software, thread: str) -> None:
    answer = write(market, thread, FORMAL)

    assert answer.status_code == 201
    assert answer.json()["reads_like"] == "rescission"
    shown = market.call("GET", f"/threads/{thread}", party="seller:S-1").json()
    assert shown["messages"][-1]["said"] == FORMAL
    assert shown["reads_like"] == ""


def test_what_is_no_notice_reads_like_none(market: Software, thread: str) -> None:
    assert write(market, thread, "まだ届きません").json()["reads_like"] == ""
    assert write(market, thread, "返品を承ります", who="seller:S-1").json()["reads_like"] == ""


def test_a_sellers_registered_contacts_pass_and_others_do_not(market: Software, thread: str) -> None:
    market.call("PUT", "/sellers/S-1/contacts", {"mail": "s@example.jp", "phone": "03-1234-5678"})

    own = write(market, thread, "お電話は03（1234）5678、s@example.jp へ。", who="seller:S-1")
    other = write(market, thread, "お電話は090-9999-8888へ。", who="seller:S-1")

    assert own.status_code == 201
    assert (other.status_code, [find["kind"] for find in other.json()["finds"]]) == (409, ["phone"])


@pytest.mark.parametrize(
    ("mode", "agrees", "status"),
    [
        ("off", None, 201),
        ("warn", None, 409),
        ("warn", False, 201),
        ("ask", None, 201),
        ("ask", True, 409),
        ("mask", None, 201),
        ("mask", True, 409),
    ],
)
def test_nothing_is_looked_at_where_mode_or_writer_forbid_it(
    market: Software, thread: str, mode: str, agrees: bool | None, status: int
) -> None:
    set_mode(mode)
    if agrees is not None:
        buyer = Actor(by="buyer:B-1", role=Role.BUYER, at=machine().at, via="test")
        contact.answer_scanning(buyer, agrees=agrees)

    assert write(market, thread, LURE).status_code == status
