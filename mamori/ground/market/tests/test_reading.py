"""Each way in which a line can be bad has a plain sentence in both languages, and never quotes the line."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mamori.grammar.refusal import Refusal
from mamori.ground.declared.records import describe
from mamori.ground.market.lines import KINDS, OrderLine
from mamori.ground.market.reading import read

ORDER = {
    "kind": "order",
    "ref": "O-1",
    "buyer": "B-1",
    "seller": "S-1",
    "amount": 1_500,
    "ordered_at": "2026-11-01T10:00:00+09:00",
}


def raw(**changes: Any) -> bytes:
    return json.dumps({**ORDER, **changes}, ensure_ascii=False).encode()


def refused(line: bytes, **options: Any) -> Refusal:
    with pytest.raises(Refusal) as found:
        read(line, **options)
    return found.value


def test_a_good_line_is_read_and_one_with_a_field_that_nobody_knows_is_refused() -> None:
    found = read(raw())
    refusals = [refused(raw(**{name: value})) for name, value in (("gift", True), ("coupon", None))]
    deep = refused(raw(items=[{"listing": "L-1", "price": 9, "colour": "red"}]))

    assert isinstance(found, OrderLine)
    assert found.amount == 1_500
    assert [one.values["field"] for one in (*refusals, deep)] == ["gift", "coupon", "items[0].colour"]
    assert {one.code for one in (*refusals, deep)} == {"field-unknown"}


def test_an_empty_field_is_as_good_as_none() -> None:
    found = read(raw(refunded=None, items=None))

    assert isinstance(found, OrderLine)
    assert (found.refunded, found.items) == (0, ())


@pytest.mark.parametrize(
    "at", ["2026-11-01T10:00:00", "2026-11-01 10:00:00", "2026-11-01T01:00:00Z", "2026-11-01T10:00:00+09:00"]
)
def test_a_moment_without_offset_is_japan_time(at: str) -> None:
    found = read(raw(ordered_at=at))

    assert isinstance(found, OrderLine)
    assert found.ordered_at.isoformat() in ("2026-11-01T10:00:00+09:00", "2026-11-01T01:00:00+00:00")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": "1500"}, "amount"),
        ({"amount": -1}, "amount"),
        ({"amount": 1_500.5}, "amount"),
        ({"amount": True}, "amount"),
        ({"amount": 10**11}, "amount"),
        ({"ordered_at": "2026-11-01"}, "ordered_at"),
        ({"ordered_at": "11/01/2026"}, "ordered_at"),
        ({"ordered_at": 1_793_500_000}, "ordered_at"),
        ({"charged_back": "no"}, "charged_back"),
        ({"ref": "注文1"}, "ref"),
        ({"ref": ""}, "ref"),
        ({"ref": "O-1\n"}, "ref"),
        ({"ref": "O" * 65}, "ref"),
        ({"items": {}}, "items"),
        ({"items": [{"listing": "L-1", "price": "9"}]}, "items[0].price"),
        ({"items": [{"listing": "L-1", "price": 9, "quantity": 0}]}, "items[0].quantity"),
        ({"kind": "seller", "name": "a\0b"}, "name"),
        ({"kind": "confirmation", "instruction": "ins_1", "outcome": "maybe"}, "outcome"),
    ],
)
def test_a_wrong_field_is_named_with_the_form_that_it_must_have(changes: dict[str, Any], field: str) -> None:
    refusal = refused(raw(**changes))

    assert refusal.code == "field-wrong"
    assert f"「{field}」" in refusal.sentence.ja
    assert f"“{field}”" in refusal.sentence.en


@pytest.mark.parametrize("field", ["ref", "buyer", "seller", "amount", "ordered_at"])
def test_a_missing_field_is_named(field: str) -> None:
    refusal = refused(raw(**{field: None}))

    assert refusal.code == "field-missing"
    assert f"「{field}」" in refusal.sentence.ja


def test_a_missing_field_of_an_item_is_named_with_its_place() -> None:
    refusal = refused(raw(items=[{"listing": "L-1", "price": 1}, {"listing": "L-2"}]))

    assert refusal.code == "field-missing"
    assert "items[1].price" in refusal.sentence.en


@pytest.mark.parametrize("kind", ["orders", "", None, 3, ["order"]])
def test_an_unknown_kind_is_answered_with_the_kinds_there_are(kind: object) -> None:
    refusal = refused(raw(kind=kind))

    assert refusal.code == "kind-unknown"
    assert (
        "seller, verification, contacts, buyer, listing, order, screen, review, confirmation"
        in refusal.sentence.ja
    )


@pytest.mark.parametrize(
    "line",
    [
        b"ref,buyer,seller",
        b'{"kind":"order"',
        b"[]",
        b'"order"',
        b"null",
        b"{" * 100_000,
        b"[" * 100_000,
        b'{"kind":"order","amount":' + b"9" * 400 + b"}",
        b'{"kind":"order","amount":NaN}',
        b'{"kind":"order","ref":"\\ud83d"}',
        b"\xff\xfe{",
    ],
)
def test_what_is_no_json_object_is_refused(line: bytes) -> None:
    assert refused(line).code in ("line-not-json", "line-not-encoded", "field-wrong", "field-missing")


def test_a_line_that_stops_in_the_middle_is_told_from_a_bad_one() -> None:
    whole = raw(note="髙橋")

    codes = {refused(whole[:cut], is_cut=True).code for cut in range(1, len(whole))}

    assert codes == {"line-half-written"}


def test_shift_jis_is_refused_until_it_is_said() -> None:
    line = json.dumps({"kind": "buyer", "ref": "B-1", "name": "表参道 ソ"}, ensure_ascii=False).encode(
        "cp932"
    )

    refusal = refused(line)
    found = read(line, "cp932")

    assert refusal.code == "line-not-encoded"
    assert "--encoding cp932" in refusal.sentence.ja
    assert found.ref == "B-1"
    assert refused("髙".encode(), encoding="cp932").code in ("line-not-encoded", "line-not-json")


def test_nul_bytes_are_named() -> None:
    assert refused(raw() + b"\0").code == "line-holds-nul"


@pytest.mark.parametrize(
    "name",
    [
        " ",
        "\u3000\t\n",
        "\u202e\u200b\ufeff",
        "\u3164",
        "\u2800\ufe0f",
        "良い品\n理由：取り消します",
        "鍋\u2028蓋",
        "鍋\u202e",
        "\x1b[31m鍋",
    ],
    ids=ascii,
)
def test_a_name_that_nobody_can_see_or_that_leaves_its_line_is_none(name: str) -> None:
    refusal = refused(json.dumps({"kind": "seller", "ref": "S-1", "name": name}).encode())

    assert "one of them visible" in refusal.sentence.en


@pytest.mark.parametrize("name", ["守屋", " 守屋\u200b", "👩\u200d🍳の店", "葛\U000e0100城"], ids=ascii)
def test_a_name_on_one_line_is_taken_as_it_is(name: str) -> None:
    assert read(json.dumps({"kind": "seller", "ref": "S-1", "name": name}).encode()) is not None


@pytest.mark.parametrize("change", [{"buyer": "B-1/taro"}, {"seller": "S-1/hanako"}])
def test_no_person_is_called_like_somebody_who_acts_for_another(change: dict[str, str]) -> None:
    assert "no /" in refused(raw(**change)).sentence.en
    assert (
        "no /"
        in refused(json.dumps({"kind": "seller", "ref": "S-1/hanako", "name": "店"}).encode()).sentence.en
    )


def test_no_sentence_quotes_what_the_line_says() -> None:
    secret = "090-1234-5678"

    for line in (raw(amount=secret), raw(ref="髙橋" + secret), raw(kind=secret), (secret + "{").encode()):
        sentence = refused(line).sentence
        assert secret not in sentence.ja + sentence.en


def test_every_field_says_what_it_means_in_both_languages() -> None:
    fields = [field for kind in KINDS.values() for field in describe(kind)]

    assert len(fields) > 25
    for field in fields:
        assert field.means.ja
        assert field.means.en
        assert field.form.en
