"""Pages on which staff read the words to say, note what they bore on a call, and a lead notes what was done for them."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.hand import STAFF
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import decide
from mamori.ground.web.readinglists import show
from mamori.ground.web.signs import Visit, hand_of
from mamori.law.care import AT_ONCE, CONDUCT, END_OF_CALL
from mamori.rooms.complaints.decisions.care import FLAG, GIVE
from mamori.rooms.complaints.lists import CARE_LIST
from mamori.rooms.complaints.queries.care import NoSuchCare, care_of, is_there


@open_to(*STAFF)
def listed(request: Visit, case_page: str) -> HttpResponse:
    """List the records of abuse: to leads and counsel all, to anybody else their own."""
    return show(request, CARE_LIST, case_page=case_page)


@open_to(*STAFF)
def flag(request: Visit, case_page: str) -> HttpResponse:
    """Show what is said upon each kind of abuse, and note it about the matter that the address names."""
    del case_page
    about = request.GET.get("about", "")[:64]
    if not is_there(about):
        raise NoSuchCare
    shown = {"rules": [(*rule, kind in AT_ONCE) for kind, rule in CONDUCT.items()], "end": END_OF_CALL}
    template, back = "complaints/staff/flag.html", reverse("complaints_staff:cares")
    return decide(
        request,
        FLAG,
        shown,
        again=lambda: shown,
        key=about,
        back=back,
        template=template,
        refused=(NoSuchCare,),
        flash=True,
    )


@open_to(*STAFF)
def one(request: Visit, number: int, case_page: str) -> HttpResponse:
    """Show a record, and to another lead the form for what was done for who bore it."""
    del case_page
    template, back = "complaints/staff/care.html", reverse("complaints_staff:cares")
    shown = partial(care_of, hand_of(request), number)
    page = shown()
    if not GIVE.is_open_to(request.presence.role, page):
        return render(request, template, {"page": page, "back": back})
    return decide(
        request,
        GIVE,
        page,
        again=shown,
        key=number,
        back=back,
        template=template,
        refused=(NoSuchCare,),
        flash=True,
    )
