"""Every write of this room: announcements are written, published, withdrawn; campaigns drafted, counted, started, stopped."""

from mamori.rooms.outreach.actions.announcement import AnnouncementWords, NoSuchAnnouncement
from mamori.rooms.outreach.actions.announcing import (
    correct_announcement,
    drop_announcement,
    ground_claim,
    propose_announcement,
    publish_announcement,
    send_back_announcement,
    withdraw_announcement,
    write_announcement,
)
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
from mamori.rooms.outreach.actions.helping import HelpVersion, say_helpful
from mamori.rooms.outreach.actions.matter import NoSuchCampaign
from mamori.rooms.outreach.actions.newcomers import follow_seller
from mamori.rooms.outreach.actions.reminding import remind
from mamori.rooms.outreach.actions.telling import go_on, wake
from mamori.rooms.outreach.actions.words import acknowledge, close_told

__all__ = [
    "AnnouncementWords",
    "CampaignUnderWay",
    "HelpVersion",
    "NoSuchAnnouncement",
    "NoSuchCampaign",
    "NotCountedYet",
    "ToldBefore",
    "acknowledge",
    "close_told",
    "correct_announcement",
    "draft_campaign",
    "drop_announcement",
    "finish_campaign",
    "follow_seller",
    "go_on",
    "ground_claim",
    "propose_announcement",
    "publish_announcement",
    "remind",
    "resume_campaign",
    "say_helpful",
    "send_back_announcement",
    "start_campaign",
    "stop_campaign",
    "wake",
    "withdraw_announcement",
    "write_announcement",
]
