"""Kana of accounts in one form: what is the same is equal, what is another name stays another."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from mamori.japan.names.kana import begins, cut, half, illegal, is_cut, katakana, normal

KANA = st.text(
    st.characters(min_codepoint=0x3041, max_codepoint=0x30FF)
    | st.characters(min_codepoint=0xFF61, max_codepoint=0xFF9F)
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("シマヅカヅハ", "ｼﾏｽﾞｶｽﾞﾊ"),
        ("ﾐﾁｦ", "ミチオ"),
        ("ﾀﾞｲｴ-", "ダイエー"),
        ("ダイエ－", "だいえ―"),
        ("ｼｮｳｼﾞ", "シヨウジ"),
        ("ハヂメ", "はじめ"),
        ("ヴァイオレット", "バイオレツト"),
        ("ヴィクトル", "ﾋﾞｸﾄﾙ"),
        ("ヰノウヱ", "イノウエ"),
        ("山田　ﾀﾛｳ", "山田タロウ"),
        ("ジョン・スミス", "ｼﾞﾖﾝ ｽﾐｽ"),
        ("ｶ)ｱｸﾒ", "カ）アクメ"),
        ("ａｂｃ", "ABC"),
        ("ヤマグチ，", "ﾔﾏｸﾞﾁ"),
        ("ヶ", "ケ"),
        ("がく", "ｶﾞｸ"),
        ("いすヾ", "イスヾ"),
    ],
)
def test_the_same_name_in_two_spellings_is_equal(one: str, other: str) -> None:
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ユウカ", "ユカ"),
        ("オオノ", "オノ"),
        ("オ-ノ", "オオノ"),
        ("ナカタ", "ナカダ"),
        ("ハシモト", "バシモト"),
        ("ｶ)ｱｸﾒ", "ｱｸﾒ(ｶ"),
    ],
)
def test_another_name_stays_another(one: str, other: str) -> None:
    assert normal(one) != normal(other)


@given(KANA | st.text())
def test_the_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@given(KANA)
def test_half_width_and_full_width_are_one(text: str) -> None:
    assert normal(half(text)) == normal(text)


def test_a_mark_of_voicing_is_a_byte_of_its_own() -> None:
    assert half("ガパヴー") == "ｶﾞﾊﾟｳﾞ-"
    assert len(half("ダイガク")) == 6
    assert half("株式 ｶﾞｷﾞ") == "株式 ｶﾞｷﾞ"


def test_a_cut_counts_half_width_bytes_and_may_lose_the_voicing() -> None:
    assert cut("ガ" * 16) == "ｶﾞ" * 15
    assert cut("アガ" * 11) == "ｱｶﾞ" * 10
    assert cut("ア" + "ガ" * 15) == "ｱ" + "ｶﾞ" * 14 + "ｶ"
    assert begins("ア" + "ガ" * 15, "ア" + "ガ" * 14 + "カ")
    assert not begins("ア" + "ガ" * 15, "イ" + "ガ" * 14 + "カ")


def test_only_a_name_of_thirty_bytes_may_be_cut() -> None:
    assert is_cut("ガ" * 15)
    assert not is_cut("ガ" * 14)
    assert not is_cut("ア" * 31)


def test_what_no_transfer_carries_is_named() -> None:
    assert illegal("ｱｲｳ ABC-(9).") == ""
    assert illegal("しょう・太郎、ヲ") == "・太郎、ｦ"


def test_letters_of_a_transfer_keep_what_is_heard_apart() -> None:
    assert katakana("ちぢむ　づら") == "チヂム ヅラ"
