"""What others may ask about people: who stands at the door just now, and whether they may enter."""

from __future__ import annotations

from mamori.ground.people.presence import ANONYMOUS, Presence, presence_of
from mamori.ground.people.rules import Access, Verdict, may_enter

__all__ = ["ANONYMOUS", "Access", "Presence", "Verdict", "may_enter", "presence_of"]
