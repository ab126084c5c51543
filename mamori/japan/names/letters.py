"""A written name as the lattices walk it: usual glyphs, kana in normal form, ヶ told from ケ, no blanks."""

from __future__ import annotations

from mamori.grammar.regex import regex
from mamori.japan.names.glyphs import modern
from mamori.japan.names.kana import normal

KANJI = "〇㐀-䶿一-鿿豈-﫿𠀀-𿿿"
IS_KANJI = regex(f"[{KANJI}]")
_KANA_RUN = regex("[ぁ-ゖァ-ヺー゛゜\u3099\u309a]+")
_BETWEEN = regex(f"(?<=[{KANJI}])[ケヶカヵ](?=[{KANJI}])")
_SMALL = {"ケ": "ヶ", "カ": "ヵ"}
_BLANKS = regex(r"[\s・･]+")


def letters(name: str) -> str:
    """Return the name for the lattice: 関ケ原 as 関ヶ原, さとみ as サトミ, 髙橋 as 高橋; capitals; no blanks and no ・."""
    text = _BLANKS.sub("", modern(name)).upper()
    text = _BETWEEN.sub(lambda found: _SMALL.get(found[0], found[0]), text)
    return _KANA_RUN.sub(lambda found: found[0] if found[0] in {"ヶ", "ヵ"} else normal(found[0]), text)
