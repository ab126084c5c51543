"""What rests on memory alone: no page for everybody may tell it."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import import_module
from typing import Any

import mamori.law
from mamori.grammar.citation import Citation, Confidence


def cited(thing: Any) -> Iterator[Citation]:
    """Yield every source that a declared thing names, however deep it lies in it."""
    if isinstance(thing, Citation):
        yield thing
    elif is_dataclass(thing) and not isinstance(thing, type):
        for one in fields(thing):
            yield from cited(getattr(thing, one.name))
    elif isinstance(thing, Mapping):
        yield from cited(tuple(thing.values()))
    elif isinstance(thing, tuple | list | frozenset):
        for one in thing:
            yield from cited(one)


def remembered(*things: Any) -> list[str]:
    """Name each source in these things that nobody read."""
    return sorted({one.text.en for one in cited(things) if one.confidence is Confidence.MEMORY})


@cache
def unread() -> frozenset[str]:
    """Return how everything that the house knows from memory alone is cited, in both languages."""
    modules = [import_module(one.name) for one in pkgutil.walk_packages(mamori.law.__path__, "mamori.law.")]
    found = [one for module in modules for thing in vars(module).values() for one in cited(thing)]
    texts = [one.text for one in found if one.confidence is Confidence.MEMORY]
    return frozenset(words for text in texts for words in (text.ja, text.en))
