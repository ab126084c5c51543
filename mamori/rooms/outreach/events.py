"""What this room tells itself: that a campaign goes on to more sellers."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.event import Event
from mamori.grammar.text import Text


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignGoesOn(Event):
    """More sellers are to be counted or told: those after this one."""

    kind = "outreach.campaign_goes_on"
    text = Text("一斉案内を次の出品者に広げる", "a campaign goes on to more sellers")
    internal = True
    campaign: int
    after: str
