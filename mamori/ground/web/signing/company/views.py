"""The way to the company and back: to sign in, to prove once more who one is, to connect an account, to be signed out."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, get_user_model, login
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from requests import RequestException

from mamori.grammar.actor import INSIDE, Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.ground.people import actions as people
from mamori.ground.people.facts import (
    BY_COMPANY,
    COMPANY,
    COMPANY_OUTS,
    SIGN_INS,
    CompanyRules,
    CompanyWord,
    GroupsNotSent,
    GroupsUnreadable,
    company_account,
    company_sign,
    is_fresh,
    local_path,
    word_of,
)
from mamori.ground.web.access import EVERYONE, open_to, takes
from mamori.ground.web.signing import choices, devices
from mamori.ground.web.signing.adapters import FIRST
from mamori.ground.web.signing.company import provider as company
from mamori.ground.web.signing.company.provider import (
    ID,
    WRONG,
    CompanyAnswerWrong,
    CompanyAway,
    CompanyNotUsed,
    discovered,
    provider_for,
)
from mamori.ground.web.signing.here import neighbourhood
from mamori.ground.web.signing.staff import BACKEND, to_owner
from mamori.ground.web.signs import Visit, actor_of

# The way to the company: to sign in, to prove once more who one is, to connect an account; each by a press of a button.


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


# What comes back from the company: somebody who signed in there, and word that somebody was signed out.


log = logging.getLogger(__name__)
TURNED_DOWN = regex(r'"error"\s*:\s*"([a-z_]{1,60})"')
"""How a provider says why, of which the log keeps the code word alone."""


@open_to(*EVERYONE)
@never_cache
@takes("GET")
def back(request: Visit) -> HttpResponse:
    """Take who comes back from the company: the one GET that writes, for a browser that was sent there from here."""
    if not choices.is_company_used():
        raise company.CompanyNotUsed()
    state = statekit.unstash_state(request, provider_id=ID, state_id=request.GET.get("state", ""))
    if state is None:
        raise company.CompanyBegunElsewhere()
    got = _exchanged(request, state)
    try:
        return _taken(request, state, got)
    except (CompanyAnswerWrong, CompanyAway, company.CompanyProofTooOld, company.CompanyOtherPerson) as no:
        log.warning("the company's answer was refused: %s", _word(no))
        actor = Actor(
            by=BY_COMPANY, role=Role.MACHINE, at=request.taken_at, via="company", request=request.number
        )
        people.note_refused(actor, why=_word(no))
        raise


def _word(refusal: Refusal) -> str:
    """Return by which word the record keeps what was wrong."""
    why = refusal.values.get("why")
    return next((word for word, text in WRONG.items() if text == why), refusal.code)


def _exchanged(request: Visit, state: Mapping[str, Any]) -> dict[str, Any]:
    """Exchange the code for what the company signed; what anybody can bring about up to here is not on the record."""
    _from_the_company(request)
    if request.GET.get("error"):
        log.info("the company answered with an error: %s", request.GET["error"])
        raise company.CompanyCalledOff()
    provider = provider_for(request)
    adapter = provider.get_oauth2_adapter(request)
    try:
        got: dict[str, Any] = adapter.get_access_token_data(
            request,
            provider.app,
            adapter.get_client(request, provider.app),
            pkce_code_verifier=state["pkce_code_verifier"],
        )
    except (OAuth2Error, ValueError) as no:
        found = TURNED_DOWN.search(str(no))
        log.warning("the company turned a code down: %s", found[1] if found else "without a reason")
        raise CompanyAnswerWrong(why=WRONG["code"]) from None
    except RequestException:
        raise CompanyAway(why=WRONG["silent"]) from None
    return got


def _taken(request: Visit, state: Mapping[str, Any], got: Mapping[str, Any]) -> HttpResponse:
    at, asked = request.taken_at, state["data"]
    aim = Aim(asked["aim"])
    try:
        rules = choices.company_rules(at)
        claims = _claims(request, got, rules, nonce=asked["nonce"])
        word = word_of(claims, claim=rules.claim)
    except GroupsNotSent:
        raise CompanyAnswerWrong(why=WRONG["groups"]) from None
    except GroupsUnreadable:
        raise CompanyAway(why=WRONG["roles"]) from None
    if rules.acr and claims.get("acr") not in rules.acr:
        raise CompanyAnswerWrong(why=WRONG["strength"])
    if aim is not Aim.COME_IN:
        _proven(request, word, asked)
    to = local_path(state.get("next") or "")
    if aim is Aim.LINK:
        return _linked(request, word, rules)
    return _come_in(request, word, rules, aim=aim, to=to)


def _from_the_company(request: Visit) -> None:
    """See that the answer names the issuer that was asked, where the issuer says that it names itself (RFC 9207)."""
    named = request.GET.get("iss")
    must = (
        discovered(at=request.taken_at).config.get("authorization_response_iss_parameter_supported") is True
    )
    if named != settings.COMPANY_ISSUER if named is not None else must:
        raise CompanyAnswerWrong(why=WRONG["issuer"])


def _claims(request: Visit, got: Mapping[str, Any], rules: CompanyRules, *, nonce: str) -> dict[str, Any]:
    """Return what the company signed, and what it tells besides about the same person."""
    claims = company.identified(got.get("id_token"), nonce=nonce, at=request.taken_at)
    wanted = {"email", "name", rules.claim.partition(".")[0]} if rules.roles else {"email", "name"}
    if wanted <= claims.keys():
        return claims
    told = provider_for(request).get_oauth2_adapter(request).userinfo(str(got["access_token"]))
    if told and told.get("sub") != claims["sub"]:
        raise CompanyAnswerWrong(why=WRONG["person"])
    return told | claims


def _proven(request: Visit, word: CompanyWord, asked: Mapping[str, Any]) -> None:
    """See that whoever was sent there came back, and was asked there since."""
    if request.presence.account is None or request.presence.account != asked["account"]:
        raise company.CompanyOtherPerson()
    since = datetime.fromtimestamp(asked["at"], UTC) - company.CLOCKS_MAY_DIFFER
    if word.proved_at is None or word.proved_at < since:
        raise company.CompanyProofTooOld()


def _come_in(request: Visit, word: CompanyWord, rules: CompanyRules, *, aim: Aim, to: str) -> HttpResponse:
    at = request.taken_at
    if aim is Aim.PROVE and company_account(word) != request.presence.account:
        raise company.CompanyOtherPerson()
    number = people.come_in_by_company(
        word,
        rules=rules,
        profile=choices.profile(at),
        ask=choices.company_ask(at),
        at=at,
        request=request.number,
    )
    user = get_user_model().objects.get(pk=number)
    if aim is Aim.COME_IN or request.session.get(HASH_SESSION_KEY) != user.get_session_auth_hash():
        login(request, user, backend=BACKEND)
    _note(request, user, word)
    return HttpResponseRedirect(to or FIRST.get(Role(user.role), settings.LOGIN_REDIRECT_URL))


def _note(request: Visit, user: Any, word: CompanyWord) -> None:
    """Note in the visit how it was begun, and when the company saw the person; what lies ahead is no proof."""
    at = request.taken_at
    proved_at = (
        min(word.proved_at, at) if word.proved_at and word.proved_at <= at + timedelta(minutes=1) else None
    )
    record_authentication(
        request,
        user,
        COMPANY,
        proved_at=proved_at.timestamp() if proved_at else 0,
        reauthenticated=is_fresh(proved_at, at),
    )
    devices.note_visit(request, company_sign("visit", word.issuer, word.visit) if word.visit else "")


def _linked(request: Visit, word: CompanyWord, rules: CompanyRules) -> HttpResponse:
    account = request.presence.account
    if request.presence.role not in INSIDE or account is None:
        raise company.CompanyOtherPerson()
    people.link_company(actor_of(request), word, rules=rules, account=account)
    devices.company_linked(request, request.user)
    _note(request, request.user, word)
    return HttpResponseRedirect("/account/factors/")


@open_to(*EVERYONE)
@csrf_exempt
@never_cache
@takes("POST")
def out(request: Visit) -> HttpResponse:
    """Hear from the company itself that somebody was signed out there (OpenID Connect Back-Channel Logout)."""
    people.count(COMPANY_OUTS, neighbourhood(request), at=request.taken_at)
    if not choices.is_company_used():
        raise company.CompanyNotUsed()
    try:
        claims = company.signed_out(request.POST.get("logout_token"), at=request.taken_at)
        people.use_once("company-out", claims["iss"], claims["jti"], at=request.taken_at)
    except (company.BadCompanyToken, people.UsedBefore, CompanyAway) as no:
        why = _word(no) if isinstance(no, Refusal) else str(no)
        log.warning("a notice of signing out was refused: %s", why)
        return JsonResponse({"error": "invalid_request"}, status=400)
    people.end_by_company(
        issuer=claims["iss"],
        subject=str(claims.get("sub") or ""),
        visit=str(claims.get("sid") or ""),
        at=request.taken_at,
    )
    return HttpResponse(status=200, content_type="text/plain")


out.counts_itself = True  # type: ignore[attr-defined]  # software of one address tells it of everybody
