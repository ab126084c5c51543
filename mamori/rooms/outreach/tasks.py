"""The same verbs on a clock or upon news from below: each is done by the machine."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor, Role
from mamori.ground.clocks.actions import Fired
from mamori.ground.market.events import PersonErasedOnRequest, SellerChanged, SellerRegistered
from mamori.law.activities import ACTIVITY_CLOCKS, ACTIVITY_FOLLOW_UP
from mamori.law.outreach import OUTREACH_HOUR, OUTREACH_REMINDER
from mamori.rooms.display.events import BusinessConcluded
from mamori.rooms.outreach.activities import actions as activities
from mamori.rooms.outreach.activities.actions import erase_activities as erase_activities
from mamori.rooms.outreach.campaigns import actions
from mamori.rooms.outreach.events import CampaignGoesOn, CampaignRemindsOn


def reminder_due(fired: Fired) -> None:
    """Ring for sellers who have not answered in time."""
    actions.remind(fired.actor, campaign=_numbered(fired))


def hour_over(fired: Fired) -> None:
    """Ring for a campaign that has told as many as may be told within an hour."""
    actions.wake(fired.actor, campaign=_numbered(fired))


def campaign_goes_on(event: CampaignGoesOn, at: datetime) -> None:
    """Count or tell the next sellers."""
    actions.go_on(_heard(at), campaign=event.campaign, after=event.after)


def campaign_reminds_on(event: CampaignRemindsOn, at: datetime) -> None:
    """Tell the next of those once more whose time has come."""
    actions.remind(_heard(at), campaign=event.campaign)


def seller_registered(event: SellerRegistered, at: datetime) -> None:
    """Tell a new seller what the campaigns tell that go on."""
    actions.follow_seller(_heard(at), seller_ref=event.seller_ref)


def seller_changed(event: SellerChanged, at: datetime) -> None:
    """Tell a seller who turns out to be a business; wait no more for one who has closed its account."""
    actions.follow_seller(_heard(at), seller_ref=event.seller_ref)


def business_concluded(event: BusinessConcluded, at: datetime) -> None:
    """Tell a seller of whom a person concluded that it is a business."""
    actions.follow_seller(_heard(at), seller_ref=event.seller_ref)


def person_erased(event: PersonErasedOnRequest, at: datetime) -> None:
    """Wait no more for a seller who was erased."""
    side, _, ref = event.subject.partition(":")
    if side == "seller":
        actions.close_told(_heard(at), seller_ref=ref)


def _heard(at: datetime) -> Actor:
    return Actor(by="machine:outreach/told", role=Role.MACHINE, at=at, via="outbox")


def _numbered(fired: Fired) -> int:
    return int(fired.about.partition(":")[2])


def activity_due(fired: Fired) -> None:
    """Ring for the day of an activity, of what was agreed there, of its follow-up, or of the next one."""
    activities.remind(fired.actor, activity=_numbered(fired), clock=fired.kind)


RINGS = {
    OUTREACH_REMINDER.code: reminder_due,
    OUTREACH_HOUR.code: hour_over,
    **dict.fromkeys((ACTIVITY_FOLLOW_UP.code, *ACTIVITY_CLOCKS), activity_due),
}
