"""What should stand about a matter follows from its row alone: which clocks since when, and what somebody has to do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from mamori.grammar.businesstime import CalendarDays
from mamori.ground.matters.standing import Asks, Runs, Stands, runs
from mamori.japan.calendar import JAPAN
from mamori.law.deadlines import (
    APPEAL_ANSWER,
    APPEAL_DECISION,
    APPEAL_WINDOW,
    APPROVAL,
    BREACH_HEARING,
    CURE_LOOK,
    FINDING_GRAVE,
    FINDING_SERIOUS,
    MEASURE_CONFIRMATION,
    MEASURE_REVIEW,
    PHOTO_LOOK,
    POLICY_APPROVAL,
    POLICY_NOTICE,
    VIEW_LOOK,
)
from mamori.rooms.enforcement.lifecycle import APPEAL, FINDING, MEASURE, POLICY
from mamori.rooms.enforcement.rules import standing
from mamori.rooms.enforcement.rules.standing import END_CLOCK, HEARD_FIRST, START_CLOCK, UNDER_REVIEW

MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)
DAY = timedelta(days=1)


@dataclass(slots=True, kw_only=True)
class Finding:
    """A finding as its row says."""

    severity: str = "serious"
    state: str = "found"
    opened_at: datetime = MONDAY
    asked_at: datetime | None = None
    view_unread_since: datetime | None = None
    cure_said_at: datetime | None = None
    asked_photo_at: datetime | None = None
    cured_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Measure:
    """A measure as its row says."""

    kind: str = "payout-held"
    seller_ref: str = "S-1"
    target_ref: str = ""
    state: str = "in_force"
    days: int = 14
    amount: int = 0
    decided_at: datetime = MONDAY
    starts_at: datetime | None = MONDAY + DAY
    ends_at: datetime | None = MONDAY + 15 * DAY
    announced_again_at: datetime | None = None
    market_asked_at: datetime | None = None
    market_asked_times: int = 1
    review_at: datetime | None = None
    review_span: str = ""
    reviewed_at: datetime | None = None
    review_due_since: datetime | None = None
    lift_asked_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Appeal:
    """An appeal as its row says."""

    state: str = "review"
    received_at: datetime = MONDAY
    asked_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Policy:
    """A version of the policy as its row says."""

    state: str = "proposed"
    proposed_at: datetime | None = MONDAY
    published_at: datetime | None = None
    notice: str = ""


def of_finding(one: Finding, *, stands: bool = False, to_review: bool = False) -> list[Stands]:
    return list(standing.of_finding(one, stands=stands, to_review=to_review))


def of_measure(one: Measure, *, waits: bool = False) -> list[Stands]:
    """Return the clocks of a measure; what it hinders is in `test_what_hinders`."""
    return list(runs(standing.of_measure(one, told_at=MONDAY, is_under_appeal=waits)))


def test_a_finding_waits_for_a_decision_by_its_severity_and_somebody_is_reminded_again_and_again() -> None:
    assert of_finding(Finding()) == [Runs(FINDING_SERIOUS, since=MONDAY, again=True)]
    assert of_finding(Finding(severity="grave")) == [Runs(FINDING_GRAVE, since=MONDAY, again=True)]
    assert of_finding(Finding(state="decided", closed_at=MONDAY), stands=True) == []


def test_while_the_seller_is_heard_the_time_to_decide_stands_still() -> None:
    decision, hearing = of_finding(Finding(state="hearing", asked_at=MONDAY + DAY))

    assert decision == Runs(FINDING_SERIOUS, since=MONDAY, again=True, still=HEARD_FIRST)
    assert hearing == Runs(BREACH_HEARING, since=MONDAY + DAY)


def test_a_cure_is_looked_at_until_the_decision_and_afterwards_as_long_as_a_measure_stands() -> None:
    said = Finding(cure_said_at=MONDAY + DAY)
    look = [Asks("cure"), Runs(CURE_LOOK, since=MONDAY + DAY, again=True)]
    over = replace(said, state="decided", closed_at=MONDAY + DAY)

    assert of_finding(said)[1:] == look
    assert of_finding(over, stands=True) == look
    assert of_finding(over) == of_finding(replace(said, cured_at=MONDAY + DAY))[1:] == []


def test_a_photograph_is_awaited_only_while_a_cure_is_looked_at() -> None:
    asked = Finding(cure_said_at=MONDAY, asked_photo_at=MONDAY + DAY)
    photo = [Asks("photo"), Runs(PHOTO_LOOK, since=MONDAY + DAY, again=True)]
    look = [Asks("cure"), Runs(CURE_LOOK, since=MONDAY, again=True)]
    over = replace(asked, state="decided", closed_at=MONDAY + DAY)

    assert of_finding(asked)[1:] == of_finding(over, stands=True) == photo + look
    assert of_finding(over) == of_finding(replace(over, cured_at=MONDAY + DAY), stands=True) == []
    assert of_finding(replace(over, cure_said_at=None), stands=True) == []


def test_what_somebody_has_to_do_is_said_in_the_order_of_its_urgency() -> None:
    late = Finding(state="decided", closed_at=MONDAY, view_unread_since=MONDAY, cure_said_at=MONDAY)

    found = of_finding(late, stands=True, to_review=True)

    assert [one.what for one in found if isinstance(one, Asks)] == ["view", "cure", "review"]
    assert Runs(VIEW_LOOK, since=MONDAY, again=True) in found


def test_a_proposal_waits_for_a_second_person_and_an_announced_measure_for_its_day() -> None:
    proposed = Measure(state="proposed", starts_at=None)
    announced = Measure(kind="closed", state="announced", days=0, starts_at=MONDAY + 30 * DAY)

    assert of_measure(proposed) == [Runs(APPROVAL, since=MONDAY, again=True)]
    assert of_measure(announced) == [Runs(START_CLOCK, since=MONDAY, span=CalendarDays(30))]
    assert list(standing.of_measure(announced, told_at=None)) == []


def test_an_effect_that_waits_for_an_appeal_stands_still_and_comes_a_week_after_it_is_announced_anew() -> (
    None
):
    announced = Measure(kind="closed", state="announced", days=0)
    anew = replace(announced, announced_again_at=MONDAY + 20 * DAY)

    assert of_measure(announced, waits=True)[0] == Runs(
        START_CLOCK, since=MONDAY, span=CalendarDays(30), still=UNDER_REVIEW
    )
    assert of_measure(anew) == [Runs(START_CLOCK, since=MONDAY + 20 * DAY, span=CalendarDays(7))]


@pytest.mark.parametrize("state", ["ordered", "in_force"])
def test_a_measure_ends_by_itself_from_when_it_took_effect_whatever_the_marketplace_answers(
    state: str,
) -> None:
    end = Runs(END_CLOCK, since=MONDAY + DAY, span=CalendarDays(14))

    found = of_measure(Measure(state=state))

    assert found[0] == end
    assert (found[1:] == []) == (state == "in_force")


def test_a_notice_stands_as_long_as_it_can_be_appealed_against() -> None:
    assert of_measure(Measure(kind="notice", days=0)) == [Runs(APPEAL_WINDOW, since=MONDAY + DAY)]


def test_a_review_counts_from_the_last_look_and_once_it_is_due_somebody_is_reminded() -> None:
    reviewed = Measure(days=0, review_at=MONDAY + 9 * DAY)

    assert of_measure(reviewed) == [Runs(MEASURE_REVIEW, since=MONDAY + DAY)]
    looked = replace(reviewed, reviewed_at=MONDAY + 2 * DAY, review_span="7d")
    assert of_measure(looked) == [Runs(MEASURE_REVIEW, since=MONDAY + 2 * DAY, span=CalendarDays(7))]
    due = replace(looked, review_due_since=MONDAY + 9 * DAY)
    assert of_measure(due) == [
        Runs(MEASURE_REVIEW, since=MONDAY + 9 * DAY, span=VIEW_LOOK, key="due", again=True)
    ]


def test_the_marketplace_is_asked_again_until_it_answers_and_of_what_is_taken_back_nothing_else_runs() -> (
    None
):
    asked = Measure(state="lifting", market_asked_at=MONDAY + 3 * DAY, market_asked_times=2)

    assert of_measure(asked) == [Runs(MEASURE_CONFIRMATION, since=MONDAY + 3 * DAY, key="2")]
    before = Measure(state="undoing", lift_asked_at=MONDAY + 2 * DAY)
    assert of_measure(before) == [Runs(MEASURE_CONFIRMATION, since=MONDAY + 2 * DAY, key="1")]
    ordered = of_measure(Measure(state="ordered", days=0))
    assert ordered == [Runs(MEASURE_CONFIRMATION, since=MONDAY + DAY, key="1")]
    assert of_measure(Measure(state="lifting", starts_at=None)) == []


def test_an_appeal_waits_for_its_outcome_and_for_what_the_seller_was_asked_for() -> None:
    asked = Appeal(state="asked", asked_at=MONDAY + DAY)

    assert list(standing.of_appeal(asked)) == [
        Runs(APPEAL_DECISION, since=MONDAY, again=True),
        Runs(APPEAL_ANSWER, since=MONDAY + DAY),
    ]
    assert list(standing.of_appeal(replace(asked, state="kept", closed_at=MONDAY))) == []


def test_a_version_of_the_policy_waits_for_approval_and_then_for_the_end_of_its_notice() -> None:
    published = Policy(state="announced", published_at=MONDAY + DAY, notice="1d")

    assert list(standing.of_policy(Policy())) == [Runs(POLICY_APPROVAL, since=MONDAY)]
    assert list(standing.of_policy(published)) == [
        Runs(POLICY_NOTICE, since=MONDAY + DAY, span=CalendarDays(1))
    ]
    assert list(standing.of_policy(replace(published, notice=""))) == [
        Runs(POLICY_NOTICE, since=MONDAY + DAY)
    ]


def test_where_a_matter_has_come_to_its_end_nothing_runs() -> None:
    over: list[Stands] = []

    for state in FINDING.ends:
        over += of_finding(Finding(state=state, closed_at=MONDAY))
    for state in MEASURE.ends:
        over += of_measure(Measure(state=state))
    for state in APPEAL.ends:
        over += standing.of_appeal(Appeal(state=state, closed_at=MONDAY))
    for state in POLICY.ends:
        over += standing.of_policy(Policy(state=state))

    assert over == []
