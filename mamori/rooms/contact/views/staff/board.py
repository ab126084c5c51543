"""The lists behind the numbers of a lead's board: what falls due soon, broken promises, mediations that nobody took."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mamori.grammar.hand import STAFF
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit
from mamori.rooms.contact.queries import board
from mamori.rooms.contact.queries.board import AWAITED, WINDOWS, Awaited
from mamori.rooms.contact.views.staff.cases import Back


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
