"""An environment variable that cannot be read is a sentence that names it, and never what it holds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mamori.site.environment import READERS, VARIABLES, VariableUnreadable, must_be_readable

WRONG = [
    ("MAMORI_DATABASE_URL", "hunter2"),
    ("MAMORI_DATABASE_URL", "mysql://u:hunter2@host/x"),
    ("MAMORI_DATABASE_URL", "postgres://u:hunter2@host:port/x"),
    ("MAMORI_DATABASE_URL_FILE", "/nowhere/hunter2"),
    ("MAMORI_MAIL_FILE", "/nowhere/hunter2"),
    ("MAMORI_METRICS_TOKEN_FILE", "/nowhere/hunter2"),
    ("MAMORI_METRICS_FROM", "10.0.0.0/33"),
    ("MAMORI_PROXIES", "127.0.0.1 hunter2"),
    ("MAMORI_API_CALLS", "many"),
    ("MAMORI_API_CALLS", "-1"),
    ("MAMORI_PORT", "http"),
    ("MAMORI_KMS_SECONDS", "0"),
    ("MAMORI_KMS_SECONDS", "nan"),
    ("MAMORI_ORIGIN", "help.example.jp"),
    ("MAMORI_ORIGIN", "https://"),
    ("MAMORI_ORIGIN", "https://help.example.jp/mamori"),
    ("MAMORI_ORIGIN", "https://help.example.jp:port"),
    ("MAMORI_LOG_LEVEL", "loud"),
]
RIGHT = {
    "MAMORI_DATABASE_URL": "postgres://u:p%2Fw@%2Frun%2Fpg/x",
    "MAMORI_METRICS_FROM": "10.0.0.0/8 fd00::/8",
    "MAMORI_PROXIES": "127.0.0.0/8 ::1/128",
    "MAMORI_API_CALLS": "0",
    "MAMORI_PORT": "8000",
    "MAMORI_KMS_SECONDS": "2.5",
    "MAMORI_ORIGIN": "https://help.example.jp:8443/",
    "MAMORI_LOG_LEVEL": "WARNING",
}


@pytest.mark.parametrize(("name", "told"), WRONG)
def test_what_cannot_be_read_is_named_and_not_repeated(name: str, told: str) -> None:
    with pytest.raises(VariableUnreadable) as refused:
        must_be_readable({name: told})

    for words in (refused.value.sentence.ja, refused.value.sentence.en):
        assert name in words
        assert "hunter2" not in words


def test_what_is_right_or_not_set_passes(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.touch()
    files = {name: str(file) for name in READERS if name.endswith("_FILE")}

    must_be_readable(RIGHT | files)
    must_be_readable(dict.fromkeys(READERS, ""))


def test_only_variables_that_there_are_are_read() -> None:
    assert set(READERS) <= {variable.name for variable in VARIABLES}


@pytest.mark.parametrize(("name", "told"), [("MAMORI_DATABASE_URL", "hunter2"), ("MAMORI_LOG_LEVEL", "loud")])
def test_a_command_says_so_and_shows_no_traceback(tmp_path: Path, name: str, told: str) -> None:
    env = {**os.environ, "MAMORI_HOME": str(tmp_path), "MAMORI_LANG": "en", name: told}

    done = subprocess.run(
        [sys.executable, "-m", "mamori.site", "check"], env=env, capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert done.stderr.startswith(f"mamori: {name} cannot be read.")
    assert "Traceback" not in done.stderr
