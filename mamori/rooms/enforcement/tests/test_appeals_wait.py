"""What waits for an appeal, and what can be appealed against: no closing over an open one, its day announced anew, points."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.outbox import facts as outbox
from mamori.rooms.enforcement.appeals import actions as appeals
from mamori.rooms.enforcement.appeals.queries import may_appeal
from mamori.rooms.enforcement.findings import matter as records
from mamori.rooms.enforcement.findings.queries import matter_of
from mamori.rooms.enforcement.lifecycle import AppealState
from mamori.rooms.enforcement.measures.actions import standing
from mamori.rooms.enforcement.models import Measure
from mamori.rooms.enforcement.policy import records as policy
from mamori.rooms.enforcement.rules import bounds
from mamori.rooms.enforcement.rules.bounds import Ended
from mamori.rooms.enforcement.tests.conftest import MONDAY, actor, decided, lead, machine, ring, seller

pytestmark = pytest.mark.usefixtures("shops")


def reviewer(at: datetime = MONDAY) -> Actor:
    """Return counsel who took no part in any decision."""
    return actor("counsel:9", Role.COUNSEL, at)


def reviewed(measure: Measure) -> int:
    appeal = appeals.appeal(seller(), measure=measure.pk, said="事実と違います")
    appeals.take_appeal(reviewer(), appeal=appeal)
    return appeal


def told(to: str) -> list[str]:
    return [notice.template for notice in outbox.notices(to=to, limit=99)]


@pytest.mark.parametrize("outcome", [AppealState.KEPT, AppealState.WITHDRAWN])
def test_closing_does_not_begin_over_an_appeal_that_came_when_its_day_had_come_and_is_announced_anew(
    outcome: AppealState,
) -> None:
    measure = decided("closed", 0)
    assert measure.starts_at is not None
    late = measure.starts_at + timedelta(minutes=5)
    appeal = appeals.appeal(seller(late), measure=measure.pk, said="事実と違います")

    standing.start_measure(machine(late), measure=measure.pk)
    ring(late + timedelta(days=13))
    assert Measure.objects.get(pk=measure.pk).state == "announced"

    end = late + timedelta(days=13)
    if outcome is AppealState.WITHDRAWN:
        appeals.withdraw_appeal(seller(end), appeal=appeal)
    else:
        appeals.take_appeal(reviewer(end), appeal=appeal)
        appeals.decide_appeal(reviewer(end), appeal=appeal, outcome=outcome, said="記録のとおり")
    again = Measure.objects.get(pk=measure.pk).starts_at
    assert again is not None
    assert again >= end + timedelta(days=bounds.AGAIN_DAYS)
    assert "enforcement.announced_anew" in told("seller:S-1")
    ring(again - timedelta(seconds=1))
    assert Measure.objects.get(pk=measure.pk).state == "announced"
    ring(again)
    assert Measure.objects.get(pk=measure.pk).state == "ordered"


def test_only_what_waits_for_an_appeal_is_held_up_by_one_and_no_longer_than_it_is_open() -> None:
    closing, hiding = decided("closed", 0), decided(listing="L-3", origin="test:2")
    before = records.is_under_appeal(closing)
    appeal = appeals.appeal(seller(), measure=closing.pk, said="事実と違います")
    appeals.appeal(seller(), measure=hiding.pk, said="事実と違います")

    assert (before, records.is_under_appeal(closing), records.is_under_appeal(hiding)) == (False, True, False)
    appeals.withdraw_appeal(seller(), appeal=appeal)
    assert not records.is_under_appeal(closing)


def test_who_takes_an_appeal_back_and_appeals_anew_puts_nothing_off_by_it() -> None:
    measure = decided("closed", 0)
    first = appeals.appeal(seller(), measure=measure.pk, said="事実と違います")
    later = MONDAY + timedelta(days=2)
    appeals.withdraw_appeal(seller(later), appeal=first)

    second = appeals.appeal(seller(later), measure=measure.pk, said="やはり違います")

    assert measure.starts_at is not None
    ring(measure.starts_at)
    assert Measure.objects.get(pk=measure.pk).state == "ordered"
    appeals.take_appeal(reviewer(measure.starts_at), appeal=second)
    appeals.decide_appeal(
        reviewer(measure.starts_at), appeal=second, outcome=AppealState.GRANTED, said="誤りでした"
    )
    assert Measure.objects.get(pk=measure.pk).state == "undoing"
    assert "enforcement.announced_anew" not in told("seller:S-1")


def test_an_effect_whose_day_is_far_enough_comes_on_it_without_another_notice() -> None:
    measure = decided("closed", 0)
    assert measure.starts_at is not None
    appeal = reviewed(measure)
    later = MONDAY + timedelta(days=2)

    appeals.decide_appeal(reviewer(later), appeal=appeal, outcome=AppealState.KEPT, said="記録のとおり")

    assert Measure.objects.get(pk=measure.pk).starts_at == measure.starts_at
    assert "enforcement.announced_anew" not in told("seller:S-1")
    ring(measure.starts_at)
    assert Measure.objects.get(pk=measure.pk).state == "ordered"


def test_what_was_called_off_before_it_began_is_appealed_against_for_its_points_count() -> None:
    measure = decided("closed", 0)
    standing.lift(lead(), measure=measure.pk, because=Ended.REVIEWED, reason="もうよい")
    later = MONDAY + timedelta(hours=1)
    assert Measure.objects.get(pk=measure.pk).state == "called_off"
    assert policy.counted_points("S-1", later) > 0
    shown = matter_of(seller(), records.number(measure.finding)).measures[0]
    assert may_appeal(shown.id, later)

    appeal = appeals.appeal(seller(later), measure=measure.pk, said="違います")
    appeals.take_appeal(reviewer(later), appeal=appeal)
    appeals.decide_appeal(reviewer(later), appeal=appeal, outcome=AppealState.GRANTED, said="誤りでした")

    assert policy.counted_points("S-1", later) == 0


def test_what_was_called_off_as_a_mistake_is_no_more_to_be_appealed_against() -> None:
    measure = decided("closed", 0)
    standing.lift(lead(), measure=measure.pk, because=Ended.MISTAKE, reason="違う店")

    shown = matter_of(seller(), records.number(measure.finding)).measures[0]
    assert not may_appeal(shown.id, MONDAY)
    with pytest.raises(Refusal) as refused:
        appeals.appeal(seller(), measure=measure.pk, said="違う")
    assert refused.value.code == "nothing-to-appeal"
