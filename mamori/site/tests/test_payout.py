"""`mamori payout`: the file of transfers, its report, exit codes; what is run again, and what the bank returned."""

from __future__ import annotations

import csv
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import in_force
from mamori.grammar.actor import Actor, Role
from mamori.ground.market.actions import Accepted
from mamori.ground.terms import actions as terms
from mamori.japan.calendar import bank_day_from
from mamori.japan.zengin.reading import read
from mamori.law.clauses import CLAUSES
from mamori.law.identification import Method, Registrant
from mamori.law.settings import PAYER_ACCOUNT, PAYER_CODE, PAYER_NAME
from mamori.rooms.payouts import actions as payouts, facts
from mamori.rooms.payouts.accounts import actions as accounts, details
from mamori.rooms.payouts.runs import actions as runs
from mamori.rooms.payouts.runs.actions import FileNotText
from mamori.site.command import cli, payout as command
from tests.shops import put_shop

pytestmark = pytest.mark.django_db
EARLY = datetime.now(UTC) - timedelta(days=60)
DAY = bank_day_from((datetime.now(UTC) + timedelta(days=5)).date())
LINES = "ref,seller,amount\nP-1,S-1,1000\n=P-2,S-1,5\nP-3,S-9,5\nP-4,S-2,7\nP-5,S-1,x\n"


def machine(at: datetime = EARLY) -> Actor:
    return Actor(by="machine:test", role=Role.MACHINE, at=at, via="test")


@pytest.fixture(autouse=True)
def sellers(db: None) -> None:
    in_force(at=EARLY, since=EARLY.date())
    lead = Actor(by="lead:1", role=Role.LEAD, at=EARLY, via="test")
    for setting, value in (
        (PAYER_CODE, "1234567890"),
        (PAYER_NAME, "ミホン"),
        (PAYER_ACCOUNT, "0001-001-1-1111111"),
    ):
        terms.set(lead, setting=setting, value=value)
    accepted = tuple(Accepted(clause=one.code, version=one.version, at=EARLY) for one in CLAUSES)
    for ref, country in (("S-1", ""), ("S-2", "US")):
        put_shop(
            machine(),
            ref=ref,
            name="店",
            legal_name="山田 花子",
            legal_kana="ヤマダ ハナコ",
            registered_as=Registrant.PERSON,
            verified_by=Method.JPKI,
            verified_at=EARLY,
            accepted=accepted,
            country=country,
        )
    given = details.Given(bank="0001", branch="001", number="1234567", holder="ヤマダ ハナコ")
    accounts.set_account(machine(), seller_ref="S-1", given=given)


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(command.command, ["run", *(str(word) for word in words)])


def test_a_run_without_a_file_is_called_off_and_its_payouts_go_with_the_next(tmp_path: Path) -> None:
    number = runs.begin_run(machine(datetime.now(UTC)), ref="R-1", pays_on=DAY)
    asked = payouts.Asked("P-1", "S-1", 700, by_run=True)
    runs.add_lines(machine(datetime.now(UTC)), run=number, asked=[asked])
    runs.order_run(machine(datetime.now(UTC)), run=number)

    done = CliRunner().invoke(command.command, ["call-off", "R-1", "--reason", "振込日を変える"])
    file = tmp_path / "next.csv"
    file.write_text("ref,seller,amount\nP-1,S-1,700\n", encoding="utf-8")
    again = run(file, "--on", DAY.isoformat())

    assert (done.exit_code, facts.run("R-1").state) == (0, "called_off"), done.output
    assert again.exit_code == 0, again.output
    [made] = tmp_path.glob("furikomi-*.txt")
    assert [one.amount for one in read(made.read_bytes(), on=DAY).payments] == [700]


def listed(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source))


