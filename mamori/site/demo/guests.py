"""Who may try the demo's house: one of each staff role, a buyer, a seller, and the marketplace's own software."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from mamori.grammar.actor import Actor, Role
from mamori.grammar.text import Text
from mamori.ground.people import actions as people
from mamori.ground.people.facts import Presence, Scope
from mamori.ground.people.models import Account
from mamori.rooms.complaints.counselling.queries import who_is, who_said
from mamori.rooms.complaints.models import Counsellor

AGENT, LEAD, COUNSEL, READER = "agent:1", "lead:2", "counsel:3", "reader:4"
SELLERS = {"question": "S-0001", "solved": "S-0001", "unsolved": "S-0002", "silent": "S-0003"}
BUYERS = {"question": "B-0001", "solved": "B-0002", "unsolved": "B-0003", "silent": "B-0004"}
ORDERS = {"solved": "O-000001", "unsolved": "O-000002", "silent": "O-000003"}
CLAIMED = "O-000020"
"""An order of more than 10,000 yen, whose buyer claims the money back."""
LISTING = "L-0001"
WRONG_LISTING = "L-0002"
BUYER, SELLER, DELEGATE = "B-0213", "S-0002", "hanako"
"""As whom one comes in by the doors."""


NAME = "guests.json"
STAFF = (Role.AGENT, Role.LEAD, Role.COUNSEL, Role.READER)
"""In the order in which `cast` numbers their accounts."""
WORK = {
    Role.BUYER: Text(
        "困りごと3件、お店の情報の開示請求、相談員への同意の確認",
        "three troubles, a request for who the seller is, a consent to confirm",
    ),
    Role.SELLER: Text(
        "回答を待つ困りごと、効いている措置と異議、止められている支払い",
        "a trouble to answer, a measure in force and its appeal, a payout that is held",
    ),
    Role.DELEGATE: Text("同じお店を、頼まれた人として", "the same shop, for its seller"),
    Role.AGENT: Text(
        "仲介の求め、煙が出たという申し出、開示請求、相談員への回答",
        "a mediation, a report of smoke, a request for who the seller is, a counsellor to answer",
    ),
    Role.LEAD: Text(
        "決める前の違反、二人目を待つ開示、公開を待つお知らせ",
        "a breach to decide, a disclosure that waits for its second person, words to publish",
    ),
    Role.COUNSEL: Text(
        "異議の見直し、警察からの照会への同意、支払いの保留",
        "an appeal to review, an inquiry of the police to agree to, money that is held",
    ),
    Role.READER: Text("手順書、申し出の傾向と改善", "the handbook, trends and improvements"),
    Role.COUNSELLOR: Text(
        "回答を待つ相談と、終わった相談", "a consultation that waits, and one that is over"
    ),
}
"""Who has a door, in the order of the list, and what waits for them behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guests:
    """What the demo's doors are opened with; kept in the demo's home, for its owner only."""

    word: str = field(repr=False)
    api_key: str = field(repr=False)
    link_kid: str
    link_secret: str = field(repr=False)
    apps: dict[str, str] = field(repr=False)

    def path(self, role: Role) -> str:
        """Return the address by which somebody of that role comes in."""
        return f"/demo/{self.word}/{role.value}/"


def invite(home: Path, *, at: datetime) -> Guests:
    """Make accounts and keys, and write them down."""
    actor = Actor(by="machine:demo", role=Role.MACHINE, at=at, via="demo")
    apps = {role.value: _account(role, at) for role in STAFF}
    shop = people.add_key(actor, name="demo-shop", scopes=frozenset(Scope) - {Scope.LINKS_SIGN})
    links = people.add_key(actor, name="demo-links", scopes=[Scope.LINKS_SIGN])
    guests = Guests(
        word=secrets.token_urlsafe(12),
        api_key=shop.secret,
        link_kid=links.prefix,
        link_secret=links.secret,
        apps=apps,
    )
    with os.fdopen(os.open(home / NAME, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(asdict(guests), file)
    return guests


def visitor(role: Role) -> Presence:
    """Return who comes in by the door of a role that is not of the staff."""
    match role:
        case Role.COUNSELLOR:
            row = Counsellor.objects.get()
            return Presence(who=who_is(row), role=role, name=who_said(row).name)
        case Role.DELEGATE:
            return Presence(who=f"seller:{SELLER}/{DELEGATE}", role=role, name=DELEGATE)
    return Presence(who=f"{role.value}:{BUYER if role is Role.BUYER else SELLER}", role=role)


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
