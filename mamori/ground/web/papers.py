"""Papers to take away, set as PDF by one template, and Markdown that staff write, made into HTML that can do no harm."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from mamori.grammar.text import Text
from mamori.ground.post import facts as post

SCHEMES = frozenset({"https", "http", "mailto", "tel"})


def may_lead_to(address: str) -> bool:
    """Say whether a link may lead there: to the web, a mailbox, a telephone, or a page of this house by its whole path."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme:
        return parts.scheme.lower() in SCHEMES
    return address.startswith(("/", "#")) and not address.startswith("//")


def _beneath_the_title(state: StateCore) -> None:
    """Let headings begin below the page's own, of which there is one."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"


class _Harmless(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802  # the library's name
        return may_lead_to(url)


_MARKDOWN = _Harmless("commonmark", {"html": False}).enable("table").disable("image")
_MARKDOWN.core.ruler.push("beneath_the_title", _beneath_the_title)


def html_of(text: str) -> SafeString:
    """Return the text as HTML: what looks like HTML in it is shown as it was typed."""
    return mark_safe(str(_MARKDOWN.render(text)))  # noqa: S308  # the renderer escapes all that is not its own


# Papers to take away: headings, rows, tables and words in both languages, set as PDF by one template; every value is data.


SOURCE = Path(__file__).with_name("paper.typ")
STANDARDS = ("a-3a", "ua-1")
MARKETPLACE = Text("通販サイトの運営者", "the operator of the marketplace")
"""Whose records a paper is made from where no name is set."""

type Block = dict[str, Any]
type Said = str | Text
"""What stands in a block; a plain string is of no language, as what somebody wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileInside:
    """A JSON file inside a paper: what it is to the paper (`data`, `supplement`), and in English what it holds."""

    name: str
    content: str
    relationship: str
    description: str


def paper(
    title: Text, lead: Text, sections: Iterable[tuple[Text, Iterable[Block]]], *, foot: str
) -> dict[str, Any]:
    """Return a paper as JSON-ready values; a section in which nothing stands is left out."""
    whole = [(name, list(blocks)) for name, blocks in sections]
    return {
        "title": both(title),
        "lead": both(lead),
        "foot": foot,
        "sections": [{"title": both(name), "blocks": blocks} for name, blocks in whole if blocks],
    }


def rows(*pairs: tuple[Said, Said]) -> Block:
    """Return what is known by name, one row each."""
    return {"kind": "rows", "rows": [[both(name), both(said)] for name, said in pairs]}


def table(head: Sequence[Said], lines: Iterable[Sequence[Said]], *, widths: Sequence[int]) -> Block:
    """Return a table; `widths` are the parts of the breadth that its columns have."""
    return {
        "kind": "table",
        "widths": list(widths),
        "head": [both(cell) for cell in head],
        "rows": [[both(cell) for cell in line] for line in lines],
    }


def words(title: Said, said: Said) -> Block:
    """Return what somebody wrote, in a frame under its own heading."""
    return {"kind": "words", "title": both(title), "said": both(said)}


def say(said: Said) -> Block:
    """Return a paragraph."""
    return {"kind": "say", "said": both(said)}


def both(said: Said) -> dict[str, str]:
    """Return what is said for the template, in English only where that is not the same."""
    if isinstance(said, str):
        return {"ja": said, "en": ""}
    return {"ja": said.ja, "en": said.en if said.en != said.ja else ""}


def answer(
    whole: dict[str, Any], *, at: datetime, name: str, files: Sequence[FileInside] = ()
) -> HttpResponse:
    """Return the paper as PDF/A-3 and PDF/UA-1, to be saved under `name`, which nothing on the way keeps."""
    inside = [
        {"name": one.name, "relationship": one.relationship, "description": one.description} for one in files
    ]
    made = post.typeset(
        SOURCE,
        {"paper": whole | {"files": inside}},
        at=at,
        standards=STANDARDS,
        files={one.name: one.content for one in files},
    )
    return _taken_away(HttpResponse(made, content_type="application/pdf"), f"{_sound(name)}.pdf")


def text(whole: dict[str, Any], *, name: str) -> HttpResponse:
    """Return what its rows say in Japanese as text to paste into a mail, to be saved under `name`, too."""
    lines = [whole["title"]["ja"], whole["lead"]["ja"]]
    for part in whole["sections"]:
        told = [row for block in part["blocks"] if block["kind"] == "rows" for row in block["rows"]]
        lines += ["", f"■ {part['title']['ja']}", *(f"{name['ja']}：{said['ja']}" for name, said in told)]
    plain = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    return _taken_away(plain, f"{_sound(name)}.txt")


def _sound(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]+", "_", name)


def _taken_away(told: HttpResponse, file: str) -> HttpResponse:
    told["Content-Disposition"] = f'attachment; filename="{file}"'
    told["Cache-Control"] = "private, no-store"
    return told
