"""The little Markdown that the pages are made of."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mamori.grammar.citation import Citation
from mamori.grammar.text import Text

ROOT = Path(__file__).parents[2]
MARK = "<!-- Rendered from the declarations by `make docs`. Change those, not this page. -->"


def page(title: Text, intro: Text, *parts: str) -> str:
    """Put a page together, marked as rendered."""
    return "\n\n".join([MARK, f"# {title.ja} / {title.en}", intro.ja, intro.en, *parts]) + "\n"


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Render a table; an empty one says so."""
    columns = list(head)
    body = [[cell(value) for value in row] for row in rows]
    if not body:
        return "（まだありません / none yet）"
    lines = [columns, ["---"] * len(columns), *body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def cell(value: object) -> str:
    """Render one value so that it stays within its cell."""
    match value:
        case None | "":
            return "–"
        case bool():
            return "✓" if value else "–"
        case Text():
            return cell(f"{value.ja}<br>{value.en}")
        case Citation():
            return cell(cited(value))
    return str(value).replace("|", "\\|").replace("\n", "<br>")


def cited(citation: Citation) -> str:
    """Render a source: instrument, place in it, and how well it is founded."""
    name = f"[{citation.instrument.en}]({citation.url})" if citation.url else citation.instrument.en
    place = f", {citation.place.en}" if citation.article else ""
    return f"{citation.text.ja}<br>{name}{place} · {citation.confidence.name.lower()}"


def code(value: Any) -> str:
    """Render as code."""
    return f"`{value}`"


def place(module: str) -> str:
    """Link to the file that a module is, seen from docs/reference/."""
    path = module.replace(".", "/")
    path += "/__init__.py" if (ROOT / path).is_dir() else ".py"
    return f"[{path}](../../{path})"
