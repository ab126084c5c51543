"""For which seller an actor stands: its own, or the one whose delegate it is."""

from __future__ import annotations

import pytest

from mamori.grammar.actor import Role
from mamori.rooms.contact.finding import NothingHere, seller_of
from mamori.rooms.contact.tests.conftest import actor


@pytest.mark.parametrize(
    ("by", "role", "ref"),
    [
        ("seller:S-1", Role.SELLER, "S-1"),
        ("seller:S:1", Role.SELLER, "S:1"),
        ("seller:S/1/hanako", Role.DELEGATE, "S/1"),
    ],
)
def test_a_seller_and_its_delegate_stand_for_it_whatever_its_reference_holds(
    by: str, role: Role, ref: str
) -> None:
    assert seller_of(actor(by, role)) == ref


@pytest.mark.parametrize(
    ("by", "role"),
    [
        ("seller:S-1", Role.BUYER),
        ("buyer:S-1", Role.SELLER),
        ("seller:", Role.SELLER),
        ("seller:hanako", Role.DELEGATE),
    ],
)
def test_nobody_else_stands_for_a_seller(by: str, role: Role) -> None:
    with pytest.raises(NothingHere):
        seller_of(actor(by, role))
