"""No test depends on the day, the hour or the load: who may look at a clock, and how a page is waited for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import files, short, tree
from tests.architecture.test_source import clock_readings

OPENS_A_DOOR = frozenset(
    {"enter", "Client", "client", "RequestFactory", "CliRunner", "subprocess", "Software", "send"}
)
"""By one of these a test comes in where the house itself reads the clock."""
OTHERS = (
    "conftest.py",
    "mamori/ground/clocks/tests/test_sandbox.py",  # the clock of the house is the real one, moved
    "mamori/ground/post/tests/test_servers.py",  # certificates
    "mamori/ground/web/signing/company/tests/lying.py",  # tokens, which are read by the real clock
    "mamori/rooms/contact/tests/conftest.py",  # the market of those who open pages
    "tests/journeys/",  # served houses
    "tests/permissions/api.py",  # a day of payment, which has to lie ahead of the asking
)
READS_AT_ONCE = re.compile(
    r"\.(is_visible|is_hidden|is_checked|is_enabled|input_value|text_content)\(|locator\(.*\.count\("
)


def every_test() -> list[Path]:
    found = files("mamori", "tests", "trials", "verifier", tests=True)
    return [path for path in found if {"tests", "verifier"} & set(path.parts)]


def names(module: ast.Module) -> set[str]:
    """Return what a module names, calls and imports."""
    found = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.alias):
            found.add(node.name)
    return found


def needless_readings(module: ast.Module) -> list[str]:
    """Find where a test asks what time it is though nothing in it does so after that: it could name a moment."""
    return [] if OPENS_A_DOOR & names(module) else list(clock_readings(module))


def stopwatches(module: ast.Module) -> Iterator[str]:
    """Find where it is measured how long something took by the clock on the wall."""
    looks = re.compile(r"\b(monotonic|perf_counter|time\.time)(_ns)?\(")
    for node in ast.walk(module):
        if (
            isinstance(node, ast.BinOp)
            and isinstance(node.op, ast.Sub)
            and looks.search(ast.unparse(node.left))
        ):
            yield f"{node.lineno}: {ast.unparse(node)}"


def impatience(module: ast.Module) -> Iterator[str]:
    """Find where a page is held to something that may only be about to happen: `expect` waits for it."""
    for node in ast.walk(module):
        if isinstance(node, ast.Assert) and READS_AT_ONCE.search(ast.unparse(node.test)):
            yield f"{node.lineno}: {ast.unparse(node.test)}"


def test_a_test_that_opens_no_door_names_its_moment() -> None:
    read = [
        f"{short(path)}:{reading}"
        for path in every_test()
        if not short(path).startswith(OTHERS)
        for reading in needless_readings(tree(path))
    ]

    assert read == []


def test_no_test_is_timed_by_the_clock_on_the_wall() -> None:
    timed = [
        f"{short(path)}:{found}"
        for path in every_test()
        if short(path) != "tests/journeys/test_policy.py"  # ten minutes for what takes a few seconds
        for found in stopwatches(tree(path))
    ]

    assert timed == []


def test_pages_are_waited_for() -> None:
    hasty = [
        f"{short(path)}:{found}"
        for path in files("tests", tests=True)
        if "journeys" in path.parts
        for found in impatience(tree(path))
    ]

    assert hasty == []


@pytest.mark.parametrize(
    ("find", "line"),
    [
        (needless_readings, "NOW = datetime.now(UTC)"),
        (stopwatches, "assert time.monotonic() - began < 1"),
        (stopwatches, "times.append(perf_counter() - began)"),
        (impatience, "assert page.get_by_role('button').is_visible()"),
        (impatience, "assert main.locator('a').count() == 1"),
    ],
)
def test_a_planted_hurry_is_found(find: object, line: str) -> None:
    assert callable(find)
    assert list(find(ast.parse(line)))
