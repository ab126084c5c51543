"""What the house stands on: the machine, the database, and what serves its pages."""

from __future__ import annotations

import os
import platform
import stat
import sys
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from django.conf import settings
from django.db import connection

from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.ground.declared import appendonly
from mamori.ground.seal import facts as seal
from mamori.ground.vault import workshop
from mamori.site import health, prepared, signing, statics
from mamori.site.checks.finding import Found, Level

# Checks of what the house stands on: Python, settings, keys, and the calendar.


WRITTEN = 0o022
"""What lets others than the owner write."""
CLOSED = 0o077
"""What must be 0 where nothing around it is closed."""


def python(at: datetime) -> Found:
    """Look at the version."""
    level = Level.GOOD if sys.version_info >= (3, 12) else Level.BROKEN
    yield (
        level,
        Text("Python {version}（3.12 以上）", "Python {version} (3.12 or later)").fill(
            version=platform.python_version()
        ),
    )


def log_origin(at: datetime) -> Found:
    """See that the log has a name of its own before its first signature is shown to anybody."""
    if settings.LOG_ORIGIN.startswith("mamori.invalid"):
        yield (
            Level.LOOK,
            Text(
                "記録に名前がありません。公開の前に MAMORI_LOG_ORIGIN を決めてください（あとから変えられません）。",
                "The log has no name yet. Set MAMORI_LOG_ORIGIN before you publish anything: it can never be changed.",
            ),
        )
    else:
        yield Level.GOOD, Text("記録の名前：{name}", "name of the log: {name}").fill(name=settings.LOG_ORIGIN)


def keys(at: datetime) -> Found:
    """See that each key is there, whole, and closed to others; and that the folder is not the data's."""
    for key in seal.Key:
        seal.key(key)
    yield Level.GOOD, Text("鍵は揃い、所有者だけが読める", "the keys are there, and closed to everybody else")
    if settings.KEYS.is_relative_to(settings.HOME):
        yield (
            Level.LOOK,
            Text(
                "鍵がデータと同じフォルダーにあります（{path}）。MAMORI_KEYS で別の場所に移してください。",
                "The keys lie in the folder of the data ({path}). Move them elsewhere and set MAMORI_KEYS.",
            ).fill(path=settings.KEYS),
        )


def places(at: datetime) -> Found:
    """See that nobody but the owner gets at the data: not into the folder, and not at the database's file."""
    home = _mode(Path(settings.HOME))
    for place in (settings.HOME, settings.LOG, settings.FILES, *_database_files()):
        mode = _mode(Path(place))
        is_shut_in = (
            Path(place).is_relative_to(settings.HOME) and Path(place) != settings.HOME and not home & CLOSED
        )
        if mode & WRITTEN or (mode & CLOSED and not is_shut_in):
            told = Text(
                "所有者以外が {path} に手を触れられます（{mode:04o}）。`chmod {to} {path}` を実行し、"
                "だれが開いたかを調べてください。",
                "Others than the owner can get at {path} ({mode:04o}). Run `chmod {to} {path}`, and find out who opened it.",
            )
            to = "0700" if Path(place).is_dir() else "0600"
            yield Level.BROKEN, told.fill(path=place, mode=mode, to=to)
            return
    yield Level.GOOD, Text("データは所有者だけのもの", "the data are their owner's alone")


def _mode(place: Path) -> int:
    return stat.S_IMODE(place.stat().st_mode) if place.exists() else 0


def _database_files() -> list[Path]:
    if connection.vendor != "sqlite":
        return []
    name = Path(str(connection.settings_dict["NAME"]))
    return [name.with_name(name.name + end) for end in ("", "-wal", "-shm")]


