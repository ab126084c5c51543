"""What a bank could not pay, as the operator hands it in: our own table `ref,outcome,reason`, one payment a line.

Banks tell of it in forms of their own, on paper too. This table is ours, declared here, and not any bank's format.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field

from mamori.grammar.text import Text
from mamori.japan.zengin.faults import Fault, fault
from mamori.japan.zengin.outcomes import OUTCOME_SAID, WHY_SAID, Outcome, Why

COLUMNS = ["ref", "outcome", "reason"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What became of one payment; `said` is the reason word for word."""

    line: int
    ref: str
    outcome: Outcome
    why: Why | None
    said: str


@dataclass(slots=True)
class Returns:
    """What was read, and each fault; a line with a fault is not among the rows."""

    rows: list[Returned] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_returns(content: bytes) -> Returns:
    """Return what a table of returns says, in UTF-8 or Shift_JIS, and each fault in it."""
    found = Returns()
    text = _decoded(content)
    if text is None:
        found.faults.append(fault("encoding", what=Text("読めないもの", "something unreadable")))
        return found
    if not text.strip():
        found.faults.append(fault("empty"))
        return found
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    first_lines: dict[str, int] = {}
    try:
        if [name.strip() for name in next(rows)] != COLUMNS:
            found.faults.append(fault("columns", 1))
            return found
        for cells in rows:
            if cells:
                _row(rows.line_num, [cell.strip() for cell in cells], first_lines, found)
    except csv.Error:  # a quotation mark that is never closed, or a line without end
        found.faults.append(fault("columns", rows.line_num))
    return found


def _decoded(content: bytes) -> str | None:
    """Return the text, or nothing where it is neither UTF-8 nor Shift_JIS."""
    if b"\0" in content:
        return None
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _row(line: int, cells: list[str], first_lines: dict[str, int], found: Returns) -> None:
    if len(cells) != len(COLUMNS) or any("\n" in cell or "\r" in cell for cell in cells):
        found.faults.append(fault("columns", line))
        return
    ref, said_outcome, said = cells
    outcome = OUTCOME_SAID.get(said_outcome)
    if not ref:
        found.faults.append(fault("no-ref", line))
    elif ref in first_lines:
        found.faults.append(fault("twice", line, ref=ref[:40], first=first_lines[ref]))
    elif outcome is None:
        found.faults.append(fault("outcome", line, found=said_outcome[:40]))
    elif outcome is not Outcome.PAID and not said:
        found.faults.append(fault("no-reason", line))
    else:
        why = None if outcome is Outcome.PAID else WHY_SAID.get(said, Why.OTHER)
        found.rows.append(Returned(line=line, ref=ref, outcome=outcome, why=why, said=said))
    first_lines.setdefault(ref, line)
