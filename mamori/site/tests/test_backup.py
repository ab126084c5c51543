"""A backup brings everything back, refuses to overwrite, and a single wrong byte is noticed."""

from __future__ import annotations

import base64
import hashlib
import os
import random
import subprocess
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pytest

from mamori.site.backup import parts
from mamori.site.tests.houses import READ, SHRED, WRAPPED, WRITE, House, mamori, told_by

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def lived_in(new_house: Callable[..., House]) -> House:
    """Make a house with rows and a log in it."""
    house = new_house(is_set_up=True)
    kept = Path(house["MAMORI_HOME"]) / "files" / "ab" / f"ab{'0' * 30}.0"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"mamori-file 1\nsealed")
    (kept.parent / "half.draft").write_bytes(b"not whole yet")
    told_by(WRITE, house)
    return house


def manifest_of(path: Path) -> dict[str, Any]:
    """Read what an archive says it holds."""
    with parts.reading(path) as tar:
        return parts.manifest(tar, path, "house")


def test_what_was_taken_comes_back(lived_in: House, new_house: Callable[..., House], tmp_path: Path) -> None:
    first, second, keys = tmp_path / "first.backup", tmp_path / "second.backup", tmp_path / "keys.backup"
    other = new_house()

    taken = mamori(lived_in, "backup", str(first), "--keys", str(keys))
    restored = mamori(other, "restore", str(first), "--keys", str(keys))
    again = mamori(other, "backup", str(second))

    assert (taken.returncode, restored.returncode, again.returncode) == (0, 0, 0), restored.stderr
    assert manifest_of(first)["tables"]["terms_clauseacceptance"]["rows"] == 300
    assert manifest_of(second)["tables"] == manifest_of(first)["tables"]
    assert manifest_of(second)["files"] == manifest_of(first)["files"] != {}
    assert "files/ab/ab" + "0" * 30 + ".0" in manifest_of(first)["files"]
    assert not any("draft" in name for name in manifest_of(first)["files"])
    assert told_by(READ, other) == told_by(READ, lived_in) == "open,open,open"
    for name in ("subjects.key", "log.key", "index.key", "signing.key"):
        there = Path(other["MAMORI_HOME"]) / "keys" / name
        assert there.read_bytes() == (Path(lived_in["MAMORI_HOME"]) / "keys" / name).read_bytes()
        assert there.stat().st_mode & 0o777 == 0o600


def test_the_keys_are_not_in_the_backup(lived_in: House, tmp_path: Path) -> None:
    path = tmp_path / "house.backup"

    mamori(lived_in, "backup", str(path))

    content = unpacked(path)
    for file in (Path(lived_in["MAMORI_HOME"]) / "keys").glob("*.key"):
        assert file.read_bytes().strip() not in content
    wrapped = told_by(WRAPPED, lived_in).split()
    assert len(wrapped) >= 300
    assert [row for row in wrapped if bytes.fromhex(row) in content or row.encode() in content] == []
    assert path.stat().st_mode & 0o777 == 0o600


def unpacked(path: Path) -> bytes:
    """Return all that is in an archive, PostgreSQL's dump as text."""
    whole = path.read_bytes()
    with parts.reading(path) as tar:
        dump = parts.content(tar, "database")
    if dump.startswith(b"PGDMP"):
        bin_ = os.environ.get("MAMORI_POSTGRES_BIN", "")
        words = [str(Path(bin_) / "pg_restore"), "--file=-"]
        whole += subprocess.run(words, input=dump, check=True, capture_output=True).stdout
    return whole


def test_the_planted_backup_with_keys_in_it_would_be_noticed(lived_in: House, tmp_path: Path) -> None:
    keys = tmp_path / "keys.backup"
    mamori(lived_in, "backup", "--keys", str(keys))
    wrapped = told_by(WRAPPED, lived_in).split()

    content = keys.read_bytes()

    assert all(base64.b64encode(bytes.fromhex(row)) in content for row in wrapped)


