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
from pathlib import Path

from django.conf import settings
from django.db import (
    DEFAULT_DB_ALIAS,
    DatabaseError,
    InterfaceError,
    OperationalError,
    connection,
    connections,
)
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks, facts
from mamori.ground.ledger import facts as ledger
from mamori.ground.seal import facts as seal
from mamori.site import private, released, signing

# Whether the house may open: keys, signing secret and tables as this version needs them.


SHOWN = 3
MADE = "mamori"
"""The application under which the record of migrations keeps the digest of the files by which the tables were made."""

type _Migration = tuple[str, str]


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


class TablesOfNoRelease(Refusal, code="house.tables_of_no_release", status=409):
    """Given when the tables are neither of this version nor of a release before it: only from those they are carried over."""

    text = Text(
        "データベースの表は、公開された版のものではありません（または、この版が知らない版のものです）。引き継げるのは、"
        "公開された版（{releases}）の表だけです。表を作った守りを入れ直すか、空の家（データベース・鍵・記録・ファイル）で "
        "`mamori setup` を実行してください。",
        "The tables are of no release of Mamori, or of one that this version does not know. Only tables of a release "
        "({releases}) are carried over: install again what made them, or run `mamori setup` in an empty house (database, keys, "
        "log and files).",
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
    return _waiting(*_stand())


def has_tables() -> bool:
    """Say whether any version has been at the database."""
    return any(_stand())


def tables_must_fit() -> None:
    """See that the tables are those of this version, neither older nor newer."""
    marks, applied = _stand()
    _must_be_known(marks, applied)
    if count := _waiting(marks, applied):
        raise NotPrepared(n=count)


def keys_must_fit() -> None:
    """See that the keys that lie here are those by which the tables and the log were written."""
    seal.keys_must_fit()
    ledger.key_must_fit()


def tables_must_be_known() -> None:
    """See that the tables that are there, if any are, are of this version or of a release before it."""
    _must_be_known(*_stand())


def mark_tables(using: str, **_: object) -> None:
    """Note by which files the tables are made or carried over before the first is; heard before every migrate.

    Older marks stay: a version of before sees that a newer one has been here.
    """
    marks, applied = _stand(using)
    _must_be_known(marks, applied)
    if marks[-1:] != [released.digest()]:
        MigrationRecorder(connections[using]).record_applied(MADE, released.digest())


def _must_be_known(marks: list[str], applied: set[_Migration]) -> None:
    carried = {released.digest(), *(one.digest for one in released.releases())}
    if (marks or applied) and not carried.intersection(marks[-1:]):
        if released.digest() in marks:
            raise TablesNewer(n=1, names=marks[-1])
        raise TablesOfNoRelease(releases=", ".join(one.version for one in released.releases()) or "–")
    if unknown := sorted(applied - _wanted()):
        names = ", ".join(f"{app}.{name}" for app, name in unknown[:SHOWN])
        raise TablesNewer(n=len(unknown), names=names)


def _waiting(marks: list[str], applied: set[_Migration]) -> int:
    return len(_wanted() - applied) + (marks[-1:] != [released.digest()])


def _stand(using: str = DEFAULT_DB_ALIAS) -> tuple[list[str], set[_Migration]]:
    """Return by which files the tables were made, the last at the end, and the migrations that they have seen."""
    recorder = MigrationRecorder(connections[using])
    if not recorder.has_table():
        return [], set()
    rows = list(recorder.migration_qs.order_by("pk").values_list("app", "name"))
    return [name for app, name in rows if app == MADE], {(app, name) for app, name in rows if app != MADE}


@cache  # it never changes while this process lives
def _wanted() -> frozenset[_Migration]:
    return frozenset(MigrationLoader(None).disk_migrations)


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
