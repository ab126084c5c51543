"""The acts of this room in words, and which of them the seller is shown in its list of records."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.text import Text


@dataclass(frozen=True, slots=True)
class ActWords:
    """An act in words; `shown` = the seller sees in its list that it happened."""

    text: Text
    shown: bool


ACTS: dict[str, ActWords] = {}
