"""Nothing small follows from two years of publications, and each way to let something follow is seen."""

from __future__ import annotations

import pytest

from mamori.law.shown import ANSWERS, RESOLVED, SHOWN, SOLUTION_MEDIAN, SOLUTION_P95, TROUBLES
from tests.halfyear.attacker import Seen, leaks
from tests.halfyear.drawing import FAULTS, HOUSES, drawn, published
from trials.sizes import sized

FIGURES = sized((TROUBLES, RESOLVED, SOLUTION_MEDIAN, SOLUTION_P95), SHOWN)


@pytest.mark.sized
@pytest.mark.parametrize("size", HOUSES)
def test_nothing_small_follows_from_two_years_of_a_house(size: str) -> None:
    for seed in range(1, sized(2, 20)):
        assert leaks(published(drawn(HOUSES[size], seed, FIGURES), figures=FIGURES)) == [], seed


@pytest.mark.sized
@pytest.mark.parametrize("fault", FAULTS)
def test_each_planted_fault_lets_something_small_follow(fault: str) -> None:
    worlds = (drawn(HOUSES["middling"], seed, FIGURES) for seed in range(40))

    assert any(leaks(published(world, fault, FIGURES)) for world in worlds)


def test_the_attacker_finds_what_stands_between_a_total_and_its_months() -> None:
    whole = published(drawn(HOUSES["great"], 3, (ANSWERS,)), figures=(ANSWERS,))
    told = {"state": "few"}, {"state": "exact", "count": 12}
    edition = whole.editions[0] | {
        "months": [
            {"month": month, "figures": {ANSWERS.code: cell}}
            for month, cell in (("2026-01", told[0]), ("2026-02", told[1]))
        ],
        "totals": {ANSWERS.code: {"state": "exact", "count": 15}},
    }
    running = {"definitions": whole.figures[0]["definitions"], "months": edition["months"]}

    [leak] = [one for one in leaks(Seen(figures=[running], editions=[edition])) if "answers" in one.what]

    assert (leak.least, leak.most) == (3, 3)
