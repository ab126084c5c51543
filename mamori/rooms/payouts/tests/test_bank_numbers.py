"""Twenty digits are the number of a transfer and nothing else: no payout takes another one's answer from the bank."""

from __future__ import annotations

from typing import Any

import pytest

from mamori.japan.zengin.returns import read_returns
from mamori.rooms.payouts import actions, facts
from mamori.rooms.payouts.models import Payout, Transfer
from mamori.rooms.payouts.refusals import PayoutRefIsNumber, PayoutRefWrong
from mamori.rooms.payouts.rules import Verdict
from mamori.rooms.payouts.tests.conftest import MONDAY, ask, machine, pays_to
from mamori.rooms.payouts.tests.test_runs import line, payer, run

__all__ = ["payer"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops", "payer")]


def returned(*lines: str) -> list[Any]:
    return read_returns("\n".join(["ref,outcome,reason", *lines, ""]).encode()).rows


def of_before(ref: str) -> None:
    """Let a payout have a number that was let through before twenty digits were refused."""
    Payout.objects.filter(ref="P-2").update(ref=ref)


def test_a_payout_that_is_called_as_a_transfer_is_refused() -> None:
    pays_to()

    for ref in ("1" * 20, f"{7:020}"):
        with pytest.raises(PayoutRefIsNumber):
            ask(ref)
    with pytest.raises(PayoutRefWrong):
        ask("１" * 20)

    assert not Payout.objects.exists()
    assert {ask(ref, 5).verdict for ref in ("1" * 19, "1" * 21, f"P{'1' * 19}")} == {Verdict.RELEASE}


def test_a_line_of_a_run_that_is_called_as_a_transfer_is_told_in_the_report_and_the_others_are_paid() -> None:
    pays_to()

    number = run(line("0" * 19 + "7"), line("P-2", 5))

    refused, taken = facts.report(number)
    assert (refused.verdict, refused.why, taken.released) == (
        "refused",
        PayoutRefIsNumber.text.fill(ref="0" * 19 + "7"),
        5,
    )


@pytest.mark.parametrize("digits", ["{:020}", "wide"])
def test_twenty_digits_in_the_banks_answer_are_the_transfer_whatever_a_payout_of_before_is_called(
    digits: str,
) -> None:
    pays_to()
    run(line("P-1"), line("P-2", 5))
    first, second = Transfer.objects.order_by("id")
    of_before(f"{first.pk:020}")
    said = f"{first.pk:020}" if digits == "{:020}" else f"{first.pk:020}".translate(WIDE)

    unknown = actions.note_returns(machine(), rows=returned(f"{said},振込不能,口座なし"))

    first.refresh_from_db()
    second.refresh_from_db()
    assert (unknown, first.state, second.state) == ([], "returned", "ordered")


def test_a_payout_of_before_that_is_called_as_a_transfer_is_answered_on_by_its_own_transfer() -> None:
    pays_to()
    run(line("P-2", 5))
    of_before("9" * 20)
    number = Transfer.objects.get().pk

    taken_for_another = actions.note_returns(machine(), rows=returned(f"{'9' * 20},入金,"))
    unknown = actions.note_returns(machine(), rows=returned(f"{number:020},入金,"))

    assert ([one.ref for one in taken_for_another], unknown) == (["9" * 20], [])
    assert facts.payout(machine(), "9" * 20).state == "paid"
    assert ask("9" * 20, 5, by_run=True, at=MONDAY).released == 5


WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
