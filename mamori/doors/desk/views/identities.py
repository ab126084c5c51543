"""Sellers whose identity check has ended or ends soon: nothing is paid to them once it is over."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mamori.ground.market import facts as market
from mamori.ground.web.access import STAFF, open_to
from mamori.ground.web.signs import Visit
from mamori.rooms.identity import facts as identity

MOST = 200


@open_to(*STAFF)
def identities(request: Visit) -> HttpResponse:
    """Show them, the longest over first."""
    rows = identity.ending(at=request.received_at, limit=MOST + 1)
    shops = market.shop_names({row.seller_ref for row in rows})
    shown = {
        "rows": [(row, shops.get(row.seller_ref, "")) for row in rows[:MOST]],
        "days": identity.SOON,
        "most": MOST if len(rows) > MOST else 0,
    }
    return render(request, "desk/identities.html", shown)
