"""Whether a text mentions any of some words, whatever width, kana or case it is written in.  Pure Python."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from mamori.japan.folding import pressed, words


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
