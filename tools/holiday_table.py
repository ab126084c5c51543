"""Writes the committed table of Japanese holidays from the library `holidays`; `--check` only compares.

Run as `python -m tools.holiday_table [--check] [--official-through YEAR --recorded-on DAY]`.  The year is the
last one that the Cabinet Office has published (syukujitsu.csv, every February for the next year), the day
when that was looked up: both are facts that a person states, so they stay as they are unless given.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import holidays

TABLE = Path(__file__).parent.parent / "mamori" / "japan" / "holidays.json"
FIRST, LAST = 2015, 2035


def days() -> dict[str, list[str]]:
    """Return every holiday as ISO day → [Japanese name, English name]."""
    years = range(FIRST, LAST + 1)
    ja = holidays.country_holidays("JP", years=years, language="ja")
    en = holidays.country_holidays("JP", years=years, language="en_US")
    return {day.isoformat(): [ja[day], en[day]] for day in sorted(ja)}


def version(*, official_through: int, recorded_on: date, table: dict[str, list[str]]) -> str:
    """Return a version that no other content can have."""
    content = json.dumps([official_through, FIRST, LAST, table], ensure_ascii=False)
    return f"jp-{recorded_on}-{hashlib.sha256(content.encode()).hexdigest()[:8]}"


def render(*, official_through: int, recorded_on: date) -> str:
    """Return the table as it stands in the repository: one holiday a line, so that changes show."""
    table = days()
    head: dict[str, Any] = {
        "version": version(official_through=official_through, recorded_on=recorded_on, table=table),
        "first_year": FIRST,
        "last_year": LAST,
        "official_through": official_through,
        "recorded_on": recorded_on.isoformat(),
    }
    lines = [f"  {json.dumps(name)}: {json.dumps(value)}," for name, value in head.items()]
    rows = [f"    {json.dumps(day)}: {json.dumps(names, ensure_ascii=False)}" for day, names in table.items()]
    return "\n".join(["{", *lines, '  "days": {', ",\n".join(rows), "  }", "}", ""])


def main(argv: list[str]) -> int:
    """Write or check the table; return 1 when the check finds a difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--official-through", type=int)
    parser.add_argument("--recorded-on", type=date.fromisoformat)
    wish = parser.parse_args(argv)
    if (wish.official_through is None) != (wish.recorded_on is None):
        parser.error("--official-through and --recorded-on are stated together")
    if wish.recorded_on is None:
        known = json.loads(TABLE.read_text("utf-8"))
        wish.official_through, wish.recorded_on = (
            known["official_through"],
            date.fromisoformat(known["recorded_on"]),
        )
    fresh = render(official_through=wish.official_through, recorded_on=wish.recorded_on)
    if wish.check:
        same = TABLE.read_text("utf-8") == fresh
        print(
            "holidays: as the library says" if same else f"holidays: {TABLE} differs, run tools.holiday_table"
        )
        return 0 if same else 1
    TABLE.write_text(fresh, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
