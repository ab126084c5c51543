"""What this room tells itself: that a complaint was decided or goes on, so that whoever reported is told."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.event import Event
from mamori.grammar.text import Text


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintDecided(Event):
    """A complaint was decided, a danger goes on when its days are over, or there are more who have not been told."""

    kind = "complaints.decided"
    text = Text(
        "申し出の結論か途中経過を、知らせた人に伝える", "who reported is told the outcome, or that it goes on"
    )
    internal = True
    complaint: int
