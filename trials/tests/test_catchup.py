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

    assert found.broken == [], found.figures
