"""The log's own trial in small: each way to spoil it is found by its place, and a blind verifier misses a cut."""

from __future__ import annotations

import pytest

from trials import log
from trials.sizes import ENGINE, sized


@pytest.mark.sized
@pytest.mark.processes
def test_every_way_to_spoil_a_real_log_is_found_by_its_place() -> None:
    found = log.measure(engine=ENGINE, count=sized(56, 120))

    assert found.broken == [], found.problems
    assert len(found.kinds) >= 24
