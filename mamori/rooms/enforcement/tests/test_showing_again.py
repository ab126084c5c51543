"""What shows a provisionally hidden listing again takes a lead or counsel, and waits until the marketplace did what is graver."""

from __future__ import annotations

from datetime import timedelta

import pytest

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.grammar.measure import Severity
from mamori.grammar.refusal import Refusal
from mamori.ground.cases import facts as cases
from mamori.ground.market import actions as market
from mamori.ground.market.actions import SellerLine
from mamori.ground.market.facts import SellerState
from mamori.ground.market.models import Instruction
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.findings.queries import matter_of
from mamori.rooms.enforcement.measures.actions import deciding, hiding as actions, standing
from mamori.rooms.enforcement.models import Measure
from mamori.rooms.enforcement.rules.bounds import Dismissed, Ended
from mamori.rooms.enforcement.tests.conftest import (
    MONDAY,
    agent,
    answer,
    counsel,
    lead,
    machine,
    ring,
    seller,
    wish,
)
from mamori.rooms.enforcement.tests.test_hiding import BECAUSE, dangerous, hidden, orders, the, told

pytestmark = pytest.mark.usefixtures("shops")


@pytest.mark.parametrize("is_confirmed", [True, False])
def test_no_agent_alone_ends_without_a_measure_what_is_hidden(is_confirmed: bool, enter: Enter) -> None:
    hiding = hidden()
    answer(hiding.instruction)
    if is_confirmed:
        actions.confirm_hiding(lead(), finding=hiding.finding_id, reason="写真を見た")
    number = cases.case_of(f"enforcement.finding:{hiding.finding_id}").number

    with pytest.raises(Refusal) as refused:
        findings.dismiss(agent(), finding=hiding.finding_id, because=Dismissed.NO_BREACH, reason="確かめた")

    assert refused.value.code == "heads-show-again"
    assert orders() == ["hide_listing"]
    offered = {
        role: f"/desk/cases/{number}/enforcement/dismiss/"
        in enter(role).get(f"/desk/cases/{number}/").content.decode()
        for role in (Role.AGENT, Role.LEAD)
    }
    assert offered == {Role.AGENT: False, Role.LEAD: True}


@pytest.mark.parametrize(("measure", "days"), [("correction", 14), ("listing-hidden", 14)])
def test_no_agent_alone_decides_what_shows_a_hidden_listing_again_at_once_or_in_time(
    measure: str, days: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "must_fit", lambda *_: None)  # whatever the policy answers
    hiding = hidden(breach="display", severity=Severity.MINOR)
    answer(hiding.instruction)
    actions.confirm_hiding(lead(), finding=hiding.finding_id, reason="写真を見た")
    findings.state_view(seller(), finding=hiding.finding_id, said="直しました")
    monkeypatch.setattr(deciding.bounds, "needs_second", lambda *_, **__: False)

    with pytest.raises(Refusal) as refused:
        deciding.decide(agent(), finding=hiding.finding_id, wish=wish(measure, days))

    assert refused.value.code == "heads-show-again"
    assert (orders(), the(hiding).state) == (["hide_listing"], "in_force")
    deciding.decide(lead(), finding=hiding.finding_id, wish=wish(measure, days))


def test_no_agent_alone_ends_the_removal_under_which_a_listing_is_hidden() -> None:
    hiding = hidden()
    answer(hiding.instruction)
    findings.state_view(seller(), finding=hiding.finding_id, said="そのとおりです")
    removal = deciding.decide(lead(), finding=hiding.finding_id, wish=wish("listing-removed", 0))
    number = cases.case_of(f"enforcement.finding:{hiding.finding_id}").number

    with pytest.raises(Refusal) as refused:
        standing.lift(agent(), measure=removal, because=Ended.REVIEWED, reason="もうよい")

    assert refused.value.code == "heads-show-again"
    [offered, head] = [matter_of(by, number).measures for by in (agent(), lead())]
    assert [one.endings for one in offered if one.id == removal] == [()]
    assert Ended.REVIEWED in next(one.endings for one in head if one.id == removal)


