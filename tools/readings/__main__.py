"""Builds the tables of readings: `python -m tools.readings [--without TENTH --to FOLDER] [--check]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from mamori_readings import BLOCKS, packed, unpacked

from tools.readings.blocks import built
from tools.readings.sources import NoSource

DATA = Path(__file__).parents[2] / "packages" / "mamori-readings" / "mamori_readings"


def said(line: str) -> None:
    """Tell how far it is."""
    print(line, file=sys.stderr, flush=True)


def main() -> int:
    """Write the files, or say whether those in the repository are what the sources give."""
    asked = argparse.ArgumentParser(prog="python -m tools.readings", description=__doc__)
    asked.add_argument(
        "--without",
        type=int,
        choices=range(10),
        metavar="TENTH",
        help="leave a tenth of the dataset's given names out",
    )
    asked.add_argument("--everywhere", action="store_true", help="leave them out of what JMnedict knows, too")
    asked.add_argument("--to", type=Path, default=DATA, help="the folder to write to")
    asked.add_argument("--check", action="store_true", help="write nothing; compare")
    options = asked.parse_args()
    if options.without is not None and options.to == DATA:
        asked.error("a table for measuring is not the one that ships: give --to FOLDER")
    try:
        blocks = built(without=options.without, everywhere=options.everywhere, say=said)
    except NoSource as missing:
        said(str(missing))
        return 2
    files = {options.to / file: blocks[name] for name, file in BLOCKS.items()}
    if options.check:
        changed = [
            str(path)
            for path, text in files.items()
            if not path.exists() or unpacked(path.read_bytes()) != text
        ]
        said("\n".join(changed) or "as built")
        return 1 if changed else 0
    options.to.mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        path.write_bytes(packed(text))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
