"""A visit ends with the erasure of its person, and none begins, by whatever was signed or sent before."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger import actions as ledger
from mamori.ground.people import actions
from mamori.ground.people.tokens import BadToken, party_of
from mamori.ground.web.signing.tests.test_visitors import (
    code_for,
    found_out,
    key,
    link,
    presence,
    shop,
)

__all__ = ["key", "shop"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop")]


def lead() -> Actor:
    return Actor(by="lead:1", role=Role.LEAD, at=datetime.now(UTC), via="test")


def erase(person: str) -> None:
    ledger.shred(lead(), subject=person, reason="people.proposal:1")


@pytest.mark.parametrize(
    ("role", "who", "person"),
    [
        (Role.BUYER, "buyer:B-1", "buyer:B-1"),
        (Role.HELPER, "buyer:B-1/helper-1", "buyer:B-1"),
        (Role.SELLER, "seller:S-1", "seller:S-1"),
        (Role.DELEGATE, "seller:S-1/hanako", "seller:S-1"),
    ],
)
def test_who_was_erased_while_signed_in_is_nobody_any_more_nor_is_who_acts_for_them(
    enter: Enter, role: Role, who: str, person: str
) -> None:
    client, beside = enter(role, who), enter(Role.BUYER, "buyer:B-2")
    before = presence(client).who

    erase(person)

    assert (before, presence(client).who, presence(beside).who) == (who, "", "buyer:B-2")


def test_what_the_house_puts_on_record_about_an_erased_person_opens_no_visit(enter: Enter) -> None:
    client = enter(Role.SELLER, "seller:S-1")
    erase("seller:S-1")

    ledger.record(lead(), kind="market.noted", subject="seller:S-1", about="market.seller:S-1")

    assert client.get("/seller/").headers["Location"].startswith("/in/?")


def test_no_link_of_before_lets_in_who_was_erased(key: actions.NewKey) -> None:
    path = link(key)
    erase("buyer:B-1")

    page = Client().post(path)

    assert page.status_code == 410
    with pytest.raises(BadToken, match="sub"):
        party_of(path.removeprefix("/in/"), datetime.now(UTC), settings.ORIGIN)


def test_no_code_of_before_lets_in_who_was_erased() -> None:
    client = Client()
    client.post("/in/", {"role": "buyer", "ref": "O-1", "mail": "buyer@example.jp"})
    found_out()
    code = code_for("buyer:B-1")
    erase("buyer:B-1")

    page = client.post("/in/code/", {"code": code})

    assert (page.status_code, presence(client).who) == (422, "")
