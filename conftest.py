"""What every test may count on: keys and a log of its own, never those of a running house."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.test import Client
from fido2.cose import ES256
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    RegistrationResponse,
)
from hypothesis import HealthCheck, settings as searching

from mamori.doors.public import views as home
from mamori.grammar.actor import INSIDE, Actor, Role
from mamori.grammar.businesstime import Hours
from mamori.ground.clocks import sandbox
from mamori.ground.declared import memory
from mamori.ground.people import limits, persons
from mamori.ground.people.actions import proposing
from mamori.ground.people.models import Account, Delegate, Proposal
from mamori.ground.people.persons import Person
from mamori.ground.people.presence import BEGUN, RECORDS, VISITOR
from mamori.ground.people.rules import Profile, Size
from mamori.ground.seal import keystore
from mamori.ground.terms import actions as terms
from mamori.ground.web import operator
from mamori.ground.web.signing import choices
from mamori.law.clauses import BY_CODE

pytest_plugins = (
    "tests.forkserver",
    "tests.statements.counting",
    "tests.settled.comparing",
    "tests.laid",
    "tests.shapes.hearing",
    "tests.spending",
)

sandbox._KNOWN[:] = [False]  # as every house of the tests but those that are made as one

type Enter = Callable[..., Client]

# The same commit is told the same, on a machine that is busy too: what is tried is drawn from the test's own words.
searching.register_profile(
    "house", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
searching.load_profile("house")


def plan(query: QuerySet[Any, Any]) -> str:
    """Return how the database would go about a query, with scans and sorts only where nothing else is possible.

    PostgreSQL scans or sorts a table that it has seen to be empty, whatever its indexes: another test's ANALYZE decides that.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off"
            )
    return query.explain()


def effort(doing: Callable[[], object]) -> float:
    """Return the least seconds that something kept a processor busy in three tries: waiting for one does not count."""

    def once() -> float:
        began = time.process_time()
        doing()
        return time.process_time() - began

    return min(once() for _ in range(3))


def in_force(*clauses: str, at: datetime, since: date | None = None) -> int:
    """Publish the house's patterns of these clauses as two people would, of all where none is named; return the change."""
    lead = Actor(by="lead:1", role=Role.LEAD, at=at, via="test")
    words = [terms.Words(clause=code, version=BY_CODE[code].version) for code in clauses or BY_CODE]
    profile = Profile(size=Size.THREE, delay=Hours(48))
    change = terms.propose_change(lead, words=words, profile=profile, binds_on=since)
    with transaction.atomic():
        proposing.effect(lead, Proposal.objects.get(about=f"terms.change:{change}"))
    return change


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """Hash as the house does, at a price that no test has to pay; real houses, which run beside, pay the whole."""
    former, ScryptPasswordHasher.work_factor = ScryptPasswordHasher.work_factor, 2
    yield
    ScryptPasswordHasher.work_factor = former


@pytest.fixture(scope="session")
def house_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the keys once for all tests."""
    settings.KEYS = tmp_path_factory.mktemp("house") / "keys"
    for key in keystore.Key:
        keystore.make(key)
    return settings.KEYS


@pytest.fixture(autouse=True)
def house(house_keys: Path, tmp_path: Path) -> Iterator[None]:
    """Point the settings to the tests' keys, to an empty log and to an empty folder of files."""
    former = settings.KEYS, settings.LOG, settings.FILES
    settings.KEYS, settings.LOG, settings.FILES = house_keys, tmp_path / "log", tmp_path / "files"
    yield
    settings.KEYS, settings.LOG, settings.FILES = former


@pytest.fixture(autouse=True)
def nothing_half_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no act end well of which a part was undone, unless it was an attempt, which forgets what it had read."""
    undo, write = BaseDatabaseWrapper.savepoint_rollback, memory.write

    def undone(self: BaseDatabaseWrapper, sid: str) -> None:
        if memory.is_carried():
            memory.put("half", "undone", True)
        undo(self, sid)

    def checked(name: str | None = None) -> None:
        assert "undone" not in memory.all_of("half"), "an act goes on after a part of it was undone"
        write(name)

    monkeypatch.setattr(BaseDatabaseWrapper, "savepoint_rollback", undone)
    monkeypatch.setattr(memory, "write", checked)


@pytest.fixture(autouse=True)
def counted_anew() -> None:
    """Let no test feel what another has counted or set."""
    limits.forget()
    choices.forget()
    operator.forget()
    home.forget()
    from mamori.rooms.disclosure.editions import views as editions

    editions.forget()


def passkey() -> dict[str, object]:
    """Return a passkey as allauth keeps it: a true public key, of which nobody has the private one."""
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    credential = AttestedCredentialData.create(b"\0" * 16, os.urandom(16), public)
    shown = AuthenticatorData.create(b"\0" * 32, AuthenticatorData.FLAG(0x45), 0, credential)
    client = CollectedClientData.create("webauthn.create", b"challenge", "http://localhost")
    response = AuthenticatorAttestationResponse(
        client_data=client, attestation_object=AttestationObject.create("none", shown, {})
    )
    registered = RegistrationResponse(raw_id=credential.credential_id, response=response)
    return {"name": "key", "credential": dict(registered)}


NUMBERED_FROM = 1_001
"""From here on staff who enter are numbered, so that nobody of a cast ("lead:2") is one of them by chance."""


@pytest.fixture
def enter(db: None) -> Enter:
    """Open a browser in which somebody is signed in: `enter(Role.BUYER, "buyer:B-1")`, `enter(Role.AGENT)`, `enter()`.

    Staff have a passkey; with `stepped_up=True` they have just shown it, as sensitive looks ask.
    """

    def entered(role: Role = Role.ANONYMOUS, who: str = "", *, stepped_up: bool = False) -> Client:
        client = Client()
        now = datetime.now(UTC)
        if role in INSIDE:
            account, _ = Account.objects.get_or_create(
                email=f"{role}@example.jp",
                defaults={
                    "pk": NUMBERED_FROM + sorted(INSIDE).index(role),
                    "name": role.text.ja,
                    "role": role.value,
                    "added_at": now - timedelta(days=60),
                },
            )
            Authenticator.objects.get_or_create(user=account, type="webauthn", defaults={"data": passkey()})
            client.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
            if stepped_up:
                session = client.session
                session[RECORDS] = [{"method": "mfa", "type": "webauthn", "at": now.timestamp()}]
                session["account_authentication_methods_user"] = str(account.pk)
                session.save()
        elif role is not Role.ANONYMOUS:
            session = client.session
            session[VISITOR] = {"who": who, "role": role.value, "name": who}
            session[BEGUN] = now.isoformat()
            session.save()
            if role is Role.DELEGATE:
                whose, _, name = who.removeprefix("seller:").rpartition("/")
                person = Person(name=name, mail=f"{name}@example.jp")
                sealed = persons.seal(seller_ref=whose, name=name, person=person)
                Delegate.objects.get_or_create(
                    seller_ref=whose, name=name, defaults={"sealed": sealed, "added_at": now}
                )
        return client

    return entered
