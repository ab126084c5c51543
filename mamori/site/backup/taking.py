"""Takes a backup: database and log at one moment, and the keys, when asked for, into a file of their own."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tarfile import TarFile

import msgspec
from django.conf import settings
from django.db import connection

from mamori.ground.seal import facts as seal
from mamori.site.backup import archive, engines
from mamori.site.backup.content import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a backup holds."""

    path: Path
    rows: int
    tables: int
    log_files: int


def take(path: Path, *, at: datetime) -> Taken:
    """Write the archive, and see that it can be read again.

    :raises HouseEmpty: when there is nothing to back up.
    :raises BackupStands: when the name is taken.
    :raises ToolFailed: when PostgreSQL's pg_dump is missing or fails.
    """
    engines.must_hold_something()
    path = path.absolute()
    path.parent.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=path.parent, prefix=".mamori-backup-") as room,
        archive.writing(path) as tar,
    ):
        dump, files = Path(room) / "database", dict[str, str]()

        def with_log() -> None:
            files.update(_add_log(tar))

        tables = engines.take(dump, with_log)
        archive.add_file(tar, "database", dump)
        archive.add(tar, archive.MANIFEST, _manifest(tables, files, at))
    with archive.reading(path):
        return Taken(
            path=path, rows=sum(t.rows for t in tables.values()), tables=len(tables), log_files=len(files)
        )


def take_keys(path: Path, *, at: datetime) -> None:
    """Write the keys to an archive of their own: whoever holds both files can read everything.

    :raises BackupStands: when the name is taken.
    :raises KeyMissing, KeyOpen, KeyWrong: when a key cannot be used.
    """
    with archive.writing(path.absolute()) as tar:
        for key in seal.Key:
            archive.add(tar, f"keys/{key}", seal.key(key))
        told = {"kind": "keys", "version": archive.VERSION, "at": at}
        archive.add(tar, archive.MANIFEST, msgspec.json.encode(told))


def _add_log(tar: TarFile) -> dict[str, str]:
    """Put the log's files into the archive and return their digests."""
    digests = {}
    for file in sorted(Path(settings.LOG).rglob("*")):
        if file.is_file() and not file.name.startswith("."):  # not the lock
            name = f"log/{file.relative_to(settings.LOG).as_posix()}"
            content = file.read_bytes()
            archive.add(tar, name, content)
            digests[name] = hashlib.sha256(content).hexdigest()
    return digests


def _manifest(tables: dict[str, Table], files: dict[str, str], at: datetime) -> bytes:
    told = {
        "kind": "house",
        "version": archive.VERSION,
        "engine": connection.vendor,
        "at": at,
        "log_origin": settings.LOG_ORIGIN,
        "tables": tables,
        "files": files,
    }
    return msgspec.json.format(msgspec.json.encode(told))
