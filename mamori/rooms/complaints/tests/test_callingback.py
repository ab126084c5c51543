"""Whoever wants to hear by telephone is called within the time for it, told what stands, and tried as often as was set."""

from __future__ import annotations

import pytest

from mamori.grammar.statechart import StepNotOpen
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.matters.history import past_of
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.outbox.models import Notice
from mamori.law.calls import COMPLAINT_CALL_TRIES
from mamori.law.complaints import NothingBecause
from mamori.law.retention import COMPLAINT_REPORTS
from mamori.rooms.complaints import actions as complaints, tasks
from mamori.rooms.complaints.acts import COMPLAINT_ACTS
from mamori.rooms.complaints.models import CallBack, ComplaintReport
from mamori.rooms.complaints.queries import about_complaint
from mamori.rooms.complaints.reports.actions import reporting, telling
from mamori.rooms.complaints.reports.queries import NoSuchCallBack, about_call_back, call_back_of, calls_of
from mamori.rooms.complaints.tests.conftest import (
    DAY,
    HOUR,
    MONDAY,
    WHY,
    agent,
    anybody,
    lead,
    machine,
    ring,
    work,
)
from mamori.rooms.complaints.tests.telephoned import NUMBER, call_me, telephoned

pytestmark = pytest.mark.django_db
TOLD = "ご本人に結論と理由を伝えた。"


def decide(row: ComplaintReport) -> None:
    complaints.find_nothing(agent(), complaint=row.complaint_id, because=NothingBecause.IN_ORDER, reason=WHY)
    work()


def to_call() -> CallBack:
    decide(telephoned(said=call_me(name="田中")))
    return CallBack.objects.select_related("report").get()


def runs(back: CallBack) -> bool:
    return any(one.done_at is None for one in clock_facts.newest([about_call_back(back.pk)]))


def test_a_decision_lets_whoever_asked_for_it_be_called_and_they_hear_it() -> None:
    back = to_call()
    [(due, due_at)] = calls_of(agent()).due
    shown = call_back_of(agent(), back.pk)

    assert (due.pk, due.tries) == (back.pk, 0)
    assert due_at is not None
    assert (shown.phone, shown.name, shown.when) == (NUMBER, "田中", "平日の午後")
    assert "取り上げないことにしました" in shown.heard[0].ja
    assert runs(back)
    telling.note_reached(agent(MONDAY + HOUR), back=back.pk, reason=TOLD, version=shown.row.version)
    back.report.refresh_from_db()
    assert (back.report.told_round, back.report.told_at) == (1, MONDAY + HOUR)
    assert not runs(back)
    assert (call_back_of(agent(), back.pk).phone, calls_of(agent()).due) == ("", ())
    assert past_of(about_complaint(back.report.complaint_id), COMPLAINT_ACTS)[-1].reason == TOLD
    with pytest.raises(StepNotOpen):
        telling.note_missed(agent(), back=back.pk)


def test_who_is_not_reached_is_tried_again_as_often_as_was_set() -> None:
    back = to_call()
    for number in range(COMPLAINT_CALL_TRIES.default):
        assert call_back_of(agent(), back.pk).tries_left == COMPLAINT_CALL_TRIES.default - number
        telling.note_missed(agent(MONDAY + number * HOUR), back=back.pk)
    shown = call_back_of(agent(), back.pk)
    back.refresh_from_db()

    assert (shown.row.state, shown.row.tries) == ("not_reached", COMPLAINT_CALL_TRIES.default)
    assert (shown.is_due, shown.tries_left, back.closed_at is not None) == (False, 0, True)
    assert not runs(back)


def test_a_wrong_number_is_called_no_more() -> None:
    back = to_call()
    telling.note_wrong_number(agent(), back=back.pk)

    assert call_back_of(agent(), back.pk).row.state == "wrong_number"
    assert calls_of(agent()).due == ()


def test_a_wrong_number_is_not_called_upon_another_look_either() -> None:
    back = to_call()
    telling.note_wrong_number(agent(), back=back.pk)
    reporting.ask_again_for(agent(MONDAY + HOUR), report=back.report_id, said="もう一度見てください。")
    complaints.keep_outcome(lead(MONDAY + DAY), complaint=back.report.complaint_id, reason=WHY)
    work(MONDAY + DAY)

    assert calls_of(agent()).due == ()


def test_tries_of_the_first_outcome_do_not_count_for_the_next() -> None:
    back = to_call()
    for _ in range(2):
        telling.note_missed(agent(), back=back.pk)
    reporting.ask_again_for(agent(MONDAY + HOUR), report=back.report_id, said="もう一度見てください。")
    complaints.keep_outcome(lead(MONDAY + DAY), complaint=back.report.complaint_id, reason=WHY)
    work(MONDAY + DAY)
    back.refresh_from_db()

    assert (back.round, back.tries) == (2, 0)


def test_nobody_forgets_a_call_back() -> None:
    back = to_call()
    ring(MONDAY + 3 * DAY)

    assert {one.to for one in Notice.objects.filter(template="complaints.call_overdue")} == {"agent", "lead"}
    assert call_back_of(agent(), back.pk).is_due


def test_another_look_is_told_by_the_same_call_where_the_first_was_not_made() -> None:
    back = to_call()
    whole = back.report.complaint
    reporting.ask_again_for(agent(MONDAY + HOUR), report=back.report_id, said="もう一度見てください。")
    complaints.keep_outcome(lead(MONDAY + DAY), complaint=whole.pk, reason=WHY)
    work(MONDAY + DAY)
    back.refresh_from_db()

    assert (CallBack.objects.count(), back.round, back.since) == (1, 2, MONDAY + DAY)
    telling.note_reached(agent(MONDAY + DAY), back=back.pk, reason=TOLD)
    assert telling.line_up_calls(machine(MONDAY + DAY), complaint=whole.pk) == 0


def test_many_are_lined_up_some_at_once_until_none_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "CALLS_AT_ONCE", 2)
    rows = [telephoned(said=call_me()) for _ in range(3)]
    decide(rows[0])

    assert CallBack.objects.count() == 3


def test_a_report_that_is_erased_is_called_about_no_more() -> None:
    back = to_call()
    at = MONDAY + 400 * DAY
    over = COMPLAINT_REPORTS.over(COMPLAINT_REPORTS.days, at)
    assert over is not None
    assert tasks.erase_reports(machine(at), over, 10) == 1
    back.refresh_from_db()

    assert back.state == "not_reached"
    assert call_back_of(agent(at), back.pk).phone == ""


def test_only_staff_call_back_and_what_changed_meanwhile_is_said() -> None:
    back = to_call()
    with pytest.raises(NoSuchCallBack):
        call_back_of(anybody(), back.pk)
    with pytest.raises(NoSuchCallBack):
        telling.note_missed(anybody(), back=back.pk)
    with pytest.raises(NoSuchCallBack):
        telling.note_missed(agent(), back=back.pk + 1)
    with pytest.raises(ChangedMeanwhile):
        telling.note_missed(agent(), back=back.pk, version=back.version + 7)
    assert calls_of(anybody()).due == ()
