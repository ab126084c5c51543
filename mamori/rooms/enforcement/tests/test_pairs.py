"""A base measure and one beside it: decided, approved and sent back as one, with the points of one; goods stay down."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.ground.cases import facts as cases
from mamori.ground.ledger import facts as ledger
from mamori.rooms.enforcement.appeals.queries import _row
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.measures import statements
from mamori.rooms.enforcement.measures.actions import deciding, standing
from mamori.rooms.enforcement.measures.actions.deciding import NotBeside
from mamori.rooms.enforcement.models import Finding, Measure, Strike
from mamori.rooms.enforcement.policy.queries import last_decisions
from mamori.rooms.enforcement.policy.records import counted_points, judge
from mamori.rooms.enforcement.rules.bounds import Ended
from mamori.rooms.enforcement.tests.conftest import (
    MONDAY,
    agent,
    asked,
    counsel,
    decided,
    find,
    heard,
    lead,
    machine,
    sends,
    wish,
)

pytestmark = pytest.mark.usefixtures("shops")
BOTH = wish("listing-removed", 0, beside="suspended", beside_days=30, why_other=None, why_amount=None)
TOLD = {"buyers_told": "出品者が購入者3人に電子メールで知らせた", "told_on": date(2026, 11, 16)}


def grave(origin: str = "test:1", at: datetime = MONDAY, **more: Any) -> int:
    return heard(at, breach="counterfeit", severity=Severity.GRAVE, origin=origin, **more)


def both(finding: int) -> list[tuple[str, str]]:
    rows = Measure.objects.filter(finding=finding).order_by("pk")
    return [(one.kind, one.state) for one in rows]


def at(finding: int) -> str:
    return f"/desk/cases/{cases.case_of(f'enforcement.finding:{finding}').number}/enforcement/decide/"


def test_what_the_policy_answers_is_a_removal_with_the_account_beside_it() -> None:
    answer = judge(Finding.objects.get(pk=grave()), MONDAY).answer

    assert answer.pair == (("listing-removed", 0), ("suspended", 30))


def test_an_agent_proposes_both_and_another_person_approves_them_as_one() -> None:
    finding = grave()

    number = deciding.decide(agent(), finding=finding, wish=BOTH)
    assert both(finding) == [("listing-removed", "proposed"), ("suspended", "proposed")]
    deciding.approve(counsel(), measure=number)

    assert both(finding) == [("listing-removed", "ordered"), ("suspended", "ordered")]
    removed, suspended = Measure.objects.filter(finding=finding).order_by("pk")
    assert (removed.clause, suspended.clause) == ("listing-measures", "suspension")
    assert (removed.ends_at is None, suspended.ends_at is None) == (True, False)
    assert [one.points for one in Strike.objects.all()] == [40], "points come once"
    assert all(statements.read(one) for one in (removed, suspended))
    assert "other" not in statements.why_of(removed)
    assert len(last_decisions()) == 1, "one decision"


def test_what_was_proposed_together_is_sent_back_together_also_by_the_other_of_the_two() -> None:
    finding = grave()
    deciding.decide(agent(), finding=finding, wish=BOTH)
    beside = Measure.objects.get(kind="suspended")

    deciding.send_back(counsel(), measure=beside.pk, reason="読み直す")

    assert {state for _, state in both(finding)} == {"rejected"}
    assert Finding.objects.get(pk=finding).state == "heard"
    deciding.decide(agent(), finding=finding, wish=BOTH)


def test_one_reminder_comes_for_both() -> None:
    finding = grave()
    number = deciding.decide(agent(), finding=finding, wish=BOTH)
    beside = Measure.objects.get(kind="suspended")

    for measure in (beside.pk, number):
        deciding.miss_approval(machine(MONDAY + timedelta(days=9)), measure=measure)

    name = f"enforcement.finding:{finding}"
    reminded = ledger.acts_about(name, kind="enforcement.miss_approval")
    approved = ledger.acts_about(name, kind="enforcement.approve")
    assert len(reminded) + len(approved) == 1


def test_to_leave_out_what_comes_beside_is_another_answer_and_brings_fewer_points() -> None:
    finding = grave()
    alone = wish("listing-removed", 0)

    with pytest.raises(Refusal) as refused:
        deciding.decide(agent(), finding=finding, wish=alone)
    assert refused.value.code == "other-than-table"
    measure = Measure.objects.get(pk=deciding.decide(lead(), finding=finding, wish=alone))

    assert (measure.state, measure.strike.points) == ("ordered", 20)
    made = statements.read(measure)
    assert made is not None
    assert "商品の削除＋利用の一時停止 30日" in str(made.part("other"))


def taken(finding: int, kind: str, days: int, when: datetime = MONDAY) -> Measure:
    """Let two people decide on a measure with the account suspended beside it; return what came beside."""
    given = wish(kind, days, beside="suspended", beside_days=30)
    deciding.approve(counsel(when), measure=deciding.decide(lead(when), finding=finding, wish=given))
    return Measure.objects.get(finding=finding, kind="suspended")


def test_points_fall_to_what_the_base_brings_where_what_came_beside_it_is_reversed() -> None:
    beside = taken(grave(), "listing-removed", 0)

    standing.lift(lead(), measure=beside.pk, because=Ended.MISTAKE, reason="取り違えた")

    assert counted_points("S-1", MONDAY) == 20
    base = Measure.objects.get(kind="listing-removed")
    standing.lift(lead(), measure=base.pk, because=Ended.MISTAKE, reason="取り違えた")
    assert counted_points("S-1", MONDAY) == 0


def test_points_stay_where_what_came_beside_is_ended_and_not_reversed() -> None:
    beside = taken(grave(), "listing-removed", 0)

    standing.lift(lead(), measure=beside.pk, because=Ended.REVIEWED, reason="もうよい")

    assert counted_points("S-1", MONDAY) == 40


def test_no_points_are_left_of_a_base_that_alone_brings_none_beside_those_of_its_incident() -> None:
    first, second = heard(origin="test:1"), heard(origin="test:2")
    later = MONDAY + timedelta(hours=1)
    deciding.decide(lead(later), finding=first, wish=wish("notice", 0))
    before = counted_points("S-1", later)
    beside = taken(second, "notice", 0, later)
    assert counted_points("S-1", later) > before

    standing.lift(lead(later), measure=beside.pk, because=Ended.MISTAKE, reason="取り違えた")

    assert counted_points("S-1", later) == before


def test_what_stands_beside_already_need_not_come_again() -> None:
    decided("suspended", 30, origin="test:0", breach="effects", listing="L-3")
    finding = grave()

    number = deciding.decide(agent(), finding=finding, wish=wish("listing-removed", 0, why_other=None))

    assert Measure.objects.get(pk=number).state == "ordered"
    assert "other" not in statements.why_of(Measure.objects.get(pk=number))


@pytest.mark.parametrize("beside", ["notice", "listing-hidden", "listing-removed"])
def test_only_another_measure_on_the_account_or_on_money_comes_beside(beside: str) -> None:
    with pytest.raises(NotBeside):
        deciding.decide(lead(), finding=grave(), wish=wish("listing-removed", 0, beside=beside))


def test_money_is_capped_of_the_measure_that_holds_it() -> None:
    given = wish("listing-removed", 0, beside="payout-held", beside_days=14, amount=50_000)

    deciding.decide(lead(), finding=grave(), wish=given)

    assert [one.amount for one in Measure.objects.order_by("pk")] == [0, 50_000]


@pytest.mark.parametrize(("measure", "days"), [("listing-hidden", 90), ("suspended", 30)])
def test_counterfeits_are_not_kept_away_for_a_time_only(measure: str, days: int) -> None:
    with pytest.raises(Refusal) as refused:
        deciding.decide(lead(), finding=grave(), wish=wish(measure, days))

    assert refused.value.code == "comes-back"
    by_law = wish(measure, days, ground="statutory-request", document="要請 第7号")
    assert deciding.decide(lead(), finding=Finding.objects.get().pk, wish=by_law)


def test_no_agent_alone_shows_goods_again_that_a_request_by_law_hides_for_days() -> None:
    finding = grave()
    by_law = wish("listing-hidden", 30, ground="statutory-request", document="要請 第7号")
    hidden = deciding.decide(lead(), finding=finding, wish=by_law)
    deciding.approve(counsel(), measure=hidden)

    for end in (
        lambda: standing.note_cured(agent(), finding=finding, reason="取り下げた", **TOLD),
        lambda: standing.lift(agent(), measure=hidden, because=Ended.REVIEWED, reason="もうよい"),
    ):
        with pytest.raises(Refusal) as refused:
            end()
        assert refused.value.code == "heads-show-again"
    assert Finding.objects.get().cured_at is None

    standing.note_cured(lead(), finding=finding, reason="取り下げた", **TOLD)


def test_once_the_listing_is_removed_an_account_may_be_suspended_by_itself() -> None:
    deciding.decide(lead(), finding=grave("test:1"), wish=wish("listing-removed", 0))

    assert deciding.decide(lead(), finding=grave("test:2"), wish=wish("suspended", 30))


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"buyers_told": "知らせた"},
        {"told_on": date(2026, 11, 16)},
        TOLD | {"buyers_told": " "},
        TOLD | {"told_on": date(2026, 11, 17)},
    ],
)
def test_goods_are_put_right_only_where_it_is_noted_how_and_when_buyers_were_told(told: Any) -> None:
    finding = grave()

    with pytest.raises(Refusal) as refused:
        standing.note_cured(agent(), finding=finding, reason="取り下げた", **told)
    assert refused.value.code == "buyers-untold"
    assert judge(Finding.objects.get(pk=finding), MONDAY).answer.measure == "listing-removed"

    standing.note_cured(agent(), finding=finding, reason="取り下げた", **TOLD)
    assert judge(Finding.objects.get(pk=finding), MONDAY).answer.measure == "notice"
    [act] = ledger.acts_about(f"enforcement.finding:{finding}", kind="enforcement.note_cured")
    assert "購入した人へのお知らせ（2026-11-16）" in str(act.content)


def test_the_page_asks_how_buyers_were_told_where_goods_are_the_breach(enter: Enter) -> None:
    goods, display = grave(at=datetime.now(UTC)), find(datetime.now(UTC), origin="test:2", listing="L-3")
    desk = enter(Role.AGENT)

    pages = [desk.get(at(one).replace("decide/", "cured/")).content.decode() for one in (goods, display)]

    assert ["知らせた日" in page for page in pages] == [True, False]


def test_a_decider_is_offered_what_comes_beside_and_may_choose_otherwise(enter: Enter) -> None:
    desk, finding = enter(Role.LEAD), grave(at=datetime.now(UTC))
    pages = {"measure": {"measure": "listing-removed"}}
    page: Any = asked(desk, at(finding), pages)

    assert page.context["question"].name == "beside"
    codes = [code for code, _ in page.context["form"].fields["beside"].choices]
    assert codes == ["", "new-listings-stopped", "payout-held", "suspended", "closed"]
    assert page.context["form"].initial == {"beside": "suspended"}
    beyond: Any = asked(desk, at(finding), pages | {"beside": {"beside": "suspended", "beside_days": "999"}})
    assert beyond.status_code == 422
    ground = {"ground": {"ground": ""}, "reason": {"reason": "記録のとおり"}}
    taken = pages | {"beside": {"beside": "suspended", "beside_days": ""}} | ground
    assert sends(desk, asked(desk, at(finding), taken)).status_code == 302
    assert both(finding) == [("listing-removed", "proposed"), ("suspended", "proposed")]
    case = desk.get(at(finding).replace("enforcement/decide/", "")).content.decode()
    assert case.count("/approve/") <= 1, "one approval for both"


def test_an_agent_takes_both_as_they_are_answered(enter: Enter) -> None:
    desk, finding = enter(Role.AGENT), grave(at=datetime.now(UTC))
    pages = {
        "measure": {"measure": "listing-removed"},
        "ground": {"ground": ""},
        "reason": {"reason": "はい"},
    }

    checked = asked(desk, at(finding), pages)

    assert "商品の削除＋利用の一時停止 30日" in checked.content.decode()
    assert sends(desk, checked).status_code == 302
    assert [kind for kind, _ in both(finding)] == ["listing-removed", "suspended"]


def test_a_measure_whose_clause_does_not_bind_the_seller_is_offered_on_the_law_alone(enter: Enter) -> None:
    now = datetime.now(UTC)
    finding = find(now, seller_ref="S-2", listing="L-2")
    findings.ask_view(agent(now), finding=finding)
    findings.end_hearing(machine(now), finding=finding)
    desk = enter(Role.LEAD)

    def offered(ground: str) -> list[str]:
        page: Any = asked(
            desk, at(finding), {"ground": {"ground": ground}, "document": {"document": "第7号"}}
        )
        assert page.context["question"].name == "measure"
        return [code for code, _ in page.context["form"].fields["measure"].choices]

    assert offered("") == []
    assert "listing-removed" in offered("statutory-request")


def test_what_was_decided_by_a_row_that_is_there_no_more_keeps_it() -> None:
    measure = decided()
    Measure.objects.filter(pk=measure.pk).update(row="32")
    measure.refresh_from_db()

    said = _row(measure)

    assert "行32：" in said.ja
    assert "商品の一時非表示 14日・15点" in said.ja


def test_display_is_offered_no_more_and_still_taken_from_the_marketplace(enter: Enter) -> None:
    page: Any = asked(enter(Role.AGENT), "/desk/findings/new/", {"seller": {"seller": "S-1"}})

    codes = [code for code, _ in page.context["form"].fields["breach"].choices]

    assert "display" not in codes
    assert {"display-missing", "display-false", "order-screen", "effects"} < set(codes)
    assert {"hidden-advertising", "permit-not-shown"} < set(codes)
    assert find(breach="display", harm=Reach.NONE)
