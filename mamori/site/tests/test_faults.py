"""What nobody caught: an outage asks to come again, a mistake of ours gives a number to name, and neither tells what broke."""

from __future__ import annotations

import errno
from collections.abc import Callable

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from mamori.site import faults


def answer(broken: Callable[[], object], path: str) -> HttpResponse:
    """Let something break and return what people see of it."""
    request = RequestFactory().get(path)
    request.number = "req-0123456789"  # type: ignore[attr-defined]  # `received` gives it
    try:
        broken()
    except Exception:
        return faults.fault(request)
    raise AssertionError("nothing broke")


def ask(sql: str) -> Callable[[], object]:
    """Ask the database in vain."""

    def asked() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)

    return asked


def fails(error: Exception, cause: Exception | None = None) -> Callable[[], object]:
    """Fail with an error, as Django raises those of a driver."""

    def failed() -> None:
        raise error from cause

    return failed


def caused(error: Callable[[], object]) -> Callable[[], object]:
    """Fail over something else that failed."""

    def failed() -> None:
        try:
            error()
        except DatabaseError as reason:
            raise RuntimeError from reason

    return failed


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/threads/", "/api/v1/cases"])
@pytest.mark.parametrize(
    "sql",
    [
        "SELECT no_such_column FROM people_account",
        "SELECT 1 FROM no_such_table",
        "INSERT INTO people_account (no_such_column) VALUES (1)",
        "SELEC 1",
    ],
)
def test_a_column_a_table_or_a_sentence_that_is_wrong_is_a_fault_and_no_outage(sql: str, path: str) -> None:
    for broken in (ask(sql), caused(ask(sql))):
        told = answer(broken, path)

        assert told.status_code == 500
        assert "Retry-After" not in told
        assert "req-0123456789" in told.content.decode()
        assert "no_such" not in told.content.decode()


@pytest.mark.parametrize("path", ["/threads/", "/api/v1/cases"])
@pytest.mark.parametrize(
    "error",
    [
        OperationalError("connection to server failed"),
        InterfaceError("connection already closed"),
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
    ],
)
def test_a_database_that_is_away_or_a_disk_that_is_full_asks_to_come_again(
    error: Exception, path: str
) -> None:
    told = answer(fails(error), path)

    assert told.status_code == 503
    assert told["Retry-After"] == str(faults.RETRY)
    assert str(error.args[-1]) not in told.content.decode()


@pytest.mark.parametrize("code", ["SQLITE_FULL", "SQLITE_BUSY", "SQLITE_IOERR", "SQLITE_CANTOPEN"])
def test_what_waiting_mends_in_sqlite_is_an_outage(code: str) -> None:
    import sqlite3

    cause = sqlite3.OperationalError("disk I/O error")
    cause.sqlite_errorcode = getattr(sqlite3, code)

    assert answer(fails(OperationalError("disk I/O error"), cause), "/").status_code == 503


def test_any_other_error_is_a_fault() -> None:
    assert answer(fails(OSError(errno.ENOENT, "x")), "/").status_code == 500
    assert answer(fails(ZeroDivisionError()), "/api/v1/x").status_code == 500
