"""The company's provider: what it says of itself, held to what the operator set; asked over https and believed for a minute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import jwt
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from requests import RequestException, Session

from mamori.ground.web.signing.company.refusals import WRONG, CompanyAway

ID = "company"
BACK = "/account/company/back/"
WELL_KNOWN = "/.well-known/openid-configuration"
AT_HOME = {"localhost", "127.0.0.1", "::1"}
FRESH = timedelta(seconds=60)
"""So long what the provider said of itself is believed: a key that it withdraws is good no longer."""
AGAIN = timedelta(seconds=10)
"""So soon the provider is not asked again by one process: not for a key that it does not have, nor after it did not answer."""
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class CompanySocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth brings no types
    """Nobody signs up by allauth's own pages, and the provider is asked without following it elsewhere."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody adds themselves: our own action adds whom the company sends."""
        return False

    def get_requests_session(self) -> Session:
        """Return a session that goes where it is told and nowhere else."""
        session: Session = super().get_requests_session()
        session.max_redirects = 0
        return session


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovered:
    """What the provider says of itself, with the keys by which it signs and its clock, as far as it tells one."""

    at: datetime
    config: Mapping[str, Any]
    keys: tuple[jwt.PyJWK, ...]
    date: str


@dataclass(slots=True)
class _Believed:
    found: dict[str, Discovered] = field(default_factory=dict)
    tried: dict[str, datetime] = field(default_factory=dict)
    away: dict[str, tuple[datetime, object]] = field(default_factory=dict)
    asking: Lock = field(default_factory=Lock)


_BELIEVED = _Believed()


def forget() -> None:
    """Ask the provider anew; tests begin with it."""
    _BELIEVED.found.clear()
    _BELIEVED.tried.clear()
    _BELIEVED.away.clear()


def discovered(*, at: datetime, anew: bool = False) -> Discovered:
    """Return what the provider says of itself, asked `anew` unless that was tried a moment ago; of many at once one asks.

    :raises CompanyAway: when it cannot be asked, or says what does not hold, or did so a moment ago.
    """
    issuer = settings.COMPANY_ISSUER
    known = _fresh(issuer, at)
    if known is not None and not anew:
        return known
    with _BELIEVED.asking:
        known, tried = _fresh(issuer, at), _BELIEVED.tried.get(issuer)
        if known is not None and (not anew or (tried is not None and abs(at - tried) < AGAIN)):
            return known
        failed, why = _BELIEVED.away.get(issuer, (None, None))
        if failed is not None and abs(at - failed) < AGAIN:
            raise CompanyAway(why=why)
        if anew:
            _BELIEVED.tried[issuer] = at
        try:
            found = _BELIEVED.found[issuer] = _asked(issuer, at)
        except CompanyAway as away:
            _BELIEVED.away[issuer] = at, away.values["why"]
            raise
        _BELIEVED.away.pop(issuer, None)
        return found


def _fresh(issuer: str, at: datetime) -> Discovered | None:
    """Return what is still believed; who waited for another to ask stands a little before what that one heard."""
    known = _BELIEVED.found.get(issuer)
    return known if known is not None and -AGAIN < at - known.at < FRESH else None


def is_safe(address: object) -> bool:
    """Say whether an address may be gone to: https, or this machine itself."""
    if not isinstance(address, str):
        return False
    place = urlsplit(address)
    return bool(place.hostname) and (
        place.scheme == "https" or (place.scheme == "http" and place.hostname in AT_HOME)
    )


def _asked(issuer: str, at: datetime) -> Discovered:
    if not is_safe(issuer):
        raise CompanyAway(why=WRONG["address"])
    config, date = _json(issuer.rstrip("/") + WELL_KNOWN, wrong="document")
    if config.get("issuer") != issuer:
        raise CompanyAway(why=WRONG["issuer"])
    if not all(is_safe(config.get(name)) for name in ENDPOINTS):
        raise CompanyAway(why=WRONG["endpoint"])
    keys, _ = _json(config["jwks_uri"], wrong="keys")
    try:
        found = tuple(key for key in jwt.PyJWKSet.from_dict(keys).keys if _signs(key))
    except (jwt.PyJWTError, KeyError, TypeError, AttributeError, ValueError):
        raise CompanyAway(why=WRONG["keys"]) from None
    return Discovered(at=at, config=config, keys=found, date=date)


def _signs(key: jwt.PyJWK) -> bool:
    """Say whether it is half of a pair, and for signing: what anybody can read proves nothing as a shared secret."""
    return key.key_type in ("RSA", "EC", "OKP") and key.public_key_use in (None, "sig")


def _json(address: str, *, wrong: str) -> tuple[dict[str, Any], str]:
    try:
        with get_adapter().get_requests_session() as asking:
            answer = asking.get(address, headers={"Accept": "application/json"})
            answer.raise_for_status()
            told = answer.json()
    except ValueError:  # also what requests says of what is no JSON
        raise CompanyAway(why=WRONG[wrong]) from None
    except RequestException:
        raise CompanyAway(why=WRONG["silent"]) from None
    if not isinstance(told, dict):
        raise CompanyAway(why=WRONG[wrong])
    return told, answer.headers.get("Date", "")


class CompanyAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth brings no types
    """Goes to the provider that was set, and comes back to the origin that was set, whatever a request claims."""

    @property
    def openid_config(self) -> Mapping[str, Any]:
        """Return what was discovered."""
        return discovered(at=self.request.taken_at).config

    @property
    def basic_auth(self) -> bool:
        """Show the secret in the header where the provider says nothing else, as the standard has it."""
        named = self.openid_config.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        return "client_secret_post" not in named

    def get_provider(self) -> CompanyProvider:
        """Return the one provider."""
        return provider_for(self.request)

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Return where the provider sends people back to."""
        return f"{settings.ORIGIN}{BACK}"

    def userinfo(self, access_token: str) -> dict[str, Any]:
        """Return what the provider tells of whoever the token is for."""
        if not is_safe(self.openid_config.get("userinfo_endpoint")):
            return {}
        try:
            told = self._fetch_user_info(access_token)
        except (RequestException, ValueError):
            raise CompanyAway(why=WRONG["silent"]) from None
        return told if isinstance(told, dict) else {}


class CompanyProvider(OpenIDConnectProvider):  # type: ignore[misc]  # allauth brings no types
    """Sends people to the company, with a proof key (PKCE) that only this visit knows."""

    pkce_enabled_default = True
    oauth2_adapter_class = CompanyAdapter

    def get_oauth2_adapter(self, request: HttpRequest) -> CompanyAdapter:
        """Return what talks to the company."""
        return CompanyAdapter(request, ID)

    def get_settings(self) -> dict[str, Any]:
        """Nothing is set beside what the operator chose."""
        return {}

    def get_scope(self) -> list[str]:
        """Return what is asked for; `openid` is what makes it a sign-in."""
        return sorted({"openid", *settings.COMPANY_SCOPE})


def provider_for(request: HttpRequest) -> CompanyProvider:
    """Return the company's provider for a request."""
    app = SocialApp(
        provider="openid_connect",
        provider_id=ID,
        name=ID,
        client_id=settings.COMPANY_CLIENT,
        secret=settings.COMPANY_SECRET,
        settings={"server_url": settings.COMPANY_ISSUER},
    )
    return CompanyProvider(request, app=app)
