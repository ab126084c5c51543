"""Nothing small follows from two years of publications, and each way to let something follow is seen."""

from __future__ import annotations

import pytest

from mamori.law.shown import ANSWERS, RESOLVED, SOLUTION_MEDIAN, SOLUTION_P95, TROUBLES
from trials.attack import HOUSES, attacked, drawn, published
from trials.attacker import Seen, leaks
from trials.sizes import sized

FIGURES = (TROUBLES, RESOLVED, SOLUTION_MEDIAN, SOLUTION_P95)


@pytest.mark.sized
def test_nothing_small_follows_from_two_years_and_each_planted_fault_is_seen() -> None:
    found = attacked(range(1, sized(2, 20)), FIGURES)

    assert found.broken == [], found.first


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
