"""Money that goes back on another way while ours is under way: nobody is paid twice, and one answer settles it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions as marketing, facts as market
from mamori.ground.market.actions import OrderLine
from mamori.ground.outbox import facts as outbox
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.actions.recovery import ClaimTooHigh
from mamori.rooms.contact.actions.returning import NotPaidBack
from mamori.rooms.contact.claiming import RemedyHindered
from mamori.rooms.contact.ending import RefundUnderWay
from mamori.rooms.contact.models import Proposal, Recovery, Remedy, Trouble
from mamori.rooms.contact.queries import thread as threads
from mamori.rooms.contact.rules.eligibility import Kind
from mamori.rooms.contact.rules.proposals import Kind as Solution
from mamori.rooms.contact.rules.reasons import DeductBecause, Inspected, NoRemedyBecause, PartBecause
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
        agent(), trouble=trouble, amount=4_000, reason="一部", because=PartBecause.PART_OF_GOODS
    )

    marketing.put_order(machine(), OrderLine(ref="O-1", refunded=4_000, instructed=0, **BASE))
    pass_time(MONDAY)
    within = market.instruction(refund)
    marketing.put_order(machine(), OrderLine(ref="O-1", refunded=4_001, instructed=0, **BASE))
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


def tell(at: datetime, refunded: int, instructed: int | None = None) -> None:
    line = OrderLine(ref="O-1", refunded=refunded, instructed=instructed, **BASE)
    marketing.put_order(machine(at), line)
    pass_time(at)


def refunded(amount: int = 8_000, because: PartBecause | None = None) -> tuple[int, str]:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    return trouble, contact.grant_remedy(agent(), trouble=trouble, amount=amount, reason="x", because=because)


def done(amount: int = 8_000, because: PartBecause | None = None) -> int:
    trouble, instruction = refunded(amount, because)
    marketing.confirm(machine(), instruction=instruction, outcome="confirmed")
    pass_time(MONDAY)
    return trouble


def recovery(trouble: int) -> Recovery:
    return Recovery.objects.get(remedy__trouble=trouble)


def disagreements() -> list[str]:
    return [
        one.text.en for one in facts.disagreements(facts.month_of(MONDAY), at=MONDAY + timedelta(days=60))
    ]


def test_our_refund_in_the_order_s_total_is_called_back_by_nobody_and_counts_once() -> None:
    trouble, instruction = refunded()

    tell(MONDAY, 8_000)
    known = market.instruction(instruction)
    marketing.confirm(machine(), instruction=instruction, outcome="confirmed")
    pass_time(MONDAY)

    assert known is not None
    assert known.recalled_at is None
    assert "contact.hear_paid_back" not in ledger_kinds(trouble)
    order = market.order("O-1")
    assert order is not None
    assert order.refunded_amount == 8_000
    assert told("lead", "paid_on_top") == 0
    assert disagreements() == []


def test_a_total_that_was_not_ours_settles_the_matter_once_the_marketplace_says_that_it_did_nothing() -> None:
    trouble, instruction = refunded()
    tell(MONDAY, 8_000)

    marketing.confirm(machine(), instruction=instruction, outcome="refused")
    pass_time(MONDAY)

    assert state(trouble) == "failed"
    assert told("buyer:B-1", "all_back_meanwhile") == 1
    with pytest.raises(RemedyHindered):
        contact.grant_remedy(agent(), trouble=trouble, amount=1, reason="x")
    contact.refuse_remedy(
        lead(), trouble=trouble, because=NoRemedyBecause.PAID_BACK, reason="出品者が返金済み"
    )


def test_what_the_seller_pays_on_top_of_our_refund_reaches_a_lead_and_is_not_recovered() -> None:
    trouble = done()
    assert recovery(trouble).state == "hearing"

    tell(TUESDAY, 16_000)

    assert told("lead", "paid_on_top") == 1
    assert (recovery(trouble).state, told("seller:S-1", "not_recovered")) == ("borne", 1)
    assert disagreements() == ["the refund of 8,000 yen does not fit the order's record."]


def test_what_was_heard_and_is_paid_in_part_on_top_is_recovered_the_less() -> None:
    trouble = done()
    contact.state_view(seller(), recovery=recovery(trouble).pk, said="返金しました")

    tell(TUESDAY, 9_000)
    tell(TUESDAY, 9_000)

    assert (recovery(trouble).state, recovery(trouble).most) == ("heard", 7_000)
    assert told("seller:S-1", "less_recovered") == 1
    with pytest.raises(ClaimTooHigh):
        claim(trouble, 7_001)
    claim(trouble, 7_000)


def claim(trouble: int, amount: int) -> str:
    return contact.claim(
        lead(TUESDAY),
        recovery=recovery(trouble).pk,
        amount=amount,
        because=DeductBecause.NO_ANSWER,
        reason="x",
    )


def test_a_deduction_that_is_out_is_called_back_when_all_of_the_refund_comes_on_top() -> None:
    trouble = done()
    contact.state_view(seller(), recovery=recovery(trouble).pk, said="返金しました")
    deduction = claim(trouble, 8_000)

    tell(TUESDAY, 8_001)
    within = market.instruction(deduction)
    tell(TUESDAY, 16_000)
    called_back = market.instruction(deduction)
    marketing.confirm(machine(TUESDAY), instruction=deduction, outcome="refused")
    pass_time(TUESDAY)

    assert within is not None
    assert called_back is not None
    assert (within.recalled_at, called_back.recalled_at) == (None, TUESDAY)
    assert recovery(trouble).state == "borne"


def test_what_was_paid_before_our_refund_could_be_called_back_is_not_recovered() -> None:
    trouble, instruction = refunded()
    tell(MONDAY, 8_000, instructed=0)
    called_back = market.instruction(instruction)

    marketing.confirm(machine(), instruction=instruction, outcome="confirmed")
    pass_time(MONDAY)

    assert called_back is not None
    assert called_back.recalled_at == MONDAY
    assert told("lead", "paid_on_top") == 1
    assert recovery(trouble).state == "borne"
    assert told("seller:S-1", "hearing") == 0


def test_what_is_paid_beside_a_part_of_ours_is_not_on_top() -> None:
    trouble = done(3_000, PartBecause.PART_OF_GOODS)

    tell(TUESDAY, 8_000)

    assert told("lead", "paid_on_top") == 0
    assert (recovery(trouble).state, recovery(trouble).most) == ("hearing", 3_000)


def test_when_all_goes_back_the_buyer_is_asked_and_nobody_is_urged_called_or_late() -> None:
    trouble = open_trouble()

    tell(MONDAY + timedelta(hours=1), 8_000)
    tell(MONDAY + timedelta(hours=2), 8_000)
    page = threads.page_of(buyer(MONDAY + timedelta(hours=2)), cases.case_of(about(trouble)).number)
    pass_time(MONDAY + timedelta(days=30))

    assert Trouble.objects.get(pk=trouble).progress == "paid_back"  # the seller wrote nothing
    assert told("buyer:B-1", "all_back_buyer") == 1
    assert "お金が戻った" in page.standing.now.ja
    assert told("seller:S-1", "all_back_seller") == 1
    assert not {"contact.miss_answer", "contact.miss_resolution", "contact.urge"} & set(ledger_kinds(trouble))
    assert Trouble.objects.get(pk=trouble).state == "lapsed"


def test_what_was_agreed_on_instead_of_money_is_replaced_by_it_and_a_wish_is_settled() -> None:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    contact.ask_remedy(buyer(), trouble=trouble, wish=Kind.REFUND)
    offered = contact.propose(seller(), trouble=trouble, kind=Solution.REPLACEMENT)
    contact.accept(buyer(), proposal=offered)

    tell(TUESDAY, 8_000)

    assert Proposal.objects.get(pk=offered).state == "replaced"
    assert running(trouble) == {"contact.silence"}
    assert cases.asked(about(trouble)) == frozenset()


def test_a_buyer_for_whom_that_solves_nothing_waits_for_the_seller_again_by_new_clocks() -> None:
    trouble = open_trouble()
    tell(MONDAY, 8_000)

    contact.say_unsolved(buyer(TUESDAY), trouble=trouble, said="商品が二つ届きました")

    assert running(trouble) >= {"contact.answer", "contact.resolution"}
    assert Trouble.objects.get(pk=trouble).resolution_due_at > TUESDAY + timedelta(days=1)
    pass_time(TUESDAY + timedelta(days=20))
    found = Trouble.objects.get(pk=trouble)
    assert (found.state, found.closed_at) == ("overdue", None)
    assert "decide-remedy" in cases.asked(about(trouble))


def test_a_return_whose_money_is_back_ends_without_a_word_against_the_buyer() -> None:
    trouble, label = ordered()
    marketing.confirm(machine(), instruction=label, outcome="confirmed", tracking="1")
    pass_time(MONDAY)
    contact.note_arrival(agent(), trouble=trouble)
    with pytest.raises(NotPaidBack) as refusal:
        contact.inspect(agent(), trouble=trouble, result=Inspected.PAID_BACK, note="x")
    tell(MONDAY, 8_000)

    contact.inspect(agent(), trouble=trouble, result=Inspected.PAID_BACK, note="出品者が返金済み")

    assert "8,000" in refusal.value.sentence.ja
    assert state(trouble) == "considered"
    assert told("buyer:B-1", "all_back_buyer") == 1
    assert "contact.silence" in running(trouble)
    contact.solve(buyer(), trouble=trouble)
    assert state(trouble) == "dropped"


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


def test_a_refund_that_the_total_holds_is_called_back_once_others_paid_all_of_it_too() -> None:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    refund = contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="回答なし")
    marketing.put_order(machine(), OrderLine(ref="O-1", refunded=8_000, **BASE))
    pass_time(MONDAY)

    marketing.put_order(machine(), OrderLine(ref="O-1", refunded=16_000, **BASE))
    pass_time(MONDAY)

    recalled = market.instruction(refund)
    assert recalled is not None
    assert recalled.recalled_at == MONDAY
