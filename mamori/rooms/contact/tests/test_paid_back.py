"""Money that goes back on another way while ours is under way: nobody is paid twice, and one answer settles it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions as marketing
from mamori.ground.market import facts as market
from mamori.ground.market.actions import OrderLine
from mamori.ground.outbox import facts as outbox
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.claiming import RemedyHindered
from mamori.rooms.contact.ending import RefundUnderWay
from mamori.rooms.contact.models import Remedy
from mamori.rooms.contact.rules.reasons import Inspected, PartBecause
from mamori.rooms.contact.tests.conftest import (
    MONDAY,
    agent,
    buyer,
    machine,
    open_trouble,
    pass_time,
)

pytestmark = pytest.mark.usefixtures("market_of_two")
TUESDAY = MONDAY + timedelta(days=1)
BASE = {"buyer": "B-1", "seller": "S-1", "amount": 8_000, "ordered_at": MONDAY - timedelta(days=5)}


def state(trouble: int) -> str:
    return str(Remedy.objects.get(trouble=trouble).state)


def about(trouble: int) -> str:
    return f"contact.trouble:{trouble}"


def running(trouble: int) -> set[str]:
    return {clock.kind for clock in clocks.open_clocks(about(trouble))}


def told(to: str, template: str) -> int:
    return sum(notice.template == f"contact.{template}" for notice in outbox.notices(to=to))


def ordered() -> tuple[int, str]:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    return trouble, contact.arrange_return(agent(), trouble=trouble, amount=8_000, reason="動作しない")


def ledger_kinds(trouble: int) -> list[str]:
    return [act.kind for act in ledger.acts_about(about(trouble))]


def test_a_charge_back_while_the_refund_is_out_calls_it_back_and_one_answer_settles_it() -> None:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    refund = contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="回答なし")

    marketing.put_order(machine(TUESDAY), OrderLine(ref="O-1", charged_back=True, **BASE))
    pass_time(TUESDAY)
    recalled = market.instruction(refund)
    assert recalled is not None
    assert recalled.recalled_at == TUESDAY
    assert cases.case_of(about(trouble)).attention == "paid-back"
    with pytest.raises(RefundUnderWay):
        contact.solve(buyer(TUESDAY), trouble=trouble)
    pass_time(TUESDAY + timedelta(days=2))
    marketing.confirm(machine(TUESDAY), instruction=refund, outcome="refused")
    pass_time(TUESDAY + timedelta(days=2))

    assert state(trouble) == "failed"
    issued = [kind for kind in ledger_kinds(trouble) if kind == "market.instruct"]
    assert len(issued) == 1, "what was called back is not given again"
    with pytest.raises(RemedyHindered):
        contact.grant_remedy(agent(TUESDAY), trouble=trouble, amount=1, reason="x")
    contact.solve(agent(TUESDAY), trouble=trouble, reason="カード会社から返金済みと確認")


def test_a_refund_that_was_carried_out_in_spite_of_a_charge_back_is_shown_to_a_lead() -> None:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    refund = contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="回答なし")
    marketing.put_order(machine(), OrderLine(ref="O-1", charged_back=True, **BASE))

    marketing.confirm(machine(), instruction=refund, outcome="confirmed")
    pass_time(MONDAY)

    assert state(trouble) == "done"
    assert told("lead", "paid_twice") >= 1


def test_a_charge_back_after_the_refund_is_shown_to_a_lead() -> None:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    refund = contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="回答なし")
    marketing.confirm(machine(), instruction=refund, outcome="confirmed")
    pass_time(MONDAY)

    marketing.put_order(machine(TUESDAY), OrderLine(ref="O-1", charged_back=True, **BASE))
    pass_time(TUESDAY)

    assert told("lead", "paid_twice") == 1


def test_what_the_seller_gave_back_meanwhile_calls_back_only_what_would_be_too_much() -> None:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    refund = contact.grant_remedy(
        agent(), trouble=trouble, amount=4_000, reason="一部", because=PartBecause.CEILING
    )

    marketing.put_order(machine(), OrderLine(ref="O-1", refunded=4_000, **BASE))
    pass_time(MONDAY)
    within = market.instruction(refund)
    marketing.put_order(machine(), OrderLine(ref="O-1", refunded=4_001, **BASE))
    pass_time(MONDAY)
    above = market.instruction(refund)

    assert within is not None
    assert above is not None
    assert (within.recalled_at, above.recalled_at) == (None, MONDAY)


def test_a_charge_back_calls_the_label_back_and_a_parcel_is_put_before_a_person() -> None:
    trouble, label = ordered()
    marketing.put_order(machine(), OrderLine(ref="O-1", charged_back=True, **BASE))
    pass_time(MONDAY)
    called_back = market.instruction(label)
    marketing.confirm(machine(), instruction=label, outcome="confirmed", tracking="1")
    pass_time(MONDAY)
    contact.note_arrival(agent(), trouble=trouble)

    with pytest.raises(marketing.OrderChargedBack):
        contact.inspect(agent(), trouble=trouble, result=Inspected.AS_REPORTED, note="x")
    contact.inspect(agent(), trouble=trouble, result=Inspected.NOT_AS_REPORTED, note="返金済み")

    assert called_back is not None
    assert called_back.recalled_at == MONDAY
    assert state(trouble) == "considered"


def test_money_that_goes_back_before_anything_was_granted_or_after_a_refusal_changes_nothing() -> None:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    pass_time(MONDAY + timedelta(days=3))
    considered, acts = state(trouble), ledger_kinds(trouble)

    marketing.put_order(machine(TUESDAY), OrderLine(ref="O-1", refunded=8_000, **BASE))
    contact.hear_paid_back(machine(TUESDAY), order_ref="O-1")

    assert considered == "considered"
    assert (state(trouble), ledger_kinds(trouble)) == (considered, acts)


def test_a_parcel_on_its_way_has_no_instruction_to_call_back_and_is_put_before_a_person() -> None:
    trouble, label = ordered()
    marketing.confirm(machine(), instruction=label, outcome="confirmed", tracking="1")
    pass_time(MONDAY)

    marketing.put_order(machine(TUESDAY), OrderLine(ref="O-1", charged_back=True, **BASE))
    pass_time(TUESDAY)

    known = market.instruction(label)
    assert known is not None
    assert known.recalled_at is None
    assert cases.case_of(about(trouble)).attention == "paid-back"


@pytest.mark.parametrize("outcome", ["confirmed", "refused"])
def test_an_instruction_of_another_room_is_passed_over(outcome: str) -> None:
    trouble, _ = ordered()
    before = ledger_kinds(trouble)
    measure = marketing.order_measure(
        agent(), kind="suspend_seller", seller_ref="S-1", target_ref="S-1", about="elsewhere:1"
    )

    marketing.confirm(machine(), instruction=measure, outcome=outcome)
    pass_time(MONDAY + timedelta(minutes=1))

    assert state(trouble) == "ordered"
    assert ledger_kinds(trouble) == before
