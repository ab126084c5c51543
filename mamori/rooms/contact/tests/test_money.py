"""Money: the remedy within its limits and done only when confirmed, the recovery heard and on a clause."""

from datetime import timedelta

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions as marketing, facts as market
from mamori.ground.market.actions import OrderLine
from mamori.ground.outbox import facts as outbox
from mamori.ground.terms import actions as terms
from mamori.japan.written import ReasonNeeded
from mamori.law.settings import RECOVERY_ON, REMEDY_CEILING, REMEDY_TIMES
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.actions.recovery import ClaimTooHigh
from mamori.rooms.contact.actions.remedy import AmountOutOfRange
from mamori.rooms.contact.claiming import RemedyHindered
from mamori.rooms.contact.ending import RefundUnderWay
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.rules.reasons import (
    DEDUCT_BECAUSE,
    NO_REMEDY_BECAUSE,
    DeductBecause,
    NoRemedyBecause,
    PartBecause,
)
from mamori.rooms.contact.tests.conftest import (
    EVES,
    MONDAY,
    actor,
    agent,
    buyer,
    content,
    lead,
    machine,
    open_trouble,
    pass_time,
    seller,
)

pytestmark = pytest.mark.usefixtures("market_of_two")
OVERDUE = MONDAY + timedelta(hours=48)


def known(trouble: int) -> facts.TroubleFact:
    found = facts.trouble(trouble)
    assert found is not None
    return found


def overdue_trouble(order_ref: str = "O-1") -> int:
    trouble = open_trouble(order_ref=order_ref)
    pass_time(OVERDUE)
    assert known(trouble).state == "overdue"
    return trouble


def granted(order_ref: str = "O-1", amount: int = 8_000) -> tuple[int, str]:
    trouble = overdue_trouble(order_ref)
    return trouble, contact.grant_remedy(
        agent(OVERDUE), trouble=trouble, amount=amount, reason="回答なし", because=PartBecause.PART_OF_GOODS
    )


def confirmed(order_ref: str = "O-1") -> int:
    trouble, instruction = granted(order_ref)
    marketing.confirm(machine(OVERDUE), instruction=instruction, outcome="confirmed")
    pass_time(OVERDUE)
    return trouble


def recovery_of(trouble: int) -> facts.RecoveryFact:
    found = facts.recovery_of(trouble)
    assert found is not None
    return found


def claim(by: Actor, recovery: int, amount: int = 8_000, reason: str = "異議なし") -> str:
    return contact.claim(by, recovery=recovery, amount=amount, because=DeductBecause.NO_ANSWER, reason=reason)


def test_a_refund_is_done_only_when_the_marketplace_confirms_it() -> None:
    trouble, instruction = granted()
    assert (known(trouble).remedy_state, known(trouble).state) == ("instructed", "overdue")
    assert facts.unconfirmed_refunds() == 1

    marketing.confirm(machine(OVERDUE), instruction=instruction, outcome="confirmed")
    pass_time(OVERDUE)

    assert (known(trouble).remedy_state, known(trouble).state) == ("done", "made_good")
    assert known(trouble).mediation_state == "exhausted"
    assert market.order("O-1").refunded_amount == 8_000  # type: ignore[union-attr]
    assert "contact.refunded" in {n.template for n in outbox.notices(to="buyer:B-1")}
    assert clocks.open_clocks(f"contact.trouble:{trouble}") == ()


def test_a_confirmation_that_comes_twice_has_one_effect() -> None:
    trouble, instruction = granted()

    for _ in range(2):
        marketing.confirm(machine(OVERDUE), instruction=instruction, outcome="confirmed")
        pass_time(OVERDUE)

    kinds = [a.kind for a in ledger.acts_about(f"contact.trouble:{trouble}")]
    assert kinds.count("contact.confirm_remedy") == 1
    assert market.order("O-1").refunded_amount == 8_000  # type: ignore[union-attr]


