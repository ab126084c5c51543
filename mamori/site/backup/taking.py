"""Takes a backup: database, log and kept files at one moment; the keys and their rows into a file of their own."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tarfile import TarFile

import msgspec
from django.conf import settings
from django.db import connection, transaction

from mamori.grammar.regex import regex
from mamori.ground.seal import facts as seal
from mamori.site.backup import parts
from mamori.site.backup.parts import NoBackupFolder, TableSum, table

KEY_FILE = regex(r"[a-z0-9.]+\.(?:key|salt)")
"""What belongs into the archive of keys: every key of the folder, as it stands there, wrapped or not."""
KEPT_FILE = regex(r"[0-9a-f]{32}\.\d+")
"""A part of a kept file; drafts have other names."""
ROWS = "keyrows.ndjson"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a backup holds."""

    path: Path
    rows: int
    tables: int
    log_files: int
    kept_files: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenKeys:
    """What an archive of keys holds."""

    path: Path
    files: int
    rows: int


def take(path: Path, *, at: datetime) -> Taken:
    """Write the archive, and see that it can be read again."""
    parts.must_hold_something()
    path = _place(path)
    with (
        tempfile.TemporaryDirectory(dir=path.parent, prefix=".mamori-backup-") as room,
        parts.writing(path) as tar,
    ):
        dump, log = Path(room) / "database", dict[str, str]()

        def with_log() -> None:
            log.update(_add_folder(tar, "log", Path(settings.LOG)))

        tables = parts.take(dump, with_log)
        # A file that the snapshot knows was whole before its row was written: it is there, unless it was erased since.
        kept = _add_folder(tar, "files", Path(settings.FILES), KEPT_FILE)
        parts.add_file(tar, "database", dump)
        parts.add(tar, parts.MANIFEST, _manifest(tables, log | kept, at))
    with parts.reading(path):
        return Taken(
            path=path,
            rows=sum(t.rows for t in tables.values()),
            tables=len(tables),
            log_files=len(log),
            kept_files=len(kept),
        )


def take_keys(path: Path, *, at: datetime) -> TakenKeys:
    """Write the keys and the wrapped keys of everybody to an archive of their own, to be kept elsewhere and not as long."""
    for key in seal.Key:
        seal.key(key)
    files = {file.name: file.read_bytes() for file in _key_files()}
    path = _place(path)
    with tempfile.TemporaryFile(dir=path.parent) as lines, parts.writing(path) as tar:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            rows = 0
            for row in seal.key_rows():
                lines.write(msgspec.json.encode(row) + b"\n")
                rows += 1
            tables = {name: table(name, "default") for name in seal.TABLES}
        for name, content in files.items():
            parts.add(tar, f"keys/{name}", content)
        parts.add_stream(tar, ROWS, lines)
        told = {
            "kind": "keys",
            "version": parts.VERSION,
            "at": at,
            "files": sorted(files),
            "tables": tables,
        }
        parts.add(tar, parts.MANIFEST, msgspec.json.encode(told))
    with parts.reading(path):
        return TakenKeys(path=path, files=len(files), rows=rows)


def _key_files() -> Iterator[Path]:
    for file in sorted(Path(settings.KEYS).glob("*")):
        if file.is_file() and KEY_FILE.fullmatch(file.name):
            yield file


def _add_folder(
    tar: TarFile, prefix: str, folder: Path, wanted: re.Pattern[str] | None = None
) -> dict[str, str]:
    """Put a folder's files into the archive and return their digests."""
    digests = {}
    for file in sorted(folder.rglob("*")):
        if not file.is_file() or file.name.startswith("."):  # not the lock
            continue
        if wanted is not None and not wanted.fullmatch(file.name):
            continue
        name = f"{prefix}/{file.relative_to(folder).as_posix()}"
        try:
            content = file.read_bytes()
        except FileNotFoundError:
            continue  # erased just now
        parts.add(tar, name, content)
        digests[name] = hashlib.sha256(content).hexdigest()
    return digests


def _place(path: Path) -> Path:
    path = path.absolute()
    if not path.parent.is_dir():
        raise NoBackupFolder(folder=path.parent)
    return path


def _manifest(tables: dict[str, TableSum], files: dict[str, str], at: datetime) -> bytes:
    told = {
        "kind": "house",
        "version": parts.VERSION,
        "engine": connection.vendor,
        "at": at,
        "log_origin": settings.LOG_ORIGIN,
        "tables": tables,
        "files": files,
    }
    return msgspec.json.format(msgspec.json.encode(told))
