"""The doctor looks at the company's sign-in: each thing that may be wrong in words that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.ground.people.models import Account
from mamori.ground.terms import actions as terms
from mamori.ground.web.signing.company import provider as known
from mamori.ground.web.signing.company.tests.lying import CLIENT, SECRET, KeyPair, Provider, provider
from mamori.law.company import COMPANY_ROLES
from mamori.site.checks import operator
from mamori.site.checks.finding import Level

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 3, tzinfo=UTC)


@pytest.fixture
def theirs(settings: Any) -> Iterator[Provider]:
    """Let a company's provider be used that tells of sign-outs."""
    with provider(KeyPair.made("k-1")) as one:
        one.config, one.date = {"backchannel_logout_supported": True}, format_datetime(NOON, usegmt=True)
        settings.COMPANY_ISSUER, settings.COMPANY_CLIENT, settings.COMPANY_SECRET = one.origin, CLIENT, SECRET
        yield one
        known.forget()


def found(level: Level, *, at: datetime = NOON) -> str:
    """Return what it finds of one level, in English."""
    told = operator.company(at)
    return " ".join(text.en for one, text in told if one is level)


def test_nothing_is_said_where_no_company_is_used() -> None:
    assert list(operator.company(NOON)) == []


def test_one_that_answers_is_good_and_says_where_people_are_sent_back_to(theirs: Provider) -> None:
    assert f"{theirs.origin} (it sends people back to http://localhost:8000/account/company/back/)" in found(
        Level.GOOD
    )
    assert found(Level.LOOK) == found(Level.BROKEN) == ""


def test_half_a_setting_is_broken(theirs: Provider, settings: Any) -> None:
    settings.COMPANY_CLIENT = ""

    assert "half set up" in found(Level.BROKEN)


def test_a_secret_is_missed(theirs: Provider, settings: Any) -> None:
    settings.COMPANY_SECRET = ""

    assert "There is no client secret" in found(Level.BROKEN)


@pytest.mark.parametrize(
    ("config", "why"),
    [
        ({"issuer": "https://evil.example"}, "the issuer is not the one that was set"),
        ({"issuer": None}, "the issuer is not the one that was set"),
        ({"token_endpoint": "http://evil.example/"}, "an address in its configuration cannot be used"),
    ],
)
def test_one_that_says_what_it_may_not_is_broken(theirs: Provider, config: dict[str, Any], why: str) -> None:
    theirs.config |= config

    assert f"({why})" in found(Level.BROKEN)


def test_one_that_is_away_or_without_https_is_broken(theirs: Provider, settings: Any) -> None:
    settings.COMPANY_ISSUER = "http://127.0.0.1:9"
    assert "it does not answer" in found(Level.BROKEN)

    settings.COMPANY_ISSUER = "http://login.example"
    assert "its address is not https" in found(Level.BROKEN)


def test_clocks_that_are_apart_are_broken(theirs: Provider) -> None:
    assert "600 seconds apart" in found(Level.BROKEN, at=NOON + timedelta(minutes=10))
    assert found(Level.BROKEN, at=NOON - timedelta(seconds=60)) == ""


def test_one_that_tells_of_no_sign_outs_and_takes_no_proof_key_is_to_be_looked_at(theirs: Provider) -> None:
    theirs.config = {"code_challenge_methods_supported": ["plain"]}

    told = found(Level.LOOK)

    assert "does not take the proof key" in told
    assert "up to 4 hours" in told


def test_groups_that_cannot_be_read_are_broken(theirs: Provider) -> None:
    at = NOON
    machine = Actor(by="machine:command/test", role=Role.MACHINE, at=at, via="command")
    terms.set(machine, setting=COMPANY_ROLES, value="leads=lead; helpers=boss")

    assert "“helpers=boss” in people.company_roles cannot be read" in found(Level.BROKEN, at=NOON)


def test_a_lead_who_does_not_depend_on_the_company_is_missed(theirs: Provider) -> None:
    account = Account.objects.create(
        email="lead@example.jp",
        name="l",
        role="lead",
        added_at=NOON,
        company="x",
        vouched_until=NOON,
    )
    assert "depends on the company's sign-in" in found(Level.LOOK)

    account.company = account.vouched_until = None
    account.save()

    assert found(Level.LOOK) == ""
