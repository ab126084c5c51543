"""The kind of matter that a campaign is: found locked, recorded, its clocks settled; and its figures of a day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F

from mamori.grammar.event import Event
from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.ledger import actions as ledger
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import Kind, Performance
from mamori.ground.matters.seen import changed
from mamori.ground.outbox import actions as outbox
from mamori.japan.calendar import JAPAN
from mamori.rooms.outreach.acts import BY_STAFF
from mamori.rooms.outreach.events import CampaignGoesOn, CampaignRemindsOn
from mamori.rooms.outreach.lifecycle import CAMPAIGN
from mamori.rooms.outreach.models import Campaign, CampaignDay
from mamori.rooms.outreach.rules.campaigns import of_campaign


class NoSuchCampaign(Refusal, code="no-such-campaign", status=404):
    """Given when there is no such campaign for this hand."""

    text = Text(
        "この案内は見つかりません。番号をご確認ください。",
        "There is no such campaign. Please check its number.",
    )


def about(campaign: int) -> str:
    """Return the name under which acts, clocks and notices know a campaign."""
    return f"outreach.campaign:{campaign}"


def about_told(told: int) -> str:
    """Return the name under which acts know what a campaign told one seller."""
    return f"outreach.told:{told}"


def goes_on(one: Campaign) -> CampaignGoesOn:
    """Return the word that it goes on to those after the seller that it has reached."""
    return CampaignGoesOn(subject=about(one.pk), campaign=one.pk, after=one.reached)


def reminds_on(one: Campaign) -> tuple[CampaignRemindsOn, ...]:
    """Return the word that those are told once more whose time has come, where somebody waits for that."""
    word = CampaignRemindsOn(subject=about(one.pk), campaign=one.pk)
    return (word,) if one.remind_since is not None else ()


def count_day(campaign: int, at: datetime, **more: int) -> None:
    """Add to the figures of the day: `told=20`."""
    day = at.astimezone(JAPAN).date()
    CampaignDay.objects.bulk_create([CampaignDay(campaign_id=campaign, on=day)], ignore_conflicts=True)
    added: dict[str, Any] = {name: F(name) + count for name, count in more.items()}
    CampaignDay.objects.filter(campaign=campaign, on=day).update(**added)


def _record(act: Performance[Campaign], verb: str, *events: Event, reason: str = "", **told: Any) -> int:
    one = act.matter
    if act.hand.is_staff:
        one.version += 1
        act.save("version")
    for event in events:
        outbox.publish(event, at=act.hand.at)
    return ledger.record(
        act.hand,
        kind=f"outreach.{verb}",
        subject=ledger.MARKET,
        about=about(one.pk),
        reason=reason,
        payload={"code": one.code, "audience": one.audience, "state": one.state, **told},
    )


def _settle(act: Performance[Campaign]) -> None:
    should = {about(act.matter.pk): tuple(of_campaign(act.matter))}
    settlement.settle(should, at=act.hand.at, why=act.verb)


def _find(hand: Hand, number: int, version: int | None) -> Campaign:
    del hand
    # A seller's word writes the first row of a day, which looks at its campaign: it must not wait for a turn that waits for it.
    row = Campaign.objects.select_for_update(no_key=True).filter(pk=number).first()
    if row is None:
        raise NoSuchCampaign
    if version is not None and version != row.version:
        raise changed(about(number), BY_STAFF)
    return row


CAMPAIGNED: Kind[Campaign, int] = Kind(
    chart=CAMPAIGN,
    find=_find,
    case=lambda one: about(one.pk),
    record=_record,
    settle=_settle,
)
