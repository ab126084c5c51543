"""Troubles are counted where they lie, in small, and a house that writes none is noticed."""

from __future__ import annotations

import pytest

from trials.intake import measure


@pytest.mark.processes
def test_troubles_are_counted_where_they_lie_and_a_house_that_writes_none_is_noticed() -> None:
    found = measure(engine="sqlite", seconds=1.0, most=40)

    assert found.broken == [], found.figures
