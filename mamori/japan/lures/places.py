"""Postal addresses: a municipality or town with the numbers of a block; a region alone is innocent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from mamori.grammar.regex import regex
from mamori.japan.lures.numbers import KANJI
from mamori.japan.lures.reading import Reading, rule
from mamori.japan.prefectures import PREFECTURES

_PREFECTURE = "|".join(f"{name.ja[:-1]}{name.ja[-1]}?" for name in PREFECTURES.values()).join(("(?:", ")"))
_NUM = r"[0-9〇零一二三四五六七八九十百]{1,4}"
_DASH = r" ?(?:-|ー|の|ノ|/) ?"
_BLOCK = (
    rf"(?:{_NUM} ?丁目(?: ?{_NUM} ?(?:番地?|{_DASH}))?(?: ?の? ?{_NUM} ?号?)?"
    rf"|{_NUM} ?番地?(?: ?の? ?{_NUM} ?号?)?|[0-9]{{1,4}}{_DASH}[0-9]{{1,4}}(?:{_DASH}[0-9]{{1,4}}){{0,2}})"
)
_PLACE = r"[一-龠々ヶケヵ\u3041-\u309f\u30a1-\u30fcノ]"
_BUILDING = (
    r"(?: ?[^\s。、,!?]{1,20}?(?:マンション|ハイツ|コーポ|アパート|ビル|荘|メゾン|レジデンス|寮"
    r"|号室|号棟|階)(?: ?[0-9]{1,4}(?:号室?|号|f|階)?)?)?"
)
_POSTAL = r"(?:〒 ?[0-9]{3} ?[-ー]? ?[0-9]{4}[\s、]*)?"
_FULL = rule(
    rf"{_POSTAL}{_PREFECTURE} ?(?:{_PLACE}{{1,8}}[市区郡町村]\s?)(?:[^\s。!?0-9]\s?){{0,14}}?\s?{_BLOCK}{_BUILDING}"
)
_LOCAL = rule(rf"{_POSTAL}(?<![一-龠])[一-龠]{{1,5}}[市区郡] ?(?:{_PLACE} ?){{1,12}}? ?{_BLOCK}{_BUILDING}")
_TOWN = rule(
    rf"{_POSTAL}[一-龠]{{1,6}}[町村]? ?{_NUM} ?丁目 ?{_NUM} ?(?:番地?|{_DASH})(?: ?の? ?{_NUM} ?号?)?{_BUILDING}"
)
_BY_POSTAL = rule(
    r"〒 ?[0-9]{3} ?[-ー] ?[0-9]{4}[\s、]*"
    + _PREFECTURE
    + r"? ?(?:[一-龠々ヶケ\u3041-\u309f\u30a1-\u30fc]{1,10}[市区郡町村] ?)[一-龠々ヶケ\u3041-\u309f\u30a1-\u30fc]{1,8}"
)
_ENGLISH = regex(
    r"[0-9]{1,4}(?:-[0-9]{1,4}){1,3},? (?:[a-z][a-z-]{2,20},? ){0,3}?[a-z]{2,20}-(?:ku|shi|cho|machi|gun"
    r"|mura)\b(?:,? [a-z]{3,12}(?:-(?:shi|to|fu|ken))?){0,2}"
)
_ROOM = rule(
    r"[一-龠々\u30a1-\u30fcー]{1,12}(?:荘|マンション|ハイツ|アパート|コーポ|メゾン|レジデンス|団地"
    r"|寮)(?:の| )?[0-9〇一二三四五六七八九]{1,4} ?(?:号室|号棟|号)"
)
_ROOM_EN = regex(
    r"(?:room|apt\.?|unit) ?#?[0-9]{1,4},? (?:[a-z]+,? ){1,3}[0-9]"
    r"|[0-9]{1,3}-[0-9]{1,3}(?:-[0-9]{1,3})?,? (?:[a-z]+,? ){1,3}(?:city|ward)\b"
)
_PARTS = rule(rf"(?P<n>[0-9]+|[{''.join(KANJI)}十]+(?= ?(?:丁目|番|号|-|の)))")
_TEN = str.maketrans(KANJI)


def find(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Yield each postal address: its stretch of the plain text, and its normal form."""
    for pattern in (_FULL, _LOCAL, _TOWN, _BY_POSTAL, _ENGLISH):
        for found in pattern.finditer(reading.plain):
            yield found.start(), found.end(), normal(found[0])
    for found in chain(_ROOM.finditer(reading.plain), _ROOM_EN.finditer(reading.plain)):
        yield found.start(), found.end(), ""


def normal(plain: str) -> str:
    """Return an address by its places and numbers: `石川県金沢市架空町|1|50|95`, without postal code and blanks."""
    bare = re.sub(r"〒? ?[0-9]{3} ?[-ー] ?[0-9]{4}(?![0-9-])|〒", "", plain, count=1).strip()
    numbers = [_number(found["n"]) for found in _PARTS.finditer(bare)]
    first = _PARTS.search(bare)
    place = re.sub(r"[\s、,]", "", bare[: first.start()] if first else bare)
    return "|".join((place.translate(str.maketrans("ヶヵノ", "ケケの")), *numbers))


def _number(said: str) -> str:
    """Return a number of up to 99 said in digits or kanji: 二十三 = 23."""
    if "十" in said:
        tens, _, ones = said.partition("十")
        return str(int(tens.translate(_TEN) or "1") * 10 + int(ones.translate(_TEN) or "0"))
    return said.translate(_TEN)


def is_within(one: str, other: str) -> bool:
    """Say whether `one` tells no more than the registered `other`: the same town, the same numbers or fewer of them."""
    place, *numbers = one.split("|")
    known, *kept = other.split("|")
    return bool(place) and known.endswith(place) and numbers == kept[: len(numbers)]