def test_who_was_shredded_stays_shredded_when_an_older_backup_comes_back(
    new_house: Callable[..., House], tmp_path: Path
) -> None:
    house, again, careless = new_house(is_set_up=True), new_house(), new_house()
    old, old_keys, new_keys = (tmp_path / name for name in ("old.backup", "old.keys", "new.keys"))
    told_by(WRITE, house)
    mamori(house, "backup", str(old), "--keys", str(old_keys))

    told_by(SHRED, house)
    mamori(house, "backup", "--keys", str(new_keys))
    answer = mamori(again, "restore", str(old), "--keys", str(new_keys))
    mamori(careless, "restore", str(old), "--keys", str(old_keys))

    assert "Keys put back" in answer.stdout, answer.stderr
    assert told_by(READ, again) == "shredded,open,open"
    assert told_by(READ, careless) == "open,open,open"  # why keys are kept apart, and not as long


def test_keys_may_come_back_after_the_house(
    lived_in: House, new_house: Callable[..., House], tmp_path: Path
) -> None:
    path, keys, empty = tmp_path / "house.backup", tmp_path / "keys.backup", new_house()
    mamori(lived_in, "backup", str(path), "--keys", str(keys))

    mamori(empty, "restore", str(path))
    without = told_by(READ, empty)
    answer = mamori(empty, "restore", "--keys", str(keys))
    twice = mamori(empty, "restore", "--keys", str(keys))

    assert without == "no key,no key,no key"
    assert told_by(READ, empty) == "open,open,open"
    assert answer.returncode == twice.returncode == 0, answer.stderr
    assert "The log is verified" in answer.stdout


def test_a_keys_archive_with_a_changed_row_is_not_believed(
    lived_in: House, new_house: Callable[..., House], tmp_path: Path
) -> None:
    path, keys, empty = tmp_path / "house.backup", tmp_path / "keys.backup", new_house()
    mamori(lived_in, "backup", str(path), "--keys", str(keys))
    with parts.reading(keys) as tar:
        rows = parts.content(tar, "keyrows.ndjson").splitlines(keepends=True)
    false = forged(keys, tmp_path / "false.keys", {"keyrows.ndjson": b"".join(rows[:-1])})

    answer = mamori(empty, "restore", str(path), "--keys", str(false))

    assert answer.returncode == 2
    assert "seal_subjectkey" in answer.stderr


def test_a_restore_overwrites_nothing(lived_in: House, tmp_path: Path) -> None:
    path = tmp_path / "house.backup"
    mamori(lived_in, "backup", str(path))

    told = mamori(lived_in, "restore", str(path))
    twice = mamori(lived_in, "backup", str(path))

    assert told.returncode == 2
    assert "is not empty, and nothing is overwritten" in told.stderr
    assert twice.returncode == 2
    assert "exists already" in twice.stderr


def test_one_wrong_byte_anywhere_is_noticed(
    lived_in: House, new_house: Callable[..., House], tmp_path: Path
) -> None:
    path = tmp_path / "house.backup"
    mamori(lived_in, "backup", str(path))
    whole = path.read_bytes()
    dice = random.Random(20_261_124)
    places = [
        0,
        len(whole) - 1,
        len(whole) - parts.SEAL_LENGTH,
        *(dice.randrange(len(whole)) for _ in range(200)),
    ]

    for place in places:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(parts.BackupDamaged), parts.reading(path):
            pass
    empty = new_house()
    told = mamori(empty, "restore", str(path))

    assert told.returncode == 2
    assert "Nothing was restored" in told.stderr
    assert not Path(empty["MAMORI_HOME"]).exists()


