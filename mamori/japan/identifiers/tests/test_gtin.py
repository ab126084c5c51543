"""The number of goods with a slip in it is none."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from stdnum import ean

from mamori.japan.identifiers.numbers import is_gtin


@given(st.sampled_from([8, 12, 13, 14]).flatmap(lambda n: st.text("0123456789", min_size=n, max_size=n)))
def test_the_check_digit_is_that_of_an_independent_library(digits: str) -> None:
    assert is_gtin(digits) is ean.is_valid(digits)
    assert is_gtin(digits[:-1] + ean.calc_check_digit(digits[:-1]))


@pytest.mark.parametrize(
    "said", ["", "4901234567895", "49012345678", "４９０１２３４５６７８９４", "4901234567894\n"]
)
def test_what_is_no_gtin_is_none(said: str) -> None:
    assert not is_gtin(said)
