"""How promptly findings led to measures, by severity: what was dismissed is left out, what waits counts as the longest."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.measure import SEVERITY_TEXTS, Severity
from mamori.law import promptness as law
from mamori.rooms.contact.facts import Reading, month_of
from mamori.rooms.enforcement.findings import actions
from mamori.rooms.enforcement.measures.queries import promptness, promptness_of
from mamori.rooms.enforcement.models import Finding
from mamori.rooms.enforcement.rules.bounds import Dismissed
from mamori.rooms.enforcement.tests.conftest import MONDAY, agent, decided, find

pytestmark = pytest.mark.usefixtures("shops")


def readings() -> dict[str, Reading]:
    return {one.figure.code: one for one in promptness(month_of(MONDAY))}


def test_the_hours_count_from_when_it_was_noticed_to_the_decision_by_severity() -> None:
    measure = decided("notice", 0, severity=Severity.SERIOUS)
    Finding.objects.filter(pk=measure.finding_id).update(found_at=MONDAY - timedelta(hours=5, minutes=1))

    found = readings()

    assert [one.figure for one in promptness(month_of(MONDAY))] == list(law.PROMPTNESS)
    assert found["enforcement.serious_found"].value == 1
    assert found["enforcement.serious_median"].value == Decimal("5.1")
    assert found["enforcement.minor_median"].value is None
    assert found["enforcement.minor_median"].of == 0


def test_what_waits_counts_as_the_longest_and_what_was_dismissed_not_at_all() -> None:
    decided("notice", 0, severity=Severity.MINOR)
    find(severity=Severity.MINOR, origin="waits")
    out = find(severity=Severity.MINOR, origin="nothing")
    actions.dismiss(agent(), finding=out, because=Dismissed.NO_BREACH, reason="確かめた")

    found = readings()

    assert found["enforcement.minor_found"].of == 2
    assert found["enforcement.minor_median"].value == 0
    assert found["enforcement.minor_p95"].has_not_happened


def test_twelve_months_in_one_statement_say_what_each_month_says(django_assert_num_queries: Any) -> None:
    measure = decided("notice", 0, severity=Severity.MINOR)
    Finding.objects.filter(pk=measure.finding_id).update(found_at=MONDAY - timedelta(days=31, hours=5))
    find(severity=Severity.MINOR, origin="waits")
    find(severity=Severity.GRAVE, origin="grave")
    last = month_of(MONDAY)
    months = [last.previous.previous, last.previous, last]

    with django_assert_num_queries(1):
        found = promptness_of(months)

    for place, month in enumerate(months):
        each = {one.figure.code: one for one in promptness(month)}
        for severity in Severity:
            seen = found[severity][place]
            assert seen.month == month
            assert seen.of == each[f"enforcement.{severity}_found"].value
            assert seen.median == each[f"enforcement.{severity}_median"].value
            assert seen.p95 == each[f"enforcement.{severity}_p95"].value
    assert found[Severity.MINOR][1].median == Decimal("749.0")
    assert found[Severity.GRAVE][2].of == 1
    assert found[Severity.GRAVE][2].median is None


def test_the_page_shows_each_severity_in_a_picture(enter: Enter) -> None:
    find(severity=Severity.GRAVE, origin="grave")

    page = enter(Role.LEAD).get("/desk/measures/promptness/?month=2026-11").content.decode()

    assert page.count('<svg class="drawn" role="img"') == len(Severity)
    assert (
        f'<title id="measures-grave-title">{SEVERITY_TEXTS[Severity.GRAVE].ja}違反：措置までの時間</title>'
        in page
    )
    assert "2026-11 まだ出ない（95％はまだ出ない、1 件）。</desc>" in page


def test_a_lead_finds_the_figures_beside_the_measures_and_an_agent_does_not(enter: Enter) -> None:
    lead, agent = enter(Role.LEAD), enter(Role.AGENT)

    assert "/desk/measures/promptness/" in lead.get("/desk/measures/").content.decode()
    page = lead.get("/desk/measures/promptness/?month=2026-10").content.decode()
    assert "措置までの時間（重い違反、95％）" in page
    assert "2026-11" in page
    assert "/desk/measures/promptness/" not in agent.get("/desk/measures/").content.decode()
    assert agent.get("/desk/measures/promptness/").status_code == 403
