"""A plugin of pytest that counts the statements of each verb, and holds a whole run to what was recorded.

`MAMORI_STATEMENTS=tell` says where a verb makes more or fewer than is recorded; `check` fails where it makes more, or where
nothing is recorded of it; `record` writes what was counted.  All ask for a run that has all tests of the rooms; without one of
them nothing is counted.
"""

from __future__ import annotations

import importlib
import inspect
import os
import pkgutil
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

ROOMS = (
    "complaints",
    "contact",
    "disclosure",
    "display",
    "enforcement",
    "insight",
    "outreach",
    "payouts",
    "safety",
)
ACT = 'INSERT INTO "ledger_act"'
INSIDE = frozenset(
    {
        "outreach.wake",
        "contact.text_to_read_back",
        "complaints.hear_unhidden",
        "contact.count_lures",
        "disclosure.count_month",
        "enforcement.tell_sellers",
        "enforcement.begin_policy",
        "enforcement.lapse_policy",
        "contact.opened",
        "complaints.erase_sheets",
        "enforcement.drop_appeal",
        "complaints.end_calls",
        "complaints.kept",
        "display.lapse_proof",
        "display.settle_hindrances",
    }
)
"""What acts, and is done by a clock, by an event or within a verb."""
ACTS = re.compile(r"with (\w+\.)?(perform|act)\w*\(")
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
    """Return every verb of a room, by room and name: what its modules called `actions` define."""
    found, known = {}, recorded.table()
    for room in ROOMS:
        package = importlib.import_module(f"mamori.rooms.{room}")
        for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "actions" not in one.name.split(".") or ".tests." in one.name:
                continue
            module = importlib.import_module(one.name)
            for name, verb in vars(module).items():
                if (
                    inspect.isfunction(verb)
                    and verb.__module__ == one.name
                    and _is_verb(f"{room}.{name}", verb, known)
                ):
                    found[f"{room}.{name}"] = verb
    return found


def _is_verb(name: str, verb: Callable[..., Any], known: recorded.Table) -> bool:
    """Say whether a function is a verb: public, given an actor, and recorded already or acting by itself."""
    if "actor" not in inspect.signature(verb).parameters or verb.__name__.startswith("_") or name in INSIDE:
        return False
    return name in known or bool(ACTS.search(inspect.getsource(verb)))


def pytest_sessionstart() -> None:
    """Put the counted verbs where the rooms' other parts and the tests find them."""
    if not MODE:
        return
    known = verbs()
    decided = re.compile(r"mamori\.rooms\..+\.(decisions|views)(\..+)?")
    early = [n for n, one in sys.modules.items() if decided.fullmatch(n) and not hasattr(one, "__path__")]
    if early:
        raise pytest.UsageError(f"{', '.join(early)} was read already: what it calls would not be counted")
    put = {id(verb): counted(name, verb) for name, verb in known.items()}
    for module in [one for name, one in sys.modules.items() if name.startswith(("mamori.rooms.", "tests."))]:
        for name, value in list(vars(module).items()):
            if id(value) in put:
                setattr(module, name, put[id(value)])


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
