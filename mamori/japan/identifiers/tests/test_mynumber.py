"""A My Number is refused where it is called one; other numbers of twelve digits are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from stdnum.jp import in_

from mamori.japan.identifiers.numbers import MyNumberInside, is_my_number, my_numbers, refuse_my_number

MADE_UP = "123456789018"


@pytest.mark.parametrize(
    "text",
    [
        f"マイナンバーは{MADE_UP}です",
        "個人番号　１２３４ ５６７８ ９０１８",
        "My Number: 1234-5678-9018",
        "ﾏｲﾅﾝﾊﾞｰ 1234 5678 9018",
        "1234 5678 9018\n個人番号カード",
        "個 人 番 号\n1234 5678 9018",
    ],
)
def test_a_my_number_beside_its_word_is_refused(text: str) -> None:
    with pytest.raises(MyNumberInside) as told:
        refuse_my_number(text)

    assert "1234" not in told.value.sentence.ja
    assert "Nothing was stored" in told.value.sentence.en
    assert len(list(my_numbers(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        MADE_UP,
        f"運転免許証の番号は{MADE_UP}です",
        f"注文番号 {MADE_UP}",
        "マイナンバーは123456789012です",
        "マイナンバーカードは持っていません。法人番号は7000012050002です",
        f"個人番号は書けません。{'あ' * 60}追跡番号は{MADE_UP}",
        "",
    ],
)
def test_other_numbers_pass(text: str) -> None:
    refuse_my_number(text)

    assert list(my_numbers(text)) == []


@given(st.text(alphabet="0123456789", min_size=12, max_size=12))
def test_the_check_digit_is_that_of_an_independent_library(digits: str) -> None:
    assert is_my_number(digits) is in_.is_valid(digits)
    assert is_my_number(digits[:11] + in_.calc_check_digit(digits[:11]))


@pytest.mark.parametrize("digits", ["", "1234", "1234567890123", "１２３４５６７８９０１８"])
def test_what_is_not_twelve_digits_is_none(digits: str) -> None:
    assert not is_my_number(digits)
