"""Keys and holds from the terminal, and the doctor's look at what guards people's data."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.conf import settings

from mamori.ground.ledger import facts as records
from mamori.ground.seal import actions as seal, facts, keystore, wrapping
from mamori.ground.seal.facts import Key, Place
from mamori.ground.vault.models import File
from mamori.ground.vault.tests.conftest import image, keep, scanner_away
from mamori.site.checks import house
from mamori.site.checks.finding import Level, examine
from mamori.site.command import hold as hold_command, seal as seal_command

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "KEYS", tmp_path / "keys")
    monkeypatch.setattr(settings, "KEY_PROFILE", "file")
    monkeypatch.setattr(wrapping, "LOG_N", 10)
    seal.prepare_keys()
    seal.seal(subject="buyer:B-1", place=Place("t", 1, "c"), plain=b"x")


def run(*words: str) -> Result:
    group = hold_command.command if words[0] == "hold" else seal_command.command
    return CliRunner().invoke(group, list(words[1:]), catch_exceptions=False)


def levels(check: object, at: datetime = NOW) -> set[Level]:
    return {finding.level for finding in examine(check, at)}  # type: ignore[arg-type]


def test_a_rotation_from_the_terminal_begins_ends_and_is_told() -> None:
    before = json.loads(run("seal", "status", "--json").output)
    rotated = run("seal", "rotate")
    after = json.loads(run("seal", "status", "--json").output)

    assert (before["profile"], before["lost"]) == ("file", 0)
    assert rotated.exit_code == 0
    assert "subjects.2.key" in rotated.output
    assert [one["keys"] for one in after["generations"]] == [1, 0]
    assert "subjects.2.key" in run("seal", "status").output
    assert levels(house.data_keys) == {Level.LOOK}


def test_a_rotation_that_was_begun_is_gone_on_with() -> None:
    seal.begin()
    assert levels(house.data_keys) == {Level.LOOK}

    told = run("seal", "rotate")

    assert told.exit_code == 0
    assert len(keystore.numbers()) == 2
    assert "subjects.2.key" not in told.stdout.splitlines()[0]


def test_an_old_key_is_removed_when_its_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("seal", "retire").exit_code == 0
    run("seal", "rotate")
    monkeypatch.setattr("mamori.ground.seal.keyrows.SETTLED", timedelta())

    told = run("seal", "retire")

    assert "subjects.key" in told.output
    assert keystore.numbers() == [2]
    assert levels(house.data_keys) == {Level.GOOD}


def test_a_lost_key_file_is_broken_and_ends_with_1() -> None:
    seal.begin()
    keystore.path_of(Key.SUBJECTS).rename(settings.KEYS / "lost")

    assert run("seal", "status").exit_code == 1
    assert Level.BROKEN in levels(house.data_keys)


def test_plain_keys_under_another_profile_are_broken_until_they_are_wrapped() -> None:
    seal.ask_by(lambda is_new: "正しい 馬 電池 ホチキス 五つめ")
    settings.KEY_PROFILE = "passphrase"
    assert Level.BROKEN in levels(house.data_keys)

    settings.KEY_PROFILE = "file"
    told = run("seal", "wrap", "passphrase")

    assert told.exit_code == 0
    assert settings.KEY_PROFILE == "passphrase"
    assert "MAMORI_KEY_PROFILE=passphrase" in told.output
    assert levels(house.data_keys) == {Level.GOOD}
    wrapping.forget()
    wrapping._askers.clear()


def test_a_hold_is_put_listed_and_lifted_from_the_terminal() -> None:
    added = run("hold", "add", "buyer:B-1", "--ground", "suit", "--reason", "訴状が届いた")
    listed, as_json = run("hold", "list"), json.loads(run("hold", "list", "--json").output)
    number = as_json["number"]
    lifted = run("hold", "lift", str(number), "--reason", "和解した")

    assert str(number) in added.output
    assert "訴状が届いた" in listed.output
    assert as_json["what"] == "buyer:B-1"
    assert lifted.exit_code == 0
    assert "buyer:B-1" not in run("hold", "list").output
    assert "buyer:B-1" in run("hold", "list", "--all").output
    acts = records.acts_about("buyer:B-1")
    assert [act.kind for act in acts] == ["vault.hold", "vault.lift_hold"]
    assert facts.holds() == ()


def test_files_that_wait_long_for_the_scanner_are_seen() -> None:
    assert levels(house.quarantine) == {Level.GOOD}
    with scanner_away():
        keep(image())

    waiting = File.objects.get()
    assert levels(house.quarantine, waiting.received_at + timedelta(minutes=29)) == {Level.GOOD}
    assert levels(house.quarantine, waiting.received_at + timedelta(minutes=31)) == {Level.LOOK}
