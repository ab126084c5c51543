"""Things are found by their own number, not by that of another thing."""

import pytest
from django.db import connection

from mamori.grammar.actor import Role
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.finding import (
    NothingHere,
    buyer_of,
    is_party,
    seller_of,
    take_turns,
    the_call,
    the_trouble,
)
from mamori.rooms.contact.tests.conftest import actor, agent, buyer, open_asked, open_trouble, sellers_calls
from mamori.rooms.contact.topics import Harm, Topic


@pytest.mark.usefixtures("market_of_two")
def test_a_call_a_trouble_and_a_thread_are_told_apart_by_their_numbers() -> None:
    contact.ask_question(buyer(), listing_ref="L-1", topic=Topic.GOODS, said="使えますか")
    quiet = open_trouble(harm=Harm.INCONVENIENCE)
    open_trouble(order_ref="O-2", harm=Harm.INCONVENIENCE)
    danger = open_asked(order_ref="O-3")
    [call] = sellers_calls()
    assert call.id != danger

    found = the_call(agent(), call.id)

    assert (found.pk, found.trouble.pk, found.trouble.thread.order_ref) == (call.id, danger, "O-3")
    assert the_trouble(agent(), quiet).thread.order_ref == "O-1"


def test_a_buyers_hand_names_the_buyer_by_the_whole_reference() -> None:
    assert buyer_of(actor("buyer:B:1", Role.BUYER)) == "B:1"


@pytest.mark.parametrize(
    ("by", "role"),
    [("seller:S-1", Role.BUYER), ("buyer:", Role.BUYER), ("buyer", Role.BUYER), ("buyer:B-1", Role.SELLER)],
)
def test_a_hand_that_is_no_buyers_names_none(by: str, role: Role) -> None:
    with pytest.raises(NothingHere):
        buyer_of(actor(by, role))


@pytest.mark.parametrize(
    ("by", "role", "ref"),
    [
        ("seller:S-1", Role.SELLER, "S-1"),
        ("seller:S:1", Role.SELLER, "S:1"),
        ("seller:S/1:2", Role.SELLER, "S/1:2"),
        ("seller:S/1/hanako", Role.DELEGATE, "S/1"),
        ("seller:S-1/hanako", Role.DELEGATE, "S-1"),
        ("seller:S/1:2/hanako", Role.DELEGATE, "S/1:2"),
    ],
)
def test_a_sellers_or_delegates_hand_names_the_seller_by_the_whole_reference(
    by: str, role: Role, ref: str
) -> None:
    assert seller_of(actor(by, role)) == ref


@pytest.mark.parametrize(
    ("by", "role"),
    [
        ("buyer:S-1", Role.SELLER),
        ("buyer:S-1/hanako", Role.DELEGATE),
        ("seller:", Role.SELLER),
        ("seller:S-1", Role.DELEGATE),
        ("seller:hanako", Role.DELEGATE),
        ("seller:S-1", Role.BUYER),
        ("agent:1", Role.AGENT),
    ],
)
def test_a_hand_that_is_no_sellers_names_none(by: str, role: Role) -> None:
    with pytest.raises(NothingHere):
        seller_of(actor(by, role))


def test_a_delegate_is_party_for_its_seller_whose_reference_may_hold_a_slash_and_for_no_shorter_one() -> None:
    hanako = actor("seller:S/1/hanako", Role.DELEGATE)
    refs = ("S", "S/1", "S/1/hanako", "")

    assert [ref for ref in refs if is_party(hanako, buyer_ref="", seller_ref=ref)] == ["S/1"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's writers take turns by themselves")
@pytest.mark.django_db
def test_refunds_of_one_buyer_take_turns_and_those_of_two_do_not_wait_for_each_other() -> None:
    take_turns("B-1")
    take_turns("B-1")
    take_turns("B-2")

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()"
        )
        assert cursor.fetchone() == (2,)
