"""Addresses are read as promised, and a reader that says less of them, or guesses, would break the promise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from trials import addresses


@pytest.fixture(scope="module")
def found() -> addresses.Read:
    return addresses.measure(2_000, seed=7)


def test_addresses_keep_their_promises(found: addresses.Read) -> None:
    assert all(addresses.promises(replace(found, milliseconds=0.1)).values())
    assert found.town >= 0.97


@pytest.mark.parametrize(
    "worse",
    [
        {"addresses": 1_999},
        {"respelt_city": 0.99},
        {"sure": 0.9},
        {"sure_cut_shorter": 0.01},
        {"sure_another_city": 1},
        {"milliseconds": 1.5},
        {"planted_town": 1.0},
    ],
)
def test_worse_figures_would_break_a_promise(found: addresses.Read, worse: dict[str, float]) -> None:
    assert not all(addresses.promises(replace(found, **worse)).values())  # type: ignore[arg-type]
