"""A campaign goes through the sellers, some in each turn: first to count those it goes to, once started to tell them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from mamori.grammar.hand import Hand
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts as market
from mamori.ground.matters.performance import Performance, perform
from mamori.ground.matters.settlement import due
from mamori.ground.matters.standing import Runs
from mamori.ground.outbox import actions as outbox
from mamori.ground.terms import facts as terms
from mamori.japan.spoken import spoken
from mamori.law.outreach import (
    CAMPAIGNS,
    OUTREACH_HOUR,
    OUTREACH_HOURLY,
    OUTREACH_REMINDER,
    Audience,
)
from mamori.rooms.display import facts as displays
from mamori.rooms.outreach.actions.campaigns import end
from mamori.rooms.outreach.actions.matter import CAMPAIGNED, about, about_told, count_day, goes_on, reminds_on
from mamori.rooms.outreach.lifecycle import LIVE, CampaignState
from mamori.rooms.outreach.models import Campaign, SellerTold
from mamori.rooms.outreach.rules.campaigns import chosen, digest_of, passed_over, room_left

AT_A_TIME = 100
"""So many sellers are looked at in one turn, so that the writer's place is free in between."""
SAMPLE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """To whom a campaign goes of a few sellers; how many of them were told the same before, and of how many nobody knows."""

    refs: Sequence[str]
    told_before: int
    unknown: int


def go_on(hand: Hand, *, campaign: int, after: str) -> None:
    """Count or tell the next sellers after one; what was done already, or is asked twice, is not done again."""
    with perform(hand, CAMPAIGNED, campaign) as act:
        one = act.matter
        if one.reached != after or one.rests_since is not None:
            return
        refs = market.selling(after=after, limit=AT_A_TIME)
        if one.state == CampaignState.RUNNING and is_going(one):
            _tell_next(act, refs)
        elif one.state == CampaignState.DRAFTED and one.counted_at is None:
            _count_next(act, refs)


def wake(hand: Hand, *, campaign: int) -> None:
    """Go on after the rest of an hour in which as many were told, or told once more, as may be."""
    with perform(hand, CAMPAIGNED, campaign) as act:
        one = act.matter
        if one.state not in LIVE or one.rests_since is None:
            return
        one.rests_since = None
        act.save("rests_since")
        for word in (goes_on(one), *reminds_on(one)):
            outbox.publish(word, at=hand.at)


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
    one, at = act.matter, act.hand.at
    if one.hour_at is None or due(Runs(OUTREACH_HOUR, since=one.hour_at)) <= at:
        one.hour_at, one.hour_told = at, 0
        act.save("hour_at", "hour_told")
    return room_left(hourly=terms.setting(OUTREACH_HOURLY, at=at), told=one.hour_told)


def tell(act: Performance[Campaign], refs: Sequence[str]) -> None:
    """Tell these sellers, who were not told yet: their rows, notices and acts stand or fall together."""
    one, at = act.matter, act.hand.at
    if not refs:
        return
    rows = SellerTold.objects.bulk_create(
        SellerTold(campaign=one, seller_ref=ref, told_at=at) for ref in refs
    )
    template, values = CAMPAIGNS[one.code].notice, {"due": spoken(due(Runs(OUTREACH_REMINDER, since=at)))}
    for ref in refs:
        outbox.tell(to=f"seller:{ref}", template=template, values=values, about=about(one.pk), at=at)
    title, body = template.title.fill(**values), template.body.fill(**values)
    words = digest_of({"ja": title.ja, "en": title.en}, {"ja": body.ja, "en": body.en})
    ledger.record_all(act.hand, [told_act("tell", one, row, words=words) for row in rows])
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


def _tell_next(act: Performance[Campaign], refs: Sequence[str]) -> None:
    one = act.matter
    wanted = those_chosen(one, refs, displays.standings(refs, act.hand.at)).refs
    now = wanted[: room_in_hour(act)]
    tell(act, now)
    act.save("reached", "rests_since", "goes_again")
    if len(now) < len(wanted):
        one.reached, one.rests_since = now[-1] if now else one.reached, one.hour_at
    elif len(refs) == AT_A_TIME:
        one.reached = refs[-1]
        outbox.publish(goes_on(one), at=act.hand.at)
    elif one.goes_again:
        one.reached, one.goes_again = "", False
        outbox.publish(goes_on(one), at=act.hand.at)
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
    counted = those_chosen(one, refs, displays.standings(refs, act.hand.at))
    found = counted.refs
    one.found += len(found)
    one.told_before += counted.told_before
    one.unknown += counted.unknown
    one.sample = [*one.sample, *found[:2]][:SAMPLE]
    act.save("found", "told_before", "unknown", "sample", "reached", "counted_at")
    if len(refs) == AT_A_TIME:
        one.reached = refs[-1]
        outbox.publish(goes_on(one), at=act.hand.at)
        return
    one.reached, one.counted_at = "", act.hand.at
    if len(one.sample) < SAMPLE:
        one.sample = [*one.sample, *[ref for ref in found if ref not in one.sample]][:SAMPLE]
    act.record("count", found=one.found, told_before=one.told_before, unknown=one.unknown)
