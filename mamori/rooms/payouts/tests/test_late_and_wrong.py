"""What comes late, twice or by mistake: messages, changes of account and mail, settlements, people who agree too late."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest

from mamori.grammar.text import Text
from mamori.ground.ledger import actions as ledger
from mamori.ground.people import actions as people
from mamori.ground.post import audience
from mamori.ground.terms import actions as terms
from mamori.japan.zengin.returns import read_returns
from mamori.law.settings import PAYOUT_PROOF
from mamori.rooms.contact.lifecycle import RemedyState
from mamori.rooms.contact.models import Remedy
from mamori.rooms.payouts import actions as payouts, facts
from mamori.rooms.payouts.accounts import actions as accounts
from mamori.rooms.payouts.holds import actions as holds
from mamori.rooms.payouts.models import Account, Payout, Transfer
from mamori.rooms.payouts.refusals import (
    NoSuchAccount,
    NotAtItsEnd,
    PartUnsaid,
    ProofAmountWrong,
    ProofOver,
)
from mamori.rooms.payouts.rules import Settled, Verdict
from mamori.rooms.payouts.runs import actions as runs
from mamori.rooms.payouts.tests.conftest import (
    EARLY,
    HANAKO,
    MONDAY,
    OTHER,
    STRANGER,
    agent,
    ask,
    codes,
    counsel,
    expired,
    held,
    lead,
    machine,
    pays_to,
    registered,
    seller,
    settle,
    told,
)
from mamori.rooms.payouts.tests.test_below import considered
from mamori.rooms.payouts.tests.test_holds import PROFILE
from mamori.rooms.payouts.tests.test_runs import DAY, line, paid, payer, rows, run
from tests.shops import put_shop

__all__ = ["payer"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops", "payer", "staff")]
LATER = MONDAY + timedelta(days=120)
CLOSED = Text("解約済み", "closed")


def now() -> facts.PayoutFact:
    return facts.payout(machine(), "P-1")


def deposited() -> None:
    """Let a hold of all come to its end without being paid."""
    expired()
    pays_to()
    ask(by_run=True)
    settle(LATER)
    holds.settle(counsel(LATER), payout="P-1", how=Settled.DEPOSITED, reason="供託した")


def partly_deposited() -> None:
    """Let a part go and the rest be deposited."""
    pays_to()
    considered()
    ask()
    ends_at = now().ends_at
    assert ends_at is not None
    settle(ends_at + timedelta(minutes=1))
    holds.settle(counsel(ends_at), payout="P-1", how=Settled.DEPOSITED, reason="供託した")


def test_what_was_settled_is_asked_for_again_and_no_line_beside_it_suffers() -> None:
    deposited()
    pays_to(ref="S-2")
    number = runs.begin_run(machine(LATER), ref="R-1", pays_on=date(2027, 3, 31))

    runs.take_lines(machine(LATER), run=number, rows=rows(line(), line("P-2", 500, "S-2")))

    assert (ask(by_run=True, at=LATER).released, now().verdict) == (0, Verdict.HOLD)
    assert facts.payout(machine(), "P-2").released == 500


def test_where_the_rest_was_settled_what_had_gone_may_still_come_back() -> None:
    partly_deposited()
    assert (now().verdict, now().state, now().released) == (Verdict.PARTIAL, "released", 2_000)

    payouts.note_returned(machine(LATER), payout="P-1", why=CLOSED)

    assert (now().waits, Transfer.objects.get().state) == (2_000, "returned")


def test_only_a_mistake_is_called_off_before_the_end_of_a_hold() -> None:
    held()
    with pytest.raises(NotAtItsEnd):
        holds.settle(counsel(), payout="P-1", how=Settled.DEPOSITED, reason="早い")

    holds.settle(counsel(), payout="P-1", how=Settled.CORRECTED, reason="二重に求めた")

    assert (now().state, now().waits) == ("settled", 0)


def test_a_copy_of_a_return_that_comes_late_frees_nothing_that_went_after_it() -> None:
    pays_to()
    ask()
    payouts.note_returned(machine(), payout="P-1", why=CLOSED)
    payouts.note_returned(machine(), payout="P-1", why=CLOSED)
    pays_to(at=MONDAY)

    with pytest.raises(PartUnsaid):
        payouts.note_returned(machine(), payout="P-1", why=CLOSED)

    assert sorted(Transfer.objects.values_list("state", flat=True)) == ["returned", "told"]


def test_one_part_comes_back_and_the_other_stays_paid() -> None:
    pays_to()
    considered()
    ask()
    payouts.note_paid(machine(), payout="P-1")
    Remedy.objects.update(state=RemedyState.DROPPED, closed_at=MONDAY)
    payouts.reconsider(machine(), seller_ref="S-1")
    with pytest.raises(PartUnsaid):
        payouts.note_paid(machine(), payout="P-1")
    small, large = facts.parts("P-1")

    payouts.note_returned(machine(), payout="P-1", why=CLOSED, part=large.number)

    assert (small.amount, small.state, now().waits) == (2_000, "paid", 8_000)


def test_what_was_released_is_a_sum_and_what_to_pay_stands_in_parts_with_numbers_of_their_own() -> None:
    pays_to()
    considered()
    before = ask().released, [(one.amount, one.state) for one in facts.parts("P-1")]
    Remedy.objects.update(state=RemedyState.DROPPED, closed_at=MONDAY)
    payouts.note_paid(machine(), payout="P-1")
    payouts.reconsider(machine(), seller_ref="S-1")
    ask("P-2", 500)
    after = now().released, [(one.amount, one.state) for one in facts.parts("P-1")]

    payouts.note_returned(machine(), payout="P-1", why=CLOSED, part=facts.parts("P-1")[1].number)

    assert before == (2_000, [(2_000, "told")])
    assert after == (10_000, [(2_000, "paid"), (8_000, "told")])
    assert (now().released, now().waits) == (2_000, 8_000)
    assert len({one.number for ref in ("P-1", "P-2") for one in facts.parts(ref)}) == 3


def test_a_run_whose_day_is_over_still_gives_its_file() -> None:
    pays_to()
    number = run(line())

    assert runs.begin_run(machine(MONDAY + timedelta(days=20)), ref="R-1", pays_on=DAY) == number
    assert paid(runs.write_run(machine(MONDAY + timedelta(days=20)), run=number))


def test_a_run_of_nothing_stays_open_for_what_is_ready_later() -> None:
    number = run(line())
    pays_to(at=MONDAY)

    runs.order_run(machine(), run=number)

    assert [amount for amount, _, _ in paid(runs.write_run(machine(), run=number))] == [10_000]


def test_an_agreed_part_for_an_account_that_was_replaced_goes_with_the_rest_to_the_new_one() -> None:
    held()
    payouts.reconsider(machine(), seller_ref="S-1")
    Payout.objects.update(by_run=True)
    number = holds.propose_release(lead(), payout="P-1", amount=4_000, reason="家賃", profile=PROFILE)
    people.agree(counsel(), proposal=number, profile=PROFILE)
    put_shop(machine(MONDAY), **registered(verified_at=MONDAY))
    settle(MONDAY)
    pays_to(OTHER, at=MONDAY)
    later = MONDAY + timedelta(days=3)
    settle(later)

    of_run = runs.begin_run(machine(later), ref="R-1", pays_on=DAY)
    runs.order_run(machine(later), run=of_run)

    sent = paid(runs.write_run(machine(later), run=of_run))
    assert sum(amount for amount, _, _ in sent) == 10_000
    assert {account for _, account, _ in sent} == {OTHER.number}


def test_what_two_people_agreed_on_goes_to_the_account_that_they_saw_or_nowhere() -> None:
    held()
    number = holds.propose_release(lead(), payout="P-1", amount=4_000, reason="家賃", profile=PROFILE)
    pays_to(STRANGER, at=MONDAY)
    later = MONDAY + timedelta(days=3)
    settle(later)

    with pytest.raises(NoSuchAccount):
        people.agree(counsel(later), proposal=number, profile=PROFILE)

    assert not Transfer.objects.exists()


def test_the_owner_is_told_of_a_new_account_though_the_mail_address_was_changed_twice() -> None:
    pays_to()
    for hours, mail in ((2, "thief1@example.jp"), (1, "thief2@example.jp")):
        put_shop(machine(MONDAY - timedelta(hours=hours)), **registered(mail=mail))

    pays_to(OTHER, at=MONDAY)

    readers = audience.readers_of("former:seller:S-1", MONDAY)
    assert [audience.recipient(one, MONDAY).mail for one in readers] == [
        "thief1@example.jp",
        "shop@example.jp",
    ]
    assert audience.readers_of("former:seller:S-1", MONDAY + timedelta(days=91)) == ()
    assert audience.recipient(readers[1], MONDAY + timedelta(days=91)).mail == ""
    assert audience.readers_of("former:seller:S-9", MONDAY) == ()


@pytest.mark.parametrize("proof", ["none", "test"])
def test_a_bank_that_says_no_stops_the_money_until_a_person_has_looked(proof: str) -> None:
    terms.set(lead(EARLY), setting=PAYOUT_PROOF, value=proof)
    account = pays_to(at=EARLY + timedelta(days=1))
    Account.objects.update(proved_by="test", proved_at=EARLY)

    accounts.prove_by_bank(machine(), seller_ref="S-1", agrees=False)

    assert codes(ask()) == ["name-doubt"]
    accounts.accept_name(agent(), account=account.pk, reason="通帳の写しで確かめた")
    assert now().verdict is Verdict.RELEASE


def test_a_bank_that_says_yes_after_all_takes_its_no_back() -> None:
    pays_to()
    accounts.prove_by_bank(machine(), seller_ref="S-1", agrees=False)

    accounts.prove_by_bank(machine(), seller_ref="S-1", agrees=True)

    assert ask().verdict is Verdict.RELEASE
    assert Account.objects.get().look_since is None


def failed_test() -> Account:
    terms.set(lead(EARLY), setting=PAYOUT_PROOF, value="test")
    account = pays_to(at=EARLY + timedelta(days=1))
    ask(by_run=True)
    run()
    for _ in range(3):
        with suppress(ProofAmountWrong, ProofOver):
            accounts.prove_by_test(seller(), account=account.pk, yen=100)
    return account


def test_after_three_wrong_answers_the_same_account_is_entered_anew_and_tested_anew() -> None:
    failed_test()

    accounts.set_account(seller(), seller_ref="S-1", given=HANAKO)

    assert [(row.number, row.state, row.tries) for row in Account.objects.order_by("number")] == [
        (1, "replaced", 3),
        (2, "in_use", 0),
    ]


def test_after_three_wrong_answers_a_persons_look_proves_it() -> None:
    account = failed_test()

    accounts.accept_name(agent(), account=account.pk, reason="通帳の写しで確かめた")

    assert now().verdict is Verdict.RELEASE
    assert Account.objects.get().proved_by == "person"


def test_a_test_that_comes_back_is_told_to_the_seller_and_its_money_says_why_it_waits() -> None:
    terms.set(lead(EARLY), setting=PAYOUT_PROOF, value="test")
    pays_to(at=EARLY + timedelta(days=1))
    ask(by_run=True)
    run()
    table = f"ref,outcome,reason\n{Transfer.objects.get().pk:020},振込不能,口座なし\n"

    payouts.note_returns(machine(), rows=read_returns(table.encode()).rows)

    assert "account-bounced" in codes(now())
    assert "payouts.test_came_back" in told()


def test_what_waits_without_a_clause_comes_to_counsel_too() -> None:
    expired("S-2")
    pays_to(ref="S-2")
    ask(seller_ref="S-2")

    settle(MONDAY + timedelta(days=70))

    assert now().state == "counsel"


def test_another_kind_of_account_at_the_same_branch_is_another_account() -> None:
    pays_to()

    second = pays_to(replace(HANAKO, kind="2"), at=MONDAY)

    assert second.state == "cooling"


def test_every_clock_of_an_erased_seller_rings() -> None:
    held()
    pays_to(OTHER, at=MONDAY)
    ledger.shred(machine(), subject="seller:S-1", reason="people.proposal:1")

    settle(LATER)

    assert now().waits == 10_000
