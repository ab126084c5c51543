"""The doctor looks at who may come in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import Hours
from mamori.ground.people import actions
from mamori.ground.people.rules import Profile, Size
from mamori.ground.people.tokens import Scope
from mamori.ground.terms import actions as terms
from mamori.law.settings import OUTSIDE_READER, PEOPLE_SIZE
from mamori.site.checks import operator
from mamori.site.checks.finding import Check, Level, examine

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
MACHINE = Actor(by="machine:test", role=Role.MACHINE, at=NOW, via="test")


def levels(check: Check) -> list[Level]:
    """Return how bad the findings of a check are."""
    return [finding.level for finding in examine(check, NOW)]


@pytest.mark.parametrize(
    ("origin", "level"),
    [
        ("https://help.example.jp", Level.GOOD),
        ("http://localhost:8000", Level.GOOD),
        ("http://127.0.0.1", Level.GOOD),
        ("http://help.example.jp", Level.BROKEN),
        ("http://localhost.evil.example", Level.BROKEN),
    ],
)
def test_plain_http_is_for_ones_own_machine(settings: Any, origin: str, level: Level) -> None:
    settings.ORIGIN = origin

    assert levels(operator.origin) == [level]


def test_a_house_without_a_lead_is_told_how_to_get_one() -> None:
    assert levels(operator.staff) == [Level.LOOK]

    profile = Profile(size=Size.THREE, delay=Hours(24))
    actions.add_account(MACHINE, email="lead@example.jp", name="x", role=Role.LEAD, profile=profile)

    assert levels(operator.staff) == []


def test_who_works_alone_is_asked_for_a_reader() -> None:
    profile = Profile(size=Size.ONE, delay=Hours(24))
    actions.add_account(MACHINE, email="lead@example.jp", name="x", role=Role.LEAD, profile=profile)
    terms.set(MACHINE, setting=PEOPLE_SIZE, value="1")
    assert levels(operator.staff) == [Level.LOOK]

    terms.set(MACHINE, setting=OUTSIDE_READER, value="reader@example.org")

    assert levels(operator.staff) == []


def test_a_key_that_ends_soon_is_named_until_it_has_a_successor() -> None:
    actions.add_key(MACHINE, name="shop", scopes=[Scope.MARKET_WRITE], lives=timedelta(days=13))
    actions.add_key(MACHINE, name="later", scopes=[Scope.MARKET_WRITE], lives=timedelta(days=15))
    assert levels(operator.keys) == [Level.LOOK]

    actions.rotate_key(MACHINE, name="shop", overlap=timedelta(days=7))

    assert levels(operator.keys) == []
