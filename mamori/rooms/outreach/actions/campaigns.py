"""What staff do about a campaign: draft it, start it once it was counted, stop it, resume it, finish it."""

from __future__ import annotations

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.matters.performance import Performance, entered, perform
from mamori.rooms.outreach.actions.matter import CAMPAIGNED, goes_on
from mamori.rooms.outreach.inputs import ToWhom, WhatToTell, WhyMoved
from mamori.rooms.outreach.models import IS_LIVE, Campaign


class CampaignUnderWay(Refusal):
    """Given when the same is being told by another campaign."""

    code = "campaign-under-way"
    status = 409
    text = Text(
        "同じ案内がすでに進んでいます（{other}番）。二重に届かないよう、先にそちらを止めるか終えてください。",
        "The same is being told already (no. {other}). Please stop or finish that one first, so that nobody is told twice.",
    )


class NotCountedYet(Refusal):
    """Given when a campaign is to be started before it is known to how many it goes."""

    code = "campaign-not-counted"
    status = 409
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


def start_campaign(hand: Hand, *, campaign: int, reason: WhyMoved) -> None:
    """Start to tell the sellers, a few at a time.

    :raises NoSuchCampaign, NotCountedYet, CampaignUnderWay: as their sentences say.
    """
    with perform(hand, CAMPAIGNED, campaign) as act:
        act.step("start")
        if act.matter.counted_at is None:
            raise NotCountedYet
        act.matter.started_at = hand.at
        act.save("started_at")
        _go(act, "start", reason=reason)


def stop_campaign(hand: Hand, *, campaign: int, reason: WhyMoved) -> None:
    """Tell and remind nobody any more, until it is resumed.

    :raises NoSuchCampaign: when there is none.
    """
    with perform(hand, CAMPAIGNED, campaign) as act:
        act.step("stop")
        act.record("stop", reason=reason)


def resume_campaign(hand: Hand, *, campaign: int, reason: WhyMoved) -> None:
    """Go through the sellers from the first: who was told is passed over, who came meanwhile is told.

    :raises NoSuchCampaign, CampaignUnderWay: as their sentences say.
    """
    with perform(hand, CAMPAIGNED, campaign) as act:
        act.step("resume")
        _go(act, "resume", reason=reason)


def finish_campaign(hand: Hand, *, campaign: int, reason: WhyMoved) -> None:
    """End it: nobody is told or reminded any more; who was told can still say that it read it.

    :raises NoSuchCampaign: when there is none.
    """
    with perform(hand, CAMPAIGNED, campaign) as act:
        end(act, reason=reason)


def end(act: Performance[Campaign], *, reason: str = "") -> None:
    """End a campaign that is locked."""
    act.step("finish")
    act.matter.closed_at = act.hand.at
    act.save("closed_at")
    act.record("finish", reason=reason)


def _go(act: Performance[Campaign], verb: str, *, reason: str) -> None:
    """Let it go through the sellers from the first."""
    one = act.matter
    other = Campaign.objects.filter(IS_LIVE, code=one.code).exclude(pk=one.pk).first()
    if other is not None:
        raise CampaignUnderWay(other=other.pk)
    one.reached, one.rests_since, one.goes_again = "", None, False
    act.save("reached", "rests_since", "goes_again")
    act.record(verb, goes_on(one), reason=reason)
