"""An activity is planned, held, followed up; what was agreed is done; one line is told by two persons; its words go in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotOpen
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.outbox import facts as outbox
from mamori.ground.vault import actions as vault
from mamori.japan.calendar import JAPAN
from mamori.law.activities import (
    ACTIVITY_ACTION,
    ACTIVITY_DAY,
    ACTIVITY_FOLLOW_UP,
    ACTIVITY_NEXT,
    ActivityKind,
)
from mamori.law.grounds import SUIT
from mamori.rooms.outreach import facts, tasks
from mamori.rooms.outreach.activities import actions
from mamori.rooms.outreach.activities.actions import (
    ActivityDayWrong,
    ActivityStandsElsewhere,
    ActivityTold,
    CameUnsaid,
    LineNeedsAnother,
    LinePromises,
)
from mamori.rooms.outreach.activities.matter import about, said_of
from mamori.rooms.outreach.models import Activity
from mamori.rooms.outreach.tests.conftest import ring

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 2, 12, tzinfo=JAPAN)
DAY = date(2026, 11, 10)
LATER = NOON + timedelta(days=8)
WHY = "先方の都合による。"
TOLD = ActivityTold(
    kind=ActivityKind.AGENCY,
    title="消費者庁との意見交換",
    on=DAY,
    bodies="消費者庁",
    agenda="年末の注意",
    every_months=6,
)


def by(who: str, at: datetime = NOON, role: Role = Role.LEAD) -> Actor:
    return Actor(by=who, role=role, at=at, via="test")


def planned(**more: Any) -> int:
    return actions.plan_activity(by("lead:1"), told=replace(TOLD, **more))


def held(**more: Any) -> int:
    number = planned(**more)
    actions.hold_activity(by("lead:1", LATER), activity=number, came=12, minutes="年末の体制を話した。")
    return number


def told_line(number: int) -> None:
    """Let a line be written by one and released by another."""
    line, en = "消費者庁と意見を交わしました。", "We exchanged views with the CAA."
    actions.propose_line(by("lead:1", LATER), activity=number, line=line, line_en=en)
    actions.release_line(by("lead:2", LATER), activity=number)


def row(number: int) -> Activity:
    return Activity.objects.get(pk=number)


def due(number: int) -> dict[str, date]:
    return {one.kind: one.due_at.astimezone(JAPAN).date() for one in clocks.open_clocks(about(number))}


def test_it_is_planned_held_and_followed_up_and_the_next_is_asked_for() -> None:
    number = planned()
    assert due(number) == {ACTIVITY_DAY: DAY}
    assert cases.case_of(about(number)).attention == "hold"

    actions.hold_activity(by("lead:1", LATER), activity=number, came=12, minutes="話した。")
    assert due(number) == {
        ACTIVITY_FOLLOW_UP.code: DAY + timedelta(days=31),
        ACTIVITY_NEXT: date(2027, 5, 10),
    }
    assert said_of(row(number)).minutes == "話した。"

    actions.follow_up_activity(by("lead:1", LATER), activity=number, result="窓口が決まった。")
    assert (row(number).state, cases.case_of(about(number)).closed_at) == ("followed", None)
    new = actions.arrange_next(by("lead:1", LATER), activity=number, on=date(2027, 5, 12))
    assert new is not None
    assert (row(new).former_id, said_of(row(new)).bodies) == (number, "消費者庁")
    assert due(number) == {}
    assert cases.case_of(about(number)).closed_at == LATER
    with pytest.raises(ActivityStandsElsewhere):
        actions.arrange_next(by("lead:1", LATER), activity=number, on=date(2027, 5, 12))


@pytest.mark.parametrize("minute", [0, 1, 59])
@pytest.mark.parametrize("ahead", [0, 1, 2, 40])
def test_no_clock_rings_before_its_day_has_begun(ahead: int, minute: int) -> None:
    at = NOON + timedelta(minutes=minute)
    number = actions.plan_activity(by("lead:1", at), told=replace(TOLD, on=at.date() + timedelta(days=ahead)))
    assert due(number) == {ACTIVITY_DAY: at.date() + timedelta(days=ahead)}


def test_it_cannot_be_held_before_its_day_and_is_not_held_twice() -> None:
    number = planned()
    with pytest.raises(ActivityDayWrong):
        actions.hold_activity(by("lead:1"), activity=number, came=1)
    actions.hold_activity(by("lead:1", LATER), activity=number, came=1)
    with pytest.raises(StepNotOpen):
        actions.hold_activity(by("lead:1", LATER), activity=number, came=1)


def test_a_series_goes_on_after_one_is_called_off_until_somebody_ends_it() -> None:
    number = planned()
    actions.call_off_activity(by("lead:1"), activity=number, reason=WHY)
    assert cases.case_of(about(number)).attention == "next"
    actions.arrange_next(by("lead:1"), activity=number, on=None)
    assert due(number) == {}
    assert cases.case_of(about(number)).closed_at == NOON


def test_what_was_agreed_rings_on_its_day_and_is_done() -> None:
    number = held(every_months=0)
    agreed = actions.add_activity_action(
        by("lead:1", LATER), activity=number, words="資料を送る", owner="広報", on=date(2026, 11, 20)
    )
    assert due(number)[ACTIVITY_ACTION] == date(2026, 11, 20)

    ring(datetime(2026, 11, 20, 1, tzinfo=JAPAN))
    found = [one.template for one in outbox.notices(to="lead", limit=9)]
    assert found == ["outreach.activity_due"]

    actions.finish_activity_action(by("lead:1", LATER), activity=number, action=agreed)
    with pytest.raises(ActivityStandsElsewhere):
        actions.finish_activity_action(by("lead:1", LATER), activity=number, action=agreed)


def test_an_activity_corrected_to_another_day_has_its_clock_anew() -> None:
    number = planned()
    told = replace(TOLD, on=date(2026, 11, 17))
    actions.correct_activity(by("lead:1", NOON + timedelta(hours=1)), activity=number, told=told, reason=WHY)
    assert due(number) == {ACTIVITY_DAY: date(2026, 11, 17)}


def test_who_is_invited_is_noted_before_and_who_came_is_ticked_when_it_was_held_or_later() -> None:
    number = planned()
    lead = by("lead:1", LATER)
    actions.note_guests(by("lead:1"), activity=number, guests="店A\n 店B \n\n店C\n店A")
    assert (row(number).invited, row(number).came) == (3, None)
    with pytest.raises(CameUnsaid):
        actions.hold_activity(lead, activity=number)

    actions.hold_activity(lead, activity=number, present=["店B", "店Z"])
    assert (row(number).came, said_of(row(number)).present) == (1, ("店B",))

    actions.note_guests(lead, activity=number, guests="店A\n店B", invited=40, present=["店A", "店B"], came=25)
    assert (row(number).invited, row(number).came) == (40, 25)
    with pytest.raises(CameUnsaid):
        actions.note_guests(lead, activity=number, guests="店A")
    actions.note_guests(lead, activity=number, guests="", came=25)
    assert (row(number).invited, said_of(row(number)).present) == (None, ())


def test_a_public_line_waits_for_another_person_again_when_what_stands_beside_it_changes() -> None:
    number = held()
    told_line(number)
    same = actions.told_of(row(number))
    actions.correct_activity(
        by("lead:2", LATER), activity=number, told=replace(same, title="会合"), reason=WHY
    )
    actions.note_guests(by("lead:2", LATER), activity=number, guests="店A", came=12)
    assert facts.told_of_activities() != {}

    actions.note_guests(by("lead:2", LATER), activity=number, guests="店A", came=11)
    assert facts.told_of_activities() == {}
    assert cases.case_of(about(number)).attention == "release"
    with pytest.raises(LineNeedsAnother):
        actions.release_line(by("lead:2", LATER), activity=number)
    actions.release_line(by("lead:1", LATER), activity=number)

    for changed in (replace(same, kind=ActivityKind.SYMPOSIUM), replace(same, on=DAY - timedelta(days=1))):
        actions.correct_activity(by("lead:2", LATER), activity=number, told=changed, reason=WHY)
        assert facts.told_of_activities() == {}
        actions.release_line(by("lead:1", LATER), activity=number)


def test_a_name_in_the_minutes_or_among_the_guests_is_struck_out_also_when_it_is_over() -> None:
    number = held(every_months=0)
    lead = by("lead:1", LATER)
    actions.note_guests(lead, activity=number, guests="山田\n店B", present=["山田"], came=12)
    actions.follow_up_activity(lead, activity=number, result="山田さんが窓口になった。")

    told = replace(actions.told_of(row(number)), minutes="年末の体制。", result="窓口が決まった。")
    actions.correct_activity(lead, activity=number, told=told, reason="本人の求めによる。")
    actions.note_guests(lead, activity=number, guests="店B", came=12)

    assert "山田" not in str(said_of(row(number)))
    assert (row(number).state, due(number)) == ("followed", {})


@pytest.mark.parametrize("kind", list(ActivityKind))
def test_one_line_is_told_under_its_practice_once_a_second_person_released_it(kind: ActivityKind) -> None:
    number = held(kind=kind)
    line, en = "意見を交わしました。", "We exchanged views."
    actions.propose_line(by("lead:1", LATER), activity=number, line=line, line_en=en)
    with pytest.raises(LineNeedsAnother):
        actions.release_line(by("lead:1", LATER), activity=number)
    assert facts.told_of_activities() == {}

    actions.release_line(by("lead:2", LATER), activity=number)
    assert [one.line.ja for one in facts.told_of_activities()[kind.practice]] == [line]

    actions.withdraw_line(by("lead:1", LATER), activity=number, reason=WHY)
    assert facts.told_of_activities() == {}


def test_a_line_that_promises_needs_a_ground_and_one_of_what_was_not_held_is_refused() -> None:
    number = held()
    with pytest.raises(LinePromises):
        actions.propose_line(by("lead:1"), activity=number, line="業界初の取組みです。", line_en="A first.")
    with pytest.raises(ActivityStandsElsewhere):
        actions.propose_line(by("lead:1"), activity=planned(), line="話しました。", line_en="We talked.")


def test_only_staff_keep_activities_and_only_leads_release() -> None:
    number = held()
    actions.propose_line(by("lead:1", LATER), activity=number, line="話しました。", line_en="We talked.")
    for actor in (by("agent:2", role=Role.AGENT), by("anonymous", role=Role.ANONYMOUS)):
        with pytest.raises(Refusal):
            actions.release_line(actor, activity=number)
    with pytest.raises(Refusal):
        actions.plan_activity(by("seller", role=Role.SELLER), told=TOLD)


def test_its_words_go_when_their_time_is_over_and_the_line_stays() -> None:
    number = held(every_months=0)
    actions.follow_up_activity(by("lead:1", LATER), activity=number, result="続ける。")
    told_line(number)
    machine = by("machine:1", role=Role.MACHINE)
    assert tasks.erase_activities(machine, over=LATER, limit=9) == 0
    assert tasks.erase_activities(machine, over=LATER + timedelta(days=1), limit=9) == 1
    assert (row(number).said, row(number).line) == (None, "消費者庁と意見を交わしました。")


@pytest.mark.parametrize("held_by", ["hold", "next", "action"])
def test_what_is_held_or_has_something_open_keeps_its_words(held_by: str) -> None:
    number = held(every_months=6 if held_by == "next" else 0)
    lead, machine = by("lead:1", LATER), by("machine:1", LATER, role=Role.MACHINE)
    over = LATER + timedelta(days=1)
    agreed = actions.add_activity_action(lead, activity=number, words="送る", owner="広報", on=DAY)
    actions.follow_up_activity(lead, activity=number, result="続ける。")
    if held_by != "action":
        actions.finish_activity_action(lead, activity=number, action=agreed)
    case = cases.case_of(about(number)).number
    if held_by == "hold":
        hold = vault.hold(lead, what=case, ground=SUIT, reason="訴えがあった。")
    assert tasks.erase_activities(machine, over=over, limit=9) == 0

    if held_by == "hold":
        vault.lift(lead, number=hold, reason="終わった。")
    elif held_by == "next":
        actions.arrange_next(lead, activity=number, on=None)
    else:
        actions.finish_activity_action(lead, activity=number, action=agreed)
    assert tasks.erase_activities(machine, over=over, limit=9) == 1


def test_everybody_reads_the_line_and_staff_the_rest(enter: Enter) -> None:
    number = held()
    told_line(number)
    staff, reader = enter(Role.LEAD, "lead:2"), enter(Role.ANONYMOUS, "")

    shown = reader.get("/activities/").content.decode()
    assert "消費者庁と意見を交わしました。" in shown
    assert "年末の体制" not in shown
    assert "年末の体制" in staff.get(f"/desk/activities/{number}/").content.decode()
    assert TOLD.title in staff.get("/desk/activities/?kind=agency").content.decode()
    assert "消費者庁と意見を交わしました。" in reader.get("/measures/").content.decode()
