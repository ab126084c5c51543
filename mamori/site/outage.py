"""What waiting mends: a database that is away or busy, a disk that is full.  Everything else is a mistake of ours."""

from __future__ import annotations

import errno
import sqlite3
from enum import Enum

from django.db import InterfaceError, OperationalError

from mamori.grammar.text import Text


class Outage(Enum):
    """What stands in the way, in plain words."""

    AWAY = Text("データベースに届きません", "The database is away")
    BUSY = Text("データベースが混み合っています", "The database is busy")
    FULL = Text("ディスクに空きがありません", "The disk is full")


_BUSY = {"40001", "40P01", "55P03", "57014"}
"""PostgreSQL's states of a statement that lost to another one: the connection stands, and the next try may pass."""
_FULL = {"53100"}
_SQLITE = {
    sqlite3.SQLITE_BUSY: Outage.BUSY,
    sqlite3.SQLITE_LOCKED: Outage.BUSY,
    sqlite3.SQLITE_FULL: Outage.FULL,
    sqlite3.SQLITE_ERROR: None,
}


def outage(error: BaseException | None) -> Outage | None:
    """Return what waiting would mend, None when it is a mistake; what an error followed from counts as well.

    A column that is missing is `OperationalError` to SQLite and `ProgrammingError` to PostgreSQL; neither is an outage.
    """
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        if found := _of(error):
            return found
        seen.append(error)
        error = error.__cause__ or error.__context__
    return None


def _of(error: BaseException) -> Outage | None:
    if isinstance(error, OSError):
        return Outage.FULL if error.errno in {errno.ENOSPC, errno.EDQUOT} else None
    if not isinstance(error, OperationalError | InterfaceError):
        return None
    cause = error.__cause__
    sqlite = getattr(cause, "sqlite_errorcode", None)
    if sqlite is not None:
        return _SQLITE.get(sqlite & 0xFF, Outage.AWAY)  # the low byte is the code, the rest says more
    state = getattr(cause, "sqlstate", None)
    if state in _FULL:
        return Outage.FULL
    return Outage.BUSY if state in _BUSY else Outage.AWAY
