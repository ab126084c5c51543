"""The pages on which a consumer sees who asked the operator for them, and says what may be told."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from mamori.grammar.hand import Role
from mamori.ground.ledger import facts as ledger
from mamori.ground.matters.decision import just_did
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import by_verb, decide
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.complaints.counselling import decisions
from mamori.rooms.complaints.counselling.queries import consultations as queries
from mamori.rooms.complaints.counselling.queries.consultations import NoSuchConsultation, about_consultation


@open_to(Role.BUYER)
def consents(request: Visit) -> HttpResponse:
    """List who asked for this consumer, what may be told until when, and what can be said to it."""
    hand, of = hand_of(request), request.GET.get("of", "")
    decision = decisions.BY_SLUG.get(request.GET.get("done", ""))
    about = about_consultation(int(of)) if of.isdecimal() and len(of) < 19 else ""
    found = queries.own_consultations(hand)
    taken = ledger.acts_of([about_consultation(each.number) for each in found], kind="complaints.take_bundle")
    page = {
        "consultations": [
            (
                each,
                [one for one in decisions.OF_CONSUMER if one.is_open_to(hand.role, each)],
                taken.get(about_consultation(each.number), ()),
            )
            for each in found
        ],
        "did": just_did(hand, about, decision.done) if about and decision else None,
    }
    answer = render(request, "complaints/consents/listed.html", page)
    add_never_cache_headers(answer)
    return answer


@open_to(Role.BUYER)
def consent(request: Visit, number: int, slug: str) -> HttpResponse:
    """Let a consumer say that it is so, or that nothing may be told."""
    decision, hand = {each.slug: each for each in decisions.OF_CONSUMER}.get(slug), hand_of(request)
    if decision is None:
        raise NoSuchConsultation
    return decide(
        request,
        decision,
        queries.consultation_of(hand, number),
        again=partial(queries.consultation_of, hand, number),
        key=number,
        back=f"{reverse('complaints_public:consents')}?of={number}",
        template="complaints/consents/act.html",
        form=by_verb(decision),
        refused=(NoSuchConsultation,),
    )
