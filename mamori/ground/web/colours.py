"""The shop's colour and address on the house's pages: whether words on it can be read, and where a page leads back to."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from mamori.grammar.regex import regex

ENOUGH = 4.5
"""The contrast that WCAG 2.2 asks for at level AA (1.4.3)."""
WHITE, DARK = "#ffffff", "#1a1a1a"
SIX_DIGITS = regex(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenOn:
    """A colour, the words on it that are read best, white or dark, and the contrast between both (1 to 21)."""

    ground: str
    words: str
    ratio: float


def on(colour: str) -> WrittenOn | None:
    """Return the colour with the words to be written on it; None where it is no # with six digits."""
    if not SIX_DIGITS.fullmatch(colour):
        return None
    ratio, words = max((contrast(colour, one), one) for one in (WHITE, DARK))
    return WrittenOn(ground=colour, words=words, ratio=ratio)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG reckons it, from 1 to 21."""
    darker, lighter = sorted(_light(each) for each in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def _light(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def is_shop(address: str) -> bool:
    """Say whether pages may link there: by https to a host, without anything that only a program would send."""
    try:
        place = urlsplit(address)
    except ValueError:
        return False
    return place.scheme == "https" and bool(place.hostname) and not (place.username or " " in address)
