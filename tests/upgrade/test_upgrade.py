"""A filled house of each release is brought to this version: nothing is lost, the log verifies, its pages are read as before."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from tests.upgrade import bringing
from trials import releases
from trials.harness import within
from trials.scratch import ENGINES, loaded, scratch

CHANGED: dict[str, str] = {}
"""What a later version may change of an earlier one's rows, as it is told, and why."""
SOUND = {"migrations", "kept_rules", "triggers", "keys"}
"""What the doctor must not call broken, whatever the day: the tables, their rules, and the keys by which they were written."""


def mamori(env: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a house."""
    command = loaded("-m", "mamori.site", "--lang", "en", *words)
    return subprocess.run(command, env=dict(env), capture_output=True, text=True, check=False)


def broken(env: Mapping[str, str]) -> set[str]:
    """Return what the doctor calls broken."""
    told = json.loads(mamori(env, "check", "--json").stdout)
    return {one["check"] for one in told["findings"] if one["level"] == "broken"}


@pytest.mark.processes
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("version", releases.versions())
def test_a_filled_house_of_a_release_is_brought_to_this_version(version: str, engine: str) -> None:
    with scratch(engine, releases.kept(version, engine)) as (env, _):
        before = bringing.tables(env)

        setup = mamori(env, "setup")

        assert setup.returncode == 0, setup.stderr
        assert set(bringing.lost(before, bringing.tables(env))) == CHANGED.keys()
        assert broken(env) & SOUND == set()
        verified = mamori(env, "ledger", "verify")
        assert verified.returncode == 0, verified.stdout + verified.stderr
        pages = within(env, "tests.upgrade.bringing:read_as_lead")
        assert len(pages) > 10
        assert set(pages.values()) == {200}, pages
        assert before["cases_case"].counted.total() > 50
        assert mamori(env, "setup").stdout.count("made a key") == 0


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        ("ALTER TABLE market_order RENAME COLUMN amount TO paid", "market_order.amount is gone"),
        ("UPDATE market_buyer SET sealed = x''", "rows are not what they were"),
        ("DROP TABLE cases_tokens_data", "cases_tokens_data is gone"),
    ],
)
def test_a_planted_migration_that_loses_data_is_told(planted: str, told: str) -> None:
    with scratch("sqlite", releases.kept(releases.versions()[0], "sqlite")) as (env, _):
        before = bringing.tables(env)
        with closing(sqlite3.connect(Path(env["MAMORI_HOME"]) / "mamori.sqlite3")) as house:
            house.execute(planted)
            house.commit()

        [found] = bringing.lost(before, bringing.tables(env))

    assert told in found
