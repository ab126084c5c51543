"""The shop's colour and address on the house's pages: whether words on it can be read, what near it can, where a page leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.law.settings import OPERATOR_COLOUR

ENOUGH = 4.5
"""The contrast that WCAG 2.2 asks for at level AA (1.4.3)."""
WHITE, DARK = "#ffffff", "#1a1a1a"
SIX_DIGITS = regex(r"#[0-9a-fA-F]{6}")


class ColourUnwritten(Refusal, code="colour-unwritten", status=422):
    """Given when a colour is not written as pages write it."""

    text = Text(
        "「{colour}」は色として読めません。#0b57d0 のように、# と6桁の数字・英字（a〜f）で書いてください。",
        "“{colour}” is no colour. Please write # and six digits or letters from a to f, such as #0b57d0.",
    )


class ColourUnreadable(Refusal, code="colour-unreadable", status=422):
    """Given when neither white nor dark words can be read on a colour."""

    text = Text(
        "{colour} の上では、白い字も黒い字も読みにくくなります（明るさの比 {ratio}。4.5以上が要ります）。"
        "近い色では {near} が読めます（{better}）。",
        "On {colour} neither white nor dark letters are easy to read (contrast {ratio}; 4.5 is needed). Near it, {near} is "
        "({better}).",
    )


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


def must_be_readable(colour: str) -> None:
    """Refuse a colour on which no words can be read, and name the nearest darker or lighter one on which they can."""
    pair = on(colour)
    if pair is None:
        raise ColourUnwritten(colour=colour)
    if pair.ratio < ENOUGH:
        near = next(one for one in _near(colour) if one.ratio >= ENOUGH)
        told = {"ratio": tenths(pair.ratio), "near": near.ground, "better": tenths(near.ratio)}
        raise ColourUnreadable(colour=colour, **told)


def must_suit(setting: object, value: object) -> None:
    """Refuse a value of the shop's colour that pages could not use; of any other setting nothing is looked at."""
    if setting is OPERATOR_COLOUR and value:
        must_be_readable(str(value))


def _near(colour: str) -> Iterator[WrittenOn]:
    """Yield colours of the same hue, the nearest first, down to black and up to white."""
    parts = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    for step in range(1, 256):
        for by in (-step, step):
            if pair := on("#" + "".join(f"{min(255, max(0, part + by)):02x}" for part in parts)):
                yield pair


def tenths(ratio: float) -> str:
    """Return a contrast with its tenth, never more than it is: 4.48 is not 4.5."""
    return f"{int(ratio * 10) / 10}"


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
