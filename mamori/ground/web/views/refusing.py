"""The pages for what Django refuses by itself: no such page, unreadable, not allowed, a form without its sign."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mamori.grammar.refusal import Refusal
from mamori.ground.web import kept
from mamori.ground.web.access import EVERYONE, open_to, takes
from mamori.ground.web.middleware import barred
from mamori.ground.web.problems import BREAKAGES, refused, words_of
from mamori.ground.web.refusals import FormExpired, HostUnknown, NotForYou, NotFound, NotUnderstood, TooLarge
from mamori.ground.web.signs import Visit


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
    fields = kept.given(visit) if kept.is_from_here(visit) else ()
    if any(field.is_words for field in fields):
        return kept.signed_out(visit, fields)
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
