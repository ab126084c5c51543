"""Writes the map of rooms into README.md, from the duties and the folders; `--check` fails when it is stale."""

from __future__ import annotations

import sys
from pathlib import Path

from mamori.grammar.declaration import Duty
from mamori.grammar.text import Text
from mamori.law.duties import DUTIES
from tools.reference.markdown import cell, table

ROOT = Path(__file__).parents[2]
BEGIN = "<!-- map of rooms: rendered by `make docs`; change mamori/law/duties.py, not this table -->"
END = "<!-- end of the map -->"
WORKS = Text("動く", "works")
NOT_BEGUN = Text("まだ", "not begun")


def render(root: Path = ROOT) -> str:
    """Render a row for each duty: what the law asks, the room, and whether that room does anything yet."""
    rows = [(duty.title, duty.citation.article, _room(duty, root), _state(duty, root)) for duty in DUTIES]
    return table(["義務 / duty", "法・規則 / source", "部屋 / room", "状態 / state"], rows)


def _state(duty: Duty, root: Path) -> Text:
    room = root / "mamori" / "rooms" / duty.room
    return WORKS if (room / "actions").is_dir() or (room / "actions.py").exists() else NOT_BEGUN


def _room(duty: Duty, root: Path) -> str:
    path = f"mamori/rooms/{duty.room}"
    return f"[`{duty.room}`]({path})" if (root / path).is_dir() else cell(f"`{duty.room}`")


def placed(text: str, drawn: str) -> str:
    """Return the text with the map between its marks.

    :raises ValueError: when the marks are not there.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError("README.md has no place for the map of rooms")
    return f"{before}{BEGIN}\n\n{drawn}\n\n{END}{after}"


def main(argv: list[str], root: Path = ROOT) -> int:
    """Write or check; return the exit code."""
    readme = root / "README.md"
    text = readme.read_text(encoding="utf-8")
    fresh = placed(text, render(root))
    if "--check" in argv:
        if fresh != text:
            print("README.md: the map of rooms is stale: run `make docs` and commit what changes")
        return int(fresh != text)
    if fresh != text:
        readme.write_text(fresh, encoding="utf-8")
        print("README.md")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
