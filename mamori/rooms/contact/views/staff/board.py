"""Lists beside the queue: those behind the numbers of a lead's board, worklists of staff, cases that stand still."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import HEADS, STAFF
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import decide
from mamori.ground.web.forms import DayField
from mamori.ground.web.signs import Visit
from mamori.ground.web.wording import said, said_text
from mamori.rooms.contact.decisions.matters import HOLD
from mamori.rooms.contact.queries import board
from mamori.rooms.contact.queries.board import AWAITED, WINDOWS, Awaited
from mamori.rooms.contact.queries.standstill import standstills
from mamori.rooms.contact.rules.standstill import CAUSES, Cause
from mamori.rooms.contact.staffforms import ReasonForm
from mamori.rooms.contact.views.staff.cases import Back
from mamori.rooms.display import facts as display


@open_to(*STAFF)
def due(request: Visit, case_page: str) -> HttpResponse:
    """Show what falls due within `?within=8` business hours, `?awaited=answer` or `solution`."""
    given, windows = request.GET.get("awaited", ""), [str(hours) for hours in WINDOWS]
    awaited = Awaited(given) if given in set(Awaited) else Awaited.ANSWER
    within = int(request.GET["within"]) if request.GET.get("within") in windows else WINDOWS[0]
    page = board.coming(awaited, within, at=request.received_at, cursor=request.GET.get("cursor", ""))
    shown = {
        "page": page,
        "case_page": Back(case_page),
        "title": AWAITED[awaited],
        "within": within,
        "choices": [
            (AWAITED[one], hours, f"?awaited={one}&within={hours}", (one, hours) == (awaited, within))
            for one in Awaited
            for hours in WINDOWS
        ],
    }
    return render(request, "contact/staff/due.html", shown)


@open_to(*STAFF)
def promises(request: Visit, case_page: str) -> HttpResponse:
    """Show the promises by telephone that were broken in troubles that have not ended."""
    page = board.promises(cursor=request.GET.get("cursor", ""))
    return render(request, "contact/staff/promises.html", {"page": page, "case_page": Back(case_page)})


@open_to(*STAFF)
def agreements(request: Visit, case_page: str) -> HttpResponse:
    """Show the agreements that were not kept in troubles that have not ended."""
    page = board.agreements(cursor=request.GET.get("cursor", ""))
    return render(request, "contact/staff/agreements.html", {"page": page, "case_page": Back(case_page)})


@open_to(*STAFF)
def mediations(request: Visit, case_page: str) -> HttpResponse:
    """Show the mediations that nobody has taken on."""
    page = board.mediations(cursor=request.GET.get("cursor", ""))
    return render(request, "contact/staff/mediations.html", {"page": page, "case_page": Back(case_page)})


@open_to(*STAFF)
def calls(request: Visit, case_page: str) -> HttpResponse:
    """Show the calls owed, danger first and then what is due soonest; and those for another part of the day."""
    at, cursor = request.received_at, request.GET.get("cursor", "")
    shown = {"page": board.calls(at=at, cursor=cursor), "later": () if cursor else board.later(at=at)}
    proofs = () if cursor else display.calls_owed()
    return render(request, "contact/staff/calls.html", {**shown, "proofs": proofs})


@open_to(*STAFF)
def recoveries(request: Visit, case_page: str) -> HttpResponse:
    """Show the open recoveries."""
    page = board.recoveries(cursor=request.GET.get("cursor", ""))
    return render(request, "contact/staff/recoveries.html", {"page": page, "case_page": Back(case_page)})


@open_to(*STAFF)
def refunds(request: Visit, case_page: str) -> HttpResponse:
    """Show the refunds that the marketplace has not confirmed."""
    page = board.unconfirmed(cursor=request.GET.get("cursor", ""))
    return render(request, "contact/staff/refunds.html", {"page": page, "case_page": Back(case_page)})


@open_to(*STAFF)
def looks(request: Visit, case_page: str) -> HttpResponse:
    """Show the emergency looks that wait for another person."""
    shown = {"looks": board.looks(), "case_page": Back(case_page)}
    return render(request, "contact/staff/looks.html", shown)


class StandstillForm(ReasonForm):
    """Which cases, what the parties are told, the last day on which they stand still, and why."""

    cases = forms.CharField(
        label=said("受付番号", "Case numbers"),
        help_text=said("空白か改行で区切って、50件まで。", "Up to 50, with spaces or lines between them."),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3, "inputmode": "numeric"}),
    )
    cause = forms.TypedChoiceField(
        label=said("当事者に伝える理由", "What the parties are told"),
        choices=[(cause.value, said_text(text)) for cause, text in CAUSES.items()],
        coerce=Cause,
        widget=forms.RadioSelect,
    )
    until = DayField(label=said("止める最後の日", "Last day on which they stand still"))
    field_order = ("cases", "cause", "until")


@open_to(*HEADS)
def listed(request: Visit, case_page: str) -> HttpResponse:
    """Show the cases that stand still, let more of them do so, or those that a link names for longer or shorter."""
    shown = partial(standstills, request.received_at, case_page)
    return decide(
        request,
        HOLD,
        shown(),
        again=shown,
        back=reverse("contact_staff:suspensions"),
        template="contact/staff/suspensions.html",
        form=StandstillForm,
        initial=lambda shown: {"cases": request.GET.get("cases", "")},
        flash=True,
    )
