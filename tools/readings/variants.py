"""Ways in which one reading of a kanji sounds beside others: voiced, doubled, joined, without its okurigana."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mamori.japan.names.kana import normal

_VOICED = str.maketrans(
    "カキクケコサシスセソタチツテトハヒフヘホ", "ガギグゲゴザジズゼゾダジズデドバビブベボ"
)
_PLOSIVE = str.maketrans("ハヒフヘホ", "パピプペポ")
_JOINED = str.maketrans("アイウエオヤユヨ", "ナニヌネノニニニ")
_STEM = str.maketrans("ウクグスツヌブムル", "イキギシチニビミリ")
SMALL_TSU = "ツチクキ"


def plain(readings: Iterable[str]) -> set[str]:
    """Return dictionary readings in normal form: た.べる gives タ, タベル, タベ; ひか.る gives ヒカ, ヒカル and ヒカリ."""
    found: set[str] = set()
    for reading in readings:
        stem, dot, ending = _parted(reading)
        found.add(stem)
        if dot:
            whole = stem + ending
            found |= {whole, whole[:-1] + whole[-1].translate(_STEM)}
            if len(ending) > 1:
                found.add(whole[:-1])
    return {reading for reading in found if reading}


def _parted(reading: str) -> tuple[str, str, str]:
    stem, dot, ending = reading.replace("-", "").partition(".")
    return normal(stem), dot, normal(ending)


def sounded(reading: str, *, is_first: bool) -> Iterator[str]:
    """Yield the reading and its variants at the beginning of a name, or within it."""
    heads = {reading}
    if not is_first:
        first = reading[0]
        heads |= {table + reading[1:] for table in (first.translate(_VOICED), first.translate(_PLOSIVE))}
        if first in "アイウエオ":
            heads.add(first.translate(_JOINED) + reading[1:])
    for head in heads:
        yield head
        if len(head) > 1 and head[-1] in SMALL_TSU:
            yield head[:-1] + "ツ"
