"""What is looked at before a program of the house begins: its tables and keys fit, and no other house holds the database."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks, facts
from mamori.ground.ledger import facts as ledger
from mamori.ground.seal import facts as seal
from mamori.site import private, signing

# Whether the house may open: keys, signing secret and tables as this version needs them.


SHOWN = 3
MADE = "mamori"
"""The application under which the record of migrations keeps the digest of the files by which the tables were made."""


class NotPrepared(Refusal, code="house.not_prepared", status=409):
    """Given when the tables are not those of this version."""

    text = Text(
        "データベースの準備ができていません（表の変更が{n}件待っています）。`mamori setup` を実行してください。",
        "The database is not prepared ({n} migrations wait). Run `mamori setup`.",
    )


class TablesNewer(Refusal, code="house.tables_newer", status=409):
    """Given when a newer version has been at the tables: this one would fail on them, or write what that one cannot read."""

    text = Text(
        "データベースは、より新しい版の守りのものです（知らない変更 {n}件：{names}）。"
        "その版を入れ直すか、更新前の控えを空の家に戻してください。",
        "The tables are those of a newer version of Mamori ({n} migrations unknown here: {names}). Install that version again, "
        "or restore the backup from before the upgrade into an empty house.",
    )


class TablesMadeAnew(Refusal, code="house.tables_made_anew", status=409):
    """Given until 0.1.0 is released, when other files of migrations made the tables: nothing is carried over till then."""

    text = Text(
        "データベースの表は、守りの別の時点のものです。0.1.0 の公開までは表を作り直すので、引き継げません。"
        "その時点の守りを入れ直すか、空の家（データベース・鍵・記録・ファイル）で `mamori setup` を実行してください。",
        "The tables are those of another state of Mamori. Until 0.1.0 is released tables are made anew and nothing is carried "
        "over: install that state again, or run `mamori setup` in an empty house (database, keys, log and files).",
    )


class NoSigningKey(Refusal, code="signing.key_missing", status=409):
    """Given when there is no secret that sessions and links could be signed with."""

    text = Text(
        "署名の鍵がありません。`mamori setup` を実行してください。",
        "There is no signing key. Run `mamori setup`.",
    )


class Tables(StrEnum):
    """What is known of the database."""

    READY = "ready"
    AWAY = "away"


def waiting() -> int:
    """Count the migrations that this version needs and the database has not seen."""
    return len(_wanted() - _applied())


def has_tables() -> bool:
    """Say whether any version has been at the database."""
    return bool(_applied())


def tables_must_fit() -> None:
    """See that the tables are those of this version, neither older nor newer."""
    applied = _applied()
    _must_be_of(applied)
    if unknown := sorted(applied - _wanted()):
        names = ", ".join(f"{app}.{name}" for app, name in unknown[:SHOWN])
        raise TablesNewer(n=len(unknown), names=names)
    if count := len(_wanted() - applied):
        raise NotPrepared(n=count)


def keys_must_fit() -> None:
    """See that the keys that lie here are those by which the tables and the log were written."""
    seal.keys_must_fit()
    ledger.key_must_fit()


def must_be_of_these_files() -> None:
    """See that no other files made the tables that are there, if any are."""
    _must_be_of(_applied())


def mark_tables(using: str, **_: object) -> None:
    """Note by which files the tables are made before the first is; heard before every migrate."""
    recorder = MigrationRecorder(connections[using])
    applied = set(recorder.applied_migrations())
    _must_be_of(applied)
    if not applied:
        recorder.record_applied(MADE, _digest())


def digest(package: Path) -> str:
    """Return a short digest of the names and contents of a package's migrations."""
    read = sha256()
    for file in sorted(package.glob("*/*/migrations/0*.py")):
        read.update(b"%s\0%s\0" % (file.relative_to(package).as_posix().encode(), file.read_bytes()))
    return read.hexdigest()[:16]


def _must_be_of(applied: set[tuple[str, str]]) -> None:
    if applied and (MADE, _digest()) not in applied:
        raise TablesMadeAnew


def _applied() -> set[tuple[str, str]]:
    return set(MigrationRecorder(connection).applied_migrations())


@cache  # like what is wanted, it never changes while this process lives
def _digest() -> str:
    return digest(Path(__file__).parents[1])


@cache
def _wanted() -> frozenset[tuple[str, str]]:
    return frozenset({*MigrationLoader(None).disk_migrations, (MADE, _digest())})


def must_be_prepared() -> Tables:
    """See that the house may open; a database that is away is waited for by whoever runs, and is no refusal."""
    if not signing.known(settings.KEYS, os.environ):
        raise NoSigningKey
    for key in seal.Key:
        seal.key(key)
    try:
        tables_must_fit()
        keys_must_fit()
    except (OperationalError, InterfaceError):
        return Tables.AWAY
    finally:
        connection.close()
    return Tables.READY


