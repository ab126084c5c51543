"""The list of tests that PostgreSQL runs: read, made anew, and asked about a test; new and edited tests are on it, too."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILE = Path(__file__).with_name("listed.txt")
FOLDERS = ("mamori/ground", "mamori/rooms", "mamori/doors")
"""Of the tests in these folders some are chosen; what else `tools/test.sh` tries on PostgreSQL runs whole."""
DATABASE = {"db", "transactional_db"}
PAGES = {"enter"}
"""Who opens a page as somebody looks at the page; that each opens on PostgreSQL too is tried once for all of them."""
HEAD = """\
# What PostgreSQL runs in `make test`, made by `make postgres-list` (decision 0097): each module with its digest, and its tests
# that send what no other here sends. Of a module with another digest, or none, PostgreSQL runs all.
"""


def asks(item: pytest.Item) -> bool:
    """Say whether a test asks the database."""
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("processes")
    return marked is not None or not DATABASE.isdisjoint(getattr(item, "fixturenames", ()))


def differs(item: pytest.Item) -> bool:
    """Say whether PostgreSQL could answer a test otherwise than SQLite does: it asks the database, and opens no page."""
    opens = not PAGES.isdisjoint(getattr(item, "fixturenames", ())) and item.nodeid.startswith("mamori/")
    return asks(item) and not opens


def always(item: pytest.Item) -> bool:
    """Say whether a test is about more than its statements: several connections, or what an engine does apart."""
    marker = item.get_closest_marker("django_db")
    committing = "transactional_db" in getattr(item, "fixturenames", ()) or (
        marker and marker.kwargs.get("transaction")
    )
    more = committing or item.get_closest_marker("processes") or of_engines(module_of(item.nodeid))
    return differs(item) and bool(more)


def chosen(item: pytest.Item) -> bool:
    """Say whether PostgreSQL runs a test: it is listed, its module is new or edited, or it is about more than statements."""
    digests, tests = known()
    module = module_of(item.nodeid)
    edited = digests.get(module) != digest(module)
    return item.nodeid in tests or always(item) or (edited and differs(item))


def module_of(test: str) -> str:
    """Return the path of a test's module."""
    return test.partition("::")[0]


@cache
def of_engines(module: str) -> bool:
    """Say whether a module of tests speaks of an engine, or of how it goes about a query."""
    return bool(re.search(r"vendor|postgres|\bplan\(", (ROOT / module).read_text("utf-8"), re.IGNORECASE))


@cache
def digest(module: str) -> str:
    """Return a digest of a module of tests, of what lies beside it and is no test, and of each conftest above but the root's."""
    path = ROOT / module
    beside = sorted(one for one in path.parent.glob("*.py") if not one.name.startswith("test_"))
    above = [one / "conftest.py" for one in path.parent.parents if one.is_relative_to(ROOT) and one != ROOT]
    files = [path, *beside, *(one for one in above if one.exists())]
    return hashlib.sha256(b"\0".join(one.read_bytes() for one in files)).hexdigest()[:8]


@cache
def known(file: Path = FILE) -> tuple[dict[str, str], frozenset[str]]:
    """Return the digest of each module that is listed, and the tests."""
    digests, tests, module = {}, set(), ""
    for line in file.read_text("utf-8").splitlines() if file.exists() else ():
        if line.startswith(" "):
            tests.add(f"{module}::{line[2:]}")
        elif not line.startswith("#"):
            module, _, digests[module] = line.partition(" ")
    return digests, frozenset(tests)


def write(modules: Iterable[str], tests: Iterable[str], file: Path = FILE) -> None:
    """Write the list of these modules and, of each, these tests."""
    of = {module: list(rest) for module, rest in groupby(sorted(tests), module_of)}
    lines = []
    for module in sorted({*modules}):
        lines.append(f"{module} {digest(module)}")
        lines += [f"  {test.partition('::')[2]}" for test in of.get(module, ())]
    file.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
