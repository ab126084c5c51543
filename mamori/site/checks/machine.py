"""Checks of what the house stands on: Python, settings, keys, and the calendar."""

from __future__ import annotations

import platform
import stat
import sys
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.ground.seal import facts as seal
from mamori.site.checks.finding import Found, Level

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
