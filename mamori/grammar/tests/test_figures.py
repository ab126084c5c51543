"""Figures are rounded so that none looks better than it was, and a rank is one that was measured."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from mamori.grammar.figures import (
    NONE,
    NOT_YET,
    ROUNDED,
    UNITS,
    Figure,
    Unit,
    rank,
    share,
    span,
    value_text,
    wilson,
)
from mamori.grammar.text import Text


def test_a_share_is_cut_off_and_never_whole_before_all_are_in_it() -> None:
    assert share(2, 3) == Decimal("66.6")
    assert share(9_999, 10_000) == Decimal("99.9")
    assert share(7, 7) == 100
    assert share(0, 0) is None


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (81, 263, "0.2553", "0.3662"),
        (15, 148, "0.0624", "0.1605"),
        (0, 20, "0.0000", "0.1611"),
        (1, 29, "0.0061", "0.1718"),
    ],
)
def test_the_interval_of_a_share_is_the_published_one_and_never_narrower(
    part: int, whole: int, low: str, high: str
) -> None:
    """R. G. Newcombe, Statistics in Medicine 17 (1998), table I: the score method without correction (his method 3)."""
    found = wilson(part, whole)

    assert found is not None
    assert Decimal(0) <= Decimal(low) * 100 - found[0] < Decimal("0.11")
    assert Decimal(0) <= found[1] - Decimal(high) * 100 < Decimal("0.11")


@given(st.integers(0, 300), st.integers(0, 300))
def test_an_interval_holds_its_share_and_ends_where_shares_end(part: int, more: int) -> None:
    found, of = wilson(part, part + more), share(part, part + more)

    if found is None:
        assert of is None
    else:
        assert of is not None
        assert 0 <= found[0] <= of <= found[1] <= 100


def test_of_nothing_there_is_no_interval_and_no_part_is_more_than_its_whole() -> None:
    assert wilson(0, 0) is None
    with pytest.raises(ValueError, match="3 of 2"):
        wilson(3, 2)


def test_a_time_is_rounded_up() -> None:
    assert span(timedelta(hours=2), Unit.HOURS) == 2
    assert span(timedelta(hours=2, seconds=1), Unit.HOURS) == Decimal("2.1")
    assert span(timedelta(hours=36), Unit.DAYS) == Decimal("1.5")
    with pytest.raises(KeyError):
        span(timedelta(hours=1), Unit.COUNT)


@given(st.lists(st.integers(0, 50), min_size=1), st.integers(1, 100))
def test_the_nearest_rank_is_the_smallest_value_that_reaches_the_share(
    values: list[int], percent: int
) -> None:
    enough = (v for v in sorted(values) if sum(w <= v for w in values) * 100 >= percent * len(values))

    assert sorted(values)[rank(percent, len(values)) - 1] == next(enough)


def test_every_unit_has_a_name_and_says_how_it_is_rounded() -> None:
    figure = Figure(
        code="x", title=Text("あ", "a"), means=Text("い", "b"), unit=Unit.DAYS, of=Text("う", "c")
    )

    assert set(UNITS) == set(ROUNDED) == set(Unit)
    assert figure.rounded == ROUNDED[Unit.DAYS]


def test_a_value_is_said_with_its_unit_or_why_there_is_none() -> None:
    assert value_text(Unit.PERCENT, Decimal("12.5"), of=8).en.startswith("12.5 ")
    assert value_text(Unit.COUNT, Decimal(1200), of=1200).en == "1,200"
    assert value_text(Unit.PERCENT, None, of=0) == NONE
    assert value_text(Unit.PERCENT, None, of=3) == NOT_YET
