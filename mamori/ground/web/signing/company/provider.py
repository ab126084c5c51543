"""The company's provider: what it says of itself and what it signed, held to the operator's settings; and where that fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hmac import compare_digest
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

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.people.facts import moment_in

# What is said where the company's sign-in does not come about.


class CompanyNotUsed(Refusal, code="company.not-used", status=404):
    """Given when nobody here signs in by a company."""

    text = Text(
        "この窓口では、会社のアカウントでのサインインを使っていません。ほかの方法でサインインしてください。",
        "Nobody signs in with a company account here. Please use another way.",
    )


class CompanyAway(Refusal, code="company.away", status=424):
    """Given when the provider does not answer, or says what no provider may."""

    text = Text(
        "会社のサインインを、いま使えません（{why}）。少し待ってからもう一度お試しください。続くときは、"
        "この窓口のサーバーを管理する人に知らせてください（`mamori check` が原因を示します）。",
        "The company's sign-in cannot be used just now ({why}). Please wait a little and try again. If it goes on, please tell "
        "whoever keeps the server of this customer centre; `mamori check` says what is wrong.",
    )


class CompanyAnswerWrong(Refusal, code="company.answer-wrong", status=403):
    """Given when what came back from the company does not hold: forged, for others, too old, not what was asked for."""

    text = Text(
        "会社のサインインの返事を確かめられなかったため、サインインしませんでした（{why}）。もう一度サインインしてください。"
        "続くときは、この窓口のサーバーを管理する人に知らせてください。",
        "What came back from the company's sign-in did not stand up to a check, so nobody was signed in ({why}). Please sign in "
        "again. If it goes on, please tell whoever keeps the server of this customer centre.",
    )


class CompanyBegunElsewhere(Refusal, code="company.begun-elsewhere", status=403):
    """Given when an answer comes to a browser that asked for none, or asked too long ago."""

    text = Text(
        "このサインインは、このブラウザーで始めたものではないか、始めてから10分より長くたっています。"
        "サインインのページから、もう一度始めてください。",
        "This sign-in was not begun in this browser, or more than ten minutes ago. Please begin again at the sign-in page.",
    )


class CompanyCalledOff(Refusal, code="company.called-off", status=403):
    """Given when somebody, or the company, broke the sign-in off."""

    text = Text(
        "会社のサインインが途中でやめられたか、会社に断られました。もう一度サインインするか、"
        "社内のアカウントの担当に、この窓口を使えるようになっているかお尋ねください。",
        "The sign-in at the company was broken off or turned down there. Please sign in again, or ask whoever tends the "
        "company's accounts whether you may use this customer centre.",
    )


class CompanyOtherPerson(Refusal, code="company.other-person", status=403):
    """Given when somebody else proves who they are than who is signed in here."""

    text = Text(
        "会社では、ここにサインインしているのとは別の人として確認されました。何も変えていません。"
        "ご本人のアカウントで、もう一度確かめてください。",
        "The company recognised somebody else than who is signed in here. Nothing was changed. Please prove it again with your "
        "own account.",
    )


class CompanyProofTooOld(Refusal, code="company.proof-too-old", status=403):
    """Given when the company does not say that it has asked somebody just now who they are."""

    text = Text(
        "会社は、いま本人であることを確かめ直したと答えませんでした。会社で一度サインアウトしてからもう一度お試しになるか、"
        "パスキーで確かめてください。",
        "The company did not say that it asked you just now who you are. Please sign out there and try again, or confirm with a "
        "passkey.",
    )


WRONG = {
    "address": Text("発行者のアドレスが https ではありません", "its address is not https"),
    "silent": Text("応答がありません", "it does not answer"),
    "document": Text("案内の文書を読めません", "its configuration cannot be read"),
    "issuer": Text("発行者が設定と違います", "the issuer is not the one that was set"),
    "endpoint": Text("案内の文書にある行き先を使えません", "an address in its configuration cannot be used"),
    "keys": Text("署名の鍵を読めません", "its signing keys cannot be read"),
    "key": Text("知らない鍵の署名です", "signed by a key that is not known"),
    "signature": Text("署名が合いません", "the signature is wrong"),
    "algorithm": Text("署名の方式を受け付けません", "signed in a way that is not taken"),
    "audience": Text("別のシステムに宛てた返事です", "it was meant for another system"),
    "expired": Text("期限が過ぎています", "it has run out"),
    "early": Text(
        "日時が先になっています。時計を確かめてください", "it is dated ahead: please look at the clocks"
    ),
    "claims": Text("必要な項目がありません", "something that is needed is missing"),
    "nonce": Text("この依頼への返事ではありません", "it does not answer what was asked"),
    "code": Text("引き換えを断られました", "the exchange was turned down"),
    "person": Text("別の人の情報が混ざっています", "it mixes two people"),
    "strength": Text("求めた強さで確かめられていません", "the proof was not as strong as was asked for"),
    "groups": Text(
        "グループが多すぎて送られていません", "the groups were left out because there are too many"
    ),
    "roles": Text("役割の設定を読めません", "the setting that gives roles cannot be read"),
}
"""What may be wrong, by the word that the record keeps of it."""


# The company's provider: what it says of itself, held to what the operator set; asked over https and believed for a minute.


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
    """Return what the provider says of itself, asked `anew` unless that was tried a moment ago; of many at once one asks."""
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


# What the company signed, checked: by one of its keys of this minute, for us, of now, and in answer to what was asked.


ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Public keys only: neither “none”, nor the client's secret as a key."""
CLOCKS_MAY_DIFFER = timedelta(seconds=60)
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
LOGOUT_HOLDS = timedelta(minutes=2)
"""So old a notice of signing out may be; it is remembered for longer that it was taken."""
LONGEST = 64 * 1024


