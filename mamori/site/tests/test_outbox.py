"""`mamori outbox` shows people values, not the program's notation."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from mamori.grammar.actor import Actor, Role
from mamori.ground.outbox import actions
from mamori.site.command import outbox

NOON = datetime(2026, 9, 18, 3, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(outbox.command, words)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_an_endpoint_is_listed_in_plain_words() -> None:
    actor = Actor(by="staff:sato", role=Role.LEAD, at=NOON, via="terminal")
    actions.add_endpoint(actor, url="https://203.0.114.1/hooks", kinds=("contact.*", "notice"))

    code, said = run("endpoints")

    assert code == 0
    assert "  kinds: contact.*, notice\n" in said


def test_a_number_beyond_every_database_is_refused_in_a_sentence() -> None:
    assert [run("log", "--endpoint", str(10**20))[0], run("rotate-secret", str(10**20))[0]] == [2, 2]


def test_moments_are_told_in_japan_time_and_each_try_on_its_line() -> None:
    tries = ({"number": 1, "at": NOON, "error": ""}, {"number": 2, "at": NOON, "error": "timeout"})

    said = outbox._plain(tries)

    at = "2026-09-18 12:00:00+09:00"
    assert said == f"\n    number 1, at {at}\n    number 2, at {at}, error timeout"
