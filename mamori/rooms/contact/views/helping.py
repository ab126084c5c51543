"""Helpers: the buyer's page of who helps, and the door by which they come in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from mamori.grammar.hand import Role
from mamori.grammar.refusal import Refusal
from mamori.ground.people import actions as people
from mamori.ground.people.facts import SIGN_INS
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.once import form_key, new_token, once
from mamori.ground.web.sealed import keep, kept
from mamori.ground.web.signing.origin import neighbourhood
from mamori.ground.web.signing.visitors import come_in
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import told
from mamori.rooms.contact import actions, forms, helping
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.queries import thread as threads
from mamori.rooms.contact.rules.helping import CONSENT_TO_DECIDE

SHOWN_ONCE = "helper-code"
DECIDING = {"decide": True, "decide-no-more": False}


@open_to(Role.BUYER)
@never_cache
def helpers(request: Visit, number: str) -> HttpResponse:
    """Show who helps with this conversation; let somebody, or end it."""
    hand = hand_of(request)
    page = threads.page_of(hand, number)
    here = reverse("contact_buyer:helpers", args=(page.number,))
    act = request.POST.get("act", "") if request.method == "POST" else ""
    if act == "end":
        actions.end_help(hand, thread=page.thread, helper=_named(request))
        return HttpResponseRedirect(here)
    if act in DECIDING:
        actions.let_decide(hand, thread=page.thread, helper=_named(request), may_decide=DECIDING[act])
        return HttpResponseRedirect(here)
    form = forms.HelperForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():

        def do() -> str:
            code = actions.let_help(hand, thread=page.thread, **form.cleaned_data)
            keep(request, SHOWN_ONCE, code)
            return here

        try:
            return HttpResponseRedirect(once(hand, form_key(request), do))
        except NothingHere:
            raise
        except Refusal as refusal:
            form.add_error(None, told(refusal.sentence))
            status = refusal.status
    code = kept(request, SHOWN_ONCE) if request.method != "POST" else None
    if code:
        del request.session[SHOWN_ONCE]
    shown = {
        "page": page,
        "form": form,
        "token": request.POST.get("token") or new_token(),
        "consent": CONSENT_TO_DECIDE,
        "helpers": helping.helpers(threads.thread_of(hand, number), hand.at),
        "code": helping.spelt(code) if code else "",
        "link": f"{settings.ORIGIN}{reverse('contact_buyer:help', args=(code,))}" if code else "",
        "entrance": f"{settings.ORIGIN}{reverse('contact_buyer:help-door')}",
    }
    return render(request, "contact/buyer/helpers.html", shown, status=status)


def _named(request: Visit) -> int:
    """Return which helper a button is about, 0 where it can be none."""
    which = request.POST.get("helper", "")
    return int(which) if which.isascii() and which.isdigit() and len(which) < 19 else 0


@open_to(*EVERYONE)
@never_cache
def door(request: Visit, code: str = "") -> HttpResponse:
    """Take a helper's code, typed or from the link, by a press of the button: a GET uses nothing and tells nothing."""
    form = forms.HelpCodeForm(request.POST if request.method == "POST" else None, initial={"code": code})
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        people.count(SIGN_INS, neighbourhood(request), at=request.taken_at)
        try:
            presence, number = actions.come_to_help(
                code=form.cleaned_data["code"], at=request.taken_at, request=request.number
            )
        except Refusal as refusal:
            form.add_error("code", told(refusal.sentence))
            status = refusal.status
        else:
            return come_in(request, presence, reverse("contact_buyer:thread", args=(number,)))
    return render(request, "contact/buyer/help_door.html", {"form": form, "named": bool(code)}, status=status)
