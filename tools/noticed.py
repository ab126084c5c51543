"""How the tests run on a breakage: the quickest first, on tables made once; what fails must fail again to have noticed.

A test that fails once by the clock, as it may on a busy machine, has noticed nothing.  Which test it was that did,
stands in the file `noticed`, a line for each breakage.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from django.core import management
from django.db import connection

MEASURED = Path("mutmut-stats.json")
NOTICED = Path("noticed")
TABLES = Path("tables.sqlite3")


@pytest.hookimpl(trylast=True)  # whoever else puts tests in order has done so
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put those without tables first, each by the time it took; what nobody has measured yet comes first."""
    if MEASURED.exists():
        took = json.loads(MEASURED.read_text("utf-8"))["duration_by_test"]
        items.sort(key=lambda item: (_asks_for_tables(item), took.get(item.nodeid, 0.0)))


def _asks_for_tables(item: pytest.Item) -> bool:
    return "db" in getattr(item, "fixturenames", ()) or item.get_closest_marker("django_db") is not None


def pytest_sessionstart() -> None:
    """Make the tables once, before anything is broken: to make them takes longer than most breakages take to be noticed."""
    make = management.call_command

    def command(name: str, *args: Any, **options: Any) -> Any:
        if name != "migrate" or "run_syncdb" not in options:  # no test's own
            return make(name, *args, **options)
        if TABLES.exists():
            return _copy(inwards=True)
        made = make(name, *args, **options)
        if not os.environ.get("MUTANT_UNDER_TEST", "").startswith("mamori."):
            _copy(inwards=False)
        return made

    setattr(management, "call_command", command)  # noqa: B010 - another signature than the one it stands for


def _copy(*, inwards: bool) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(TABLES)) as kept:
        kept.backup(connection.connection) if inwards else connection.connection.backup(kept)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Run the test, and once more when it failed."""
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = runtestprotocol(item, log=False, nextitem=nextitem)
    if any(report.failed for report in reports):
        reports = runtestprotocol(item, log=False, nextitem=nextitem)
        failed = any(report.failed for report in reports)
        with NOTICED.open("a", encoding="utf-8") as file:
            print(
                os.environ.get("MUTANT_UNDER_TEST"), item.nodeid, "" if failed else "(once only)", file=file
            )
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True
