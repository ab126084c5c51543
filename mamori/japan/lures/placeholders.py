"""What stands in a text where a find was taken out: only what it was, in brackets, and nothing is looked for in it again."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.japan.lures.kinds import KINDS

_TITLES = {kind.code: kind.title for kind in KINDS}


def standing_for(kinds: Iterable[str]) -> Text:
    """Return what stands for a find of these kinds, such as （電話番号）."""
    titles = [_TITLES[kind] for kind in dict.fromkeys(kinds)]
    return Text(f"（{'・'.join(one.ja for one in titles)}）", f"({', '.join(one.en for one in titles)})")


def quiet(text: str) -> str:
    """Return the text with each such place made silent, letter by letter, so that all else stands where it stood."""
    return _PLACE.sub(lambda found: "。" * len(found[0]), text)


def _any(titles: Iterable[str], between: str) -> str:
    one = "|".join(map(re.escape, titles))
    return rf"(?:{one})(?:{between}(?:{one}))*"


_PLACE = regex(
    rf"（{_any((kind.title.ja for kind in KINDS), '・')}）|\({_any((kind.title.en for kind in KINDS), ', ')}\)"
)
