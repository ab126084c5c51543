"""`python -m trials` finds the measurements by itself, and a broken promise ends it with 1."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from mamori.grammar.text import Text
from trials.command import cli, found
from trials.harness import Found, command_of


def test_every_measurement_is_listed_with_its_title() -> None:
    told = CliRunner().invoke(cli, [])
    listed = CliRunner().invoke(cli, ["--names"])

    assert told.exit_code == 0
    assert {"kills", "powercut", "log", "rolling", "upgrading"} < set(found())
    assert all(name in told.output for name in found())
    assert listed.output.split() == list(found())


def test_the_machine_says_what_a_figure_was_measured_on() -> None:
    told = json.loads(CliRunner().invoke(cli, ["machine"]).output)

    assert {"system", "python", "processor", "cores", "memory_mib"} == set(told)
    assert told["cores"] >= 1


def test_a_measurement_that_is_not_there_is_a_usage_error() -> None:
    assert CliRunner().invoke(cli, ["no-such"]).exit_code == 2


@pytest.mark.parametrize(("most", "code"), [(3, 0), (2, 1)])
def test_a_broken_promise_ends_with_1_and_what_is_asked_for_is_an_option(most: int, code: int) -> None:
    def measure(*, many: int = 3, seed: int = 0) -> Found:
        return Found({"few enough": many <= most, "a seed is drawn": seed > 0}, many=many)

    told = CliRunner().invoke(command_of(Text("数", "count"), measure), ["--many", "3", "--json"])

    assert told.exit_code == code
    assert json.loads(told.stdout.splitlines()[-1])["promises"]["few enough"] is (most == 3)
