"""The way to the company: to sign in, to prove once more who one is, to connect an account; each by a press of a button."""

from __future__ import annotations

import secrets
from enum import StrEnum
from typing import Any

from allauth.socialaccount.providers.base import AuthProcess
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from mamori.grammar.hand import INSIDE
from mamori.ground.people import actions as people
from mamori.ground.people.facts import SIGN_INS, CompanyRules, GroupsUnreadable, local_path
from mamori.ground.web.access import EVERYONE, open_to, takes
from mamori.ground.web.signing import choices
from mamori.ground.web.signing.company.provider import provider_for
from mamori.ground.web.signing.company.refusals import WRONG, CompanyAway, CompanyNotUsed
from mamori.ground.web.signing.origin import neighbourhood
from mamori.ground.web.signing.staff import to_owner
from mamori.ground.web.signs import Visit


class Aim(StrEnum):
    """What somebody is sent to the company for."""

    COME_IN = "come_in"
    PROVE = "prove"
    LINK = "link"


@open_to(*EVERYONE)
@never_cache
@takes("POST")
def begin(request: Visit) -> HttpResponse:
    """Send somebody to the company to sign in."""
    return _send(request, Aim.COME_IN)


@to_owner
@never_cache
@takes("POST")
def prove(request: Visit) -> HttpResponse:
    """Send somebody to the company to be asked once more who they are."""
    return _send(request, Aim.PROVE, account=request.presence.account)


@open_to(*INSIDE, step_up=True)
@never_cache
@takes("GET", "HEAD", "POST")
def link(request: Visit) -> HttpResponse:
    """Say what connecting means, and send whoever wants it to the company."""
    if not choices.is_company_used():
        raise CompanyNotUsed()
    if request.method == "POST":
        return _send(request, Aim.LINK, account=request.presence.account)
    if request.presence.company:
        return HttpResponseRedirect("/account/factors/")
    at = request.taken_at
    shown = {
        "company": choices.company_name(at),
        "hours": int(_rules(request).holds.total_seconds() // 3600),
    }
    return render(request, "account/company_link.html", shown)


def _send(request: Visit, aim: Aim, *, account: int | None = None) -> HttpResponse:
    """Lead to the company by a page of our own: a policy that keeps forms with us lets none lead elsewhere by itself."""
    if not choices.is_company_used():
        raise CompanyNotUsed()
    people.count(SIGN_INS, neighbourhood(request), at=request.taken_at)
    nonce = secrets.token_urlsafe(24)
    answer = provider_for(request).redirect(
        request,
        AuthProcess.LOGIN,
        local_path(request.POST.get("next", "")),
        {"nonce": nonce, "aim": aim.value, "account": account, "at": int(request.taken_at.timestamp())},
        auth_params=_asked(request, aim) | {"nonce": nonce},
    )
    shown = {"address": answer["Location"], "company": choices.company_name(request.taken_at)}
    return render(request, "account/company_go.html", shown)


def _rules(request: Visit) -> CompanyRules:
    """Return the operator's choices."""
    try:
        return choices.company_rules(request.taken_at)
    except GroupsUnreadable:
        raise CompanyAway(why=WRONG["roles"]) from None


def _asked(request: Visit, aim: Aim) -> dict[str, Any]:
    """Return what the company is asked besides: to see the person anew, and how strongly."""
    acr = _rules(request).acr
    strength = {"acr_values": " ".join(acr)} if acr else {}
    return strength | ({"prompt": "login", "max_age": "0"} if aim is not Aim.COME_IN else {})
