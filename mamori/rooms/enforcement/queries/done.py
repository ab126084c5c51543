"""What somebody has just done, by the record: a page says so of nothing else, whatever its address claims."""

from __future__ import annotations

from collections.abc import Mapping

from mamori.grammar.hand import Hand
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger

type Done = Mapping[str, Text]
"""What a deed is said to have done, by the act that it left in the record: a decision may be made or only proposed."""


def just_done(hand: Hand, about: str, sentences: Done | None) -> Text | None:
    """Return the sentence of the newest act of this hand, where it is one of those that the address claims."""
    if not sentences:
        return None
    act = ledger.last_of(hand, about)
    return sentences.get(act.kind.removeprefix("enforcement.")) if act else None
