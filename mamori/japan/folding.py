"""Texts as they are compared: folded, looked through for words, and their digits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache
from unicodedata import normalize

from mamori.grammar.regex import regex

_KANA = {code: code + 0x60 for code in range(0x3041, 0x3097)} | {0x309D: 0x30FD, 0x309E: 0x30FE}
_SAME = str.maketrans(
    "ァィゥェォッャュョヮヵヶヂヅヲヰヱ髙﨑邉邊齋齊濵濱德瀨嶋嶌澤眞惠廣國櫻𠮷𣘺栁桒學龍槇曾冨嶽條榮實壽關藏應圓縣禮"
    "彌與萬豐峯舘埜凜黑顯會澁瀧來佛讓靜聰總龜傳步每鷗莊薗藪籔",
    "アイウエオツヤユヨワカケジズオイエ高崎辺辺斎斉浜浜徳瀬島島沢真恵広国桜吉橋柳桑学竜槙曽富岳条栄実寿関蔵応円県礼"
    "弥与万豊峰館野凛黒顕会渋滝来仏譲静聡総亀伝歩毎鴎荘園薮薮",
)
_VA = (("ヴア", "バ"), ("ヴイ", "ビ"), ("ヴエ", "ベ"), ("ヴオ", "ボ"), ("ヴ", "ブ"))
_DASHES = regex("[-‐‑‒–—―−－ーｰ─━﹣⁃]")
_AGAIN = regex("([一-鿿㐀-䶿豈-﫿𠀀-𿿿])(々+)")
_IN_NUMBERS = regex(r"(?<=\d)-(?=\d)")
_PARTED = regex(r"[\W_]+")


def folded(text: str) -> str:
    """Return the text as search compares it: 髙橋 = 高橋, ｷｬﾉﾝ = きやのん, `１２３-4567` = `1234567`; blanks stay one blank.

    The fold forgives spellings and is for finding only: 「ユウカ」 and 「ユカ」 stay two names.
    """
    text = unicodedata.normalize("NFKC", text).casefold()
    text = unicodedata.normalize("NFKC", text).translate(_KANA)
    text = _AGAIN.sub(lambda found: found[1] * (1 + len(found[2])), text).translate(_SAME)
    for old, new in _VA:
        text = text.replace(old, new)
    text = _IN_NUMBERS.sub("", _DASHES.sub("-", text))
    return " ".join(text.split())


def pressed(text: str) -> str:
    """Return the folded text without blanks, dashes and marks: what an exact look-up compares.

    A text of nothing but marks is compared by its marks.
    """
    text = folded(text)
    return _PARTED.sub("", text) or text


def words(text: str) -> list[str]:
    """Return the folded text cut at blanks and marks; a dash within a word (データ) stays, as `-`."""
    return [word.strip("-") for word in re.split(r"[^\w-]+|_", folded(text)) if word.strip("-")]


def bigrams(text: str) -> list[str]:
    """Return the distinct pairs of neighbouring characters within each word, in order; a word of one stands alone.

    Every pair of a query that occurs in a text occurs among the pairs of that text, on any database.
    """
    found: dict[str, None] = {}
    for word in words(text):
        for at in range(max(len(word) - 1, 1)):
            found[word[at : at + 2]] = None
    return list(found)


def mentions(
    text: str, within: Collection[str], whole: Collection[str] = (), but: Collection[str] = ()
) -> bool:
    """Say whether the text has one of `within` in any part, or one of `whole` as words; what `but` names is passed over."""
    shown = pressed(text)
    for one in _pressed(tuple(but)):
        shown = shown.replace(one, " ")
    if any(one in shown for one in _pressed(tuple(within))):
        return True
    spoken = f" {' '.join(words(text))} "
    for one in _spaced(tuple(but)):
        spoken = spoken.replace(f" {one} ", " ")
    return any(f" {one} " in spoken for one in _spaced(tuple(whole)))


@lru_cache(maxsize=16)
def _pressed(some: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(pressed(one) for one in some)


@lru_cache(maxsize=16)
def _spaced(some: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(" ".join(words(one)) for one in some)


def digits_of(text: str) -> str:
    """Return the text in ordinary digits, without blanks and hyphens; what else it holds stays."""
    return re.sub(r"[\s‐‑–—−ー-]", "", normalize("NFKC", text))
