"""One call: why, under which number, what to say; and the form for how it went."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from mamori.grammar.businesstime import Hours
from mamori.grammar.hand import STAFF, Hand
from mamori.grammar.refusal import Refusal
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import told
from mamori.rooms.contact import actions, calling, staffforms
from mamori.rooms.contact.actions.calls import Outcome
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.models import Call
from mamori.rooms.contact.once import form_key, new_token, once
from mamori.rooms.contact.queries.staff import StaffMatter
from mamori.rooms.contact.views.staff.cases import Back, matter_of


@open_to(*STAFF)
def call(request: Visit, number: str, call: int, case_page: str) -> HttpResponse:
    """Show what to say and the form for the outcome, or record it and go back to the case.

    :raises NothingHere: when there is no such call in that case.
    """
    matter, back = matter_of(request, number), Back(case_page)
    if matter.trouble is None or not Call.objects.filter(pk=call, trouble=matter.trouble).exists():
        raise NothingHere()
    if request.method != "POST":
        return _show(request, matter, call, form_for(matter), back)
    form = form_for(matter, request.POST)
    if not form.is_valid():
        return _show(request, matter, call, form, back, status=422)
    hand = hand_of(request)

    def do() -> str:
        _record(hand, call, form.cleaned_data)
        return back.to(matter.case.number, "call")

    try:
        return HttpResponseRedirect(once(hand, form_key(request), do))
    except NothingHere:
        raise
    except Refusal as refusal:
        form.add_error(None, told(refusal.sentence))
        return _show(request, matter, call, form, back, status=refusal.status)


def form_for(matter: StaffMatter, data: Any = None) -> staffforms.CallForm:
    """Return the form for the case's waiting call, with the numbers that it can be made under."""
    lines = matter.call.lines if matter.call else calling.lines(matter.thread.seller_ref)
    return staffforms.CallForm(data, lines=lines)


def _record(hand: Hand, call: int, given: dict[str, Any]) -> None:
    hours = given["hours"]
    actions.record_call(
        hand,
        call=call,
        outcome=Outcome(given["outcome"]),
        promised_within=Hours(int(hours)) if hours else None,
        promised_by=given["by"],
        line=given.get("line") or 0,
        note=given["note"],
    )


def _show(
    request: Visit,
    matter: StaffMatter,
    call: int,
    form: staffforms.CallForm,
    back: Back,
    *,
    status: int = 200,
) -> HttpResponse:
    shown = {
        "matter": matter,
        "form": form,
        "call": call,
        "back": back.to(matter.case.number),
        "token": request.POST.get("token") or new_token(),
    }
    answer = render(request, "contact/staff/call.html", shown, status=status)
    add_never_cache_headers(answer)
    return answer
