"""Whose a receipt is: one rule for every door."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import transaction

from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger import actions, facts
from mamori.ground.ledger.rules import concerns, may_open

NOW = datetime(2026, 11, 16, 1, tzinfo=UTC)
SELLER, DELEGATE, BUYER, HELPER = Role.SELLER, Role.DELEGATE, Role.BUYER, Role.HELPER


def actor(by: str, role: Role) -> Actor:
    return Actor(by=by, role=role, at=NOW, via="test")


@pytest.mark.parametrize(
    ("by", "role", "reader", "reads_as", "opens"),
    [
        ("buyer:B-1", BUYER, "buyer:B-1", BUYER, True),
        ("buyer:B-1", BUYER, "buyer:B-2", BUYER, False),
        ("seller:S-1/hana", DELEGATE, "seller:S-1/hana", DELEGATE, True),
        ("seller:S-1/hana", DELEGATE, "seller:S-1/jiro", DELEGATE, False),
        ("seller:S-1/hana", DELEGATE, "seller:S-1", SELLER, True),
        ("seller:S-1/hana", DELEGATE, "seller:S", SELLER, False),
        ("seller:S-1", SELLER, "seller:S-1/hana", DELEGATE, False),
        ("buyer:B-1/helper-1", HELPER, "buyer:B-1", BUYER, True),
        ("buyer:B-1", BUYER, "buyer:B-1/helper-1", HELPER, False),
        # a reference may hold a slash, and its owner is nobody's delegate
        ("seller:S-1/hana", SELLER, "seller:S-1", SELLER, False),
        ("seller:S-1/hana", SELLER, "seller:S-1/hana", DELEGATE, False),
        ("buyer:B-1/x", BUYER, "buyer:B-1", BUYER, False),
        ("agent:7", Role.AGENT, "agent:7", Role.AGENT, True),
        ("agent:7", Role.AGENT, "agent:8", Role.AGENT, False),
        ("machine:shop", Role.MACHINE, "machine:shop", Role.MACHINE, False),
        ("anonymous", Role.ANONYMOUS, "anonymous", Role.ANONYMOUS, False),
    ],
)
def test_the_words_of_an_act_open_to_who_did_it_and_for_whom_it_was_done(
    by: str, role: Role, reader: str, reads_as: Role, opens: bool
) -> None:
    assert may_open(actor(reader, reads_as), {"by": by, "role": role.value}) is opens


@pytest.mark.parametrize(
    ("reader", "reads_as", "seen", "seen_when_erased"),
    [
        ("buyer:B-1", BUYER, True, True),
        ("buyer:B-1/helper-1", HELPER, False, False),
        ("buyer:B-2", BUYER, False, False),
        ("seller:S-1/hana", DELEGATE, True, False),
        ("seller:S-1", SELLER, True, False),
        ("seller:S-1/jiro", DELEGATE, False, False),
        ("lead:1", Role.LEAD, True, True),
        ("machine:shop", Role.MACHINE, True, True),
        ("anonymous", Role.ANONYMOUS, False, False),
    ],
)
def test_a_number_alone_suffices_for_whom_it_concerns(
    reader: str, reads_as: Role, seen: bool, seen_when_erased: bool
) -> None:
    content = {"by": "seller:S-1/hana", "role": "delegate"}

    for given, expected in ((content, seen), (None, seen_when_erased)):
        assert concerns(actor(reader, reads_as), subject="buyer:B-1", content=given) is expected


def test_a_delegate_sees_what_is_about_its_seller() -> None:
    assert concerns(actor("seller:S-1/jiro", DELEGATE), subject="seller:S-1", content=None)
    assert not concerns(actor("seller:S-1/jiro", DELEGATE), subject="seller:S-2", content=None)


@pytest.mark.django_db
def test_whoever_has_the_address_gets_the_proof_and_the_number_alone_tells_a_stranger_nothing() -> None:
    with transaction.atomic():
        number = actions.record(
            actor("buyer:B-1", BUYER), kind="contact.write", subject="buyer:B-1", about="contact.thread:1"
        )
    act = facts.act(number)
    assert act
    stranger, owner = actor("buyer:B-2", BUYER), actor("buyer:B-1", BUYER)

    waiting = facts.receipt_for(owner, str(number), number=number)
    actions.sequence(at=NOW)
    _, own = facts.receipt_for(owner, str(number), number=number)
    _, given = facts.receipt_for(stranger, act.address, number=None)
    _, nobodys = facts.receipt_for(actor("anonymous", Role.ANONYMOUS), act.address, number=None)

    assert waiting == (number, None)
    assert own
    assert own.content
    for proof in (given, nobodys):
        assert proof
        assert (proof.content, proof.salt) == (None, None)
    for who, address, bare in (
        (stranger, str(number), number),
        (owner, "999999", 999_999),
        (owner, "x", None),
    ):
        with pytest.raises(facts.NoSuchAct):
            facts.receipt_for(who, address, number=bare)
