"""The page on which a seller reads what it was told, and says that it did."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from mamori.grammar.hand import SELLERS
from mamori.ground.matters.decision import just_did
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import decide
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.outreach.actions import NoSuchCampaign
from mamori.rooms.outreach.actions.matter import about_told
from mamori.rooms.outreach.decisions import campaigns as decisions
from mamori.rooms.outreach.queries import campaigns as queries
from mamori.rooms.outreach.queries.campaigns import ToldShown


@open_to(*SELLERS)
def told(request: Visit) -> HttpResponse:
    """Show a seller what it was told, the newest first."""
    hand, decision = hand_of(request), decisions.ACKNOWLEDGE
    found = queries.told_to(_ref(request))
    of = request.GET.get("of", "")
    number = next((one.number for one in found if str(one.number) == of), 0)
    claimed = decision.done if request.GET.get("done") == decision.slug else None
    did = just_did(hand, about_told(number), claimed)
    answer = render(request, "outreach/seller/told.html", {"told": found, "did": did, "decision": decision})
    add_never_cache_headers(answer)
    return answer


@open_to(*SELLERS)
def acknowledge(request: Visit, number: int) -> HttpResponse:
    """Let a seller say that it read something and checked its display."""

    def shown() -> ToldShown:
        found = queries.told_one(_ref(request), number)
        if found is None:
            raise NoSuchCampaign
        return found

    answer = decide(
        request,
        decisions.ACKNOWLEDGE,
        shown(),
        again=shown,
        key=number,
        back=f"{reverse('outreach_seller:told')}?of={number}",
        template="outreach/seller/acknowledge.html",
        refused=(NoSuchCampaign,),
    )
    add_never_cache_headers(answer)
    return answer


def _ref(request: Visit) -> str:
    return hand_of(request).whose.removeprefix("seller:")
