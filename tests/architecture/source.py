"""The source files of the house, as text and as syntax trees."""

from __future__ import annotations

import ast
import shutil
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("mamori", "tests", "tools", "trials", "verifier")
"""Every package of the repository, which every check has to know."""


def files(*tops: str, tests: bool = False, root: Path = ROOT) -> list[Path]:
    """List the Python files under the folders, without migrations and, unless asked for, without tests; each has some."""
    unwanted = {"migrations", "__pycache__"} | (set() if tests else {"tests"})
    found = {
        top: [path for path in (root / top).rglob("*.py") if not unwanted & set(path.relative_to(root).parts)]
        for top in tops or ("mamori",)
    }
    assert all(found.values()), f"nothing is there: {[top for top, paths in found.items() if not paths]}"
    return sorted(path for paths in found.values() for path in paths)


@cache
def tree(path: Path) -> ast.Module:
    """Parse a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def short(path: Path) -> str:
    """Name a file from the top of the repository."""
    return path.relative_to(ROOT).as_posix()


def copy_house(to: Path) -> Path:
    """Copy what a check needs into a folder where a fault can be planted."""
    for name in (*PACKAGES, "docs"):
        shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("tests"))
    shutil.copy(ROOT / "pyproject.toml", to)
    return to


def replace(path: Path, old: str, new: str) -> None:
    """Plant a fault: put `new` in the place of `old`, which must be there exactly once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")
