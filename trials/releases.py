"""Filled houses of the releases: `tools/release.sh` keeps one on each engine with the tests, who bring it to this version.

A house is its database, its log and its keys, as they lie on the disk; PostgreSQL's tables are statements.  Its keys protect
nobody: everybody in it is invented.
"""

from __future__ import annotations

import json
import os
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from django.db import connection

from mamori.grammar.regex import regex
from mamori.site.released import releases
from trials.harness import within
from trials.scratch import STATEMENTS, scratch

ROOT = Path(__file__).parents[1]
HOUSES = ROOT / "tests" / "upgrade" / "houses"
DEMO = ROOT / "mamori" / "site" / "demo"
SELLERS, BUYERS, EACH = 24, 100, 3
"""So many of the sample, beside whoever the story names, and troubles on an ordinary day: both houses stay below 2 MB."""
HOLDS = ("mamori.sqlite3", "log", "keys", STATEMENTS)
NEWER = regex(rb"^(\\(un)?restrict .*|SET transaction_timeout = 0;)\n", flags=8)  # 8: MULTILINE
"""Lines of a dump that only the newest PostgreSQL understands."""
PARTIES = ("buyer", "seller")
REF = regex(r"\b[SBOL]-\d{4,6}\b")


def kept(version: str, engine: str) -> Path:
    """Return where the house of a release lies."""
    return HOUSES / f"{version}-{engine}.tar.xz"


def versions() -> list[str]:
    """Return the versions of which houses are kept, the oldest first."""
    order = [one.version for one in releases()]
    found = {path.name.removesuffix("-sqlite.tar.xz") for path in HOUSES.glob("*-sqlite.tar.xz")}
    return sorted(found, key=lambda one: (order.index(one) if one in order else len(order), one))


def keep(version: str, engine: str) -> int:
    """Fill a house by the demo and keep it; return how many bytes it is."""
    HOUSES.mkdir(exist_ok=True)
    with scratch(engine) as (env, cluster):
        assert within(env, "trials.releases:fill"), "the demo does not hold"
        home, path = Path(env["MAMORI_HOME"]), kept(version, engine)
        if cluster:
            (home / STATEMENTS).write_bytes(
                NEWER.sub(b"", cluster.ask("pg_dump", "--no-owner", "--no-privileges"))
            )
        with tarfile.open(path, "w:xz", preset=9) as tar:
            for name in HOLDS:
                if (home / name).exists():
                    tar.add(home / name, name)
    return path.stat().st_size


def fill() -> bool:
    """Play the demo in this house, with fewer people; say whether it holds."""
    from mamori.site.demo import performance, stage

    with tempfile.TemporaryDirectory() as folder, mock.patch.object(performance, "EACH", EACH):
        sample = list(_fewer(stage.sample(ROOT), Path(folder)))
        with open(os.devnull, "w", encoding="utf-8") as nowhere, mock.patch.object(sys, "stdout", nowhere):
            told = performance.perform(
                Path(os.environ["MAMORI_HOME"]), sample, ROOT / "verifier" / "mamori_verify.py", "en"
            )
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
    return bool(told)


def _fewer(sample: list[Path], folder: Path) -> Iterator[Path]:
    """Write the lines about those who stay, and about whoever the story names, as they stand."""
    lines = {path: path.read_text("utf-8").splitlines(keepends=True) for path in sample}
    told = {line: json.loads(line) for several in lines.values() for line in several}
    stay = {f"S-{n:04}" for n in range(SELLERS + 1)} | {f"B-{n:04}" for n in range(BUYERS + 1)}
    named = {ref for path in DEMO.glob("*.py") for ref in REF.findall(path.read_text("utf-8"))}
    stay |= named | {
        one[who] for one in told.values() if one["ref"] in named for who in PARTIES if who in one
    }

    def stays(one: dict[str, str]) -> bool:
        parties = {one[who] for who in PARTIES if who in one} or {one["ref"]}
        return parties <= stay

    for path, several in lines.items():
        fewer = folder / path.name
        fewer.write_text("".join(line for line in several if stays(told[line])), "utf-8")
        yield fewer
