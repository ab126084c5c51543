"""One inbox for objections: all that a seller can object to, until when, and how stands what it has objected to."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render

from mamori.grammar.hand import SELLERS
from mamori.ground.matters.objections import Objectable
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.display import facts as display
from mamori.rooms.enforcement import facts as enforcement
from mamori.rooms.payouts import facts as payouts


@open_to(*SELLERS)
def objections(request: Visit) -> HttpResponse:
    """Show what can be objected to, due first, and what was objected to."""
    found = gathered(hand_of(request).whose.removeprefix("seller:"), request.received_at)
    can = [one for one in found if one.stands is None]
    shown = {
        "can": sorted(can, key=lambda one: (one.until is None, one.until or request.received_at)),
        "made": [one for one in found if one.stands is not None],
    }
    return render(request, "seller/objections.html", shown)


def gathered(ref: str, at: datetime) -> tuple[Objectable, ...]:
    """Return what each room tells: measures and deductions, holds of proceeds, what displays are asked for."""
    return (
        *enforcement.objections(ref, at=at),
        *payouts.objections(ref, at=at),
        *display.objections(ref, at=at),
    )
