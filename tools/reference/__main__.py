"""`python -m tools.reference` writes the pages; with `--check` it names each stale page, and fails."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.reference import house
from tools.reference.markdown import MARK

FOLDER = Path(__file__).parents[2] / "docs" / "reference"


def pages() -> dict[str, str]:
    """Render every page, by its file name."""
    house.load()
    from tools.reference import (
        api,
        asked,
        commands,
        doors,
        guideline,
        law,
        personal,
        records,
        statements,
        states,
        transfers,
        words,
    )

    renderers = (
        states.states,
        states.permissions,
        doors.routes_,
        words.refusals,
        words.events,
        words.notices,
        words.urging,
        words.calling,
        words.lures,
        asked.duties,
        asked.practices,
        guideline.guideline,
        law.deadlines,
        law.grounds,
        law.formal_notices,
        law.clauses,
        law.consents,
        law.roads,
        law.figures,
        law.settings,
        personal.personal_data,
        personal.retention,
        commands.commands,
        records.import_,
        records.instructions,
        transfers.zengin,
        statements.statements,
        api.api,
    )
    pages = {f"{render.__name__.rstrip('_').replace('_', '-')}.md": render() for render in renderers}
    return pages | {"openapi.json": api.openapi()}


def stale(folder: Path, rendered: dict[str, str]) -> list[str]:
    """Name each page that differs from its declarations, and each that nothing declares any more."""
    found = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.*")}
    orphans = [name for name, text in found.items() if text.startswith(MARK) and name not in rendered]
    return sorted([name for name, text in rendered.items() if found.get(name) != text] + orphans)


def main() -> int:
    """Write or check; return the exit code."""
    rendered = pages()
    old = stale(FOLDER, rendered)
    if "--check" in sys.argv[1:]:
        for name in old:
            print(f"docs/reference/{name} is stale: run `make docs` and commit what changes")
        return 1 if old else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in old:
        (FOLDER / name).write_text(rendered[name], encoding="utf-8") if name in rendered else (
            FOLDER / name
        ).unlink()
        print(f"docs/reference/{name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
