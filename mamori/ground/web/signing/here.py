"""Who is here, told from session and cookie, and the sign of life that each answer renews."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import HttpResponse

from mamori.ground.people.facts import ANONYMOUS, Over, Presence, presence_of
from mamori.ground.web.access import is_by_itself
from mamori.ground.web.signing import choices
from mamori.ground.web.signs import Visit

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
        at=request.received_at,
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
    if last is not None and request.received_at - last < RENEWED_AFTER:
        return
    words = f"{_short(request.session.session_key or '')}.{int(request.received_at.timestamp())}"
    response.set_cookie(
        SEEN,
        signing.Signer(salt=SALT).sign(words),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _short(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:24]
