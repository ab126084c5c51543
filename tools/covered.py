"""Holds branches at 100 % where decisions live: grammar, rules, lifecycle, actions; names what is missing."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
DECIDING = ("rules", "lifecycle", "actions")
WHERE = re.compile(rf"^mamori/(grammar|.*/({'|'.join(DECIDING)}))(/.*)?\.py$")


def missing(report: dict[str, Any]) -> list[str]:
    """List each line or branch of a deciding module that no test went through, as file:line."""
    gaps: list[str] = []
    for path, file in sorted(report["files"].items()):
        if is_deciding(path):
            gaps += [f"{path}:{line}" for line in file["missing_lines"]]
            gaps += [
                f"{path}:{start} never went on to {f'line {end}' if end > 0 else 'its end'}"
                for start, end in file["missing_branches"]
                if start not in file["missing_lines"]
            ]
    return gaps


def unseen(report: dict[str, Any], root: Path = ROOT) -> Iterator[str]:
    """Name each deciding module that the report says nothing of, and each kind of which there is none."""
    there = [path.relative_to(root).as_posix() for path in sorted((root / "mamori").rglob("*.py"))]
    deciding = [path for path in there if is_deciding(path)]
    yield from (f"{path}: the report says nothing of it" for path in deciding if path not in report["files"])
    for kind in ("grammar", *DECIDING):
        if not any(f"/{kind}" in path for path in deciding):
            yield f"no module of {kind} was found"


def is_deciding(path: str) -> bool:
    """Say whether a file holds decisions."""
    return WHERE.match(path) is not None and "/tests/" not in path


def main() -> int:
    """Read coverage's JSON and say what is missing; return the exit code."""
    report = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    gaps = [*unseen(report), *missing(report)]
    looked_at = sum(map(is_deciding, report["files"]))
    print("\n".join(gaps) or f"every branch of {looked_at} deciding modules was taken")
    return 1 if gaps else 0


if __name__ == "__main__":
    raise SystemExit(main())
