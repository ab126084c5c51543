"""A second house on the same database does not run: not its worker, not its pages; commands and the same folder do."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError
from django.db.models import F

from mamori.grammar.refusal import Refusal
from mamori.ground.clocks.actions import run_house
from mamori.ground.clocks.models import RunningHouse
from mamori.site import prepared
from mamori.site.checks import house as checks
from mamori.site.checks.finding import CheckLine, Level, examine
from mamori.site.tests.houses import House, mamori, told_by
from trials.scratch import python

PAST = """
from mamori.site.command import ready
ready()
from datetime import timedelta
from django.db.models import F
from mamori.ground.clocks.models import RunningHouse
RunningHouse.objects.update(seen_at=F("seen_at") - timedelta(seconds=61))
"""
WHO = """
from mamori.site.command import ready
ready()
from mamori.ground.clocks.models import RunningHouse
print(*RunningHouse.objects.values_list("house", flat=True))
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the house a folder of its own."""
    monkeypatch.setattr(settings, "HOME", tmp_path / "home")
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def looked() -> CheckLine:
    """Return what the doctor says of who runs."""
    [finding] = examine(checks.one_house, None)  # type: ignore[arg-type]  # it asks the database what time it is
    return finding


def test_a_folder_gets_an_id_once_for_its_owner_alone_and_a_copy_of_it_is_the_same_house(
    tmp_path: Path,
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()

    assert prepared.known(first) == ""
    assert prepared.identity(first) == prepared.identity(first) == prepared.known(first)
    assert prepared.identity(first) != prepared.identity(second)
    assert stat.S_IMODE((first / prepared.ID).stat().st_mode) == 0o600
    shutil.copytree(first, tmp_path / "copy")
    assert prepared.identity(tmp_path / "copy") == prepared.identity(first)
    assert [path.name for path in first.iterdir()] == [prepared.ID]


@pytest.mark.django_db
@pytest.mark.parametrize("said", [b"", b" \n", b"f" * 31, b"F" * 32, b"f" * 64, "家".encode()])
def test_a_file_that_holds_no_id_makes_no_two_houses_one(home: Path, said: bytes) -> None:
    (home / prepared.ID).write_bytes(said)
    lost: list[Refusal] = []

    with pytest.raises(prepared.BadHouseId) as refused:
        prepared.claim()

    assert str(home / prepared.ID) in refused.value.sentence.ja
    assert not prepared.renewed(lost.append)
    assert [refusal.code for refusal in lost] == ["house.bad-id"]
    assert (looked().level, looked().text) == (Level.BROKEN, refused.value.sentence)
    assert not RunningHouse.objects.exists()


@pytest.mark.django_db
def test_who_is_refused_reads_both_machines_and_both_ids(home: Path) -> None:
    run_house(house="f" * 32, host="other.example.jp")

    with pytest.raises(prepared.OtherHouse) as refused:
        prepared.claim()

    for said in (refused.value.sentence.ja, refused.value.sentence.en):
        assert all(part in said for part in ("other.example.jp", "f" * 32, prepared.known(home), "60"))


@pytest.mark.django_db
def test_a_house_that_another_has_replaced_ends(home: Path) -> None:
    lost: list[Refusal] = []
    assert prepared.renewed(lost.append)
    RunningHouse.objects.update(house="f" * 32, host="other.example.jp")

    assert not prepared.renewed(lost.append)
    assert [refusal.code for refusal in lost] == ["house.other"]


def test_a_house_whose_database_is_away_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    lost: list[Refusal] = []
    monkeypatch.setattr(prepared, "claim", _away)

    assert prepared.renewed(lost.append)
    assert lost == []


def _away() -> None:
    raise OperationalError


@pytest.mark.django_db
def test_the_doctor_names_this_house_and_the_other(home: Path) -> None:
    nobody = looked()
    prepared.claim()
    ours = looked()
    RunningHouse.objects.update(house="f" * 32, host="other.example.jp")
    theirs = looked()
    RunningHouse.objects.update(seen_at=F("seen_at") - timedelta(seconds=61))
    over = looked()

    assert [one.level for one in (nobody, ours, theirs, over)] == [
        Level.GOOD,
        Level.GOOD,
        Level.BROKEN,
        Level.GOOD,
    ]
    for said in (theirs.text.ja, theirs.text.en):
        assert all(part in said for part in ("other.example.jp", "f" * 32, prepared.known(home)))


def beside(first: House, home: Path) -> House:
    """Return a house in another folder on the database of the first, with its keys and log."""
    was = Path(first["MAMORI_HOME"])
    url = first["MAMORI_DATABASE_URL"] or f"sqlite:///{was / 'mamori.sqlite3'}"
    home.mkdir(mode=0o700)
    keys, log = first.get("MAMORI_KEYS", str(was / "keys")), first.get("MAMORI_LOG", str(was / "log"))
    return {"MAMORI_HOME": str(home), "MAMORI_DATABASE_URL": url, "MAMORI_KEYS": keys, "MAMORI_LOG": log}


def ended(house: House, *words: str) -> subprocess.CompletedProcess[str]:
    """Start a command in a process of its own and return what it ended with."""
    env = {**os.environ, **house, "MAMORI_LANG": "en"}
    command = python("-m", "mamori.site", *words)
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.processes
def test_neither_worker_nor_pages_of_a_second_house_run_on_the_same_database(
    new_house: Callable[..., House], tmp_path: Path
) -> None:
    first = new_house(is_set_up=True)
    second = beside(first, tmp_path / "second")
    assert mamori(first, "work", "--once").returncode == 0
    [mine] = told_by(WHO, first).split()

    told = [ended(second, *words) for words in (("up", "--port", "0"), ("serve", "--port", "0"))]
    told += [mamori(second, "work", "--once"), mamori(second, "check")]
    others = [mamori(second, "key", "list"), mamori(first, "work", "--once")]

    assert [one.returncode for one in told] == [2, 2, 2, 1]
    assert all("Another house runs on this database" in one.stderr + one.stdout for one in told)
    assert all(mine in one.stderr + one.stdout for one in told)
    assert not any("Open at" in one.stderr for one in told)
    assert [one.returncode for one in others] == [0, 0]
    told_by(PAST, first)
    assert mamori(second, "work", "--once").returncode == 0
    assert mamori(first, "work", "--once").returncode == 2


TAKEN = """
from mamori.site.command import ready
ready()
from django.db.models.functions import Now
from mamori.ground.clocks.models import RunningHouse
RunningHouse.objects.update(house="f" * 32, host="other.example.jp", seen_at=Now())
"""


@pytest.mark.processes
def test_worker_and_pages_end_when_another_house_has_come_meanwhile(new_house: Callable[..., House]) -> None:
    house = new_house(is_set_up=True)
    env = {**os.environ, **house, "MAMORI_LANG": "en", "PYTHONUNBUFFERED": "1"}
    programs = {
        said: subprocess.Popen(
            python("-m", "mamori.site", *words),
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for said, words in {"At work": ("work",), "Open at": ("serve", "--port", "0")}.items()
    }
    try:
        for said, program in programs.items():
            assert program.stdout is not None
            assert any(said in line for line in program.stdout)
        told_by(TAKEN, house)
        ends = [(program.communicate(timeout=120)[0], program.returncode) for program in programs.values()]
    finally:
        for program in programs.values():
            program.terminate()

    assert [code for _, code in ends] == [2, 2], ends
    assert all("Another house runs on this database" in said for said, _ in ends)


@pytest.mark.processes
def test_a_restored_backup_runs_at_once_whoever_ran_when_it_was_taken(
    new_house: Callable[..., House], tmp_path: Path
) -> None:
    first, second = new_house(is_set_up=True), new_house()
    assert mamori(first, "work", "--once").returncode == 0
    backup, keys = str(tmp_path / "house.backup"), str(tmp_path / "keys.backup")
    assert mamori(first, "backup", backup, "--keys", keys).returncode == 0
    assert mamori(second, "restore", backup, "--keys", keys).returncode == 0

    assert told_by(WHO, second) == ""
    assert mamori(second, "work", "--once").returncode == 0
    assert told_by(WHO, second) not in ("", told_by(WHO, first))
