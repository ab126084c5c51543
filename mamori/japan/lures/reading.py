"""A text read as a person reads it, whatever it was spelled with, and the way back to the characters as written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from mamori.grammar.regex import regex

_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f")
_TURNED = regex("\u202e([^\u202c\n]*)")
_VOICED = "\uff9e\u309b\u3099\uff9f\u309c\u309a"
_DASHES = "‐‑‒–—―−─━﹣⁃╌"
_LATIN = str.maketrans(
    "аеорсухіјѕһкмтвнοαινκρτυχεʟɪɴᴇᴀᴄᴅɢᴋᴍᴏᴘꜱᴛᴜᴠᴡʏᴢı×○◯" + _DASHES,
    "aeopcyxijshkmtbhoaivkptuxelineacdgkmopstuvwyzix〇〇" + "-" * len(_DASHES),
)
_LETTERED = (0x1F150, 0x1F170, 0x1F1E6)  # white on black circles, white on black squares, flags


def _undecorated(char: str) -> str:
    """Return the letter or digit that a dingbat shows."""
    for first in _LETTERED:
        if 0 <= ord(char) - first < 26:
            return chr(ord("a") + ord(char) - first)
    value = unicodedata.numeric(char, 0.5) if unicodedata.category(char) in {"Nd", "No"} else 0.5
    return str(int(value)) if value.is_integer() else "@" if char in "ⓐⒶ" else char


@lru_cache(maxsize=8192)
def _read(char: str) -> str:
    """Return what one character reads as: nothing for the invisible and for marks upon others."""
    if char in "\n\t\r":
        return "\n" if char == "\n" else " "
    if char in _FILLERS or unicodedata.category(char) in {"Cf", "Mn", "Me", "Cc", "Cs"}:
        return ""
    shown = unicodedata.normalize("NFKC", _undecorated(char)).casefold().translate(_LATIN)
    return "".join(part for part in shown if unicodedata.category(part) != "Mn")


def _order(text: str) -> Iterable[int]:
    """Return the places of the characters in the order in which they are shown: an override turns a stretch around."""
    if "\u202e" not in text:
        return range(len(text))
    order = list(range(len(text)))
    for found in _TURNED.finditer(text):
        order[found.start(1) : found.end(1)] = reversed(order[found.start(1) : found.end(1)])
    return order


@dataclass(frozen=True)
class Reading:
    """A text as read (`plain`), with the place of each of its characters in the text as written."""

    written: str
    plain: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the written text behind a stretch of the plain one, with the invisible that trails it."""
        places = self.places[start:end]
        first, last = min(places), max(places) + 1
        while last < len(self.written) and not _read(self.written[last]):
            last += 1
        return first, last

    @cached_property
    def squeezed(self) -> Reading:
        """Return the words alone: what separates letters within a word is gone, `。` and `?` end sentences."""
        return _squeeze(self.plain)


def read(written: str) -> Reading:
    """Read a text: width, case, look-alikes, dashes and invisible characters made equal; kana keep their script."""
    out: list[str] = []
    places: list[int] = []
    for place in _order(written):
        char = written[place]
        if char in _VOICED and out:
            mark = unicodedata.normalize("NFKC", char).strip()
            if len(joined := unicodedata.normalize("NFC", out[-1] + mark)) == 1:
                out[-1] = joined
                continue
        for part in _read(char):
            out.append(part)
            places.append(place)
    return Reading(written, "".join(out), tuple(places))


_PART = regex(
    r"(?P<latin>[a-z0-9]+)|(?P<word>[^\W_a-z0-9]+)|(?P<end>[^\w?!。\n]*[?!。\n][^\w]*)|(?P<gap>[\W_]+)"
)


def _squeeze(plain: str) -> Reading:
    """Keep letters and digits; a blank between two Latin words, and ends of sentences that hold more than one letter."""
    out: list[str] = []
    places: list[int] = []
    since, latin, gap = 0, 0, -1
    for part in _PART.finditer(plain):
        kind, length = part.lastgroup, part.end() - part.start()
        if kind == "end":
            if since > 1:
                out.append("?" if "?" in part[0] else "。")
                places.append(part.start())
            since, latin, gap = 0, 0, -1
        elif kind == "gap":
            gap = part.start()
        else:
            if kind == "latin" and latin > 1 and length > 1 and gap >= 0:
                out.append(" ")
                places.append(gap)
            out.append(part[0])
            places.extend(range(part.start(), part.end()))
            since, latin, gap = since + length, length if kind == "latin" else 0, -1
    return Reading(plain, "".join(out), tuple(places))


_SIZES = ("あぁ", "いぃ", "うぅ", "えぇ", "おぉ", "つっ", "やゃ", "ゆゅ", "よょ", "わゎ")


def _spellings(kana: str) -> str:
    """Return every way to write one kana: both scripts, large and small."""
    hiragana = chr(ord(kana) - 0x60) if "ァ" <= kana <= "ヶ" else kana
    both = next((pair for pair in _SIZES if hiragana in pair), hiragana)
    return both + "".join(chr(ord(one) + 0x60) for one in both)


def rule(pattern: str) -> re.Pattern[str]:
    """Compile a pattern for plain texts in which each kana stands for all its spellings; ranges of kana go as escapes."""
    out: list[str] = []
    within = False
    for at, char in enumerate(pattern):
        if char in "[]" and pattern[at - 1 : at] != "\\":
            within = char == "["
        if "ぁ" <= char <= "ゖ" or "ァ" <= char <= "ヶ":
            out.append(_spellings(char) if within else f"[{_spellings(char)}]")
        else:
            out.append(char)
    return regex("".join(out))
