"""The gate, asked: who may be paid at once, what waits and why, and that nothing is held without a clause."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.db import IntegrityError

from mamori.grammar.actor import Actor
from mamori.rooms.payouts import actions as payouts, facts
from mamori.rooms.payouts.accounts import actions as accounts, details
from mamori.rooms.payouts.actions import Asked, Refused
from mamori.rooms.payouts.models import Payee, Payout, Transfer
from mamori.rooms.payouts.refusals import PayoutAmountWrong, PayoutDiffers, PayoutRefWrong, SellerNotKnown
from mamori.rooms.payouts.rules import Verdict
from mamori.rooms.payouts.tests.conftest import (
    EARLY,
    MONDAY,
    OTHER,
    STRANGER,
    TARO,
    ask,
    codes,
    machine,
    pays_to,
    registered,
    seller,
    settle,
    told,
)
from tests.shops import put_shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops")]


def test_a_checked_seller_whose_account_is_its_own_is_paid_at_once() -> None:
    pays_to()

    found = ask()

    assert (found.verdict, found.released, found.waits, codes(found)) == (Verdict.RELEASE, 10_000, 0, [])
    assert Transfer.objects.get().amount == 10_000
    assert found.receipt
    assert "payouts.held" not in told()


def test_asked_again_a_payout_is_answered_as_before_and_paid_once() -> None:
    pays_to()
    first = ask()

    again = ask(at=MONDAY + timedelta(hours=1))

    assert again == first
    assert (Payout.objects.count(), Transfer.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "other", [Asked("P-1", "S-1", 10_001), Asked("P-1", "S-2", 10_000), Asked("P-1", "S-1", 10_000, True)]
)
def test_the_same_number_for_something_else_is_refused(other: Asked) -> None:
    pays_to()
    ask()

    with pytest.raises(PayoutDiffers):
        payouts.authorize(machine(), asked=other)


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        (Asked("P-1", "S-9", 1), SellerNotKnown),
        (Asked("P-1", "S-1", 0), PayoutAmountWrong),
        (Asked("P-1", "S-1", -5), PayoutAmountWrong),
        (Asked("P-1", "S-1", 10**10), PayoutAmountWrong),
        (Asked("P 1", "S-1", 1), PayoutRefWrong),
        (Asked("P-1", "出品者", 1), PayoutRefWrong),
        (Asked("P" * 65, "S-1", 1), PayoutRefWrong),
        (Asked(".", "S-1", 1), PayoutRefWrong),
        (Asked("..", "S-1", 1), PayoutRefWrong),
    ],
)
def test_what_cannot_be_paid_is_refused_with_a_sentence_and_leaves_no_trace(
    asked: Asked, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        payouts.authorize(machine(), asked=asked)

    assert not Payout.objects.exists()


def test_a_payout_that_is_known_under_a_step_of_an_address_is_answered_as_before() -> None:
    pays_to()
    answer = ask("P-1", 100)
    Payout.objects.filter(ref="P-1").update(ref="..")

    again = payouts.authorize(machine(), asked=Asked("..", "S-1", 100))

    assert (again.verdict, Payout.objects.count()) == (answer.verdict, 1)


def test_one_bad_line_among_many_spoils_none_of_the_others() -> None:
    pays_to()

    answers = payouts.authorize_all(
        machine(),
        asked=[
            Asked("P-1", "S-1", 100),
            Asked("P-2", "S-9", 100),
            Asked("P-1", "S-1", 100),
            Asked("P-1", "S-1", 7),
        ],
    )

    assert [isinstance(answer, Refused) for answer in answers] == [False, True, False, True]
    assert Transfer.objects.get().amount == 100


def test_nothing_is_paid_before_the_name_is_checked_and_all_of_it_on_the_check() -> None:
    put_shop(machine(EARLY), **registered(verified_until=(MONDAY - timedelta(days=1)).date()))
    pays_to()

    held = ask()
    put_shop(machine(MONDAY), **registered(verified_at=MONDAY))
    settle(MONDAY)

    assert (held.verdict, held.waits, codes(held)) == (Verdict.HOLD, 10_000, ["identity-expired"])
    assert (held.clause, held.clause_version) == ("payout-hold", 2)
    assert held.review_at is not None
    assert held.ends_at is not None
    now = facts.payout(machine(), "P-1")
    assert (now.verdict, now.released, now.waits, now.review_at) == (Verdict.RELEASE, 10_000, 0, None)
    assert Transfer.objects.get().amount == 10_000
    assert told().count("payouts.held") == 1
    assert "payouts.goes_on" in told()


def test_who_accepted_no_clause_has_nothing_held_a_person_looks() -> None:
    put_shop(machine(EARLY), **registered(ref="S-2", verified_until=(MONDAY - timedelta(days=1)).date()))
    pays_to(ref="S-2")

    found = ask(seller_ref="S-2")

    assert (found.verdict, found.waits, found.clause) == (Verdict.REVIEW, 10_000, "")
    assert found.ends_at is not None
    assert "payouts.looked_at" in told("S-2")


def test_without_an_account_the_money_waits_until_there_is_one() -> None:
    found = ask()

    assert (found.verdict, codes(found)) == (Verdict.HOLD, ["no-account"])
    pays_to(at=MONDAY)
    assert facts.payout(machine(), "P-1").verdict is Verdict.RELEASE


@pytest.mark.parametrize(("given", "verdict", "code"), [(STRANGER, Verdict.HOLD, "name-mismatch")])
def test_an_account_in_another_name_is_not_paid(given: details.Given, verdict: Verdict, code: str) -> None:
    pays_to(given)

    found = ask()

    assert (found.verdict, codes(found)) == (verdict, [code])


def test_a_relative_goes_to_a_person_or_is_held_and_never_paid() -> None:
    pays_to(TARO)

    found = ask()

    assert found.released == 0
    assert codes(found)[0] in ("name-doubt", "name-mismatch")


def test_a_changed_account_waits_a_business_day_and_is_then_paid() -> None:
    pays_to()
    pays_to(OTHER, at=MONDAY)

    held = ask(at=MONDAY)
    settle(MONDAY + timedelta(days=2))

    assert codes(held) == ["account-cooling"]
    assert facts.payout(machine(), "P-1").verdict is Verdict.RELEASE
    assert Transfer.objects.get().account.number == 2
    assert "payouts.account_changed" in told()


def test_the_seller_itself_stops_a_change_and_is_paid_where_it_was_before() -> None:
    pays_to()
    changed = pays_to(OTHER, at=MONDAY)
    ask()

    accounts.stop_account(seller(), account=changed.pk)

    assert facts.payout(machine(), "P-1").verdict is Verdict.RELEASE
    assert Transfer.objects.get().account.number == 1


def test_of_two_who_ask_under_one_number_at_once_the_second_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pays_to()
    pays_to(ref="S-2")
    true, beaten = payouts._decide_all, []

    def slower(by: Actor, asked: Sequence[Asked]) -> object:
        if not beaten:
            beaten.append(asked)
            true(by, [Asked("P-1", "S-2", 10_000)])
            raise IntegrityError("payouts_payout.ref")
        return true(by, asked)

    monkeypatch.setattr(payouts, "_decide_all", slower)
    with pytest.raises(PayoutDiffers):
        ask()

    assert Payout.objects.get().payee_id == "S-2"


def test_what_is_heard_of_a_seller_for_whom_nothing_was_asked_leaves_no_row() -> None:
    payouts.reconsider(machine(), seller_ref="S-1")

    assert not Payee.objects.exists()
