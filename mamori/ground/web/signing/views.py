"""How buyers and sellers come in: by a link that the marketplace signed, or by a code; and how everybody goes out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import logout as auth_logout
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from mamori.grammar.actor import Role
from mamori.ground.people import actions as people
from mamori.ground.people.facts import (
    BEGUN,
    CODE_MINUTES,
    CODES,
    CODES_FOR_ONE,
    CODES_SENT,
    RETURN_URL,
    SIGN_INS,
    VISITOR,
    Presence,
    browser_sign,
    local_path,
)
from mamori.ground.web.access import EVERYONE, open_to, takes
from mamori.ground.web.signing import choices
from mamori.ground.web.signing.forms import AskCodeForm, CodeForm
from mamori.ground.web.signing.here import SEEN, neighbourhood
from mamori.ground.web.signs import Visit
from mamori.ground.web.wording import language

TICKET, NEXT = "ticket", "next"
CAME = "mamori_came"
"""A cookie that says, to nobody but us, who came in with this browser last: their codes are counted apart."""
CAME_DAYS = 180
FIRST = {Role.BUYER: "/", Role.SELLER: "/seller/", Role.DELEGATE: "/seller/"}


@open_to(*EVERYONE)
@never_cache
def by_link(request: Visit, token: str) -> HttpResponse:
    """Show one button that takes a link: a GET, such as a mail scanner's, uses nothing up."""
    if request.method != "POST":
        return render(request, "account/by_link.html")
    people.count(SIGN_INS, neighbourhood(request), at=request.taken_at)
    try:
        came = people.sign_in_by_link(token=token, audience=settings.ORIGIN, at=request.taken_at)
    except people.LinkUnusable as refusal:
        said = {"refusal": refusal, "has_mail": bool(settings.MAMORI_MAIL)}
        return render(request, "account/link_unusable.html", said, status=refusal.status)
    return come_in(request, came.presence, came.to, return_url=came.return_url)


@open_to(*EVERYONE)
@never_cache
def ask_code(request: Visit) -> HttpResponse:
    """Ask who somebody is, and say the same to everybody: if that is so, a code is on its way; without mail there is none."""
    if not settings.MAMORI_MAIL:
        return render(request, "account/no_code.html", status=200 if request.method == "GET" else 409)
    form = AskCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        people.count(CODES, neighbourhood(request), at=request.taken_at)
        for_one = f"{neighbourhood(request)} {asked['role']}:{asked['ref']}"
        people.count(CODES_FOR_ONE, for_one, at=request.taken_at)
        ticket = people.ask_code(
            role=Role(asked["role"]),
            ref=asked["ref"],
            mail=asked["mail"],
            browser=request.COOKIES.get(CAME, ""),
            at=request.taken_at,
        )
        request.session[TICKET] = ticket
        request.session[NEXT] = local_path(request.GET.get("next", ""))
        return HttpResponseRedirect("/in/code/")
    return render(request, "account/ask_code.html", {"form": form, "ended": request.GET.get("ended", "")})


@open_to(*EVERYONE)
@never_cache
def by_code(request: Visit) -> HttpResponse:
    """Take the eight digits."""
    ticket = request.session.get(TICKET, "")
    if not ticket:
        return HttpResponseRedirect("/in/")
    form = CodeForm(request.POST or None)
    shown = {"form": form, "minutes": CODE_MINUTES, "pause": CODES_SENT.per // timedelta(minutes=1)}
    if request.method == "POST" and form.is_valid():
        people.count(SIGN_INS, neighbourhood(request), at=request.taken_at)
        try:
            presence = people.sign_in_by_code(
                ticket=ticket, code=form.cleaned_data["code"], at=request.taken_at
            )
        except people.CodeUnusable as refusal:
            form.add_error("code", refusal.sentence.in_(language()))
            return render(request, "account/by_code.html", shown, status=refusal.status)
        return come_in(request, presence, request.session.get(NEXT, ""))
    return render(request, "account/by_code.html", shown)


@open_to(*EVERYONE)
@takes("POST")
def out(request: Visit) -> HttpResponse:
    """End the visit, whoever's it is."""
    auth_logout(request)
    response = HttpResponseRedirect("/")
    response.delete_cookie(SEEN, samesite="Lax")
    return response


def come_by_button(request: Visit, template: str, take: Callable[[], Presence], to: str) -> HttpResponse:
    """Show one button that takes what lets somebody in: a GET, such as a mail scanner's, uses nothing up."""
    if request.method != "POST":
        return render(request, template)
    people.count(SIGN_INS, neighbourhood(request), at=request.taken_at)
    return come_in(request, take(), to)


def come_in(request: Visit, presence: Presence, to: str, *, return_url: str = "") -> HttpResponse:
    """Begin a new session: nothing of who was here before stays in it."""
    request.session.flush()
    request.session[VISITOR] = {"who": presence.who, "role": presence.role.value, "name": presence.name}
    if return_url:
        request.session[RETURN_URL] = return_url
    request.session[BEGUN] = request.came_at.isoformat()
    request.session.set_expiry(request.came_at + choices.stays(request.came_at).visitors.whole)
    response = HttpResponseRedirect(to or FIRST.get(presence.role, "/"))
    if presence.role in FIRST:
        _remember(response, presence.who)
    return response


def _remember(response: HttpResponse, who: str) -> None:
    response.set_cookie(
        CAME,
        browser_sign(who),
        max_age=timedelta(days=CAME_DAYS),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
