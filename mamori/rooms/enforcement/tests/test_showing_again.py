"""What shows a provisionally hidden listing again takes a lead or counsel, and waits until the marketplace did what is graver."""

from __future__ import annotations

import pytest

from conftest import Enter
from mamori.grammar.hand import Role
from mamori.grammar.measure import Severity
from mamori.grammar.refusal import Refusal
from mamori.ground.cases import facts as cases
from mamori.ground.market.models import Instruction
from mamori.rooms.enforcement import actions
from mamori.rooms.enforcement.actions import deciding
from mamori.rooms.enforcement.queries.matter import matter_of
from mamori.rooms.enforcement.rules.reasons import Dismissed, Ended
from mamori.rooms.enforcement.tests.conftest import agent, answer, counsel, lead, seller, wish
from mamori.rooms.enforcement.tests.test_hiding import hidden, orders, the

pytestmark = pytest.mark.usefixtures("shops")


@pytest.mark.parametrize("is_confirmed", [True, False])
def test_no_agent_alone_ends_without_a_measure_what_is_hidden(is_confirmed: bool, enter: Enter) -> None:
    hiding = hidden()
    answer(hiding.instruction)
    if is_confirmed:
        actions.confirm_hiding(lead(), finding=hiding.finding_id, reason="写真を見た")
    number = cases.case_of(f"enforcement.finding:{hiding.finding_id}").number

    with pytest.raises(Refusal) as refused:
        actions.dismiss(agent(), finding=hiding.finding_id, because=Dismissed.NO_BREACH, reason="確かめた")

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
    actions.state_view(seller(), finding=hiding.finding_id, said="直しました")
    monkeypatch.setattr(deciding.bounds, "needs_second", lambda *_, **__: False)

    with pytest.raises(Refusal) as refused:
        actions.decide(agent(), finding=hiding.finding_id, wish=wish(measure, days))

    assert refused.value.code == "heads-show-again"
    assert (orders(), the(hiding).state) == (["hide_listing"], "in_force")
    actions.decide(lead(), finding=hiding.finding_id, wish=wish(measure, days))


def test_no_agent_alone_ends_the_removal_under_which_a_listing_is_hidden() -> None:
    hiding = hidden()
    answer(hiding.instruction)
    actions.state_view(seller(), finding=hiding.finding_id, said="そのとおりです")
    removal = actions.decide(lead(), finding=hiding.finding_id, wish=wish("listing-removed", 0))
    number = cases.case_of(f"enforcement.finding:{hiding.finding_id}").number

    with pytest.raises(Refusal) as refused:
        actions.lift(agent(), measure=removal, because=Ended.REVIEWED, reason="もうよい")

    assert refused.value.code == "heads-show-again"
    [offered, head] = [matter_of(by, number).measures for by in (agent(), lead())]
    assert [one.endings for one in offered if one.id == removal] == [()]
    assert Ended.REVIEWED in next(one.endings for one in head if one.id == removal)


def test_a_suspension_that_ends_before_the_marketplace_carried_it_out_shows_nothing_until_it_answers() -> (
    None
):
    hiding = hidden()
    answer(hiding.instruction)
    actions.state_view(seller(), finding=hiding.finding_id, said="そのとおりです")
    asked = wish("suspended", 30, ground="statutory-request", document="要請 第7号")
    number = actions.decide(lead(), finding=hiding.finding_id, wish=asked)
    actions.approve(counsel(), measure=number)

    actions.lift(lead(), measure=number, because=Ended.MISTAKE, reason="取り違えた")

    assert (orders(), the(hiding).state) == (["hide_listing"], "in_force")
    while waiting := Instruction.objects.filter(closed_at__isnull=True, target_ref="S-1").first():
        answer(waiting.pk)
    assert orders() == ["hide_listing", "show_listing"]
