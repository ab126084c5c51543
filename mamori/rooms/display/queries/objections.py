"""What a seller can object to of what its display is asked for, and how what it objected to stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from mamori.grammar.outline import MonthCount
from mamori.grammar.text import Text
from mamori.ground.declared.counted import ExportedRow, exported
from mamori.ground.matters.objections import Objectable
from mamori.japan.calendar import Month
from mamori.law.shown import DISPLAYS, ITEMS_ASKED, ITEMS_GIVEN
from mamori.rooms.display.lifecycle import RequestState
from mamori.rooms.display.models import DisplayVersion, ItemRequest
from mamori.rooms.display.requests.queries import RequestShown, of_seller


def settled(month: Month, *, asof: datetime) -> tuple[MonthCount, ...]:
    """Return what is published of a month as it stood at `asof`."""
    written = DisplayVersion.objects.filter(told_at__gte=month.since, told_at__lt=month.until)
    asked = ItemRequest.objects.filter(asked_at__gte=month.since, asked_at__lt=month.until)
    given = asked.filter(state=RequestState.GIVEN, closed_at__lte=asof)
    return (
        MonthCount(code=DISPLAYS.code, count=written.count()),
        MonthCount(code=ITEMS_ASKED.code, count=asked.count()),
        MonthCount(code=ITEMS_GIVEN.code, count=given.count()),
    )


def settled_rows(since: datetime, until: datetime) -> Iterator[ExportedRow]:
    """Yield of each row its kind and what is counted of it, for what lies from `since` to before `until`."""
    yield from exported(
        "display", DisplayVersion.objects.filter(told_at__gte=since, told_at__lt=until), "told_at"
    )
    asked = ItemRequest.objects.filter(asked_at__gte=since, asked_at__lt=until)
    yield from exported("item_request", asked, "asked_at", "closed_at", "state")


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
        else reverse("display_seller:request-duty", args=(one.number, "refer")),
        until=one.due if one.due and one.due > at else None,
        stands=one.state_text if one.reason else None,
    )
