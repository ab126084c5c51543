"""Who comes after a campaign has passed, or turns out to be a business, is told as well."""

from __future__ import annotations

from mamori.grammar.hand import Hand
from mamori.ground.market import facts as market
from mamori.ground.matters.performance import perform
from mamori.law.outreach import Audience
from mamori.rooms.outreach.actions.matter import CAMPAIGNED
from mamori.rooms.outreach.actions.telling import room_in_hour, tell, those_chosen
from mamori.rooms.outreach.lifecycle import LIVE, CampaignState
from mamori.rooms.outreach.models import IS_LIVE, Campaign, SellerTold

NEWCOMERS = tuple(one.value for one in Audience if one.tells_newcomers)


def follow_seller(hand: Hand, *, seller_ref: str) -> None:
    """Tell a seller what the campaigns tell that go on and have not told it; where the hour is full, its turn comes later."""
    told = SellerTold.objects.filter(seller_ref=seller_ref).values("campaign")
    live = Campaign.objects.filter(IS_LIVE, audience__in=NEWCOMERS).exclude(pk__in=told).order_by("pk")
    for number in live.values_list("pk", flat=True):
        _tell(hand, number, seller_ref)


def _tell(hand: Hand, number: int, seller_ref: str) -> None:
    with perform(hand, CAMPAIGNED, number) as act:
        one = act.matter
        if one.state not in LIVE or SellerTold.objects.filter(campaign=one, seller_ref=seller_ref).exists():
            return
        found, _ = those_chosen(hand, one, [seller_ref])
        seller = market.seller(seller_ref)
        if not found or seller is None or seller.state is market.SellerState.CLOSED:
            return
        if room_in_hour(act):
            tell(act, found)
            act.record("newcomer")
        elif one.state == CampaignState.RUNNING:
            one.goes_again = True
            act.save("goes_again")
        else:
            act.step("go_round")
            one.reached, one.rests_since = "", one.hour_at
            act.save("reached", "rests_since")
            act.record("go_on", told=0)
