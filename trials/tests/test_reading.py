"""Displays are read and checked as promised, and a reader or checker that finds less would break the promise."""

from __future__ import annotations

from dataclasses import replace

import pytest
from click.testing import CliRunner

from trials import reading
from trials.reading import Found, displays, measure, promises, statuses


@pytest.fixture(scope="module")
def found() -> Found:
    return measure()


def test_displays_are_read_as_promised(found: Found) -> None:
    assert all(promises(found).values())
    assert found.displays == 220
    assert found.statuses == 220 * 16


@pytest.mark.parametrize(
    "worse",
    [
        {"recall": {"missing": 0.94, "placeholder": 1.0, "mismatch": 1.0, "vague": 1.0}},
        {"precision": {"missing": 1.0, "placeholder": 0.89, "mismatch": 1.0, "vague": 1.0}},
        {"worst": {"missing/address": 0.8}},
        {"planted_reader": {"missing": 1.0}},
        {"planted_checker": {"missing": 1.0}},
    ],
)
def test_worse_figures_would_break_a_promise(found: Found, worse: dict[str, object]) -> None:
    assert not all(promises(replace(found, **worse)).values())  # type: ignore[arg-type]


def test_a_reader_that_finds_nothing_calls_everything_missing() -> None:
    one = next(display for display in displays("a") if display.seller.kind == "corporation")

    said = statuses(one, reading.blind)

    assert said["name"] == said["address"] == said["phone"] == "missing"
    assert statuses(one) != said


def test_a_set_alone_can_be_measured() -> None:
    told = CliRunner().invoke(reading.command, ["--sets", "a", "--json"])

    assert '"displays": 110' in told.output
