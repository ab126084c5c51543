"""What the clocks tell upward."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from mamori.grammar.event import ABOUT, Event
from mamori.grammar.text import Text


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineMoved(Event):
    """An open deadline was computed anew because the calendar changed."""

    kind = "clocks.deadline_moved"
    text = Text("暦が変わり、期限が動いた", "a deadline moved because the calendar changed")
    clock: str
    about: Annotated[str, ABOUT]
    old_due_at: datetime
    new_due_at: datetime
