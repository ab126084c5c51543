"""The Markdown pages of the repository: their links, headings and fenced examples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
UNREAD = {".venv", ".tools", "var", "node_modules", ".git"}

_FENCE = re.compile(r"^```([^\n`]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`[^`\n]+`")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced example: what stands behind the fence, and its lines."""

    kind: str
    text: str


def pages() -> list[Path]:
    """List every Markdown page of the repository."""
    return sorted(p for p in ROOT.rglob("*.md") if not UNREAD & set(p.relative_to(ROOT).parts))


def blocks(text: str) -> list[Block]:
    """Return the fenced examples of a page."""
    return [Block(found[1].strip(), found[2]) for found in _FENCE.finditer(text)]


def links(text: str) -> list[str]:
    """Return the targets of a page's links, examples left out."""
    return _LINK.findall(_CODE.sub("", _FENCE.sub("", text)))


def anchors(text: str) -> set[str]:
    """Return the anchors that a page's headings make."""
    heads = re.findall(r"^#+ (.+)$", _FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


def dead_links(page: Path) -> Iterator[str]:
    """Name each link of a page that leads to no file or heading of the repository."""
    for target in links(page.read_text(encoding="utf-8")):
        if "://" in target or target.startswith("mailto:"):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        if not there.exists() or (anchor and anchor not in anchors(there.read_text(encoding="utf-8"))):
            yield target


def commands(text: str) -> Iterator[str]:
    """Yield every command line of `mamori` or `python -m trials`: in examples after a prompt, and in `code`."""
    spoken = _FENCE.sub("", text)
    yield from re.findall(r"`((?:\.venv/bin/)?(?:mamori|python -m trials) [^`\n]*)`", spoken)
    for block in blocks(text):
        for line in block.text.replace("\\\n", " ").splitlines():
            for part in re.split(r"\|\|?|&&|;|\$\(", line.strip().removeprefix("$ ")):
                if block.kind.split(" ")[0] in {"console", "sh", "bash"} and _is_command(part):
                    yield part.strip()


def _is_command(part: str) -> bool:
    return re.match(r"\s*(?:\w+=\S* +)*(?:\S*/)?(?:mamori|python -m trials)\s", part) is not None
