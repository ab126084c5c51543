"""Which words of an announcement promise something, and whether each of them has its ground: pure decisions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.law.news import CLAIM_SIGNS

SIGNS = [(regex(one.pattern, re.IGNORECASE), one.text) for one in CLAIM_SIGNS]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundedClaim:
    """Words that promise something: what exactly they mean, as of which day, and what proves it."""

    said: str
    means: str
    means_en: str = ""
    on: date
    evidence: str

    @classmethod
    def of(cls, row: dict[str, Any]) -> Self:
        """Return it from how it is kept."""
        return cls(**row | {"on": date.fromisoformat(row["on"])})

    @property
    def row(self) -> dict[str, str]:
        """Return how it is kept."""
        return asdict(self) | {"on": self.on.isoformat()}


@dataclass(frozen=True, slots=True)
class Promise:
    """Words in an announcement that need a ground, and what they do."""

    said: str
    what: Text


def promises(*texts: str) -> Iterator[Promise]:
    """Yield the words in these texts that need a ground, each once, in their order."""
    found: dict[str, Promise] = {}
    for text in texts:
        here = [(match, what) for sign, what in SIGNS for match in sign.finditer(text)]
        for match, what in sorted(here, key=lambda one: one[0].start()):
            said = match.group().strip()
            found.setdefault(said, Promise(said, what))
    yield from found.values()


def ungrounded(claims: Iterable[GroundedClaim], *texts: str) -> tuple[Promise, ...]:
    """Return the words that need a ground and stand in none of the claims; what a claim says covers what lies within it."""
    covered = [one.said for one in claims]
    return tuple(one for one in promises(*texts) if not any(one.said in said for said in covered))


def stands_in(said: str, *texts: str) -> bool:
    """Say whether the words of a claim stand in one of the texts as they are."""
    return bool(said) and any(said in text for text in texts)
