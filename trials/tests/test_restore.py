"""A house that is filled, backed up and restored is the same, small, and each planted fault is refused."""

from __future__ import annotations

import pytest

from trials.restore import measure
from trials.sizes import ENGINE, sized


@pytest.mark.sized
@pytest.mark.processes
def test_a_house_comes_back_from_its_backup_as_it_was() -> None:
    cases, acts = sized((30, 100), (2_000, 20_000))

    found = measure(engine=ENGINE, cases=cases, acts=acts)

    assert found.broken == [], found.figures
