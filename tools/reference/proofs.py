"""Whether the tests that duties and practices name exist, and are among those that `make test` runs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mamori.grammar.line import Line

NOT_RUN = ("skip", "skipif", "xfail")


def faults(lines: Iterable[Line], root: Path) -> list[str]:
    """Name each test that a line names and that shows nothing: not there, passed over, or left out by `make test`."""
    named = [(line.code, name) for line in lines for name in line.shown_by]
    return [f"{code} names {name}: {why}" for code, name in named if (why := _fault(name, root))]


def _fault(name: str, root: Path) -> str | None:
    path, _, test = name.partition("::")
    file = root / path
    if not (re.fullmatch(r"(?:[a-z_]+/)+test_\w+\.py", path) and file.is_file()):
        return "there is no such file of tests"
    tree = ast.parse(file.read_text(encoding="utf-8"))
    tests = [one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name == test]
    if not (test.startswith("test_") and tests):
        return "there is no such test in it"
    marks = [ast.unparse(mark) for one in tests for mark in one.decorator_list]
    marks += [ast.unparse(one) for one in tree.body if isinstance(one, ast.Assign) and _is_mark(one)]
    if any(re.search(rf"\bmark\.{word}\b", mark) for mark in marks for word in NOT_RUN):
        return "it may be passed over"
    if not any(lane.runs(path) for lane in lanes(root)):
        return "`make test` does not run it"
    return None


def _is_mark(one: ast.Assign) -> bool:
    return any(isinstance(target, ast.Name) and target.id == "pytestmark" for target in one.targets)


@dataclass(frozen=True, slots=True)
class Lane:
    """One call of pytest in tools/test.sh: what it is given, and what it leaves out."""

    given: list[str]
    left_out: list[str]

    def runs(self, path: str) -> bool:
        """Say whether a file is among what it runs."""
        return _within(path, self.given) and not _within(path, self.left_out)


def _within(path: str, folders: Iterable[str]) -> bool:
    return any(path == folder or path.startswith(f"{folder}/") for folder in folders)


def lanes(root: Path) -> Iterator[Lane]:
    """Read the calls of pytest on SQLite, where everything runs, from tools/test.sh."""
    script = (root / "tools" / "test.sh").read_text(encoding="utf-8").replace("\\\n", " ")
    stories = re.search(r"^stories=(\S+)$", script, re.MULTILINE)
    for call in re.findall(r'"\$\{sqlite\[@\]\}"([^\n;"]*)', script):
        words = call.replace("$stories", stories[1] if stories else "").split()
        if "-m" not in words and "-k" not in words:
            given = [word for word in words if not word.startswith("-")]
            yield Lane(given, [word.partition("=")[2] for word in words if word.startswith("--ignore=")])
