"""Lines of at most so many columns, as mail and terminals count them: a full-width sign takes two."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import east_asian_width

from mamori.grammar.regex import regex

COLUMNS = 76
_NOT_FIRST = (
    "、。，．・：；？！）］｝」』】〕〉》ゝ々ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ)]},.:;?!％"
)
_COUNTED = "年月日時分秒円件回通名歳本個%"
"""A figure and what it counts stay together."""
_NOT_LAST = "（［｛「『【〔〈《([{"
_PIECE = regex(r"[ \t]+|[!-~]+|.", re.DOTALL)


def width(words: str) -> int:
    """Return how many columns the words take."""
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in words)


@lru_cache(maxsize=256)  # what stands under every mail is the same
def wrap(words: str, columns: int = COLUMNS) -> str:
    """Break each line at a word, or between full-width signs where Japanese writing allows it.

    A word that is longer than a line, such as an address of a page, stands whole on a line of its own.
    """
    return "\n".join(line for paragraph in words.split("\n") for line in _lines(paragraph, columns))


def _lines(paragraph: str, columns: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in _pieces(paragraph):
        if line and width(line + piece.rstrip()) > columns:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()]


def _pieces(paragraph: str) -> list[str]:
    """Cut where a line may end; a sign that may not begin a line stays with the one before it."""
    pieces: list[str] = []
    for piece in _PIECE.findall(paragraph):
        last = pieces[-1][-1] if pieces else " "
        counts = last.isdigit() and piece[0] in _COUNTED
        keeps = not last.isspace() and (counts or piece[0] in _NOT_FIRST or last in _NOT_LAST)
        if keeps:
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces
