"""Runs that meet what they did not expect: another that was quicker, a full file, an account that is gone, a seller erased."""

from __future__ import annotations

from datetime import datetime

import pytest

from mamori.ground.ledger import facts as ledger
from mamori.ground.seal import actions as seal
from mamori.ground.terms import actions as terms
from mamori.japan.banks.account import NoSuchBranch
from mamori.law.settings import PAYOUT_PROOF
from mamori.rooms.payouts import facts
from mamori.rooms.payouts.accounts import actions as accounts
from mamori.rooms.payouts.accounts.details import Details
from mamori.rooms.payouts.models import Account, Payout, Run, Transfer
from mamori.rooms.payouts.refusals import PayeeErased, PayoutRefWrong
from mamori.rooms.payouts.runs import actions as runs
from mamori.rooms.payouts.runs.actions import NoSuchRun
from mamori.rooms.payouts.tests.conftest import EARLY, MONDAY, OTHER, lead, machine, pays_to, seller
from mamori.rooms.payouts.tests.test_runs import DAY, line, paid, payer, rows, run

__all__ = ["payer"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops", "payer")]


def begun() -> int:
    number = runs.begin_run(machine(), ref="R-1", pays_on=DAY)
    runs.take_lines(machine(), run=number, rows=rows(line()))
    return number


def test_of_two_who_fix_a_run_at_once_the_slower_adds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    pays_to()
    number = begun()
    true = runs._ready_sellers

    def slower() -> list[list[str]]:
        found = list(true())
        Run.objects.update(state="ordered")
        return found

    monkeypatch.setattr(runs, "_ready_sellers", slower)
    runs.order_run(machine(), run=number)
    monkeypatch.undo()
    runs.order_run(machine(), run=number)

    assert [one.state for one in Transfer.objects.all()] == ["ready"]


def test_a_run_that_is_none_is_refused() -> None:
    with pytest.raises(NoSuchRun):
        runs.order_run(machine(), run=99)


def test_what_has_no_room_in_a_file_waits_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    pays_to()
    number = begun()
    monkeypatch.setattr(runs, "MOST_TOTAL", 9_999)
    runs.order_run(machine(), run=number)
    monkeypatch.undo()

    assert Transfer.objects.get().state == "ready"
    again = run(name="R-2")
    assert [amount for amount, _, _ in paid(runs.write_run(machine(), run=again))] == [10_000]


def test_what_two_people_let_go_to_an_account_that_was_stopped_goes_to_the_next_by_the_gates_word() -> None:
    account = pays_to()
    number = begun()
    Transfer.objects.update(agreed=True)
    accounts.stop_account(seller(), account=account.pk)

    runs.order_run(machine(), run=number)

    assert [one.state for one in Transfer.objects.all()] == ["taken_back"]
    assert facts.payout(machine(), "P-1").waits == 10_000


def test_a_test_for_an_account_that_was_stopped_is_not_sent() -> None:
    terms.set(lead(EARLY), setting=PAYOUT_PROOF, value="test")
    account = pays_to()
    accounts.stop_account(seller(), account=account.pk)

    runs.order_run(machine(), run=runs.begin_run(machine(), ref="R-1", pays_on=DAY))

    assert [one.state for one in Transfer.objects.all()] == ["taken_back"]


def test_an_erased_seller_is_not_paid_and_stops_no_other() -> None:
    pays_to()
    number = begun()
    pays_to(OTHER, ref="S-2")
    runs.take_lines(machine(), run=number, rows=[runs.RunRow(2, line("P-2", 5, "S-2"))])
    seal.shred(subject="seller:S-1", at=MONDAY)

    runs.order_run(machine(), run=number)

    assert [amount for amount, _, _ in paid(runs.write_run(machine(), run=number))] == [5]
    assert Payout.objects.get(ref="P-1").waits == 10_000


def test_a_file_is_not_made_without_one_whom_it_was_to_pay() -> None:
    pays_to()
    number = begun()
    runs.order_run(machine(), run=number)
    seal.shred(subject="seller:S-1", at=MONDAY)

    with pytest.raises(PayeeErased):
        runs.write_run(machine(), run=number)
    assert Account.objects.exists()


def test_of_two_who_begin_one_run_at_once_both_have_it_and_it_was_begun_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    true = runs.said

    def slower(at: datetime) -> dict[str, str]:
        monkeypatch.undo()
        runs.begin_run(machine(), ref="R-1", pays_on=DAY)
        return true(at)

    monkeypatch.setattr(runs, "said", slower)
    number = runs.begin_run(machine(), ref="R-1", pays_on=DAY)

    assert Run.objects.get().pk == number
    assert [kind for kind, _ in ledger.kinds_about("payouts.run:R-1")] == ["payouts.begin_run"]


def test_two_parts_for_a_branch_that_is_no_more_are_both_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    account = pays_to()
    number = begun()
    Transfer.objects.update(agreed=True)
    Transfer.objects.create(
        payout=Payout.objects.get(), account=account, amount=1, state="ready", made_at=MONDAY
    )
    Payout.objects.update(amount=10_001)

    def gone(self: Details, amount: int, reference: int) -> None:
        raise NoSuchBranch(bank="みずほ", branch="001", as_of="2026-08-24")

    monkeypatch.setattr(Details, "paid", gone)
    runs.order_run(machine(), run=number)

    assert [one.state for one in Transfer.objects.all()] == ["taken_back", "taken_back"]
    assert facts.payout(machine(), "P-1").waits == 10_001


@pytest.mark.parametrize("name", [".", ".."])
def test_a_run_is_not_called_so_that_its_address_would_be_another_one(name: str) -> None:
    with pytest.raises(PayoutRefWrong):
        runs.begin_run(machine(), ref=name, pays_on=DAY)

    assert not Run.objects.exists()
