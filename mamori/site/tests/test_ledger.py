"""`mamori ledger` says whether the record is true, hands out receipts and the key."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import transaction

from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger import actions, facts
from mamori.site.command import ledger
from verifier import mamori_verify

NOON = datetime(2026, 9, 18, 3, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def record() -> int:
    actor = Actor(by="sato", role=Role.AGENT, at=datetime.now(UTC), via="terminal")
    with transaction.atomic():
        return actions.record(actor, kind="contact.asked", subject="buyer:B-1", about="contact.trouble:12")


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(ledger.command, words)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_a_true_record_is_said_to_agree_and_how_far_that_reaches(tmp_path: Path) -> None:
    record()
    actions.sequence(at=NOON)
    shutil.copy(Path(settings.LOG) / "checkpoint", tmp_path / "kept.txt")

    alone, together = run("verify"), run("verify", "--with", str(tmp_path))

    assert (alone[0], together[0]) == (0, 0)
    assert "--with" in alone[1]
    assert "--with" not in together[1]


def test_a_changed_byte_is_named_with_exit_code_one() -> None:
    record()
    actions.sequence(at=NOON)
    tile = Path(settings.LOG) / "tile/0/000.p/1"
    tile.write_bytes(b"\0" + tile.read_bytes()[1:])

    code, said = run("verify")
    json_code, as_json = run("verify", "--json")

    assert (code, json_code) == (1, 1)
    assert "✗ tile/0/000.p/1 leaf 0" in said
    assert json.loads(as_json)["findings"][0]["place"] == "tile/0/000.p/1 leaf 0"


def test_many_findings_are_shortened_for_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "SHOWN", 1)
    record()
    actions.sequence(at=NOON)
    shutil.rmtree(Path(settings.LOG) / "tile")

    code, said = run("verify")

    assert code == 1
    assert said.count("✗") == 1
    assert "--json" in said


def test_a_receipt_is_written_that_the_offline_verifier_proves(tmp_path: Path) -> None:
    number = record()
    actions.sequence(at=NOON)
    out = tmp_path / "receipt.json"

    code, _ = run("receipt", str(number), "--out", str(out))
    _, key = run("key")

    assert code == 0
    assert key.strip() == facts.key()
    assert mamori_verify.main([str(out), "--key", key.strip()]) == 0


def test_a_receipt_without_its_content_goes_to_the_terminal() -> None:
    number = record()
    actions.sequence(at=NOON)

    code, said = run("receipt", str(number), "--closed")

    assert code == 0
    assert json.loads(said)["content"] is None


def test_an_unsigned_act_is_said_to_be_recorded_but_not_signed_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "PATIENCE", 0.2)

    code, said = run("receipt", str(record()))

    assert code == 1
    assert "mamori work" in said


def test_the_acts_about_a_thing_are_listed_and_nothing_is_said_to_be_nothing() -> None:
    number = record()
    erased = record()
    actions.shred(
        Actor(by="sato", role=Role.AGENT, at=NOON, via="terminal"), subject="buyer:B-1", reason="本人の請求"
    )
    again = record()

    code, said = run("receipt", "--about", "contact.trouble:12")
    none, _ = run("receipt", "--about", "contact.trouble:13")

    assert (code, none) == (0, 1)
    lines = said.splitlines()
    assert [int(line.split()[0]) for line in lines] == [number, erased, again]
    assert "sato" in lines[-1]
    assert "sato" not in lines[0]


@pytest.mark.parametrize("words", [("receipt",), ("receipt", "1", "--about", "x")])
def test_neither_or_both_is_a_mistake_of_usage(words: tuple[str, ...]) -> None:
    assert run(*words)[0] == 2
