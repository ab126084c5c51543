"""What `make test` spends may not grow unseen: planted, a process more, and processor seconds a fifth more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import spending
from tools import spent

PIECES = {
    "collecting": {"minutes": 0.5, "seconds": 10.0},
    "journeys": {"minutes": 9.0, "seconds": 400.0, "starts": 30},
}


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ({}, []),
        ({"starts": 31}, ["starts: 31, and at most 30 is recorded"]),
        ({"starts": 29}, []),
        ({"seconds": 450.0}, []),
        ({"seconds": 480.0}, ["quotient: 48, and at most 46 is recorded"]),
        ({"starts": 0}, ["starts: counted no more"]),
        ({"setups": 1}, ["setups: 1, and at most 0 is recorded"]),
    ],
)
def test_more_than_is_recorded_is_named(planted: dict[str, float], said: list[str]) -> None:
    recorded = spent.figures(PIECES)

    found = spent.figures(PIECES | {"journeys": PIECES["journeys"] | planted})

    assert recorded == {"starts": 30, "quotient": 40.0}
    assert spent.faults(found, recorded) == said


@pytest.mark.parametrize(
    ("command", "counted"),
    [
        (["/usr/bin/python3.13", "-m", "mamori.site", "check"], ("starts",)),
        (["/x/bin/mamori", "setup"], ("starts", "setups")),
        (
            ["python", "-I", "/x/tests/forkserver/client.py", "/p", "1", "-m", "mamori.site", "setup"],
            ("setups",),
        ),
        (["/usr/bin/chromium", "--headless"], ()),
        ([], ()),
    ],
)
def test_a_start_is_a_python_that_is_not_forked(command: list[str], counted: tuple[str, ...]) -> None:
    assert spending.started(command) == counted


def test_a_run_counts_the_processes_that_its_tests_start_and_what_they_leave_running(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = "import time\nwhile time.process_time() < 0.4: pass"
    left = (
        f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {busy!r}], start_new_session=True)"
    )
    test = f"import subprocess, sys\ndef test_one(): subprocess.run([sys.executable, '-c', {left!r}])\n"
    (tmp_path / "test_planted.py").write_text(test, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tests.spending",
        "-p",
        "no:cacheprovider",
        str(tmp_path),
    ]
    code = f"from tools import spent; spent.FOLDER = spent.Path({str(tmp_path)!r}); spent.run('planted', {command!r})"

    subprocess.run(
        [sys.executable, "-c", code], cwd=spent.ROOT, env=os.environ, check=True, capture_output=True
    )

    took = json.loads((tmp_path / "planted.json").read_text(encoding="utf-8"))
    assert took["starts"] == 1
    assert took["seconds"] > 0.4
