"""What the company signed, checked: by one of its keys of this minute, for us, of now, and in answer to what was asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any

import jwt
from django.conf import settings

from mamori.ground.people.facts import moment_in
from mamori.ground.web.signing.company.provider import discovered
from mamori.ground.web.signing.company.refusals import WRONG, CompanyAnswerWrong

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
    """Return what an ID token says, once everything about it holds.

    :raises CompanyAnswerWrong: when it does not. :raises CompanyAway: when the keys cannot be asked for.
    """
    try:
        claims = _verified(token, need=("iss", "aud", "exp", "iat", "sub"), at=at)
        if not compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise BadCompanyToken("nonce")
        return claims
    except BadCompanyToken as bad:
        raise CompanyAnswerWrong(why=WRONG[str(bad)]) from None


def signed_out(token: object, *, at: datetime) -> dict[str, Any]:
    """Return what a logout token says, once everything about it holds.

    :raises BadCompanyToken: when it does not. :raises CompanyAway: when the keys cannot be asked for.
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
