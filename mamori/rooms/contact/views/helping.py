"""Whom a buyer lets in: somebody who helps, and the seller by a telephone number or a mail address."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.market import facts as market
from mamori.ground.people import actions as people
from mamori.ground.people.facts import SIGN_INS
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.once import form_key, new_token, once, take_form
from mamori.ground.web.sessions import session_value, set_session_value
from mamori.ground.web.signing.here import neighbourhood
from mamori.ground.web.signing.views import come_in
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import localized
from mamori.rooms.contact import actions, forms, helping
from mamori.rooms.contact.finding import NothingHere, buyer_of
from mamori.rooms.contact.leave import WAYS, Way
from mamori.rooms.contact.queries import thread as threads
from mamori.rooms.contact.queries.thread import ThreadPage
from mamori.rooms.contact.rules.helping import CONSENT_TO_DECIDE

# Helpers: the buyer's page of who helps, and the door by which they come in.


SHOWN_ONCE = "helper-code"
DECIDING = {"decide": True, "decide-no-more": False}


@open_to(Role.BUYER)
@never_cache
def helpers(request: Visit, number: str) -> HttpResponse:
    """Show who helps with this conversation; let somebody, or end it."""
    actor = actor_of(request)
    page = threads.page_of(actor, number)
    here = reverse("contact_buyer:helpers", args=(page.number,))
    act = request.POST.get("act", "") if request.method == "POST" else ""
    if act == "end":
        actions.end_help(actor, thread=page.thread, helper=_named(request))
        return HttpResponseRedirect(here)
    if act in DECIDING:
        actions.let_decide(actor, thread=page.thread, helper=_named(request), may_decide=DECIDING[act])
        return HttpResponseRedirect(here)

    def do(form: forms.HelperForm) -> str:
        set_session_value(
            request, SHOWN_ONCE, actions.let_help(actor, thread=page.thread, **form.cleaned_data)
        )
        return here

    form, status, led = take_form(request, forms.HelperForm, do, by=actor, lets=(NothingHere,))
    if led:
        return led
    code = session_value(request, SHOWN_ONCE) if request.method != "POST" else None
    if code:
        del request.session[SHOWN_ONCE]
    shown = {
        "page": page,
        "form": form,
        "token": request.POST.get("token") or new_token(),
        "consent": CONSENT_TO_DECIDE,
        "helpers": helping.helpers(threads.thread_of(actor, number), actor.at),
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
            form.add_error("code", localized(refusal.sentence))
            status = refusal.status
        else:
            return come_in(request, presence, reverse("contact_buyer:thread", args=(number,)))
    return render(request, "contact/buyer/help_door.html", {"form": form, "named": bool(code)}, status=status)


# The page on which a buyer lets the seller call or mail them, and takes it back.


@open_to(Role.BUYER)
def reach(request: Visit, number: str) -> HttpResponse:
    """Show which details the seller has; take one, or take it back."""
    actor = actor_of(request)
    page = threads.page_of(actor, number)
    base = reverse("contact_buyer:thread", args=(page.number,))
    if request.method != "POST":
        return _show(request, page, {}) if page.closed_at is None else HttpResponseRedirect(base)
    try:
        way = Way(request.POST.get("way", ""))
    except ValueError:
        raise NothingHere() from None
    form = forms.DETAILS[way](request.POST)
    ends = request.POST.get("act") == "end"
    if not ends and not form.is_valid():
        return _show(request, page, {way: form}, status=422)

    def do() -> str:
        if ends:
            actions.end_contact(actor, thread=page.thread, way=way)
        else:
            actions.let_contact(actor, thread=page.thread, way=way, detail=form.cleaned_data["detail"])
        return f"{base}?done={'unreach' if ends else 'reach'}"

    try:
        return HttpResponseRedirect(once(actor, form_key(request), do))
    except NothingHere:
        raise
    except Refusal as refusal:
        form.is_valid()
        form.add_error(None if ends else "detail", localized(refusal.sentence))
        return _show(request, page, {way: form}, status=refusal.status)


def _show(
    request: Visit, page: ThreadPage, bound: dict[Way, forms.DetailForm], status: int = 200
) -> HttpResponse:
    held = {one.way: one for one in page.leaves}
    known = _known(actor_of(request))
    shown = [
        {
            "way": way.value,
            "text": WAYS[way],
            "held": held.get(way),
            "form": bound.get(way)
            or forms.DETAILS[way](initial={"detail": known[way]}, auto_id=f"{way.value}_%s"),
            "token": new_token(),
        }
        for way in Way
    ]
    faulty = next(iter(bound.values()), None)
    context = {"page": page, "ways": shown, "faulty": faulty}
    return render(request, "contact/buyer/reach.html", context, status=status)


def _known(actor: Actor) -> dict[Way, str]:
    """Return what the marketplace knows of the buyer, to be looked at and changed before it is given."""
    buyer = market.buyer(buyer_of(actor))
    contact = buyer.contact if buyer else market.Contact()
    return {Way.PHONE: contact.phone, Way.MAIL: contact.mail}
