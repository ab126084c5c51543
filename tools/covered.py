"""Holds branches at 100 % where decisions live: grammar, rules, lifecycle, actions; names what is missing."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

DECIDING = r"(rules|lifecycle|actions)"
WHERE = re.compile(rf"^mamori/(grammar|.*/{DECIDING})(/.*)?\.py$")


def deciding(root: Path) -> list[str]:
    """List the modules in which decisions live; coverage itself traces no others (pyproject.toml)."""
    found = sorted(path.relative_to(root).as_posix() for path in (root / "mamori").rglob("*.py"))
    return [path for path in found if WHERE.match(path) and "/tests/" not in path]


def missing(report: dict[str, Any], modules: Iterable[str] = ()) -> list[str]:
    """List each line or branch of a deciding module that no test went through, as file:line, and each that none imported."""
    gaps = [f"{path} was imported by no test" for path in modules if path not in report["files"]]
    for path, file in sorted(report["files"].items()):
        if WHERE.match(path) and "/tests/" not in path:
            gaps += [f"{path}:{line}" for line in file["missing_lines"]]
            gaps += [
                f"{path}:{start} never went on to {f'line {end}' if end > 0 else 'its end'}"
                for start, end in file["missing_branches"]
                if start not in file["missing_lines"]
            ]
    return gaps


def main() -> int:
    """Read coverage's JSON and say what is missing; return the exit code."""
    report = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    modules = deciding(Path.cwd())
    gaps = missing(report, modules)
    print("\n".join(gaps) or f"every branch of {len(modules)} deciding modules was taken")
    return 1 if gaps or not modules else 0


if __name__ == "__main__":
    raise SystemExit(main())
