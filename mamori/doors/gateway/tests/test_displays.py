"""What sellers have to show, over the API: told by the marketplace, read by shops, and as a buyer saw it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse

from mamori.doors.gateway.tests.conftest import Software

pytestmark = pytest.mark.django_db
ITEMS = [
    {"item": "name", "said": "山田 花子"},
    {"item": "address", "said": "東京都千代田区霞が関3-1-1"},
    {"item": "phone", "on_request": True},
]


def of(answer: HttpResponse) -> Any:
    return json.loads(answer.content)


def tell(market: Software, ref: str = "S-1", **more: Any) -> HttpResponse:
    return market.call("PUT", f"/sellers/{ref}/display", {"items": ITEMS} | more)


def test_a_display_that_is_told_is_answered_with_what_is_to_be_put_right(market: Software) -> None:
    answer = tell(market)

    assert answer.status_code == 200
    assert of(answer)["version"] == 1
    assert of(answer)["state"] == "lacking"
    assert {"price", "returns"} <= {one["item"] for one in of(answer)["faults"]}
    assert all(one["text"] for one in of(answer)["faults"])


def test_a_display_is_read_as_it_is_shown_with_what_is_given_on_request(market: Software) -> None:
    tell(market, text="はなこ雑貨店")

    found = of(market.call("GET", "/sellers/S-1/display"))

    assert found["text"] == "はなこ雑貨店"
    assert {one["item"]: one["said"] for one in found["items"]}["phone"] is None


def test_what_the_buyer_saw_is_the_version_of_the_time_of_the_order(market: Software) -> None:
    tell(market)
    before = datetime.now(UTC)
    market.call("PUT", "/orders/O-NEW", _order(before))
    market.call("PUT", "/orders/O-OLD", _order(before - timedelta(days=3)))
    tell(market, text="あとから書いた文章")

    seen = market.call("GET", "/order-displays/O-NEW")
    old = market.call("GET", "/order-displays/O-OLD")

    assert of(seen)["version"] == 1
    assert (old.status_code, of(old)["code"]) == (404, "no-display")


def test_a_party_reads_what_was_shown_for_its_own_orders_only(market: Software) -> None:
    tell(market)
    market.call("PUT", "/orders/O-NEW", _order(datetime.now(UTC)))

    own = market.call("GET", "/order-displays/O-NEW", party="buyer:B-1")
    other = market.call("GET", "/order-displays/O-NEW", party="buyer:B-2")

    assert own.status_code == 200
    assert (other.status_code, of(other)["code"]) == (404, "no-display")


def test_what_a_private_person_wrote_is_nobodys_to_read(market: Software) -> None:
    tell(market)

    market.call("PATCH", "/sellers/S-1", {"private": True})

    assert market.call("GET", "/sellers/S-1/display").status_code == 404


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"items": []}, "nothing-to-display"),
        ({"items": [ITEMS[0], ITEMS[0]]}, "item-twice"),
        ({"items": [{"item": "shoe-size", "said": "25"}]}, "fields-wrong"),
        ({"items": ITEMS, "colour": "red"}, "fields-wrong"),
    ],
)
def test_a_display_that_cannot_be_shown_is_refused(market: Software, body: dict[str, Any], code: str) -> None:
    answer = market.call("PUT", "/sellers/S-1/display", body)

    assert (answer.status_code, of(answer)["code"]) == (422, code)


def test_a_display_of_nobody_is_refused(market: Software) -> None:
    assert tell(market, "NOBODY").status_code == 404
    assert market.call("GET", "/sellers/NOBODY/display").status_code == 404
    assert market.call("GET", "/order-displays/NOTHING").status_code == 404


def _order(at: datetime) -> dict[str, Any]:
    return {
        "buyer": "B-1",
        "seller": "S-1",
        "items": [{"listing": "L-1", "price": 1000}],
        "amount": 1000,
        "ordered_at": at.isoformat(),
    }
