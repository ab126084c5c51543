"""The same account under two sellers is remarked upon: a person looks, no money is held for it, no seller reads of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.cases import facts as cases
from mamori.ground.ledger import actions as ledger
from mamori.rooms.payouts import actions as payouts
from mamori.rooms.payouts.accounts import actions as accounts, details, lists as names
from mamori.rooms.payouts.models import Account
from mamori.rooms.payouts.rules import Verdict
from mamori.rooms.payouts.tests.conftest import HANAKO, MONDAY, OTHER, agent, ask, machine, pays_to
from mamori.rooms.payouts.tests.test_name_looks import NAMELESS, nameless, verified

__all__ = ["NAMELESS"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops", "staff")]


def both() -> tuple[Account, Account]:
    """Let S-1 and S-2 give the same account, whose holder is the registered person of both."""
    first = pays_to(HANAKO)
    return first, pays_to(HANAKO, ref="S-2", at=MONDAY)


def waiting() -> list[int]:
    return list(names.owed().values_list("pk", flat=True))


def kept(account: Account) -> bytes | None:
    return None if account.place is None else bytes(account.place)


def said(account: Account) -> str:
    account.refresh_from_db()
    return "".join(sentence.ja for sentence in names.name_of(account, at=MONDAY).why)


def test_an_account_that_another_seller_has_is_looked_at_and_its_money_goes() -> None:
    first, second = both()

    assert (second.verdict, waiting()) == ("match", [second.pk])
    assert cases.case_of(f"payouts.account:{second.pk}").attention == "name"
    assert "ほかの出品者（S-1）" in said(second)
    assert "ほかの出品者（S-2）" in said(first)
    assert ask(seller_ref="S-2").verdict is Verdict.RELEASE
    assert ask("P-2").verdict is Verdict.RELEASE


def test_who_looked_at_it_is_not_asked_again() -> None:
    _, second = both()

    accounts.accept_name(agent(), account=second.pk, reason="姉妹店と確かめた")
    payouts.reconsider(machine(MONDAY + timedelta(days=1)), seller_ref="S-2")

    assert waiting() == []
    assert cases.case_of(f"payouts.account:{second.pk}").closed_at is not None


def test_neither_another_account_nor_the_same_sellers_own_nor_one_that_is_over_is_remarked_upon() -> None:
    pays_to(HANAKO)
    other = pays_to(replace(HANAKO, kind="2"), ref="S-2", at=MONDAY)
    own = pays_to(replace(HANAKO, holder="ヤマダ ハナ"), at=MONDAY)
    found = details.shared_with(other), details.shared_with(own)
    for row in Account.objects.filter(payee="S-1", closed_at=None):
        accounts.stop_account(agent(), account=row.pk)
    third = pays_to(HANAKO, ref="S-2", at=MONDAY + timedelta(days=9))

    assert (*found, details.shared_with(third)) == ((), (), ())


def test_an_account_that_is_older_than_the_index_is_found_too() -> None:
    first = pays_to(HANAKO)
    Account.objects.update(place=None)

    second = pays_to(HANAKO, ref="S-2", at=MONDAY)

    assert (details.shared_with(second), waiting()) == (("S-1",), [second.pk])
    first.refresh_from_db()
    assert first.place is not None


def test_nothing_is_left_to_find_of_an_erased_seller() -> None:
    first = pays_to(HANAKO)
    pays_to(OTHER, at=MONDAY)
    Account.objects.filter(pk=first.pk).update(place=None)
    ledger.shred(machine(), subject="seller:S-1", reason="people.proposal:1")
    ledger.shred(machine(), subject="buyer:B-1", reason="people.proposal:2")

    second = pays_to(HANAKO, ref="S-2", at=MONDAY)

    assert {kept(row) for row in Account.objects.filter(payee="S-1")} == {b""}
    assert (details.shared_with(second), waiting()) == ((), [])


def test_an_old_account_that_nobody_can_open_is_marked_once_and_asked_about_no_more() -> None:
    pays_to(HANAKO)
    ledger.shred(machine(), subject="seller:S-1", reason="people.proposal:1")
    Account.objects.update(place=None)

    details.fill_places()

    assert kept(Account.objects.get()) == b""


def test_a_seller_without_a_name_that_shares_an_account_is_looked_at_once_the_name_is_there() -> None:
    pays_to(HANAKO)
    nameless()
    second = pays_to(HANAKO, ref="S-3", at=MONDAY)
    before = waiting()

    verified()

    assert (before, waiting()) == ([], [second.pk])


def test_neither_seller_reads_that_another_has_the_account(enter: Enter) -> None:
    both()

    for ref, other in (("S-1", "S-2"), ("S-2", "S-1")):
        page = enter(Role.SELLER, f"seller:{ref}").get("/seller/payouts/").content.decode()
        assert "ほかの出品者" not in page
        assert other not in page
