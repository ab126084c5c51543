"""Whether the address that stands in a display is the registered one, by its names and numbers, without the building."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mamori.grammar.regex import regex
from mamori.japan.addresses.reading import PREFECTURES, Doubt, address, compared, is_there
from mamori.rooms.display.rules.text.contacts import plain, postcode

_KANJI_DIGITS = dict(zip("〇一二三四五六七八九", range(10), strict=True))
_COUNTED = regex(
    r"([〇一二三四五六七八九十百]{1,5})(?=丁目|番(?![町街衆])|番地|号)|(?<=丁目)([〇一二三四五六七八九十百]{1,5})"
)
_CODE = regex(r"〒?\s?\d{3}-?\d{4}(?![\d-])")
_CHAIN = regex(r"\d{1,5}(?:\s?(?:丁目|番地の?|番|号|条|線|の|ノ|-|,)\s?(?:の|ノ)?-?\s?\d{1,5}(?![\d階Ff]))*")
_NOT_PLACE = regex(r"[\s、,・:：\t]|大字|字(?=[^\d])")
_HEAD = regex(r"^[^\n]{0,12}(?:所在地|住所|本社|本店|事務所)[:：\s]+")
_PREFECTURE = {one.ja: one.en.casefold() for one in PREFECTURES.values()}
_OF_NAME = regex("|".join(_PREFECTURE))
_OF_LATIN = regex(rf"\b({'|'.join(_PREFECTURE.values())})\b")
_WIDE = regex("[㐀-鿿]")


@dataclass(frozen=True, slots=True)
class Located:
    """An address by what is compared of it."""

    code: str
    prefecture: str
    place: str
    numbers: tuple[str, ...]
    is_latin: bool


def place(words: str) -> Located:
    """Return an address by its postcode, prefecture, names and up to three numbers."""
    text = _HEAD.sub("", plain(words).strip())
    code = postcode(text)
    bare = _CODE.sub(" ", text, count=1)
    if not _WIDE.search(bare):
        found = _OF_LATIN.search(bare.casefold())
        return Located(code, found[1] if found else "", "", tuple(re.findall(r"\d+", bare)), True)
    bare = _COUNTED.sub(lambda one: str(_count(one[1] or one[2])), bare)
    named = _OF_NAME.search(bare)
    if named and not re.search(r"\d", bare[: named.start()]):
        bare = bare[named.end() :]
    elif named:
        bare = bare[: named.start()].rstrip("(（ ")  # 岡山市北区1-2 (岡山県): named behind
    chain = _CHAIN.search(bare)
    name = _NOT_PLACE.sub("", bare[: chain.start()] if chain else bare)
    numbers = tuple(re.findall(r"\d+", chain[0])) if chain else ()
    return Located(code, _PREFECTURE[named[0]] if named else "", compared(name), numbers[:3], False)


def _count(kanji: str) -> int:
    """Return a number of up to 999 that is written in kanji: 二十三 and 二三 are 23."""
    if not re.search("[十百]", kanji):
        return int("".join(str(_KANJI_DIGITS[one]) for one in kanji))
    hundreds, is_hundred, rest = kanji.rpartition("百")
    tens, is_ten, ones = rest.rpartition("十")
    total = 100 * (_KANJI_DIGITS.get(hundreds[-1:], 1)) if is_hundred else 0
    total += 10 * (_KANJI_DIGITS.get(tens[-1:], 1)) if is_ten else 0
    return total + _KANJI_DIGITS.get(ones[-1:], 0)


def is_same_place(shown: str, registered: str) -> bool:
    """Say whether two addresses are one, as far as both tell; the building counts for nothing."""
    one, other = place(shown), place(registered)
    if one.code and other.code and one.code != other.code:
        return False
    if one.prefecture and other.prefecture and one.prefecture != other.prefecture:
        return False
    if one.is_latin and other.is_latin:
        return _is_same_abroad(shown, registered)
    if one.is_latin or other.is_latin:
        latin, wide = (one, other) if one.is_latin else (other, one)
        return not wide.numbers or not latin.numbers or set(wide.numbers) <= set(latin.numbers)
    return _is_same_name(one.place, other.place) and _are_same_numbers(one.numbers, other.numbers)


def _is_same_name(one: str, other: str) -> bool:
    """Say whether names of places are the same, though one leaves out a city, a 字 or the streets of Kyoto."""
    if not one or not other:
        return True
    short, long = sorted((one, other), key=len)
    if long.endswith(short) or long.startswith(short):
        return True
    left = iter(long)
    return len(short) < len(long) and all(letter in left for letter in short)


def _are_same_numbers(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether lot numbers are the same; what one of them goes on with may be a room, but not the lot itself."""
    least = min(len(one), len(other))
    return one[:least] == other[:least] and (least >= 2 or len(one) == len(other) or not least)


def _is_same_abroad(shown: str, registered: str) -> bool:
    words, own = (set(re.split(r"\W+", plain(one).casefold())) - {""} for one in (shown, registered))
    figures = {one for one in own if one.isdigit()}
    return (
        not own
        or (len(own & words) >= 0.6 * len(own) and figures & words == figures)
        or len(own & words) >= 0.85 * len(own)
    )


def stands_abroad(registered: str, text: str) -> bool:
    """Say whether an address in Latin letters stands in the lines of a text, without a label and cut as it may be."""
    own = set(re.split(r"\W+", plain(registered).casefold())) - {""}
    figures = {one for one in own if one.isdigit()}
    words = set(re.split(r"\W+", plain(text).casefold()))
    return (
        bool(figures)
        and not _WIDE.search(registered)
        and figures <= words
        and len(own & words) >= 0.6 * len(own)
    )


def postcode_differs(words: str) -> bool:
    """Say whether the table of postcodes, where it is installed, knows another place under the postcode that stands there."""
    if not is_there() or not postcode(words):
        return False
    return address(_HEAD.sub("", plain(words).split("\n")[0])).doubt in {Doubt.POSTCODE, Doubt.NO_POSTCODE}
