"""What `make mutants` breaks, copies and runs is there: a name that leads nowhere would break nothing and tell nobody."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.source import PACKAGES, ROOT, copy_house, replace, tree

SCRIPT = "tools/mutants.sh"


def settings(root: Path) -> dict[str, Any]:
    """Read what is set for mutmut."""
    found: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "mutmut"
    ]
    return found


def faults(root: Path) -> Iterator[str]:
    """Name what is to be broken and is nowhere, each rate that counts nothing, and what the tests need and nobody copies."""
    known = settings(root)
    script = (root / SCRIPT).read_text(encoding="utf-8")
    broken = [path.relative_to(root) for one in known["only_mutate"] for path in root.glob(one)]
    names = {".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in broken}
    yield from (f"nothing is broken at {one}" for one in known["only_mutate"] if not list(root.glob(one)))
    for title, pattern in re.findall(r'^rate "([^"]+)" \'([^\']+)\'', script, re.MULTILINE):
        places = re.sub(r"\.x_(\([^)]*\)|[^|)]*)", ".", pattern)  # a module's functions follow its name
        if not any(re.match(rf"mamori\.{places}", f"{name}.") for name in names):
            yield f"{title} counts nothing"
    tops = {*known["source_paths"], *known["also_copy"]}
    copied = set(re.findall(r"tar c \S+ ([^|]+)\|", script)[0].split())
    yield from (f"{SCRIPT} does not copy {top}" for top in sorted(tops - copied))
    yield from (f"nobody copies {top}" for top in sorted(_needed(tops) - tops))


def _needed(tops: set[str]) -> set[str]:
    """Return the packages of the repository that what is copied imports, `verifier` aside, which only its own tests do."""
    found = set()
    for top in tops & set(PACKAGES):
        for path in (ROOT / top).rglob("*.py"):
            for node in ast.walk(tree(path)):
                if isinstance(node, ast.ImportFrom) and node.module:
                    found.add(node.module.partition(".")[0])
    return found & (set(PACKAGES) - {"verifier"})


@pytest.fixture
def house(tmp_path: Path) -> Path:
    return copy_house(tmp_path)


def test_what_is_broken_copied_and_run_is_there() -> None:
    known = settings(ROOT)

    assert list(faults(ROOT)) == []
    assert len(known["only_mutate"]) >= 10
    missing = [
        one
        for one in known["pytest_add_cli_args_test_selection"]
        if not list((ROOT / one).rglob("test_*.py"))
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "pyproject.toml",
            '"mamori/grammar/statechart.py",',
            '"mamori/grammar/chart.py",',
            "at mamori/grammar/chart.py",
        ),
        ("pyproject.toml", '"mamori/grammar/businesstime/*.py",', "", "Business time counts nothing"),
        ("pyproject.toml", '"tests", "trials"]', '"tests"]', "nobody copies trials"),
        (SCRIPT, "tools tests trials", "tools tests", f"{SCRIPT} does not copy trials"),
    ],
)
def test_a_planted_name_that_leads_nowhere_is_found(
    house: Path, file: str, old: str, new: str, told: str
) -> None:
    replace(house / file, old, new)

    assert any(told in fault for fault in faults(house))
