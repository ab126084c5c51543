"""Words as a font with Japanese letters can show them: what it lacks becomes a square, so that a page can be set at all."""

from __future__ import annotations

import unicodedata
from typing import Any

from mamori.grammar.regex import regex

GAP = "□"
LEVELS = 4
"""How often less is asked of the fonts: every script, all of Han, the Japanese standards, the oldest of them."""
ENDLESS = regex(r"\S{500}(?=\S{500})")

_NAMED = ("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH", "LATIN ", "GREEK ", "CYRILLIC ")
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


def legible(value: Any, level: int) -> Any:
    """Return a JSON-ready value in which each text holds only what a font of this level shows, from 0 to LEVELS - 1.

    Lines stay lines.  What has no width of its own (marks of direction, joiners, selectors) is left out, and what goes on
    very long without a blank may be broken: no standard lets a line be longer than 32,767 bytes.
    """
    if isinstance(value, str):
        return _words(value, level)
    if isinstance(value, dict):
        return {name: legible(one, level) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [legible(one, level) for one in value]
    return value


def _words(words: str, level: int) -> str:
    composed = unicodedata.normalize("NFC", words)
    shown = composed.translate({ord(sign): _sign(sign, level) for sign in set(composed)})
    return ENDLESS.sub(lambda run: f"{run[0]}\u200b", shown)


def _sign(sign: str, level: int) -> str:
    if sign in "\n\t" or " " <= sign <= "~":
        return sign
    if sign == "\r" or unicodedata.category(sign) == "Cf" or any(ord(sign) in one for one in _SELECTORS):
        return ""
    if unicodedata.category(sign) == "Zs" and sign != "\u3000":
        return " "
    return sign if _is_held(sign, level) else GAP


def _is_held(sign: str, level: int) -> bool:
    if unicodedata.category(sign)[0] == "C":
        return False
    if level == 0:
        return True
    if unicodedata.category(sign)[0] == "M":
        return False
    if level == 1 and unicodedata.name(sign, "").startswith(_NAMED):
        return True
    codes = ("shift_jis",) if level == LEVELS - 1 else ("cp932", "euc_jis_2004")
    return any(_encodes(sign, code) for code in codes)


def _encodes(sign: str, code: str) -> bool:
    try:
        sign.encode(code)
    except UnicodeEncodeError:
        return False
    return True
