"""What one process of the races for the last one does: means, leads, who would be first, one erased, a delegate, points, a key.

Each looks and waits a moment before it acts, so that two who hold no lock do meet: the second has then looked too early.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.journeys.racing import wait_for

MOMENT = 0.7
"""Seconds between looking and acting."""
AT = datetime(2026, 11, 16, 1, tzinfo=UTC)


def main() -> None:
    """Do what the command line says and print JSON."""
    import django

    django.setup()
    what, *words = sys.argv[1:]
    print(json.dumps(WHAT[what](*words)))


def prepare() -> dict[str, list[int]]:
    """Lay out somebody with two passkeys, somebody with a passkey and an app, two leads, and a buyer with an order."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    from conftest import passkey
    from mamori.ground.market import actions as market
    from mamori.ground.people.models import Account

    accounts = [
        Account.objects.create(email=f"{name}@example.jp", name=name, role="lead", added_at=AT)
        for name in ("first", "second")
    ]
    numbers: dict[str, list[int]] = {"leads": [account.pk for account in accounts]}
    for name, others in (("passkeys", "webauthn"), ("app", "totp")):
        account = Account.objects.create(email=f"{name}@example.jp", name=name, role="agent", added_at=AT)
        rows = [
            Authenticator.objects.create(user=account, type=kind, data=passkey())
            for kind in ("webauthn", others)
        ]
        numbers[name] = [account.pk, *(row.pk for row in rows)]
    account = Account.objects.create(email="codes@example.jp", name="codes", role="agent", added_at=AT)
    Authenticator.objects.create(user=account, type="webauthn", data=passkey())
    RecoveryCodes.activate(account)
    numbers["codes"] = [account.pk]
    actor = _actor("machine:test", "machine")
    _sell(actor)
    market.put_buyer(actor, market.BuyerLine(ref="B", name="買手"))
    ordered = AT - timedelta(days=3)
    market.put_order(
        actor, market.OrderLine(ref="O", buyer="B", seller="S", amount=8_000, ordered_at=ordered)
    )
    return numbers | {"findings": [_heard(seed) for seed in range(2)]}


def _sell(actor: Any) -> None:
    """Let a shop accept all terms, have all delegates but one, and software a key."""
    from conftest import in_force
    from mamori.ground.market import actions as market
    from mamori.ground.people import actions as people
    from mamori.ground.people.facts import Scope
    from mamori.law.clauses import CLAUSES
    from tests.shops import put_shop

    early = AT - timedelta(days=60)
    in_force(at=early, since=early.date())
    accepted = tuple(market.Accepted(clause=one.code, version=one.version, at=early) for one in CLAUSES)
    put_shop(replace(actor, at=early), ref="S", name="店", mail="s@example.jp", accepted=accepted)
    market.put_listing(actor, market.ListingLine(ref="L", seller="S", name="品", price=8_000))
    for number in range(49):
        _delegate(f"d{number}")
    people.add_key(actor, name="shop", scopes=list(Scope)[:1])


def _heard(seed: int) -> int:
    """Find one incident once more, and hear the shop about it."""
    from mamori.grammar.measure import Reach, Severity
    from mamori.grammar.text import Text
    from mamori.rooms.enforcement.findings import actions
    from mamori.rooms.enforcement.findings.matter import Subject
    from mamori.rooms.enforcement.rules.bounds import Source

    found = actions.find(
        _actor("agent:9", "agent"),
        breach="counterfeit",
        severity=Severity.SERIOUS,
        harm=Reach.MONEY,
        subject=Subject(seller="S", listing="L"),
        facts=(Text("偽物だった。", "It is a counterfeit."),),
        origin=f"race:{seed}",
        source=Source.STAFF,
    )
    actions.ask_view(_actor("agent:9", "agent"), finding=found)
    actions.state_view(_actor("seller:S", "seller"), finding=found, said="違います")
    return found


def _delegate(name: str) -> None:
    from mamori.ground.people import actions as people

    people.add_delegate(_actor("seller:S", "seller"), name=name, person="花子", mail="h@example.jp")


