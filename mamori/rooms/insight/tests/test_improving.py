"""An improvement is noted, owned, changed and compared; the house counts, and what was counted stays."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from mamori.grammar.actor import Role
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.ledger import facts as ledger
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.people.models import Account
from mamori.law.complaints import ComplaintReason
from mamori.law.insight import IMPROVEMENT_CHANGE, IMPROVEMENT_COMPARISON, IMPROVEMENT_OWNER, MonthsCompared
from mamori.rooms.insight import actions
from mamori.rooms.insight.facts import improvement_of
from mamori.rooms.insight.lifecycle import ImprovementState
from mamori.rooms.insight.models import Improvement
from mamori.rooms.insight.rules import NoNumber, of_improvement
from mamori.rooms.insight.tests.conftest import (
    CHANGED,
    DAY,
    NOON,
    actor,
    agent,
    changed,
    in_month,
    lead,
    machine,
    noted,
    one,
    reader,
    reported,
    ring,
    running,
    told,
)

CAME = "書類のない出品が減った。"


def test_the_house_counts_before_and_after_and_what_it_counted_stays() -> None:
    reported(8, at=in_month(3))
    reported(2, at=in_month(3), reason=ComplaintReason.PRICE)
    reported(9, at=in_month(4))
    number = changed(on=date(2026, 4, 20))
    reported(3, at=in_month(5))

    actions.compare_improvement(agent(), improvement=number, came=CAME)
    reported(5, at=in_month(5))

    row = one(number)
    assert row.state == ImprovementState.COMPARED
    assert row.counts == {"before": [8], "after": [3]}
    shown = improvement_of(reader(), number)
    assert [(str(month), count) for month, count in shown.by_month] == [("2026-03", 8), ("2026-05", 3)]
    assert shown.sums == (8, 3)
    acts = ledger.acts_about(f"insight.improvement:{number}")
    assert [act.kind for act in acts] == ["insight.note", "insight.own", "insight.change", "insight.compare"]


def test_nothing_is_compared_before_its_months_are_over() -> None:
    number = changed(on=date(2026, 5, 2), at=in_month(5, 3))

    with pytest.raises(actions.NotComparableYet, match="1 Jul 2026 0:00"):
        actions.compare_improvement(agent(), improvement=number, came=CAME)

    assert one(number).counts is None
    assert not improvement_of(agent(), number).is_comparable


def test_what_is_not_counted_is_compared_in_words() -> None:
    number = changed(figure="")

    actions.compare_improvement(agent(), improvement=number, came=CAME)

    assert one(number).no_number == NoNumber.NO_FIGURE
    shown = improvement_of(agent(), number)
    assert (shown.figure, shown.by_month, shown.sums, shown.row.came) == (None, (), (0, 0), CAME)


def test_there_is_no_number_where_the_record_begins_after_the_first_month_that_would_be_compared() -> None:
    number = changed(on=date(2026, 1, 20), at=in_month(4))  # the record begins on 20 December

    actions.compare_improvement(agent(), improvement=number, came=CAME)

    assert (one(number).no_number, one(number).counts) == (NoNumber.NOT_KEPT, None)


def test_how_many_months_are_compared_is_said_with_the_change_and_stays() -> None:
    number = changed(months=MonthsCompared.SIX)

    assert one(number).months == 6
    with pytest.raises(StepNotOpen):
        actions.change_improvement(
            agent(), improvement=number, changed=CHANGED, on=date(2026, 4, 1), months=MonthsCompared.ONE
        )


def test_a_change_is_recorded_on_its_day_or_later() -> None:
    number = noted()
    actions.take_improvement(agent(), improvement=number)

    with pytest.raises(actions.ChangeToCome):
        actions.change_improvement(
            agent(), improvement=number, changed=CHANGED, on=NOON.date() + DAY, months=MonthsCompared.ONE
        )
    assert one(number).state == ImprovementState.OWNED


def test_nothing_is_changed_that_nobody_owns() -> None:
    with pytest.raises(StepNotOpen):
        actions.change_improvement(
            agent(), improvement=noted(), changed=CHANGED, on=NOON.date(), months=MonthsCompared.ONE
        )


def test_whoever_is_given_it_is_told_and_another_owner_gets_no_new_time() -> None:
    number = noted()
    actions.give_improvement(agent(), improvement=number, owner=3, department="物流")
    due = running(number)

    actions.give_improvement(lead(NOON + 9 * DAY), improvement=number, owner=1)

    assert told() == [("reader:3", "insight.given"), ("agent:1", "insight.given")]
    assert running(number) == due
    assert improvement_of(agent(), number).owner == "佐藤"
    assert one(number).department == ""


def test_nobody_is_told_of_what_they_gave_themselves_or_a_department() -> None:
    number = noted()
    actions.give_improvement(agent(), improvement=number, owner=1)
    actions.give_improvement(agent(), improvement=number, department="商品企画")

    assert told() == []
    assert (one(number).owner, one(number).department) == ("", "商品企画")


def test_an_owner_works_here_and_somebody_or_some_department_is_named() -> None:
    number = noted()
    Account.objects.create(
        pk=4, email="o@example.jp", name="役所", role=Role.OFFICER, added_at=NOON, is_active=True
    )
    Account.objects.filter(pk=3).update(is_active=False)

    with pytest.raises(actions.NobodyOwns):
        actions.give_improvement(agent(), improvement=number)
    for owner in (3, 4, 99):
        with pytest.raises(actions.NoSuchOwner):
            actions.give_improvement(agent(), improvement=number, owner=owner)
    assert one(number).state == ImprovementState.NOTED


def test_its_clock_runs_from_noting_to_the_owner_to_the_change_to_the_end_of_the_months() -> None:
    number = noted(in_month(4, 1))
    assert list(running(number)) == [IMPROVEMENT_OWNER.code]
    actions.take_improvement(agent(in_month(4, 2)), improvement=number)
    assert list(running(number)) == [IMPROVEMENT_CHANGE.code]
    actions.change_improvement(
        agent(in_month(4, 3)),
        improvement=number,
        changed=CHANGED,
        on=date(2026, 4, 3),
        months=MonthsCompared.ONE,
    )
    [(kind, due)] = running(number).items()
    assert kind == IMPROVEMENT_COMPARISON.code
    assert in_month(6, 30) < due < in_month(7, 2), "thirty days once May is over"
    actions.compare_improvement(agent(), improvement=number, came=CAME)
    assert running(number) == {}


def test_owner_and_leads_are_reminded_and_again_until_something_happens() -> None:
    number = noted()
    ring(NOON + 16 * DAY)
    assert told() == [("lead", "insight.overdue")]
    actions.give_improvement(agent(NOON + 17 * DAY), improvement=number, owner=3)

    ring(NOON + 78 * DAY)

    assert told()[2:] == [("reader:3", "insight.overdue"), ("lead", "insight.overdue")]
    ring(NOON + 200 * DAY)
    assert len(told()) > 4


def test_who_left_or_leads_anyhow_is_not_told_apart() -> None:
    first, second = noted(), noted()
    actions.give_improvement(agent(), improvement=first, owner=2)
    actions.give_improvement(agent(), improvement=second, owner=3)
    Account.objects.filter(pk=3).update(is_active=False)
    before = len(told())

    for number in (first, second):
        actions.remind_improvement(machine(), improvement=number)

    assert told()[before:] == [("lead", "insight.overdue")] * 2


def test_it_is_given_up_with_a_reason_and_waits_for_nothing_then() -> None:
    number = noted()

    actions.drop_improvement(agent(), improvement=number, reason="数え間違いだった。")

    assert running(number) == {}
    assert improvement_of(agent(), number).past[-1].reason == "数え間違いだった。"
    with pytest.raises(StepNotOpen):
        actions.take_improvement(agent(), improvement=number)


def test_only_what_is_counted_may_be_named_and_no_month_to_come() -> None:
    for figure, month in (("of=looks", "2026-04"), ("of=reports", "April"), ("of=reports", "2026-07")):
        with pytest.raises(actions.NoSuchFigure):
            noted(figure=figure, month=month)
    assert not Improvement.objects.exists()


def test_staff_alone_write_and_people_of_the_house_alone_read() -> None:
    number = noted()
    told_ = actions.SeenSo(title="題", seen="文")

    with pytest.raises(actions.NoSuchImprovement):
        actions.note_improvement(reader(), told=told_)
    with pytest.raises(actions.NoSuchImprovement):
        actions.take_improvement(reader(), improvement=number)
    with pytest.raises(StepNotYours):
        actions.take_improvement(machine(), improvement=number)
    with pytest.raises(actions.NoSuchImprovement):
        improvement_of(actor("seller:S-1", Role.SELLER), number)
    with pytest.raises(actions.NoSuchImprovement):
        actions.take_improvement(agent(), improvement=number + 1)


def test_whoever_saw_it_before_somebody_acted_is_told_what_was_done() -> None:
    number = noted()
    version = one(number).version
    actions.remind_improvement(machine(), improvement=number)
    actions.take_improvement(agent(), improvement=number, version=version)

    with pytest.raises(ChangedMeanwhile, match="who owns the improvement"):
        actions.drop_improvement(lead(), improvement=number, reason="もういい。", version=version)


def test_what_should_stand_follows_from_the_row_alone() -> None:
    row = SimpleNamespace(noted_at=NOON, owned_at=None, comparable_at=None, closed_at=None)
    assert [one.code for one in of_improvement(row)] == [IMPROVEMENT_OWNER.code]
    row.owned_at = NOON + timedelta(hours=1)
    assert [(one.code, one.since) for one in of_improvement(row)] == [(IMPROVEMENT_CHANGE.code, row.owned_at)]
    row.comparable_at = NOON + DAY
    assert [one.since for one in of_improvement(row)] == [row.comparable_at]
    row.closed_at = NOON
    assert list(of_improvement(row)) == []


def test_the_database_holds_that_nothing_is_public_of_which_nothing_was_changed() -> None:
    number = noted()

    with pytest.raises(IntegrityError), transaction.atomic():
        Improvement.objects.filter(pk=number).update(published_at=NOON, told={"seen": "…"})
