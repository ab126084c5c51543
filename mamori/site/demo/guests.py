"""Who may try the demo's house: one of each staff role, a buyer, a seller, and the marketplace's own software."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from mamori.grammar.hand import Hand, Role
from mamori.ground.people import actions as people
from mamori.ground.people.facts import Scope
from mamori.ground.people.models import Account

NAME = "guests.json"
STAFF = (Role.AGENT, Role.LEAD, Role.COUNSEL)
EVERY = (Role.BUYER, Role.SELLER, *STAFF)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guests:
    """What the demo's doors are opened with; kept in the demo's home, for its owner only."""

    word: str = field(repr=False)
    buyer: str
    seller: str
    api_key: str = field(repr=False)
    link_kid: str
    link_secret: str = field(repr=False)
    apps: dict[str, str] = field(repr=False)

    def path(self, role: Role) -> str:
        """Return the address by which somebody of that role comes in."""
        return f"/demo/{self.word}/{role.value}/"


def invite(home: Path, *, buyer: str, seller: str, at: datetime) -> Guests:
    """Make accounts and keys, and write them down."""
    hand = Hand(by="machine:demo", role=Role.MACHINE, at=at, via="demo")
    apps = {role.value: _account(role, at) for role in STAFF}
    shop = people.add_key(hand, name="demo-shop", scopes=frozenset(Scope) - {Scope.LINKS_SIGN})
    links = people.add_key(hand, name="demo-links", scopes=[Scope.LINKS_SIGN])
    guests = Guests(
        word=secrets.token_urlsafe(12),
        buyer=buyer,
        seller=seller,
        api_key=shop.secret,
        link_kid=links.prefix,
        link_secret=links.secret,
        apps=apps,
    )
    with os.fdopen(os.open(home / NAME, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(asdict(guests), file)
    return guests


def read(home: Path) -> Guests | None:
    """Return what was written down, None when this is no demo's home."""
    try:
        return Guests(**json.loads((home / NAME).read_text("utf-8")))
    except OSError:
        return None


def address_of(role: Role) -> str:
    """Return the mail address of the account that the demo has for a role."""
    return f"{role.value}@demo.mamori.invalid"


def _account(role: Role, at: datetime) -> str:
    account = Account.objects.create(
        email=address_of(role),
        name=f"見本 {role.text.ja}",
        role=role.value,
        added_at=at - timedelta(days=60),
        totp_allowed_at=at,
    )
    secret: str = generate_totp_secret()
    TOTP.activate(account, secret)
    return secret