def race(which: str, seed: str, plan: str) -> str:
    """Do one of two things at once and return the code of what was refused, "" where it was done."""
    from mamori.grammar.refusal import Refusal

    deed = RACES[which]
    deed(json.loads(plan), int(seed), True)
    wait_for(2, f"{which}-{seed}", of=which)
    try:
        return str(deed(json.loads(plan), int(seed), False) or "")
    except Refusal as refusal:
        return refusal.code


def _remove(which: str) -> Callable[[dict[str, list[int]], int, bool], str]:
    """Remove one of two means by its page."""

    def remove(plan: dict[str, list[int]], seed: int, early: bool) -> str:
        from allauth.mfa.models import Authenticator

        from mamori.ground.web.signing import adapters

        if early:
            wait_after(adapters.FactorAdapter, "can_delete_authenticator")
            return ""
        account, *means = plan[which]
        client, number = _window(account), means[seed]
        wait_for(2, f"{which}-{seed}-in", of=f"{which}-in")
        kind = Authenticator.objects.get(pk=number).type
        where = f"passkeys/{number}" if kind == "webauthn" else "app"
        answer = client.post(f"/account/factors/{where}/remove/")
        assert answer.status_code in (200, 302, 403, 404, 409), answer.content
        return "" if answer.status_code == 302 else str(answer.status_code)

    return remove


def _reveal_or_use(plan: dict[str, list[int]], seed: int, early: bool) -> str:
    """Reveal the recovery codes by their page; or use the first of them meanwhile."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    [account] = plan["codes"]
    row = Authenticator.objects.get(user=account, type="recovery_codes")
    if early:
        if not seed:
            wait_after(RecoveryCodes, "get_unused_codes")
        return ""
    if seed:
        time.sleep(MOMENT / 2)
        return "" if RecoveryCodes(row).validate_code(RecoveryCodes(row).get_unused_codes()[0]) else "wrong"
    answer = _window(account).post("/account/factors/recovery/")
    return "" if answer.status_code == 200 else str(answer.status_code)


def _window(account: int) -> Any:
    """Return a window in which somebody has just proved who they are."""
    from django.conf import settings
    from django.test import Client

    from mamori.ground.people.models import Account
    from mamori.ground.people.presence import RECORDS

    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(Account.objects.get(pk=account), "allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[RECORDS] = [{"method": "mfa", "type": "webauthn", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(account)
    session.save()
    return client


def _suspend(plan: dict[str, list[int]], seed: int, early: bool) -> None:
    """Suspend the other of two leads."""
    from mamori.ground.people.actions import accounts

    if early:
        return wait_after(accounts, "_keep_a_lead")
    mine, other = plan["leads"][seed], plan["leads"][1 - seed]
    accounts.suspend(_actor(f"lead:{mine}", "lead"), account=other, profile=_profile())
    return None


def _be_first(plan: dict[str, list[int]], seed: int, early: bool) -> str:
    """Add a lead where there is none: the first is one at once, all later ones need somebody's agreement."""
    from mamori.ground.people.actions import accounts
    from mamori.ground.people.models import Account

    if early:
        Account.objects.filter(role="lead").update(is_active=False)
        return wait_after(accounts, "is_first_lead") or ""
    actor = _actor("machine:command", "machine")
    number = accounts.add_account(
        actor, email=f"new{seed}@example.jp", name="新任", role=_role("lead"), profile=_profile()
    )
    return "" if Account.objects.get(pk=number).role == "lead" else "proposed"


def _open_or_erase(plan: dict[str, list[int]], seed: int, early: bool) -> None:
    """Open a trouble whose refund is instructed; or erase its buyer, having looked once it stands, before it is written."""
    from django.db import transaction

    from mamori.ground.market import actions as market
    from mamori.ground.people.events import ErasureAgreed
    from mamori.rooms.contact import actions as contact
    from mamori.rooms.contact.topics import Harm, Topic

    if early:
        return
    if seed:
        wait_for(1, "", of="opened")
        market.erasure_agreed(ErasureAgreed(subject="buyer:B", proposal=1), AT)
        return
    with transaction.atomic():
        buyer = _actor("buyer:B", "buyer")
        said = {"topic": Topic.BROKEN, "harm": Harm.MONEY, "said": "動きません", "centre_may_read": True}
        trouble = contact.open_trouble(buyer, order_ref="O", **said)
        contact.request_mediation(buyer, trouble=trouble)
        contact.grant_remedy(_actor("agent:9", "agent"), trouble=trouble, amount=8_000, reason="回答なし")
        wait_for(1, "0", of="opened")
        time.sleep(MOMENT)


