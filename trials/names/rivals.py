"""What else could decide: the one reading of an analyser, compared exactly or by how alike it is."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from mamori.japan.names.glyphs import modern
from mamori.japan.names.kana import normal

ALIKE = 0.8
type Decide = Callable[[str, str], bool]


def rivals() -> dict[str, Decide]:
    """Return the rivals by name; none where `sudachipy` and `rapidfuzz` are not installed."""
    try:
        sudachi: Any = import_module("sudachipy")
        fuzz: Any = import_module("rapidfuzz.distance")
    except ModuleNotFoundError:
        return {}
    tokenizer = sudachi.Dictionary(dict="core").create()

    def reading(name: str) -> str:
        return normal(
            "".join(word.reading_form() for word in tokenizer.tokenize("".join(modern(name).split())))
        )

    def exact(name: str, kana: str) -> bool:
        return reading(name) == normal(kana)

    def alike(name: str, kana: str) -> bool:
        return bool(fuzz.Levenshtein.normalized_similarity(reading(name), normal(kana)) >= ALIKE)

    return {"sudachi": exact, "sudachi_rapidfuzz": alike}
