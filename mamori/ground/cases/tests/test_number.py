"""Case numbers: distinct, out of sequence, and safe against the slips of people who type them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, strategies as st

from mamori.ground.cases.queue import CaseNumberMistyped, id_of, number_of

IDS = st.integers(min_value=1, max_value=10**12)


@given(IDS)
def test_a_number_leads_back_to_its_case(case: int) -> None:
    assert id_of(number_of(case)) == case


def test_numbers_have_eight_digits_and_grow_beyond_ten_million() -> None:
    lengths = [len(number_of(case)) for case in (1, 9_999_999, 10_000_000, 99_999_999, 100_000_000)]

    assert lengths == [8, 8, 9, 9, 10]


def test_no_two_cases_share_a_number() -> None:
    numbers = {number_of(case) for case in range(1, 100_001)}

    assert len(numbers) == 100_000


def test_numbers_do_not_run_in_sequence() -> None:
    steps = [abs(int(number_of(case + 1)) - int(number_of(case))) for case in range(1, 2_000)]

    assert min(steps) > 1_000_000


@given(IDS)
def test_every_wrong_digit_and_every_swap_of_neighbours_is_found(case: int) -> None:
    number = number_of(case)
    wrong = {
        number[:place] + digit + number[place + 1 :] for place in range(len(number)) for digit in "0123456789"
    }
    swapped = {
        number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        for place in range(len(number) - 1)
    }

    for mistyped in (wrong | swapped) - {number}:
        with pytest.raises(CaseNumberMistyped):
            id_of(mistyped)


@pytest.mark.parametrize("style", ["{0} {1}", "{0}-{1}", " {0}ー{1} ", "{0}－{1}", "{0}　{1}", "{0}‐{1}\n"])
def test_a_number_may_be_written_as_people_do(style: str) -> None:
    number = number_of(random.Random(1).randrange(1, 10**7))
    wide = str.maketrans("0123456789", "０１２３４５６７８９")

    for digits in (number, number.translate(wide)):
        assert id_of(style.format(digits[:4], digits[4:])) == id_of(number)


@pytest.mark.parametrize(
    "number", ["", "1234567", "abcdefgh", "①②③④⑤⑥⑦", "0" * 9, "0" * 40, "٣" * 8, "12345678.0"]
)
def test_what_is_no_number_is_refused_in_a_sentence(number: str) -> None:
    with pytest.raises(CaseNumberMistyped) as refused:
        id_of(number)

    assert "8桁" in refused.value.sentence.ja
    assert "8 digits" in refused.value.sentence.en
