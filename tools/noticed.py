"""How the tests run on a breakage: the quickest first, and what fails must fail again before it counts as noticed.

A test that fails once by the clock, as it may on a busy machine, has noticed nothing.  Which test it was that did,
stands in the file `noticed`, a line for each breakage.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

MEASURED = Path("mutmut-stats.json")
NOTICED = Path("noticed")


@pytest.hookimpl(trylast=True)  # whoever else puts tests in order has done so
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests in order of the time they took; what nobody has measured yet comes first."""
    if MEASURED.exists():
        took = json.loads(MEASURED.read_text("utf-8"))["duration_by_test"]
        items.sort(key=lambda item: took.get(item.nodeid, 0.0))


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
