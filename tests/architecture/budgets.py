"""How large each part of the house may be: lines without tests and migrations, and tokens a line, as they stand in budgets.txt.

`python -m tests.architecture.budgets` lowers the figures there to today's; it raises none.  More needs a decision record.
"""

from __future__ import annotations

import tokenize
from pathlib import Path

from tests.architecture.source import ROOT, files

FILE = Path(__file__).with_suffix(".txt")
DENSEST = 6.3
"""Tokens a line at most, without comments and layout: so that nothing is made shorter by being crowded."""
LEFT_OUT = {
    *(tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE),
    *(tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING, tokenize.ENDMARKER),
}

type Budgets = dict[str, tuple[int, int]]


def known() -> Budgets:
    """Return of each folder how many lines it has at most, and how many it shall have in the end."""
    rows = (line.split() for line in FILE.read_text("utf-8").splitlines() if line[:1] not in ("", "#"))
    return {folder: (int(most), int(goal)) for folder, most, goal in rows}


def lines(folder: str, root: Path = ROOT) -> int:
    """Count the lines of a folder's Python, tests and migrations aside."""
    return sum(len(path.read_text("utf-8").splitlines()) for path in files(folder, root=root))


def tokens(folder: str, root: Path = ROOT) -> int:
    """Count the tokens of the same files."""
    count = 0
    for path in files(folder, root=root):
        with path.open("rb") as file:
            count += sum(token.type not in LEFT_OUT for token in tokenize.tokenize(file.readline))
    return count


def faults(budgets: Budgets, root: Path = ROOT) -> list[str]:
    """Name each folder that is larger than it may be, or so large by being crowded."""
    found = []
    for folder, (most, _) in budgets.items():
        if (here := lines(folder, root)) > most:
            found.append(f"{folder} has {here} lines, {here - most} more than it may")
    crowded = tokens("mamori", root) / lines("mamori", root)
    return [*found, *([f"mamori has {crowded:.2f} tokens a line"] if crowded > DENSEST else [])]


def lower() -> None:
    """Write today's lines, up to the next fifty, where they are fewer than what stands there, and never fewer than the goal."""
    rows = {
        folder: (min(most, max(-(-lines(folder) // 50) * 50, goal)), goal)
        for folder, (most, goal) in known().items()
    }
    head = [line for line in FILE.read_text("utf-8").splitlines() if line.startswith("#")]
    body = [f"{folder:<26}{most:>7}{goal:>8}" for folder, (most, goal) in rows.items()]
    FILE.write_text("\n".join([*head, *body]) + "\n", "utf-8")


if __name__ == "__main__":
    lower()
