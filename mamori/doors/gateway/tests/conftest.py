"""Software that calls the API as a shop does, and looks at every answer with the eyes of the description."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from django.http import HttpResponse
from django.test import Client

from mamori.doors.gateway.api import built
from mamori.doors.gateway.keys import AUDIENCE
from mamori.doors.gateway.schema import document
from mamori.grammar.actor import Actor, Role
from mamori.ground.people import actions as people, limits
from mamori.ground.people.facts import Scope
from tests.laid import laid

ALL = frozenset(Scope) - {Scope.LINKS_SIGN}
DOCUMENT = document(built())
EARLY = datetime.now(UTC).replace(microsecond=0) - timedelta(days=26)
"""When the order was placed: lately, whatever day it is, for orders grow too old."""


def machine() -> Actor:
    return Actor(by="machine:test", role=Role.MACHINE, at=datetime.now(UTC), via="test")


@dataclass(kw_only=True)
class Software:
    """The marketplace's software, with one key."""

    token: str
    link_kid: str = ""
    link_secret: str = ""
    client: Client = field(default_factory=lambda: Client(raise_request_exception=True))

    def call(
        self,
        method: str,
        path: str,
        told: Any = None,
        *,
        party: str = "",
        key: str | None = "",
        **headers: str,
    ) -> HttpResponse:
        """Call and compare the answer with the description; `key` "" = a new one, None = none at all."""
        sent = {"Authorization": f"Bearer {self.token}", **headers}
        if party:
            sent["Mamori-Party"] = self.party(party)
        if key is not None and method == "POST":
            sent["Idempotency-Key"] = key or uuid.uuid4().hex
        body = told if isinstance(told, bytes | str) else b"" if told is None else json.dumps(told)
        kind = headers.pop("content_type", "application/json")
        sent = {name: value for name, value in sent.items() if value and name != "content_type"}
        answer = self.client.generic(
            method, f"/api/v1{path}", body, content_type=kind, headers=sent, secure=True
        )
        check(method, path, answer)
        return answer

    def party(self, who: str, **claims: Any) -> str:
        """Sign a party's token as a marketplace does."""
        now = int(datetime.now(UTC).timestamp())
        told = {"sub": who, "aud": AUDIENCE, "iat": now, "exp": now + 300, "jti": uuid.uuid4().hex}
        return jwt.encode(told | claims, self.link_secret, algorithm="HS256", headers={"kid": self.link_kid})


def check(method: str, path: str, answer: HttpResponse) -> None:
    """Fail when the description does not say that this may be answered."""
    for address, item in sorted(DOCUMENT["paths"].items(), key=lambda one: -len(one[0])):
        pattern = re.sub(
            r"\\{ref\\}",
            "(.+)",
            re.sub(r"\\{(?!ref)\w+\\}", "([^/]+)", re.escape(address)),
        )
        if re.fullmatch(pattern, path.partition("?")[0]) and method.lower() in item:
            told = item[method.lower()]["responses"]
            assert str(answer.status_code) in told, (
                f"{method} {path}: {answer.status_code} {answer.content!r}"
            )
            content = told[str(answer.status_code)].get("content", {})
            kind = answer.headers.get("Content-Type", "").partition(";")[0]
            assert not content or kind in content, f"{method} {path}: {kind}"
            return
    assert answer.status_code in (404, 405), f"{method} {path}: {answer.status_code}"


type Make = Callable[..., Software]


def software(*scopes: Scope, name: str = "shop") -> Software:
    """Let the marketplace have a key with these scopes, all where none is named, and one to sign links with."""
    link = people.add_key(machine(), name=f"{name}-links", scopes=[Scope.LINKS_SIGN])
    key = people.add_key(machine(), name=name, scopes=scopes or ALL)
    return Software(token=key.secret, link_kid=link.prefix, link_secret=link.secret)


@pytest.fixture
def make(db: None) -> Iterator[Make]:
    """Make software whose key has these scopes."""
    limits.forget()
    yield software
    limits.forget()


@laid
def shop() -> Software:
    """A shop whose key may do all."""
    return software()


@laid
def market(shop: Software) -> Software:
    """A shop that has told us one seller, two buyers, a listing and an order."""
    shop.call("PUT", "/sellers/S-1", {"name": "山の店"})
    shop.call("PUT", "/sellers/S-1/contacts", {"person": "山田花子", "mail": "s@example.jp"})
    shop.call("PUT", "/buyers/B-1", {"name": "買手一郎", "mail": "b@example.jp", "phone": "090-1111-2222"})
    shop.call("PUT", "/buyers/B-2", {"name": "買手二郎"})
    shop.call("PUT", "/listings/L-1", {"seller": "S-1", "name": "茶碗", "price": 8000})
    order = {"buyer": "B-1", "seller": "S-1", "amount": 8000, "ordered_at": EARLY.isoformat()}
    shop.call("PUT", "/orders/O-1", order | {"items": [{"listing": "L-1", "price": 8000}]})
    return shop


TROUBLE = {
    "order": "O-1",
    "topic": "broken",
    "harm": "money",
    "said": "割れて届きました",
    "centre_may_read": True,
}


@laid
def thread(market: Software) -> str:
    """A trouble that the buyer of O-1 reported."""
    found = market.call("POST", "/threads", TROUBLE, party="buyer:B-1")
    assert found.status_code == 201, found.content
    given: str = found.json()["id"]
    return given


def bare(given: str) -> int:
    """Return the number that an id names."""
    return int(given.partition("_")[2])


def later(days: int = 0, **span: float) -> datetime:
    return datetime.now(UTC) + timedelta(days=days, **span)
