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
