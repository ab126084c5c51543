"""What everybody may read of a seller by law: as a page, a fragment for the shop's own page, JSON and JSON-LD."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.hand import Role
from mamori.ground.market import facts as market
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.signs import Visit, hand_of
from mamori.law.display import ITEMS, DisplayItem
from mamori.rooms.display import facts
from mamori.rooms.display.endpoints.displays import NoDisplay
from mamori.rooms.display.facts import ShownFact
from mamori.rooms.display.rules.onrequest import leaves_out

PROPERTIES = {
    DisplayItem.NAME: "legalName",
    DisplayItem.ADDRESS: "address",
    DisplayItem.PHONE: "telephone",
    DisplayItem.MAIL: "email",
}
"""What schema.org calls an item of an Organization."""


@open_to(*EVERYONE)
def page(request: Visit, ref: str) -> HttpResponse:
    """Show what a seller displays."""
    page = _shown(ref)
    is_buyers = hand_of(request).role in (Role.BUYER, Role.ANONYMOUS)
    page["asks"] = is_buyers and leaves_out(page["shown"].told)
    return render(request, "display/public/page.html", page)


@open_to(*EVERYONE)
def fragment(request: Visit, ref: str) -> HttpResponse:
    """Give the same without a page around it, to stand in the shop's own."""
    return render(request, "display/public/fragment.html", _shown(ref))


@open_to(*EVERYONE)
def machine(request: Visit, ref: str) -> HttpResponse:
    """Give the same for software, a shop's own page among it: everybody may read it, so that pages of all origins may."""
    page = _shown(ref)
    found: ShownFact = page["shown"]
    assert found.told is not None
    said, on_request = found.told.said, found.told.on_request
    body = {
        "seller_ref": ref,
        "version": found.version,
        "since": found.since.isoformat(),
        "items": [
            {
                "item": item.value,
                "title": {"ja": one.text.ja, "en": one.text.en},
                "said": said.get(item),
                "on_request": item in on_request,
            }
            for item, one in ITEMS.items()
            if item in said or item in on_request
        ],
        "text": found.text,
        "proven": [
            {"channel": one.channel, "at": one.at.isoformat(), "contact": one.contact or None}
            for one in page["proven"]
        ],
    }
    answer = JsonResponse(body, json_dumps_params={"ensure_ascii": False})
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


@open_to(*EVERYONE)
def linked(request: Visit, ref: str) -> HttpResponse:
    """Give the same as schema.org knows it."""
    page = _shown(ref)
    found: ShownFact = page["shown"]
    assert found.told is not None
    said = found.told.said
    body = {
        "@context": "https://schema.org",
        "@type": "OnlineStore",
        "name": page["shop"],
        "url": request.build_absolute_uri(reverse("display_public:page", args=(ref,))),
        **{name: said[item] for item, name in PROPERTIES.items() if item in said},
    }
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False}, content_type="application/ld+json")


def _shown(ref: str) -> dict[str, Any]:
    seller, found = market.seller(ref), facts.public(ref)
    if seller is None or found is None:
        raise NoDisplay
    return {
        "shown": found,
        "shop": seller.name,
        "ref": ref,
        "proven": facts.proven(ref),
    }
