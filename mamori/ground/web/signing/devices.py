"""Where staff are signed in, and what is heard of signing in: from Django, from allauth, and from who asked for a code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from mamori.grammar.actor import Actor, Role
from mamori.ground.market import facts as market
from mamori.ground.people import actions as people, facts as known
from mamori.ground.people.events import CodeAsked
from mamori.ground.people.facts import BEGUN, VISITOR, CodeAskedFact, Presence
from mamori.ground.web.access import takes
from mamori.ground.web.sessions import name_of
from mamori.ground.web.signing import choices
from mamori.ground.web.signing.here import came_from
from mamori.ground.web.signs import Visit

# Where staff are signed in: noted when they come in, shown to themselves, ended by them.


LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """One sign-in that goes on."""

    since: datetime
    ip: str
    browser: str
    is_this: bool


def note(request: HttpRequest, user: Any) -> None:
    """Note that somebody came in here; only the session's name is kept, never its key."""
    UserSession.objects.update_or_create(
        session_key=_here(request),
        defaults={
            "user": user,
            "ip": came_from(request),
            "user_agent": request.headers.get("User-Agent", "")[:LONGEST],
        },
    )


def note_visit(request: HttpRequest, sign: str) -> None:
    """Note which visit at the company this one is, by a keyed digest."""
    UserSession.objects.filter(session_key=_here(request)).update(data={"visit": sign} if sign else {})


def end_others(request: HttpRequest, user: Any) -> None:
    """End every sign-in of this person but the one in hand."""
    names = list(_of(user).exclude(session_key=_here(request)).values_list("session_key", flat=True))
    with transaction.atomic():
        Session.objects.filter(pk__in=names).delete()
        UserSession.objects.filter(session_key__in=names).delete()


def devices(request: HttpRequest, user: Any) -> Iterator[Device]:
    """Yield where this person is signed in, the longest first."""
    living = Session.objects.filter(expire_date__gt=timezone.now()).values("pk")
    for row in _of(user).filter(session_key__in=living).order_by("created_at"):
        is_this = row.session_key == _here(request)
        yield Device(since=row.created_at, ip=row.ip, browser=row.user_agent, is_this=is_this)


@takes("GET", "HEAD", "POST")
def show(request: Visit) -> HttpResponse:
    """Show one's own sign-ins; a POST ends the others."""
    if request.method == "POST":
        end_others(request, request.user)
        return HttpResponseRedirect(request.path)
    return render(request, "account/devices.html", {"devices": list(devices(request, request.user))})


def _of(user: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = UserSession.objects.filter(user_id=user.pk)
    return rows


def _here(request: HttpRequest) -> str:
    return name_of(request.session.session_key or "")


def came_in(request: HttpRequest | None, user: Any, **_: Any) -> None:
    """Note when the visit began, when it ends in any case, and from where; one as buyer or seller ends where staff sign in."""
    if request is not None:
        now = datetime.now(UTC)
        request.session[BEGUN] = now.isoformat()
        request.session.set_expiry(now + choices.stays(now).staff.whole)
        request.session.pop(VISITOR, None)
        note(request, user)


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
    actor = Actor(by=user.who, role=Role(user.role), at=at, via="web", request=getattr(request, "number", ""))
    people.factor_changed(actor, account=user.pk, change=change, profile=choices.profile(at))
    user.refresh_from_db(fields=["epoch", "totp_allowed_at", "password"])
    update_session_auth_hash(request, user)
    end_others(request, user)
    note(request, user)


def code_asked(event: CodeAsked, at: datetime) -> None:
    """Send a code where what was claimed is so; otherwise do nothing, which nobody can tell from outside."""
    asked = known.code_asked(event.number)
    if asked is None or asked.expires_at <= at:
        return
    presence = _buyer(asked) if asked.role is Role.BUYER else _seller(asked)
    if presence is not None:
        people.send_code(number=asked.number, presence=presence, at=at)


def _buyer(asked: CodeAskedFact) -> Presence | None:
    order = market.order(asked.ref)
    buyer = market.buyer(order.buyer_ref) if order else None
    if buyer is None or not known.is_claimed(buyer.contact.mail, claim=asked.claim):
        return None
    return Presence(who=f"buyer:{buyer.ref}", role=Role.BUYER)


def _seller(asked: CodeAskedFact) -> Presence | None:
    seller = market.seller(asked.ref)
    if seller is None:
        return None
    if known.is_claimed(seller.contact.mail, claim=asked.claim):
        return Presence(who=f"seller:{seller.ref}", role=Role.SELLER)
    name = known.delegate_by_mail(seller_ref=seller.ref, claim=asked.claim)
    return Presence(who=f"seller:{seller.ref}/{name}", role=Role.DELEGATE) if name else None
