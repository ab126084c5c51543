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
from mamori.ground.web.once import form_key, new_token, once
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import told
from mamori.rooms.contact import actions, calling, staffforms
from mamori.rooms.contact.actions.calls import Outcome
from mamori.rooms.contact.dangerforms import BuyerCallForm
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.models import Call
from mamori.rooms.contact.queries.staff import StaffMatter
from mamori.rooms.contact.rules.calling import Whom
from mamori.rooms.contact.views.staff.cases import Back, matter_of


@open_to(*STAFF)
def call(request: Visit, number: str, call: int, case_page: str) -> HttpResponse:
    """Show what to say and the form for the outcome, or record it and go back to the case; the seller's call or the buyer's.

    :raises NothingHere: when there is no such call in that case.
    """
    matter, back = matter_of(request, number), Back(case_page)
    found = Call.objects.filter(pk=call, trouble=matter.trouble).first() if matter.trouble else None
    if found is None:
        raise NothingHere()
    if request.method != "POST":
        return _show(request, matter, found, form_for(matter, found.whom), back)
    form = form_for(matter, found.whom, request.POST)
    if not form.is_valid():
        return _show(request, matter, found, form, back, status=422)
    hand = hand_of(request)

    def do() -> str:
        if isinstance(form, BuyerCallForm) and form.cleaned_data["outcome"] is Outcome.REACHED:
            actions.reach_buyer(
                hand, trouble=found.trouble_id, answers=form.answers(), note=form.cleaned_data["note"]
            )
            return back.to(matter.case.number, "reach")
        _record(hand, call, form.cleaned_data)
        return back.to(matter.case.number, "call")

    try:
        return HttpResponseRedirect(once(hand, form_key(request), do))
    except NothingHere:
        raise
    except Refusal as refusal:
        form.add_error(None, told(refusal.sentence))
        return _show(request, matter, found, form, back, status=refusal.status)


type Form = staffforms.CallForm | BuyerCallForm


def form_for(matter: StaffMatter, whom: str = Whom.SELLER, data: Any = None) -> Form:
    """Return the form for the case's waiting call, with the numbers that it can be made under.

    The keys of the outcomes are the buyer's while both wait.
    """
    if whom == Whom.BUYER:
        return BuyerCallForm(data)
    lines = matter.call.lines if matter.call else calling.lines(matter.thread.seller_ref)
    return staffforms.CallForm(data, lines=lines, by_keys=matter.reach is None)


def _record(hand: Hand, call: int, given: dict[str, Any]) -> None:
    hours = given.get("hours")
    actions.record_call(
        hand,
        call=call,
        outcome=Outcome(given["outcome"]),
        promised_within=Hours(int(hours)) if hours else None,
        promised_by=given.get("by"),
        line=given.get("line") or 0,
        note=given["note"],
    )


def _show(
    request: Visit,
    matter: StaffMatter,
    call: Call,
    form: Form,
    back: Back,
    *,
    status: int = 200,
) -> HttpResponse:
    shown = {
        "matter": matter,
        "form": form,
        "call": call.pk,
        "is_buyers": call.whom == Whom.BUYER,
        "back": back.to(matter.case.number),
        "token": request.POST.get("token") or new_token(),
    }
    answer = render(request, "contact/staff/call.html", shown, status=status)
    add_never_cache_headers(answer)
    return answer
