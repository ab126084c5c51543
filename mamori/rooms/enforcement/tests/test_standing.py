"""Measures that stand: confirmed, chased, lifted by themselves, reversed with all they touched; never past their end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.grammar.measure import Severity
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.market import actions as market_actions, facts as market
from mamori.ground.market.actions import SellerLine
from mamori.ground.outbox import facts as outbox
from mamori.ground.outbox.models import Event
from mamori.japan.calendar import spoken
from mamori.rooms.enforcement import facts
from mamori.rooms.enforcement.measures import statements
from mamori.rooms.enforcement.measures.actions import standing
from mamori.rooms.enforcement.models import Finding, Measure, Strike
from mamori.rooms.enforcement.policy import records
from mamori.rooms.enforcement.rules.bounds import Ended
from mamori.rooms.enforcement.tests.conftest import (
    MONDAY,
    agent,
    answer,
    decided,
    lead,
    machine,
    ring,
)

pytestmark = pytest.mark.usefixtures("shops")


def again(measure: Measure) -> Measure:
    return Measure.objects.get(pk=measure.pk)


def told(to: str) -> list[str]:
    return [notice.template for notice in outbox.notices(to=to, limit=99)]


def test_a_measure_is_in_force_once_the_marketplace_has_confirmed_it() -> None:
    measure = decided()
    assert measure.state == "ordered"

    answer(measure.instruction)

    assert again(measure).state == "in_force"
    assert again(measure).began_at == MONDAY


def test_a_timed_measure_is_lifted_by_itself_within_the_minute_of_its_end_and_then_confirmed() -> None:
    measure = decided()
    answer(measure.instruction)
    assert measure.ends_at is not None

    ring(measure.ends_at - timedelta(seconds=1))
    assert again(measure).state == "in_force"
    ring(measure.ends_at + timedelta(minutes=1))

    lifting = again(measure)
    assert lifting.state == "lifting"
    assert lifting.lift_asked_at is not None
    assert lifting.lift_asked_at - measure.ends_at <= timedelta(minutes=1)
    answer(lifting.undoing, lifting.lift_asked_at)
    assert (again(measure).state, again(measure).ended_because) == ("over", "due")
    assert told("seller:S-1")[0] == "enforcement.ended"
    assert not clocks.open_clocks(f"enforcement.measure:{measure.pk}")


def test_a_measure_that_the_shop_never_confirmed_is_lifted_at_its_end_all_the_same() -> None:
    measure = decided(days=1)
    assert measure.ends_at is not None

    ring(measure.ends_at + timedelta(minutes=1))

    assert again(measure).state == "lifting"


def test_a_shop_that_does_not_confirm_is_chased_and_seen_until_it_does() -> None:
    measure = decided()

    ring(MONDAY + timedelta(days=4))

    instruction = market.instruction(measure.instruction)
    assert instruction is not None
    assert instruction.times >= 3
    case = cases.case_of(f"enforcement.finding:{measure.finding_id}")
    assert (case.attention, case.closed_at) == ("not-confirmed", None)
    answer(measure.instruction, MONDAY + timedelta(days=4))
    case = cases.case_of(f"enforcement.finding:{measure.finding_id}")
    assert case.attention is None
    assert case.closed_at is not None


def test_a_lifting_that_the_shop_does_not_confirm_is_chased_too() -> None:
    measure = decided(days=1)
    answer(measure.instruction)
    assert measure.ends_at is not None

    ring(measure.ends_at + timedelta(days=4))

    lifting = again(measure)
    instruction = market.instruction(lifting.undoing)
    assert instruction is not None
    assert lifting.state == "lifting"
    assert instruction.times >= 2


def test_what_the_shop_could_not_do_waits_for_a_person_who_orders_it_again_or_ends_it() -> None:
    measure = decided()

    answer(measure.instruction, outcome="refused")
    assert again(measure).state == "ordered"
    assert "enforcement.not_carried_out" in told("lead")
    assert clocks.open_clocks(f"enforcement.measure:{measure.pk}")
    standing.order_again(agent(), measure=measure.pk)
    second = again(measure)
    assert second.instruction != measure.instruction
    answer(second.instruction, outcome="refused")
    ring(MONDAY + timedelta(days=3))
    standing.lift(lead(), measure=measure.pk, because=Ended.REVIEWED, reason="通販サイトができない")

    assert again(measure).state == "over"
    assert told("lead").count("enforcement.not_carried_out") > 2
    assert "enforcement.unconfirmed" not in told("lead")


def test_a_lifting_that_the_shop_could_not_do_is_ordered_again() -> None:
    measure = decided(days=1)
    answer(measure.instruction)
    assert measure.ends_at is not None
    ring(measure.ends_at)
    first = again(measure).undoing

    answer(first, measure.ends_at, outcome="refused")
    standing.order_again(agent(measure.ends_at), measure=measure.pk)

    second = again(measure)
    assert second.undoing != first
    answer(second.undoing, measure.ends_at)
    assert again(measure).state == "over"


def test_a_reversal_restores_what_it_touched_and_takes_the_points_away() -> None:
    measure = decided()
    answer(measure.instruction)

    with pytest.raises(StepNotYours):
        standing.lift(agent(), measure=measure.pk, because=Ended.MISTAKE, reason="違う店")
    standing.lift(lead(), measure=measure.pk, because=Ended.MISTAKE, reason="違う店")

    undoing = again(measure)
    assert undoing.state == "undoing"
    assert records.counted_points("S-1", MONDAY) == 0
    answer(undoing.undoing)
    assert again(measure).state == "reversed"
    assert told("seller:S-1")[0] == "enforcement.reversed"
    assert Strike.objects.get(measure=measure).ended_at == MONDAY


def test_a_reversal_while_the_shop_has_not_answered_leaves_nothing_done() -> None:
    measure = decided()

    standing.lift(lead(), measure=measure.pk, because=Ended.MISTAKE, reason="違う店")
    answer(measure.instruction, outcome="refused")
    if undoing := again(measure).undoing:
        answer(undoing)

    assert again(measure).state == "reversed"


def test_what_is_over_cannot_be_ended_again() -> None:
    measure = decided("notice", 0)
    standing.lift(lead(), measure=measure.pk, because=Ended.REVIEWED, reason="もうよい")

    with pytest.raises(StepNotOpen):
        standing.lift(lead(), measure=measure.pk, because=Ended.REVIEWED, reason="もうよい")
    standing.end_measure(machine(), measure=measure.pk)
    standing.remind_review(machine(), measure=measure.pk)
    standing.start_measure(machine(), measure=measure.pk)

    assert again(measure).state == "over"


def test_closing_an_account_is_announced_thirty_days_before_and_called_off_without_a_trace() -> None:
    measure = decided("closed", 0)
    assert measure.state == "announced"
    assert measure.starts_at is not None
    assert measure.starts_at - MONDAY >= timedelta(days=30)
    assert measure.instruction == ""

    standing.note_cured(agent(), finding=measure.finding_id, reason="直った")
    standing.lift(lead(), measure=measure.pk, because=Ended.CURED, reason="直った")

    assert again(measure).state == "called_off"
    ring(measure.starts_at + timedelta(days=1))
    assert again(measure).instruction == ""


def test_an_announced_closing_takes_effect_on_its_day_and_is_reviewed_for_ever() -> None:
    measure = decided("closed", 0)
    assert measure.starts_at is not None

    ring(measure.starts_at)
    assert again(measure).state == "ordered"
    answer(again(measure).instruction, measure.starts_at)
    ring(measure.starts_at + timedelta(days=200))

    assert again(measure).state == "in_force"
    assert "enforcement.to_review" in told("lead")
    assert clocks.open_clocks(f"enforcement.measure:{measure.pk}")


def test_a_correction_that_is_made_in_time_ends_by_itself() -> None:
    measure = decided("correction", 14)
    assert measure.state == "in_force"

    standing.note_cured(agent(), finding=measure.finding_id, reason="確かめた")

    assert (again(measure).state, again(measure).ended_because) == ("over", "cured")


def test_a_correction_that_is_not_made_is_found_anew_with_what_was_alleged() -> None:
    measure = decided("correction", 14)
    assert measure.ends_at is not None

    ring(measure.ends_at)

    assert again(measure).ended_because == "uncured"
    repeat = Finding.objects.get(origin=f"enforcement.measure:{measure.pk}")
    assert (repeat.source, repeat.automated, repeat.state) == ("repeat", True, "found")


def test_a_minor_breach_that_comes_back_often_counts_as_serious() -> None:
    for number in range(3):
        decided("notice", 0, origin=f"past:{number}", severity=Severity.MINOR)
    latest = Finding.objects.get(pk=decided("notice", 0, origin="now", severity=Severity.MINOR).finding_id)

    assert records.severity_of(latest, MONDAY) is Severity.SERIOUS
    later = MONDAY + timedelta(days=400)
    assert records.severity_of(latest, later) is Severity.MINOR


def test_a_hold_of_money_has_its_clause_and_its_end_and_is_listed_by_age() -> None:
    measure = decided("payout-held", 14)
    answer(measure.instruction)

    [held] = facts.held(at=MONDAY + timedelta(days=5))

    assert held.days == 5
    assert held.measure.clause == "payout-hold"
    assert held.measure.ends_at is not None
    assert [one.kind for one in facts.standing("S-1")] == ["payout-held"]


def test_a_sellers_record_says_what_counts_until_when() -> None:
    measure = decided()

    record = facts.record("S-1", at=MONDAY)

    assert record.points == measure.trace["points"]
    [strike] = record.strikes
    assert strike.until > MONDAY
    assert [one.id for one in record.measures] == [measure.pk]
    assert facts.measure(measure.pk) == record.measures[0]
    assert facts.measure(999) is None


def test_a_measure_that_needs_nothing_of_the_marketplace_has_begun_and_says_so_at_once() -> None:
    measure = decided("correction", 14)

    kinds = [one.kind for one in Event.objects.filter(subject__contains="finding").order_by("id")]
    assert kinds.index("enforcement.measure_decided") < kinds.index("enforcement.measure_began")
    assert again(measure).began_at == MONDAY


def test_the_seller_is_told_when_an_announced_measure_takes_effect() -> None:
    measure = decided("closed", 0)
    assert measure.starts_at is not None
    assert "enforcement.took_effect" not in told("seller:S-1")

    ring(measure.starts_at)

    [notice] = [
        n for n in outbox.notices(to="seller:S-1", limit=99) if n.template == "enforcement.took_effect"
    ]
    assert spoken(measure.starts_at).ja in notice.body["ja"]
    assert spoken(again(measure).appeal_until or MONDAY).ja in notice.body["ja"]


def test_an_announced_closing_of_an_account_that_is_gone_by_then_is_called_off() -> None:
    measure = decided("closed", 0)
    assert measure.starts_at is not None
    accepted = SellerLine(ref="S-1", name="店", state=market.SellerState.CLOSED)
    market_actions.put_seller(machine(), accepted)

    ring(measure.starts_at)

    assert (again(measure).state, again(measure).ended_because) == ("called_off", "gone")
    assert not clocks.open_clocks(f"enforcement.measure:{measure.pk}")


def late(measure: Measure) -> Measure:
    """Let the shop lift first what it hides only afterwards, too late: it is asked to undo that anew."""
    standing.lift(lead(), measure=measure.pk, because=Ended.REVIEWED, reason="もうよい")
    answer(again(measure).undoing)
    assert again(measure).state == "lifting"
    answer(measure.instruction)
    return again(measure)


def test_what_the_shop_did_too_late_is_chased_under_its_new_number_until_it_is_undone() -> None:
    measure = decided()
    first = measure.instruction

    anew = late(measure)

    assert anew.state == "lifting"
    assert market.instruction(anew.undoing).undoes == first  # type: ignore[union-attr]
    ring(MONDAY + timedelta(days=4))
    assert market.instruction(anew.undoing).times >= 2  # type: ignore[union-attr]
    answer(anew.undoing, MONDAY + timedelta(days=4))
    assert again(measure).state == "over"
    assert not clocks.open_clocks(f"enforcement.measure:{measure.pk}")


def test_a_shop_that_never_did_it_and_lifts_nothing_leaves_nothing_to_chase() -> None:
    measure = decided()
    standing.lift(lead(), measure=measure.pk, because=Ended.REVIEWED, reason="もうよい")
    lifting = again(measure)

    answer(lifting.undoing, outcome="refused")
    assert "enforcement.not_carried_out" not in told("lead")
    answer(lifting.instruction, outcome="refused")
    assert "enforcement.not_carried_out" in told("lead")
    standing.order_again(agent(), measure=measure.pk)

    assert again(measure).state == "over"


@pytest.mark.parametrize(("kind", "days"), [("correction", 14), ("closed", 0)])
def test_what_does_not_wait_for_the_shop_is_not_ordered_again(kind: str, days: int) -> None:
    measure = decided(kind, days)

    with pytest.raises(StepNotOpen):
        standing.order_again(lead(), measure=measure.pk)

    assert again(measure).instruction == ""


def test_what_is_being_lifted_is_not_lifted_twice_but_may_still_turn_out_a_mistake() -> None:
    measure = decided()
    answer(measure.instruction)
    standing.lift(lead(), measure=measure.pk, because=Ended.REVIEWED, reason="もうよい")
    undoing = again(measure).undoing

    with pytest.raises(StepNotOpen):
        standing.lift(lead(), measure=measure.pk, because=Ended.REVIEWED, reason="もうよい")
    standing.lift(lead(), measure=measure.pk, because=Ended.MISTAKE, reason="違う店")

    assert (again(measure).state, again(measure).undoing) == ("undoing", undoing)
    answer(undoing)
    assert again(measure).state == "reversed"


def test_a_hold_of_money_is_capped_at_what_was_decided_and_says_so() -> None:
    measure = decided("payout-held", 14, amount=50_000)

    instruction = market.instruction(measure.instruction)
    assert instruction is not None
    assert instruction.amount == 50_000
    said = statements.read(measure)
    assert said is not None
    assert "上限 50,000円" in said.part("measure").ja  # type: ignore[union-attr]
    assert facts.held(at=MONDAY)[0].measure.cap.en == "up to 50,000 yen"


def test_what_the_marketplace_answers_about_other_matters_is_left_alone() -> None:
    standing.hear_confirmed(machine(), instruction="ins_other")
    standing.hear_refused(machine(), instruction="ins_other")

    assert not Measure.objects.exists()
