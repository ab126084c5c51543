"""Where money goes: who may say so, what a change tells whom, and what a person says of a doubtful name."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.statechart import StepNotYours
from mamori.ground.cases import facts as cases
from mamori.ground.ledger import facts as ledger
from mamori.ground.outbox import facts as outbox
from mamori.ground.seal import actions as seal
from mamori.ground.terms import actions as terms
from mamori.japan.written import ReasonNeeded
from mamori.law.settings import PAYOUT_PROOF
from mamori.rooms.payouts import actions as payouts, facts
from mamori.rooms.payouts.accounts import actions as accounts, details
from mamori.rooms.payouts.models import Account
from mamori.rooms.payouts.refusals import NoLookOwed, NoSuchAccount, NotForThisRole
from mamori.rooms.payouts.rules import Verdict
from mamori.rooms.payouts.tests.conftest import (
    EARLY,
    EVES,
    HANAKO,
    MONDAY,
    OTHER,
    STRANGER,
    TARO,
    actor,
    agent,
    ask,
    codes,
    lead,
    machine,
    pays_to,
    registered,
    seller,
    settle,
    told,
)
from tests.shops import put_shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops")]
DELEGATE = actor("seller:S-1/bob", Role.DELEGATE)


def latest() -> Account:
    return Account.objects.order_by("-number")[0]


def notices_of(to: str) -> list[str]:
    return [one.template for one in outbox.notices(to=to, limit=99)]


def test_the_seller_itself_enters_an_account_and_it_lies_sealed_and_masked() -> None:
    number = accounts.set_account(seller(), seller_ref="S-1", given=HANAKO)

    row = Account.objects.get(pk=number)
    assert b"1234567" not in bytes(row.sealed)
    [shown] = facts.accounts(seller(), "S-1")
    assert (shown.masked, shown.bank_name, shown.state, shown.verdict) == (
        "****567",
        "みずほ",
        "in_use",
        "match",
    )
    assert "payouts.account_first" in told()
    acts = ledger.acts_about(f"payouts.account:{number}")
    assert [act.kind for act in acts] == ["payouts.set_account"]
    assert "1234567" not in str(acts[0].content)


def test_the_same_account_told_again_changes_nothing() -> None:
    first = pays_to()

    again = pays_to(replace(HANAKO, number="１２３４５６７", holder="やまだ　花子".replace("花子", "ハナコ")))

    assert again.pk == first.pk
    assert Account.objects.count() == 1


def test_a_passbook_of_japan_post_bank_becomes_an_account() -> None:
    pays_to(details.Given(symbol="10530", number="12345671", holder="ヤマダ ハナコ"))

    [shown] = facts.accounts(machine(), "S-1")
    assert (shown.bank, shown.branch, shown.masked) == ("9900", "058", "****567")


@pytest.mark.parametrize("who", [agent(), lead(), DELEGATE, *EVES])
def test_only_the_seller_and_the_marketplace_say_where_money_goes(who: Actor) -> None:
    with pytest.raises(NotForThisRole):
        accounts.set_account(who, seller_ref="S-1", given=HANAKO)
    assert not Account.objects.exists()


def test_a_change_is_told_to_the_seller_and_to_the_mail_address_that_was_changed_before() -> None:
    pays_to()
    put_shop(machine(MONDAY - timedelta(days=2)), **registered(mail="thief@example.jp"))

    pays_to(OTHER, at=MONDAY)

    assert "payouts.account_changed" in told()
    assert notices_of("former:seller:S-1") == ["payouts.account_changed_former"]


def test_nobody_else_is_told_where_the_address_never_changed() -> None:
    pays_to()

    pays_to(OTHER, at=MONDAY)

    assert notices_of("former:seller:S-1") == []


def test_a_second_change_within_the_wait_takes_the_first_ones_place() -> None:
    pays_to()
    pays_to(STRANGER, at=MONDAY)
    pays_to(OTHER, at=MONDAY)

    assert [(row.number, row.state) for row in Account.objects.order_by("number")] == [
        (1, "in_use"),
        (2, "replaced"),
        (3, "cooling"),
    ]
    settle(MONDAY + timedelta(days=2))
    assert [row.state for row in Account.objects.order_by("number")] == ["replaced", "replaced", "in_use"]


def test_the_centre_stops_an_account_for_a_seller_who_called() -> None:
    account = pays_to()

    accounts.stop_account(agent(), account=account.pk)

    assert codes(ask()) == ["no-account"]
    assert "payouts.account_stopped" in told()
    with pytest.raises(NoSuchAccount):
        accounts.stop_account(agent(), account=account.pk)


def test_a_stopped_change_is_not_taken_into_use_when_its_time_comes() -> None:
    pays_to()
    changed = pays_to(OTHER, at=MONDAY)
    accounts.stop_account(seller(), account=changed.pk)

    accounts.adopt(machine(MONDAY + timedelta(days=2)), account=changed.pk)

    assert [row.state for row in Account.objects.order_by("number")] == ["in_use", "stopped"]


@pytest.mark.parametrize("who", EVES)
def test_another_ones_account_is_not_there(who: Actor) -> None:
    account = pays_to()

    with pytest.raises((NoSuchAccount, StepNotYours)):
        accounts.stop_account(who, account=account.pk)
    with pytest.raises(NoSuchAccount):
        facts.accounts(who, "S-1")
    account.refresh_from_db()
    assert account.state == "in_use"


def test_a_delegate_stops_nothing_and_proves_nothing() -> None:
    account = pays_to()

    with pytest.raises(StepNotYours):
        accounts.stop_account(DELEGATE, account=account.pk)
    with pytest.raises(NotForThisRole):
        accounts.prove_by_test(DELEGATE, account=account.pk, yen=1)


def test_a_whole_number_is_seen_by_staff_only_and_that_they_looked_is_on_record() -> None:
    account = pays_to()

    found = accounts.show_number(agent(), account=account.pk)

    assert (found.number, found.holder) == ("1234567", "ﾔﾏﾀﾞ ﾊﾅｺ")
    assert ledger.acts_about(f"payouts.account:{account.pk}")[-1].kind == "payouts.show_number"
    for who in (seller(), machine(), DELEGATE):
        with pytest.raises(NotForThisRole):
            accounts.show_number(who, account=account.pk)


def test_of_an_erased_seller_nothing_is_opened_and_nothing_is_asked() -> None:
    account = pays_to()
    seal.shred(subject="seller:S-1", at=MONDAY)

    assert details.opened(account) is None
    with pytest.raises(NoSuchAccount):
        accounts.show_number(agent(), account=account.pk)
    [shown] = facts.accounts(machine(), "S-1")
    assert (shown.masked, shown.holder, shown.bank_name) == ("", "", "")
    payouts.reconsider(machine(), seller_ref="S-1")


def test_the_bank_tells_of_nobody_who_has_no_account() -> None:
    with pytest.raises(NoSuchAccount):
        accounts.prove_by_bank(machine(), seller_ref="S-1", agrees=True)


def test_a_doubtful_name_is_a_case_of_its_own_with_a_clock_of_a_business_day() -> None:
    account = pays_to(TARO, at=MONDAY)
    account.refresh_from_db()
    assert account.look_since is not None
    found = cases.case_of(f"payouts.account:{account.pk}")
    assert (found.attention, found.seller_ref) == ("name", "S-1")
    assert found.next_due_at is not None

    settle(found.next_due_at + timedelta(minutes=1))

    assert cases.case_of(f"payouts.account:{account.pk}").attention == "overdue"
    assert "payouts.look_overdue" in notices_of("lead")


def test_a_person_accepts_a_name_and_what_waited_for_it_is_paid() -> None:
    account = pays_to(TARO)
    ask()

    accounts.accept_name(
        agent(), account=account.pk, reason="通称の届けがある", seen=latest().identity_version
    )

    account.refresh_from_db()
    assert (account.verdict, account.looked_by, account.look_since) == ("match", "staff:1", None)
    assert facts.payout(machine(), "P-1").verdict is Verdict.RELEASE
    assert cases.case_of(f"payouts.account:{account.pk}").closed_at is not None


def test_a_person_refuses_a_name_and_the_seller_is_asked_for_another_account() -> None:
    account = pays_to(TARO)
    ask()

    accounts.refuse_name(agent(), account=account.pk, reason="家族の口座")

    assert codes(facts.payout(machine(), "P-1")) == ["name-mismatch"]
    assert "payouts.name_refused" in told()
    with pytest.raises(NoLookOwed):
        accounts.accept_name(agent(), account=account.pk, reason="やはり同じ")


def test_a_persons_word_counts_until_the_registered_name_changes() -> None:
    account = pays_to(TARO)
    accounts.accept_name(agent(), account=account.pk, reason="確かめた")

    put_shop(
        machine(MONDAY),
        **registered(legal_name="鈴木 一郎", legal_kana="スズキ イチロウ", verified_at=MONDAY),
    )
    found = ask(at=MONDAY)

    account.refresh_from_db()
    assert codes(found) == ["name-mismatch"]
    assert (account.looked_by, account.look_since is None) == ("", False)


def test_a_look_at_a_name_that_changed_meanwhile_counts_for_nothing() -> None:
    account = pays_to(TARO)

    with pytest.raises(NoLookOwed):
        accounts.accept_name(agent(), account=account.pk, reason="x", seen=99)
    with pytest.raises(ReasonNeeded):
        accounts.accept_name(agent(), account=account.pk, reason="")
    for who in (seller(), machine(), *EVES):
        with pytest.raises(NotForThisRole):
            accounts.accept_name(who, account=account.pk, reason="x")


def test_a_clock_that_rings_for_a_name_that_was_looked_at_says_nothing() -> None:
    account = pays_to(TARO)
    accounts.accept_name(agent(), account=account.pk, reason="確かめた")

    accounts.remind_name(machine(), account=account.pk)

    assert "payouts.look_overdue" not in notices_of("lead")


def test_without_a_registered_name_a_person_looks() -> None:
    put_shop(
        machine(EARLY),
        **registered(
            ref="S-3", legal_name="", legal_kana="", registered_as=None, verified_by=None, verified_at=None
        ),
    )
    account = pays_to(ref="S-3")

    assert (account.verdict, account.why) == ("review", "no-name")
    assert codes(ask(seller_ref="S-3")) == ["identity-unverified"]


def test_a_reading_that_nobody_declared_is_looked_at_by_a_person() -> None:
    put_shop(machine(EARLY), **registered(ref="S-3", legal_kana=""))
    account = pays_to(ref="S-3")

    assert (account.verdict, account.why) == ("review", "no-kana")
    assert codes(ask(seller_ref="S-3")) == ["name-doubt"]


def test_a_change_comes_into_use_though_the_former_account_was_stopped_meanwhile() -> None:
    first = pays_to()
    pays_to(OTHER, at=MONDAY)
    accounts.stop_account(seller(), account=first.pk)

    settle(MONDAY + timedelta(days=2))

    assert [row.state for row in Account.objects.order_by("number")] == ["stopped", "in_use"]


def test_to_stop_an_account_first_is_no_way_round_the_wait() -> None:
    first = pays_to()
    accounts.stop_account(seller(), account=first.pk)

    second = pays_to(OTHER, at=MONDAY)

    assert (second.state, codes(ask())) == ("cooling", ["account-cooling"])


def test_the_holder_put_right_at_the_same_place_waits_for_nothing() -> None:
    pays_to(replace(HANAKO, holder="ヤマダ ハナ"))

    second = pays_to(HANAKO, at=MONDAY)

    assert (second.state, ask().verdict) == ("in_use", Verdict.RELEASE)


def test_an_account_that_was_paid_before_is_not_new_when_proofs_are_asked_for_later() -> None:
    pays_to()
    ask()
    terms.set(lead(), setting=PAYOUT_PROOF, value="bank")

    assert ask("P-2").verdict is Verdict.RELEASE
    pays_to(replace(OTHER, holder="ヤマダ ハナコ"), at=MONDAY)
    settle(MONDAY + timedelta(days=2))
    assert codes(ask("P-3", at=MONDAY + timedelta(days=2))) == ["account-unproven"]
