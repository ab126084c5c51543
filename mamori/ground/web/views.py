"""Pages that stand in every door: how they look, the living page of components, and refusals of Django."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language

from mamori.grammar.refusal import Refusal
from mamori.ground.web import sessions
from mamori.ground.web.access import EVERYONE, STAFF, open_to, takes
from mamori.ground.web.middleware import barred
from mamori.ground.web.problems import (
    BREAKAGES,
    FormExpired,
    HostUnknown,
    NotForYou,
    NotFound,
    NotUnderstood,
    TooLarge,
    refused,
    words_of,
)
from mamori.ground.web.samples import samples
from mamori.ground.web.signs import Visit


@open_to(*STAFF)
@takes("GET", "HEAD")
def components(request: Visit) -> HttpResponse:
    """Show every component."""
    return render(request, "web/components/page.html", samples(request.received_at))


THEME = "theme"
THEMES = frozenset({"light", "dark"})
YEAR = 365 * 24 * 60 * 60


@open_to(*EVERYONE)
@takes("POST")
def language(request: Visit) -> HttpResponse:
    """Keep the language that the reader chose, and go back to the page."""
    answer = _back(request)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES) and check_for_language(chosen):
        _keep(request, answer, settings.LANGUAGE_COOKIE_NAME, chosen)
    return answer


@open_to(*EVERYONE)
@takes("POST")
def theme(request: Visit) -> HttpResponse:
    """Keep the colours that the reader chose, or follow the device again, and go back to the page."""
    answer = _back(request)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        _keep(request, answer, THEME, chosen)
    else:
        answer.delete_cookie(THEME, samesite="Lax")
    return answer


def _keep(request: Visit, answer: HttpResponse, name: str, value: str) -> None:
    answer.set_cookie(name, value, max_age=YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")


def _back(request: Visit) -> HttpResponse:
    """Lead back to where the reader was; an address elsewhere leads to the first page."""
    there = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(there, allowed_hosts=None) and there.startswith("/")
    return HttpResponseRedirect(there if safe else "/")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address at which nothing stands."""
    return refused(cast(Visit, request), NotFound())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what Django or a library does not permit."""
    return refused(cast(Visit, request), NotForYou())


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that is not formed as it should be, too large, or for another host."""
    refusal: Refusal = NotUnderstood()
    if isinstance(exception, RequestDataTooBig):
        refusal = TooLarge()
    elif isinstance(exception, DisallowedHost):
        refusal = HostUnknown()
    return refused(cast(Visit, request), refusal)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without the sign that it comes from us: what was written on a page of ours is given back with it.

    Why exactly is nobody's business.  By another method than POST no form comes: that is answered as it is with the sign.
    """
    visit = cast(Visit, request)
    match = request.resolver_match
    if request.method != "POST" and match and (answer := barred(visit, match.func)):
        return answer
    fields = sessions.given(visit) if sessions.is_from_here(visit) else ()
    if any(field.is_words for field in fields):
        return sessions.signed_out(visit, fields)
    return refused(visit, FormExpired())


@open_to(*EVERYONE)
@takes("GET", "HEAD")
def problem_type(request: Visit, code: str) -> HttpResponse:
    """Explain one kind of refusal: the address that RFC 9457 calls its type."""
    known = Refusal.registry.get(code)
    breakage = BREAKAGES.get(code)
    if known is not None:
        status, text = known.status, words_of(known)
    elif breakage is not None:
        status, text = breakage.status, breakage.text
    else:
        raise NotFound
    return render(request, "web/problem.html", {"code": code, "status": status, "text": text})
