"""Every write of this room: a campaign is drafted, counted, started, stopped, finished; sellers are told, once, and answer."""

from mamori.rooms.outreach.actions.campaigns import (
    CampaignUnderWay,
    NotCountedYet,
    ToldBefore,
    draft_campaign,
    finish_campaign,
    resume_campaign,
    start_campaign,
    stop_campaign,
)
from mamori.rooms.outreach.actions.matter import NoSuchCampaign
from mamori.rooms.outreach.actions.newcomers import follow_seller
from mamori.rooms.outreach.actions.reminding import remind
from mamori.rooms.outreach.actions.telling import go_on, wake
from mamori.rooms.outreach.actions.words import acknowledge, close_told

__all__ = [
    "CampaignUnderWay",
    "NoSuchCampaign",
    "NotCountedYet",
    "ToldBefore",
    "acknowledge",
    "close_told",
    "draft_campaign",
    "finish_campaign",
    "follow_seller",
    "go_on",
    "remind",
    "resume_campaign",
    "start_campaign",
    "stop_campaign",
    "wake",
]
