"""Restores a backup into an empty house, and believes it only after every table was counted again."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings
from django.db import connection

from mamori.ground.seal import keystore
from mamori.site.backup import archive, engines
from mamori.site.backup.content import Table
from mamori.site.backup.refusals import BackupDamaged, ContentDiffers, HouseNotEmpty, OtherEngine


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came back."""

    taken_at: str
    rows: int
    tables: int
    log_files: int


def restore(path: Path) -> Restored:
    """Put database and log back.

    :raises BackupAbsent, BackupDamaged: when the archive is not whole.
    :raises HouseNotEmpty, OtherEngine: when it cannot come here.
    :raises ContentDiffers: when what was restored is not what was taken.
    :raises ToolFailed: when PostgreSQL's pg_restore is missing or fails.
    """
    with archive.reading(path) as tar:
        told = archive.manifest(tar, path, "house")
        if told["engine"] != connection.vendor:
            raise OtherEngine(theirs=told["engine"], ours=connection.vendor)
        if any(
            hashlib.sha256(archive.content(tar, name)).hexdigest() != sha
            for name, sha in told["files"].items()
        ):
            raise BackupDamaged(path=path)
        engines.must_be_empty()
        if any(not file.name.startswith(".") for file in Path(settings.LOG).glob("*")):
            raise HouseNotEmpty(what=settings.LOG)
        Path(settings.HOME).mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=settings.HOME, prefix=".restoring-") as room:
            dump = Path(room) / "database"
            archive.extract(tar, "database", dump)
            engines.load(dump, lambda found: _compare(told, found))
        for name in told["files"]:
            archive.extract(tar, name, Path(settings.LOG) / name.removeprefix("log/"))
    rows = sum(table["rows"] for table in told["tables"].values())
    return Restored(taken_at=told["at"], rows=rows, tables=len(told["tables"]), log_files=len(told["files"]))


def keys_fit(path: Path) -> None:
    """See that the keys in the archive can be put back.

    :raises BackupAbsent, BackupDamaged: when the archive is not whole.
    :raises HouseNotEmpty: when a key is there already.
    """
    with archive.reading(path) as tar:
        archive.manifest(tar, path, "keys")
    for key in keystore.Key:
        if keystore.path_of(key).exists():
            raise HouseNotEmpty(what=keystore.path_of(key))


def restore_keys(path: Path) -> None:
    """Put the keys back where there are none.

    :raises BackupAbsent, BackupDamaged, HouseNotEmpty: as `keys_fit`.
    """
    keys_fit(path)
    with archive.reading(path) as tar:
        for key in keystore.Key:
            place = keystore.path_of(key)
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(archive.content(tar, f"keys/{key}").hex() + "\n")


def _compare(told: dict[str, Any], found: dict[str, Table]) -> None:
    counted = {name: msgspec.to_builtins(table) for name, table in found.items()}
    names = sorted(name for name in told["tables"] if counted.get(name) != told["tables"][name])
    if names:
        raise ContentDiffers(tables=", ".join(names))
