"""A small calendar for the clocks' tests: weekends, and no holidays until a test closes a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta, timezone

import pytest

from mamori.grammar.businesstime import Calendar
from mamori.ground.clocks import firing, standing

JST = timezone(timedelta(hours=9))
PLAIN = Calendar(zone=JST, first=date(2026, 1, 1), last=date(2027, 12, 31), closed=(), version="plain")


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one turn ring all that is due, however slow the machine is."""
    monkeypatch.setattr(firing, "TURN_SECONDS", 600.0)


@pytest.fixture(autouse=True)
def calendar() -> Iterator[Calendar]:
    """Let the clocks go by the plain calendar, and by the former one afterwards."""
    former = list(standing._SOURCES)
    standing.use_calendar(lambda: PLAIN)
    yield PLAIN
    standing._SOURCES[:] = former
