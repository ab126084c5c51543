"""What a seller can object to of what its display is asked for, and how what it objected to stands."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from mamori.grammar.text import Text
from mamori.ground.matters.objections import Objectable
from mamori.rooms.display.queries.requests import RequestShown, of_seller

DEMAND = Text("表示の請求（{items}）", "request for omitted items ({items})")


def objections(seller_ref: str, *, at: datetime) -> tuple[Objectable, ...]:
    """Return the requests that a seller can refer to the marketplace, then those that it has, the newest first."""
    found = of_seller(seller_ref)
    can = [one for one in found if one.is_owed and not one.reason]
    return tuple(_told(one, at) for one in (*can, *(one for one in found if one.reason)))


def _told(one: RequestShown, at: datetime) -> Objectable:
    page = reverse("display_seller:requests")
    return Objectable(
        title=DEMAND.fill(items=one.items_text),
        number="",
        path=f"{page}?of={one.number}"
        if one.reason
        else reverse("display_seller:request", args=(one.number, "refer")),
        until=one.due if one.due and one.due > at else None,
        stands=one.state_text if one.reason else None,
    )
