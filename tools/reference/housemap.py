"""Writes the map of duties and practices; `--check` fails when it is stale or a test that it names is missing."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from mamori.grammar.declaration import Duty, Practice
from mamori.grammar.line import Line
from mamori.grammar.text import Text
from mamori.law.duties import DUTIES
from mamori.law.practices import PRACTICES
from tools.reference.markdown import cell, table
from tools.reference.proofs import faults

ROOT = Path(__file__).parents[2]
PAGE = "docs/reference/map.md"
BEGIN = (
    "<!-- map: rendered by `make docs`; change mamori/law/duties.py and practices.py, not these tables -->"
)
END = "<!-- end of the map -->"


def render(
    root: Path = ROOT, duties: Iterable[Duty] = DUTIES, practices: Iterable[Practice] = PRACTICES
) -> str:
    """Render a row for each duty and each practice: what is asked, by what and how strongly, in which room, and its state."""
    duties = tuple(duties)
    serves = {duty.code: f"`{duty.code}` {duty.citation.article}" for duty in duties}
    of_law = [(serves[one.code], one.title, one.force.text, _room(one, root), state(one)) for one in duties]
    of_practice = [
        (one.code, one.text, serves.get(one.duty, ""), one.force.text, _room(one, root), state(one))
        for one in practices
    ]
    force, room, standing = "強さ / force", "部屋 / room", "状態 / state"
    return "\n\n".join(
        (
            table(["法・規則 / source", "求められること / what is asked", force, room, standing], of_law),
            table(
                ["番号", "取組み / practice", "関わる法の求め / serves", force, room, standing], of_practice
            ),
        )
    )


def state(line: Line) -> Text:
    """Return how far a line is done, and what is missing."""
    word, missing = line.state.text, line.missing
    said = Text(f"{word.ja}：{missing.ja}", f"{word.en}: {missing.en}") if missing else word
    on = ", ".join(f"`{code}`" for code in line.rests_on)
    return Text(f"{said.ja}（オンのとき：{on}）", f"{said.en} (while on: {on})") if on else said


def _room(line: Line, root: Path) -> str:
    path = f"mamori/rooms/{line.room}"
    return f"[`{line.room}`](../../{path})" if (root / path).is_dir() else cell(f"`{line.room}`")


def placed(text: str, drawn: str) -> str:
    """Return the text with the map between its marks.

    :raises ValueError: when the marks are not there.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{PAGE} has no place for the map")
    return f"{before}{BEGIN}\n\n{drawn}\n\n{END}{after}"


def main(
    argv: list[str],
    root: Path = ROOT,
    duties: Iterable[Duty] = DUTIES,
    practices: Iterable[Practice] = PRACTICES,
) -> int:
    """Write or check; return the exit code.  Nothing is written while a named test shows nothing."""
    duties, practices = tuple(duties), tuple(practices)
    if unfounded := faults((*duties, *practices), root):
        print(*unfounded, sep="\n")
        return 1
    page = root / PAGE
    text = page.read_text(encoding="utf-8")
    fresh = placed(text, render(root, duties, practices))
    if "--check" in argv:
        if fresh != text:
            print(f"{PAGE} is stale: run `make docs` and commit what changes")
        return int(fresh != text)
    if fresh != text:
        page.write_text(fresh, encoding="utf-8")
        print(PAGE)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
