"""The marketplace tells sellers, buyers, listings and orders, one by one and in bulk."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mamori.doors.gateway import body
from mamori.doors.gateway.tests.conftest import EARLY, Make, Software, machine
from mamori.ground.ledger.models import Act
from mamori.ground.market import actions, facts
from mamori.ground.market.facts import InstructionState
from mamori.ground.people.facts import Scope

ORDER = {"buyer": "B-1", "seller": "S-1", "amount": 8000, "ordered_at": EARLY.isoformat()}
PERSONAL = {"person": "山田花子", "mail": "hana@example.jp", "phone": "090-1111-2222",
            "address": "東京都千代田区1-1", "returns_to": "埼玉県川口市2-2"}  # fmt: skip
SHOP = {"name": "山田花子商店"}


def told(shop: Software, *lines: dict[str, Any] | str) -> Any:
    raw = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    return shop.call("POST", "/events", raw.encode(), content_type=body.NDJSON, key=None)


def test_what_is_new_is_201_and_the_same_again_is_200(shop: Software) -> None:
    first = shop.call("PUT", "/sellers/S-1", {"name": "山の店"})
    again = shop.call("PUT", "/sellers/S-1", {"name": "山の店"})
    other = shop.call("PUT", "/sellers/S-1", {"name": "川の店"})

    assert (first.status_code, first.json()) == (201, {"ref": "S-1", "change": "added"})
    assert (again.status_code, again.json()) == (200, {"ref": "S-1", "change": "unchanged"})
    assert (other.status_code, other.json()) == (200, {"ref": "S-1", "change": "changed"})


@pytest.mark.parametrize("path", ["/listings/2026%2F7", "/listings/2026/7"])
def test_a_slash_in_a_ref_may_be_escaped_in_an_address_or_stand_as_it_is(shop: Software, path: str) -> None:
    shop.call("PUT", "/sellers/S-1", SHOP)

    told_of = shop.call("PUT", path, {"seller": "S-1", "name": "茶碗", "price": 800})

    assert told_of.json() == {"ref": "2026/7", "change": "added"}
    assert shop.call("GET", "/listings/2026%2F7").content == shop.call("GET", "/listings/2026/7").content


def test_no_answer_gives_contact_details_back(shop: Software) -> None:
    answers = [
        shop.call("PUT", "/sellers/S-1", SHOP),
        shop.call("PUT", "/sellers/S-1/contacts", PERSONAL),
        shop.call("PATCH", "/sellers/S-1/contacts", {"mail": "other@example.jp"}),
        shop.call("PUT", "/sellers/S-1/contacts", PERSONAL | {"phone": 5}),
        shop.call("PATCH", "/sellers/S-1/contacts", {"phone": 5, "mail": "hana@example.jp"}),
        shop.call(
            "PUT", "/buyers/B-1", SHOP | {name: PERSONAL[name] for name in ("mail", "phone", "address")}
        ),
        told(
            shop,
            {"kind": "contacts", "ref": "S-1", **PERSONAL},
            {"kind": "contacts", "ref": "B 2", **PERSONAL},
        ),
        told(shop, {"kind": "contacts", "ref": "S-1", "op": "patch", **PERSONAL, "phone": 5}),
        told(shop, json.dumps({"kind": "contacts", "ref": "S-2", **PERSONAL})[:-9]),
    ]

    for answer in answers:
        assert not any(value in answer.content.decode() for value in (PERSONAL | SHOP).values())


def test_an_order_needs_what_it_refers_to(shop: Software) -> None:
    answer = shop.call("PUT", "/orders/O-1", ORDER)

    assert (answer.status_code, answer.json()["code"]) == (422, "reference-unknown")
    assert facts.order("O-1") is None


def test_refunds_of_an_order_never_go_down(market: Software) -> None:
    market.call("PUT", "/orders/O-1", ORDER | {"refunded": 500})
    market.call("PUT", "/orders/O-1", ORDER | {"refunded": 100})

    order = facts.order("O-1")
    assert order is not None
    assert order.refunded_amount == 500


def test_null_is_as_good_as_absent(shop: Software) -> None:
    assert shop.call("PUT", "/buyers/B-1", {"name": "買手", "mail": None}).status_code == 201


def test_telling_is_put_on_record_with_the_key_that_told(shop: Software) -> None:
    before = Act.objects.count()

    shop.call("PUT", "/buyers/B-1", {"name": "買手"})
    shop.call("PUT", "/buyers/B-1", {"name": "買手"})

    assert Act.objects.count() == before + 1


def test_lines_are_taken_in_whatever_their_order_and_each_has_its_outcome(shop: Software) -> None:
    answer = told(
        shop,
        {"kind": "order", "ref": "O-1", **ORDER},
        {"kind": "buyer", "ref": "B-1", "name": "買手"},
        "",
        {"kind": "seller", "ref": "S-1", "name": "山の店"},
        {"kind": "planet", "ref": "P-1"},
        "{broken",
        {"kind": "order", "ref": "O-2", **ORDER, "buyer": "B-9"},
        {"kind": "order", "ref": "O-3", **ORDER, "gift": True},
    )

    found = answer.json()
    assert answer.status_code == 200
    assert (found["lines"], found["added"], found["refused"]) == (7, 3, 4)
    assert [(line["line"], line["kind"], line["ref"], line["code"]) for line in found["outcomes"]] == [
        (1, "order", "O-1", ""),
        (2, "buyer", "B-1", ""),
        (4, "seller", "S-1", ""),
        (5, "", "", "kind-unknown"),
        (6, "", "", "line-not-json"),
        (7, "order", "O-2", "reference-unknown"),
        (8, "order", "O-3", "field-unknown"),
    ]
    assert facts.order("O-1") is not None


def test_a_line_that_waits_does_not_bring_back_the_old_when_a_later_one_told_the_newer(
    shop: Software,
) -> None:
    answer = told(
        shop,
        {"kind": "listing", "ref": "L-1", "seller": "S-2", "name": "古い名", "price": 1},
        {"kind": "seller", "ref": "S-1", "name": "山の店"},
        *({"kind": "buyer", "ref": f"B-{n}", "name": "買手"} for n in range(20)),
        {"kind": "listing", "ref": "L-1", "seller": "S-1", "name": "新しい名", "price": 2},
        {"kind": "seller", "ref": "S-2", "name": "川の店"},
    )

    listing = facts.listing("L-1")
    assert answer.json()["refused"] == 0
    assert listing is not None
    assert (listing.name, listing.seller_ref) == ("新しい名", "S-1")


def test_telling_all_of_it_again_changes_nothing(market: Software) -> None:
    lines = [{"kind": "buyer", "ref": f"B-{n}", "name": "買手"} for n in range(30)]

    first, again = told(market, *lines).json(), told(market, *lines).json()

    assert (first["added"], first["changed"]) == (28, 2)
    assert again["unchanged"] == 30


def test_more_lines_than_are_taken_at_once_are_left_and_it_is_said(
    shop: Software, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(body, "MOST_LINES", 3)

    answer = told(shop, *({"kind": "buyer", "ref": f"B-{n}", "name": "買手"} for n in range(5))).json()

    assert (answer["added"], answer["refused"]) == (3, 1)
    assert answer["outcomes"][-1]["code"] == "too-many-lines"
    assert (answer["lines"], len(answer["outcomes"])) == (4, 4)


def test_a_line_that_is_too_long_holds_up_none_of_the_others(shop: Software) -> None:
    long = json.dumps({"kind": "buyer", "ref": "B-1", "name": "x" * 1_100_000})

    answer = told(shop, long, {"kind": "buyer", "ref": "B-2", "name": "買手"}, long).json()

    assert [(line["line"], line["outcome"]) for line in answer["outcomes"]] == [
        (1, "refused"),
        (2, "added"),
        (3, "refused"),
    ]


def test_no_lines_at_all_is_fine(shop: Software) -> None:
    assert told(shop, "\n\n").json()["lines"] == 0


def test_a_key_that_tells_orders_does_not_say_by_a_line_that_money_went_out(
    make: Make, market: Software
) -> None:
    clerk = make(Scope.MARKET_WRITE, name="clerk")
    ref = actions.instruct(machine(), kind="refund", order_ref="O-1", amount=500, about="test:1")
    confirmation = {"kind": "confirmation", "instruction": ref, "outcome": "confirmed"}

    answer = told(clerk, confirmation, {"kind": "buyer", "ref": "B-9", "name": "買手"}).json()

    assert [(line["outcome"], line["code"]) for line in answer["outcomes"]] == [
        ("refused", "scope-missing"),
        ("added", ""),
    ]
    found = facts.instruction(ref)
    assert found is not None
    assert found.state is InstructionState.ISSUED


def test_an_instruction_is_confirmed_by_a_line_as_well(market: Software) -> None:
    answer = told(market, {"kind": "confirmation", "instruction": "ins_1", "outcome": "confirmed"})

    assert answer.json()["outcomes"][0]["code"] == "instruction-unknown"


def test_a_shops_clock_that_is_four_minutes_ahead_loses_no_order_and_no_answer(market: Software) -> None:
    soon = datetime.now(UTC) + timedelta(minutes=4)
    ref = actions.instruct(machine(), kind="refund", order_ref="O-1", amount=100, about="test:1")

    order = market.call("PUT", "/orders/O-9", ORDER | {"ordered_at": soon.isoformat()})
    changed = market.call("PATCH", "/orders/O-9", {"completed_at": soon.isoformat()})
    [line] = told(market, {"kind": "order", "ref": "O-10", **ORDER, "ordered_at": soon.isoformat()}).json()[
        "outcomes"
    ]
    answer = market.call("POST", f"/confirmations/{ref}", {"outcome": "confirmed", "at": soon.isoformat()})

    assert (order.status_code, changed.status_code, line["outcome"], answer.status_code) == (
        201,
        200,
        "added",
        200,
    )
    kept = facts.order("O-9")
    assert kept
    assert kept.ordered_at < soon
