"""What speaks to the database in its own words is tried on PostgreSQL; pages are left to SQLite, and may not do so."""

from __future__ import annotations

import ast
import re
from pathlib import PurePath

import pytest

from tests.architecture.source import ROOT, files, short, tree
from tests.shapes import listed

OWN_WORDS = {"cursor", "raw", "extra", "select_for_update", "RawSQL", "vendor"}
"""What asks for SQL that is written by hand, for a lock, or for the engine."""
OF_PAGES = {"views", "forms", "templatetags"}
"""What tests look at by opening pages: of those PostgreSQL runs few, and none because it is new (`tests/shapes/listed.py`)."""
BY_THE_HOUSE = ("mamori/site/",)
"""Set-up, backup and checks, which know each engine apart and are tried with houses of their own."""


def own_words(module: ast.Module) -> set[str]:
    """Return by which words a module speaks to the database itself."""
    found = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            word = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            of_connection = word != "cursor" or (
                isinstance(node.func, ast.Attribute) and "connection" in ast.unparse(node.func.value)
            )
            found |= {word} & OWN_WORDS if of_connection else set()
        elif isinstance(node, ast.Attribute) and node.attr == "vendor":
            found.add("vendor")
    return found


def on_postgresql(script: str) -> list[str]:
    """Return the folders of whose tests PostgreSQL runs some."""
    choices = re.search(r"^choices=\((.*)\)", script, re.MULTILINE)
    assert choices is not None
    return [word for word in choices[1].split() if word.startswith("mamori/")]


def left_out(modules: dict[str, ast.Module], tried: list[str]) -> list[str]:
    """Name the modules that speak to the database in its own words where no test of PostgreSQL looks."""
    return [
        path
        for path, module in modules.items()
        if own_words(module)
        and not path.startswith(BY_THE_HOUSE)
        and (not path.startswith(tuple(tried)) or OF_PAGES & set(PurePath(path).with_suffix("").parts))
    ]


def test_nothing_that_writes_sql_or_takes_locks_is_tried_on_sqlite_alone() -> None:
    modules = {short(path): tree(path) for path in files("mamori")}
    tried = on_postgresql((ROOT / "tools/test.sh").read_text("utf-8"))

    speaking = [path for path, module in modules.items() if own_words(module)]

    assert len(speaking) > 40
    assert tuple(tried) == listed.FOLDERS
    assert left_out(modules, tried) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("mamori/rooms/lending/views/loans.py", "Loan.objects.select_for_update().get()"),
        ("mamori/doors/desk/views/board.py", "with connection.cursor() as cursor: ..."),
        ("mamori/doors/seller/board.py", "Loan.objects.raw('SELECT 1')"),
    ],
)
def test_a_page_that_does_so_is_found(path: str, text: str) -> None:
    assert left_out({path: ast.parse(text)}, ["mamori/rooms", "mamori/ground"]) == [path]


def test_an_action_may() -> None:
    module = ast.parse("Loan.objects.select_for_update().get()")

    assert left_out({"mamori/rooms/lending/actions/lend.py": module}, ["mamori/rooms"]) == []


def test_a_page_of_a_list_has_a_cursor_too_and_that_is_another() -> None:
    assert own_words(ast.parse("paging.cursor(rows)")) == set()


def test_the_folders_are_read_from_what_runs_them() -> None:
    script = 'before mamori/doors\nchoices=(-m "not served" mamori/ground mamori/rooms)\nother mamori/site\n'

    assert on_postgresql(script) == ["mamori/ground", "mamori/rooms"]
