"""Sellers who are erased and runs: none is while money goes to it, and a run that was fixed before has a way back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mamori.grammar.actor import Role
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.ledger import actions as ledger, facts as records
from mamori.ground.market import actions as market
from mamori.ground.people import actions as people
from mamori.ground.seal import actions as seal, facts as seals
from mamori.ground.terms import actions as terms
from mamori.japan.written import ReasonNeeded
from mamori.japan.zengin.returns import read_returns
from mamori.law.grounds import OWN_REQUEST
from mamori.law.settings import PAYOUT_PROOF
from mamori.rooms.payouts import actions as payouts, facts
from mamori.rooms.payouts.lifecycle import RunState, TransferState
from mamori.rooms.payouts.models import Payout, Run, Transfer
from mamori.rooms.payouts.refusals import PayeeAwaitsMoney, PayeeErased, RunCalledOff, RunNotFixed
from mamori.rooms.payouts.rules import BANKS_ANSWER, Going, keeps_payee
from mamori.rooms.payouts.runs import actions as runs
from mamori.rooms.payouts.tests.conftest import (
    EARLY,
    MONDAY,
    OTHER,
    actor,
    agent,
    ask,
    counsel,
    lead,
    machine,
    pays_to,
)
from mamori.rooms.payouts.tests.test_holds import PROFILE
from mamori.rooms.payouts.tests.test_runs import DAY, line, paid, payer, run

__all__ = ["payer"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops", "payer", "staff")]
LONG_AFTER = MONDAY + timedelta(days=400)


def erase(person: str = "seller:S-1") -> int:
    return market.erase_person(lead(), person=person, ground=OWN_REQUEST, reason="退店", profile=PROFILE)


def erased_before() -> None:
    """Let S-1 have been erased as it was possible once, in the middle of a run."""
    seal.shred(subject="seller:S-1", at=MONDAY)


def both_ordered() -> int:
    """Return a run that is fixed and pays S-1 and S-2."""
    pays_to()
    pays_to(OTHER, ref="S-2")
    return run(line(), line("P-2", 5, "S-2"))


def states() -> list[str]:
    return list(Transfer.objects.order_by("id").values_list("state", flat=True))


def sums() -> set[tuple[int, int, int]]:
    """Return of each payout: its amount, what waits, and what is ready, on its way or paid."""
    live = ("ready", "ordered", "told", "paid")
    return {
        (row.amount, row.waits, sum(one.amount for one in row.transfers.filter(state__in=live)))
        for row in Payout.objects.all()
    }


def test_a_run_that_is_fixed_is_written_though_somebody_asked_to_erase_a_seller_whom_it_pays() -> None:
    number = both_ordered()

    with pytest.raises(PayeeAwaitsMoney) as refused:
        erase()

    assert "P-1" in refused.value.sentence.ja
    assert [amount for amount, _, _ in paid(runs.write_run(machine(), run=number))] == [10_000, 5]


def test_a_seller_is_not_erased_while_something_is_ready_nor_by_whichever_way() -> None:
    pays_to()
    ask(by_run=True)

    with pytest.raises(PayeeAwaitsMoney):
        erase()
    with pytest.raises(PayeeAwaitsMoney):
        ledger.shred(machine(), subject="seller:S-1", reason="retention.market.persons")

    assert seals.living(["seller:S-1"])


def test_who_was_erased_and_came_back_with_an_older_backup_is_erased_whatever_was_ready_then() -> None:
    pays_to()
    ask(by_run=True)

    ledger.shred(machine(), subject="seller:S-1", reason="restore --erased", again=True)

    assert not seals.living(["seller:S-1"])


def test_what_becomes_ready_between_asking_and_agreeing_keeps_the_seller() -> None:
    pays_to()
    number = erase()
    ask(by_run=True)

    with pytest.raises(PayeeAwaitsMoney):
        people.agree(counsel(), proposal=number, profile=PROFILE)

    assert seals.living(["seller:S-1"])


def test_once_the_bank_has_answered_the_seller_can_be_erased_and_others_at_any_time() -> None:
    pays_to()
    number = run(line())
    [(_, _, reference)] = paid(runs.write_run(machine(), run=number))
    ledger.shred(machine(), subject="seller:S-2", reason="x")
    ledger.shred(machine(), subject="buyer:B-1", reason="x")
    with pytest.raises(PayeeAwaitsMoney):
        erase()

    table = f"ref,outcome,reason\n{reference:020},入金,\n"
    payouts.note_returns(machine(), rows=read_returns(table.encode()).rows)

    people.agree(counsel(), proposal=erase(), profile=PROFILE)
    assert not seals.living(["seller:S-1"])


def test_the_yen_of_a_test_keep_nobody_before_they_are_in_a_file() -> None:
    terms.set(lead(EARLY), setting=PAYOUT_PROOF, value="test")
    pays_to(at=EARLY + timedelta(days=1))
    number = run()

    with pytest.raises(PayeeAwaitsMoney):
        erase()
    runs.call_off_run(machine(), run=number, reason="試し")

    assert (states(), erase() > 0) == (["ready"], True)


@pytest.mark.parametrize(
    ("state", "is_test", "of_run", "days", "keeps"),
    [
        ("ready", False, None, 0, True),
        ("ready", True, None, 0, False),
        ("ordered", True, "ordered", 0, True),
        ("ordered", False, "ordered", 400, True),
        ("ordered", False, "taking", 400, True),
        ("ordered", False, "written", BANKS_ANSWER.days, True),
        ("ordered", False, "written", BANKS_ANSWER.days + 1, False),
        ("told", False, None, 0, False),
        ("paid", False, "written", 0, False),
        ("returned", False, "written", 0, False),
        ("taken_back", False, "called_off", 0, False),
    ],
)
def test_what_keeps_a_payee_is_what_may_still_go_or_come_back(
    state: str, is_test: bool, of_run: str | None, days: int, keeps: bool
) -> None:
    going = Going(
        state=TransferState(state),
        is_test=is_test,
        run=RunState(of_run) if of_run else None,
        pays_on=DAY if of_run else None,
    )

    assert keeps_payee(going, DAY + timedelta(days=days)) is keeps


def test_a_run_that_was_fixed_before_its_seller_was_erased_is_called_off_and_the_others_are_paid() -> None:
    number = both_ordered()
    erased_before()
    with pytest.raises(PayeeErased):
        runs.write_run(machine(LONG_AFTER), run=number)

    runs.call_off_run(machine(MONDAY), run=number, reason="消去された出品者がいる")

    assert facts.run("R-1").state == "called_off"
    assert Payout.objects.get(ref="P-1").waits == 10_000
    again = run(name="R-2")
    assert [amount for amount, _, _ in paid(runs.write_run(machine(), run=again))] == [5]
    assert sums() == {(10_000, 10_000, 0), (5, 0, 5)}


def test_what_a_run_that_was_called_off_would_have_paid_goes_once_with_the_next() -> None:
    number = both_ordered()

    runs.call_off_run(lead(), run=number, reason="振込日を変える")
    runs.call_off_run(lead(), run=number, reason="もう一度")

    assert states() == ["taken_back", "taken_back", "ready", "ready"]
    acts = [kind for kind, _ in records.kinds_about("payouts.run:R-1")]
    assert acts.count("payouts.call_off_run") == 1
    again = run(name="R-2")
    assert sorted(amount for amount, _, _ in paid(runs.write_run(machine(), run=again))) == [5, 10_000]
    assert sums() == {(10_000, 0, 10_000), (5, 0, 5)}


def test_what_two_people_let_go_stays_let_go() -> None:
    pays_to()
    number = run(line())
    Transfer.objects.update(agreed=True)

    runs.call_off_run(counsel(), run=number, reason="誤り")

    assert [(one.state, one.agreed, one.run) for one in Transfer.objects.all()] == [("ready", True, None)]


def test_a_run_that_has_its_file_is_not_called_off_and_one_that_was_gives_none() -> None:
    number = both_ordered()
    runs.write_run(machine(), run=number)
    with pytest.raises(StepNotOpen):
        runs.call_off_run(lead(), run=number, reason="遅い")
    begun = runs.begin_run(machine(), ref="R-2", pays_on=DAY)
    with pytest.raises(StepNotOpen):
        runs.call_off_run(lead(), run=begun, reason="早い")
    Run.objects.filter(pk=begun).update(state="called_off", closed_at=MONDAY)

    with pytest.raises(RunCalledOff):
        runs.write_run(machine(), run=begun)


@pytest.mark.parametrize("who", [agent(), actor("seller:S-1", Role.SELLER), actor("eve", Role.ANONYMOUS)])
def test_only_a_lead_counsel_or_the_marketplace_call_a_run_off_with_a_reason(who: object) -> None:
    number = both_ordered()

    with pytest.raises(StepNotYours):
        runs.call_off_run(who, run=number, reason="x")  # type: ignore[arg-type]
    with pytest.raises(ReasonNeeded):
        runs.call_off_run(lead(), run=number, reason=" ")

    assert states() == ["ordered", "ordered"]


def test_a_file_that_is_being_made_while_its_run_is_called_off_is_not_handed_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    number = both_ordered()
    true = runs.written

    def slower(*given: object, **more: object) -> bytes:
        runs.call_off_run(lead(), run=number, reason="同時")
        return true(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(runs, "written", slower)

    with pytest.raises(RunCalledOff):
        runs.write_run(machine(), run=number)


def test_a_run_whose_fixing_was_cut_off_gives_no_file_of_half_of_it() -> None:
    number = both_ordered()
    Run.objects.update(state="taking")

    with pytest.raises(RunNotFixed):
        runs.write_run(machine(), run=number)


def test_calling_off_goes_on_where_it_was_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    number = both_ordered()
    true = runs._free

    def dies(*given: object) -> None:
        if Transfer.objects.filter(state="taken_back").exists():
            raise OSError("the machine dies")
        true(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(runs, "BATCH", 1)
    monkeypatch.setattr(runs, "_free", dies)
    with pytest.raises(OSError, match="dies"):
        runs.call_off_run(machine(), run=number, reason="x")
    half = states()
    monkeypatch.undo()
    runs.call_off_run(machine(), run=number, reason="x")

    assert half.count("ordered") == 1
    assert sorted(states()) == ["ready", "ready", "taken_back", "taken_back"]


def test_a_bank_that_answers_on_what_was_taken_back_is_told_that_there_is_no_such_transfer() -> None:
    number = both_ordered()
    reference = Transfer.objects.order_by("id")[0].pk
    runs.call_off_run(lead(), run=number, reason="x")
    table = f"ref,outcome,reason\n{reference:020},振込不能,口座なし\nP-1,入金,\n"

    unknown = payouts.note_returns(machine(), rows=read_returns(table.encode()).rows)

    assert [one.line for one in unknown] == [2, 3]
    assert states() == ["taken_back", "taken_back", "ready", "ready"]


def test_a_run_of_another_day_of_payment_can_follow() -> None:
    number = both_ordered()
    runs.call_off_run(lead(), run=number, reason="振込日を変える")

    later = runs.begin_run(machine(), ref="R-2", pays_on=date(2026, 12, 1))
    runs.order_run(machine(), run=later)

    assert facts.run("R-2").count == 2
