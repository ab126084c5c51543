"""An accident ends only when each step is taken or left out with a reason, and nothing shows the goods again but a decision."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.outbox.models import Notice
from mamori.law.accidents import ACCIDENT_NEXT
from mamori.law.retention import ACCIDENTS as KEPT
from mamori.rooms.enforcement import facts as enforcement
from mamori.rooms.enforcement.measures.actions import hiding
from mamori.rooms.safety.accidents import actions
from mamori.rooms.safety.accidents.matter import about, said_of
from mamori.rooms.safety.accidents.rules import AccidentStep, open_steps
from mamori.rooms.safety.accidents.tasks import RINGS
from mamori.rooms.safety.models import Accident
from mamori.rooms.safety.tests.happened import (  # noqa: F401
    BURNT,
    DAY,
    HOUR,
    MONDAY,
    WHY,
    agent,
    asks,
    buyer,
    enter,
    hear,
    in_trouble,
    lead,
    machine,
    market_day,
    row,
    told,
    warn,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("market_day")]

# It ends.


def leave_all(number: int, at: Any = MONDAY) -> None:
    for step in open_steps(row(number)):
        actions.leave_out(agent(at), accident=number, step=step, reason=WHY)


def test_it_is_not_closed_while_a_step_is_neither_taken_nor_left_out_with_a_reason() -> None:
    number = enter()
    actions.stop_sale(agent(), accident=number, because=BURNT)
    with pytest.raises(actions.StepsOpen) as refused:
        actions.close_accident(lead(), accident=number, reason=WHY)
    assert "NITEに知らせる" in refused.value.sentence.ja
    assert "販売を止める" not in refused.value.sentence.ja
    with pytest.raises(actions.StepTaken):
        actions.leave_out(agent(), accident=number, step=AccidentStep.STOP, reason=WHY)

    leave_all(number)
    assert said_of(row(number)).left["nite"] == WHY
    assert asks(number) == {"close"}
    with pytest.raises(StepNotYours):
        actions.close_accident(agent(), accident=number, reason=WHY)
    actions.close_accident(lead(), accident=number, reason=WHY)

    assert (row(number).state, row(number).closed_at) == ("closed", MONDAY)
    assert enforcement.hidden_by("L-1") is not None
    with pytest.raises(StepNotOpen):
        actions.look_at(agent(), accident=number)


def test_it_is_not_closed_while_nobody_has_looked_at_what_was_told() -> None:
    number = enter()
    leave_all(number)
    in_trouble()
    with pytest.raises(actions.NotLookedAt):
        actions.close_accident(lead(), accident=number, reason=WHY)


def test_found_to_be_none_all_who_were_warned_hear_so_and_the_goods_stay_hidden() -> None:
    number = enter()
    actions.stop_sale(agent(), accident=number, because=BURNT)
    warn(number)

    actions.dismiss_accident(lead(MONDAY + HOUR), accident=number, reason=WHY)
    hear(MONDAY + HOUR)

    assert row(number).state == "dismissed"
    assert Notice.objects.filter(to="buyer:B-1", template="contact.alert_cleared").count() == 1
    assert enforcement.hidden_by("L-1") is not None


def test_only_a_decision_on_the_finding_shows_the_goods_again() -> None:
    number = enter()
    actions.stop_sale(agent(), accident=number, because=BURNT)
    finding = row(number).goods.get().finding
    assert finding is not None

    hiding.lift_hiding(lead(), finding=finding, reason=WHY)

    assert enforcement.hidden_by("L-1") is None
    assert row(number).state == "open"


def test_what_is_told_after_the_end_enters_a_new_one_that_names_the_former() -> None:
    number = enter()
    leave_all(number)
    actions.close_accident(lead(), accident=number, reason=WHY)

    in_trouble()

    again = Accident.objects.latest("pk")
    assert (again.pk == number, again.former_id) == (False, number)


# Its clock, and what is over.


def test_staff_are_reminded_every_three_business_days_while_it_is_open_and_work_begins_the_days_anew() -> (
    None
):
    number = enter()

    def due() -> list[Any]:
        newest = clock_facts.newest([about(number)])
        return [one.due_at for one in newest if one.kind == ACCIDENT_NEXT.code and one.done_at is None]

    first = due()
    assert [f"{one.astimezone(MONDAY.tzinfo):%m-%d}" for one in first] == ["11-20"]
    clocks.fire_due(at=first[0], tasks=RINGS)
    assert Notice.objects.filter(template="safety.accident_waits").count() == 2
    assert due()[0] > first[0]
    actions.look_at(agent(first[0] + HOUR), accident=number)
    assert [f"{one.astimezone(MONDAY.tzinfo):%m-%d}" for one in due()] == ["11-27"]  # the 23rd is a holiday
    leave_all(number, first[0] + HOUR)
    actions.close_accident(lead(first[0] + HOUR), accident=number, reason=WHY)
    assert due() == []


def test_its_words_go_when_their_time_is_over_and_the_steps_stay() -> None:
    number = enter()
    leave_all(number)
    actions.close_accident(lead(), accident=number, reason=WHY)
    at = machine(MONDAY + timedelta(days=KEPT.days + 2))

    assert actions.erase_accidents(at, over=MONDAY - DAY, limit=10) == 0
    assert actions.erase_accidents(at, over=MONDAY + DAY, limit=10) == 1

    assert (row(number).said, said_of(row(number)).what) == (None, "")
    assert row(number).closed_at == MONDAY
