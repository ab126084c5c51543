"""How sellers write a model number or a name, so that a person still knows it and a plain search does not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

SIGNS = [*range(0xFF66, 0xFF9E), 0xFF9E, 0xFF9F]
HALVES = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in SIGNS} | {"ー": "ｰ"}
HIRAGANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}


def squeezed(text: str) -> str:
    """Return the letters and digits of a text alone."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def half_width(text: str) -> str:
    """Write the katakana of a text in half width."""

    def halved(run: re.Match[str]) -> str:
        return "".join(HALVES.get(sign, sign) for sign in unicodedata.normalize("NFD", run[0]))

    return re.sub("[ァ-ヴー]+", halved, text)


def full_width(text: str) -> str:
    """Write the ASCII of a text in full width."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


SPELLINGS: dict[str, Callable[[str], str]] = {
    "spaced": lambda text: " ".join(text.replace(" ", "").replace("-", "")),
    "full_width": full_width,
    "no_hyphen": lambda text: text.replace("-", ""),
    "long_vowel": lambda text: text.replace("-", "ー"),
    "other_hyphen": lambda text: text.replace("-", "‐"),
    "underscore": lambda text: text.replace("-", "_"),
    "zero_o": lambda text: text.replace("0", "O"),
    "lower": str.lower,
    "half_kana": half_width,
    "swapped_kana": lambda text: text.translate(HIRAGANA),
}
"""Each way by its name; applied to the model, or to the name of what has none."""
