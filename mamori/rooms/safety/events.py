"""What this room tells: that a request was forged, so that what was done upon it is looked at again; and that telling goes on."""

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
class GuidanceGoesOn(Event):
    """The next orders are to be looked through for buyers who are told how to use goods safely."""

    kind = "safety.guidance_goes_on"
    text = Text("安全な使い方を次の購入者に知らせる", "guidance on safe use goes on to more buyers")
    internal = True
    round: int
    turn: int
