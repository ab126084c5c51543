"""A buyer lets a helper answer proposals, or no more, by telephone: the consent is read out, and taken down upon a yes."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect

from mamori.grammar.refusal import Refusal
from mamori.ground.web.access import open_to
from mamori.ground.web.once import form_key, new_token, once
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import told
from mamori.rooms.contact import actions, keeping
from mamori.rooms.contact.callerforms import LetDecideForm
from mamori.rooms.contact.models import Thread
from mamori.rooms.contact.rules.helping import CONSENT_TO_DECIDE
from mamori.rooms.contact.views.staff.callers import TAKERS
from mamori.rooms.contact.views.staff.cases import Back
from mamori.rooms.contact.views.staff.private import private


@open_to(*TAKERS)
def helper(request: Visit, check: str, case_page: str) -> HttpResponse:
    """Show what to read out, and take down whether the helper whom the caller names may answer proposals."""
    hand = hand_of(request)
    actions.the_check(hand, check)
    form = LetDecideForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():

        def do() -> str:
            thread, _ = actions.let_decide_for_caller(hand, check=check, **form.cleaned_data)
            number = keeping.case_number(keeping.about(Thread.objects.get(pk=thread)))
            return Back(case_page).to(number, "helper")

        try:
            return HttpResponseRedirect(once(hand, form_key(request), do))
        except Refusal as refusal:
            form.add_error(None, told(refusal.sentence))
            status = refusal.status
    token = request.POST.get("token") or new_token()
    shown = {"form": form, "check": check, "consent": CONSENT_TO_DECIDE, "token": token}
    return private(request, "caller_helper", shown, status)
