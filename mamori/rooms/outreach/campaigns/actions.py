"""Campaigns: drafted, counted, started, told to some in each turn, said to be read, told once more, stopped."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Min

from mamori.grammar.actor import Actor, Role
from mamori.grammar.event import Event
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts as market
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import MatterKind, Performance, entered, perform
from mamori.ground.matters.seen import changed
from mamori.ground.matters.settlement import due
from mamori.ground.matters.standing import Runs
from mamori.ground.outbox import actions as outbox
from mamori.ground.terms import facts as terms
from mamori.japan.calendar import JAPAN, spoken
from mamori.law.outreach import CAMPAIGNS, OUTREACH_HOUR, OUTREACH_HOURLY, OUTREACH_REMINDER, Audience
from mamori.rooms.display import facts as displays
from mamori.rooms.outreach import notices
from mamori.rooms.outreach.acts import BY_STAFF, ToldAgain, ToWhom, WhatToTell, WhyMoved
from mamori.rooms.outreach.events import CampaignGoesOn, CampaignRemindsOn
from mamori.rooms.outreach.lifecycle import CAMPAIGN, LIVE, TOLD, CampaignState
from mamori.rooms.outreach.models import IS_LIVE, TO_REMIND, WAITS, Campaign, CampaignDay, SellerTold
from mamori.rooms.outreach.rules import chosen, digest_of, of_campaign, passed_over, room_left

# The kind of matter that a campaign is: found locked, recorded, its clocks settled; and its figures of a day.


class NoSuchCampaign(Refusal, code="no-such-campaign", status=404):
    """Given when there is no such campaign for this actor."""

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
    if act.actor.is_staff:
        one.version += 1
        act.save("version")
    for event in events:
        outbox.publish(event, at=act.actor.at)
    return ledger.record(
        act.actor,
        kind=f"outreach.{verb}",
        subject=ledger.MARKET,
        about=about(one.pk),
        reason=reason,
        payload={"code": one.code, "audience": one.audience, "state": one.state, **told},
    )


def _settle(act: Performance[Campaign]) -> None:
    should = {about(act.matter.pk): tuple(of_campaign(act.matter))}
    settlement.settle(should, at=act.actor.at, why=act.verb)


def _find(actor: Actor, number: int, version: int | None) -> Campaign:
    del actor
    # A seller's word writes the first row of a day, which looks at its campaign: it must not wait for a turn that waits for it.
    row = Campaign.objects.select_for_update(no_key=True).filter(pk=number).first()
    if row is None:
        raise NoSuchCampaign
    if version is not None and version != row.version:
        raise changed(about(number), BY_STAFF)
    return row


CAMPAIGNED: MatterKind[Campaign, int] = MatterKind(
    chart=CAMPAIGN,
    find=_find,
    case=lambda one: about(one.pk),
    record=_record,
    settle=_settle,
)


# What staff do about a campaign: draft it, start it once it was counted, stop it, resume it, finish it.


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


def draft_campaign(actor: Actor, *, code: WhatToTell, audience: ToWhom) -> int:
    """Draft a campaign and let those be counted to whom it goes; nobody is told.  Return its number."""
    with memory.act():
        row = Campaign.objects.create(code=code.value, audience=audience.value, drafted_at=actor.at)
        with entered(actor, CAMPAIGNED, row) as act:
            act.record("draft", goes_on(row))
    return row.pk


def start_campaign(
    actor: Actor, *, campaign: int, reason: WhyMoved, again: ToldAgain = False, version: int | None = None
) -> None:
    """Start to tell the sellers, a few at a time; `again` says that who was told the same before may be told once more."""
    with perform(actor, CAMPAIGNED, campaign, version=version) as act:
        act.step("start")
        if act.matter.counted_at is None:
            raise NotCountedYet
        if not again and tells_again(act.matter):
            raise ToldBefore
        act.matter.started_at = actor.at
        act.save("started_at")
        _go(act, "start", reason=reason)


def stop_campaign(actor: Actor, *, campaign: int, reason: WhyMoved, version: int | None = None) -> None:
    """Tell and remind nobody any more, until it is resumed."""
    with perform(actor, CAMPAIGNED, campaign, version=version) as act:
        act.step("stop")
        act.record("stop", reason=reason)


def resume_campaign(actor: Actor, *, campaign: int, reason: WhyMoved, version: int | None = None) -> None:
    """Go through the sellers from the first: who was told is passed over, who came meanwhile is told."""
    with perform(actor, CAMPAIGNED, campaign, version=version) as act:
        act.step("resume")
        _go(act, "resume", reason=reason)


def finish_campaign(actor: Actor, *, campaign: int, reason: WhyMoved, version: int | None = None) -> None:
    """End it: nobody is told or reminded any more; who was told can still say that it read it."""
    with perform(actor, CAMPAIGNED, campaign, version=version) as act:
        end(act, reason=reason)


def end(act: Performance[Campaign], *, reason: str = "") -> None:
    """End a campaign that is locked."""
    act.step("finish")
    act.matter.closed_at = act.actor.at
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


# A campaign goes through the sellers, some in each turn: first to count those it goes to, once started to tell them.


AT_A_TIME = 100
"""So many sellers are looked at in one turn, so that the writer's place is free in between."""
SAMPLE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """To whom a campaign goes of a few sellers; how many of them were told the same before, and of how many nobody knows."""

    refs: Sequence[str]
    told_before: int
    unknown: int