@pytest.mark.parametrize("content", [b"", b"not a backup", b"x" * 100_000])
def test_any_other_file_is_no_backup(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "other"
    path.write_bytes(content)

    with pytest.raises(parts.BackupDamaged), parts.reading(path):
        pass


def forged(true: Path, false: Path, changed: dict[str, bytes]) -> Path:
    """Write an archive again with some members changed, and a seal that fits."""
    with parts.reading(true) as old, parts.writing(false) as new:
        for member in old.getmembers():
            parts.add(new, member.name, changed.get(member.name) or parts.content(old, member.name))
    return false


def test_a_backup_whose_rows_are_not_those_that_were_counted_is_not_believed(
    lived_in: House, new_house: Callable[..., House], tmp_path: Path
) -> None:
    true, empty = tmp_path / "true.backup", new_house()
    mamori(lived_in, "backup", str(true))
    told = manifest_of(true)
    told["tables"]["terms_clauseacceptance"]["digest"] = hashlib.sha256(b"other rows").hexdigest()
    false = forged(true, tmp_path / "false.backup", {parts.MANIFEST: msgspec.json.encode(told)})

    answer = mamori(empty, "restore", str(false))

    assert answer.returncode == 2
    assert "terms_clauseacceptance" in answer.stderr
    assert "Do not use this database" in answer.stderr
    assert not (Path(empty["MAMORI_HOME"]) / "mamori.sqlite3").exists()


def test_a_log_that_was_forged_in_the_backup_is_named_when_it_comes_back(
    lived_in: House, new_house: Callable[..., House], tmp_path: Path
) -> None:
    true, keys, empty = tmp_path / "true.backup", tmp_path / "keys.backup", new_house()
    mamori(lived_in, "backup", str(true), "--keys", str(keys))
    told = manifest_of(true)
    tile = next(name for name in told["files"] if name.startswith("log/tile/0/"))
    with parts.reading(true) as tar:
        other = parts.content(tar, tile)[::-1]
    half = forged(true, tmp_path / "half.backup", {tile: other})
    told["files"][tile] = hashlib.sha256(other).hexdigest()
    false = forged(true, tmp_path / "false.backup", {tile: other, parts.MANIFEST: msgspec.json.encode(told)})

    careless = mamori(empty, "restore", str(half), "--keys", str(keys))
    answer = mamori(empty, "restore", str(false), "--keys", str(keys))

    assert careless.returncode == 2
    assert "damaged" in careless.stderr
    assert answer.returncode == 1
    assert tile.removeprefix("log/") in answer.stderr


@pytest.mark.parametrize(
    "name", ["log/../../outside", "files//etc/outside", "other/outside", "log/", "outside"]
)
def test_a_backup_writes_nowhere_but_into_the_house(
    name: str, lived_in: House, new_house: Callable[..., House], tmp_path: Path
) -> None:
    true, empty = tmp_path / "true.backup", new_house()
    mamori(lived_in, "backup", str(true))
    told = manifest_of(true)
    told["files"][name] = ""
    false = forged(true, tmp_path / "false.backup", {parts.MANIFEST: msgspec.json.encode(told)})

    assert "damaged" in mamori(empty, "restore", str(false)).stderr
    assert not Path(empty["MAMORI_HOME"]).exists()


def test_without_its_keys_a_house_comes_back_unverified_and_says_so(
    lived_in: House, new_house: Callable[..., House], tmp_path: Path
) -> None:
    path, empty = tmp_path / "house.backup", new_house()
    mamori(lived_in, "backup", str(path))

    answer = mamori(empty, "restore", str(path))

    assert answer.returncode == 0
    assert "not verified, as the keys are not here yet" in answer.stdout


def test_a_backup_that_fails_half_way_leaves_nothing_under_its_name(tmp_path: Path) -> None:
    path = tmp_path / "house.backup"

    def fail_half_way() -> None:
        with parts.writing(path) as tar:
            parts.add(tar, "database", b"half")
            _ = 1 / 0

    with pytest.raises(ZeroDivisionError):
        fail_half_way()

    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_not_there_gets_no_backup(lived_in: House, tmp_path: Path) -> None:
    away = tmp_path / "disk"

    data = mamori(lived_in, "backup", str(away / "house.backup"))
    keys = mamori(lived_in, "backup", str(tmp_path / "house.backup"), "--keys", str(away / "keys.backup"))

    assert (data.returncode, keys.returncode) == (2, 2)
    assert "There is no folder" in data.stderr
    assert "There is no folder" in keys.stderr
    assert not away.exists()


def test_an_ordinary_tar_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "house.backup"

    with parts.writing(path) as tar:
        parts.add(tar, parts.MANIFEST, msgspec.json.encode({"at": datetime(2026, 11, 24, tzinfo=UTC)}))

    with tarfile.open(fileobj=BytesIO(path.read_bytes())) as plain:
        assert plain.getnames() == [parts.MANIFEST]
