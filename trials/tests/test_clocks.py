"""The bench that walks beside the algebra keeps its promise, and would notice a fault."""

import json
import sys
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from mamori.grammar.businesstime import EveryHours
from trials import clocks

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_the_algebra_agrees_with_the_walk_and_the_planted_fault_does_not() -> None:
    found = clocks.walk(starts=2_000, at=NOON)

    assert found.kept
    assert found.disagreements == 0
    assert found.planted_disagreements > 20
    assert found.at == "2026-11-24T12:00:00+00:00"


def test_hours_round_the_clock_are_walked_over_closed_days_too() -> None:
    friday_night = datetime.fromisoformat("2026-11-13T23:00")

    walked = clocks.slow_walk(friday_night, EveryHours(24), clocks.japanese_business_days())

    assert walked == datetime.fromisoformat("2026-11-14T23:00")


def test_a_wrong_walk_breaks_the_promise_and_the_first_difference_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clocks, "japanese_business_days", lambda: lambda day: day.weekday() < 5)

    found = clocks.walk(starts=500, at=NOON)

    assert not found.kept
    assert "walked" in str(found.first_disagreement)
    assert CliRunner().invoke(clocks.command, ["--starts", "500"]).exit_code == 1


def test_the_figures_are_for_people_and_for_programs() -> None:
    ended = CliRunner().invoke(clocks.command, ["--starts", "300", "--json"])

    assert ended.exit_code == 0
    assert json.loads(ended.output)["kept"] is True
    assert "disagreements          0" in CliRunner().invoke(clocks.command, ["--starts", "300"]).output


def test_without_the_second_table_the_comparison_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jpholiday", None)

    with pytest.raises(clocks.NoSecondTable):
        clocks.walk(starts=1, at=NOON)
