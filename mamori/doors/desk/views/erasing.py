"""Erasures: what was asked for and waits, and a form to ask for one; it is done once somebody else has agreed."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.doors.desk import forms
from mamori.doors.desk.people import staff
from mamori.grammar.hand import Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.market import actions as market
from mamori.ground.people import facts as people
from mamori.ground.people.facts import Matter
from mamori.ground.web.access import open_to
from mamori.ground.web.signing import choices
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import told
from mamori.law.grounds import ERASURE_GROUNDS

PROPOSED = Text(
    "消去を申請しました。まだ何も消えていません。下の「承認を待っている消去」で、いつ消去されるかを確かめられます。",
    "The erasure is proposed; nothing is erased yet. “Waiting to be erased” below says when it will be.",
)
MOST = 1_000


@open_to(Role.LEAD, Role.COUNSEL, step_up=True)
def listed(request: Visit) -> HttpResponse:
    """Show the erasures that wait, and propose one."""
    form = forms.ErasingForm(request.POST if request.method == "POST" else None, grounds=ERASURE_GROUNDS)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _propose(request, form.cleaned_data)
                return HttpResponseRedirect(f"{reverse('desk:erasing')}?done=proposed")
            except Refusal as refusal:
                form.add_error(None, told(refusal.sentence))
                status = refusal.status
    named = staff(request.received_at).named
    waiting = [one for one in people.open_proposals(limit=MOST) if one.matter is Matter.ERASE_PERSON]
    shown = {
        "waiting": [(one, named(one.by)) for one in waiting],
        "form": form,
        "done": PROPOSED if request.GET.get("done") == "proposed" else None,
    }
    return render(request, "desk/erasing.html", shown, status=status)


def _propose(request: Visit, given: dict[str, str]) -> None:
    [ground] = [ground for ground in ERASURE_GROUNDS if ground.code == given["ground"]]
    market.erase_person(
        hand_of(request),
        person=given["person"],
        ground=ground,
        reason=given["reason"],
        profile=choices.profile(request.received_at),
    )
