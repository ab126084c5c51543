"""The documented catch-up under kills, in small: nothing is paid twice, and the planted fault is seen."""

from __future__ import annotations

import pytest

from trials.catchup import measure
from trials.sizes import sized


@pytest.mark.processes
@pytest.mark.sized
def test_a_shop_that_catches_up_as_documented_pays_nothing_twice_under_kills() -> None:
    kills = sized(6, 60)  # the house itself is killed in the whole alone

    found = measure(engine="sqlite", kills=kills, seed=32)

    assert sum(found.kills.values()) == kills
    assert (found.paid_twice, found.answered_otherwise, found.unanswered) == (0, 0, 0)
    assert min(found.paid, found.declined, found.recalled) > 0
    assert found.planted_paid_twice > 0
