"""A dangerous listing is hidden provisionally: at any hour, with no points, and until a person decides."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mamori.grammar.actor import Actor
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.market.models import Instruction
from mamori.ground.outbox.models import Notice
from mamori.japan.calendar import JAPAN
from mamori.law.measures import HIDING_DECISION, HIDING_LOOK
from mamori.rooms.enforcement import facts
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.lifecycle import MeasureState
from mamori.rooms.enforcement.measures import statements
from mamori.rooms.enforcement.measures.actions import deciding, hiding as actions, standing
from mamori.rooms.enforcement.measures.queries import hidden_rows
from mamori.rooms.enforcement.models import Finding, Measure, Strike
from mamori.rooms.enforcement.rules.bounds import Dismissed, Ended, Unheard
from mamori.rooms.enforcement.tests.conftest import (
    EVES,
    MONDAY,
    agent,
    answer,
    counsel,
    find,
    lead,
    machine,
    ring,
    seller,
    wish,
)

pytestmark = pytest.mark.usefixtures("shops")

BOTH = wish("listing-removed", 0, beside="suspended", beside_days=30)
BECAUSE = Text("煙が出たとのことです。", "Smoke is said to have come out.")
SATURDAY = datetime(2026, 11, 21, 3, tzinfo=JAPAN)
"""A night of a week-end, with a holiday (23 November) behind it."""


def dangerous(at: datetime = MONDAY, **more: object) -> int:
    known = {"breach": "dangerous-goods", "severity": Severity.GRAVE, "harm": Reach.DANGER}
    return find(at, **known | more)  # type: ignore[arg-type]


def hidden(by: Actor | None = None, **more: object) -> Measure:
    by = by or agent()
    number = actions.hide_provisionally(by, finding=dangerous(by.at, **more), because=BECAUSE)
    return Measure.objects.get(pk=number)


def the(hiding: Measure) -> Measure:
    return Measure.objects.select_related("finding").get(pk=hiding.pk)


def orders(listing: str = "L-1") -> list[str]:
    """Return what the marketplace was told about a listing, in order."""
    return list(
        Instruction.objects.filter(target_ref=listing).order_by("number").values_list("kind", flat=True)
    )


def told(to: str, template: str) -> int:
    return Notice.objects.filter(to=to, template=f"enforcement.{template}").count()


def running(hiding: Measure) -> set[str]:
    return {one.kind for one in clocks.open_clocks(f"enforcement.measure:{hiding.pk}")}


def attention(hiding: Measure) -> str | None:
    return cases.case_of(f"enforcement.finding:{hiding.finding_id}").attention


def test_an_agent_hides_a_dangerous_listing_on_a_saturday_night_and_nothing_is_decided() -> None:
    hiding = hidden(agent(SATURDAY))

    order = Instruction.objects.get()
    assert (order.kind, order.target_ref, order.until) == ("hide_listing", "L-1", None)
    assert (the(hiding).finding.state, the(hiding).finding.decided_at) == ("hearing", None)
    assert facts.record("S-1", at=SATURDAY).points == 0
    assert not Strike.objects.exists()
    assert facts.provisionally_hidden("L-1")
    assert not facts.provisionally_hidden("L-3")
    assert (told("seller:S-1", "hidden_provisionally"), told("lead", "hiding_waits")) == (1, 1)


def test_no_time_shows_it_again_and_the_leads_are_told_every_four_hours_of_every_day() -> None:
    hiding = hidden(agent(SATURDAY))
    answer(hiding.instruction, SATURDAY)

    ring(SATURDAY + timedelta(hours=12, minutes=1))
    assert told("lead", "hiding_waits") == 1 + 3
    ring(SATURDAY + timedelta(days=60))

    assert the(hiding).state == MeasureState.IN_FORCE
    assert orders() == ["hide_listing"]
    assert facts.provisionally_hidden("L-1")
    assert HIDING_LOOK.code in running(hiding)


@pytest.mark.parametrize("by", [lead, counsel])
def test_a_lead_or_counsel_lets_it_stand_and_is_asked_no_more(by: object) -> None:
    hiding = hidden()
    assert attention(hiding) == "hiding"

    actions.confirm_hiding(by(), finding=hiding.finding_id, reason="写真を見た")  # type: ignore[operator]

    assert HIDING_LOOK.code not in running(hiding)
    assert attention(hiding) is None
    assert told("seller:S-1", "hiding_stays") == 1
    ring(MONDAY + timedelta(days=1))
    assert told("lead", "hiding_waits") == 1


def test_its_case_stands_in_the_queue_by_the_four_hours_of_the_look() -> None:
    hiding = hidden(agent(SATURDAY))
    answer(hiding.instruction, SATURDAY)

    due = cases.case_of(f"enforcement.finding:{hiding.finding_id}").next_due_at

    assert due == SATURDAY + timedelta(hours=4)


def test_what_a_lead_hid_waits_for_no_lead() -> None:
    assert HIDING_LOOK.code not in running(hidden(lead()))
    assert told("lead", "hiding_waits") == 0


def test_a_lead_who_finds_no_danger_lifts_it_and_the_finding_goes_on() -> None:
    hiding = hidden()
    answer(hiding.instruction)

    actions.lift_hiding(lead(), finding=hiding.finding_id, reason="型番が違った")

    assert orders() == ["hide_listing", "show_listing"]
    assert not facts.provisionally_hidden("L-1")
    assert (the(hiding).state, the(hiding).finding.state) == ("lifting", "hearing")
    answer(the(hiding).undoing)
    assert (the(hiding).state, the(hiding).ended_because) == ("over", "no_danger")
    assert told("seller:S-1", "hiding_ended") == 1
    with pytest.raises(Refusal) as refused:
        actions.confirm_hiding(lead(), finding=hiding.finding_id, reason="続ける")
    assert refused.value.code == "hidden-no-longer"


def test_once_confirmed_only_the_decision_ends_it() -> None:
    hiding = hidden()
    actions.confirm_hiding(lead(), finding=hiding.finding_id, reason="写真を見た")

    for does in (actions.lift_hiding, actions.confirm_hiding):
        with pytest.raises(Refusal) as refused:
            does(lead(), finding=hiding.finding_id, reason="もうよい")
        assert refused.value.code == "hiding-confirmed"
    for because in (Ended.REVIEWED, Ended.MISTAKE):
        with pytest.raises(Refusal) as refused:
            standing.lift(lead(), measure=hiding.pk, because=because, reason="もうよい")
        assert refused.value.code == "ends-by-decision"
    assert orders() == ["hide_listing"]


def test_an_agent_neither_confirms_nor_lifts_it() -> None:
    hiding = hidden()

    for does in (actions.lift_hiding, actions.confirm_hiding):
        with pytest.raises(Refusal) as refused:
            does(agent(), finding=hiding.finding_id, reason="もうよい")
        assert refused.value.code == "step-not-yours"


@pytest.mark.parametrize("eve", [*EVES, seller(), machine()])
def test_nobody_but_staff_hides_anything(eve: Actor) -> None:
    finding = dangerous()

    with pytest.raises(Refusal):
        actions.hide_provisionally(eve, finding=finding, because=BECAUSE)

    assert not Instruction.objects.exists()


@pytest.mark.parametrize(
    ("more", "code"),
    [({"harm": Reach.MONEY}, "only-for-danger"), ({"listing": ""}, "nothing-to-touch")],
)
def test_what_endangers_nobody_or_names_no_listing_is_not_hidden(more: dict[str, object], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        hidden(**more)

    assert refused.value.code == code
    assert not Measure.objects.exists()


@pytest.mark.parametrize("measure", ["demotion", "listing-hidden", "listing-removed"])
def test_nothing_is_decided_about_a_dangerous_listing_before_the_seller_is_heard(measure: str) -> None:
    hiding = hidden()
    days = 0 if measure == "listing-removed" else 14

    with pytest.raises(Refusal) as refused:
        deciding.decide(lead(), finding=hiding.finding_id, wish=wish(measure, days, unheard=Unheard.DANGER))

    assert refused.value.code == "hearing-owed"
    assert not Strike.objects.exists()


def test_a_danger_needs_no_terms_that_the_seller_accepted() -> None:
    hiding = hidden(seller_ref="S-2", listing="L-2")

    assert (hiding.clause, hiding.ground) == ("", "emergency")
    assert orders("L-2") == ["hide_listing"]
    made = statements.read(hiding)
    assert made is not None
    assert "緊急避難" in str(made.part("basis"))


def test_done_twice_it_is_the_same_hiding() -> None:
    hiding = hidden()

    again = actions.hide_provisionally(lead(), finding=hiding.finding_id, because=BECAUSE)

    assert again == hiding.pk
    assert orders() == ["hide_listing"]


def test_the_seller_reads_that_it_is_provisional_why_what_comes_next_and_where_to_object() -> None:
    made = statements.read(hidden())

    assert made is not None
    assert "まだ何も決めていません" in str(made.part("measure"))
    assert "煙が出た" in str(made.part("danger"))
    assert "付いていません" in str(made.part("points"))
    assert "時間では終わらず" in str(made.part("time"))
    assert "4時間（休業日も）をめどに" in str(made.part("next"))
    assert "11月23日" in str(made.part("next"))
    assert "ご意見" in str(made.part("appeal"))
    assert "end_date_visibility_restriction" not in made.dsa


def test_what_the_seller_says_meanwhile_alarms_the_leads_and_changes_nothing_by_itself() -> None:
    hiding = hidden()

    findings.state_view(seller(), finding=hiding.finding_id, said="検査に通っています")

    assert told("lead", "hiding_objected") == 1
    assert the(hiding).finding.state == "heard"
    assert orders() == ["hide_listing"]


def test_points_come_with_the_decision_and_count_from_it() -> None:
    hiding = hidden()
    answer(hiding.instruction)
    later = MONDAY + timedelta(days=3)
    findings.state_view(seller(later), finding=hiding.finding_id, said="そのとおりです")

    number = deciding.decide(lead(later), finding=hiding.finding_id, wish=wish("listing-removed", 0))

    strike = Strike.objects.get()
    assert (strike.measure_id, strike.at) == (number, later)
    assert orders() == ["hide_listing", "remove_listing"]
    assert the(hiding).closed_at is None, "until the removal is confirmed it stays hidden"
    answer(Measure.objects.get(pk=number).instruction, later)
    assert told("seller:S-1", "hiding_ended") == 0
    ring(later + timedelta(days=100))
    assert orders()[2:] == [], "nothing dangerous comes back by a timer"


@pytest.mark.parametrize("answered", [True, False])
def test_another_measure_or_none_shows_the_listing_again(answered: bool) -> None:
    hiding = hidden()
    if answered:
        answer(hiding.instruction)
    findings.state_view(seller(), finding=hiding.finding_id, said="直しました")

    findings.dismiss(lead(), finding=hiding.finding_id, because=Dismissed.NO_BREACH, reason="確かめた")

    assert orders() == ["hide_listing", "show_listing"]
    while waiting := Instruction.objects.filter(closed_at__isnull=True).first():
        answer(waiting.pk)
    assert (the(hiding).state, the(hiding).ended_because) == ("over", "decided")
    assert facts.record("S-1", at=MONDAY).points == 0
    assert told("seller:S-1", "hiding_ended") == 1


def test_under_a_removal_it_stays_and_is_shown_again_only_with_the_removals_end() -> None:
    hiding = hidden()
    answer(hiding.instruction)
    findings.state_view(seller(), finding=hiding.finding_id, said="そのとおりです")
    removal = deciding.decide(lead(), finding=hiding.finding_id, wish=wish("listing-removed", 0))

    assert orders() == ["hide_listing", "remove_listing"]
    assert the(hiding).state == "in_force"
    assert running(hiding) == set()
    assert not facts.provisionally_hidden("L-1")
    answer(Measure.objects.get(pk=removal).instruction)
    ring(MONDAY + timedelta(days=100))
    assert orders() == ["hide_listing", "remove_listing"]

    standing.lift(lead(), measure=removal, because=Ended.MISTAKE, reason="取り違えた")
    assert "show_listing" not in orders()
    answer(Measure.objects.get(pk=removal).undoing)
    assert orders()[2:] == ["restore_listing", "show_listing"]


def test_a_proposal_leaves_it_hidden_until_a_second_person_decides() -> None:
    hiding = hidden()
    findings.state_view(seller(), finding=hiding.finding_id, said="そのとおりです")
    proposed = deciding.decide(lead(), finding=hiding.finding_id, wish=BOTH)

    assert facts.provisionally_hidden("L-1")
    deciding.send_back(counsel(), measure=proposed, reason="読み直す")
    assert facts.provisionally_hidden("L-1")
    proposed = deciding.decide(lead(), finding=hiding.finding_id, wish=BOTH)
    deciding.approve(counsel(), measure=proposed)
    assert sorted(orders()) == ["hide_listing", "remove_listing"]


def test_five_business_days_after_the_view_was_due_the_leads_are_told_every_day() -> None:
    hiding = hidden(lead())
    answer(hiding.instruction)
    assert hiding.view_due_at == datetime(2026, 11, 24, tzinfo=JAPAN)  # the end of 23 November

    ring(datetime(2026, 11, 30, 23, tzinfo=JAPAN))
    assert told("lead", "hiding_undecided") == 0
    ring(datetime(2026, 12, 4, 12, tzinfo=JAPAN))

    assert told("lead", "hiding_undecided") == 4
    assert cases.asked_for(["undecided"]) == {"undecided": 1}
    assert orders() == ["hide_listing"]
    deciding.decide(
        lead(the(hiding).undecided_since or MONDAY),
        finding=hiding.finding_id,
        wish=wish("listing-removed", 0),
    )
    assert HIDING_DECISION.code not in running(hiding)


def test_two_matters_hide_one_listing_each_for_itself() -> None:
    first, second = hidden(), hidden(lead(), origin="test:2")
    for one in Instruction.objects.all():
        answer(one.pk)

    actions.lift_hiding(lead(), finding=first.finding_id, reason="別の商品だった")

    assert "show_listing" not in orders()
    assert facts.provisionally_hidden("L-1")
    findings.dismiss(lead(), finding=second.finding_id, because=Dismissed.NO_BREACH, reason="確かめた")
    assert orders()[-1] == "show_listing"


def test_what_the_marketplace_cannot_hide_is_a_persons_and_does_not_read_as_done() -> None:
    hiding = hidden()
    answer(hiding.instruction, outcome="refused")

    assert told("lead", "not_carried_out") == 1
    assert not facts.provisionally_hidden("L-1")
    assert "できないと答えた" in hidden_rows([the(hiding)], lead())[0].looked.ja
    ring(MONDAY + timedelta(hours=9))
    assert (told("lead", "not_carried_out"), told("lead", "unconfirmed")) == (3, 0)
    assert attention(hiding) == "not-carried-out"
    standing.order_again(agent(), measure=hiding.pk)
    assert orders() == ["hide_listing", "hide_listing"]
    assert facts.provisionally_hidden("L-1")
    assert hidden_rows([the(hiding)], lead())[0].looked.ja == "確認待ち"


def test_a_decided_finding_is_hidden_no_more_provisionally() -> None:
    hiding = hidden()
    findings.dismiss(lead(), finding=hiding.finding_id, because=Dismissed.NO_BREACH, reason="確かめた")

    with pytest.raises(Refusal) as refused:
        actions.hide(agent(), finding=hiding.finding_id, because="また煙が出た")

    assert refused.value.code == "step-not-open"
    assert Finding.objects.count() == 1
