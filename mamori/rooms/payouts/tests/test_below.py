"""What rooms below tell the gate: open refunds hold their sum, measures what they say, and both let go when they are over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.grammar.actor import Role
from mamori.grammar.businesstime import CalendarDays
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.text import Text
from mamori.ground.market import actions as market
from mamori.ground.market.actions import OrderLine
from mamori.ground.terms import actions as terms
from mamori.law.deadlines import PAYOUT_END
from mamori.law.settings import RECOVERY_ON, REMEDY_CEILING
from mamori.rooms.contact import actions as contact, facts as contact_facts
from mamori.rooms.contact.lifecycle import RemedyState
from mamori.rooms.contact.models import Recovery, Remedy
from mamori.rooms.contact.rules.eligibility import Kind
from mamori.rooms.contact.rules.reasons import NoRemedyBecause
from mamori.rooms.contact.topics import Harm, Topic
from mamori.rooms.enforcement import facts as enforcement_facts
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.findings.matter import Subject
from mamori.rooms.enforcement.measures.actions import deciding
from mamori.rooms.enforcement.measures.actions.deciding import Wish
from mamori.rooms.enforcement.models import Measure
from mamori.rooms.enforcement.rules.bounds import Source
from mamori.rooms.payouts import actions, facts
from mamori.rooms.payouts.models import Transfer
from mamori.rooms.payouts.rules import Verdict
from mamori.rooms.payouts.tests.conftest import (
    EARLY,
    MONDAY,
    actor,
    agent,
    ask,
    codes,
    counsel,
    lead,
    machine,
    pays_to,
    seller,
    settle,
)
from tests.taking import take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops", "staff")]


def trouble(order: str = "O-1") -> int:
    number = contact.open_trouble(
        actor("buyer:B-1", Role.BUYER),
        order_ref=order,
        topic=Topic.BROKEN,
        harm=Harm.MONEY,
        said="動きません",
        centre_may_read=True,
    )
    contact.request_mediation(actor("buyer:B-1", Role.BUYER), trouble=number)
    return number


def considered(order: str = "O-1") -> int:
    number = trouble(order)
    Remedy.objects.create(trouble_id=number, buyer_ref="B-1", state=RemedyState.CONSIDERED, opened_at=MONDAY)
    return number


def measure(amount: int = 0, days: int = 30) -> int:
    finding = findings.find(
        agent(),
        breach="fraud",
        severity=Severity.GRAVE,
        harm=Reach.MONEY,
        subject=Subject(seller="S-1", listing="L-1"),
        facts=(Text("届かない注文が続く。", "Orders keep not arriving."),),
        origin="test:1",
        source=Source.STAFF,
        reporter="",
    )
    findings.ask_view(agent(), finding=finding)
    findings.state_view(seller(), finding=finding, said="違います")
    why = Text("見込みと同じ額のため。", "It is what buyers will have to be refunded.")
    number = deciding.decide(
        lead(),
        finding=finding,
        wish=Wish(
            measure="payout-held",
            days=days,
            amount=amount,
            reason="記録のとおり",
            why_other=why,
            why_amount=why,
        ),
    )
    if Measure.objects.get(pk=number).state == "proposed":
        deciding.approve(counsel(), measure=number)
    return number


def test_an_open_refund_holds_what_it_may_come_to_and_no_more() -> None:
    pays_to()
    considered()

    found = ask(amount=10_000)

    assert (found.verdict, found.released, found.waits) == (Verdict.PARTIAL, 2_000, 8_000)
    assert [(one.code.value, one.amount) for one in found.reasons] == [("claims", 8_000)]
    assert found.clause == "payout-hold"


def test_one_refund_holds_one_payout_and_not_the_next() -> None:
    pays_to()
    considered()

    assert ask(amount=5_000).waits == 5_000
    assert ask("P-2", 5_000).waits == 3_000
    assert ask("P-3", 5_000).waits == 0


def test_when_the_refund_is_off_the_rest_is_paid_by_itself() -> None:
    pays_to()
    number = considered()
    ask(amount=10_000)

    Remedy.objects.filter(trouble=number).update(state=RemedyState.DROPPED, closed_at=MONDAY)
    actions.reconsider(machine(MONDAY + timedelta(hours=1)), seller_ref="S-1")

    assert facts.payout(machine(), "P-1").released == 10_000
    assert sorted(Transfer.objects.values_list("amount", flat=True)) == [2_000, 8_000]


def test_the_room_hears_of_a_refund_that_is_asked_for_and_of_one_that_is_refused() -> None:
    pays_to()
    ask(amount=8_000, by_run=True)
    number = trouble()

    contact.ask_remedy(actor("buyer:B-1", Role.BUYER), trouble=number, wish=Kind.PART, amount=3_000)
    settle(MONDAY)
    asked = facts.payout(machine(), "P-1")
    take(agent(), number)
    contact.refuse_remedy(
        lead(), trouble=number, because=NoRemedyBecause.NOT_ESTABLISHED, reason="確かめられない"
    )
    settle(MONDAY)

    assert (asked.released, asked.waits, codes(asked)) == (5_000, 3_000, ["claims"])
    assert facts.payout(machine(), "P-1").waits == 0


def test_nothing_is_held_for_refunds_that_nobody_could_take_back() -> None:
    pays_to(ref="S-2")
    considered("O-2")

    assert ask(amount=10_000, seller_ref="S-2").waits == 0
    pays_to()
    considered("O-1")
    terms.set(lead(), setting=RECOVERY_ON, value=False)
    assert ask("P-2", 10_000).waits == 0


def test_a_ceiling_of_refunds_is_a_ceiling_of_what_is_held() -> None:
    terms.set(lead(), setting=REMEDY_CEILING, value=3_000)
    pays_to()
    considered()

    assert ask().waits == 3_000


def test_an_open_recovery_holds_its_sum_where_a_clause_bears_it() -> None:
    pays_to()
    number = considered()
    remedy = Remedy.objects.get(trouble=number)
    Remedy.objects.update(state=RemedyState.DONE, amount=8_000, closed_at=MONDAY)
    Recovery.objects.create(
        remedy=remedy, seller_ref="S-1", clause="recovery", clause_version=1, most=6_000, opened_at=MONDAY
    )

    [claim] = contact_facts.claims(["S-1"], at=MONDAY)["S-1"]
    assert (claim.trouble, claim.amount) == (number, 6_000)
    assert ask().waits == 6_000
    Recovery.objects.update(amount=4_000)
    assert ask("P-2", 10_000).waits == 0


def test_what_is_ready_stays_ready_when_the_same_sum_waits_for_another_refund() -> None:
    pays_to()
    number = considered()
    before = ask(amount=10_000, by_run=True)
    [ready] = Transfer.objects.values_list("pk", flat=True)

    Remedy.objects.filter(trouble=number).update(state=RemedyState.DROPPED, closed_at=MONDAY)
    market.put_order(
        machine(EARLY), OrderLine(ref="O-3", buyer="B-1", seller="S-1", amount=8_000, ordered_at=EARLY)
    )
    considered("O-3")
    actions.reconsider(machine(MONDAY + timedelta(hours=1)), seller_ref="S-1")

    after = facts.payout(machine(), "P-1")
    assert (before.waits, after.waits) == (8_000, 8_000)
    assert before.reasons != after.reasons
    assert list(Transfer.objects.values_list("pk", "state", "amount")) == [(ready, "ready", 2_000)]


def test_a_measure_holds_as_much_as_it_says_on_its_own_clause_and_lets_go_at_its_end() -> None:
    pays_to()
    number = measure(amount=4_000)
    [one] = enforcement_facts.money_held(["S-1"])["S-1"]

    found = ask(amount=10_000)

    assert one.measure == number
    assert (found.verdict, found.waits, codes(found)) == (Verdict.PARTIAL, 4_000, ["measure"])
    assert (found.clause, found.ends_at) == (one.clause, one.ends_at)
    assert one.ends_at is not None
    later = one.ends_at + timedelta(days=2)
    settle(later)
    for instruction in Measure.objects.values_list("undoing", "instruction"):
        for ref in filter(None, instruction):
            market.confirm(machine(later), instruction=ref, outcome="confirmed")
    settle(later)
    assert facts.payout(machine(), "P-1").waits == 0


def test_a_measure_that_begins_takes_back_what_was_ready_and_not_ordered() -> None:
    pays_to()
    ask(by_run=True)

    measure(amount=0)
    settle(MONDAY)
    for ref in Measure.objects.exclude(instruction="").values_list("instruction", flat=True):
        market.confirm(machine(), instruction=ref, outcome="confirmed")
    settle(MONDAY)

    found = facts.payout(machine(), "P-1")
    assert (found.verdict, codes(found)) == (Verdict.HOLD, ["measure"])
    assert [one.state for one in Transfer.objects.all()] == ["taken_back"]


def test_a_measure_that_outlasts_the_longest_wait_ends_when_it_ends() -> None:
    terms.set(lead(EARLY), setting=PAYOUT_END, value=CalendarDays(20))
    pays_to()
    measure(amount=4_000, days=50)
    found = ask(amount=10_000)
    assert found.ends_at is not None

    settle(MONDAY + timedelta(days=22))

    assert facts.payout(machine(), "P-1").state == "held"
    assert facts.payout(machine(), "P-1").ends_at == found.ends_at