def _decide(plan: dict[str, list[int]], seed: int, early: bool) -> None:
    """Decide on one of two findings of the same incident."""
    from mamori.grammar.text import Text
    from mamori.rooms.enforcement.measures.actions import deciding
    from mamori.rooms.enforcement.measures.actions.deciding import Wish

    if early:
        return wait_after(deciding, "judge")
    measure, days = [("correction", 14), ("notice", 0)][seed]
    wish = Wish(measure=measure, days=days, reason="記録のとおり", why_other=Text("軽い。", "It is light."))
    actor = replace(_actor("lead:9", "lead"), at=AT + timedelta(hours=1))
    deciding.decide(actor, finding=plan["findings"][seed], wish=wish)
    return None


def _add_delegate(plan: dict[str, list[int]], seed: int, early: bool) -> None:
    """Add the last delegate that a shop may have."""
    from mamori.ground.people import persons as delegates_kept

    return wait_after(delegates_kept, "seal") if early else _delegate(f"last{seed}")


def _rotate(plan: dict[str, list[int]], seed: int, early: bool) -> None:
    """Make the next key of a name."""
    from mamori.ground.people.actions import delegates as keys

    if early:
        return wait_after(keys, "_living")
    keys.rotate_key(_actor("machine:command", "machine"), name="shop", overlap=timedelta(days=7))
    return None


def wait_after(where: Any, name: str) -> None:
    """Let whoever has looked wait before they act."""
    looked = getattr(where, name)

    def look(*words: Any, **named: Any) -> Any:
        seen = looked(*words, **named)
        time.sleep(MOMENT)
        return seen

    setattr(where, name, look)


def _actor(by: str, role: str) -> Any:
    from mamori.grammar.actor import Actor

    return Actor(by=by, role=_role(role), at=AT, via="test")


def _role(role: str) -> Any:
    from mamori.grammar.actor import Role

    return Role(role)


def _profile() -> Any:
    from mamori.grammar.businesstime import Hours
    from mamori.ground.people.rules import Profile, Size

    return Profile(size=Size.ONE, delay=Hours(24))


def examine() -> dict[str, Any]:
    """Say what is left: means of those two people, leads, and whether the buyer's key lives and the refund is known."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    from mamori.ground.people.models import Account, Delegate, Key
    from mamori.ground.seal import facts as seals
    from mamori.rooms.enforcement.models import Measure, Strike
    from mamori.rooms.enforcement.policy import records as policies

    answered = [policies.points_of(one.trace, one.policy, one.kind) for one in Measure.objects.all()]
    means = Authenticator.objects.exclude(type="recovery_codes")
    means_of_codes = Authenticator.objects.get(user__email="codes@example.jp", type="recovery_codes")
    return {
        "passkeys": means.filter(user__email="passkeys@example.jp").count(),
        "app": means.filter(user__email="app@example.jp").count(),
        "codes": len(RecoveryCodes(means_of_codes).get_unused_codes()),
        "leads": Account.objects.filter(role="lead", is_active=True).count(),
        "points": [sum(Strike.objects.values_list("points", flat=True)), max(answered, default=0)],
        "delegates": Delegate.objects.filter(ended_at__isnull=True).count(),
        "generations": sorted(Key.objects.filter(name="shop").values_list("generation", flat=True)),
        "buyer lives": "buyer:B" in seals.living(["buyer:B"]),
    }


RACES: dict[str, Callable[[dict[str, list[int]], int, bool], Any]] = {
    "passkeys": _remove("passkeys"),
    "app": _remove("app"),
    "codes": _reveal_or_use,
    "leads": _suspend,
    "first": _be_first,
    "erased": _open_or_erase,
    "points": _decide,
    "delegates": _add_delegate,
    "key": _rotate,
}
WHAT: dict[str, Callable[..., Any]] = {"prepare": prepare, "race": race, "examine": examine}
