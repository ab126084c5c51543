"""How somebody who tries the demo comes in: by a page that stands only in a demo's house, behind a word from the terminal."""

from __future__ import annotations

import secrets
import time
from typing import Any, cast

import jwt
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache

from mamori.grammar.actor import Role
from mamori.ground.clocks import facts as clocks
from mamori.ground.people.models import Account
from mamori.ground.people.presence import RECORDS
from mamori.ground.web.access import EVERYONE, open_to, takes
from mamori.ground.web.signing.adapters import FIRST
from mamori.ground.web.signing.staff import BACKEND
from mamori.ground.web.signing.views import come_in
from mamori.ground.web.signs import Visit
from mamori.site.demo import guests
from mamori.site.demo.guests import STAFF, Guests

HOLDS = 300
"""Seconds for which the link that the demo signs in the marketplace's place may be used."""


def guests_of(word: str, *, there: bool) -> Guests:
    """Return what the doors of a demo or a sandbox are opened with.

    :raises Http404: where they are not `there`, and without the word.
    """
    found = guests.read(settings.HOME) if there else None
    if found is None or not secrets.compare_digest(found.word.encode(), word.encode()):
        raise Http404
    return found


@open_to(*EVERYONE)
@never_cache
@takes("GET", "HEAD")
def doors(request: Visit, word: str) -> HttpResponse:
    """Show every door, and the codes that staff are asked for before a sensitive look."""
    found = guests_of(word, there=settings.MAMORI_DEMO)
    entries = [
        {"role": role, "work": work, "path": found.path(role), "code": code_of(found, role)}
        for role, work in guests.WORK.items()
    ]
    return render(request, "site/demo_doors.html", {"entries": entries})


@open_to(*EVERYONE)
@never_cache
@takes("GET", "HEAD", "POST")
def enter(request: Visit, word: str, role: str) -> HttpResponse:
    """Let a buyer or seller come in by a link as the marketplace signs it; everybody else by a button."""
    found = guests_of(word, there=settings.MAMORI_DEMO or clocks.is_sandbox())
    if role in (Role.BUYER, Role.SELLER):
        return HttpResponseRedirect(f"/in/{signed(found, Role(role))}")
    if role not in (guests.WORK if settings.MAMORI_DEMO else STAFF):
        raise Http404
    if request.method != "POST":
        here = {"role": Role(role), "work": guests.WORK[Role(role)], "code": code_of(found, Role(role))}
        return render(request, "site/demo_enter.html", here)
    if role not in STAFF:
        to = "/seller/" if role == Role.DELEGATE else reverse("complaints_centres:mine")
        return come_in(request, guests.visitor(Role(role)), to)
    account = Account.objects.get(email=guests.address_of(Role(role)))
    request.session.flush()
    login(request, cast(Any, account), backend=BACKEND)
    request.session[RECORDS] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    return HttpResponseRedirect(FIRST.get(Role(role), "/desk/"))


def signed(found: Guests, role: Role) -> str:
    """Return a token as the marketplace signs one for its link: short-lived, for one use."""
    now = int(time.time())
    to = "/threads/" if role is Role.BUYER else "/seller/"
    told = {"sub": guests.visitor(role).who, "to": to, "aud": settings.ORIGIN, "iat": now, "exp": now + HOLDS}
    return jwt.encode(
        {**told, "jti": secrets.token_urlsafe(12)},
        found.link_secret,
        algorithm="HS256",
        headers={"kid": found.link_kid},
    )


def code_of(found: Guests, role: Role) -> str:
    """Return the code that somebody of this role is asked for just now, "" where none is."""
    secret = found.apps.get(role.value)
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30))) if secret else ""


urlpatterns = [
    path("demo/<str:word>/", doors, name="demo-doors"),
    path("demo/<str:word>/<str:role>/", enter, name="demo-enter"),
]
