"""The time to decide stands still while the seller is heard: nobody is pressed to decide before they may."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.measure import Reach, Severity
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.clocks.facts import ClockFact
from mamori.ground.outbox import facts as outbox
from mamori.law.deadlines import FINDING_GRAVE
from mamori.rooms.contact.facts import month_of
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.measures.actions import deciding
from mamori.rooms.enforcement.measures.queries import promptness
from mamori.rooms.enforcement.models import Finding
from mamori.rooms.enforcement.rules.bounds import Unheard
from mamori.rooms.enforcement.tests.conftest import (
    MONDAY,
    agent,
    counsel,
    find,
    lead,
    machine,
    ring,
    seller,
    wish,
)

pytestmark = pytest.mark.usefixtures("shops")
HOUR = timedelta(hours=1)


def grave() -> int:
    return find(breach="fraud", severity=Severity.GRAVE, harm=Reach.MONEY)


def decision(finding: int) -> ClockFact:
    [found] = [
        clock
        for clock in clocks.open_clocks(f"enforcement.finding:{finding}")
        if clock.kind == FINDING_GRAVE.code
    ]
    return found


def pressed() -> int:
    return sum(one.template == "enforcement.overdue" for one in outbox.notices(to="lead", limit=50))


def test_nobody_is_reminded_to_decide_while_the_seller_is_heard() -> None:
    finding = grave()
    due = findings.ask_view(agent(), finding=finding)

    ring(due - HOUR)

    assert decision(finding).stands_still
    assert "判断の期限は進みません" in str(decision(finding).still_because)
    assert pressed() == 0


def test_after_the_hearing_as_much_time_is_left_as_there_was_before_it_and_its_account_says_why() -> None:
    finding = grave()
    findings.ask_view(agent(MONDAY + HOUR), finding=finding)
    before = decision(finding).due_at

    findings.state_view(seller(MONDAY + 31 * HOUR), finding=finding, said="違います")

    assert decision(finding).due_at == before + timedelta(hours=30)
    assert any("判断の期限は進みません" in why.ja for why in decision(finding).why)
    ring(decision(finding).due_at)
    assert pressed() == 1


def test_it_runs_on_when_the_seller_says_nothing_and_when_the_decision_does_not_wait() -> None:
    silent, fast = grave(), find(breach="fraud", severity=Severity.GRAVE, origin="test:fast")
    due = findings.ask_view(agent(), finding=silent)
    findings.ask_view(agent(), finding=fast)
    deciding.decide(lead(MONDAY + HOUR), finding=fast, wish=wish("payout-held", 14, unheard=Unheard.FRAUD))
    assert not decision(fast).stands_still

    ring(due)

    assert not decision(silent).stands_still
    assert decision(silent).due_at > due


def test_a_decision_that_was_overdue_when_the_seller_was_asked_waits_without_a_reminder() -> None:
    finding = grave()
    late = decision(finding).due_at

    findings.ask_view(agent(late), finding=finding)
    ring(late)

    assert (pressed(), decision(finding).stands_still) == (0, True)
    findings.state_view(seller(late + HOUR), finding=finding, said="違います")
    assert not decision(finding).stands_still


def test_a_case_whose_decision_was_overdue_is_due_again_when_the_hearing_ends() -> None:
    finding = grave()
    late = decision(finding).due_at
    due = findings.ask_view(agent(late), finding=finding)

    ring(late)

    assert cases.case_of(f"enforcement.finding:{finding}").next_due_at == due


def test_a_hearing_that_ends_otherwise_than_by_its_clock_leaves_no_clock_behind() -> None:
    finding = grave()
    findings.ask_view(agent(), finding=finding)

    findings.end_hearing(machine(MONDAY + HOUR), finding=finding)

    assert [one.kind for one in clocks.open_clocks(f"enforcement.finding:{finding}")] == [FINDING_GRAVE.code]


def test_nobody_is_reminded_to_decide_what_was_proposed_but_of_what_was_sent_back() -> None:
    finding = grave()
    late = decision(finding).due_at
    fraud = wish("payout-held", 14, unheard=Unheard.FRAUD)
    deciding.decide(lead(late - HOUR), finding=finding, wish=fraud)

    ring(late)

    assert pressed() == 0
    measure = Finding.objects.get(pk=finding).measures.get()
    deciding.send_back(counsel(late), measure=measure.pk, reason="証拠が足りない")
    ring(decision(finding).due_at)
    assert pressed() == 1


def test_the_case_page_says_why_the_clock_stands_still(enter: Enter) -> None:
    finding = grave()
    findings.ask_view(agent(), finding=finding)
    number = cases.case_of(f"enforcement.finding:{finding}").number

    page = enter(Role.AGENT).get(f"/desk/cases/{number}/").content.decode()

    assert "出品者の意見を待っている間は、判断の期限は進みません。" in page


def test_promptness_counts_the_hearing_and_says_its_share() -> None:
    heard, cut, never = find(), find(origin="test:cut"), find(origin="test:never")
    findings.ask_view(agent(), finding=heard)
    findings.state_view(seller(MONDAY + 40 * HOUR), finding=heard, said="違います")
    deciding.decide(lead(MONDAY + 50 * HOUR), finding=heard, wish=wish())
    over = MONDAY + 2 * HOUR
    Finding.objects.filter(pk=cut).update(state="decided", asked_at=MONDAY, decided_at=over, closed_at=over)
    deciding.decide(lead(), finding=never, wish=wish("notice", 0))

    found = {one.figure.code: one for one in promptness(month_of(MONDAY))}

    share = found["enforcement.serious_hearing"]
    assert (share.value, share.of) == (Decimal(2), 2)
    assert found["enforcement.serious_median"].value == Decimal(2)
    Finding.objects.filter(pk=cut).update(asked_at=None)
    share = {one.figure.code: one for one in promptness(month_of(MONDAY))}["enforcement.serious_hearing"]
    assert (share.value, share.of) == (Decimal(40), 1)
