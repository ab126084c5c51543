"""Names, sizes, clocks and words: what is agreed about every source file."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from mamori.site.environment import VARIABLES
from tests.architecture.source import PACKAGES, ROOT, files, short, tree

NOT_A_NAME = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "core",
    "manager",
    "managers",
    "services",
    "service",
    "misc",
}
LONG_BY_DECISION = {"verifier/mamori_verify.py": "0066"}
"""File: number of the decision record that allows more than a sitting."""
SITTING, TESTS = 700, 400
"""Most lines of a module, and of a module of tests."""

CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "timezone.now",
    "timezone.localdate",
    "timezone.localtime",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
}
READS_THE_CLOCK = (  # where the real moment enters the house
    "mamori/ground/web/",
    "mamori/site/command/",
    "mamori/site/demo/",
    "mamori/site/work",  # with the worker's threads
    "mamori/site/arriving.py",  # a request begins to come in
    "mamori/ground/clocks/sandbox.py",  # the one clock of the house, which in a sandbox is ahead
    "mamori/ground/clocks/running.py",  # the database's own clock, by which two machines need not agree
)

ARTICLE = re.compile(
    r"第\s*[0-9０-９一二三四五六七八九十百]+\s*条|[Aa]rt(?:icle|\.)\s*[0-9]|\b(?:Act|Order|Code|Law)\s+[0-9]+\s*\("
)


def docstrings(module: ast.Module) -> set[int]:
    """Return the ids of the constants that are docstrings."""
    bodies = [n.body for n in ast.walk(module) if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef)]
    return {id(b[0].value) for b in bodies if b and isinstance(b[0], ast.Expr)}


def clock_readings(module: ast.Module) -> Iterator[str]:
    """Find each place that asks what time it is."""
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute):
            text = ast.unparse(node)
            if any(text == clock or text.endswith(f".{clock}") for clock in CLOCKS):
                yield f"{node.lineno}: {text}"
        elif isinstance(node, ast.ImportFrom) and node.module in {"time", "django.utils.timezone"}:
            yield from (
                f"{node.lineno}: {a.name}"
                for a in node.names
                if a.name in {"time", "now", "time_ns", "localdate"}
            )
        elif isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
            yield f"{node.lineno}: {node.arg}"
        elif isinstance(node, ast.Name) and node.id == "Now":
            yield f"{node.lineno}: Now"


def days_elsewhere(module: ast.Module) -> Iterator[str]:
    """Find each moment whose day is taken as it was kept, in UTC: from midnight to nine it is yesterday in Japan."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "date":
            moment = ast.unparse(node.func.value).rpartition(".")[2]
            if moment == "at" or moment.endswith("_at"):
                yield f"{node.lineno}: {ast.unparse(node)}"


def articles(module: ast.Module) -> Iterator[str]:
    """Find each article number that a string, other than a docstring, carries."""
    spoken = docstrings(module)
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in spoken:
            yield from (f"{node.lineno}: {found[0]}" for found in ARTICLE.finditer(node.value))


def body_lines(function: ast.FunctionDef) -> int:
    """Count a function's lines without its signature and its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_every_module_opens_with_a_sentence() -> None:
    silent = [
        short(path)
        for path in files(*PACKAGES, tests=True)
        if path.stat().st_size and not ast.get_docstring(tree(path))
    ]

    assert silent == []


def test_no_file_outgrows_a_sitting() -> None:
    long = {
        short(path): lines
        for path in files(*PACKAGES, tests=True)
        if (lines := len(path.read_text(encoding="utf-8").splitlines()))
        > (TESTS if "tests" in path.parts else SITTING)
        and short(path) not in LONG_BY_DECISION
    }

    assert long == {}


def test_no_function_outgrows_a_page() -> None:
    long = [
        f"{short(path)}:{node.lineno} {node.name}"
        for path in files("mamori", "tools", "trials", "verifier")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and body_lines(node) > 50
    ]

    assert long == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    named = [
        short(path) for path in files(*PACKAGES, tests=True) if {path.stem, path.parent.name} & NOT_A_NAME
    ]

    assert named == []


def test_the_domain_never_reads_the_clock() -> None:
    assert [place for place in READS_THE_CLOCK if not list(ROOT.glob(f"{place}*"))] == []

    read = [
        f"{short(path)}:{reading}"
        for path in files()
        if not short(path).startswith(READS_THE_CLOCK)
        for reading in clock_readings(tree(path))
    ]

    assert read == []


@pytest.mark.parametrize(
    "line",
    [
        "datetime.now(UTC)",
        "import datetime\ndatetime.datetime.now()",
        "from time import time",
        "date.today()",
        "django.utils.timezone.now()",
        "models.DateTimeField(auto_now_add=True)",
    ],
)
def test_a_planted_look_at_the_clock_is_found(line: str) -> None:
    assert list(clock_readings(ast.parse(line)))


def test_the_day_of_a_moment_is_the_day_in_japan() -> None:
    taken = [
        f"{short(path)}:{day}" for path in files(*PACKAGES, tests=True) for day in days_elsewhere(tree(path))
    ]

    assert taken == []


@pytest.mark.parametrize("line", ["entry.sent_at.date()", "at.date()", "actor.at.date()"])
def test_a_planted_day_of_elsewhere_is_found(line: str) -> None:
    assert list(days_elsewhere(ast.parse(line)))
    assert not list(days_elsewhere(ast.parse(line.replace(".date()", ".astimezone(JAPAN).date()"))))


def test_article_numbers_live_in_the_law() -> None:
    spoken = [
        f"{short(path)}:{found}"
        for path in files("mamori", "trials")
        if not short(path).startswith("mamori/law/")
        for found in articles(tree(path))
    ]

    assert spoken == []


@pytest.mark.parametrize("text", ["法第3条により", "第十五条", "Article 5 says", "art. 140", "Act 3(1)(i)"])
def test_a_planted_article_number_is_found(text: str) -> None:
    assert list(articles(ast.parse(f"x = {text!r}")))
    assert not list(articles(ast.parse(f"def f():\n    {text!r}")))


def test_migrations_are_named_by_hand_and_hold_literals_only() -> None:
    faults = []
    for path in sorted((ROOT / "mamori").rglob("migrations/[0-9]*.py")):
        if re.search(r"_auto_|_initial$|_alter_|_remove_.*_and_more", path.stem):
            faults.append(f"{short(path)}: named by the machine")
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = (
                    [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
                )
                faults += [f"{short(path)}: imports {name}" for name in names if name.startswith("mamori")]

    assert faults == []


def test_every_environment_variable_is_declared_and_every_declared_one_is_read() -> None:
    read = {
        node.value
        for path in files()
        for part in ast.walk(tree(path))
        if path.name != "environment.py" or ast.unparse(getattr(part, "func", part)) == "os.environ.get"
        for node in (ast.walk(part) if path.name == "environment.py" else [part])
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"MAMORI_[A-Z_]+", node.value)
    }

    assert read - {"MAMORI_POSTGRES_BIN", "MAMORI_POSTGRES_DATA"} == {variable.name for variable in VARIABLES}


def test_every_folder_has_something_in_it() -> None:
    empty = [
        short(folder)
        for folder in sorted((ROOT / "mamori").rglob("*"))
        if folder.is_dir()
        and folder.name not in {"__pycache__", "migrations", "templates"}
        and not {"templates", "static"} & {*folder.parts}
        and not any(
            p.stat().st_size
            for p in Path(folder).rglob("*.py")
            if "tests" not in p.parts[len(folder.parts) - 1 :]
        )
        and folder.name != "tests"
    ]

    assert empty == []
