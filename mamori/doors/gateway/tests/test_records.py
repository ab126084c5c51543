"""The marketplace reads its own records as it told them, changes what it gives, and is stopped where they changed meanwhile."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import transaction

from mamori.doors.gateway import body
from mamori.doors.gateway.tests.conftest import EARLY, Make, Software, machine
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts
from mamori.ground.people.facts import Scope
from mamori.japan.calendar import JAPAN
from mamori.rooms.identity import facts as identity

SHOP = {
    "name": "山の店",
    "country": "JP",
    "lang": "ja",
    "unpaid": 500,
    "private": False,
    "private_by": "seller",
}
CHECK = {
    "legal_name": "株式会社山",
    "legal_kana": "ヤマ",
    "registered_as": "company",
    "representative": "山田花子",
    "corporate_number": "7000012050002",
    "invoice_number": "T7000012050002",
    "verified_by": "registry",
    "verified_at": EARLY.isoformat(),
    "verified_until": "2099-12-31",
}
CONTACTS = {"person": "山田花子", "mail": "s@example.jp", "phone": "03-1111-2222", "fax": "03-1111-2223"}
BUYER = {"name": "買手一郎", "mail": "b@example.jp"}
LISTING = {"seller": "S-1", "name": "茶碗", "price": 8000, "nature": "goods", "gtin": "4901234567894"}
LISTING |= {"pictures": ["https://shop.example/1.jpg"], "url": "https://shop.example/1"}
ORDER = {
    "buyer": "B-1",
    "seller": "S-1",
    "amount": 8000,
    "ordered_at": EARLY.isoformat(),
    "as_business": False,
}
ORDER |= {
    "items": [{"listing": "L-1", "price": 4000, "quantity": 2}],
    "received_on": EARLY.astimezone(JAPAN).date().isoformat(),
}
REVIEW = {"listing": "L-1", "seller": "S-1", "order": "O-1", "author": "B-1", "stars": 4, "text": "良い"}
REVIEW |= {"posted_at": EARLY.isoformat()}
TOLD: dict[str, dict[str, Any]] = {
    "/sellers/S-1": SHOP,
    "/sellers/S-1/verification": CHECK,
    "/sellers/S-1/contacts": CONTACTS,
    "/buyers/B-1": BUYER,
    "/listings/L-1": LISTING,
    "/orders/O-1": ORDER,
    "/reviews/R-1": REVIEW,
}
CHANGES: dict[str, dict[str, Any]] = {
    "/sellers/S-1": {"unpaid": None},
    "/sellers/S-1/verification": {"representative": None},
    "/sellers/S-1/contacts": {"fax": None},
    "/buyers/B-1": {"mail": None},
    "/listings/L-1": {"pictures": None},
    "/orders/O-1": {"received_on": None},
    "/reviews/R-1": {"order": None},
}


@pytest.fixture
def told(shop: Software) -> Software:
    for path, record in TOLD.items():
        assert shop.call("PUT", path, record).status_code in (200, 201), path
    return shop


def is_shown(shown: dict[str, Any], record: dict[str, Any]) -> bool:
    """Say whether all that was told stands there, moments in UTC."""
    moments = {"ordered_at", "verified_at", "posted_at"}
    return all(shown[name] == value for name, value in record.items() if name not in moments)


@pytest.mark.parametrize("path", TOLD)
def test_a_record_is_read_as_it_was_told_and_told_as_it_was_read(told: Software, path: str) -> None:
    shown = told.call("GET", path)

    again = told.call("PUT", path, shown.json())

    assert shown.status_code == 200
    assert is_shown(shown.json(), TOLD[path])
    assert (again.status_code, again.json()["change"]) == (200, "unchanged")
    assert told.call("GET", path, **{"If-None-Match": shown["ETag"]}).status_code == 304


@pytest.mark.parametrize("path", TOLD)
@pytest.mark.parametrize("kind", ["application/merge-patch+json", "application/json"])
def test_a_patch_changes_what_it_gives_and_null_removes(told: Software, path: str, kind: str) -> None:
    before = told.call("GET", path).json()
    [name] = CHANGES[path]

    answer = told.call("PATCH", path, CHANGES[path], content_type=kind)

    after = told.call("GET", path).json()
    assert (answer.status_code, answer.json()["change"]) == (200, "changed")
    assert before[name] not in (None, "", [])
    assert after[name] in (None, "", [])
    assert {**after, name: before[name]} == before


@pytest.mark.parametrize("path", TOLD)
def test_of_two_that_read_the_same_one_changes_it_and_the_other_is_told(told: Software, path: str) -> None:
    tag = told.call("GET", path)["ETag"]

    first = told.call("PATCH", path, CHANGES[path], **{"If-Match": tag})
    second = told.call("PATCH", path, {}, **{"If-Match": tag})
    whole = told.call("PUT", path, TOLD[path], **{"If-Match": f'"other", {tag}'})
    fresh = told.call("PUT", path, TOLD[path], **{"If-Match": told.call("GET", path)["ETag"]})

    assert first.status_code == 200
    assert [(one.status_code, one.json()["code"]) for one in (second, whole)] == [(412, "record-changed")] * 2
    assert (fresh.status_code, fresh.json()["change"]) == (200, "changed")


def test_what_nobody_told_is_neither_read_nor_changed_nor_matched(told: Software) -> None:
    found = [
        told.call(method, path.replace("-1", "-9"), None if method == "GET" else {})
        for path in TOLD
        for method in ("GET", "PATCH")
    ]
    new = told.call("PUT", "/buyers/B-8", BUYER, **{"If-Match": "*"})

    assert {(one.status_code, one.json()["code"]) for one in found} == {(404, "record-unknown")}
    assert new.status_code == 412
    assert facts.buyer("B-8") is None


def test_a_part_of_a_seller_that_nobody_told_of_waits_for_the_seller(shop: Software) -> None:
    for part, record in (("verification", CHECK), ("contacts", CONTACTS)):
        answer = shop.call("PUT", f"/sellers/S-1/{part}", record)

        assert (answer.status_code, answer.json()["code"]) == (422, "reference-unknown")


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
@pytest.mark.parametrize(
    ("field", "address"),
    [
        ("legal_name", "/verification"),
        ("verified_by", "/verification"),
        ("mail", "/contacts"),
        ("protected", "/contacts"),
    ],
)
def test_what_is_told_elsewhere_is_refused_with_its_address(
    told: Software, method: str, field: str, address: str
) -> None:
    sent = {"name": "別の店", field: "x"}
    answer = told.call(method, "/sellers/S-1", sent, **{"Accept-Language": "en"})
    [line] = told.call(
        "POST",
        "/events",
        json.dumps({"kind": "seller", "ref": "S-1", "op": method.lower(), **sent}).encode(),
        content_type=body.NDJSON,
        key=None,
    ).json()["outcomes"]

    [error] = answer.json()["errors"]
    assert (answer.status_code, error["code"], error["field"]) == (422, "field-elsewhere", field)
    assert f"/sellers/{{ref}}{address}" in error["detail"]
    assert (line["kind"], line["ref"], line["code"]) == ("seller", "S-1", "field-elsewhere")
    seller = facts.seller("S-1")
    assert seller
    assert seller.name == "山の店"


@pytest.mark.parametrize(
    ("path", "changes", "code"),
    [
        ("/sellers/S-1", {"name": None}, "field-missing"),
        ("/sellers/S-1", {"nmae": "x"}, "field-unknown"),
        ("/sellers/S-1", {"ref": "S-2"}, "field-unknown"),
        ("/orders/O-1", {"amount": "8000"}, "field-wrong"),
        ("/orders/O-1", {"items": [{"listing": "L-1"}]}, "field-missing"),
        ("/listings/L-1", {"gtin": "4901234567895"}, "field-wrong"),
        ("/listings/L-1", {"url": "http://shop.example/1"}, "field-wrong"),
        ("/sellers/S-1/verification", {"corporate_number": "8000012050002"}, "field-wrong"),
    ],
)
def test_a_patch_that_cannot_be_is_refused_and_nothing_is_half(
    told: Software, path: str, changes: dict[str, Any], code: str
) -> None:
    before = told.call("GET", path).json()

    answer = told.call("PATCH", path, changes)

    detail = answer.json()
    assert answer.status_code == 422
    assert code in (detail["code"], *(error["code"] for error in detail.get("errors", [])))
    assert told.call("GET", path).json() == before


def test_another_registered_name_is_not_verified_by_the_old_check(told: Software) -> None:
    told.call("PATCH", "/sellers/S-1/verification", {"legal_name": "株式会社川"})

    shown = told.call("GET", "/sellers/S-1/verification").json()
    found = identity.identity("S-1", at=machine().at)
    assert (shown["legal_name"], shown["legal_kana"]) == ("株式会社川", "")
    assert found
    assert found.standing is identity.Standing.CHANGED


def test_who_is_protected_is_never_read_back(told: Software) -> None:
    told.call("PATCH", "/sellers/S-1/contacts", {"protected": True})
    shown = told.call("GET", "/sellers/S-1/contacts")

    told.call("PUT", "/sellers/S-1/contacts", shown.json())
    kept = facts.seller("S-1")
    told.call("PATCH", "/sellers/S-1/contacts", {"protected": False})
    ended = facts.seller("S-1")

    assert "protected" not in shown.json()
    assert kept
    assert kept.contact.protected
    assert ended
    assert not ended.contact.protected


def test_whose_key_was_destroyed_is_said_to_be_gone(told: Software) -> None:
    with transaction.atomic():
        ledger.shred(machine(), subject="seller:S-1", reason="asked")
        ledger.shred(machine(), subject="buyer:B-1", reason="asked")

    read = [told.call("GET", path) for path in TOLD if "sellers" in path or "buyers" in path]
    changed = told.call("PATCH", "/buyers/B-1", {"mail": None})

    assert {(one.status_code, one.json()["code"]) for one in read} == {(410, "record-erased")}
    assert (changed.status_code, changed.json()["code"]) == (409, "person-erased")
    assert told.call("GET", "/reviews/R-1").json()["text"] == ""


def test_reading_records_wants_its_own_scope(told: Software, make: Make) -> None:
    writes = make(Scope.MARKET_WRITE, name="writes")
    reads = make(Scope.MARKET_READ, name="reads")

    found = {
        (path, writes.call("GET", path).status_code, reads.call("GET", path).status_code) for path in TOLD
    }
    changed = {
        reads.call(method, path, CHANGES[path]).status_code for path in TOLD for method in ("PUT", "PATCH")
    }

    assert found == {(path, 403, 200) for path in TOLD}
    assert changed == {403}


def test_a_line_says_whether_it_replaces_or_changes(told: Software) -> None:
    lines = [
        {"kind": "contacts", "ref": "S-1", "op": "patch", "phone": None},
        {"kind": "listing", "ref": "L-1", "op": "patch", "price": 9000},
        {"kind": "buyer", "ref": "B-1", "op": "put", "name": "買手二郎"},
        {"kind": "buyer", "ref": "B-9", "op": "patch", "name": "だれか"},
        {"kind": "buyer", "ref": "B-1", "op": "delete"},
        {"kind": "confirmation", "instruction": "ins_1", "op": "patch"},
    ]
    raw = "\n".join(json.dumps(line) for line in lines).encode()

    found = told.call("POST", "/events", raw, content_type=body.NDJSON, key=None).json()["outcomes"]

    assert [(line["kind"], line["ref"], line["outcome"], line["code"]) for line in found] == [
        ("contacts", "S-1", "changed", ""),
        ("listing", "L-1", "changed", ""),
        ("buyer", "B-1", "changed", ""),
        ("buyer", "B-9", "refused", "record-unknown"),
        ("buyer", "B-1", "refused", "op-unknown"),
        ("confirmation", "ins_1", "refused", "op-unknown"),
    ]
    assert told.call("GET", "/sellers/S-1/contacts").json()["mail"] == "s@example.jp"
    assert told.call("GET", "/listings/L-1").json()["gtin"] == "4901234567894"
    assert told.call("GET", "/buyers/B-1").json()["mail"] == ""


def test_a_change_waits_behind_the_record_that_waits(shop: Software) -> None:
    lines = [
        {"kind": "listing", "ref": "L-1", "seller": "S-1", "name": "茶碗", "price": 1},
        {"kind": "listing", "ref": "L-1", "op": "patch", "price": 2},
        *({"kind": "buyer", "ref": f"B-{n}", "name": "買手"} for n in range(110)),
        {"kind": "listing", "ref": "L-1", "op": "patch", "category": "食器"},
        {"kind": "seller", "ref": "S-1", "name": "店"},
    ]
    raw = "\n".join(json.dumps(line) for line in lines).encode()

    answer = shop.call("POST", "/events", raw, content_type=body.NDJSON, key=None).json()

    listing = facts.listing("L-1")
    assert answer["refused"] == 0
    assert listing
    assert (listing.price, listing.category) == (2, "食器")


def test_goods_that_changed_hands_leave_the_orders_and_reviews_of_before_as_they_were(
    market: Software,
) -> None:
    market.call("PUT", "/sellers/S-2", {"name": "谷の店"})
    review = {"listing": "L-1", "seller": "S-1", "stars": 4, "posted_at": "2026-11-02T09:00:00Z"}
    assert market.call("PUT", "/reviews/R-7", review).status_code == 201
    order = market.call("GET", "/orders/O-1").json()

    moved = market.call("PATCH", "/listings/L-1", {"seller": "S-2"})

    assert moved.status_code == 200
    assert market.call("PUT", "/orders/O-1", order | {"charged_back": True}).status_code == 200
    assert market.call("PUT", "/reviews/R-7", review | {"state": "hidden"}).status_code == 200
    anew = market.call("PUT", "/orders/O-9", order)
    assert anew.json()["code"] == "seller-differs"


def test_null_does_not_end_the_protection_of_a_seller_and_false_does(market: Software) -> None:
    market.call("PUT", "/sellers/S-1/contacts", {"mail": "s@example.jp", "protected": True})

    null = market.call("PATCH", "/sellers/S-1/contacts", {"protected": None})
    still = market.call("PATCH", "/sellers/S-1/contacts", {"protected": True})
    ended = market.call("PATCH", "/sellers/S-1/contacts", {"protected": False})

    assert (null.status_code, null.json()["errors"][0]["field"]) == (422, "protected")
    assert (still.json()["change"], ended.json()["change"]) == ("unchanged", "changed")


def test_a_condition_of_a_reader_is_no_condition_on_reading(market: Software) -> None:
    tag = market.call("GET", "/orders/O-1")["ETag"]

    assert market.call("GET", "/orders/O-1", **{"If-Match": '"other"'}).status_code == 200
    assert market.call("GET", "/orders/O-1", **{"If-None-Match": f'"x", W/{tag}'}).status_code == 304
    assert market.call("GET", "/orders/O-1", **{"If-None-Match": '"x"'}).status_code == 200
    assert market.call("GET", "/orders/O-1?fields=all").json()["errors"][0]["code"] == "field-unknown"