def test_a_suspension_that_ends_before_the_marketplace_carried_it_out_shows_nothing_until_it_answers() -> (
    None
):
    hiding = hidden(breach="fraud")
    answer(hiding.instruction)
    findings.state_view(seller(), finding=hiding.finding_id, said="そのとおりです")
    asked = wish("suspended", 30, ground="statutory-request", document="要請 第7号")
    number = deciding.decide(lead(), finding=hiding.finding_id, wish=asked)
    deciding.approve(counsel(), measure=number)

    standing.lift(lead(), measure=number, because=Ended.MISTAKE, reason="取り違えた")

    assert (orders(), the(hiding).state) == (["hide_listing"], "in_force")
    while waiting := Instruction.objects.filter(closed_at__isnull=True, target_ref="S-1").first():
        answer(waiting.pk)
    assert orders() == ["hide_listing", "show_listing"]


HELD = wish("payout-held", 14)
"""What takes two people, and leaves the listing up."""


def proposed(by: Actor, *, is_hidden_first: bool = True) -> Measure:
    """Let somebody propose for a hidden listing what leaves it up; there is nobody else who could approve it."""
    finding = dangerous(breach="fraud", severity=Severity.MINOR)
    findings.ask_view(agent(), finding=finding)
    findings.state_view(seller(), finding=finding, said="違います")
    steps = [
        lambda: actions.hide_provisionally(agent(), finding=finding, because=BECAUSE),
        lambda: deciding.decide(by, finding=finding, wish=HELD),
    ]
    for step in steps if is_hidden_first else reversed(steps):
        step()
    return Measure.objects.get(kind="payout-held")


@pytest.mark.parametrize("is_hidden_first", [True, False])
def test_no_time_approves_what_an_agent_proposed_and_what_shows_a_hidden_listing_again(
    is_hidden_first: bool,
) -> None:
    measure = proposed(agent(), is_hidden_first=is_hidden_first)

    ring(MONDAY + timedelta(days=12))

    measure.refresh_from_db()
    assert (measure.state, measure.approved_by, orders()) == ("proposed", "", ["hide_listing"])
    assert told("lead", "to_approve") > 1, "the leads are reminded"
    deciding.send_back(lead(MONDAY + timedelta(days=12)), measure=measure.pk, reason="自分で決める")
    assert Measure.objects.get(pk=measure.pk).state == "rejected"


def test_time_still_approves_what_a_lead_proposed_for_a_hidden_listing() -> None:
    measure = proposed(lead())

    ring(MONDAY + timedelta(days=12))

    measure.refresh_from_db()
    assert (measure.state, orders()) == ("ordered", ["hide_listing", "show_listing"])


def test_no_clock_shows_what_is_hidden_because_its_account_was_closed_before_the_closure_began() -> None:
    hiding = hidden()
    answer(hiding.instruction)
    findings.state_view(seller(), finding=hiding.finding_id, said="そのとおりです")
    number = deciding.decide(lead(), finding=hiding.finding_id, wish=wish("closed", 0))
    deciding.approve(counsel(), measure=number)
    next_day = machine(MONDAY + timedelta(days=1))
    market.put_seller(next_day, SellerLine(ref="S-1", name="店", state=SellerState.CLOSED))

    ring(MONDAY + timedelta(days=60))

    closing = Measure.objects.get(pk=number)
    assert (closing.state, closing.ended_because) == ("called_off", "gone")
    assert (orders(), the(hiding).state) == (["hide_listing"], "in_force")
    head = lead(MONDAY + timedelta(days=60))
    standing.lift(head, measure=number, because=Ended.MISTAKE, reason="取り違えた")
    assert orders() == ["hide_listing", "show_listing"]
