"""A text with its finds marked where they stand, and the words with what each was in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mamori.grammar.regex import regex
from mamori.grammar.text import Lang
from mamori.japan.lures import Lure, standing_for

_JAPANESE = regex(r"[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the text; `is_found` where something was found in it."""

    text: str
    is_found: bool


def _stretches(finds: Sequence[Lure]) -> list[tuple[int, int]]:
    """Return where something was found, in order, overlaps made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((find.start, find.end) for find in finds):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def segments(text: str, finds: Sequence[Lure]) -> tuple[Segment, ...]:
    """Return the whole text in stretches: put together they are the text as it was written."""
    parts: list[Segment] = []
    at = 0
    for start, end in _stretches(finds):
        parts += [Segment(text[at:start], False), Segment(text[start:end], True)]
        at = end
    parts.append(Segment(text[at:], False))
    return tuple(part for part in parts if part.text)


def without(text: str, finds: Sequence[Lure]) -> str:
    """Return the text with what each find is in its place, such as （電話番号）; nothing where nothing else was written.

    It is said in the language of the text, whatever that of the page.  A gap would leave half a sentence.
    """
    if not any(part.text.strip() for part in segments(text, finds) if not part.is_found):
        return ""
    lang: Lang = "ja" if _JAPANESE.search(text) else "en"
    parts: list[str] = []
    at = 0
    for start, end in _stretches(finds):
        kinds = [find.kind for find in finds if start <= find.start < end]
        parts += text[at:start], standing_for(kinds).in_(lang)
        at = end
    return "".join((*parts, text[at:])).strip()