def calendar(at: datetime) -> Found:
    """Say how far the calendar reaches, and from when it is provisional; a year ahead must be certain."""
    days = clocks.calendar()
    here = at.astimezone(days.zone).date()
    official = (days.provisional_from.year if days.provisional_from else days.last.year + 1) - 1
    level = Level.GOOD if official > here.year or (official == here.year and here.month < 3) else Level.LOOK
    yield (
        level if here <= days.last else Level.BROKEN,
        Text(
            "暦 {version}：{official}年まで公表済み、{last}年まで暫定（公表されたら計算し直す）",
            "calendar {version}: official through {official}, provisional through {last} (recomputed once published)",
        ).fill(version=days.version, official=official, last=days.last.year),
    )


# Checks of the database: reachable, durable, migrated, and with every trigger in its place.


SQLITE = {"journal_mode": ("wal",), "synchronous": ("2", "3"), "foreign_keys": ("1",)}
POSTGRES = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "local", "remote_write", "remote_apply"),
}


def database(at: datetime) -> Found:
    """Ask the database for its version."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        version = cursor.fetchone()[0]
    name = f"{connection.display_name} {version}"
    yield Level.GOOD, Text("{name} に届く", "{name} answers").fill(name=name)


def durability(at: datetime) -> Found:
    """See that what is acknowledged survives power loss."""
    for name, good in (SQLITE if connection.vendor == "sqlite" else POSTGRES).items():
        with connection.cursor() as cursor:
            cursor.execute(f"{'PRAGMA' if connection.vendor == 'sqlite' else 'SHOW'} {name}")
            value = str(cursor.fetchone()[0])
        if value in good:
            yield (
                Level.GOOD,
                Text("停電に耐える：{name} = {value}", "survives power loss: {name} = {value}").fill(
                    name=name, value=value
                ),
            )
        else:
            yield (
                Level.BROKEN,
                Text(
                    "{name} = {value} では、受け付けたことを停電で失います。{good} にしてください。",
                    "With {name} = {value}, a power cut loses what was acknowledged. Set it to {good}.",
                ).fill(name=name, value=value, good=good[0]),
            )


def migrations(at: datetime) -> Found:
    """See that the tables are those that this version expects, neither older nor newer."""
    prepared.tables_must_fit()
    yield Level.GOOD, Text("表は最新", "the tables are up to date")


def kept_rules(at: datetime) -> Found:
    """See that the database still keeps each rule and index that this version counts on."""
    gone = health.missing_rules()
    if gone:
        told = Text(
            "データベースの決まり（重複の禁止・検査・参照・索引）が{n}個ありません（{names}）。控えから戻し、だれが外したかを調べてください。",
            "{n} rules of the database are missing: what must be unique, checked, referred to or indexed ({names}). Restore a "
            "backup, and find out who took them.",
        )
        yield Level.BROKEN, told.fill(n=len(gone), names=", ".join(gone[:5]))
    else:
        yield Level.GOOD, Text("データベースの決まりは揃っている", "the database keeps all its rules")


def triggers(at: datetime) -> Found:
    """Count the triggers that keep tables from being rewritten."""
    tables = appendonly.append_only_models()
    wanted = sum(len(list(appendonly.triggers(model, connection.vendor))) for model in tables)
    missing = appendonly.missing()
    if missing:
        told = Text(
            "追記だけの表の引き金が{n}個ありません（{names}）。`mamori setup` で戻し、だれが外したかを調べてください。",
            "{n} triggers of append-only tables are missing ({names}). `mamori setup` puts them back; find out who took them.",
        )
        yield Level.BROKEN, told.fill(n=len(missing), names=", ".join(missing[:5]))
    else:
        told = Text("追記だけの表{tables}個に引き金{n}個", "{n} triggers on {tables} append-only tables")
        yield Level.GOOD, told.fill(n=wanted, tables=len(tables))


# Checks of what serves: the signing secret, the files of pages, the scanner, the disk, the last backup, the pages themselves.


LEAST_LETTERS = 32
BACKUP_AFTER = timedelta(days=2)


def signing_secret(at: datetime) -> Found:
    """See that all processes share one secret that cannot be guessed."""
    known = signing.known(settings.KEYS, os.environ)
    if not known:
        told = Text(
            "署名の秘密がありません。`mamori setup` を実行してください。",
            "There is no signing secret. Run `mamori setup`.",
        )
        yield Level.BROKEN, told
    elif min(map(len, known)) < LEAST_LETTERS:
        told = Text(
            "署名の秘密が短すぎます。MAMORI_SECRET_KEY を{n}文字以上にしてください。",
            "The signing secret is too short. Give MAMORI_SECRET_KEY at least {n} characters.",
        )
        yield Level.BROKEN, told.fill(n=LEAST_LETTERS)
    else:
        yield (
            Level.GOOD,
            Text("署名の秘密がある（前のもの {n}）", "there is a signing secret ({n} older)").fill(
                n=len(known) - 1
            ),
        )


def pages_files(at: datetime) -> Found:
    """See that the files of pages are those of this version."""
    if statics.are_collected():
        yield Level.GOOD, Text("画面のファイルは揃っている", "the files of pages are collected")
    else:
        told = Text(
            "画面のファイルがこの版のものではありません。`mamori setup` で集めてください。",
            "The files of pages are not those of this version. `mamori setup` collects them.",
        )
        yield Level.LOOK, told


NO_SCANNER = Text(
    "ウイルス検査がありません（MAMORI_SCANNER）。預かったファイルは画像としてだけ見え、元のファイルは渡されません。",
    "There is no virus scanner (MAMORI_SCANNER): files are shown as pictures only, originals are not handed out.",
)


def scanner(at: datetime) -> Found:
    """Ask the scanner about a file with nothing in it."""
    if not settings.SCANNER:
        yield Level.LOOK, NO_SCANNER
    elif workshop.scan(b"mamori\n") is workshop.Verdict.AWAY:
        told = Text(
            "ウイルス検査 {scanner} が応えません。ファイルは検査されるまで渡されません。",
            "The virus scanner {scanner} does not answer; files wait until it has looked at them.",
        )
        yield Level.BROKEN, told.fill(scanner=settings.SCANNER)
    else:
        yield Level.GOOD, Text("ウイルス検査が応える", "the virus scanner answers")


def disk(at: datetime) -> Found:
    """See that there is room."""
    left = health.room()
    level = Level.GOOD if left >= 10 * health.LEAST_ROOM else Level.LOOK
    level = level if left >= health.LEAST_ROOM else Level.BROKEN
    yield level, Text("空き容量 {n:,} MiB", "{n:,} MiB of disk left").fill(n=left // 2**20)


def backup(at: datetime) -> Found:
    """See that there is a backup, and not an old one."""
    taken = health.last_backup()
    if taken is None:
        told = Text(
            "控えをまだ取っていません。`mamori backup FILE` で取れます。",
            "No backup was written yet. `mamori backup FILE` writes one.",
        )
        yield Level.LOOK, told
        return
    level = Level.GOOD if at - taken <= BACKUP_AFTER else Level.LOOK
    yield level, Text("最後の控え {at}", "last backup {at}").fill(at=taken.isoformat(timespec="minutes"))


def pages(at: datetime) -> Found:
    """Ask the pages whether they live, where they are said to listen."""
    if os.environ.get("MAMORI_SOCKET"):
        return  # the proxy in front asks there
    host, port = os.environ.get("MAMORI_HOST", "127.0.0.1"), int(os.environ.get("MAMORI_PORT", "8000"))
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # where anybody may come in, we may too
    asked = HTTPConnection(host, port, timeout=5)
    try:
        asked.request("GET", "/health/live", headers={"Host": "localhost"})
        lives = asked.getresponse().status == 200
    except (OSError, HTTPException):
        lives = False
    finally:
        asked.close()
    if lives:
        yield (
            Level.GOOD,
            Text("画面が開いている（{where}）", "pages are open ({where})").fill(where=f"{host}:{port}"),
        )
    else:
        told = Text(
            "{where} で画面が開いていません。`mamori up` で動かしてください。",
            "No pages are open at {where}. `mamori up` runs them.",
        )
        yield Level.LOOK, told.fill(where=f"{host}:{port}")
