"""What this room tells upward: that a display changed, and that one was not put right in time; never its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.event import Event
from mamori.grammar.text import Text


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayWritten(Event):
    """A seller shows something else from now on, or something else is found wrong with it, such as `phone:missing`."""

    kind = "display.written"
    text = Text("出品者の表示が変わった", "a seller's display changed")
    seller_ref: str
    version: int
    state: str
    faults: tuple[str, ...]


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayMissed(Event):
    """What was wrong with a seller's display was not put right in time."""

    kind = "display.missed"
    text = Text("出品者の表示が期限までに直らなかった", "a seller's display was not put right in time")
    seller_ref: str
    version: int
    faults: tuple[str, ...]
    since: datetime
