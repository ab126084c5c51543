"""Lists of staff: a seller's record, appeals, what the marketplace has not confirmed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mamori.grammar.hand import STAFF, Role
from mamori.ground.cases import facts as cases
from mamori.ground.market import facts as market
from mamori.ground.web.access import open_to
from mamori.ground.web.readinglists import show
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.enforcement import facts, lists
from mamori.rooms.enforcement.kinds import FINDING_CASE
from mamori.rooms.enforcement.rules.bounds import DECIDERS
from mamori.rooms.identity import facts as identity


@open_to(*lists.APPEALS.roles)
def appeals(request: Visit, case_page: str) -> HttpResponse:
    """Show the appeals that wait for their outcome, due first."""
    return show(request, lists.APPEALS, case_page=case_page)


@open_to(*lists.WAITING.roles)
def waiting(request: Visit, case_page: str) -> HttpResponse:
    """Show the measures and liftings that the marketplace has not confirmed, the oldest first."""
    more = {"is_lead": hand_of(request).role in DECIDERS}
    return show(
        request, lists.WAITING, case_page=case_page, template="enforcement/staff/waiting.html", more=more
    )


@open_to(*lists.HIDDEN.roles)
def hidden(request: Visit, case_page: str) -> HttpResponse:
    """Show what is provisionally hidden, the oldest first."""
    return show(request, lists.HIDDEN, case_page=case_page)


@open_to(*STAFF)
def seller(request: Visit, ref: str, case_page: str) -> HttpResponse:
    """Show a seller's record: points, measures, what was told of it; to counsel alone that it is protected."""
    known = market.seller(ref)
    shown = {
        "ref": ref,
        "told": known.contact if known and not known.erased else None,
        "protected": known is not None and known.contact.protected and hand_of(request).role is Role.COUNSEL,
        "record": facts.record(ref, at=request.received_at),
        "identity": identity.identity(ref, at=request.received_at),
        "cases": [
            (one, FINDING_CASE.topic(one.title), case_page.format(number=one.number))
            for one in cases.cases_of(abouts=facts.abouts_of(ref)).values()
        ],
    }
    return render(request, "enforcement/staff/seller.html", shown)
