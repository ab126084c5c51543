"""Addresses of webhooks over the API: changed, tried, looked at, and asked to take something once more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mamori.doors.gateway.tests.conftest import Software, bare
from mamori.ground.outbox.lifecycle import DeliveryState
from mamori.ground.outbox.models import Delivery, Endpoint

pytestmark = pytest.mark.django_db
URL = "https://shop.example/hook"


@pytest.fixture
def hook(market: Software) -> str:
    """An address that hears of threads."""
    given: str = market.call("POST", "/webhooks", {"url": URL, "kinds": ["contact.*"]}).json()["id"]
    return given


def listed(shop: Software, hook: str, query: str = "") -> list[dict[str, Any]]:
    answer = shop.call("GET", f"/webhooks/{hook}/deliveries{query}")
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def open_trouble(shop: Software, hook: str) -> Delivery:
    """Let something be told to the address, and return how it stands."""
    told = {"order": "O-1", "topic": "broken", "said": "割れていた"}
    assert shop.call("POST", "/threads", told, party="buyer:B-1").status_code == 201
    return Delivery.objects.select_related("event").get(
        event__kind="contact.trouble_opened", endpoint=bare(hook)
    )


def test_what_is_left_out_of_a_change_stays(market: Software, hook: str) -> None:
    changed = market.call("PATCH", f"/webhooks/{hook}", {"kinds": ["notice"]})
    moved = market.call("PATCH", f"/webhooks/{hook}", {"url": "https://shop.example/other"})

    assert changed.json()["kinds"] == ["notice"]
    assert changed.json()["url"] == URL
    assert moved.json()["kinds"] == ["notice"]
    assert moved.json()["url"] == "https://shop.example/other"


def test_an_event_that_is_never_told_is_refused_with_the_nearest_one_that_is(
    market: Software, hook: str
) -> None:
    answers = [
        market.call("POST", "/webhooks", {"url": URL, "kinds": ["contact.trouble_open"]}),
        market.call("PATCH", f"/webhooks/{hook}", {"kinds": ["contacts.*"]}),
        market.call("PATCH", f"/webhooks/{hook}", {"kinds": ["people.code_asked"]}),
    ]

    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert "contact.trouble_opened" in answers[0].json()["detail"]
    assert "contact.*" in answers[1].json()["detail"]
    assert listed(market, hook) == []
    assert Endpoint.objects.get().kinds == ["contact.*"]


def test_a_try_goes_to_this_address_alone_whatever_it_asked_for(market: Software, hook: str) -> None:
    other = market.call("POST", "/webhooks", {"url": URL}).json()["id"]

    sent = market.call("POST", f"/webhooks/{hook}/ping")

    assert sent.status_code == 201
    assert [(one["id"], one["kind"], one["state"]) for one in listed(market, hook)] == [
        (sent.json()["id"], "outbox.ping", "waiting")
    ]
    assert listed(market, other) == []


def test_what_was_never_taken_goes_out_again_under_its_own_id(market: Software, hook: str) -> None:
    row = open_trouble(market, hook)
    Delivery.objects.update(state=DeliveryState.DEAD, next_at=None, tries_left=0, error="HTTP 500")

    sent = market.call("POST", f"/webhooks/{hook}/deliveries/{row.message}/replay")

    assert sent.json()["id"] == row.message
    row.refresh_from_db()
    assert (row.state, row.tries_left) == (DeliveryState.WAITING, 10)


def test_what_was_taken_goes_out_anew_under_an_id_that_its_receiver_does_not_know(
    market: Software, hook: str
) -> None:
    row = open_trouble(market, hook)
    Delivery.objects.update(state=DeliveryState.DELIVERED, next_at=None, closed_at=datetime.now(UTC))

    sent = market.call("POST", f"/webhooks/{hook}/deliveries/{row.message}/replay")

    anew = Delivery.objects.get(message=sent.json()["id"])
    assert anew.message != row.message
    assert anew.event.body == row.event.body
    assert listed(market, hook)[0]["state"] == "waiting"


def test_another_addresss_delivery_is_not_sent_to_this_one(market: Software, hook: str) -> None:
    other = market.call("POST", "/webhooks", {"url": URL}).json()["id"]
    theirs = open_trouble(market, other).message
    before = Delivery.objects.count()

    answers = [
        market.call("POST", f"/webhooks/{hook}/deliveries/{theirs}/replay"),
        market.call("POST", f"/webhooks/{hook}/deliveries/msg_{'0' * 32}/replay"),
        market.call("POST", f"/webhooks/whk_9999/deliveries/{theirs}/replay"),
        market.call("POST", "/webhooks/whk_9999/ping"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert Delivery.objects.count() == before


def test_deliveries_come_page_by_page_and_by_their_state(market: Software, hook: str) -> None:
    for _ in range(5):
        market.call("POST", f"/webhooks/{hook}/ping")
    first = market.call("GET", f"/webhooks/{hook}/deliveries?limit=2").json()
    second = market.call("GET", f"/webhooks/{hook}/deliveries?limit=2&cursor={first['next']}").json()
    last = market.call("GET", f"/webhooks/{hook}/deliveries?limit=2&cursor={second['next']}").json()

    ids = [one["id"] for page in (first, second, last) for one in page["items"]]
    assert len(set(ids)) == len(ids) == 5
    assert last["next"] is None
    assert listed(market, hook, "?state=dead") == []
    assert len(listed(market, hook, "?state=waiting&kind=outbox.ping")) == 5
    assert market.call("GET", f"/webhooks/{hook}/deliveries?cursor=abc").json()["code"] == "cursor-not-good"


def test_a_rest_ends_when_the_address_is_changed(market: Software, hook: str) -> None:
    ahead = datetime.now(UTC) + timedelta(hours=1)
    Endpoint.objects.update(failures=9, resting_until=ahead)

    market.call("PATCH", f"/webhooks/{hook}", {"url": "https://shop.example/right"})

    (shown,) = market.call("GET", "/webhooks").json()["items"]
    assert (shown["failures"], shown["resting_until"]) == (0, None)


def test_deliveries_are_found_by_a_group_of_events_and_only_of_an_address_that_is_there(
    market: Software, hook: str
) -> None:
    open_trouble(market, hook)

    assert listed(market, hook, "?kind=contact.*")
    assert listed(market, hook, "?kind=*")
    assert listed(market, hook, "?kind=market.*") == []
    assert market.call("GET", "/webhooks/whk_999/deliveries").status_code == 404
    assert market.call("PATCH", f"/webhooks/{hook}", {"kinds": []}).status_code == 422
