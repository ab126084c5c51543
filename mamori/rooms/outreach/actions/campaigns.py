"""What staff do about a campaign: draft it, start it once it was counted, stop it, resume it, finish it."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.matters.performance import Performance, entered, perform
from mamori.japan.calendar import JAPAN
from mamori.law.outreach import CAMPAIGNS, Audience
from mamori.rooms.outreach.actions.matter import CAMPAIGNED, NoSuchCampaign, goes_on, reminds_on
from mamori.rooms.outreach.inputs import ToldAgain, ToWhom, WhatToTell, WhyMoved
from mamori.rooms.outreach.models import IS_LIVE, Campaign, CampaignDay


class CampaignUnderWay(Refusal, code="campaign-under-way", status=409):
    """Given when the same is being told by another campaign."""

    text = Text(
        "同じ案内がすでに進んでいます（{other}番）。先にそちらを終えてください。まだ受け取っていない事業者にだけ知らせるときは、"
        "「同じ案内をまだ受け取っていない事業者」を選んで下書きしてください。",
        "The same is being told already (no. {other}). Please finish that one first. To tell only those who were never told the "
        "same, draft one to them.",
    )


class ToldBefore(Refusal, code="campaign-told-before", status=409):
    """Given when a campaign would tell businesses the same again, and nobody has said that it should."""

    text = Text(
        "同じ案内をすでに受け取った事業者がいます。もう一度知らせてよければ、その欄に印を付けてください。知らせないときは、"
        "「同じ案内をまだ受け取っていない事業者」を選んで下書きし直してください。",
        "Some businesses were told the same before. If they are to be told again, please tick that. If not, draft it anew to "
        "those that were never told the same.",
    )


class NotCountedYet(Refusal, code="campaign-not-counted", status=409):
    """Given when a campaign is to be started before it is known to how many it goes."""

    text = Text(
        "届く出品者をまだ数えています。数え終わるのを待って、確かめてから始めてください。",
        "It is still being counted to whom it goes. Please wait until that is done, look at it, and start then.",
    )


def draft_campaign(hand: Hand, *, campaign: int, code: WhatToTell, audience: ToWhom) -> int:
    """Draft a campaign and let those be counted to whom it goes; nobody is told.  Return its number.

    `campaign` is 0: there is none yet.
    """
    del campaign
    with memory.act():
        row = Campaign.objects.create(code=code.value, audience=audience.value, drafted_at=hand.at)
        with entered(hand, CAMPAIGNED, row) as act:
            act.record("draft", goes_on(row))
    return row.pk


def start_campaign(
    hand: Hand, *, campaign: int, reason: WhyMoved, again: ToldAgain = False, version: int | None = None
) -> None:
    """Start to tell the sellers, a few at a time; `again` says that who was told the same before may be told once more."""
    with perform(hand, CAMPAIGNED, campaign, version=version) as act:
        act.step("start")
        if act.matter.counted_at is None:
            raise NotCountedYet
        if not again and tells_again(act.matter):
            raise ToldBefore
        act.matter.started_at = hand.at
        act.save("started_at")
        _go(act, "start", reason=reason)


def stop_campaign(hand: Hand, *, campaign: int, reason: WhyMoved, version: int | None = None) -> None:
    """Tell and remind nobody any more, until it is resumed."""
    with perform(hand, CAMPAIGNED, campaign, version=version) as act:
        act.step("stop")
        act.record("stop", reason=reason)


def resume_campaign(hand: Hand, *, campaign: int, reason: WhyMoved, version: int | None = None) -> None:
    """Go through the sellers from the first: who was told is passed over, who came meanwhile is told."""
    with perform(hand, CAMPAIGNED, campaign, version=version) as act:
        act.step("resume")
        _go(act, "resume", reason=reason)


def finish_campaign(hand: Hand, *, campaign: int, reason: WhyMoved, version: int | None = None) -> None:
    """End it: nobody is told or reminded any more; who was told can still say that it read it."""
    with perform(hand, CAMPAIGNED, campaign, version=version) as act:
        end(act, reason=reason)


def end(act: Performance[Campaign], *, reason: str = "") -> None:
    """End a campaign that is locked."""
    act.step("finish")
    act.matter.closed_at = act.hand.at
    act.save("closed_at")
    act.record("finish", reason=reason)


def tells_again(one: Campaign) -> bool:
    """Say whether it would tell some who were told the same before it was drafted, or may have been on that day or since."""
    if one.audience == Audience.UNTOLD:
        return False
    since = one.drafted_at.astimezone(JAPAN).date()
    days = CampaignDay.objects.filter(campaign__code=one.code, on__gte=since, told__gt=0)
    return one.told_before > 0 or days.exists()


def _go(act: Performance[Campaign], verb: str, *, reason: str) -> None:
    """Let it go through the sellers from the first."""
    one = act.matter
    if one.code not in CAMPAIGNS:
        raise NoSuchCampaign
    try:  # who starts another at the same moment is held by the database until one of the two is written
        with transaction.atomic():
            Campaign.objects.filter(pk=one.pk).update(state=one.state)
    except IntegrityError:
        other = Campaign.objects.filter(IS_LIVE, code=one.code).values_list("pk", flat=True).get()
        raise CampaignUnderWay(other=other) from None
    one.reached, one.rests_since, one.goes_again = "", None, False
    act.save("reached", "rests_since", "goes_again")
    act.record(verb, goes_on(one), *reminds_on(one), reason=reason)
