"""How the outbox's own acts enter the ledger."""

from __future__ import annotations

from typing import Any

from mamori.grammar.hand import Hand
from mamori.ground.ledger import actions as ledger


def record(hand: Hand, verb: str, about: str, *, reason: str = "", **payload: Any) -> None:
    """Record that somebody tended the outbox, in the caller's transaction."""
    ledger.record(hand, kind=f"outbox.{verb}", subject="market", about=about, reason=reason, payload=payload)
