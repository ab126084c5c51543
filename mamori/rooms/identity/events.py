"""What this room tells upward: how a seller's registered name stands, never the name."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.event import Event
from mamori.grammar.text import Text


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityMoved(Event):
    """A seller's registered name, or how it stands, is another from now on; `version` counts what was told of it."""

    kind = "identity.moved"
    text = Text("出品者の登録名かその確認が変わった", "a seller's registered name or its standing changed")
    seller_ref: str
    version: int
    standing: str
