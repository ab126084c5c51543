"""Who comes after a campaign has passed, or turns out to be a business, is told as well; who is gone is waited for no more."""

from __future__ import annotations

from collections.abc import Mapping

from mamori.grammar.hand import Hand
from mamori.ground.market import facts as market
from mamori.ground.matters.performance import perform
from mamori.law.outreach import Audience
from mamori.rooms.display import facts as displays
from mamori.rooms.outreach.actions.matter import CAMPAIGNED
from mamori.rooms.outreach.actions.telling import is_going, room_in_hour, tell, those_chosen
from mamori.rooms.outreach.actions.words import close_told
from mamori.rooms.outreach.lifecycle import CampaignState
from mamori.rooms.outreach.models import IS_LIVE, Campaign, SellerTold

NEWCOMERS = tuple(one.value for one in Audience if one.tells_newcomers)


def follow_seller(hand: Hand, *, seller_ref: str) -> None:
    """Tell a seller what the campaigns tell that go on and have not told it; where the hour is full, its turn comes later.

    Who has closed its account is told nothing, and waited for no more.
    """
    seller = market.seller(seller_ref)
    if seller is None:
        return
    if seller.state is market.SellerState.CLOSED:
        close_told(hand, seller_ref=seller_ref)
        return
    told = SellerTold.objects.filter(seller_ref=seller_ref).values("campaign")
    live = Campaign.objects.filter(IS_LIVE, audience__in=NEWCOMERS).exclude(pk__in=told).order_by("pk")
    numbers = list(live.values_list("pk", flat=True))
    standings = displays.standings([seller_ref], hand.at) if numbers else {}
    for number in numbers if standings.get(seller_ref) else ():
        _tell(hand, number, seller_ref, standings)


def _tell(hand: Hand, number: int, seller_ref: str, standings: Mapping[str, bool | None]) -> None:
    with perform(hand, CAMPAIGNED, number) as act:
        one = act.matter
        found = those_chosen(one, [seller_ref], standings).refs if is_going(one) else ()
        if not found:
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
