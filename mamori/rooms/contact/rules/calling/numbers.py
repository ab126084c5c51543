"""The numbers under which a seller is registered, read from what the marketplace told."""

from __future__ import annotations

import unicodedata

from mamori.grammar.regex import regex

_PARTED = regex(r"[/／、,，;；\n]|または|もしくは|\bor\b")
_LEAST = 3  # 110, 188: shorter than any is no number


def numbers(told: str) -> tuple[str, ...]:
    """Return the telephone numbers in their order, in half-width digits; what holds none is passed over."""
    found: dict[str, None] = {}
    for part in _PARTED.split(told):
        number = unicodedata.normalize("NFKC", part).strip()
        if sum(letter.isdigit() for letter in number) >= _LEAST:
            found[number] = None
    return tuple(found)
