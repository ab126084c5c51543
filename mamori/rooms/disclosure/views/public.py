"""Pages on which a buyer learns what the request is, asks, follows it, and reads what was disclosed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from mamori.grammar.businesstime import span_text
from mamori.grammar.hand import Role
from mamori.ground.market import facts as market
from mamori.ground.matters.decision import just_did
from mamori.ground.terms import facts as terms
from mamori.ground.web.access import EVERYONE, open_to, takes
from mamori.ground.web.decisions import decide
from mamori.ground.web.signs import Visit, hand_of
from mamori.law.article5 import (
    ABOVE,
    ARTICLE5_DEADLINES,
    DISCLOSURE_CORRECTION,
    ELEMENTS,
    LEFT_OUT,
    NEVER,
    SELLER_ITEMS,
    SILENCE_ON_OUTDATED,
    SellerItem,
)
from mamori.law.reports import OPERATOR_MAIL
from mamori.law.roads import roads
from mamori.law.settings import OPERATOR_ADDRESS, OPERATOR_NAME
from mamori.rooms.disclosure import actions
from mamori.rooms.disclosure.decisions.parties import ASK, OWN
from mamori.rooms.disclosure.lifecycle import REQUEST
from mamori.rooms.disclosure.lists import request_rows as own_rows
from mamori.rooms.disclosure.queries import requests as queries
from mamori.rooms.disclosure.queries.access import NoSuchInfoRequest, about
from mamori.rooms.disclosure.queries.letter import receipt_of
from mamori.rooms.disclosure.rules.hearing import TOLD
from mamori.rooms.disclosure.rules.road import advice
from mamori.rooms.disclosure.views.forms import CompleteForm, InfoAskForm, RoadForm
from mamori.rooms.disclosure.views.letters import letter_of

SHOWN_ORDERS = 30


def explained(request: Visit) -> dict[str, Any]:
    """Return what the help pages say, all of it from the declarations."""
    correction = span_text(terms.duration(DISCLOSURE_CORRECTION, at=request.received_at))
    return {
        "left_out": LEFT_OUT.values(),
        "silence": SILENCE_ON_OUTDATED.fill(span=correction),
        "above": ABOVE,
        "elements": ELEMENTS.items(),
        "items": SELLER_ITEMS.values(),
        "never": NEVER,
        "deadlines": [
            (one, span_text(terms.duration(one, at=request.received_at))) for one in ARTICLE5_DEADLINES
        ],
        "states": REQUEST.states.values(),
        "told": TOLD.blanked,
        "roads": roads(claim=0),
        "sent_to": [
            terms.setting(one, at=request.received_at)
            for one in (OPERATOR_NAME, OPERATOR_ADDRESS, OPERATOR_MAIL)
        ],
    }


def _may_ask(request: Visit) -> bool:
    """Say whether the way to ask is open: to buyers, and to who may be one and has not signed in."""
    return hand_of(request).role in (Role.BUYER, Role.ANONYMOUS)


@open_to(*EVERYONE)
def explain(request: Visit) -> HttpResponse:
    """Explain to buyers what may be asked for, what is looked at, and what happens when."""
    return render(request, "disclosure/public/help.html", explained(request) | {"asks": _may_ask(request)})


@open_to(*EVERYONE)
def explain_to_sellers(request: Visit) -> HttpResponse:
    """Explain to sellers when their information may be disclosed, and how they are heard."""
    return render(request, "disclosure/public/sellers.html", explained(request))


@open_to(*EVERYONE)
def road(request: Visit) -> HttpResponse:
    """Ask seven questions and say which road is nearest; none of the answers is kept."""
    form = RoadForm(request.GET or None)
    found = advice(form.replies()) if form.is_bound and form.is_valid() else None
    shown = {"form": form, "advice": found, "roads": roads(claim=0), "asks": _may_ask(request)}
    answer = render(request, "disclosure/public/road.html", shown)
    add_never_cache_headers(answer)
    return answer


@open_to(Role.BUYER)
def ask(request: Visit) -> HttpResponse:
    """Ask for the information of the seller of an order of one's own."""
    buyer_ref = hand_of(request).whose.removeprefix("buyer:")
    orders = market.orders_of(buyer_ref, limit=SHOWN_ORDERS)
    named = market.order(request.GET.get("order", "")[:64])
    if named is not None and named.buyer_ref == buyer_ref and named not in orders:
        orders = (named, *orders)
    answer = decide(
        request,
        ASK,
        orders,
        again=lambda: orders,
        key="",
        back=reverse("disclosure_public:requests"),
        template="disclosure/public/ask.html",
        form=partial(InfoAskForm, orders=orders),
        initial=lambda _: {"order": request.GET.get("order", "")},
        flash=True,
    )
    add_never_cache_headers(answer)
    return answer


@open_to(Role.BUYER)
def requests(request: Visit) -> HttpResponse:
    """Show a buyer its requests."""
    answer = render(
        request, "disclosure/public/requests.html", {"requests": own_rows(queries.of_buyer(hand_of(request)))}
    )
    add_never_cache_headers(answer)
    return answer


@open_to(Role.BUYER)
def one(request: Visit, number: int) -> HttpResponse:
    """Show a buyer one of its requests, and nothing yet of what was disclosed."""
    return _show(request, number, None)


@open_to(Role.BUYER)
@takes("POST")
def opened(request: Visit, number: int) -> HttpResponse:
    """Open what was disclosed, which is recorded."""
    return _show(request, number, actions.receive(hand_of(request), request=number))


def _show(request: Visit, number: int, given: Mapping[SellerItem, str] | None) -> HttpResponse:
    hand = hand_of(request)
    page = queries.request_of(hand, number)
    asked = request.GET.get("done", "")
    shown = {
        "page": page,
        "given": [(item.text, value) for item, value in (given or {}).items()],
        "opened": given is not None,
        "did": just_did(hand, about(number), OWN[asked].done if asked in OWN else None),
        "can": [each for each in OWN.values() if each.is_open_to(hand.role, page)],
        "receipt": receipt_of(number),
    }
    answer = render(request, "disclosure/public/request.html", shown)
    add_never_cache_headers(answer)
    return answer


@open_to(Role.BUYER)
def act(request: Visit, number: int, slug: str) -> HttpResponse:
    """Let a buyer complete or withdraw its request."""
    decision, hand = OWN.get(slug), hand_of(request)
    if decision is None:
        raise NoSuchInfoRequest
    page = queries.request_of(hand, number)
    form = partial(CompleteForm, known=page.known)
    return decide(
        request,
        decision,
        page,
        again=lambda: queries.request_of(hand, number),
        key=number,
        back=reverse("disclosure_public:one", args=(number,)),
        template="disclosure/public/act.html",
        form=form if slug == "complete" else None,
        refused=(NoSuchInfoRequest,),
    )


@open_to(Role.BUYER)
@takes("POST")
def paper(request: Visit, number: int) -> HttpResponse:
    """Give the decision as a PDF to who asked, which is recorded where something was disclosed."""
    return letter_of(request, number)
