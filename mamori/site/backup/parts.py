"""What a backup is made of: the archive, a copy from either engine, what of it is compared, and why one is refused."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import tarfile
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any, BinaryIO

import msgspec
from django.db import connection, connections, transaction

from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.clocks.facts import RUNS
from mamori.ground.ledger import log
from mamori.ground.people.facts import VISITS
from mamori.ground.seal import facts as seal
from mamori.ground.seal.facts import TABLES as KEYS

# Why a backup is not written, or not restored: plain sentences.


class BackupStands(Refusal, code="backup.stands", status=409):
    """Given when the file to be written is there already."""

    text = Text(
        "{path} は既にあります。別の名前にしてください。", "{path} exists already. Choose another name."
    )


class NoBackupFolder(Refusal, code="backup.no-folder", status=404):
    """Given when the folder to write into is not there: a disk that is not mounted must not look like a backup."""

    text = Text(
        "{folder} というフォルダーがありません。ディスクがつながっているか確かめ、フォルダーを作ってから実行してください。",
        "There is no folder {folder}. See that the disk is mounted, make the folder, and run it again.",
    )


class BackupAbsent(Refusal, code="backup.absent", status=404):
    """Given when the file cannot be read."""

    text = Text("{path} を読めません（{why}）。", "{path} cannot be read ({why}).")


class BackupDamaged(Refusal, code="backup.damaged", status=422):
    """Given when a single byte of the archive is not what was written."""

    text = Text(
        "{path} は守りの控えではないか、壊れています。何も戻していません。別の控えをお使いください。",
        "{path} is not a backup of Mamori, or it is damaged. Nothing was restored. Use another one.",
    )


class HouseNotEmpty(Refusal, code="backup.house_not_empty", status=409):
    """Given when a restore would overwrite something."""

    text = Text(
        "{what} に既に中身があります。上書きはしません。空の MAMORI_HOME と空のデータベースに戻してください。",
        "{what} is not empty, and nothing is overwritten. Restore into an empty MAMORI_HOME and an empty database.",
    )


class HouseEmpty(Refusal, code="backup.house_empty", status=409):
    """Given when there is nothing to back up."""

    text = Text(
        "{what} に表がありません。MAMORI_HOME と MAMORI_DATABASE_URL を確かめてください。",
        "{what} has no tables. Look at MAMORI_HOME and MAMORI_DATABASE_URL.",
    )


class OtherEngine(Refusal, code="backup.other_engine", status=409):
    """Given when the archive was taken from the other kind of database."""

    text = Text(
        "この控えは {theirs} のものです。{ours} には戻せません。MAMORI_DATABASE_URL を確かめてください。",
        "This backup is of {theirs} and cannot be restored into {ours}. Look at MAMORI_DATABASE_URL.",
    )


class ContentDiffers(Refusal, code="backup.content_differs", status=422):
    """Given when what was restored is not what the manifest counted."""

    text = Text(
        "戻した内容が控えの目録と違います（{tables}）。このデータベースを使わないでください。",
        "What was restored differs from the manifest ({tables}). Do not use this database.",
    )


class ToolFailed(Refusal, code="backup.tool_failed", status=424):
    """Given when PostgreSQL's own program is missing or fails."""

    text = Text(
        "{tool} が働きませんでした：{why}。サーバーと同じか新しい版の postgresql-client を入れてください。",
        "{tool} did not succeed: {why}. Install a postgresql-client of the server's version or later.",
    )


class ErasedListUnreadable(Refusal, code="backup.erased_list_unreadable", status=422):
    """Given when the list of who was erased cannot be read: half of it would leave the others readable."""

    text = Text(
        "消去の一覧 {path} の{line}行目が読めません（{why}）。「buyer:B-1 日時」の形で書いてください。何も戻していません。",
        "Line {line} of the list {path} cannot be read ({why}). Write “buyer:B-1 MOMENT”. Nothing was restored.",
    )


