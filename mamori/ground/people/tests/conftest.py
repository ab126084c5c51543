"""Who acts in these tests: leads and agents with accounts, a seller, the machine; and links as a marketplace signs them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from allauth.mfa.models import Authenticator

from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import Hours
from mamori.ground.people import actions
from mamori.ground.people.models import Account
from mamori.ground.people.rules import Profile, Size
from mamori.ground.people.tokens import Scope

NOON = datetime(2026, 11, 24, 3, tzinfo=UTC)
LONG_AGO = NOON - timedelta(days=60)
"""When those of the staff were added who count by now."""
MACHINE = Actor(by="machine:command/test", role=Role.MACHINE, at=NOON, via="command")
SELLER = Actor(by="seller:S-1", role=Role.SELLER, at=NOON, via="web")
HERE = "https://help.example.jp"
THREE = Profile(size=Size.THREE, delay=Hours(24), reader="reader@example.org")
ONE = Profile(size=Size.ONE, delay=Hours(24), reader="reader@example.org")
TWENTY = Profile(size=Size.TWENTY, delay=Hours(24))

type Join = Callable[..., Actor]
type Sign = Callable[..., str]


@pytest.fixture
def join(db: None) -> Join:
    """Let somebody be one of the staff, with a passkey: `join("hanako", Role.LEAD)`; returns their actor."""

    def joined(name: str, role: Role = Role.AGENT, *, passkey: bool = True) -> Actor:
        account = Account.objects.create(
            email=f"{name}@example.jp", name=name, role=role.value, added_at=LONG_AGO, password="!"
        )
        if passkey:
            Authenticator.objects.create(user=account, type="webauthn", data={"name": "key"})
        return Actor(by=account.who, role=role, at=NOON, via="web")

    return joined


@pytest.fixture
def link_key(db: None) -> actions.NewKey:
    """Give the marketplace a key to sign with."""
    return actions.add_key(MACHINE, name="shop-links", scopes=[Scope.LINKS_SIGN])


@pytest.fixture
def sign(link_key: actions.NewKey) -> Sign:
    """Sign a link as the marketplace does; anything may be said otherwise."""
    count = iter(range(1000))

    def signed(
        sub: str = "buyer:B-1", *, kid: str = "", secret: str = "", alg: str = "HS256", **more: Any
    ) -> str:
        claims: dict[str, Any] = {
            "sub": sub,
            "aud": HERE,
            "iat": int(NOON.timestamp()),
            "exp": int((NOON + timedelta(minutes=5)).timestamp()),
            "jti": f"j-{next(count)}",
        } | more
        claims = {name: value for name, value in claims.items() if value is not None}
        key = "" if alg == "none" else (secret or link_key.secret)
        return jwt.encode(claims, key, algorithm=alg, headers={"kid": kid or link_key.prefix})

    return signed


def number_of(actor: Actor) -> int:
    """Return the number of the actor's account."""
    return int(actor.by.partition(":")[2])
