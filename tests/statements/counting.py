"""A plugin of pytest that counts the statements of each verb, and holds a whole run to what was recorded.

`MAMORI_STATEMENTS=tell` says where a verb makes more or fewer than is recorded; `check` fails where it makes more, or where
nothing is recorded of it; `record` writes what was counted.  All ask for a run that has all tests of the rooms; without one of
them nothing is counted.
"""

from __future__ import annotations

import importlib
import inspect
import os
import re
import sys
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from functools import wraps
from typing import Any

import pytest
from django.db import connection

from tests.statements import recorded

ROOMS = ("complaints", "contact", "disclosure", "display", "enforcement", "insight", "outreach", "payouts")
ACT = 'INSERT INTO "ledger_act"'
MODE = os.environ.get("MAMORI_STATEMENTS", "")

counts: dict[str, int] = {}
"""The least that each verb made so far, of the calls that recorded an act."""
by_test: dict[str, dict[str, int]] = defaultdict(dict)
"""The least that each made in each test."""


class Count:
    """The statements of one call, and whether an act is among them."""

    def __init__(self) -> None:
        self.made = 0
        self.acted = False

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        """Count one statement and let it pass."""
        self.made += 1
        self.acted = self.acted or str(sql).startswith(ACT)
        return execute(sql, *rest)


def counted(name: str, verb: Callable[..., Any]) -> Callable[..., Any]:
    """Return a verb that is counted whenever it is called, and does the same."""

    @wraps(verb)
    def call(*args: Any, **kwargs: Any) -> Any:
        count = Count()
        with ExitStack() as stack:
            stack.enter_context(connection.execute_wrapper(count))
            result = verb(*args, **kwargs)
        if count.acted:
            test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0]
            for known, key in ((counts, name), (by_test[name], test)):
                known[key] = min(count.made, known.get(key, count.made))
        return result

    return call


def verbs() -> dict[str, Callable[..., Any]]:
    """Return every verb that a room offers to others, by room and name."""
    found = {}
    for room in ROOMS:
        package = importlib.import_module(f"mamori.rooms.{room}.actions")
        for name, verb in vars(package).items():
            if inspect.isfunction(verb) and "hand" in inspect.signature(verb).parameters:
                found[f"{room}.{name}"] = verb
    return found


def pytest_sessionstart() -> None:
    """Put the counted verbs where the rooms' other parts and the tests find them."""
    if not MODE:
        return
    if early := [name for name in sys.modules if re.fullmatch(r"mamori\.rooms\.\w+\.decisions", name)]:
        raise pytest.UsageError(f"{', '.join(early)} was read already: what it calls would not be counted")
    for name, verb in verbs().items():
        room, _, verb_name = name.partition(".")
        setattr(importlib.import_module(f"mamori.rooms.{room}.actions"), verb_name, counted(f"{name}", verb))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, exitstatus: int) -> None:
    """Say what fell and what rose, of a run that went to its end, whether or not some of its tests failed."""
    if MODE in ("tell", "check") and exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        for line in recorded.differences(counts, connection.vendor):
            terminalreporter.write_line(line)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a run in which a verb makes more statements than is recorded."""
    if MODE == "record":
        recorded.write(counts, connection.vendor)
    elif MODE == "check" and recorded.faults(counts, connection.vendor) and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