# One house holds its database: a row says which, renewed while it runs; another house is refused meanwhile.


ID = "house.id"
"""The file in MAMORI_HOME that tells this house from all others; whoever copies the folder has the same house, to this look."""
EVERY = 10.0
_HOUSE_ID = regex(r"[0-9a-f]{32}")

log = logging.getLogger(__name__)


class OtherHouse(Refusal, code="house.other", status=409):
    """Given when another house runs on this database: each would call the other's log and files damaged."""

    text = Text(
        "このデータベースでは別の家が動いています（{host}、番号 {other}、{seconds}秒前に確認）。ここは {here}、番号 {mine} です。"
        "家を移したときは、あちらを止め、{lease}秒後にもう一度始めてください。"
        "別の家なら、MAMORI_DATABASE_URL を確かめてください。",
        "Another house runs on this database ({host}, id {other}, heard of {seconds} s ago). This is {here}, id {mine}. If "
        "you moved the house, stop that one and start here again after {lease} s; otherwise look at MAMORI_DATABASE_URL.",
    )


class SandboxInTheOpen(Refusal, code="sandbox.in-the-open", status=409):
    """Given when a sandbox is to be reached from another machine: whoever has its word or key decides and moves its clock."""

    text = Text(
        "この家は練習場です。この機械のほかからは使えません。"
        "MAMORI_ORIGIN（いまは {origin}）を外して、`mamori sandbox` で開いてください。"
        "本番の家は、空のフォルダーに `mamori setup` で作ってください。",
        "This house is a sandbox, which is for this machine alone. Remove MAMORI_ORIGIN (now {origin}) and open it by `mamori "
        "sandbox`. A house in earnest is made by `mamori setup`, in an empty folder.",
    )


class BadHouseId(Refusal, code="house.bad-id", status=409):
    """Given when the file of the house's id is empty or something else: any two houses could look like one."""

    text = Text(
        "家の番号のファイル「{path}」が空か、壊れています。消して、もう一度始めてください。新しい番号ができます。",
        "The file of the house's id, “{path}”, is empty or damaged. Remove it and start again: a new id is made.",
    )


def known(home: Path) -> str:
    """Return the id of the house in this folder, "" before it first ran."""
    path = home / ID
    if not path.exists():
        return ""
    said = path.read_bytes().strip().decode("ascii", "replace")
    if not _HOUSE_ID.fullmatch(said):
        raise BadHouseId(path=str(path))
    return said


def identity(home: Path) -> str:
    """Return the random id of the house in this folder, made once; of two who make it at once, one does."""
    path = home / ID
    if not path.exists():
        new = home / f".{ID}.{os.getpid()}"
        with open(new, "w", encoding="ascii", opener=private.opened) as file:
            file.write(secrets.token_hex(16))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(new, path)
        except FileExistsError:
            pass
        finally:
            new.unlink()
    return known(home)


def sandbox_must_be_here() -> None:
    """See that nobody but this machine reaches a house that is a sandbox.

    :raises SandboxInTheOpen: where its address is another.
    """
    if facts.is_sandbox() and not settings.IS_DEVELOPING:
        raise SandboxInTheOpen(origin=settings.ORIGIN)


def claim() -> None:
    """Say in the database that this house runs on it; a sandbox runs only where nobody else reaches it."""
    sandbox_must_be_here()
    mine = identity(Path(settings.HOME))
    if clocks.run_house(house=mine, host=socket.gethostname()):
        return
    other = facts.running_house()
    raise OtherHouse(
        host=other.host if other else "?",
        other=other.house if other else "?",
        seconds=int(other.ago.total_seconds()) if other else 0,
        here=socket.gethostname(),
        mine=mine,
        lease=int(clocks.LEASE.total_seconds()),
    )


def keep(lost: Callable[[Refusal], None]) -> None:
    """Go on saying so beside what this process does; `lost` hears when another house has come meanwhile, and all must end.

    A database that is away is waited for.
    """
    threading.Thread(target=_keep, args=(lost,), name="holding", daemon=True).start()


def _keep(lost: Callable[[Refusal], None]) -> None:
    while renewed(lost):
        time.sleep(EVERY)


def renewed(lost: Callable[[Refusal], None]) -> bool:
    """Say so once more; False when another house has come, or nobody can tell any more which this is."""
    try:
        claim()
    except (OtherHouse, BadHouseId, SandboxInTheOpen) as refusal:
        log.critical(
            "Another house runs on this database, house.id is damaged, or a sandbox is in the open: this house ends"
        )
        lost(refusal)
        return False
    except (DatabaseError, InterfaceError, OSError) as error:
        log.warning("not said that the house runs: %s", type(error).__name__)
        connection.close()
    return True
