"""Worklists of staff: the call list, recoveries, unconfirmed refunds, looks to be looked at."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.businesstime import Hours
from mamori.grammar.hand import STAFF
from mamori.grammar.refusal import Refusal
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import told
from mamori.rooms.contact import actions, staffforms
from mamori.rooms.contact.actions.calls import Outcome
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.models import Call
from mamori.rooms.contact.once import new_token, once
from mamori.rooms.contact.queries import worklists
from mamori.rooms.contact.views.staff.cases import Back, matter_of


@open_to(*STAFF)
def calls(request: Visit, case_page: str) -> HttpResponse:
    """Show the calls owed, the oldest first."""
    page = worklists.calls(cursor=request.GET.get("cursor", ""))
    return render(request, "contact/staff/calls.html", {"page": page, "done": "done" in request.GET})


@open_to(*STAFF)
def call(request: Visit, number: str, call: int, case_page: str) -> HttpResponse:
    """Show the form for a call's outcome, or record it.

    :raises NothingHere: when there is no such call in that case.
    """
    matter = matter_of(request, number)
    if matter.trouble is None or not Call.objects.filter(pk=call, trouble=matter.trouble).exists():
        raise NothingHere()
    form, status, hand = (
        staffforms.CallForm(request.POST if request.method == "POST" else None),
        200,
        hand_of(request),
    )
    if request.method == "POST":
        status = 422
        if form.is_valid():
            hours = form.cleaned_data["hours"]

            def do() -> str:
                actions.record_call(
                    hand,
                    call=call,
                    outcome=Outcome(form.cleaned_data["outcome"]),
                    promised_within=Hours(int(hours)) if hours else None,
                )
                return f"{reverse('contact_staff:calls')}?done=call"

            try:
                return HttpResponseRedirect(once(hand, request.POST.get("token", ""), do))
            except NothingHere:
                raise
            except Refusal as refusal:
                form.add_error(None, told(refusal.sentence))
                status = refusal.status
    shown = {
        "matter": matter,
        "form": form,
        "call": call,
        "back": Back(case_page).to(matter.case.number),
        "token": request.POST.get("token") or new_token(),
    }
    return render(request, "contact/staff/call.html", shown, status=status)


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
    return render(request, "contact/staff/looks.html", {"looks": worklists.looks()})
