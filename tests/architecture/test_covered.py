"""The check on branches looks where decisions live, and names what no test went through."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from tests.architecture.source import ROOT
from tools.covered import deciding, missing

WHOLE: dict[str, Any] = {"missing_lines": [], "missing_branches": []}
GAP: dict[str, Any] = {"missing_lines": [7], "missing_branches": [[3, 5], [4, -1], [7, 8]]}


def test_a_line_or_branch_that_is_missing_is_named() -> None:
    report = {"files": {"mamori/rooms/contact/rules/urging.py": GAP, "mamori/grammar/text.py": WHOLE}}

    gaps = missing(report)

    assert gaps == [
        "mamori/rooms/contact/rules/urging.py:7",
        "mamori/rooms/contact/rules/urging.py:3 never went on to line 5",
        "mamori/rooms/contact/rules/urging.py:4 never went on to its end",
    ]


def test_pages_and_tests_are_not_held_to_it() -> None:
    report = {
        "files": {
            "mamori/site/settings.py": GAP,
            "mamori/grammar/tests/test_text.py": GAP,
            "tools/rules.py": GAP,
        }
    }

    assert missing(report) == []


def test_a_module_that_no_test_imports_is_named() -> None:
    report = {"files": {"mamori/grammar/text.py": WHOLE}}

    gaps = missing(report, ["mamori/grammar/text.py", "mamori/rooms/contact/rules/urging.py"])

    assert gaps == ["mamori/rooms/contact/rules/urging.py was imported by no test"]


def test_the_modules_are_looked_for_in_every_storey(tmp_path: Path) -> None:
    rules = ["mamori/ground/terms/rules.py", "mamori/rooms/lending/returns/rules/parcels.py"]
    others = ["mamori/rooms/lending/views/rules_page.py", "mamori/rooms/lending/rules/tests/test_parcels.py"]
    for path in (*rules, *others):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()

    assert deciding(tmp_path) == rules


def test_what_is_traced_is_what_is_held_to_it() -> None:
    traced = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["coverage"]["run"]
    modules = deciding(ROOT)

    untraced = [path for path in modules if not any(fnmatch(path, one) for one in traced["include"])]

    assert modules
    assert untraced == []