def test_a_run_writes_what_may_be_paid_for_its_owner_only_and_explains_every_other_line(
    tmp_path: Path,
) -> None:
    file = tmp_path / "november.csv"
    file.write_text(LINES, encoding="utf-8")
    (tmp_path / "november-report.csv").touch(0o644)  # of an earlier version, which everybody could read

    done = run(file, "--on", DAY.isoformat())

    assert done.exit_code == 1, done.output
    [made] = tmp_path.glob("furikomi-*.txt")
    reading = read(made.read_bytes(), on=DAY)
    assert reading.is_good
    assert sorted(one.amount for one in reading.payments) == [5, 1_000]
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "november-report.csv").stat().st_mode) == 0o600
    rows = listed(tmp_path / "november-report.csv")
    assert [(row["line"], row["verdict"], row["released"], row["abroad"]) for row in rows] == [
        ("2", "release", "1000", ""),
        ("3", "release", "5", ""),
        ("4", "refused", "0", ""),
        ("5", "hold", "0", "x"),
        ("6", "refused", "0", ""),
    ]
    assert rows[1]["payout"] == "'=P-2"
    assert all(row["why_ja"] and row["why_en"] for row in rows if row["verdict"] != "release")
    assert "3行は" in done.output


def test_the_same_file_again_gives_the_same_bytes_and_pays_nothing_twice(tmp_path: Path) -> None:
    file = tmp_path / "november.csv"
    file.write_text(LINES, encoding="utf-8")
    run(file, "--on", DAY.isoformat(), "--out", tmp_path / "1")

    run(file, "--on", DAY.isoformat(), "--out", tmp_path / "2")
    again = run(file, "--on", DAY.isoformat(), "--name", "other", "--out", tmp_path / "3")

    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()
    assert again.exit_code == 2
    assert not (tmp_path / "3").exists()


def test_all_paid_ends_with_0(tmp_path: Path) -> None:
    file = tmp_path / "one.ndjson"
    file.write_text('{"ref":"P-1","seller":"S-1","amount":1000}\n', encoding="utf-8")

    assert run(file, "--on", DAY.isoformat()).exit_code == 0


def test_a_file_in_another_encoding_pays_nothing(tmp_path: Path) -> None:
    file = tmp_path / "sjis.csv"
    file.write_bytes(LINES.encode("utf-16"))

    done = run(file, "--on", DAY.isoformat())

    assert isinstance(done.exception, FileNotText)
    assert not list(tmp_path.glob("furikomi-*"))


def test_a_file_that_was_cut_off_while_it_was_written_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "one.csv"
    file.write_text("ref,seller,amount\nP-1,S-1,1000\n", encoding="utf-8")

    def cut(number: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", cut)
    done = run(file, "--on", DAY.isoformat(), "--out", tmp_path / "out")
    monkeypatch.undo()

    assert isinstance(done.exception, OSError)
    assert not (tmp_path / "out").exists()
    assert run(file, "--on", DAY.isoformat(), "--out", tmp_path / "out").exit_code == 0
    assert len(read((tmp_path / "out").read_bytes(), on=DAY).payments) == 1


def test_what_the_bank_returned_is_taken_in_whole_or_not_at_all(tmp_path: Path) -> None:
    file, table = tmp_path / "one.csv", tmp_path / "returns.csv"
    file.write_text("ref,seller,amount\nP-1,S-1,1000\n", encoding="utf-8")
    run(file, "--on", DAY.isoformat(), "--out", tmp_path / "out")
    [one] = read((tmp_path / "out").read_bytes(), on=DAY).payments

    def told(text: str) -> Result:
        table.write_text(text, encoding="utf-8")
        return CliRunner().invoke(command.command, ["returns", str(table)])

    assert told(f"ref,outcome,reason\n{one.reference:020},振込不能,\n").exit_code == 2
    assert facts.payout(machine(), "P-1").waits == 0
    mixed = told(f"ref,outcome,reason\n{one.reference:020},振込不能,口座なし\n77,入金,\n")
    assert (mixed.exit_code, "77" in mixed.output) == (1, True)
    assert facts.payout(machine(), "P-1").waits == 1_000
    assert told(f"ref,outcome,reason\n{one.reference:020},振込不能,口座なし\n").exit_code == 0


def test_the_command_is_listed() -> None:
    assert "payout" in CliRunner().invoke(cli, ["--help"]).output
