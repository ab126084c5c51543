"""Where staff are signed in: noted when they come in, shown to themselves, ended by them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from mamori.ground.web.access import takes
from mamori.ground.web.sessions import name_of
from mamori.ground.web.signing.origin import came_from
from mamori.ground.web.signs import Visit

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
