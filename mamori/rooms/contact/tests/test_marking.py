"""Where something was found in a text, what it was stands in its place: the sentence stays whole and gives nothing away."""

from __future__ import annotations

import pytest

from mamori.japan.lures import KINDS, Kind, check
from mamori.rooms.contact.rules.marking import without

EXAMPLES = {
    "phone": ("電話は", "090-1234-5678", "です。"),
    "mail": ("メールは", "hanako@example.jp", "へお願いします。"),
    "chat_id": ("返事は", "LINE ID: abc_123", " にください。"),
    "url": ("写真は", "https://example.com/a/b", " にあります。"),
    "bank": ("返金は ", "みずほ銀行 新宿支店 普通 1234567", " にお願いします。"),
    "direct_deal": ("次からは", "直接取引", "しませんか。"),
    "address": ("荷物は", "東京都千代田区霞が関3-1-1", "まで送ってください。"),
}


def test_there_is_an_example_of_every_kind_of_lure() -> None:
    assert set(EXAMPLES) == {kind.code for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_what_was_found_is_named_in_its_place_and_is_not_found_again(kind: Kind) -> None:
    before, lure, after = EXAMPLES[kind.code]
    finds = check(f"{before}{lure}{after}", by="buyer")
    assert kind.code in {find.kind for find in finds}

    left = without(f"{before}{lure}{after}", finds)

    assert f"（{kind.title.ja}）" in left
    assert left.startswith(before[:2])
    assert left.endswith(after[-2:])
    assert f"{before}{lure}" not in left
    assert check(left, by="buyer") == ()


def test_it_is_named_in_the_language_of_the_text() -> None:
    text = "Please call 090-1234-5678 or write to hanako@example.jp."

    left = without(text, check(text, by="buyer"))

    assert left == "Please call (telephone number) or write to (mail address)."
    assert check(left, by="buyer") == ()


def test_a_sentence_stays_a_sentence_and_what_overlaps_is_named_once() -> None:
    text = "電話は090-1234-5678です。返事は〔LINE ID: abc_123〕か080-1234-5678へ。"
    finds = check(text, by="buyer")

    left = without(text, (*finds, *finds))

    assert left == "電話は（電話番号）です。返事は〔（LINEなどの連絡先）〕か（電話番号）へ。"
    assert without(text, ()) == text


@pytest.mark.parametrize("text", ["090-1234-5678", " 090-1234-5678\r\n"])
def test_where_nothing_else_was_written_nothing_is_left(text: str) -> None:
    assert without(text, check(text, by="buyer")) == ""
