"""All formal notices of a party: those that go on, and those that ended."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.hand import SELLERS, Role
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.contact.queries import formals

ENDED = "ended"


@open_to(Role.BUYER)
def of_buyer(request: Visit) -> HttpResponse:
    """Show a buyer every notice that was sent."""
    return _listed(request, home=reverse("contact_buyer:threads"), page="contact_buyer:formal")


@open_to(*SELLERS)
def of_seller(request: Visit) -> HttpResponse:
    """Show a seller every notice that arrived."""
    return _listed(request, home=reverse("contact_seller:inbox"), page="contact_seller:formal")


def _listed(request: Visit, *, home: str, page: str) -> HttpResponse:
    hand, ended = hand_of(request), request.GET.get("show") == ENDED
    shown = {
        "notices": formals.listed(hand, ended=ended, cursor=request.GET.get("cursor", "")),
        "ended": ended,
        "home": home,
        "page": page,
        "is_seller": hand.role in SELLERS,
    }
    return render(request, "contact/formal/list.html", shown)
