"""A house whose staff sign in by a company, the company's provider, and the way there and back."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client

from mamori.grammar.actor import Actor, Role
from mamori.ground.people.models import Account
from mamori.ground.terms import actions as terms
from mamori.ground.web.signing import choices
from mamori.ground.web.signing.company import provider as known
from mamori.ground.web.signing.company.tests.lying import CLIENT, SECRET, KeyPair, Provider, provider
from mamori.law.company import COMPANY_ROLES
from mamori.law.settings import SETTINGS

ROLES = "counsel=counsel; leads=lead; agents=agent"
HANAKO = {"sub": "u-1", "name": "山田 花子", "email": "hanako@example.jp", "groups": ["agents"]}
BACK = "/account/company/back/"

type Come = Callable[..., HttpResponse]


@pytest.fixture(scope="session")
def key() -> KeyPair:
    return KeyPair.made("k-1")


@pytest.fixture(scope="session")
def another_key() -> KeyPair:
    return KeyPair.made("k-2")


@pytest.fixture
def company(db: None, settings: Any, key: KeyPair) -> Iterator[Provider]:
    """Let a company's provider be used, by which Hanako is an agent."""
    with provider(key) as one:
        one.person = dict(HANAKO)
        settings.COMPANY_ISSUER, settings.COMPANY_CLIENT, settings.COMPANY_SECRET = one.origin, CLIENT, SECRET
        known.forget()
        chosen(COMPANY_ROLES.code, ROLES)
        yield one
        known.forget()


@pytest.fixture
def come(company: Provider) -> Come:
    """Go to the company and come back as it sends one: `come(client, to="/desk/today/")`."""

    def came(client: Client, to: str = "", *, by: str = "/account/company/", **answer: str) -> HttpResponse:
        company.asked = sent(client.post(by, {"next": to}))
        told = {"state": company.asked["state"], "code": "the-code"} | answer
        return client.get(BACK, told)

    return came


def sent(page: HttpResponse) -> dict[str, str]:
    """Return what the company is asked, as the page that leads there says it."""
    assert page.status_code == 200, page
    address = re.search(r'content="0;url=([^"]+)"', page.content.decode())
    assert address
    return {name: values[0] for name, values in parse_qs(urlsplit(html.unescape(address[1])).query).items()}


def chosen(code: str, value: Any) -> None:
    """Set what the operator may choose."""
    setting = next(one for one in SETTINGS if one.code == code)
    at = datetime.now(UTC)
    terms.set(
        Actor(by="machine:command/test", role=Role.MACHINE, at=at, via="command"),
        setting=setting,
        value=value,
    )
    choices.forget()


def hanako() -> Account:
    return Account.objects.get(email="hanako@example.jp")
