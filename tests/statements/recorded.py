"""What was recorded of each verb on both databases, and what a run says otherwise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

FILE = Path(__file__).with_name("recorded.json")
ENGINES = ("sqlite", "postgresql")

type Table = dict[str, dict[str, int]]


def table() -> Table:
    """Return the least number of statements of each verb, by verb and database."""
    return dict(json.loads(FILE.read_text("utf-8"))) if FILE.exists() else {}


def write(counts: Mapping[str, int], engine: str) -> None:
    """Put what was counted on one database in the place of what was recorded there."""
    others = {verb: {e: n for e, n in row.items() if e != engine} for verb, row in table().items()}
    merged = {verb: others.get(verb, {}) for verb in {*others, *counts}}
    for verb, made in counts.items():
        merged[verb] = {**merged[verb], engine: made}
    kept = {
        verb: {e: row[e] for e in ENGINES if e in row} for verb, row in sorted(merged.items()) if any(row)
    }
    FILE.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


def faults(counts: Mapping[str, int], engine: str, known: Table | None = None) -> list[str]:
    """Name each verb that makes more than is recorded, or of which nothing is recorded or counted.

    Every verb is tried on SQLite; which are on PostgreSQL depends on what was edited, so that none has to be.
    """
    known = table() if known is None else known
    rows = {verb: row[engine] for verb, row in known.items() if engine in row}
    rose = [
        f"{verb} makes {made} statements on {engine}, recorded are {rows[verb]}"
        for verb, made in sorted(counts.items())
        if verb in rows and made > rows[verb]
    ]
    new = [
        f"{verb}: nothing is recorded of it on {engine} ({counts[verb]})"
        for verb in sorted(set(counts) - set(rows if engine == "sqlite" else known))
    ]
    still = counts if engine == "sqlite" else known
    gone = [f"{verb}: no test does it on {engine} any more" for verb in sorted(set(rows) - set(still))]
    return rose + new + gone


def differences(counts: Mapping[str, int], engine: str) -> list[str]:
    """Return what is wrong, and what is better than is recorded and should be recorded."""
    rows = table()
    fell = [
        f"{verb} makes {made} on {engine} now, recorded are {rows[verb][engine]}: record it (MAMORI_STATEMENTS=record)"
        for verb, made in sorted(counts.items())
        if made < rows.get(verb, {}).get(engine, 0)
    ]
    return [f"FAILED {line}" for line in faults(counts, engine)] + fell