PERSON = regex(r"(?:buyer|seller):[!-~]{1,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """Somebody who was erased ("buyer:B-1"), and when; no moment where the list names none."""

    person: str
    at: datetime | None

    @property
    def line(self) -> str:
        """Return the person as the list has them."""
        return f"{self.person} {self.at.isoformat()}" if self.at else self.person


def erased() -> Iterator[Erased]:
    """Yield every buyer and seller whose key was destroyed, the earliest key first."""
    for key in seal.shredded_keys():
        if PERSON.fullmatch(key.subject):
            yield Erased(person=key.subject, at=key.at)


def read(path: Path) -> tuple[Erased, ...]:
    """Return whom a list names: a person a line, and behind it the moment."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ErasedListUnreadable(path=path, line=0, why=type(error).__name__) from None
    found = []
    for number, line in enumerate(lines, 1):
        person, *moment = line.split()[:3] or [""]
        if not person:
            continue
        try:
            at = datetime.fromisoformat(moment[0]) if moment else None
        except ValueError:
            at = None
        if not PERSON.fullmatch(person) or len(moment) > 1 or (moment and (at is None or at.tzinfo is None)):
            raise ErasedListUnreadable(path=path, line=number, why=line[:80])
        found.append(Erased(person=person, at=at))
    return tuple(found)


# The archive: a tar file and, behind it, one line with the SHA-256 of every byte before.


VERSION = 2
SEAL = b"mamori-backup sha256:%b\n"
SEAL_LENGTH = len(SEAL) - 2 + 64
MANIFEST = "manifest.json"


class _Hashing:
    """A file that is written once, from front to back, and hashed on the way."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.sha256 = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.sha256.update(data)
        return self.file.write(data)


@contextmanager
def writing(path: Path) -> Iterator[tarfile.TarFile]:
    """Write an archive that appears under its name when it is whole, for its owner only."""
    if path.exists():
        raise BackupStands(path=path)
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            hashing = _Hashing(file)
            with tarfile.open(fileobj=hashing, mode="w|", format=tarfile.PAX_FORMAT) as tar:  # type: ignore[call-overload]
                yield tar
            file.write(SEAL % hashing.sha256.hexdigest().encode())
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)  # never replaces what another process has just written
    except FileExistsError:
        raise BackupStands(path=path) from None
    finally:
        draft.unlink(missing_ok=True)


def add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    """Put a small content into the archive."""
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, BytesIO(content))


def add_file(tar: tarfile.TarFile, name: str, path: Path) -> None:
    """Put a file into the archive."""
    member = tarfile.TarInfo(name)
    member.size, member.mode = path.stat().st_size, 0o600
    with path.open("rb") as file:
        tar.addfile(member, file)


def add_stream(tar: tarfile.TarFile, name: str, file: IO[bytes]) -> None:
    """Put what was written to an open file into the archive."""
    member = tarfile.TarInfo(name)
    member.size, member.mode = file.tell(), 0o600
    file.seek(0)
    tar.addfile(member, file)


@contextmanager
def reading(path: Path) -> Iterator[tarfile.TarFile]:
    """Open an archive after every byte of it was checked."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise BackupAbsent(path=path, why=error.strerror) from None
    with file:
        left = os.fstat(file.fileno()).st_size - SEAL_LENGTH
        digest = hashlib.sha256()
        while left > 0 and (chunk := file.read(min(left, 1 << 20))):
            digest.update(chunk)
            left -= len(chunk)
        if left != 0 or file.read() != SEAL % digest.hexdigest().encode():
            raise BackupDamaged(path=path)
        file.seek(0)
        with tarfile.open(fileobj=file, mode="r:") as tar:
            yield tar


def manifest(tar: tarfile.TarFile, path: Path, kind: str) -> dict[str, Any]:
    """Return the manifest."""
    told: dict[str, Any] = msgspec.json.decode(content(tar, MANIFEST))
    if (told.get("kind"), told.get("version")) != (kind, VERSION):
        raise BackupDamaged(path=path)
    return told


def content(tar: tarfile.TarFile, name: str) -> bytes:
    """Return what a member holds."""
    member = tar.extractfile(name)
    return member.read() if member else b""


def lines(tar: tarfile.TarFile, name: str) -> Iterator[bytes]:
    """Yield the lines of a member."""
    member = tar.extractfile(name)
    if member:
        yield from member


def extract(tar: tarfile.TarFile, name: str, to: Path) -> None:
    """Write a member to a file of its owner's, and see it on the disk."""
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    source = tar.extractfile(name)
    with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while source and (chunk := source.read(1 << 20)):
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


_ENCODER = msgspec.json.Encoder(order="deterministic")


class TableSum(msgspec.Struct, frozen=True):
    """A table's number of rows, and the sum of their SHA-256 digests modulo 2^256."""

    rows: int
    digest: str


def content_of(using: str, without: Collection[str] = ()) -> dict[str, TableSum]:
    """Count and digest every table that is there, whichever version of the house made it, but for those named.

    The caller holds the moment: a transaction, or a copy that nobody writes to.
    """
    names = sorted(connections[using].introspection.table_names())
    return {name: table(name, using) for name in names if name not in without}


def table(name: str, using: str) -> TableSum:
    """Count and digest one table."""
    # A sum, because two servers may sort the same text differently.
    connection = connections[using]
    rows = total = 0
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608  # a name from the catalogue
        while chunk := cursor.fetchmany(2000):
            rows += len(chunk)
            total += sum(int.from_bytes(hashlib.sha256(_ENCODER.encode(row)).digest()) for row in chunk)
    return TableSum(rows, f"{total % 2**256:064x}")


# How each engine gives out its whole content at one moment, and takes it in again.


APART = (*KEYS, *VISITS, RUNS)
"""Tables whose rows are in no backup: wrapped keys have an archive of their own, a visit has no business in one, and which
house runs is true of one database only: where a backup was restored, none does."""
BIN = "MAMORI_POSTGRES_BIN"
"""Names the folder of PostgreSQL's programs, where it is not the usual one."""


def take(into: Path, with_log: Callable[[], None]) -> dict[str, TableSum]:
    """Write the database to a file and return its content; `with_log` runs at the very moment of the snapshot."""
    return _take_sqlite(into, with_log) if connection.vendor == "sqlite" else _take_postgres(into, with_log)


def _take_sqlite(into: Path, with_log: Callable[[], None]) -> dict[str, TableSum]:
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
        return content_of(alias)


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


def _take_postgres(into: Path, with_log: Callable[[], None]) -> dict[str, TableSum]:
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
        return content_of("default", without=APART)


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


def load(file: Path, differs: Callable[[dict[str, TableSum]], None]) -> None:
    """Put the file in the place of the empty database; `differs` is asked about its content and may refuse."""
    if connection.vendor == "sqlite":
        with opened(file) as alias:
            differs(content_of(alias))
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
    differs(content_of("default"))


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
