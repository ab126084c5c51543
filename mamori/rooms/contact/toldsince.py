"""Since when all is there that the buyer, or staff for them, told in a trouble: one moment that never falls."""

from __future__ import annotations

from datetime import timedelta

from mamori.grammar.hand import Hand
from mamori.rooms.contact.models import Trouble

TICK = timedelta(microseconds=1)
"""Between what is told in one matter at least: who began to write first may come to the lock last."""


def note(hand: Hand, trouble: Trouble) -> None:
    """Note that words were taken, whichever way they came; the caller holds the trouble locked."""
    trouble.words_at = max(hand.at, trouble.words_at + TICK) if trouble.words_at else hand.at
    trouble.save(update_fields=("words_at",))