class BadCompanyToken(ValueError):
    """Says by a word of `WRONG` what is wrong with what was signed."""


def identified(token: object, *, nonce: str, at: datetime) -> dict[str, Any]:
    """Return what an ID token says, once everything about it holds."""
    try:
        claims = _verified(token, need=("iss", "aud", "exp", "iat", "sub"), at=at)
        if not compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise BadCompanyToken("nonce")
        return claims
    except BadCompanyToken as bad:
        raise CompanyAnswerWrong(why=WRONG[str(bad)]) from None


def signed_out(token: object, *, at: datetime) -> dict[str, Any]:
    """Return what a logout token says, once everything about it holds.

    :raises BadCompanyToken: when it does not.
    """
    claims = _verified(token, need=("iss", "aud", "iat", "jti", "events"), at=at)
    events, made_at = claims["events"], moment_in(claims, "iat")
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT), dict) or "nonce" in claims:
        raise BadCompanyToken("claims")
    if not any(isinstance(claims.get(name), str) and claims[name] for name in ("sub", "sid")):
        raise BadCompanyToken("claims")
    if not isinstance(claims["jti"], str) or made_at is None:
        raise BadCompanyToken("claims")
    if at - made_at > LOGOUT_HOLDS + CLOCKS_MAY_DIFFER:
        raise BadCompanyToken("expired")
    return claims


_FAULTS: tuple[tuple[type[jwt.PyJWTError], str], ...] = (
    (jwt.ExpiredSignatureError, "expired"),
    (jwt.ImmatureSignatureError, "early"),
    (jwt.InvalidAudienceError, "audience"),
    (jwt.InvalidIssuerError, "issuer"),
    (jwt.InvalidAlgorithmError, "algorithm"),
    (jwt.InvalidSignatureError, "signature"),
    (jwt.PyJWTError, "claims"),
)


def _verified(token: object, *, need: tuple[str, ...], at: datetime) -> dict[str, Any]:
    if not isinstance(token, str) or len(token) > LONGEST:
        raise BadCompanyToken("claims")
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            _key_of(token, at),
            algorithms=ALGORITHMS,
            audience=settings.COMPANY_CLIENT,
            issuer=settings.COMPANY_ISSUER,
            leeway=CLOCKS_MAY_DIFFER,
            options={"require": list(need)},
        )
    except jwt.PyJWTError as fault:
        raise BadCompanyToken(next(why for kind, why in _FAULTS if isinstance(fault, kind))) from None
    aud, party = claims["aud"], claims.get("azp", settings.COMPANY_CLIENT)
    if party != settings.COMPANY_CLIENT or (isinstance(aud, list) and len(aud) > 1 and "azp" not in claims):
        raise BadCompanyToken("audience")
    return claims


def _key_of(token: str, at: datetime) -> jwt.PyJWK:
    """Return the key that the token names; where it is not known the keys are asked for once more, for they rotate."""
    is_meant = _by_name(jwt.get_unverified_header(token).get("kid"))
    for anew in (False, True):
        found = [key for key in discovered(at=at, anew=anew).keys if is_meant(key)]
        if len(found) == 1:
            return found[0]
    raise BadCompanyToken("key")


def _by_name(kid: object) -> Callable[[jwt.PyJWK], bool]:
    """A token that names no key can only be of a provider that has one."""
    return lambda key: kid is None or key.key_id == kid
