"""The door of the gateway by itself: which header makes whom a caller, and whom an operation lets in."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from mamori.doors.gateway.keys import Caller, admit, caller_of
from mamori.doors.gateway.refusals import (
    KeyNeeded,
    KeyNotGood,
    PartyNeeded,
    PartyNotAsked,
    PartyNotGood,
    ScopeMissing,
)
from mamori.doors.gateway.tests.conftest import Software, machine
from mamori.grammar.actor import Role
from mamori.ground.people.facts import Access, Presence

SHOP = Presence(who="machine:shop", role=Role.MACHINE, scopes=frozenset({"a"}))
BUYER = Presence(who="buyer:B-1", role=Role.BUYER)
BUYERS = Access(roles=frozenset({Role.BUYER}), scope="a")


def asked(**headers: str) -> Any:
    """Return a request that came just now with these headers."""
    request: Any = RequestFactory().get("/api/v1/cases", headers=headers)
    request.received_at = request.came_at = request.taken_at = machine().at
    request.number = "r-1"
    return request


def test_whom_the_operation_is_for_is_admitted() -> None:
    admit(Caller(machine=SHOP, party=BUYER), BUYERS, asked())
    admit(Caller(machine=SHOP, party=None), Access(roles=frozenset({Role.MACHINE}), scope="a"), asked())


def test_without_the_scope_nobody_is_and_it_is_named() -> None:
    lacking = Access(roles=frozenset({Role.BUYER}), scope="threads:read")

    with pytest.raises(ScopeMissing) as told:
        admit(Caller(machine=SHOP, party=BUYER), lacking, asked())

    assert told.value.values == {"scope": "threads:read"}


def test_software_alone_is_asked_for_a_party_and_another_party_is_told_that_it_is_not_asked() -> None:
    with pytest.raises(PartyNeeded):
        admit(Caller(machine=SHOP, party=None), BUYERS, asked())
    with pytest.raises(PartyNotAsked) as told:
        admit(Caller(machine=SHOP, party=Presence(who="seller:S-1", role=Role.SELLER)), BUYERS, asked())

    assert told.value.values == {"role": Role.SELLER.text}


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer  ", "Basic x", "Bearerx"])
def test_without_a_bearers_key_there_is_no_caller(header: str) -> None:
    with pytest.raises(KeyNeeded):
        caller_of(asked(Authorization=header))
    with pytest.raises(KeyNeeded):
        caller_of(asked())


@pytest.mark.django_db
def test_a_key_that_nobody_made_calls_nobody() -> None:
    with pytest.raises(KeyNotGood):
        caller_of(asked(Authorization="Bearer mmr_aaaaaaaa_" + "a" * 43))


def test_a_good_key_is_its_machine_and_speaks_for_whom_its_token_names(shop: Software) -> None:
    key = f"Bearer  {shop.token} "

    alone = caller_of(asked(Authorization=key))
    carrying = caller_of(asked(Authorization=key, **{"Mamori-Party": f" {shop.party('buyer:B-1')} "}))
    with pytest.raises(
        PartyNotGood
    ):  # a shop that lost its buyer's token must not get the machine's own view
        caller_of(asked(Authorization=key, **{"Mamori-Party": " "}))

    assert alone.party is None
    assert alone.presence == alone.machine == carrying.machine
    assert alone.machine.who == "machine:shop"
    assert carrying.party == carrying.presence == BUYER


@pytest.mark.parametrize("who", ["agent:1", "lead:1", "machine:x", ""])
def test_a_token_that_names_no_party_is_none(shop: Software, who: str) -> None:
    with pytest.raises(PartyNotGood):
        caller_of(asked(Authorization=f"Bearer {shop.token}", **{"Mamori-Party": shop.party(who)}))


def test_a_token_for_another_door_is_none_here(shop: Software) -> None:
    elsewhere = shop.party("buyer:B-1", aud="http://testserver")

    with pytest.raises(PartyNotGood):
        caller_of(asked(Authorization=f"Bearer {shop.token}", **{"Mamori-Party": elsewhere}))


@pytest.mark.parametrize(
    ("party", "by", "via"), [(None, "machine:shop", "api"), (BUYER, "buyer:B-1", "api/machine:shop")]
)
def test_an_act_says_by_whom_it_is_which_machine_carried_it_and_in_which_request(
    party: Presence | None, by: str, via: str
) -> None:
    request = asked()

    acting = Caller(machine=SHOP, party=party).actor(request)

    assert (acting.by, acting.via, acting.at, acting.request) == (by, via, request.received_at, "r-1")
