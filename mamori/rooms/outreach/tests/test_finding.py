"""A page of help is found however somebody writes the word, and rubbish finds nothing."""

from __future__ import annotations

import pytest

from mamori.grammar.text import Text
from mamori.rooms.outreach.rules import HelpEntry, found, sought

PAGES = (
    HelpEntry(
        address="/refund/",
        title=Text("立替返金", "A refund in its place"),
        body=Text(
            "出品者が応じないとき。\n運営者が代わりに返金することがあります。",
            "Where it does not. We refund.",
        ),
        known_as="へんきん ほしょう",
    ),
    HelpEntry(
        address="/payouts/",
        title=Text("売上金の保留", "Proceeds that are held"),
        body=Text("売上金の支払いを、キャンセルまで保留します。", "Payouts wait."),
    ),
)


def addresses(query: str) -> list[str]:
    return [hit.entry.address for hit in found(query, PAGES, "ja")]


@pytest.mark.parametrize(
    "query",
    ["返金", "へんきん", "ﾍﾝｷﾝ", "返金できますか？", "refund", "REFUNDS", "ｒｅｆｕｎｄ", "立替返金は"],
)
def test_it_is_found_however_it_is_written(query: str) -> None:
    assert addresses(query)[0] == "/refund/"


@pytest.mark.parametrize("query", ["きゃんせる", "キャンセル", "ｷｬﾝｾﾙ", "売上金保留"])
def test_kana_of_any_kind_and_words_written_together_are_found(query: str) -> None:
    assert addresses(query) == ["/payouts/"]


@pytest.mark.parametrize(
    "query", ["", "？！…", "xyzzy", "あああああああ", "電子顕微鏡の部品", "und", "'; DROP TABLE"]
)
def test_rubbish_finds_nothing(query: str) -> None:
    assert addresses(query) == []


def test_what_has_most_of_the_words_is_found_and_what_has_less_than_half_is_not() -> None:
    assert addresses("返金 出品者") == ["/refund/"]
    assert addresses("返金 顕微鏡 部品") == []


def test_a_word_in_the_title_comes_before_one_in_the_text() -> None:
    more = (
        HelpEntry(address="/other/", title=Text("ほか", "Other"), body=Text("返金のこと。", "Refunds.")),
        *PAGES,
    )

    assert [hit.entry.address for hit in found("返金", more, "ja")] == ["/refund/", "/other/"]


def test_of_japanese_those_words_are_looked_for_that_carry_it() -> None:
    assert sought("お金が返ってこない") == ("金", "返")
    assert sought("いつまで") == ("イツマデ",)
    assert sought("返金 返金") == ("返金",)


def test_the_excerpt_is_the_sentence_that_has_the_word_and_long_ones_are_cut() -> None:
    [hit] = found("代わりに返金", PAGES, "ja")
    long = HelpEntry(
        address="/long/", title=Text("題", "title"), body=Text("あ" * 200 + "返金" + "い" * 200, "-")
    )
    [cut] = found("返金", [long], "ja")
    [whole] = found("refund", PAGES, "en")

    assert hit.excerpt == "運営者が代わりに返金することがあります。"
    assert cut.excerpt.startswith("…")
    assert cut.excerpt.endswith("…")
    assert "返金" in cut.excerpt
    assert whole.excerpt == "We refund."


def test_where_only_another_name_has_the_word_the_page_begins_as_it_begins() -> None:
    [hit] = found("ほしょう", PAGES, "ja")
    [empty] = found("題", [HelpEntry(address="/", title=Text("題", "t"), body=Text("。", "."))], "en")

    assert hit.excerpt == "出品者が応じないとき。"
    assert empty.excerpt == "."
