"""How the post's own acts enter the ledger."""

from __future__ import annotations

from typing import Any

from mamori.grammar.hand import Hand
from mamori.ground.ledger import actions as ledger


def record(hand: Hand, verb: str, who: str, about: str, *, reason: str = "", **payload: Any) -> None:
    """Record an act about somebody's mail or letters, sealed with that person's key, in the caller's transaction."""
    subject = who if who.startswith(("buyer:", "seller:")) else "market"
    ledger.record(hand, kind=f"post.{verb}", subject=subject, about=about, reason=reason, payload=payload)
