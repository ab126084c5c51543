"""What somebody has just done, by the record: a page says so of nothing else, whatever its address claims."""

from __future__ import annotations

from collections.abc import Mapping

from mamori.grammar.hand import Hand
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.facts import ActFact

type Done = Mapping[str, Text]
"""What a deed is said to have done, by the act that it left in the record: a decision may be made or only proposed."""


def last_deed(hand: Hand, *abouts: str) -> ActFact | None:
    """Return the newest act that this hand did about any of these things."""
    acts = (act for about in abouts for act in ledger.acts_about(about))
    mine = (act for act in acts if (act.content or {}).get("by") == hand.by)
    return max(mine, key=lambda act: act.number, default=None)


def just_done(hand: Hand, about: str, sentences: Done | None) -> Text | None:
    """Return the sentence of the newest act of this hand, where it is one of those that the address claims."""
    if not sentences:
        return None
    act = last_deed(hand, about)
    return sentences.get(act.kind.removeprefix("enforcement.")) if act else None