def go_on(actor: Actor, *, campaign: int, after: str) -> None:
    """Count or tell the next sellers after one; what was done already, or is asked twice, is not done again."""
    with perform(actor, CAMPAIGNED, campaign) as act:
        one = act.matter
        if one.reached != after or one.rests_since is not None:
            return
        refs = market.selling(after=after, limit=AT_A_TIME)
        if one.state == CampaignState.RUNNING and is_going(one):
            _notify_next(act, refs)
        elif one.state == CampaignState.DRAFTED and one.counted_at is None:
            _count_next(act, refs)


def wake(actor: Actor, *, campaign: int) -> None:
    """Go on after the rest of an hour in which as many were told, or told once more, as may be."""
    with perform(actor, CAMPAIGNED, campaign) as act:
        one = act.matter
        if one.state not in LIVE or one.rests_since is None:
            return
        one.rests_since = None
        act.save("rests_since")
        for word in (goes_on(one), *reminds_on(one)):
            outbox.publish(word, at=actor.at)


def is_going(one: Campaign) -> bool:
    """Say whether it tells and reminds: it is going on, and what it tells is still declared."""
    return one.state in LIVE and one.code in CAMPAIGNS


def those_chosen(one: Campaign, refs: Collection[str], standings: Mapping[str, bool | None]) -> Chosen:
    """Return to which of these sellers a campaign goes, in their order."""
    audience = Audience(one.audience)
    same = SellerTold.objects.filter(seller_ref__in=refs, campaign__code=one.code)
    before = tuple(same.values_list("seller_ref", "told_at"))
    found = chosen(
        audience,
        refs,
        standings,
        lacking=displays.lacking_among(refs) if audience is Audience.LACKING else (),
        passed=passed_over(audience, before, started_at=one.started_at),
    )
    return Chosen(
        refs=found,
        told_before=len({ref for ref, _ in before}.intersection(found)),
        unknown=sum(1 for is_business in standings.values() if is_business is None),
    )


def room_in_hour(act: Performance[Campaign]) -> int:
    """Return how many more may be told within the hour; where that is over, another has begun."""
    one, at = act.matter, act.actor.at
    if one.hour_at is None or due(Runs(OUTREACH_HOUR, since=one.hour_at)) <= at:
        one.hour_at, one.hour_told = at, 0
        act.save("hour_at", "hour_told")
    return room_left(hourly=terms.setting(OUTREACH_HOURLY, at=at), told=one.hour_told)


def notify(act: Performance[Campaign], refs: Sequence[str]) -> None:
    """Tell these sellers, who were not told yet: their rows, notices and acts stand or fall together."""
    one, at = act.matter, act.actor.at
    if not refs:
        return
    rows = SellerTold.objects.bulk_create(
        SellerTold(campaign=one, seller_ref=ref, told_at=at) for ref in refs
    )
    template, values = CAMPAIGNS[one.code].notice, {"due": spoken(due(Runs(OUTREACH_REMINDER, since=at)))}
    for ref in refs:
        outbox.notify(to=f"seller:{ref}", template=template, values=values, about=about(one.pk), at=at)
    title, body = template.title.fill(**values), template.body.fill(**values)
    words = digest_of({"ja": title.ja, "en": title.en}, {"ja": body.ja, "en": body.en})
    ledger.record_all(act.actor, [told_act("tell", one, row, words=words) for row in rows])
    count_day(one.pk, at, told=len(rows))
    one.hour_told += len(rows)
    one.remind_since = min(one.remind_since or at, at)
    act.save("hour_told", "remind_since")


