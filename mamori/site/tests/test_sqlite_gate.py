"""The gate keeps writers in line, lets go when its holder dies, and leaves no file beside memory."""

from __future__ import annotations

import fcntl
import inspect
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3.base import DatabaseWrapper as Stock
from django.db.utils import ConnectionHandler, OperationalError

SETTINGS: dict[str, Any] = {
    "ENGINE": "mamori.site.sqlite",
    "OPTIONS": {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
    },
}

WRITER = """
import sys, time
import django
from django.conf import settings
from django.db import connection, transaction
settings.configure(DATABASES={"default": {"ENGINE": "mamori.site.sqlite", "NAME": sys.argv[1],
    "OPTIONS": {"timeout": 1, "transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL"}}})
django.setup()
print("here", flush=True)
for _ in range(int(sys.argv[2])):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO line (who) VALUES (%s)", [sys.argv[3]])
        if sys.argv[3] == "holder":
            print("held", flush=True)
            time.sleep(60)
"""


@pytest.fixture(autouse=True)
def by_itself(monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any) -> Iterator[None]:
    """Let `Atomic` take a connection itself instead of its alias; the default database stays untouched."""
    known = transaction.get_connection
    monkeypatch.setattr(
        transaction, "get_connection", lambda using=None: using if isinstance(using, Stock) else known(using)
    )
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def database(tmp_path: Path, by_itself: None) -> Iterator[Any]:
    """Open a gated database in a file, with one table."""
    handler = ConnectionHandler({"default": {**SETTINGS, "NAME": str(tmp_path / "new" / "house.sqlite3")}})
    connection = handler["default"]
    connection.inc_thread_sharing()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, who TEXT NOT NULL)")
        cursor.execute("CREATE TABLE child (of INTEGER REFERENCES line (id) DEFERRABLE INITIALLY DEFERRED)")
    yield connection
    connection.close()


def atomic(connection: Any) -> transaction.Atomic:
    """Open a transaction on a connection that is not in Django's own table."""
    block = transaction.Atomic(using=None, savepoint=True, durable=False)
    block.using = connection
    return block


def is_held(connection: Any) -> bool:
    """Say whether somebody is inside the gate."""
    with Path(f"{connection.settings_dict['NAME']}.gate").open("a") as gate:
        try:
            fcntl.flock(gate, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def writer(connection: Any, times: int, who: str) -> subprocess.Popen[str]:
    """Start a second process that writes through the gate."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, connection.settings_dict["NAME"], str(times), who],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
        env={k: v for k, v in os.environ.items() if not k.startswith("DJANGO")},
    )


def test_a_transaction_holds_the_gate_until_it_commits(database: Any) -> None:
    with atomic(database):
        inside = is_held(database)

    assert inside
    assert not is_held(database)


def test_a_nested_block_and_its_savepoint_keep_the_outer_turn(database: Any) -> None:
    with atomic(database):
        with pytest.raises(ZeroDivisionError), atomic(database):
            _ = 1 / 0
        after_savepoint = is_held(database)
        with atomic(database):
            pass
        after_second = is_held(database)

    assert after_savepoint
    assert after_second
    assert not is_held(database)


def test_a_rollback_lets_go(database: Any) -> None:
    with pytest.raises(ZeroDivisionError), atomic(database):
        _ = 1 / 0

    assert not is_held(database)


def test_a_commit_that_fails_lets_go_by_its_rollback(database: Any) -> None:
    with pytest.raises(IntegrityError), atomic(database), database.cursor() as cursor:
        cursor.execute("INSERT INTO child (of) VALUES (99)")

    assert not is_held(database)


def test_a_begin_that_fails_lets_go(database: Any) -> None:
    other = ConnectionHandler({"default": {**SETTINGS, "NAME": database.settings_dict["NAME"]}})["default"]
    other.settings_dict["OPTIONS"] = {**SETTINGS["OPTIONS"], "timeout": 0}
    with database.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")  # a writer that went round the gate

    with pytest.raises(OperationalError, match="locked"), atomic(other):
        pass

    assert not is_held(database)
    with database.cursor() as cursor:
        cursor.execute("ROLLBACK")
    other.close()


def test_closing_inside_a_transaction_lets_go(database: Any) -> None:
    block = atomic(database)
    block.__enter__()

    database.close()

    assert not is_held(database)
    block.__exit__(None, None, None)


@pytest.mark.processes
def test_two_processes_write_in_turn_and_neither_is_told_locked(database: Any) -> None:
    writers = [writer(database, 300, who) for who in ("web", "worker")]

    codes = [process.wait(300) for process in writers]

    assert codes == [0, 0]
    with database.cursor() as cursor:
        cursor.execute("SELECT who, count(*) FROM line GROUP BY who ORDER BY who")
        assert cursor.fetchall() == [("web", 300), ("worker", 300)]


@pytest.mark.processes
def test_who_waits_at_the_gate_is_not_told_locked_however_long_the_turn_before_takes(database: Any) -> None:
    with atomic(database):
        waiting = writer(database, 1, "next")
        assert waiting.stdout is not None
        assert waiting.stdout.readline() == "here\n"
        time.sleep(2)  # by itself SQLite would give up after one second
        still = waiting.poll()

    code = waiting.wait(300)

    assert (still, code) == (None, 0)


@pytest.mark.processes
def test_a_holder_killed_inside_the_gate_keeps_nobody_waiting(database: Any) -> None:
    holder = writer(database, 1, "holder")
    assert holder.stdout is not None
    assert [holder.stdout.readline() for _ in range(2)] == ["here\n", "held\n"]
    assert is_held(database)

    holder.send_signal(signal.SIGKILL)
    with atomic(database), database.cursor() as cursor:  # or it would wait here for ever
        cursor.execute("INSERT INTO line (who) VALUES ('next')")

    holder.communicate()
    with database.cursor() as cursor:
        cursor.execute("SELECT who FROM line")
        assert cursor.fetchall() == [("next",)]


@pytest.mark.parametrize("name", [":memory:", "file:house?mode=memory&cache=shared"])
def test_a_database_in_memory_has_no_gate(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    connection = ConnectionHandler({"default": {**SETTINGS, "NAME": name}})["default"]

    with atomic(connection), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE line (who TEXT)")

    assert list(tmp_path.iterdir()) == []


def test_every_connection_of_the_house_is_durable(database: Any) -> None:
    with database.cursor() as cursor:
        found = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]

    assert found == ["wal", 2]


def test_django_still_begins_commits_and_closes_by_the_hooks_that_the_gate_overrides() -> None:
    for name in ("_start_transaction_under_autocommit", "_commit", "_rollback", "_close"):
        assert list(inspect.signature(getattr(Stock, name)).parameters) == ["self"]

    assert "self._start_transaction_under_autocommit()" in inspect.getsource(
        BaseDatabaseWrapper.set_autocommit
    )
    assert "self._commit()" in inspect.getsource(BaseDatabaseWrapper.commit)
    assert "self._rollback()" in inspect.getsource(BaseDatabaseWrapper.rollback)
    assert "self._close()" in inspect.getsource(BaseDatabaseWrapper.close)
