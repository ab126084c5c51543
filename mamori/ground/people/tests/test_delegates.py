"""Delegates: the seller's own decision, sealed, and never two persons under one name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger import actions as ledgering, facts as ledger
from mamori.ground.people import actions, facts
from mamori.ground.people.actions.delegates import (
    MOST,
    DelegateNameTaken,
    DelegateNameUnusable,
    MailUnusable,
    NoSuchDelegate,
    OnlyTheSeller,
    TooManyDelegates,
)
from mamori.ground.people.models import Delegate
from mamori.ground.people.tests.conftest import MACHINE, NOON, SELLER

pytestmark = pytest.mark.django_db


def add(name: str = "hanako", mail: str = "hanako@example.jp", actor: Actor = SELLER) -> None:
    """Let somebody act for the shop."""
    actions.add_delegate(actor, name=name, person="鈴木花子", mail=mail)


def test_a_seller_names_a_delegate_who_is_told_apart_by_name() -> None:
    add()

    (delegate,) = facts.delegates("S-1")
    assert (delegate.name, delegate.person, delegate.mail, delegate.ended_at) == (
        "hanako", "鈴木花子", "hanako@example.jp", None,
    )  # fmt: skip
    assert facts.address_of("seller:S-1/hanako") == ("鈴木花子", "hanako@example.jp")
    assert [act.kind for act in ledger.acts_about("people.delegate:S-1/hanako")] == ["people.delegate_added"]
    assert "鈴木" not in repr(Delegate.objects.values())


@pytest.mark.parametrize(
    "actor",
    [
        replace(SELLER, by="seller:S-1/hanako", role=Role.DELEGATE),
        replace(SELLER, by="buyer:B-1", role=Role.BUYER),
        replace(SELLER, by="lead:1", role=Role.LEAD),
        replace(SELLER, by="machine:shop", role=Role.MACHINE),
    ],
)
def test_nobody_else_decides(actor: Actor) -> None:
    add()

    with pytest.raises(OnlyTheSeller):
        add("taro", actor=actor)
    with pytest.raises(OnlyTheSeller):
        actions.end_delegate(actor, name="hanako")


def test_another_seller_ends_nobody() -> None:
    add()

    with pytest.raises(NoSuchDelegate):
        actions.end_delegate(replace(SELLER, by="seller:S-2"), name="hanako")


@pytest.mark.parametrize("name", ["", "Hanako", "花子", "-h", "h-", "h/a", "a" * 33, "h\n"])
def test_a_short_name_is_plain(name: str) -> None:
    with pytest.raises(DelegateNameUnusable):
        add(name)


@pytest.mark.parametrize("mail", ["", "hanako", "a@b", "x@example.jp\nBcc: y@example.jp"])
def test_an_address_is_one(mail: str) -> None:
    with pytest.raises(MailUnusable):
        add(mail=mail)


def test_a_name_is_one_person_for_ever_in_one_shop() -> None:
    add()
    actions.end_delegate(SELLER, name="hanako")

    with pytest.raises(DelegateNameTaken):
        add()
    add(actor=replace(SELLER, by="seller:S-2"))


def test_ended_is_ended_once() -> None:
    add()
    actions.end_delegate(SELLER, name="hanako")

    with pytest.raises(NoSuchDelegate):
        actions.end_delegate(SELLER, name="hanako")
    assert facts.address_of("seller:S-1/hanako") is None


def test_there_is_an_end_to_how_many() -> None:
    Delegate.objects.bulk_create(
        Delegate(seller_ref="S-1", name=f"d{number}", sealed=b"", added_at=NOON) for number in range(MOST)
    )

    with pytest.raises(TooManyDelegates):
        add()


def test_an_erased_seller_leaves_no_name_of_a_delegate() -> None:
    add()

    ledgering.shred(MACHINE, subject="seller:S-1", reason="退会")

    assert facts.delegates("S-1")[0].person == ""
    assert facts.address_of("seller:S-1/hanako") is None
