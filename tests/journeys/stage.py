"""What one process does to a house for the browser, line by line: it lays out a marketplace, lets people in, does what waits."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any


def main() -> None:
    """Do what each line says, and answer each with a line of JSON; whatever else is printed goes beside."""
    import django
    from django.db import connections

    django.setup()
    for line in sys.stdin:
        what, *words = json.loads(line)
        with redirect_stdout(sys.stderr):
            done = WHAT[what](*words)
        connections.close_all()
        print(json.dumps(done), flush=True)


def lay() -> dict[str, Any]:
    """Build the small marketplace of the permission table, with a matter far along, and let the log be signed."""
    from mamori.ground.ledger import actions as ledger
    from tests.permissions.world import build

    world = asdict(build())
    ledger.sequence(at=datetime.now(UTC))
    return world


def let_in(*guests: str) -> dict[str, dict[str, str]]:
    """Let each guest in ("agent", "buyer=buyer:B-1") and return their cookies; staff have just shown a code."""
    return {guest: _cookies(*guest.partition("=")[::2]) for guest in guests}


def _cookies(role: str, who: str) -> dict[str, str]:
    from django.conf import settings

    from mamori.grammar.actor import STAFF, Role
    from mamori.ground.web.sessions import SessionStore

    now = datetime.now(UTC)
    session = SessionStore()
    if Role(role) in STAFF:
        session.update(_staff(role, now))
    else:
        from mamori.ground.people.presence import BEGUN, VISITOR

        session[VISITOR] = {"who": who, "role": role, "name": who}
        session[BEGUN] = now.isoformat()
    session.save()
    return {settings.SESSION_COOKIE_NAME: str(session.session_key)}


def _staff(role: str, now: datetime) -> dict[str, Any]:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from mamori.grammar.actor import Role
    from mamori.ground.people.models import Account
    from mamori.ground.people.presence import BEGUN, RECORDS

    account, _ = Account.objects.get_or_create(
        email=f"{role}@example.jp",
        defaults={
            "name": Role(role).text.ja,
            "role": role,
            "added_at": now - timedelta(days=60),  # who is new agrees to nothing yet
            "totp_allowed_at": now,
        },
    )
    if not Authenticator.objects.filter(user=account).exists():
        TOTP.activate(account, generate_totp_secret())
    return {
        SESSION_KEY: str(account.pk),
        BACKEND_SESSION_KEY: "allauth.account.auth_backends.AuthenticationBackend",
        HASH_SESSION_KEY: account.get_session_auth_hash(),
        BEGUN: now.isoformat(),
        RECORDS: [{"method": "mfa", "type": "totp", "at": now.timestamp()}],
        "account_authentication_methods_user": str(account.pk),
    }


def mailed(template: str) -> str:
    """Return what the newest mail of a kind carries for its reader alone."""
    from mamori.ground.outbox.models import Notice
    from mamori.ground.outbox.notices import secret_of

    return secret_of(Notice.objects.filter(template=template, sealed__isnull=False).latest("pk"))


def order_books() -> str:
    """Let somebody order of the bookshop just now, and let the log be signed; return the order's reference."""
    from mamori.ground.ledger import actions as ledger
    from tests.journeys.people import village

    ref = village.order_books()
    ledger.sequence(at=datetime.now(UTC))
    return ref


def burn() -> list[str]:
    """Let three buyers tell of a danger just now; return the numbers of their cases."""
    from mamori.grammar.actor import Actor, Role
    from mamori.ground.cases import facts as cases
    from mamori.ground.market import actions as market
    from mamori.rooms.contact import actions as contact
    from mamori.rooms.contact.topics import Harm, Topic

    at, numbers = datetime.now(UTC), []
    for number in range(3):
        ref = f"O-BURNS-{number}"
        line = market.OrderLine(
            ref=ref, buyer="B-1", seller="S-1", amount=4_000, ordered_at=at - timedelta(days=3)
        )
        market.put_order(Actor(by="machine:shop", role=Role.MACHINE, at=at, via="test"), line)
        buyer = Actor(by="buyer:B-1", role=Role.BUYER, at=at, via="test")
        trouble = contact.open_trouble(
            buyer,
            order_ref=ref,
            topic=Topic.UNSAFE,
            harm=Harm.DANGER,
            said="煙が出ました",
            centre_may_read=False,
        )
        numbers.append(cases.case_of(f"contact.trouble:{trouble}").number)
    return numbers


def crowd(count: str) -> list[dict[str, str]]:
    """Open so many cases at once, most of them late; return each with its parties."""
    from tests.journeys.crowd import crowd as opened

    return opened(count)


def key() -> str:
    """Return the key by which the log is signed, as it is published."""
    from mamori.ground.ledger import facts as log

    return log.key()


def doubt(seller: str) -> dict[str, Any]:
    """Let a new seller's account have a holder of whom no rule can say that it is who is registered; return account and case."""
    from mamori.grammar.actor import Actor, Role
    from mamori.ground.cases import facts as cases
    from mamori.law.identification import Method, Registrant
    from mamori.rooms.payouts.accounts.actions import set_account
    from mamori.rooms.payouts.accounts.details import Given
    from tests.shops import put_shop

    shop = Actor(by="machine:shop", role=Role.MACHINE, at=datetime.now(UTC), via="test")
    who: dict[str, Any] = {
        "legal_name": "山田 花子",
        "legal_kana": "ヤマダ ハナコ",
        "registered_as": Registrant.PERSON,
    }
    put_shop(shop, ref=seller, name=f"店 {seller}", verified_by=Method.JPKI, verified_at=shop.at, **who)
    given = Given(bank="0001", branch="001", number="7654321", holder="ヤマダ ハナヨ")
    account = set_account(shop, seller_ref=seller, given=given)
    return {"account": account, "case": cases.case_of(f"payouts.account:{account}").number}


def suspect() -> str:
    """Let a breach have been found that nobody has decided on; return the number of its case."""
    from mamori.grammar.actor import Actor, Role
    from mamori.grammar.measure import Reach, Severity
    from mamori.grammar.text import Text
    from mamori.ground.cases import facts as cases
    from mamori.rooms.enforcement.findings import actions as enforcement
    from mamori.rooms.enforcement.findings.matter import Subject
    from mamori.rooms.enforcement.rules.bounds import Source

    finding = enforcement.find(
        Actor(by="agent:97", role=Role.AGENT, at=datetime.now(UTC), via="test"),
        breach="display",
        severity=Severity.MINOR,
        harm=Reach.NONE,
        subject=Subject(seller="S-1", listing="L-1"),
        facts=(Text("住所がない。", "No address is shown."),),
        origin="test:panels",
        source=Source.STAFF,
    )
    return cases.case_of(f"enforcement.finding:{finding}").number


def of_village(what: str) -> Callable[..., Any]:
    """Return what the village of the ten people does by that name; it is read once the house is loaded."""

    def do(*words: str) -> Any:
        from tests.journeys.people import village

        return getattr(village, what)(*words)

    return do


OF_VILLAGE = ("gather", "confirm", "settle", "order_sofa", "tell_of_lamp", "show_displays")
WHAT: dict[str, Callable[..., Any]] = {
    "lay": lay,
    "let_in": let_in,
    "order_books": order_books,
    "burn": burn,
    "crowd": crowd,
    "key": key,
    "mailed": mailed,
    "doubt": doubt,
    "suspect": suspect,
    **{name: of_village(name) for name in OF_VILLAGE},
}

if __name__ == "__main__":
    main()
