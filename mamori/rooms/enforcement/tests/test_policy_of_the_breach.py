"""A breach is answered by the version that bound when it was found, or by the present one where it is milder."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.people.models import Account
from mamori.rooms.enforcement.measures import statements
from mamori.rooms.enforcement.measures.actions import deciding
from mamori.rooms.enforcement.models import Finding, Measure, Policy
from mamori.rooms.enforcement.policy import records
from mamori.rooms.enforcement.policy.rules import table
from mamori.rooms.enforcement.policy.rules.table import DECLARED
from mamori.rooms.enforcement.tests.conftest import MONDAY, counsel, heard, lead, wish

pytestmark = pytest.mark.usefixtures("shops")
LATER = MONDAY + timedelta(days=30)
FIRED = "9"
"""The row that answers a serious breach in what is displayed: a listing hidden for 14 days."""


def published(*, binds: datetime, expires_days: int = 365, number: int = 1, **changes: Any) -> None:
    """Publish a version with that row changed."""
    rows = tuple(replace(row, **changes) if row.name == FIRED else row for row in DECLARED.rows)
    Policy.objects.create(
        number=number,
        table=table.stored(replace(DECLARED, rows=rows, expires_days=expires_days)),
        drafted_by="staff:1",
        proposed_by="staff:1",
        approved_by="staff:2",
        state="announced",
        drafted_at=binds,
        published_at=binds,
        binds_on=binds.date(),
    )


def judged(finding: int, at: datetime) -> tuple[int, int, bool]:
    found = records.judge(Finding.objects.get(pk=finding), at)
    return found.policy, found.answer.days, found.of_breach


def test_a_graver_version_does_not_reach_what_was_found_before_it() -> None:
    published(binds=LATER - timedelta(days=1), days=21)
    before = heard(MONDAY, origin="test:before")
    after = heard(LATER, origin="test:after")

    assert judged(before, LATER) == (0, 14, True)
    assert judged(after, LATER) == (1, 21, False)


@pytest.mark.parametrize("changes", [{"days": 7}, {"points": 5}, {"measure": "correction"}])
def test_a_milder_version_counts_at_once_for_everybody(changes: dict[str, Any]) -> None:
    published(binds=LATER - timedelta(days=1), **changes)

    policy, _, of_breach = judged(heard(MONDAY), LATER)

    assert (policy, of_breach) == (1, False)


def test_where_both_answer_alike_the_present_one_is_named() -> None:
    published(binds=LATER - timedelta(days=1))

    assert judged(heard(MONDAY), LATER) == (1, 14, False)


def test_the_measure_keeps_its_version_says_so_and_points_expire_by_it() -> None:
    published(binds=LATER - timedelta(days=1), days=21, expires_days=30)
    number = deciding.decide(lead(LATER), finding=heard(MONDAY), wish=wish("listing-hidden", 14))
    measure = Measure.objects.get(pk=number)

    made = statements.read(measure)

    assert (measure.policy, measure.trace["of_breach"]) == (0, True)
    assert made is not None
    assert "違反が見つかったときの版" in str(made.part("policy"))
    assert measure.strike.until - LATER > timedelta(days=300)


def test_who_approves_after_a_change_approves_what_was_proposed() -> None:
    number = deciding.decide(lead(), finding=heard(MONDAY), wish=wish("suspended", 14))
    published(binds=MONDAY + timedelta(days=1), days=21, expires_days=30)
    late = MONDAY + timedelta(days=2)

    deciding.approve(counsel(late), measure=number)

    measure = Measure.objects.get(pk=number)
    assert measure.policy == 0
    assert measure.strike.until - late > timedelta(days=300)


def test_where_nobody_else_could_approve_the_page_says_whom_to_invite(enter: Enter) -> None:
    desk = enter(Role.LEAD)
    alone = desk.get("/desk/policy/").content.decode()
    Account.objects.create(
        email="x@example.jp", name="x", role="counsel", added_at=MONDAY - timedelta(days=60)
    )

    with_counsel = desk.get("/desk/policy/").content.decode()

    assert "法務担当として" in alone
    assert "法務担当として" not in with_counsel