def test_a_shop_that_never_confirms_is_chased_under_the_same_id_and_a_lead_is_told_each_time() -> None:
    trouble, instruction = granted()

    pass_time(OVERDUE + timedelta(days=6))

    notices = [n for n in outbox.notices(to="lead") if n.template == "contact.unconfirmed"]
    assert len(notices) >= 2
    assert {n.values["instruction"] for n in notices} == {instruction}
    assert market.instruction(instruction).times == len(notices) + 1  # type: ignore[union-attr]
    assert known(trouble).remedy_state == "instructed"
    assert clocks.next_due(f"contact.trouble:{trouble}") is not None


def test_a_shop_that_cannot_refund_puts_the_decision_before_a_person_again() -> None:
    trouble, instruction = granted()

    marketing.confirm(machine(OVERDUE), instruction=instruction, outcome="refused", note="決済取消不可")
    pass_time(OVERDUE)

    assert known(trouble).remedy_state == "failed"
    assert clocks.next_due(f"contact.trouble:{trouble}") is not None
    again = contact.grant_remedy(agent(OVERDUE), trouble=trouble, amount=8_000, reason="振込で返金")
    assert again != instruction


def test_while_a_refund_is_under_way_the_trouble_neither_ends_nor_lapses() -> None:
    trouble = open_trouble()
    contact.answer(seller(MONDAY), thread=known(trouble).thread, said="仕様です")
    pass_time(OVERDUE)
    contact.grant_remedy(
        agent(OVERDUE), trouble=trouble, amount=5_000, reason="説明と違う", because=PartBecause.PART_OF_GOODS
    )

    with pytest.raises(RefundUnderWay):
        contact.solve(buyer(), trouble=trouble)
    with pytest.raises(RefundUnderWay):
        contact.withdraw(buyer(), trouble=trouble)
    pass_time(MONDAY + timedelta(days=9))

    assert known(trouble).state == "overdue"


@pytest.mark.parametrize("amount", [0, -1, 8_001])
def test_a_refund_is_between_one_yen_and_what_is_left(amount: int) -> None:
    trouble = overdue_trouble()

    with pytest.raises(AmountOutOfRange):
        contact.grant_remedy(agent(OVERDUE), trouble=trouble, amount=amount, reason="x")


def test_the_ceiling_that_the_operator_sets_holds() -> None:
    trouble = overdue_trouble()
    terms.set(lead(MONDAY), setting=REMEDY_CEILING, value=3_000)

    with pytest.raises(AmountOutOfRange) as refused:
        contact.grant_remedy(agent(OVERDUE), trouble=trouble, amount=3_001, reason="x")

    assert "3,000" in refused.value.sentence.ja
    contact.grant_remedy(
        agent(OVERDUE), trouble=trouble, amount=3_000, reason="x", because=PartBecause.PART_OF_GOODS
    )


def test_nobody_is_paid_twice() -> None:
    refunded, charged_back = overdue_trouble("O-1"), overdue_trouble_on("O-3")
    base = {"buyer": "B-1", "seller": "S-1", "amount": 8_000, "ordered_at": MONDAY - timedelta(days=5)}
    marketing.put_order(machine(OVERDUE), OrderLine(ref="O-1", refunded=8_000, **base))
    marketing.put_order(machine(OVERDUE), OrderLine(ref="O-3", charged_back=True, **base))

    for trouble, word in ((refunded, "already been refunded"), (charged_back, "card company")):
        with pytest.raises(RemedyHindered) as refused:
            contact.grant_remedy(agent(OVERDUE), trouble=trouble, amount=1, reason="x")
        assert word in refused.value.sentence.en


def overdue_trouble_on(order_ref: str) -> int:
    trouble = open_trouble(order_ref=order_ref)
    pass_time(OVERDUE)
    return trouble


def test_a_buyer_is_refunded_only_so_often_in_a_year() -> None:
    terms.set(lead(MONDAY), setting=REMEDY_TIMES, value=1)
    confirmed("O-1")
    trouble = overdue_trouble_on("O-3")

    with pytest.raises(RemedyHindered):
        contact.grant_remedy(agent(OVERDUE), trouble=trouble, amount=1, reason="x")


