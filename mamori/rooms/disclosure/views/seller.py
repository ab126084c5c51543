"""Pages on which a seller reads that its information is asked for, and states its view."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from mamori.grammar.hand import SELLERS
from mamori.ground.matters.decision import just_did
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import decide, form_of
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.disclosure.decisions.parties import VIEW
from mamori.rooms.disclosure.queries import requests as queries
from mamori.rooms.disclosure.queries.access import NoSuchInfoRequest, about


@open_to(*SELLERS)
def asked(request: Visit) -> HttpResponse:
    """Show a seller the requests on which it is or was heard."""
    hand = hand_of(request)
    found = queries.of_seller(hand)
    of = {f"{one.number}": one.number for one in found}.get(request.GET.get("of", ""))
    did = just_did(hand, about(of), VIEW.done) if of else None
    answer = render(request, "disclosure/seller/requests.html", {"requests": found, "did": did})
    add_never_cache_headers(answer)
    return answer


@open_to(*SELLERS)
def view(request: Visit, number: int) -> HttpResponse:
    """Let a seller state its view.

    :raises NoSuchInfoRequest: when there is none on which this seller is heard.
    """
    hand = hand_of(request)
    page = queries.request_of(hand, number)
    return decide(
        request,
        VIEW,
        page,
        again=lambda: queries.request_of(hand, number),
        key=number,
        back=f"{reverse('disclosure_seller:requests')}?of={number}",
        template="disclosure/seller/view.html",
        form=form_of(VIEW.verb, by_party=True),
        refused=(NoSuchInfoRequest,),
    )
