"""What this room tells itself: that a request was forged, and that more listings wait to be looked at."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.event import Event
from mamori.grammar.text import Text


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class RequestForged(Event):
    """A request was found to be forged: nothing more is done upon it."""

    kind = "safety.request_forged"
    text = Text("行政機関の要請が偽物とわかった", "an authority's request was found to be forged")
    internal = True
    request: int


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningGoesOn(Event):
    """The next listings are to be looked at under this name: what was told, all anew, or a draft's month."""

    kind = "safety.screening_goes_on"
    text = Text("次の出品を確認の規則で見る", "the screening goes on to more listings")
    internal = True
    name: str
