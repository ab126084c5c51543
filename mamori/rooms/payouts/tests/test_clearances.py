"""Whether a payee may be paid is told as the gate has it, with what the seller can do; who was a payee before is said anew."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mamori.ground.market import actions as market, facts as market_facts
from mamori.ground.market.actions import SellerLine
from mamori.ground.market.facts import ClearanceFact, PayoutClearance
from mamori.ground.market.models import Impediment
from mamori.ground.outbox.models import Event
from mamori.ground.seal import facts as seals
from mamori.ground.terms import actions as terms
from mamori.law.settings import PAYOUT_PROOF
from mamori.rooms.payouts import actions as payouts, tasks
from mamori.rooms.payouts.accounts import actions as accounts
from mamori.rooms.payouts.models import Account, Payee
from mamori.rooms.payouts.tests.conftest import (
    EARLY,
    HANAKO,
    MONDAY,
    OTHER,
    STRANGER,
    agent,
    ask,
    lead,
    machine,
    pays_to,
    registered,
    seller,
    settle,
)
from mamori.rooms.payouts.tests.test_below import considered
from tests.settled.clearance import contradictions
from tests.shops import put_shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops", "staff")]


def clearance(at: datetime = MONDAY, ref: str = "S-1") -> ClearanceFact:
    found = market_facts.clearance(ref, at=at)
    assert found is not None
    return found


def why(at: datetime = MONDAY, ref: str = "S-1") -> tuple[PayoutClearance, list[str]]:
    found = clearance(at, ref)
    return found.payout, [one.code for one in found.hindrances]


def news() -> int:
    return Event.objects.filter(kind="market.clearance_changed").count()


def test_of_a_seller_of_whose_account_nobody_told_it_is_not_known_whether_it_may_be_paid() -> None:
    assert why() == (PayoutClearance.NOT_TOLD, [])


def test_a_seller_with_a_checked_name_and_its_own_account_may_be_paid() -> None:
    pays_to()

    assert why() == (PayoutClearance.CLEAR, [])


def test_money_that_was_asked_for_before_there_was_an_account_says_that_there_is_none() -> None:
    ask()

    payout, codes = why()

    assert (payout, codes) == (PayoutClearance.HELD, ["no-account"])
    assert "売上金のページで" in clearance().hindrances[0].todo.ja
    assert "on the page of proceeds" in clearance().hindrances[0].todo.en


def test_a_name_that_never_was_told_hinders_who_is_paid_nothing_yet() -> None:
    market.put_seller(machine(), SellerLine(ref="S-3", name="名なし"))
    pays_to(ref="S-3")

    assert why(ref="S-3") == (PayoutClearance.HELD, ["identity-unverified"])


def test_a_name_in_doubt_hinders_until_a_person_has_looked_at_it() -> None:
    account = pays_to(STRANGER)
    before = why()
    pays_to(HANAKO, at=MONDAY)
    settle(MONDAY)
    cooling = why()
    accounts.stop_account(seller(), account=Account.objects.get(closed_at=None, state="cooling").pk)

    assert before == (PayoutClearance.HELD, ["name-mismatch"])
    assert cooling == (PayoutClearance.HELD, ["name-mismatch", "account-cooling"])
    assert why() == (PayoutClearance.HELD, ["name-mismatch"])
    accounts.stop_account(seller(), account=account.pk)
    assert why() == (PayoutClearance.HELD, ["no-account"])


def test_a_new_account_hinders_until_the_clock_of_its_wait_fires_and_in_that_act_it_is_told() -> None:
    pays_to()
    pays_to(OTHER, at=MONDAY)
    settle(MONDAY)
    waits, told = why(), news()

    settle(MONDAY + timedelta(days=10))

    assert waits == (PayoutClearance.HELD, ["account-cooling"])
    assert why(MONDAY + timedelta(days=10)) == (PayoutClearance.CLEAR, [])
    assert news() == told + 1


def test_the_end_of_a_check_hinders_from_its_moment_on_and_is_told_when_the_clock_fires() -> None:
    put_shop(machine(EARLY), **registered(verified_until=MONDAY.date()))
    pays_to()
    settle(MONDAY)
    midnight, told = MONDAY.replace(hour=0) + timedelta(days=1), news()

    before, unfired = why(midnight - timedelta(seconds=1)), why(midnight)
    told_by_then = news()
    settle(midnight)

    assert before == (PayoutClearance.CLEAR, [])
    assert unfired == why(midnight) == (PayoutClearance.HELD, ["identity-expired"])
    assert (told_by_then, news()) == (told, told + 1)


def test_open_refunds_hold_a_part_only() -> None:
    pays_to()
    considered()
    payouts.reconsider(machine(), seller_ref="S-1")

    found = clearance()

    assert found.payout is PayoutClearance.PART
    assert [(one.code, one.in_part) for one in found.hindrances] == [("claims", True)]


def test_how_accounts_are_proven_set_anew_is_said_of_every_payee() -> None:
    pays_to()
    terms.set(lead(), setting=PAYOUT_PROOF, value="bank")
    settle(MONDAY)

    assert tasks.say_clearances(MONDAY) == 1
    assert why() == (PayoutClearance.HELD, ["account-unproven"])
    assert tasks.say_clearances(MONDAY) == 0


def test_another_setting_lets_nothing_be_said_anew() -> None:
    pays_to()
    terms.set(lead(), setting=PAYOUT_PROOF, value="none")
    settle(MONDAY)
    tasks.say_clearances(MONDAY)
    from mamori.law.settings import PAYER_NAME

    terms.set(lead(), setting=PAYER_NAME, value="ミホン")
    settle(MONDAY)

    assert not Payee.objects.filter(unsaid=True).exists()


def test_the_same_word_of_the_gate_again_is_no_news() -> None:
    ask()
    told = news()

    ask()
    payouts.reconsider(machine(MONDAY + timedelta(hours=1)), seller_ref="S-1")

    assert told == 1
    assert news() == told
    assert clearance().hindrances[0].since == MONDAY


def test_a_person_who_accepts_a_name_clears_it() -> None:
    put_shop(machine(), **registered(legal_kana="", verified_at=MONDAY))
    account = pays_to(at=MONDAY)
    settle(MONDAY)
    before = why()

    accounts.accept_name(agent(), account=account.pk, reason="見た")

    assert before[1] == ["name-doubt"]
    assert why() == (PayoutClearance.CLEAR, [])


def test_an_answer_that_contradicts_the_gate_is_noticed() -> None:
    ask()
    pays_to(ref="S-2")
    fine = list(contradictions(MONDAY))
    Impediment.objects.filter(code="no-account").update(until=MONDAY)
    Impediment.objects.filter(seller="S-2", vouches=True).delete()

    assert fine == []
    assert sorted(contradictions(MONDAY)) == [
        "S-1: payout is clear, not held",
        "S-2: payout is not_told, not clear",
    ]


def test_an_erased_seller_may_do_nothing_any_more() -> None:
    from mamori.ground.ledger import actions as ledger

    pays_to()
    ledger.shred(machine(), subject="seller:S-1", reason="test")

    found = clearance()

    assert seals.erased(["seller:S-1"])
    assert (found.may_sell, found.may_list, found.payout) == (False, False, PayoutClearance.HELD)
    assert {one.code for one in found.hindrances} == {"erased"}
