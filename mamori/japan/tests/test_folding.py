"""Spellings that people mean alike are found alike, and folding twice changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from mamori.japan.folding import bigrams, folded, pressed, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("１２３-4567", "1234567"),
        ("０９０ー１２３４ー５６７８", "090−1234-5678"),
        ("髙橋", "高橋"),
        ("山﨑", "山崎"),
        ("渡邉", "渡邊"),
        ("𠮷野家", "吉野家"),
        ("佐々木", "佐佐木"),
        ("ｷｬﾉﾝ", "きやのん"),
        ("ヴァイオリン", "バイオリン"),
        ("シマヅカヅハ", "ｼﾏｽﾞｶｽﾞﾊ"),
        ("ﾐﾁｦ", "ミチオ"),
        ("ﾀﾞｲｴ-", "ダイエー"),
        ("Ｔａｒｏ＠Ｅｘａｍｐｌｅ．ＪＰ", "taro@example.jp"),
        ("㈱山田", "(株)山田"),
        ("山田　太郎", "山田 太郎"),
    ],
)
def test_spellings_that_mean_the_same_are_equal(one: str, other: str) -> None:
    assert folded(one) == folded(other)
    assert pressed(one) == pressed(other)


@pytest.mark.parametrize(
    ("one", "other"), [("ユウカ", "ユカ"), ("有限会社", "株式会社"), ("12", "21"), ("", "ア")]
)
def test_what_differs_stays_different(one: str, other: str) -> None:
    assert pressed(one) != pressed(other)


def test_blanks_and_marks_do_not_part_what_is_looked_up_exactly() -> None:
    assert pressed("山田　太郎") == pressed("山田・太郎") == pressed("山田太郎")
    assert pressed("03（1234）5678") == "0312345678"
    assert pressed("!?") == "!?"


def test_pairs_come_from_words_and_a_single_character_stands_alone() -> None:
    assert bigrams("配送が遅い。A") == ["配送", "送ガ", "ガ遅", "遅イ", "a"]
    assert bigrams("データー") == ["デ-", "-タ"]
    assert bigrams("。、 ") == []


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = folded(text)

    assert folded(once) == once
    assert pressed(pressed(text)) == pressed(text)


@given(st.text(alphabet="あいうエオヴ髙高々ー-0１ aB", min_size=2, max_size=20), st.data())
def test_the_pairs_of_any_word_of_a_text_are_among_the_pairs_of_the_text(
    text: str, data: st.DataObject
) -> None:
    found = words(text)
    if not found:
        return
    word = data.draw(st.sampled_from(found))

    assert len(word) < 2 or set(bigrams(word)) <= set(bigrams(text))
