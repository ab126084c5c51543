"""What a seller showed when somebody ordered, beside what it shows now: for the buyer, the seller and staff."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mamori.grammar.hand import SELLERS, Role
from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact
from mamori.ground.web.access import STAFF, open_to
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.display import facts
from mamori.rooms.display.endpoints.displays import NoDisplay, any_order, own_order
from mamori.rooms.display.queries.beside import beside
from mamori.rooms.display.queries.goods import seen_goods
from mamori.rooms.display.rules.onrequest import leaves_out


@open_to(Role.BUYER, *SELLERS)
def of_own(request: Visit, order: str) -> HttpResponse:
    """Show it to the buyer of an order, and to its seller."""
    return _page(request, own_order(hand_of(request), order))


@open_to(*STAFF)
def of_any(request: Visit, order: str, case_page: str) -> HttpResponse:
    """Show it to staff."""
    del case_page
    return _page(request, any_order(order))


def _page(request: Visit, found: OrderFact) -> HttpResponse:
    then = facts.seen(found)
    if then is None or then.told is None:
        raise NoDisplay
    now = facts.public(found.seller_ref)
    pairs = beside(then.told, now.told) if now and now.told else ()
    shop = market.seller(found.seller_ref)
    shown = {
        "order": found,
        "shown": then,
        "is_shown": now is not None,
        "pairs": pairs,
        "goods": seen_goods(found),
        "shop": shop.name if shop else "",
        "asks": bool(hand_of(request).role is Role.BUYER and now and now.told and leaves_out(now.told)),
    }
    return render(request, "display/seen.html", shown)