def test_mediation_without_success_may_be_made_good_before_the_hours_are_over_but_not_before_mediation() -> (
    None
):
    trouble = open_trouble()
    with pytest.raises(RemedyHindered):
        contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="x")

    contact.request_mediation(buyer(), trouble=trouble)
    contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="出品者が応じない")

    assert known(trouble).remedy_state == "instructed"


def test_a_refusal_tells_the_buyer_why_and_the_next_road_and_needs_a_reason_and_a_lead() -> None:
    trouble = overdue_trouble()
    because = NoRemedyBecause.PROPERLY_ANSWERED
    with pytest.raises(ReasonNeeded):
        contact.refuse_remedy(lead(OVERDUE), trouble=trouble, because=because, reason=" ")
    with pytest.raises(StepNotYours):
        contact.refuse_remedy(agent(OVERDUE), trouble=trouble, because=because, reason="x")

    contact.refuse_remedy(lead(OVERDUE), trouble=trouble, because=because, reason="交換品を発送済み")

    assert (known(trouble).state, known(trouble).remedy_state) == ("declined", "refused")
    [notice] = [n for n in outbox.notices(to="buyer:B-1") if n.template == "contact.declined"]
    assert "188" in notice.body["ja"]
    assert NO_REMEDY_BECAUSE[because].ja in notice.body["ja"]
    assert "交換品を発送済み" not in notice.body["ja"]


def test_counsel_may_refuse_and_a_grant_needs_a_reason() -> None:
    trouble = overdue_trouble()

    with pytest.raises(ReasonNeeded):
        contact.grant_remedy(agent(OVERDUE), trouble=trouble, amount=1, reason="")
    contact.refuse_remedy(
        actor("counsel:c", Role.COUNSEL, OVERDUE),
        trouble=trouble,
        because=NoRemedyBecause.LIMITS,
        reason="範囲外",
    )

    assert known(trouble).state == "declined"


def test_an_open_trouble_is_not_refused_before_mediation() -> None:
    trouble = open_trouble()

    with pytest.raises(StepNotOpen):
        contact.refuse_remedy(lead(), trouble=trouble, because=NoRemedyBecause.LIMITS, reason="x")

    assert known(trouble).remedy_state == ""


def test_the_recovery_is_a_case_of_its_own_heard_on_the_clause_that_this_seller_accepted() -> None:
    recovery = recovery_of(confirmed())

    assert (recovery.state, recovery.clause, recovery.clause_version, recovery.most) == (
        "hearing",
        "recovery",
        1,
        8_000,
    )
    [notice] = [n for n in outbox.notices(to="seller:S-1") if n.template == "contact.hearing"]
    assert notice.values["amount"] == "8,000"
    with pytest.raises(StepNotOpen):
        claim(lead(OVERDUE), recovery.id)


def test_a_recovery_without_an_accepted_clause_is_borne_by_the_operator_in_sight() -> None:
    recovery = recovery_of(confirmed("O-2"))

    assert (recovery.state, recovery.clause_version, recovery.amount) == ("borne", 0, 0)
    assert content(f"contact.recovery:{recovery.id}")["reason"] == "no accepted clause"


def test_a_clause_accepted_after_the_trouble_began_does_not_reach_back() -> None:
    trouble, instruction = granted("O-2")
    terms.accept(seller_ref="S-2", clause="recovery", version=1, at=OVERDUE, source="test")

    marketing.confirm(machine(OVERDUE), instruction=instruction, outcome="confirmed")
    pass_time(OVERDUE)

    assert recovery_of(trouble).state == "borne"


def test_an_operator_who_recovers_nothing_opens_no_recovery() -> None:
    terms.set(lead(MONDAY), setting=RECOVERY_ON, value=False)

    assert facts.recovery_of(confirmed()) is None


def test_a_silent_seller_counts_as_heard_after_five_business_days_and_a_person_decides() -> None:
    recovery = recovery_of(confirmed())

    pass_time(OVERDUE + timedelta(days=9))

    assert recovery_of(recovery.trouble).state == "heard"
    kinds = [c.kind for c in clocks.open_clocks(f"contact.recovery:{recovery.id}")]
    assert kinds == ["contact.recovery_review"]


