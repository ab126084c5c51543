"""Moments as people read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mamori.japan.calendar import spoken

SIX = datetime(2026, 11, 25, 9, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 25, 15, tzinfo=UTC)


@pytest.mark.parametrize("more", [timedelta(), timedelta(seconds=59, microseconds=999_999)])
def test_people_read_minutes_and_never_a_later_one(more: timedelta) -> None:
    said = spoken(SIX + more)

    assert said.ja == "2026年11月25日（水）18:00"
    assert said.en == "Wed 25 Nov 2026 18:00"


def test_a_day_ends_at_twenty_four_and_what_comes_after_lies_in_the_next() -> None:
    assert spoken(MIDNIGHT).ja == "2026年11月25日（水）24:00"
    assert spoken(MIDNIGHT + timedelta(seconds=1)).ja == "2026年11月26日（木）00:00"
