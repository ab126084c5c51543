"""The same request twice has one effect and one answer, byte for byte, for a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from conftest import plan
from mamori.doors.gateway.gate import REPLAYED
from mamori.doors.gateway.tests.conftest import TROUBLE, Make, Software, machine
from mamori.ground.outbox.models import Event as Pinged
from mamori.ground.people import actions as people
from mamori.ground.people.facts import Scope
from mamori.ground.web.models import Reply
from mamori.ground.web.once import KEPT, forget
from mamori.rooms.contact import pace
from mamori.rooms.contact.models import Message, Thread


def same(first: Any, second: Any) -> bool:
    """Say whether two answers are the same bytes under the same status and headers."""
    loose = {"X-Request-Id", REPLAYED, "RateLimit"}
    heads = [{k: v for k, v in a.items() if k not in loose} for a in (first, second)]
    return (first.status_code, first.content) == (second.status_code, second.content) and heads[0] == heads[1]


def test_the_same_request_twice_makes_one_thread_and_gets_the_same_bytes(market: Software) -> None:
    first = market.call("POST", "/threads", TROUBLE, party="buyer:B-1", key="k-1")
    again = market.call("POST", "/threads", TROUBLE, party="buyer:B-1", key="k-1")

    assert Thread.objects.count() == 1
    assert same(first, again)
    assert (first.has_header(REPLAYED), again[REPLAYED]) == (False, "true")


def test_a_refusal_is_replayed_byte_for_byte_too(market: Software, thread: str) -> None:
    first = market.call("POST", "/threads", TROUBLE, party="buyer:B-1", key="k-1")
    again = market.call("POST", "/threads", TROUBLE, party="buyer:B-1", key="k-1")

    assert first.status_code == 409
    assert same(first, again)


def test_what_is_wrong_in_the_body_is_replayed_as_well(market: Software) -> None:
    first = market.call("POST", "/threads", {"sayd": 1}, party="buyer:B-1", key="k-1")
    again = market.call("POST", "/threads", {"sayd": 1}, party="buyer:B-1", key="k-1")

    assert first.status_code == 422
    assert same(first, again)


def test_a_refusal_leaves_nothing_of_what_it_had_begun(market: Software, thread: str) -> None:
    before = Message.objects.count()

    told = {"said": "もう一度", "sort": "unsolved"}
    market.call("POST", f"/threads/{thread}/mediation", {}, party="buyer:B-1")
    answer = market.call("POST", "/threads", TROUBLE, party="buyer:B-1", key="k-2")

    assert told
    assert answer.status_code == 409
    assert Message.objects.count() == before


@pytest.mark.parametrize("change", ["body", "path", "party"])
def test_another_request_under_the_same_key_is_refused(market: Software, thread: str, change: str) -> None:
    at, told = f"/threads/{thread}/messages", {"said": "写真です", "sort": "message"}
    market.call("POST", at, told, party="buyer:B-1", key="k-1")

    answer = market.call(
        "POST",
        f"/threads/{thread}/mediation" if change == "path" else at,
        told | {"said": "別の話"} if change == "body" else told,
        party="seller:S-1" if change == "party" else "buyer:B-1",
        key="k-1",
    )

    # A seller may not ask for mediation: the gate says so before the key is looked at.
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency-key-taken")
    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    ("at", "told", "party"),
    [("/threads", TROUBLE, "buyer:B-1"), ("/webhooks", {"url": "https://shop.example/a"}, "")],
)
def test_a_request_sent_again_under_another_api_key_of_the_shop_is_the_same(
    make: Make, market: Software, at: str, told: dict[str, Any], party: str
) -> None:
    successor = make(name="successor")
    first = market.call("POST", at, told, party=party, key="k-1")

    again = successor.call("POST", at, told, party=party, key="k-1")

    assert first.status_code == 201
    assert same(first, again)
    assert again[REPLAYED] == "true"


def test_a_reply_is_replayed_only_to_an_api_key_that_may_ask_for_it(make: Make, market: Software) -> None:
    told = {"url": "https://shop.example/a"}
    market.call("POST", "/webhooks", told, key="k-1")

    answer = make(Scope.CASES_READ, name="reader").call("POST", "/webhooks", told, key="k-1")

    assert (answer.status_code, answer.json()["code"]) == (403, "scope-missing")


@pytest.mark.parametrize("key", [None, "k" * 256, "k k", "鍵", "k\tk"])
def test_what_makes_something_needs_a_key(market: Software, key: str | None) -> None:
    sent = {} if key is None else {"Idempotency-Key": key}

    answer = market.call("POST", "/threads", TROUBLE, party="buyer:B-1", key=None, **sent)

    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency-key-needed")
    assert Thread.objects.count() == 0


def test_a_day_and_a_second_later_the_key_is_new(market: Software) -> None:
    told = {"url": "https://shop.example/a"}
    first = market.call("POST", "/webhooks", told, key="k-1")
    Reply.objects.update(at=machine().at - KEPT + timedelta(seconds=30))
    within = market.call("POST", "/webhooks", told, key="k-1")

    Reply.objects.update(at=machine().at - KEPT - timedelta(seconds=1))
    after = market.call("POST", "/webhooks", {"url": "https://shop.example/b"}, key="k-1")

    assert same(first, within)
    assert after.status_code == 201
    assert after.json()["id"] != first.json()["id"]
    assert Reply.objects.count() == 1


def test_what_is_kept_is_sealed_and_forgotten_after_a_day(market: Software) -> None:
    answer = market.call("POST", "/webhooks", {"url": "https://shop.example/a"}, key="k-1")
    now = machine().at

    sealed = bytes(Reply.objects.get().sealed)
    assert answer.json()["secret"].encode() not in sealed
    assert b"secret" not in sealed
    assert forget(at=now) == 0
    assert forget(at=now + KEPT + timedelta(seconds=1)) == 1
    assert Reply.objects.count() == 0


def test_forgetting_walks_an_index(market: Software) -> None:
    query = Reply.objects.filter(at__lte=machine().at).order_by("at").values_list("pk")[:10]

    found = plan(query)

    assert "gateway_reply_age" in found
    assert "TEMP B-TREE" not in found


def test_a_bug_keeps_no_answer(market: Software, monkeypatch: pytest.MonkeyPatch) -> None:
    from mamori.rooms.contact import words

    with monkeypatch.context() as broken:
        broken.setattr(words, "add", lambda *_, **__: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            market.call("POST", "/threads", TROUBLE, party="buyer:B-1", key="k-1")

    assert Reply.objects.count() == 0
    assert market.call("POST", "/threads", TROUBLE, party="buyer:B-1", key="k-1").status_code == 201


def test_another_body_under_the_key_of_a_ping_which_takes_none_is_another_request(market: Software) -> None:
    hook = market.call("POST", "/webhooks", {"url": "https://shop.example/hook"}).json()["id"]
    first = market.call("POST", f"/webhooks/{hook}/ping", key="k-1")

    other = market.call("POST", f"/webhooks/{hook}/ping", {"x": 1}, key="k-1")
    again = market.call("POST", f"/webhooks/{hook}/ping", key="k-1")
    large = market.call("POST", f"/webhooks/{hook}/ping", "x" * 300_000, key="k-2")

    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-taken")
    assert same(first, again)
    assert (large.status_code, large.json()["code"]) == (413, "body-too-large")
    assert Pinged.objects.filter(kind="outbox.ping").count() == 1


def test_what_came_too_fast_is_repeated_under_its_key_and_then_taken(
    market: Software, thread: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, told = f"/threads/{thread}/messages", {"said": "急いでいます", "sort": "message"}
    monkeypatch.setattr(pace, "MESSAGES", replace(pace.MESSAGES, most=1, per=timedelta(days=36_500)))
    market.call("POST", at, told, party="buyer:B-1")
    before = Message.objects.count()
    hasty = [market.call("POST", at, told, party="buyer:B-1", key="k-1") for _ in range(3)]
    monkeypatch.undo()

    patient = [market.call("POST", at, told, party="buyer:B-1", key="k-1") for _ in range(2)]

    assert [(one.status_code, one.has_header("Retry-After")) for one in hasty] == [(429, True)] * 3
    assert [one.status_code for one in patient] == [201, 201]
    assert Message.objects.count() == before + 1


def test_a_shop_that_lost_its_key_goes_on_with_the_next_and_does_nothing_twice(market: Software) -> None:
    first = market.call("POST", "/threads", TROUBLE, party="buyer:B-1", key="k-1")
    rotated = people.rotate_key(machine(), name="shop", overlap=timedelta(0))
    lost = market.call("POST", "/threads", TROUBLE, party="buyer:B-1", key="k-1")

    again = replace(market, token=rotated.secret).call(
        "POST", "/threads", TROUBLE, party="buyer:B-1", key="k-1"
    )

    assert (lost.status_code, lost.json()["code"]) == (401, "key-not-good")
    assert "mamori key list" in lost.json()["detail"]
    assert same(first, again)
    assert Thread.objects.count() == 1
