"""What a house keeps on the disk is its owner's alone, though the machine makes files that all may read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from mamori.site.tests.houses import House, mamori, told_by

pytestmark = pytest.mark.processes

OPEN_WHILE_LISTED = """
from mamori.site.command import ready
ready()
from pathlib import Path
from django.conf import settings
from django.db import transaction
from mamori.ground.people.models import Once
from datetime import UTC, datetime
with transaction.atomic():
    Once.objects.create(digest="x", until=datetime(2027, 1, 1, tzinfo=UTC))
    print(*sorted(f"{path.name}={path.stat().st_mode & 0o777:o}" for path in Path(settings.HOME).glob("mamori.sqlite3*")))
"""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Set up a house on SQLite on a machine whose files all may read and write."""
    before = os.umask(0)
    try:
        made = {
            "MAMORI_HOME": str(tmp_path / "house"),
            "MAMORI_DATABASE_URL": "",
            "MAMORI_KEYS": str(tmp_path / "keys"),
            "MAMORI_LOG": str(tmp_path / "log"),
        }
        done = mamori(made, "setup")
        assert done.returncode == 0, done.stderr
        yield made
    finally:
        os.umask(before)


def readable(folder: Path) -> list[str]:
    """Name the files of a database that others than the owner can do anything with."""
    return [path.name for path in folder.glob("mamori.sqlite3*") if stat.S_IMODE(path.stat().st_mode) & 0o077]


def test_the_database_and_what_lies_beside_it_are_the_owners_alone(house: House) -> None:
    told = told_by(OPEN_WHILE_LISTED, house)

    names = dict(one.split("=") for one in told.split())
    assert set(names) >= {"mamori.sqlite3", "mamori.sqlite3-wal", "mamori.sqlite3-shm", "mamori.sqlite3.gate"}
    assert set(names.values()) == {"600"}


def test_setup_closes_a_database_that_others_could_read(house: House) -> None:
    home = Path(house["MAMORI_HOME"])
    for path in home.glob("mamori.sqlite3*"):
        path.chmod(0o666)

    assert mamori(house, "setup").returncode == 0

    assert readable(home) == []


def test_a_backup_and_what_comes_back_from_it_are_the_owners_alone(house: House, tmp_path: Path) -> None:
    taken = tmp_path / "house.tar"
    again = house | {"MAMORI_HOME": str(tmp_path / "again"), "MAMORI_LOG": str(tmp_path / "log-again")}

    backed_up = mamori(house, "backup", str(taken))
    restored = mamori(again, "restore", str(taken))

    assert backed_up.returncode == 0, backed_up.stderr
    assert stat.S_IMODE(taken.stat().st_mode) == 0o600
    assert restored.returncode == 0, restored.stderr + restored.stdout
    assert (tmp_path / "again" / "mamori.sqlite3").exists()
    assert readable(tmp_path / "again") == []
