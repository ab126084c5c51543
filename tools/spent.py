"""What `make test` took: minutes and processor seconds of each piece, and a ratchet on what does not depend on the load.

    python -m tools.spent run PIECE COMMAND…   runs a piece and writes down what it took
    python -m tools.spent table                prints the table of all pieces; fails where more was spent than is recorded
    python -m tools.spent record               records what the last run spent

Processor seconds stand beside those of `pytest --collect-only` in the same run: their quotient is a figure of the tests, and
not of the machine.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "var/spent"
RECORDED = ROOT / "tools/spent.json"
COUNTED = "MAMORI_SPENT"
"""Where the tests of a piece write down what they counted (`tests/spending.py`)."""
UNIT = "collecting"
"""The piece that the others are held beside."""
MAY_RISE = {"quotient": 1.15, "on PostgreSQL": 1.15}
"""No machine is quite quiet, and a module that is edited runs on PostgreSQL whole until its list is made anew."""
ADOPT = (
    36  # PR_SET_CHILD_SUBREAPER: what a piece leaves running, such as a database, becomes ours and is counted
)


def run(piece: str, command: list[str]) -> int:
    """Run a piece and write down minutes and processor seconds, those of whatever it started included."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    counts = FOLDER / f"{piece}.counts"
    counts.unlink(missing_ok=True)
    ctypes.CDLL(None).prctl(ADOPT, 1, 0, 0, 0)
    began = time.monotonic()
    process = subprocess.Popen(command, env={**os.environ, COUNTED: str(counts)})  # noqa: S603
    signal.signal(signal.SIGTERM, lambda *_: os.kill(process.pid, signal.SIGTERM))
    ended, status = 0, 0
    while (
        ended != process.pid
    ):  # what it leaves behind is taken on as it ends: a database waits for its former self to be gone
        ended, status = os.waitpid(-1, 0)
    _await_the_rest()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = {
        "minutes": round((time.monotonic() - began) / 60, 2),
        "seconds": round(used.ru_utime + used.ru_stime, 1),
    }
    (FOLDER / f"{piece}.json").write_text(json.dumps(took | _counted(counts)), encoding="utf-8")
    return os.waitstatus_to_exitcode(status)


def _await_the_rest() -> None:
    """Take on what the piece left running, until nothing is left or a minute is over."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            ended, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not ended:
            time.sleep(0.05)


def _counted(counts: Path) -> Counter[str]:
    lines = counts.read_text(encoding="utf-8").splitlines() if counts.exists() else []
    return sum((Counter[str](json.loads(line)) for line in lines), Counter[str]())


def spent() -> dict[str, dict[str, float]]:
    """Return what each piece of the last run took and counted."""
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.glob("*.json"))}


def figures(pieces: dict[str, dict[str, float]]) -> dict[str, float]:
    """Return what the ratchet holds: the counts of all pieces together, and the quotient of processor seconds."""
    whole = Counter[str]()
    for one in pieces.values():
        whole.update({name: int(count) for name, count in one.items() if name not in ("minutes", "seconds")})
    seconds = sum(one["seconds"] for name, one in pieces.items() if name != UNIT)
    return {**dict(sorted(whole.items())), "quotient": round(seconds / pieces[UNIT]["seconds"], 1)}


def faults(found: dict[str, float], recorded: dict[str, float]) -> list[str]:
    """Name each figure that is more than is recorded, and than it may rise."""
    most = {name: figure * MAY_RISE.get(name, 1) for name, figure in recorded.items()}
    more = [
        f"{name}: {figure:g}, and at most {most.get(name, 0):g} is recorded"
        for name, figure in found.items()
        if figure > most.get(name, 0)
    ]
    return more + [f"{name}: counted no more" for name in recorded if not found.get(name)]


def table(pieces: dict[str, dict[str, float]]) -> str:
    """Return the table, the dearest piece first."""
    unit = pieces[UNIT]["seconds"]
    rows = [f"{'piece':<20}{'minutes':>9}{'CPU s':>9}{'/ collecting':>14}   counted"]
    for name, one in sorted(pieces.items(), key=lambda pair: -pair[1]["seconds"]):
        counts = ", ".join(
            f"{count:g} {what}" for what, count in one.items() if what not in ("minutes", "seconds")
        )
        rows.append(
            f"{name:<20}{one['minutes']:>9.1f}{one['seconds']:>9.0f}{one['seconds'] / unit:>14.1f}   {counts}"
        )
    return "\n".join(rows)


def main() -> int:
    """Do what is asked."""
    what, *words = sys.argv[1:]
    if what == "run":
        return run(words[0], words[1:])
    found = figures(spent())
    if what == "record":
        RECORDED.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
        return 0
    print(table(spent()))
    print(", ".join(f"{name} {figure:g}" for name, figure in found.items()))
    more = faults(found, json.loads(RECORDED.read_text(encoding="utf-8")))
    for one in more:
        print(f"more than before: {one}", file=sys.stderr)
    if more:
        print(
            "More on PostgreSQL: `make postgres-list`. Where it is meant: `python -m tools.spent record`; say why in the commit.",
            file=sys.stderr,
        )
    return 1 if more else 0


if __name__ == "__main__":
    sys.exit(main())
