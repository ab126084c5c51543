"""The marketplace declines, and has done it after all: it counts, or a person looks; nobody is paid or alarmed twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.ground.cases import facts as cases
from mamori.ground.market import actions as marketing, facts as market
from mamori.ground.market.actions import OrderLine
from mamori.ground.outbox import facts as outbox
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.models import GiveBack, Recovery, Remedy
from mamori.rooms.contact.rules.reasons import DeductBecause, NoRemedyBecause
from mamori.rooms.contact.tests.conftest import (
    MONDAY,
    agent,
    buyer,
    lead,
    machine,
    open_trouble,
    pass_time,
    seller,
)

pytestmark = pytest.mark.usefixtures("market_of_two")
TUESDAY = MONDAY + timedelta(days=1)
BASE = {"buyer": "B-1", "seller": "S-1", "amount": 8_000, "ordered_at": MONDAY - timedelta(days=5)}


def granted() -> tuple[int, str]:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    return trouble, contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="回答なし")


def answer(instruction: str, outcome: str = "confirmed") -> None:
    marketing.confirm(machine(), instruction=instruction, outcome=outcome)
    pass_time(MONDAY)


def state(trouble: int) -> str:
    return str(Remedy.objects.get(trouble=trouble).state)


def told(to: str, template: str) -> int:
    return sum(notice.template == f"contact.{template}" for notice in outbox.notices(to=to))


def given_in_all() -> int:
    order = market.order("O-1")
    assert order
    return order.refunded_instructed


def test_a_refund_that_was_declined_and_paid_after_all_ends_the_matter_as_paid() -> None:
    trouble, refund = granted()
    answer(refund, "refused")

    answer(refund)

    assert state(trouble) == "done"
    assert (given_in_all(), told("buyer:B-1", "refunded"), told("lead", "told_late")) == (8_000, 1, 0)


def test_a_refund_paid_after_another_took_its_place_calls_that_one_back_and_a_person_looks() -> None:
    trouble, refund = granted()
    answer(refund, "refused")
    again = contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="もう一度")

    answer(refund)
    called_back = market.instruction(again)
    alarms = told("lead", "not_carried_out")
    answer(again, "refused")

    assert called_back
    assert called_back.state == "recalled"
    assert told("lead", "told_late") == 1
    assert told("lead", "not_carried_out") == alarms
    assert "told-late" in cases.asked(f"contact.trouble:{trouble}") | {
        cases.case_of(f"contact.trouble:{trouble}").attention
    }
    order = market.order("O-1")
    assert order
    assert order.left == 0


def test_a_refund_paid_after_it_was_decided_otherwise_is_put_before_a_lead() -> None:
    trouble, refund = granted()
    answer(refund, "refused")
    contact.refuse_remedy(
        lead(), trouble=trouble, because=NoRemedyBecause.NOT_ESTABLISHED, reason="記録のとおり"
    )

    answer(refund)

    assert (state(trouble), told("lead", "told_late")) == ("refused", 1)
    assert cases.case_of(f"contact.trouble:{trouble}").attention == "told-late"


def test_a_label_that_was_declined_and_comes_after_all_is_one() -> None:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    label = contact.arrange_return(agent(), trouble=trouble, amount=8_000, reason="動作しない")
    answer(label, "refused")

    answer(label)

    assert state(trouble) == "labelled"


def test_what_was_called_back_and_declined_alarms_nobody() -> None:
    trouble, refund = granted()
    marketing.put_order(machine(), OrderLine(ref="O-1", refunded=8_000, instructed=0, **BASE))
    pass_time(MONDAY)
    called_back = market.instruction(refund)

    answer(refund, "refused")

    assert called_back
    assert called_back.state == "recalled"
    assert state(trouble) == "failed"
    assert (told("lead", "not_carried_out"), told("buyer:B-1", "refund_stalled")) == (0, 0)


def claimed() -> tuple[Recovery, str]:
    _, refund = granted()
    answer(refund)
    recovery = Recovery.objects.get()
    contact.state_view(seller(), recovery=recovery.pk, said="送りました")
    deduction = contact.claim(
        lead(), recovery=recovery.pk, amount=3_000, because=DeductBecause.NO_ANSWER, reason="記録のとおり"
    )
    return recovery, deduction


def test_a_deduction_that_was_declined_and_made_after_all_is_settled_and_its_seller_hears_it() -> None:
    recovery, deduction = claimed()
    answer(deduction, "refused")

    answer(deduction)

    recovery.refresh_from_db()
    assert recovery.state == "settled"
    assert told("seller:S-1", "deducted_late") == 1


def test_money_back_to_a_seller_that_was_declined_and_went_after_all_is_back() -> None:
    recovery, deduction = claimed()
    answer(deduction)
    contact.give_back(lead(), recovery=recovery.pk, amount=3_000, why="誤り")
    back = GiveBack.objects.get().instruction
    answer(back, "refused")

    answer(back)

    assert GiveBack.objects.get().state == "done"


def test_a_deduction_told_late_while_another_took_its_place_is_put_before_a_lead_and_nothing_else_is() -> (
    None
):
    recovery, deduction = claimed()

    contact.hear_told_late(machine(), instruction=deduction)
    contact.hear_told_late(machine(), instruction="unknown")

    assert told("lead", "told_late") == 1
    assert cases.case_of(f"contact.recovery:{recovery.pk}").attention == "told-late"
