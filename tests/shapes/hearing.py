"""A plugin of pytest that leaves to PostgreSQL what it could answer otherwise, and hears what shapes each test sends.

`MAMORI_SHAPES=listed`, on PostgreSQL, runs of those only what is listed or edited; `named` leaves nothing out.  `check`, on
SQLite, writes which tests PostgreSQL has to run besides (`.unheard`), so that all that was sent is sent there, too; `record`
writes the list.  Both ask for a run that has all the tests.
"""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.sql.compiler import SQLCompiler

from tests.shapes import listed
from tests.shapes.cover import cover, shape
from tests.statements import counting

MODE = os.environ.get("MAMORI_SHAPES", "")
UNHEARD = listed.ROOT / ".unheard"
UNSAID = ("SAVEPOINT", "RELEASE", "ROLLBACK")

sent: dict[str, set[str]] = {}
"""The shapes that each test sent that PostgreSQL could run."""
cost: dict[str, float] = defaultdict(lambda: 0.01)
ran: set[str] = set()
"""Those that PostgreSQL runs anyway."""
differing: set[str] = set()
"""Those that open no page."""
shapes: dict[str, str] = {}
"""The shape of each statement that was sent."""
hearing: list[set[str]] = []


def hear(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    """Let a statement pass, and note its shape, and that of the error where it ends in one."""
    if not hearing:
        return execute(sql, params, many, context)
    sql = str(sql)
    if (seen := shapes.get(sql)) is None:
        seen = shapes[sql] = "" if sql.startswith(UNSAID) else shape(sql)
    hearing[-1].add(seen)
    try:
        return execute(sql, params, many, context)
    except DatabaseError as error:
        hearing[-1].add(f"{seen} {type(error).__name__} {shape(str(error))}")
        raise


def locked(compile_: Callable[..., Any]) -> Callable[..., Any]:
    """Return what compiles a query and says in a comment that it locks, where SQLite's statement would not."""

    def compiled(self: SQLCompiler, *args: Any, **kwargs: Any) -> Any:
        sql, params = compile_(self, *args, **kwargs)
        if (query := self.query).select_for_update:
            sql += f" /* FOR UPDATE {query.select_for_update_skip_locked} {query.select_for_update_nowait} */"
        return sql, params

    return compiled


def attend(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Hear what a connection is sent."""
    if hear not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, hear)


def pytest_sessionstart() -> None:
    """Hear everything from now on."""
    if MODE in ("check", "record"):
        if connection.vendor != "sqlite":
            raise pytest.UsageError(f"MAMORI_SHAPES={MODE} hears what SQLite is sent")
        connection_created.connect(attend)
        SQLCompiler.as_sql = locked(SQLCompiler.as_sql)  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Forget what the tables were made by."""
    for heard in hearing:
        heard.clear()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave to SQLite what PostgreSQL would only do twice, and, where the list is made, what it could not choose."""
    if MODE == "record":
        keep(config, items, _is_choice)
    elif connection.vendor == "postgresql" and MODE == "listed":
        keep(config, items, lambda item: listed.chosen(item) if _is_choice(item) else listed.differs(item))
    elif connection.vendor == "postgresql" and MODE != "named":
        keep(config, items, listed.differs)


def keep(config: pytest.Config, items: list[pytest.Item], wanted: Callable[[pytest.Item], bool]) -> None:
    """Run only what is wanted."""
    left = {item for item in items if not wanted(item)}
    config.hook.pytest_deselected(items=list(left))
    items[:] = [item for item in items if item not in left]


def _is_choice(item: pytest.Item) -> bool:
    served = item.get_closest_marker("served")
    return item.nodeid.startswith(listed.FOLDERS) and not served and listed.asks(item)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Hear a test that PostgreSQL could run; there, what pages do is not counted, since few of them are opened."""
    if connection.vendor == "postgresql" and not listed.differs(item):
        counts, counting.counts = counting.counts, {}
        try:
            return (yield)
        finally:
            counting.counts = counts
    if MODE not in ("check", "record") or not _is_choice(item):
        return (yield)
    test = item.nodeid
    runs = listed.always(item) if MODE == "record" else listed.chosen(item)
    if runs and not item.get_closest_marker("skipif"):  # what is skipped there is not heard there
        ran.add(test)
    if listed.differs(item):
        differing.add(test)
    hearing.append(sent.setdefault(test, set()))
    began = time.process_time()
    try:
        return (yield)
    finally:
        cost[test] += time.process_time() - began
        hearing.pop()


def unheard() -> list[str]:
    """Return the tests that PostgreSQL has to run besides those that it runs anyway, for all that was sent to be sent there."""
    there = {one for test in ran for one in sent[test]}
    return cover({test: seen - there for test, seen in sent.items()}, cost)


def pytest_sessionfinish(exitstatus: int) -> None:
    """Write what was heard, of a run that went to its end, whether or not some of its tests failed."""
    if MODE not in ("check", "record") or exitstatus not in (
        pytest.ExitCode.OK,
        pytest.ExitCode.TESTS_FAILED,
    ):
        return
    if MODE == "check":
        UNHEARD.write_text("".join(f"{test}\n" for test in unheard()), "utf-8")
        return
    for verb, made in counting.by_test.items():
        here = {test: least for test, least in made.items() if test in differing}
        for test in (test for test, least in here.items() if least == min(here.values())):
            sent[test].add(verb)
    listed.write(map(listed.module_of, sent), unheard())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many of the tests PostgreSQL runs."""
    if sent:
        said = f"PostgreSQL runs {len(ran)} of {len(sent)} tests, and {len(unheard())} for what those do not send"
        terminalreporter.write_line(said)
