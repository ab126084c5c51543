"""A run pays what may be paid, once: the file says so, the report explains the rest, and what is cut off goes on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from mamori.grammar.text import Text
from mamori.ground.terms import actions as terms
from mamori.japan.zengin.reading import read
from mamori.japan.zengin.returns import read_returns
from mamori.japan.zengin.writing import NotABankDay, NothingToPay
from mamori.law.settings import PAYER_ACCOUNT, PAYER_CODE, PAYER_NAME, PAYOUT_PROOF
from mamori.rooms.payouts import actions as payouts, facts
from mamori.rooms.payouts.accounts import actions as accounts
from mamori.rooms.payouts.actions import Asked
from mamori.rooms.payouts.models import Account, Payout, Run, Transfer
from mamori.rooms.payouts.refusals import (
    NoSuchPayout,
    NoTestRuns,
    ProofAmountWrong,
    ProofOver,
    SellerNotKnown,
)
from mamori.rooms.payouts.rules import Verdict
from mamori.rooms.payouts.runs import actions as runs
from mamori.rooms.payouts.runs.actions import (
    DayWrong,
    FileNotGood,
    PayerNotSet,
    RunClosed,
    RunDiffers,
    RunRow,
)
from mamori.rooms.payouts.tests.conftest import (
    EARLY,
    HANAKO,
    MONDAY,
    OTHER,
    STRANGER,
    ask,
    codes,
    lead,
    machine,
    pays_to,
    registered,
    seller,
    told,
)
from tests.laid import laid
from tests.shops import put_shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops", "payer")]
DAY = date(2026, 11, 30)


@laid
def payer(db: None) -> None:
    terms.set(lead(EARLY), setting=PAYER_CODE, value="1234567890")
    terms.set(lead(EARLY), setting=PAYER_NAME, value="ミホン シジヨウ")
    terms.set(lead(EARLY), setting=PAYER_ACCOUNT, value="0001-001-1-9999999")


def rows(*asked: Asked) -> list[RunRow]:
    return [RunRow(number, one) for number, one in enumerate(asked, start=1)]


def line(ref: str = "P-1", amount: int = 10_000, seller_ref: str = "S-1") -> Asked:
    return Asked(ref, seller_ref, amount, by_run=True)


def run(*asked: Asked, name: str = "R-1") -> int:
    number = runs.begin_run(machine(), ref=name, pays_on=DAY)
    runs.take_lines(machine(), run=number, rows=rows(*asked))
    runs.order_run(machine(), run=number)
    return number


def paid(content: bytes) -> list[tuple[int, str, int]]:
    reading = read(content, on=DAY)
    assert reading.is_good
    return [(one.amount, one.to.number, one.reference) for one in reading.payments]


def test_the_file_pays_whom_the_gate_let_through_and_the_report_explains_the_rest() -> None:
    pays_to()
    pays_to(STRANGER, ref="S-2")

    number = run(line(), line("P-2", 500, "S-2"), line("P-3", 7, "S-9"))
    content = runs.write_run(machine(), run=number)

    assert [(amount, account) for amount, account, _ in paid(content)] == [(10_000, "1234567")]
    assert [
        (one.payout, one.verdict, one.released, one.waits, one.why is None) for one in facts.report(number)
    ] == [
        ("P-1", "release", 10_000, 0, True),
        ("P-2", "review", 0, 500, False),
        ("P-3", "refused", 0, 0, False),
    ]
    found = facts.run("R-1")
    assert (found.state, found.count, found.total, found.lines.count()) == ("written", 1, 10_000, 3)


def test_written_again_it_is_the_same_file_and_a_second_run_of_the_same_lines_pays_nothing_twice() -> None:
    pays_to()
    number = run(line())

    assert runs.write_run(machine(), run=number) == runs.write_run(
        machine(MONDAY + timedelta(days=1)), run=number
    )
    again = run(line(), name="R-2")
    with pytest.raises(NothingToPay):
        runs.write_run(machine(), run=again)


def test_a_run_that_was_cut_off_after_its_lines_goes_on_and_pays_each_once() -> None:
    pays_to()
    number = runs.begin_run(machine(), ref="R-1", pays_on=DAY)
    runs.take_lines(machine(), run=number, rows=rows(line(), line("P-2", 5)))

    assert runs.begin_run(machine(), ref="R-1", pays_on=DAY) == number
    runs.take_lines(machine(), run=number, rows=rows(line(), line("P-2", 5)))
    runs.order_run(machine(), run=number)
    runs.order_run(machine(), run=number)

    assert [amount for amount, _, _ in paid(runs.write_run(machine(), run=number))] == [10_000, 5]


def test_what_came_up_between_the_answer_and_the_file_keeps_it_out() -> None:
    pays_to()
    number = runs.begin_run(machine(), ref="R-1", pays_on=DAY)
    runs.take_lines(machine(), run=number, rows=rows(line()))
    put_shop(
        machine(), **registered(legal_name="鈴木 一郎", legal_kana="スズキ イチロウ", verified_at=MONDAY)
    )

    runs.order_run(machine(), run=number)

    with pytest.raises(NothingToPay):
        runs.write_run(machine(), run=number)
    assert codes(facts.payout(machine(), "P-1")) == ["name-mismatch"]
    assert [one.state for one in Transfer.objects.all()] == ["taken_back"]


def test_a_run_is_for_one_day_on_which_banks_are_open_and_says_who_pays() -> None:
    runs.begin_run(machine(), ref="R-1", pays_on=DAY)

    with pytest.raises(RunDiffers):
        runs.begin_run(machine(), ref="R-1", pays_on=DAY + timedelta(days=1))
    for day in (date(2026, 11, 13), date(2027, 2, 1)):
        with pytest.raises(DayWrong):
            runs.begin_run(machine(), ref="R-2", pays_on=day)
    with pytest.raises(NotABankDay):
        runs.begin_run(machine(), ref="R-2", pays_on=date(2026, 11, 29))
    terms.set(lead(MONDAY), setting=PAYER_CODE, value="")
    with pytest.raises(PayerNotSet):
        runs.begin_run(machine(MONDAY + timedelta(days=1)), ref="R-2", pays_on=DAY)


def test_lines_come_no_more_once_it_is_fixed_what_is_paid() -> None:
    pays_to()
    number = run(line())

    with pytest.raises(RunClosed):
        runs.take_lines(machine(), run=number, rows=rows(line("P-2")))
    with pytest.raises(RunClosed):
        runs.add_lines(machine(), run=number, asked=[line("P-2")])


def test_lines_added_twice_over_the_api_are_numbered_on_and_taken_once() -> None:
    pays_to()
    number = runs.begin_run(machine(), ref="R-1", pays_on=DAY)

    runs.add_lines(machine(), run=number, asked=[line()])
    runs.add_lines(machine(), run=number, asked=[line(), line("P-2", 5)])

    assert [(one.number, one.payout) for one in facts.report(number)] == [(1, "P-1"), (2, "P-2")]


def test_a_file_that_is_not_what_was_meant_is_not_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    pays_to()
    number = run(line())
    true = runs.written

    def planted(*given: Any, **more: Any) -> bytes:
        return true(*given, **more).replace(b"1234567", b"1234568")

    monkeypatch.setattr(runs, "written", planted)
    with pytest.raises(FileNotGood):
        runs.write_run(machine(), run=number)
    assert facts.run("R-1").state == "ordered"


def test_a_file_that_differs_from_the_one_that_was_written_is_not_handed_out() -> None:
    pays_to()
    number = run(line())
    runs.write_run(machine(), run=number)
    Run.objects.update(digest="0" * 64)

    with pytest.raises(FileNotGood):
        runs.write_run(machine(), run=number)


def test_what_the_bank_sends_back_waits_until_the_account_is_put_right_and_is_then_paid() -> None:
    pays_to()
    number = run(line())
    [(_, _, reference)] = paid(runs.write_run(machine(), run=number))
    table = read_returns(f"ref,outcome,reason\n{reference:020},振込不能,口座なし\n999,入金,\n".encode())

    unknown = payouts.note_returns(machine(), rows=table.rows)
    payouts.note_returns(machine(), rows=table.rows)

    found = facts.payout(machine(), "P-1")
    assert (found.verdict, found.waits, codes(found)) == (Verdict.HOLD, 10_000, ["account-bounced"])
    assert [one.ref for one in unknown] == ["999"]
    assert told().count("payouts.came_back") == 1

    pays_to(HANAKO, at=MONDAY)
    assert facts.payout(machine(), "P-1").verdict is Verdict.RELEASE
    again = run(name="R-2")
    assert [amount for amount, _, _ in paid(runs.write_run(machine(), run=again))] == [10_000]


def test_what_the_bank_paid_is_paid_and_may_still_come_back() -> None:
    pays_to()
    number = run(line())
    [(_, _, reference)] = paid(runs.write_run(machine(), run=number))

    payouts.note_returns(
        machine(), rows=read_returns(f"ref,outcome,reason\n{reference:020},入金,\n".encode()).rows
    )
    state = facts.payout(machine(), "P-1").state
    payouts.note_returns(
        machine(), rows=read_returns(f"ref,outcome,reason\n{reference:020},組戻,解約\n".encode()).rows
    )

    assert state == "paid"
    assert facts.payout(machine(), "P-1").state == "held"


def test_the_marketplace_that_pays_itself_tells_what_became_of_it() -> None:
    pays_to()
    ask()

    payouts.note_paid(machine(), payout="P-1")
    payouts.note_paid(machine(), payout="P-1")
    state = facts.payout(machine(), "P-1").state
    payouts.note_returned(machine(), payout="P-1", why=Text("解約済み", "closed"))

    assert state == "paid"
    assert facts.payout(machine(), "P-1").waits == 10_000


def test_an_account_whose_bank_is_no_more_is_left_out_and_waits_for_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pays_to()
    number = runs.begin_run(machine(), ref="R-1", pays_on=DAY)
    runs.take_lines(machine(), run=number, rows=rows(line()))
    from mamori.japan.banks.account import NoSuchBranch
    from mamori.rooms.payouts.accounts.details import Details

    def gone(self: Details, amount: int, reference: int) -> None:
        raise NoSuchBranch(bank="みずほ", branch="001", as_of="2026-08-24")

    monkeypatch.setattr(Details, "paid", gone)
    runs.order_run(machine(), run=number)

    assert codes(facts.payout(machine(), "P-1")) == ["account-bounced"]


def test_a_test_of_a_few_yen_proves_an_account_and_lets_its_money_go() -> None:
    terms.set(lead(EARLY), setting=PAYOUT_PROOF, value="test")
    account = pays_to(at=EARLY + timedelta(days=1))
    held = ask(by_run=True)
    with pytest.raises(NoTestRuns):
        accounts.prove_by_test(seller(), account=account.pk, yen=1)
    number = run()
    [(yen, _, _)] = paid(runs.write_run(machine(), run=number))

    with pytest.raises(ProofAmountWrong):
        accounts.prove_by_test(seller(), account=account.pk, yen=yen + 1)
    accounts.prove_by_test(seller(), account=account.pk, yen=yen)

    assert codes(held) == ["account-unproven"]
    assert 1 <= yen <= 99
    assert facts.payout(machine(), "P-1").verdict is Verdict.RELEASE


def test_three_wrong_answers_end_a_test_and_a_person_looks() -> None:
    terms.set(lead(EARLY), setting=PAYOUT_PROOF, value="test")
    account = pays_to(at=EARLY + timedelta(days=1))
    run()

    for _ in range(2):
        with pytest.raises(ProofAmountWrong):
            accounts.prove_by_test(seller(), account=account.pk, yen=100)
    for _ in range(2):
        with pytest.raises(ProofOver):
            accounts.prove_by_test(seller(), account=account.pk, yen=100)

    account.refresh_from_db()
    assert (account.tries, account.proved_at, account.look_since is None) == (3, None, False)


def test_the_banks_own_check_proves_an_account_or_brings_a_person() -> None:
    terms.set(lead(EARLY), setting=PAYOUT_PROOF, value="bank")
    pays_to(at=EARLY + timedelta(days=1))
    ask()

    accounts.prove_by_bank(machine(), seller_ref="S-1", agrees=False)
    doubted = Account.objects.get().look_since
    accounts.prove_by_bank(machine(), seller_ref="S-1", agrees=True)

    assert doubted is not None
    assert facts.payout(machine(), "P-1").verdict is Verdict.RELEASE


def test_a_seller_abroad_is_flagged() -> None:
    put_shop(machine(EARLY), **registered(country="US"))
    pays_to()

    assert ask().abroad


def test_nobody_tells_an_account_of_a_seller_who_is_not_known() -> None:
    with pytest.raises(SellerNotKnown):
        accounts.set_account(machine(), seller_ref="S-9", given=OTHER)


def returned(*lines: str) -> list[Any]:
    return read_returns("\n".join(["ref,outcome,reason", *lines, ""]).encode()).rows


def test_what_banks_say_of_numbers_that_are_none_is_told_and_changes_nothing() -> None:
    unknown = payouts.note_returns(
        machine(), rows=returned("P-1,入金,", f"{'9' * 20},入金,", "12,入金,", f"{'１' * 20},入金,")
    )

    assert len(unknown) == 4
    with pytest.raises(NoSuchPayout):
        payouts.note_paid(machine(), payout="P-9")
    ask()
    with pytest.raises(NoSuchPayout):
        payouts.note_returned(machine(), payout="P-1", why=Text("解約済み", "closed"))


def test_a_payout_is_paid_once_all_that_goes_of_it_is_paid() -> None:
    terms.set(lead(EARLY), setting=PAYOUT_PROOF, value="test")
    account = pays_to(at=EARLY + timedelta(days=1))
    number = run()
    [(_, _, reference)] = paid(runs.write_run(machine(), run=number))
    payouts.note_returns(machine(), rows=returned(f"{reference:020},入金,"))
    payouts.note_returns(machine(), rows=returned(f"{reference:020},入金,"))
    accounts.prove_by_test(seller(), account=account.pk, yen=Transfer.objects.get().amount)
    ask(by_run=True)
    Transfer.objects.create(
        payout=Payout.objects.get(), account=account, amount=1, agreed=True, state="ready", made_at=MONDAY
    )
    Payout.objects.update(amount=10_001)
    second = run(name="R-2")

    first, other = (reference for _, _, reference in paid(runs.write_run(machine(), run=second)))
    payouts.note_returns(machine(), rows=returned(f"{first:020},入金,"))
    before = facts.payout(machine(), "P-1").state
    payouts.note_returns(machine(), rows=returned(f"{other:020},入金,"))

    assert (before, facts.payout(machine(), "P-1").state) == ("released", "paid")


def test_a_test_that_comes_back_says_that_the_account_is_wrong() -> None:
    terms.set(lead(EARLY), setting=PAYOUT_PROOF, value="test")
    pays_to(at=EARLY + timedelta(days=1))
    number = run()
    [(_, _, reference)] = paid(runs.write_run(machine(), run=number))

    payouts.note_returns(machine(), rows=returned(f"{reference:020},振込不能,口座なし"))

    assert Account.objects.get().bounced_at is not None


def test_banks_may_be_told_of_by_the_payouts_own_number_where_it_went_in_one_transfer() -> None:
    pays_to()
    run(line())

    assert payouts.note_returns(machine(), rows=returned("P-1,入金,")) == []
    assert facts.payout(machine(), "P-1").state == "paid"
    Transfer.objects.create(
        payout=Payout.objects.get(),
        account=Account.objects.get(),
        amount=1,
        run=Run.objects.get(),
        state="ordered",
        made_at=MONDAY,
    )
    assert len(payouts.note_returns(machine(), rows=returned("P-1,組戻,解約"))) == 1
