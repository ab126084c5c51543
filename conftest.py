"""What every test may count on: keys and a log of its own, never those of a running house."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from mamori.grammar.hand import STAFF, Role
from mamori.ground.people.models import Account
from mamori.ground.people.presence import VISITOR
from mamori.ground.seal import keystore

type Enter = Callable[..., Client]


@pytest.fixture(scope="session")
def house_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the keys once for all tests."""
    settings.KEYS = tmp_path_factory.mktemp("house") / "keys"
    for key in keystore.Key:
        keystore.make(key)
    return settings.KEYS


@pytest.fixture(autouse=True)
def house(house_keys: Path, tmp_path: Path) -> Iterator[None]:
    """Point the settings to the tests' keys and to an empty log."""
    former = settings.KEYS, settings.LOG
    settings.KEYS, settings.LOG = house_keys, tmp_path / "log"
    yield
    settings.KEYS, settings.LOG = former


@pytest.fixture
def enter(db: None) -> Enter:
    """Open a browser in which somebody is signed in: `enter(Role.BUYER, "buyer:B-1")`, `enter(Role.AGENT)`, `enter()`."""

    def entered(role: Role = Role.ANONYMOUS, who: str = "") -> Client:
        client = Client()
        if role in STAFF:
            account, _ = Account.objects.get_or_create(
                email=f"{role}@example.jp",
                defaults={"name": role.text.ja, "role": role.value, "added_at": datetime.now(UTC)},
            )
            client.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
        elif role is not Role.ANONYMOUS:
            session = client.session
            session[VISITOR] = {"who": who, "role": role.value, "name": who}
            session.save()
        return client

    return entered
