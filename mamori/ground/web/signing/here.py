"""Who is here and from where, told from session and cookie; the sign of life that answers renew; who is a second person."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import HttpRequest, HttpResponse

from mamori.grammar.actor import Actor, Role
from mamori.ground.people import facts as people
from mamori.ground.people.facts import ANONYMOUS, Over, Presence, presence_of
from mamori.ground.web.access import is_by_itself
from mamori.ground.web.signing import choices
from mamori.ground.web.signs import Visit

NOBODY = "0.0.0.0"  # noqa: S104  # no address that anybody listens on: what a socket says that names nobody


def came_from(request: HttpRequest) -> str:
    """Return the address that the server saw; what stands in front is the server's to believe (`site/doorstep.py`)."""
    try:
        return str(ip_address(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return NOBODY


def neighbourhood(request: HttpRequest) -> str:
    """Return what limits are counted for: an address, or the /64 that one household has of the newer ones."""
    address = ip_address(came_from(request))
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, 64), strict=False).network_address)
    return str(address)


# Who is here, told from session and cookie, and the sign of life that each answer renews.


SEEN = "mamori_seen"
"""A signed cookie that says when this browser was here last: a page that is only read writes nothing."""
RENEWED_AFTER = timedelta(seconds=60)
SALT = "mamori.seen"

type Answer = Callable[[Visit], HttpResponse]


def presence(request: Visit) -> Presence:
    """Return who the request comes from; nobody, when it was refused before anybody looked."""
    if not hasattr(request, "user"):
        return ANONYMOUS
    return presence_of(
        request.session,
        request.user,
        stays=choices.stays,
        seen_at=seen_at(request),
        at=request.came_at,
    )


def seen_at(request: Visit) -> datetime | None:
    """Return when the browser was here last in this session, None when it cannot prove it."""
    key = request.session.session_key
    if not key or SEEN not in request.COOKIES:
        return None
    try:
        whose, _, moment = signing.Signer(salt=SALT).unsign(request.COOKIES[SEEN]).partition(".")
        if whose != _short(key):
            return None
        return datetime.fromtimestamp(int(moment), UTC)
    except (signing.BadSignature, ValueError, OverflowError, OSError):
        return None


def staying(get_response: Answer) -> Answer:
    """Renew the sign of life of whoever is here, and let go of a session whose stay is over.

    What an open page asks for by itself is no sign of life.
    """

    def middleware(request: Visit) -> HttpResponse:
        response = get_response(request)
        if not hasattr(request, "presence"):
            return response
        here = request.presence
        if here.over is not Over.NOT_YET:
            if not request.session.modified:  # no view was asked, or nobody came in anew
                end_visit(request)
            response.delete_cookie(SEEN, samesite="Lax")
        elif request.session.session_key and (here.who or here.account is not None) and _is_sign(request):
            _renew(request, response)
        return response

    return middleware


def _is_sign(request: Visit) -> bool:
    return request.resolver_match is None or not is_by_itself(request.resolver_match.func)


def end_visit(request: Visit) -> None:
    """End a visit for good: its row goes, so that no clock that goes back brings it to life again."""
    request.session.flush()
    request.user = AnonymousUser()


def _renew(request: Visit, response: HttpResponse) -> None:
    last = seen_at(request)
    if last is not None and request.came_at - last < RENEWED_AFTER:
        return
    words = f"{_short(request.session.session_key or '')}.{int(request.came_at.timestamp())}"
    response.set_cookie(
        SEEN,
        signing.Signer(salt=SALT).sign(words),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _short(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:24]


def somebody_else(than: Collection[str], *, roles: Collection[Role], at: datetime) -> bool:
    """Say whether there is anybody of these roles besides these people ("staff:7"), whom none of them brought in."""
    return bool(people.others(than=than, roles=roles, profile=choices.profile(at)))


def is_second(actor: Actor, *, than: str) -> bool:
    """Say whether the actor counts as a second person beside `than` ("staff:7")."""
    profile = choices.profile(actor.at)
    return people.is_second(people.subject_of(actor), than=than, profile=profile, at=actor.at)