def test_a_claim_has_a_ceiling_a_reason_a_decider_and_is_settled_by_confirmation() -> None:
    recovery = recovery_of(confirmed())
    contact.state_view(seller(OVERDUE), recovery=recovery.id, said="異議なし")
    with pytest.raises(StepNotYours):
        claim(agent(OVERDUE), recovery.id)
    with pytest.raises(ReasonNeeded):
        claim(lead(OVERDUE), recovery.id, reason=" ")
    for amount in (0, 8_001):
        with pytest.raises(ClaimTooHigh):
            claim(lead(OVERDUE), recovery.id, amount)

    instruction = claim(lead(OVERDUE), recovery.id, 5_000)
    [told] = [n for n in outbox.notices(to="seller:S-1") if n.template == "contact.claimed"]
    marketing.confirm(machine(OVERDUE), instruction=instruction, outcome="confirmed")
    pass_time(OVERDUE)

    assert told.values["amount"] == "5,000"
    assert DEDUCT_BECAUSE[DeductBecause.NO_ANSWER].ja in told.body["ja"]
    after = recovery_of(recovery.trouble)
    assert (after.state, after.amount) == ("settled", 5_000)
    assert clocks.open_clocks(f"contact.recovery:{recovery.id}") == ()


def test_a_deduction_that_the_marketplace_refuses_is_borne_by_the_operator() -> None:
    recovery = recovery_of(confirmed())
    contact.state_view(seller(OVERDUE), recovery=recovery.id, said="異議なし")
    instruction = claim(lead(OVERDUE), recovery.id)

    marketing.confirm(machine(OVERDUE), instruction=instruction, outcome="refused")
    pass_time(OVERDUE)

    assert recovery_of(recovery.trouble).state == "borne"
    for party in ("seller:S-1", "lead"):
        told = outbox.notices(about=f"contact.recovery:{recovery.id}", to=party)
        assert told[0].template == "contact.not_deducted"


def test_a_claim_that_is_never_settled_is_reviewed_and_told_again_and_cannot_be_waived_meanwhile() -> None:
    recovery = recovery_of(confirmed())
    contact.state_view(seller(OVERDUE), recovery=recovery.id, said="困ります")
    instruction = claim(lead(OVERDUE), recovery.id)

    pass_time(OVERDUE + timedelta(days=62))
    kinds = [a.kind for a in ledger.acts_about(f"contact.recovery:{recovery.id}")]
    assert kinds.count("contact.review_recovery") == 2
    assert (told := market.instruction(instruction))
    assert told.times == 3
    with pytest.raises(StepNotOpen):
        contact.waive(lead(OVERDUE), recovery=recovery.id, reason="事情を考慮")
    marketing.confirm(machine(OVERDUE), instruction=instruction, outcome="confirmed")
    pass_time(OVERDUE + timedelta(days=62))

    assert recovery_of(recovery.trouble).state == "settled"


def test_instructions_of_other_rooms_are_passed_over() -> None:
    contact.confirm_instruction(machine(), instruction="ins_other")
    contact.fail_instruction(machine(), instruction="ins_other")

    assert facts.unconfirmed_refunds() == 0


@pytest.mark.parametrize("eve", EVES, ids=lambda h: f"{h.role}-{h.by}")
def test_eve_has_no_part_in_a_recovery(eve: Actor) -> None:
    recovery = recovery_of(confirmed())
    before = len(ledger.acts_about(f"contact.recovery:{recovery.id}"))

    for verb in (
        lambda: contact.state_view(eve, recovery=recovery.id, said="x"),
        lambda: claim(eve, recovery.id),
        lambda: contact.waive(eve, recovery=recovery.id, reason="x"),
        lambda: contact.end_hearing(eve, recovery=recovery.id),
    ):
        with pytest.raises(NothingHere):
            verb()

    assert len(ledger.acts_about(f"contact.recovery:{recovery.id}")) == before


def test_a_buyer_does_not_see_the_recovery() -> None:
    recovery = recovery_of(confirmed())

    with pytest.raises(NothingHere):
        contact.state_view(buyer(), recovery=recovery.id, said="x")