def told_act(verb: str, one: Campaign, row: SellerTold, **more: str) -> ledger.Done:
    """Return what the record says of something that a campaign did to a seller."""
    return ledger.Done(
        kind=f"outreach.{verb}",
        subject=f"seller:{row.seller_ref}",
        about=about_told(row.pk),
        payload={"campaign": one.pk, "code": one.code, **more},
    )


def _notify_next(act: Performance[Campaign], refs: Sequence[str]) -> None:
    one = act.matter
    wanted = those_chosen(one, refs, displays.standings(refs, act.actor.at)).refs
    now = wanted[: room_in_hour(act)]
    notify(act, now)
    act.save("reached", "rests_since", "goes_again")
    if len(now) < len(wanted):
        one.reached, one.rests_since = now[-1] if now else one.reached, one.hour_at
    elif len(refs) == AT_A_TIME:
        one.reached = refs[-1]
        outbox.publish(goes_on(one), at=act.actor.at)
    elif one.goes_again:
        one.reached, one.goes_again = "", False
        outbox.publish(goes_on(one), at=act.actor.at)
    else:
        act.step("stand")
    act.record("go_on", told=len(now))
    end_if_over(act)


def end_if_over(act: Performance[Campaign]) -> None:
    """End a campaign that has told all, tells no newcomers, and has nobody left to be reminded."""
    one = act.matter
    is_over = one.state == CampaignState.STANDING and one.remind_since is None
    if is_over and not Audience(one.audience).tells_newcomers:
        end(act)


def _count_next(act: Performance[Campaign], refs: Sequence[str]) -> None:
    one = act.matter
    counted = those_chosen(one, refs, displays.standings(refs, act.actor.at))
    found = counted.refs
    one.found += len(found)
    one.told_before += counted.told_before
    one.unknown += counted.unknown
    one.sample = [*one.sample, *found[:2]][:SAMPLE]
    act.save("found", "told_before", "unknown", "sample", "reached", "counted_at")
    if len(refs) == AT_A_TIME:
        one.reached = refs[-1]
        outbox.publish(goes_on(one), at=act.actor.at)
        return
    one.reached, one.counted_at = "", act.actor.at
    if len(one.sample) < SAMPLE:
        one.sample = [*one.sample, *[ref for ref in found if ref not in one.sample]][:SAMPLE]
    act.record("count", found=one.found, told_before=one.told_before, unknown=one.unknown)


# What becomes of a campaign at one seller: it says that it read it and checked its display, or is gone.


def acknowledge(actor: Actor, *, told: int) -> None:
    """Say that a campaign was read and the display checked; whoever acts for the seller may, and it is kept who did.

    What was read, and how the display stood, is kept with it.
    """
    with perform(actor, TOLD_TO, told) as act:
        act.step("acknowledge")
        one = act.matter
        one.closed_at, one.by = actor.at, actor.role.value
        notice = notices.sent(one.seller_ref, [one.campaign.code]).get(about(one.campaign_id))
        display = displays.display(one.seller_ref)
        one.act = act.record(
            "acknowledge",
            words=digest_of(notice.title, notice.body) if notice else "",
            display=display.state.value,
            version=display.version,
        )
        act.save("closed_at", "by", "act")
        count_day(one.campaign_id, actor.at, acknowledged=1)


def close_told(actor: Actor, *, seller_ref: str) -> None:
    """Wait no more for a seller who is gone."""
    waiting = SellerTold.objects.filter(WAITS, seller_ref=seller_ref).order_by("pk")
    for number in waiting.values_list("pk", flat=True):
        with perform(actor, TOLD_TO, number) as act:
            act.step("close")
            act.matter.closed_at = actor.at
            act.save("closed_at")
            act.record("close")


def _record_told(act: Performance[SellerTold], verb: str, *events: Event, **told: Any) -> int:
    del events
    row = act.matter
    return ledger.record(
        act.actor,
        kind=f"outreach.{verb}",
        subject=f"seller:{row.seller_ref}",
        about=about_told(row.pk),
        payload={"campaign": row.campaign_id, "state": row.state, **told},
    )


def _find_told(actor: Actor, number: int, version: int | None) -> SellerTold:
    del version
    row = (
        SellerTold.objects.select_related("campaign")
        .select_for_update(of=("self",))
        .filter(pk=number)
        .first()
    )
    if row is None or not (actor.role is Role.MACHINE or actor.is_sellers(row.seller_ref)):
        raise NoSuchCampaign
    return row


