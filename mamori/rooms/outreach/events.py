"""What this room tells itself: that a campaign goes on to more sellers, or to more of those to be told once more."""

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


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRemindsOn(Event):
    """More of those whose time has come are to be told once more."""

    kind = "outreach.campaign_reminds_on"
    text = Text("返事のない次の出品者に、もう一度知らせる", "a campaign goes on to tell sellers once more")
    internal = True
    campaign: int
