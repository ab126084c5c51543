"""The kit for counsel: every clause with its state, a privacy text from the declarations, the notices that go with them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import in_force
from mamori.grammar.text import Lang
from mamori.law.clauses import CLAUSES, RECOVERY, SUSPENSION
from mamori.law.retention import FILES
from mamori.site.command.terms import command
from mamori.site.kit import NO_ADVICE, kit

NOW = datetime.now(UTC)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_kit_holds_every_clause_and_says_that_it_is_no_advice(lang: Lang) -> None:
    pages = kit(lang, at=NOW, only_enabled=False)

    assert all(NO_ADVICE.in_(lang) in page for page in pages.values())
    assert all(clause.text.in_(lang) in pages["clauses.md"] for clause in CLAUSES)
    assert FILES.title.in_(lang) in pages["privacy.md"]
    assert "1,095" in pages["privacy.md"]
    for code in ("`terms.new`", "`contact.hearing`", "`enforcement.decided`"):
        assert code in pages["notices.md"]
    assert "`contact.urged" not in pages["notices.md"]


def test_only_what_is_published_or_switched_on_is_there_when_that_is_asked_for() -> None:
    before = kit("en", at=NOW, only_enabled=True)["clauses.md"]
    in_force(SUSPENSION.code, at=NOW - timedelta(days=1))
    after = kit("en", at=NOW, only_enabled=True)["clauses.md"]

    assert "pattern, needed and not published" in before
    assert RECOVERY.title.en in before
    assert "How these terms change" in before
    assert SUSPENSION.title.en not in before
    assert SUSPENSION.title.en in after
    assert "published, version 1" in after


def test_the_command_writes_three_files_or_prints_and_lists_what_is_in_force(tmp_path: Path) -> None:
    in_force(SUSPENSION.code, at=NOW - timedelta(days=1))
    run = CliRunner().invoke

    written = run(command, ["kit", "--lang", "en", "--out", str(tmp_path / "new" / "kit")])
    printed = run(command, ["kit", "--lang", "en"])
    listed = run(command, ["list"])

    files = {path.name: path.read_text("utf-8") for path in (tmp_path / "new" / "kit").iterdir()}
    assert written.exit_code == printed.exit_code == listed.exit_code == 0
    assert set(files) == {"clauses.md", "privacy.md", "notices.md"}
    assert all(text in printed.output for text in files.values())
    assert [line.split()[0] for line in listed.output.splitlines()] == [clause.code for clause in CLAUSES]


def test_a_folder_that_cannot_be_written_to_is_refused_by_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    refused = CliRunner().invoke(command, ["kit", "--out", str(tmp_path / "file" / "kit")])

    assert refused.exit_code != 0
    assert type(refused.exception).__name__ == "FolderNotWritable"
