"""`mamori import` in the terminal: sentences in the chosen language, exit codes, the report of refused lines."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mamori.site.command.import_ import SHOWN, command

pytestmark = pytest.mark.django_db

BUYER = '{"kind":"buyer","ref":"B-1","name":"𠮷田 花"}\n'
ROOT = Path(__file__).parents[3]


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words])


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file_ends_with_0(tmp_path: Path) -> None:
    done = run(written(tmp_path / "b.ndjson", BUYER))

    assert done.exit_code == 0, done.output
    assert "追加 1" in done.output


def test_refused_lines_end_with_1_and_stand_in_the_report(tmp_path: Path) -> None:
    report = tmp_path / "report.ndjson"

    done = run(written(tmp_path / "b.ndjson", BUYER + "x\n"), "--report", report)

    assert done.exit_code == 1
    assert "2行目" in done.output
    [line] = [json.loads(row) for row in report.read_text(encoding="utf-8").splitlines()]
    assert (line["line"], line["code"]) == (2, "line-not-json")
    assert line["ja"]
    assert line["en"]


def test_a_file_that_is_not_there_does_not_keep_the_others_out(tmp_path: Path) -> None:
    done = run(tmp_path / "no.ndjson", written(tmp_path / "b.ndjson", BUYER), tmp_path)

    assert done.exit_code == 1
    assert "file-missing" in done.output
    assert "file-is-folder" in done.output
    assert "追加 1" in done.output


@pytest.mark.parametrize("text", ["", "x\ny\n"])
def test_nothing_that_could_be_read_ends_with_2(tmp_path: Path, text: str) -> None:
    assert run(written(tmp_path / "b.ndjson", text)).exit_code == 2


def test_many_refused_lines_are_cut_short_in_the_terminal(tmp_path: Path) -> None:
    done = run(written(tmp_path / "b.ndjson", "x\n" * (SHOWN + 3)))

    assert done.output.count("[line-not-json]") == SHOWN
    assert "ほか 3 行" in done.output


def test_an_unknown_field_is_refused_and_the_report_says_of_which_record(tmp_path: Path) -> None:
    report = tmp_path / "report.ndjson"
    wrong = '{"kind":"buyer","ref":"B-1","name":"花","points":3}\n'

    done = run(written(tmp_path / "b.ndjson", wrong), "--report", report)

    [line] = [json.loads(row) for row in report.read_text(encoding="utf-8").splitlines()]
    assert done.exit_code == 2
    assert (line["kind"], line["ref"], line["code"]) == ("buyer", "B-1", "field-unknown")


def test_the_same_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = written(tmp_path / "b.ndjson", BUYER)

    done = run(path, path)

    assert done.output.count("追加 1") == 1


def test_the_sample_market_is_as_its_generator_writes_it() -> None:
    generate = [sys.executable, str(ROOT / "examples/market/generate.py"), "--check"]

    done = subprocess.run(generate, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_a_sample_that_was_changed_by_hand_is_noticed(tmp_path: Path) -> None:
    generate = [sys.executable, str(ROOT / "examples/market/generate.py"), "--folder", str(tmp_path)]
    subprocess.run([*generate, "--orders", "100"], check=True)
    orders = tmp_path / "orders.ndjson"

    whole = subprocess.run([*generate, "--orders", "100", "--check"], check=False)
    orders.write_text(orders.read_text("utf-8").replace("4980", "4981", 1), "utf-8")
    changed = subprocess.run([*generate, "--orders", "100", "--check"], capture_output=True, check=False)

    assert (whole.returncode, changed.returncode) == (0, 1)


def test_a_table_comes_in_and_its_refused_rows_stand_in_a_file_of_ones_own(tmp_path: Path) -> None:
    report = tmp_path / "refused.csv"
    table = written(tmp_path / "b.csv", "会員番号,氏名,備考\n会員１,花,=1\nB-2,,=1\n")

    done = run(table, "--kind", "buyers", "--report", report)

    assert done.exit_code == 1
    assert "追加 1" in done.output
    assert "3行目" in done.output
    _, row = report.read_text(encoding="utf-8-sig").splitlines()
    assert row.startswith("B-2,,'=1,3,")
    assert report.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("words", "code"),
    [(["b.csv"], 2), (["no.csv", "--kind", "buyers"], 2), (["b.csv", "b.csv", "--kind", "buyers"], 2)],
)
def test_a_table_without_its_kind_or_two_at_once_end_with_2(
    tmp_path: Path, words: list[str], code: int
) -> None:
    written(tmp_path / "b.csv", "会員番号,氏名\nB-1,花\n")

    done = run(*(tmp_path / word if word.endswith(".csv") else word for word in words))

    assert done.exit_code == code
    assert "追加" not in done.output


def test_a_column_of_another_name_is_said_by_hand(tmp_path: Path) -> None:
    table = written(tmp_path / "b.csv", "会員No.だよ,氏名\nB-1,花\n")

    assert run(table, "--kind", "buyers").exit_code == 2
    assert run(table, "--kind", "buyers", "--column", "会員No.だよ=buyer.ref").exit_code == 0
