"""Pages on which a seller reads that its information is asked for, and states its view."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from mamori.grammar.businesstime import span_text
from mamori.grammar.hand import SELLERS
from mamori.ground.matters.decision import Decision, just_did
from mamori.ground.terms import facts as terms
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import decide
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.signs import Visit, hand_of
from mamori.law.article5 import DISCLOSURE_CORRECTION, SILENCE_ON_OUTDATED
from mamori.rooms.disclosure.decisions.parties import CONFIRM, VIEW
from mamori.rooms.disclosure.queries import requests as queries
from mamori.rooms.disclosure.queries.access import NoSuchInfoRequest, about
from mamori.rooms.disclosure.queries.requests import InfoRequestShown
from mamori.rooms.disclosure.views.forms import ConfirmForm, SellerViewForm


@open_to(*SELLERS)
def asked(request: Visit) -> HttpResponse:
    """Show a seller the requests on which it is or was heard."""
    hand = hand_of(request)
    found = queries.of_seller(hand)
    of = {f"{one.number}": one.number for one in found}.get(request.GET.get("of", ""))
    did = just_did(hand, about(of), {**VIEW.done, **CONFIRM.done}) if of else None
    span = span_text(terms.duration(DISCLOSURE_CORRECTION, at=hand.at))
    shown = {"requests": found, "did": did, "silence": SILENCE_ON_OUTDATED.fill(span=span)}
    answer = render(request, "disclosure/seller/requests.html", shown)
    add_never_cache_headers(answer)
    return answer


@open_to(*SELLERS)
def view(request: Visit, number: int) -> HttpResponse:
    """Let a seller state its view."""
    return _decide(request, number, VIEW, SellerViewForm)


@open_to(*SELLERS)
def confirm(request: Visit, number: int) -> HttpResponse:
    """Let a seller say that what it called outdated is right as it is registered."""
    return _decide(request, number, CONFIRM, ConfirmForm)


def _decide(
    request: Visit, number: int, decision: Decision[InfoRequestShown], form: Callable[..., HouseForm]
) -> HttpResponse:
    hand = hand_of(request)
    page = queries.request_of(hand, number)
    return decide(
        request,
        decision,
        page,
        again=lambda: queries.request_of(hand, number),
        key=number,
        back=f"{reverse('disclosure_seller:requests')}?of={number}",
        template="disclosure/seller/view.html",
        form=partial(form, page=page),
        refused=(NoSuchInfoRequest,),
    )
