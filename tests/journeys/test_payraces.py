"""Several at once on the same payouts, killed with -9 at any moment: decided once, paid once, nothing lost."""

from __future__ import annotations

import os

import pytest

from trials import payraces
from trials.sizes import sized_by_engine

pytestmark = [pytest.mark.processes, pytest.mark.sized]

PAYOUTS, KILLS = sized_by_engine((24, 3), (60, 8))
ENGINE = "postgres" if os.environ.get("MAMORI_DATABASE_URL", "").startswith("postgres") else "sqlite"


def test_payouts_asked_and_ordered_at_once_under_kills_are_decided_once_and_paid_once() -> None:
    found = payraces.run(engine=ENGINE, payouts=PAYOUTS, processes=4, kills=KILLS, seed=7)

    assert (found["faults"], found["first_fault"]) == (0, "")
    assert (found["errors"], found["first_error"]) == (0, "")
    assert found["raced"] > 0
    assert found["in_files"] > 0


def test_a_race_without_locks_would_be_noticed() -> None:
    def noticed(seed: int) -> bool:
        found = payraces.run(engine=ENGINE, payouts=60, processes=4, kills=0, seed=seed, planted=True)
        return bool(found["faults"] + found["errors"])

    assert any(noticed(seed) for seed in range(7, 15))  # on a busy machine they may miss each other once
