"""Whatever comes in gets a clear answer: never a fault, never an echo."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mamori.doors.gateway.body import MOST_JSON, MOST_NDJSON, NDJSON
from mamori.doors.gateway.tests.conftest import TROUBLE, Software
from mamori.rooms.contact.models import Thread

BUYER = {"name": "買手一郎"}
DEEP = b'{"name":' + b"[" * 50_000 + b"]" * 50_000 + b"}"


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b" ", 400),
        (b"null", 400),
        (b"[]", 400),
        (b'"x"', 400),
        (b"1", 400),
        (b"{", 400),
        (b'{"name":}', 400),
        (b'{"name":"\xff"}', 400),
        (b'{"name":"\\ud800"}', 400),
        (b'{"name":"a\\udfffb"}', 400),
        (b"\xef\xbb\xbf{}", 400),
        (b'{"name":NaN}', 400),
        (b'{"name":1e999}', 400),
        (b'{"name":' + b"9" * 5_000 + b"}", 400),
        (DEEP, 400),
        (b'{"name":"a\\u0000b"}', 422),
        (b"{}", 422),
        (b'{"name":null}', 422),
        (b'{"name":"x","name":5}', 422),
        (b'{"name":"' + b"x" * 501 + b'"}', 422),
    ],
)
def test_a_body_that_is_no_record_is_refused(shop: Software, raw: bytes, status: int) -> None:
    for method, path in (("PUT", "/buyers/B-1"), ("POST", "/webhooks"), ("POST", "/confirmations/ins_1")):
        answer = shop.call(method, path, raw)
        assert answer.status_code == (status if method == "PUT" else answer.status_code)
        assert answer.status_code in (400, 422)
        assert answer.json()["detail"]


@pytest.mark.parametrize(
    "kind",
    ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", NDJSON,
     "application/json; charset=shift_jis", "application/json5", "application/problem+json"],
)  # fmt: skip
def test_another_content_type_is_415(shop: Software, kind: str) -> None:
    answer = shop.call("PUT", "/buyers/B-1", BUYER, content_type=kind)

    assert (answer.status_code, answer.json()["code"]) == (415, "type-not-taken")


def test_a_charset_may_be_said(shop: Software) -> None:
    answer = shop.call("PUT", "/buyers/B-1", BUYER, content_type='application/json; charset="UTF-8"')

    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("path", "kind", "most"),
    [("/buyers/B-1", "application/json", MOST_JSON), ("/events", NDJSON, MOST_NDJSON)],
)
def test_what_is_too_large_is_refused_by_its_length_alone(
    shop: Software, path: str, kind: str, most: int
) -> None:
    method = "PUT" if path == "/buyers/B-1" else "POST"

    answer = shop.call(method, path, b" " * (most + 1), content_type=kind)

    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")


@pytest.mark.parametrize("length", ["", "x", "-1"])
def test_a_body_without_its_length_is_411(shop: Software, length: str) -> None:
    answer = shop.client.put(
        "/api/v1/buyers/B-1",
        data=json.dumps(BUYER),
        content_type="application/json",
        headers={"Authorization": f"Bearer {shop.token}"},
        CONTENT_LENGTH=length,
        secure=True,
    )

    assert answer.status_code == 411


def test_unknown_missing_and_wrong_fields_are_all_named_and_nothing_is_echoed(shop: Software) -> None:
    told: dict[str, Any] = {
        "nmae": "山田太郎",
        "mail": 5,
        "phone": ["090-1111-2222"],
        "kind": "buyer",
        "ref": "B-2",
    }

    answer = shop.call("PUT", "/buyers/B-1", told)

    named = {(error["field"], error["code"]) for error in answer.json()["errors"]}
    assert named == {
        ("nmae", "field-unknown"),
        ("kind", "field-unknown"),
        ("ref", "field-unknown"),
        ("name", "field-missing"),
        ("mail", "field-wrong"),
        ("phone", "field-wrong"),
    }
    assert "山田" not in answer.content.decode()
    assert "090-1111" not in answer.content.decode()


def test_a_thousand_unknown_fields_are_told_in_a_short_answer(shop: Software) -> None:
    answer = shop.call("PUT", "/buyers/B-1", {f"x{n}" * 100: 1 for n in range(500)})

    assert answer.status_code == 422
    assert len(answer.content) < 20_000


@pytest.mark.parametrize("ref", ["%E6%B3%A8", "a%20b", "x" * 65, "%00", "a%0Ab", "%0A", "%7F"])
def test_a_reference_that_can_be_none_is_refused(shop: Software, ref: str) -> None:
    answer = shop.client.put(
        f"/api/v1/buyers/{ref}",
        data=json.dumps(BUYER),
        content_type="application/json",
        headers={"Authorization": f"Bearer {shop.token}"},
        secure=True,
    )

    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("ref", ["a?b".replace("?", "%3F"), "a%23b", "a;b", "...", "~", "a%25b"])
def test_a_reference_may_hold_signs(shop: Software, ref: str) -> None:
    assert shop.call("PUT", f"/buyers/{ref}", BUYER).status_code == 201


def test_goods_may_be_named_by_a_path_and_people_may_not(shop: Software) -> None:
    goods = {"seller": "S-1", "name": "傘", "price": 1_000}
    shop.call("PUT", "/sellers/S-1", {"name": "店"})

    assert shop.call("PUT", "/listings/a/b", goods).status_code == 201
    assert shop.call("PUT", "/buyers/a/b", BUYER).status_code == 422


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/threads/", "/threads/1/", "/openapi.yaml", "/a%0Ab", "//"]
)
def test_what_lies_nowhere_is_a_problem_too(shop: Software, path: str) -> None:
    answer = shop.call("GET", path)

    assert (answer.status_code, answer.json()["code"]) == (404, "no-such-path")


@pytest.mark.parametrize("method", ["POST", "DELETE", "OPTIONS", "HEAD", "TRACE", "BREW"])
def test_a_method_that_is_not_taken_is_405_and_says_which_are(shop: Software, method: str) -> None:
    answer = shop.call(method, "/sellers/S-1", key=None)

    assert (answer.status_code, set(answer["Allow"].split(", "))) == (405, {"PUT", "PATCH", "GET"})


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=201", "limit=x", "limit=1.5", "limit=1&limit=2", "cursor=", "cursor=!", "page=2",
     "buyer=a%20b", "seller=%00", "limit=9999999999999999999999"],
)  # fmt: skip
def test_a_query_that_is_wrong_is_named(shop: Software, query: str) -> None:
    answer = shop.call("GET", f"/cases?{query}")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == query.partition("=")[0]


@pytest.mark.parametrize(
    "cursor", ["AAAA", "W251bGwsMV0x", "WyIwMDAxLTAxLTAxVDAwOjAwOjAwKzA5OjAwIiwxXQ", "WzEsMl0"]
)
def test_a_cursor_that_we_never_gave_is_refused(shop: Software, cursor: str) -> None:
    answer = shop.call("GET", f"/cases?cursor={cursor}")

    assert (answer.status_code, answer.json()["code"]) == (422, "cursor-not-good")


@pytest.mark.parametrize(
    ("method", "path", "raw", "field"),
    [
        ("PUT", "/buyers/B-1", '{"name":"花子","name":"太郎"}', "name"),
        ("PUT", "/buyers/B-1", '{"name":"花子","n\\u0061me":"a:b"}', "name"),
        ("POST", "/threads", '{"order":"O-1","topic":"broken","said":"x","order":"O-2"}', "order"),
        (
            "PUT",
            "/orders/O-1",
            '{"buyer":"B-1","items":[{"listing":"L-1","quantity":1,"quantity":2}]}',
            "quantity",
        ),
    ],
)
def test_a_name_that_stands_twice_is_refused_and_named(
    market: Software, method: str, path: str, raw: str, field: str
) -> None:
    answer = market.call(method, path, raw.encode(), party="buyer:B-1" if method == "POST" else "")

    assert answer.status_code == 422
    assert f"「{field}」が2回書かれています" in answer.json()["detail"]


def test_colons_within_words_are_no_names(shop: Software) -> None:
    told = '{"name":"a:b","mail":"x@example.jp","address":"「10:30」: {\\"name\\": 1}"}'

    assert shop.call("PUT", "/buyers/B-7", told.encode()).status_code == 201


def test_a_line_with_a_name_twice_is_refused_and_the_others_are_taken(shop: Software) -> None:
    lines = b'{"kind":"buyer","ref":"B-8","name":"a","name":"b"}\n{"kind":"buyer","ref":"B-9","name":"c"}\n'

    answer = shop.call("POST", "/events", lines, content_type=NDJSON, key=None).json()

    assert (answer["refused"], answer["added"]) == (1, 1)


def test_half_letters_and_nul_in_words_are_refused(market: Software) -> None:
    half = market.call(
        "POST", "/threads", b'{"order":"O-1","topic":"broken","said":"\\ud800"}', party="buyer:B-1"
    )
    nul = market.call("POST", "/threads", TROUBLE | {"said": "割れ\0た"}, party="buyer:B-1")

    assert (half.status_code, nul.status_code) == (400, 422)
    assert "NULなし" in nul.json()["detail"]
    assert Thread.objects.count() == 0


def test_sentences_follow_the_language_that_is_asked_for(shop: Software) -> None:
    en = shop.call("PUT", "/buyers/B-1", {}, **{"Accept-Language": "en"}).json()
    ja = shop.call("PUT", "/buyers/B-1", {}, **{"Accept-Language": "ja"}).json()

    assert "is missing" in en["detail"]
    assert "がありません" in ja["detail"]
