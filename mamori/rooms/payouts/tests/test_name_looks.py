"""A look at a name is asked for where somebody can take it, comes to its end, and of nobody else is it said that one looks."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.declared import memory
from mamori.ground.terms import actions as terms
from mamori.law.settings import PAYOUT_PROOF
from mamori.rooms.payouts import actions as payouts, facts, matters
from mamori.rooms.payouts.accounts import actions as accounts, lists as names
from mamori.rooms.payouts.accounts.rules import Doubt, owes_look
from mamori.rooms.payouts.models import Account
from mamori.rooms.payouts.refusals import ProofAmountWrong, ProofOver
from mamori.rooms.payouts.tests.conftest import (
    EARLY,
    HANAKO,
    MONDAY,
    TARO,
    agent,
    ask,
    codes,
    lead,
    machine,
    pays_to,
    registered,
    seller,
    settle,
)
from mamori.rooms.payouts.tests.test_runs import payer, run
from tests.shops import put_shop

__all__ = ["payer"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops", "staff")]
NAMELESS = {
    "legal_name": "",
    "legal_kana": "",
    "registered_as": None,
    "verified_by": None,
    "verified_at": None,
}
LATER = MONDAY + timedelta(hours=1)


def nameless(ref: str = "S-3") -> None:
    put_shop(machine(EARLY), **registered(ref=ref, **NAMELESS))


def verified(ref: str = "S-3", **more: object) -> None:
    put_shop(machine(LATER), **registered(ref=ref, verified_at=LATER, **more))
    settle(LATER)


def waiting() -> list[int]:
    return list(names.owed().order_by("id").values_list("pk", flat=True))


def of_before(account: Account) -> None:
    """Let an account stand in the queue as it did once, though nothing is there to compare it with."""
    account.look_since = MONDAY
    account.save(update_fields=["look_since"])
    with memory.act():
        matters.settle([account], at=MONDAY, why="test")


def test_an_account_that_replaces_another_is_looked_at_once_the_name_is_verified() -> None:
    nameless()
    pays_to(HANAKO, ref="S-3")
    second = pays_to(TARO, ref="S-3", at=MONDAY)
    assert second.state == "cooling"

    verified()

    assert waiting() == [second.pk]
    second.refresh_from_db()
    assert names.name_of(second, at=LATER).can_decide
    accounts.accept_name(agent(LATER), account=second.pk, reason="通称の届けがある")
    settle(MONDAY + timedelta(days=3))
    assert ask(seller_ref="S-3", at=MONDAY + timedelta(days=3)).released == 10_000


def test_a_seller_without_a_registered_name_stands_in_no_queue_and_no_case_is_open() -> None:
    nameless()

    account = pays_to(HANAKO, ref="S-3")

    assert (account.verdict, account.why, account.look_since) == ("review", "no-name", None)
    assert waiting() == []
    assert not clocks.open_clocks(f"payouts.account:{account.pk}")
    assert codes(ask(seller_ref="S-3")) == ["identity-unverified"]


def test_an_account_without_a_payout_is_compared_when_the_name_comes() -> None:
    nameless()
    pays_to(HANAKO, ref="S-3")

    verified()

    assert (Account.objects.get().verdict, waiting()) == ("match", [])


def test_who_stood_in_the_queue_before_is_let_go_when_its_clock_rings() -> None:
    nameless()
    account = pays_to(HANAKO, ref="S-3", at=MONDAY)
    of_before(account)

    settle(MONDAY + timedelta(days=2))

    assert waiting() == []
    assert cases.case_of(f"payouts.account:{account.pk}").closed_at is not None


def test_a_second_account_that_waited_for_ever_gets_its_button_when_its_clock_rings() -> None:
    pays_to(HANAKO, at=EARLY)
    second = pays_to(TARO, at=MONDAY)
    Account.objects.filter(pk=second.pk).update(identity_version=0, why="no-name")

    settle(MONDAY + timedelta(days=1, hours=1))

    second.refresh_from_db()
    assert names.name_of(second, at=MONDAY).can_decide


def test_a_name_that_is_changed_and_not_verified_is_looked_at_once_it_is() -> None:
    account = pays_to(TARO, at=MONDAY)
    changed = registered(
        legal_name="鈴木 一郎", legal_kana="スズキ イチロウ", verified_by=None, verified_at=None
    )
    put_shop(machine(MONDAY), **changed)
    payouts.reconsider(machine(MONDAY), seller_ref="S-1")
    between = waiting()

    verified("S-1", legal_name="山田 太郎", legal_kana="")

    account.refresh_from_db()
    assert (between, waiting()) == ([], [account.pk])
    assert names.name_of(account, at=LATER).can_decide


def test_what_the_bank_said_no_to_is_looked_at_though_the_name_came_only_then() -> None:
    nameless()
    account = pays_to(HANAKO, ref="S-3")
    accounts.prove_by_bank(machine(), seller_ref="S-3", agrees=False)
    before = waiting()

    verified()

    assert (before, waiting()) == ([], [account.pk])
    assert codes(ask(seller_ref="S-3", at=LATER)) == ["name-doubt"]


@pytest.mark.usefixtures("payer")
def test_a_test_that_failed_is_looked_at_though_the_name_came_only_then() -> None:
    nameless()
    terms.set(lead(EARLY), setting=PAYOUT_PROOF, value="test")
    account = pays_to(HANAKO, ref="S-3", at=EARLY + timedelta(days=1))
    run()
    for _ in range(3):
        with suppress(ProofAmountWrong, ProofOver):
            who = seller()
            accounts.prove_by_test(
                type(who)(by="seller:S-3", role=Role.SELLER, at=MONDAY, via="test"),
                account=account.pk,
                yen=100,
            )
    before = waiting()

    verified()

    assert (before, waiting()) == ([], [account.pk])


@pytest.mark.parametrize(
    ("verdict", "has_name", "tries", "is_proved", "owed"),
    [
        ("match", True, 0, False, False),
        ("review", True, 0, False, True),
        ("mismatch", True, 0, False, True),
        ("review", False, 0, False, False),
        ("match", True, 3, False, True),
        ("match", True, 3, True, False),
        ("match", False, 3, False, False),
    ],
)
def test_a_look_is_owed_where_names_are_in_doubt_and_both_are_there(
    verdict: str, has_name: bool, tries: int, is_proved: bool, owed: bool
) -> None:
    doubt = Doubt(verdict=verdict, has_name=has_name, tries=tries, is_proved=is_proved)

    assert owes_look(doubt) is owed


def test_a_seller_without_a_registered_name_reads_what_to_do_and_not_that_somebody_looks(
    enter: Enter,
) -> None:
    nameless()
    pays_to(HANAKO, ref="S-3")
    ask(seller_ref="S-3")

    page = enter(Role.SELLER, "seller:S-3").get("/seller/payouts/").content.decode()

    assert "登録情報のページで、氏名・名称を登録してください" in page
    assert "担当者が確かめています" not in page
    [account] = facts.accounts(machine(), "S-3")
    assert account.why is not None
    assert "登録してください" in account.why.ja
