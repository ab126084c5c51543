"""Checks of what the house stands on: Python, settings, keys, and the calendar."""

from __future__ import annotations

import platform
import sys
from datetime import datetime

from django.conf import settings

from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.ground.seal import facts as seal
from mamori.site.checks.finding import Found, Level


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