TOLD_TO: MatterKind[SellerTold, int] = MatterKind(
    chart=TOLD,
    find=_find_told,
    case=lambda one: about_told(one.pk),
    record=_record_told,
    settle=lambda act: None,
)


NEWCOMERS = tuple(one.value for one in Audience if one.tells_newcomers)


def follow_seller(actor: Actor, *, seller_ref: str) -> None:
    """Tell a seller what the campaigns tell that go on and have not told it; where the hour is full, its turn comes later.

    Who has closed its account is told nothing, and waited for no more.
    """
    seller = market.seller(seller_ref)
    if seller is None:
        return
    if seller.state is market.SellerState.CLOSED:
        close_told(actor, seller_ref=seller_ref)
        return
    told = SellerTold.objects.filter(seller_ref=seller_ref).values("campaign")
    live = Campaign.objects.filter(IS_LIVE, audience__in=NEWCOMERS).exclude(pk__in=told).order_by("pk")
    numbers = list(live.values_list("pk", flat=True))
    standings = displays.standings([seller_ref], actor.at) if numbers else {}
    for number in numbers if standings.get(seller_ref) else ():
        _notify(actor, number, seller_ref, standings)


def _notify(actor: Actor, number: int, seller_ref: str, standings: Mapping[str, bool | None]) -> None:
    with perform(actor, CAMPAIGNED, number) as act:
        one = act.matter
        found = those_chosen(one, [seller_ref], standings).refs if is_going(one) else ()
        if not found:
            return
        if room_in_hour(act):
            notify(act, found)
            act.record("newcomer")
        elif one.state == CampaignState.RUNNING:
            one.goes_again = True
            act.save("goes_again")
        else:
            act.step("go_round")
            one.reached, one.rests_since = "", one.hour_at
            act.save("reached", "rests_since")
            act.record("go_on", told=0)


def remind(actor: Actor, *, campaign: int) -> None:
    """Remind the next of those who were told in the turn whose time has come; where the hour is full, the rest comes later.

    Who was erased, is no business any more, has closed its account or was told the same again is passed over for good.
    """
    with perform(actor, CAMPAIGNED, campaign) as act:
        one, since = act.matter, act.matter.remind_since
        if not is_going(one) or since is None or one.rests_since is not None:
            return
        if due(Runs(OUTREACH_REMINDER, since=since)) > actor.at:
            return
        waiting = SellerTold.objects.filter(TO_REMIND, campaign=one)
        turn = waiting.select_for_update().filter(told_at__lte=since).order_by("told_at", "id")
        rows = list(turn[:AT_A_TIME])
        heeded = _heeded(act, [row.seller_ref for row in rows])
        passed = [row for row in rows if row.seller_ref not in heeded]
        wanted = [row for row in rows if row.seller_ref in heeded]
        now = wanted[: room_in_hour(act)]
        _remind(act, now)
        SellerTold.objects.filter(pk__in=[row.pk for row in passed]).update(passed_at=actor.at)
        if len(now) < len(wanted):
            one.rests_since = one.hour_at
        one.remind_since = waiting.aggregate(next=Min("told_at"))["next"]
        act.save("remind_since", "rests_since")
        is_more = one.remind_since is not None and one.remind_since <= since and one.rests_since is None
        act.record("call_to_mind", *(reminds_on(one) if is_more else ()), reminded=len(now))
        end_if_over(act)


def _heeded(act: Performance[Campaign], refs: Collection[str]) -> frozenset[str]:
    """Return those of them who are businesses with an open account, and were not told the same again."""
    standings = displays.standings(refs, act.actor.at)
    later = SellerTold.objects.filter(
        seller_ref__in=refs, campaign__code=act.matter.code, told_at__gt=act.matter.remind_since
    ).exclude(campaign=act.matter)
    again = set(later.values_list("seller_ref", flat=True))
    return frozenset(ref for ref in market.selling_among(refs) if standings.get(ref) and ref not in again)


def _remind(act: Performance[Campaign], rows: Sequence[SellerTold]) -> None:
    """Tell them once more: their rows, notices and acts stand or fall together."""
    if not rows:
        return
    one, at, template = act.matter, act.actor.at, CAMPAIGNS[act.matter.code].reminder
    for row in rows:
        outbox.notify(to=f"seller:{row.seller_ref}", template=template, values={}, about=about(one.pk), at=at)
    SellerTold.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=at)
    ledger.record_all(act.actor, [told_act("remind", one, row) for row in rows])
    count_day(one.pk, at, reminded=len(rows))
    one.hour_told += len(rows)
    act.save("hour_told")
