"""The measurement of repeated requests, in small: one kill, few keys, and the planted fault is seen."""

from __future__ import annotations

import pytest

from trials.idempotency import measure


@pytest.mark.processes
def test_twelve_at_once_under_a_kill_have_one_effect_and_one_answer() -> None:
    found = measure(engine="sqlite", threads=12, keys=20, kills=1, seed=3)

    assert found.broken == [], found.figures
