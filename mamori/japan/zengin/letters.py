"""The letters that a transfer may carry: half-width, capital, without small kana, one byte each."""

from __future__ import annotations

from string import ascii_uppercase, digits
from unicodedata import normalize

from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text

_HALF = {normalize("NFKC", chr(code)): chr(code) for code in range(0xFF71, 0xFF9E)}
LEGAL = frozenset(f"{digits}{ascii_uppercase}()-. ﾞﾟ{''.join(_HALF.values())}")
"""ｦ is left out on purpose: many banks refuse it and keep names with ｵ."""
_LARGE = str.maketrans("ァィゥェォッャュョヮヵヶヲヰヱ", "アイウエオツヤユヨワカケオイエ")
_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_TO_HALF = str.maketrans({**_HALF, "\u3099": "ﾞ", "\u309a": "ﾟ", "・": "."})
_DASHES = regex("[-‐‑‒–—―−－ーｰ─━﹣⁃]")


class NotForTransfer(Refusal, code="not-for-transfer", status=422):
    """Given when a name holds a letter that no transfer can carry."""

    text = Text(
        "「{letter}」は振込に使えない文字です。口座名義は、通帳のとおりにカタカナ（外国の方はアルファベットの大文字も可）で入力して"
        "ください。漢字やほかの文字は使えません。",
        "“{letter}” cannot stand in a transfer. Please enter the account holder's name as in the passbook, in katakana or, where "
        "the bank has it so, in capital letters of the alphabet.",
    )


def transfer_letters(text: str) -> str:
    """Return a name in the letters of a transfer: `ショージ　ﾀﾞｲｽｹ` → `ｼﾖ-ｼﾞ ﾀﾞｲｽｹ`; ヂ and ヅ stay, ヲ becomes ｵ."""
    wide = normalize("NFKC", text).upper().translate(_KATAKANA).translate(_LARGE)
    half = normalize("NFD", _DASHES.sub("-", wide)).translate(_TO_HALF)
    half = " ".join(half.split())
    for letter in half:
        if letter not in LEGAL:
            raise NotForTransfer(letter=normalize("NFC", letter))
    return half
