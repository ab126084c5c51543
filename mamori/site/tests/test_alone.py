"""One house runs once, and figures of one process are not another's."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mamori.site import claiming
from mamori.site.demo import stage
from mamori.site.environment import VARIABLES

HOLD = """
import sys
from pathlib import Path
from mamori.site import claiming as alone
alone.claim(Path(sys.argv[1]))
print(1, flush=True)
input()
"""


@pytest.fixture
def surroundings() -> Iterator[None]:
    """Give the environment back as it was: a demo clears it for its own process."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


def held(home: Path) -> subprocess.Popen[str]:
    """Let another process hold the house."""
    words = [sys.executable, "-c", HOLD, str(home)]
    other = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    assert other.stdout.readline() == "1\n"
    return other


def test_a_house_that_runs_is_not_run_twice_and_is_free_once_it_ended(tmp_path: Path) -> None:
    other = held(tmp_path)

    with pytest.raises(claiming.HouseOpen):
        claiming.claim(tmp_path)
    other.kill()
    other.wait()
    claiming.claim(tmp_path)


@pytest.mark.usefixtures("surroundings")
def test_a_demo_that_is_open_is_not_cleared_under_its_feet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAMORI_HOME", str(tmp_path))
    (tmp_path / stage.MARK).touch()
    (tmp_path / "mamori.sqlite3").touch()
    other = held(tmp_path)

    with pytest.raises(claiming.HouseOpen):
        stage.build(tmp_path)

    assert (tmp_path / "mamori.sqlite3").exists()
    other.kill()
    other.wait()
    stage.build(tmp_path)
    assert not (tmp_path / "mamori.sqlite3").exists()


@pytest.mark.usefixtures("surroundings")
def test_nothing_that_is_meant_for_another_house_reaches_a_demo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    declared = {variable.name for variable in VARIABLES}
    for name in declared:
        monkeypatch.setenv(name, "9000")
    monkeypatch.setenv("MAMORI_HOME", str(tmp_path / "demo"))

    stage.build(tmp_path)

    left = {name for name in os.environ if name.startswith("MAMORI_")}
    assert left == stage.KEPT | {"MAMORI_WEBHOOK_PRIVATE", "MAMORI_LOG_ORIGIN"}
    assert (os.environ["MAMORI_WEBHOOK_PRIVATE"], os.environ["MAMORI_LANG"]) == ("1", "9000")


def test_whoever_begins_to_count_leaves_alone_who_counts_and_removes_what_the_dead_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claiming, "MEMORY", tmp_path)
    mine = claiming.fresh_counts(tmp_path)
    stem = mine.name.removesuffix(str(os.getpid()))
    living, dead = tmp_path / f"{stem}{os.getppid()}", tmp_path / f"{stem}4194305"
    living.mkdir()
    dead.mkdir()

    again = claiming.fresh_counts(tmp_path)

    assert again == mine
    assert living.exists()
    assert not dead.exists()
