"""What is heard from Django and allauth: somebody signed in, a factor changed.  Connected in `site/wiring.py` only."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest

from mamori.grammar.hand import Hand, Role
from mamori.ground.people import actions as people
from mamori.ground.people.facts import BEGUN, VISITOR
from mamori.ground.web.signing import choices, devices


def came_in(request: HttpRequest | None, user: Any, **_: Any) -> None:
    """Note when the visit began, when it ends in any case, and from where; one as buyer or seller ends where staff sign in."""
    if request is not None:
        now = datetime.now(UTC)
        request.session[BEGUN] = now.isoformat()
        request.session.set_expiry(now + choices.stays(now).staff.whole)
        request.session.pop(VISITOR, None)
        devices.note(request, user)


def company_linked(request: HttpRequest, user: Any) -> None:
    """Hear that somebody connected the company's account."""
    _changed(request, user, "company_linked")


def factor_added(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    """Hear that a passkey or app was added."""
    _changed(request, user, f"{authenticator.type}_added")


def factor_removed(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    """Hear that a passkey, app or the recovery codes were removed."""
    _changed(request, user, f"{authenticator.type}_removed")


def factor_reset(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    """Hear that recovery codes were made anew."""
    _changed(request, user, f"{authenticator.type}_reset")


def password_changed(request: HttpRequest, user: Any, **_: Any) -> None:
    """Hear that a password was set or changed."""
    _changed(request, user, "password_changed")


def _changed(request: HttpRequest, user: Any, change: str) -> None:
    """End every session of the person but the one in hand."""
    at = datetime.now(UTC)
    hand = Hand(by=user.who, role=Role(user.role), at=at, via="web", request=getattr(request, "number", ""))
    people.factor_changed(hand, account=user.pk, change=change, profile=choices.profile(at))
    user.refresh_from_db(fields=["epoch", "totp_allowed_at", "password"])
    update_session_auth_hash(request, user)
    devices.end_others(request, user)
    devices.note(request, user)
