"""What a comparison of a registered name with an account's kana says: a verdict, and why in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.text import Text
from mamori.japan.names.lattice import Piece

NOTHING = -40.0
"""The score where no way at all was found to lay the name along the kana."""


class Verdict(StrEnum):
    """What may follow: pay, ask a person, or take it for another name."""

    MATCH = "match"
    REVIEW = "review"
    MISMATCH = "mismatch"


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict with its reason; pieces show which kana was laid beside which letters, and what stayed unexplained."""

    verdict: Verdict
    score: float
    """The log of how likely the kana is for this name: 0 where both are spelt alike, lower where it is less so."""
    why: str
    """The reason's name among `REASONS`."""
    reason: Text
    pieces: tuple[Piece, ...] = ()
    surname_size: int = 0
    """How many of the pieces are the surname's."""
    trade_name: str = ""
    """The 屋号 that stands before a person's name in the account."""

    @property
    def unexplained(self) -> tuple[Piece, ...]:
        """Return the stretches for which no known reading fits."""
        return tuple(piece for piece in self.pieces if not piece.is_explained)
