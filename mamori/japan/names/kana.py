"""The normal form in which kana of accounts are compared, their half-width bytes, and what a transfer may carry."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

from mamori.grammar.regex import regex

CUT = 30
"""Half-width bytes of a holder's name in a transfer; banks ask for the first 30 of a longer one."""

_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)} | {0x309D: 0x30FD, 0x309E: 0x30FE}
_LARGE = dict(
    zip("ァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎゕゖ", "アイウエオツヤユヨワカケ" * 2, strict=True)
)
_DASHES = "‐‑‒–—―−－ーｰ─━﹣⁃﹘"
_SPELT = str.maketrans(
    _KATAKANA | {ord(c): large for c, large in _LARGE.items()} | dict.fromkeys(map(ord, _DASHES), "-")
)
_ONE_SOUND = str.maketrans("ヂヅヲヰヱ", "ジズオイエ")
_VA = (
    ("ヴア", "バ"),
    ("ヴイ", "ビ"),
    ("ヴエ", "ベ"),
    ("ヴオ", "ボ"),
    ("ヴ", "ブ"),
    ("ヷ", "バ"),
    ("ヸ", "ビ"),
    ("ヹ", "ベ"),
    ("ヺ", "ボ"),
)
_SILENT = regex(r"[\s・.,、。，．\u200b-\u200f\ufeff]+")
_SPACES = regex(r"\s+")
_LEGAL = regex(r"[0-9A-Zｱ-ﾝﾞﾟ().\- ]")
_HALF = {normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFF9E)}
_HALF |= {
    normalize("NFC", full + mark): half + sign
    for full, half in _HALF.items()
    for mark, sign in (("\u3099", "ﾞ"), ("\u309a", "ﾟ"))
}
_TO_HALF = str.maketrans(
    {full: half for full, half in _HALF.items() if len(full) == 1} | {"\u3099": "ﾞ", "\u309a": "ﾟ"}
)


def katakana(text: str) -> str:
    """Return the text in the letters of a transfer, full width: large katakana, capitals, `-`; blanks become one space."""
    text = normalize("NFKC", normalize("NFKC", text).translate(_SPELT)).upper()
    return _SPACES.sub(" ", text).strip()


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """Return the only form that is compared: ｼﾏｽﾞ = シマヅ = しまづ, ﾀﾞｲｴ- = ダイエー, ﾐﾁｦ = ミチオ; blanks and ・ are nothing.

    A long vowel stays as it is written: 「ユウカ」 and 「ユカ」 are two people.
    """
    while (again := _once(text)) != text:
        text = again
    return text


def _once(text: str) -> str:
    text = _SILENT.sub("", normalize("NFKC", text).translate(_SPELT))
    text = normalize("NFKC", text).upper()
    for old, new in _VA:
        text = text.replace(old, new)
    return text.translate(_ONE_SOUND)


def half(text: str) -> str:
    """Return the text in half-width letters as a transfer carries them, a mark of voicing as a letter of its own."""
    return katakana(text).translate(_TO_HALF)


def is_cut(text: str) -> bool:
    """Say whether the name fills its 30 half-width bytes, so that something may be missing behind it."""
    return len(half(text)) == CUT


def cut(text: str, size: int = CUT) -> str:
    """Return the first `size` half-width bytes: ﾞ and ﾟ count, and may be lost by the cut."""
    return half(text)[:size].rstrip()


def begins(whole: str, start: str) -> bool:
    """Say whether a name begins with one that was cut, byte by half-width byte: ガ cut in two leaves ｶ."""
    return half(normal(whole)).startswith(half(normal(start)))


def illegal(text: str) -> str:
    """Return the letters, each once, that a transfer may not carry however they are spelt."""
    return "".join(dict.fromkeys(letter for letter in half(text) if not _LEGAL.match(letter)))
