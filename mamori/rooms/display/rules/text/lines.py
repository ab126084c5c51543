"""A pasted text as plain lines: tags, tables and marks of Markdown become lines in which a tab parts label and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from mamori.grammar.regex import regex

LONGEST = 40_000
"""So many letters are read: more than any display has."""

_TAG = regex(r"(<[/!]?[a-zA-Z][^<>]{0,500}>)")
_IS_HTML = regex(r"<(?:table|tr|t[dh]|d[ldt]|br|p|div|li|ul|h\d|section|span|b|strong)\b[^<>]{0,500}>", re.I)
_NAME = regex(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_CELLS = frozenset({"td", "th", "dt", "dd", "li", "p"})
_ENDS = frozenset(
    {"br", "tr", "p", "div", "li", "ul", "ol", "table", "dl", "section", "h1", "h2", "h3", "h4", "h5", "h6"}
)
_UNSEEN = frozenset({"script", "style", "head", "title"})
_RULER = regex(r"[\s|:+=_~*#\-‐―—─━┃│├┼┤┌┬┐└┴┘═║╔╗╚╝]*")
_BORDER = regex(r"[│┃║|｜]")
_BOLD = regex(r"^([^\w*]{0,8})(?:\*\*|__)([^*_\n]{1,40}?)(?:\*\*|__)")


def lines(text: str) -> list[str]:
    """Return the lines of a pasted text, an empty one where a paragraph ends."""
    text = text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if _IS_HTML.search(text):
        text = "".join(_shown(_without_comments(text)))
    return [_plain(line) for line in unescape(text).split("\n")]


def _without_comments(text: str) -> str:
    kept, at = [], 0
    while (begin := text.find("<!--", at)) >= 0 and (end := text.find("-->", begin)) >= 0:
        kept.append(text[at:begin])
        at = end + 3
    return "".join((*kept, text[at:]))


def _shown(text: str) -> Iterator[str]:
    """Yield what a browser shows: a tab between the cells of a row, a line where a block ends."""
    within, unseen, is_begun = "", "", False
    for part in _TAG.split(text):
        tag = _NAME.match(part)
        if tag is None:
            if not unseen:
                is_begun = is_begun or bool(part.strip())
                yield " ".join(part.split("\n")) if within else part
            continue
        is_end, name = bool(tag[1]), tag[2].lower()
        if name in _UNSEEN:
            unseen = "" if is_end else name
        elif name in _CELLS:
            within = "" if is_end else name
        if (name in {"td", "dd"} and not is_end and is_begun) or (
            is_end and name in {"b", "strong", "dt", "th"}
        ):
            yield "\t"
        elif name in _ENDS or (name in {"dt", "dd"} and is_end is (name == "dd")):
            is_begun = False
            yield "\n"


def _plain(line: str) -> str:
    """Return a line without borders of a table and without bold marks; a ruler is an empty line."""
    if _RULER.fullmatch(line):
        return ""
    stripped = line.strip()
    if _BORDER.match(stripped) or (stripped.count("|") >= 1 and " | " in stripped):
        cells = [cell.strip() for cell in _BORDER.split(stripped)]
        stripped = "\t".join(cell for cell in cells if cell)
    stripped = _BOLD.sub(lambda found: f"{found[1]}{found[2]}\t", stripped, count=1)
    stripped = re.sub(r"\*\*|__|`", "", stripped)
    return "\t".join(cell.strip() for cell in stripped.split("\t") if cell.strip())
