"""`python -m trials` finds the measurements by itself."""

from __future__ import annotations

import json

from click.testing import CliRunner

from trials.command import RESTING, cli, names


def test_every_measurement_is_listed_with_its_title() -> None:
    told = CliRunner().invoke(cli, [])
    listed = CliRunner().invoke(cli, ["--names"])

    assert told.exit_code == 0
    assert "clocks" in names()
    assert all(name in told.output for name in names())
    assert listed.output.split() == [name for name in names() if name not in RESTING]
    assert set(RESTING) < set(names())


def test_the_machine_says_what_a_figure_was_measured_on() -> None:
    told = json.loads(CliRunner().invoke(cli, ["machine"]).output)

    assert {"system", "python", "processor", "cores", "memory_mib"} == set(told)
    assert told["cores"] >= 1


def test_a_measurement_that_is_not_there_is_a_usage_error() -> None:
    assert CliRunner().invoke(cli, ["no-such"]).exit_code == 2
