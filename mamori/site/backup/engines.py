"""How each engine gives out its whole content at one moment, and takes it in again."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections, transaction

from mamori.ground.clocks.facts import RUNS
from mamori.ground.ledger import log
from mamori.ground.people.facts import VISITS
from mamori.ground.seal.facts import TABLES as KEYS
from mamori.site.backup.content import Table, content
from mamori.site.backup.refusals import HouseEmpty, HouseNotEmpty, ToolFailed

APART = (*KEYS, *VISITS, RUNS)
"""Tables whose rows are in no backup: wrapped keys have an archive of their own, a visit has no business in one, and which
house runs is true of one database only: where a backup was restored, none does."""
BIN = "MAMORI_POSTGRES_BIN"
"""Names the folder of PostgreSQL's programs, where it is not the usual one."""


def take(into: Path, with_log: Callable[[], None]) -> dict[str, Table]:
    """Write the database to a file and return its content; `with_log` runs at the very moment of the snapshot."""
    return _take_sqlite(into, with_log) if connection.vendor == "sqlite" else _take_postgres(into, with_log)


def _take_sqlite(into: Path, with_log: Callable[[], None]) -> dict[str, Table]:
    source = sqlite3.connect(f"file:{_name()}?mode=ro", uri=True, isolation_level=None)
    try:
        with log.alone():  # the log stands still while it is copied; acts go on
            source.execute("BEGIN")
            source.execute(
                "SELECT count(*) FROM sqlite_master"
            ).fetchone()  # a snapshot begins at the first read
            with_log()
        target = sqlite3.connect(into)
        source.backup(target)
        target.close()
    finally:
        source.close()
    _forget_apart(into)
    with opened(into) as alias:
        return content(alias)


def _forget_apart(copy: Path) -> None:
    """Take what stays apart out of a copy: the rows, and what is left of them on pages that are free."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as database:
        database.execute(
            "PRAGMA synchronous=OFF"
        )  # a copy in the making: it is synced when it is in the archive
        database.execute("PRAGMA journal_mode=OFF")
        for table in APART:
            if database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
                database.execute(f"DELETE FROM {table}")  # noqa: S608  # a name of ours
        database.execute("VACUUM")


@contextmanager
def opened(file: Path) -> Iterator[str]:
    """Open a SQLite file beside the house's own database, and give the alias that Django knows it by."""
    alias = "copy"
    connections.databases[alias] = {**connection.settings_dict, "ENGINE": "django.db.backends.sqlite3"}
    connections.databases[alias] |= {"NAME": str(file), "OPTIONS": {}}
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.databases[alias]


def _take_postgres(into: Path, with_log: Callable[[], None]) -> dict[str, Table]:
    with transaction.atomic(), connection.cursor() as cursor:
        with log.alone():
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            with_log()
        _run(
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={snapshot}",
            f"--file={into}",
            *(f"--exclude-table-data={table}" for table in APART),
        )
        return content("default", without=APART)


def must_hold_something() -> None:
    """See that there is a house to back up."""
    if not _has_tables():
        raise HouseEmpty(what=_name())


def must_be_empty() -> None:
    """See that nothing would be overwritten."""
    if _has_tables():
        raise HouseNotEmpty(what=_name())


def _has_tables() -> bool:
    if connection.vendor == "sqlite" and not Path(_name()).exists():
        return False  # looking would make the file
    found = bool(connection.introspection.table_names())
    connection.close()
    return found


def load(file: Path, differs: Callable[[dict[str, Table]], None]) -> None:
    """Put the file in the place of the empty database; `differs` is asked about its content and may refuse."""
    if connection.vendor == "sqlite":
        with opened(file) as alias:
            differs(content(alias))
        name = Path(_name())
        name.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.replace(file, name)
        return
    _run(
        "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--single-transaction",
        f"--dbname={_name()}",
        str(file),
    )
    differs(content("default"))


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _program(name: str) -> str:
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True
    )
    chosen = [os.environ[BIN]] if BIN in os.environ else []
    path = os.pathsep.join([*chosen, *map(str, folders), os.environ.get("PATH", os.defpath)])
    found = shutil.which(name, path=path)
    if not found:
        raise ToolFailed(tool=name, why="not found")
    return found


def _run(name: str, *arguments: str) -> None:
    settings: dict[str, Any] = connection.settings_dict
    names = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    env = {**os.environ, **{key: str(settings[value]) for key, value in names.items() if settings[value]}}
    done = subprocess.run(  # noqa: S603  # our arguments only
        [_program(name), *arguments], env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ToolFailed(tool=name, why=(done.stderr.strip().splitlines() or ["?"])[-1])
