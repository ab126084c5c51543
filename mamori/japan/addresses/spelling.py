"""Spellings of place names that mean the same made equal, letter for letter, so that places in the text stay what they were."""

from __future__ import annotations

from unicodedata import normalize

from mamori.grammar.regex import regex

_SAME = str.maketrans(
    "龍瀧嶋嶌濵濱澤廣國櫻眞德邊邉齋齊髙﨑驒辻蓬萊攪鄕會圓壽條藏寶榮學淵渊渕祗堺檜桧槇薮籔籠舘祢禰曾葛鰺塚茨",
    "竜滝島島浜浜沢広国桜真徳辺辺斎斉高崎騨辻蓬莱撹郷会円寿条蔵宝栄学淵淵淵祇堺桧桧槙藪藪篭館弥弥曽葛鯵塚茨",
)
_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
_KE = regex(r"(?<=[一-鿿])[ヶケヵカがガ](?=[一-鿿])")
_NO = regex(r"(?<=[一-鿿])[のノ之乃](?=[一-鿿])")
_TSU = regex(r"[ツッつっ]")
_DASH = regex(r"[‐‑‒–—―−ー─━﹣－]")
_TEN = regex(r"([1-9]?)十([1-9]?)")


def compared(text: str) -> str:
    """Return a text as place names are compared; it has as many letters as before."""
    same = text.translate(_SAME).translate(_DIGITS)
    return _DASH.sub("-", _TSU.sub("ツ", _NO.sub("ノ", _KE.sub("ケ", same))))


def spellings(name: str) -> set[str]:
    """Return how a name of the table may begin an address: also with its tens in figures (二十三条 = 23条)."""
    plain = compared(normalize("NFKC", name))
    figures = _TEN.sub(lambda found: (found[1] or "1") + (found[2] or "0"), plain)
    return {plain, figures}
