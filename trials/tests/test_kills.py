"""Under kill -9 nothing is lost and nothing done twice, small; `python -m trials kills` is the large form of it."""

from __future__ import annotations

import pytest

from trials.kills import measure
from trials.sizes import ENGINE, sized


@pytest.mark.sized
@pytest.mark.processes
def test_what_is_acknowledged_comes_by_webhook_and_mail_once_and_each_planted_fault_is_seen() -> None:
    kills, planted = sized((3, 2), (100, 6))

    found = measure(engine=ENGINE, kills=kills, planted=planted, seed=7)

    assert set(found.broken) <= {"deliveries were repeated"}, found.figures  # so few may need no second time
