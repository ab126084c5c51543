"""Worklists of staff: the call list, recoveries, unconfirmed refunds, looks to be looked at."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mamori.grammar.hand import STAFF
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit
from mamori.rooms.contact.queries import worklists
from mamori.rooms.contact.views.staff.cases import Back
from mamori.rooms.display import facts as display


@open_to(*STAFF)
def calls(request: Visit, case_page: str) -> HttpResponse:
    """Show the calls owed, danger first and then what is due soonest; and those for another part of the day."""
    at, cursor = request.received_at, request.GET.get("cursor", "")
    shown = {"page": worklists.calls(at=at, cursor=cursor), "later": () if cursor else worklists.later(at=at)}
    proofs = () if cursor else display.calls_owed()
    return render(request, "contact/staff/calls.html", {**shown, "proofs": proofs})


@open_to(*STAFF)
def recoveries(request: Visit, case_page: str) -> HttpResponse:
    """Show the open recoveries."""
    page = worklists.recoveries(cursor=request.GET.get("cursor", ""))
    return render(request, "contact/staff/recoveries.html", {"page": page, "case_page": Back(case_page)})


@open_to(*STAFF)
def refunds(request: Visit, case_page: str) -> HttpResponse:
    """Show the refunds that the marketplace has not confirmed."""
    page = worklists.unconfirmed(cursor=request.GET.get("cursor", ""))
    return render(request, "contact/staff/refunds.html", {"page": page, "case_page": Back(case_page)})


@open_to(*STAFF)
def looks(request: Visit, case_page: str) -> HttpResponse:
    """Show the emergency looks that wait for another person."""
    shown = {"looks": worklists.looks(), "case_page": Back(case_page)}
    return render(request, "contact/staff/looks.html", shown)
