"""All buyers of a dangerous thing are told once under kill -9, small; `python -m trials telling` is the large form of it."""

from __future__ import annotations

import pytest

from trials.sizes import ENGINE, sized
from trials.telling import measure

FOR_MANY = {"the kills fell while buyers were told", "at most 1 % was handed over again"}


@pytest.mark.sized
@pytest.mark.processes
def test_every_buyer_is_told_once_whoever_is_killed() -> None:
    buyers, kills = sized((150, 2), (20_000, 60))

    found = measure(engine=ENGINE, buyers=buyers, kills=kills, seed=7)

    assert set(found.broken) <= FOR_MANY, found.figures
