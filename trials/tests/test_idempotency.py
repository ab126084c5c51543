"""The measurement of repeated requests, in small: one kill, few keys, and the planted fault is seen."""

from __future__ import annotations

import pytest

from trials.idempotency import repeated


@pytest.mark.processes
def test_twelve_at_once_under_a_kill_have_one_effect_and_one_answer() -> None:
    found = repeated("sqlite", threads=12, keys=20, kills=1, seed=3)

    assert (found.effects, found.wanted) == (16, 16)
    assert (found.different, found.unanswered) == (0, 0)
    assert found.others_refused == 20
    assert found.renewed_after_a_day == found.aged > 0
    assert found.killed["web"] == 1
    assert found.planted_effects > found.planted_keys
