"""A plugin of pytest that counts what a run spends, whatever the load: processes started, houses set up, pages opened.

Where `MAMORI_SPENT` names a file, a line with the counts is added to it at the end; `tools/spent.py` reads them.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

PLACE = os.environ.get("MAMORI_SPENT", "")
FORKED = "forkserver/client.py"
"""What stands in the command of a process that is forked instead of started (`tests/forkserver`)."""

counts: Counter[str] = Counter()


def started(command: Sequence[str]) -> tuple[str, ...]:
    """Return what a command counts as: a Python that starts, a house that is set up, or neither."""
    words = [str(word) for word in command]
    ours = Path(words[0]).name.startswith(("python", "mamori")) if words else False
    forked = any(FORKED in word for word in words)
    return ("starts",) * (ours and not forked) + ("setups",) * (ours and "setup" in words)


def _heard(event: str, args: tuple[Any, ...]) -> None:
    if event == "subprocess.Popen":
        counts.update(started(args[1]))


def pytest_configure() -> None:
    """Begin to count."""
    if not PLACE:
        return
    sys.addaudithook(_heard)
    from playwright.sync_api import Page

    goto = Page.goto

    @wraps(goto)
    def counted(*args: Any, **kwargs: Any) -> Any:
        counts["pages"] += 1
        return goto(*args, **kwargs)

    Page.goto = counted  # type: ignore[method-assign]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count the tests that run on PostgreSQL."""
    if report.when == "call" and connection.vendor == "postgresql":
        counts["on PostgreSQL"] += 1


def pytest_unconfigure() -> None:
    """Add what was counted to the others of the same piece."""
    if PLACE:
        with Path(PLACE).open("a", encoding="utf-8") as file:
            file.write(json.dumps(counts) + "\n")
