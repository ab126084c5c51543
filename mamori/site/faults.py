"""What people see, and the worker notes, when something breaks: what waiting mends, and what is a mistake of ours."""

from __future__ import annotations

import errno
import sqlite3
import sys
from enum import Enum
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from mamori.grammar.text import Text
from mamori.ground.web.problems import AWAY, FAULT, PROBLEM
from mamori.ground.web.wording import language


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


RETRY = 5
"""Seconds after which it is worth asking again."""


def fault(request: HttpRequest) -> HttpResponse:
    """Answer what nobody caught; asks neither the database nor the session."""
    is_away = outage(sys.exc_info()[1]) is not None
    told_of = AWAY if is_away else FAULT
    status, sentence = told_of.status, told_of.text
    number = getattr(request, "number", "")
    if request.path.startswith("/api/"):
        told: dict[str, Any] = {
            "type": f"/problems/{told_of.code}",
            "title": sentence.in_(language()),
            "status": status,
            "detail": sentence.in_(language()),
            "instance": f"/requests/{number}",
            "code": told_of.code,
        }
        answer: HttpResponse = JsonResponse(told, status=status, content_type=PROBLEM)
    else:
        page = render_to_string("site/fault.html", {"sentence": sentence, "number": number, "away": is_away})
        answer = HttpResponse(page, status=status)
    if is_away:
        answer["Retry-After"] = str(RETRY)
    answer["Cache-Control"] = "no-store"
    if number:
        answer["X-Request-Id"] = number
    return answer
