"""What sellers accepted and what the operator set, from which moment on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import BusinessDays, Hours
from mamori.grammar.citation import Citation, Confidence
from mamori.grammar.declaration import Deadline, Setting
from mamori.grammar.line import Force
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.terms import actions, facts
from mamori.ground.terms.actions import (
    ClosingDaysUnreadable,
    DeadlineNotStricter,
    SettingNotAmong,
    SettingNotYours,
    SettingOutOfBounds,
)
from mamori.ground.terms.models import ClauseAcceptance, SettingValue

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)
LATER = MONDAY + timedelta(days=1)
TITLE = Text("上限", "ceiling")
LAW = Citation(Text("法", "the Act"), "1", Confidence.STATUTE)
CEILING = Setting(code="ceiling", title=TITLE, default=30_000, citation=LAW, least=0, most=100_000)
WORDED = Setting(code="worded", title=TITLE, default="a", citation=LAW)
FREE = Deadline(code="free", title=TITLE, duration=Hours(48), citation=LAW)
FIXED = Deadline(code="fixed", title=TITLE, duration=Hours(48), citation=LAW, force=Force.SHALL)
LEAD = Actor(by="staff:1", role=Role.LEAD, at=MONDAY, via="test")


def accept(version: int, at: datetime) -> bool:
    return actions.accept(seller_ref="S-1", clause="recovery", version=version, at=at, source="market")


def test_a_clause_counts_from_its_acceptance_on() -> None:
    accept(1, MONDAY)
    accept(2, LATER)

    versions = [
        facts.accepted(seller_ref="S-1", clause="recovery", at=at)
        for at in (MONDAY - timedelta(seconds=1), MONDAY, LATER)
    ]

    assert versions == [None, 1, 2]
    assert facts.accepted(seller_ref="S-2", clause="recovery", at=LATER) is None
    assert facts.accepted(seller_ref="S-1", clause="other", at=LATER) is None


def test_the_same_acceptance_told_twice_is_one_and_on_record_once() -> None:
    news = [accept(1, MONDAY), accept(1, MONDAY)]

    assert news == [True, False]
    assert ClauseAcceptance.objects.count() == 1
    assert len(ledger.acts_about("terms.clause:recovery")) == 1


def test_an_acceptance_can_be_neither_changed_nor_removed() -> None:
    accept(1, MONDAY)

    for change in (
        lambda: ClauseAcceptance.objects.update(version=2),
        lambda: ClauseAcceptance.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_setting_is_its_default_until_the_operator_sets_it() -> None:
    later = Actor(by="staff:1", role=Role.LEAD, at=LATER, via="test")

    actions.set(LEAD, setting=CEILING, value=50_000)
    actions.set(later, setting=CEILING, value=0)

    values = [facts.setting(CEILING, at=at) for at in (MONDAY - timedelta(seconds=1), MONDAY, LATER)]
    assert values == [30_000, 50_000, 0]
    assert len(ledger.acts_about("terms.setting:ceiling")) == 2


@pytest.mark.parametrize("value", [-1, 100_001, True, "50000", Hours(1)])
def test_a_value_outside_the_declaration_is_refused(value: object) -> None:
    with pytest.raises(SettingOutOfBounds) as refused:
        actions.set(LEAD, setting=CEILING, value=value)  # type: ignore[type-var]

    assert "100,000" in refused.value.sentence.ja
    assert facts.setting(CEILING, at=LATER) == 30_000


def test_a_setting_without_bounds_still_keeps_its_type() -> None:
    actions.set(LEAD, setting=WORDED, value="b")

    with pytest.raises(SettingOutOfBounds):
        actions.set(LEAD, setting=WORDED, value=3)  # type: ignore[misc]

    assert facts.setting(WORDED, at=MONDAY) == "b"


def test_a_stored_value_that_the_declaration_no_longer_admits_is_not_in_force() -> None:
    SettingValue.objects.create(code="ceiling", value=100_001, at=MONDAY, by="staff:1")
    SettingValue.objects.create(code="fixed", value="49h", at=MONDAY, by="staff:1")

    assert facts.setting(CEILING, at=MONDAY) == 30_000
    assert facts.duration(FIXED, at=MONDAY) == Hours(48)


def test_a_deadline_of_law_may_only_be_made_stricter_in_its_own_unit() -> None:
    actions.set(LEAD, setting=FIXED, value=Hours(24))

    for wish in (Hours(49), BusinessDays(1), 24):
        with pytest.raises(DeadlineNotStricter):
            actions.set(LEAD, setting=FIXED, value=wish)

    assert facts.duration(FIXED, at=MONDAY) == Hours(24)


def test_a_deadline_of_practice_is_the_operators() -> None:
    declared = facts.duration(FREE, at=MONDAY)

    actions.set(LEAD, setting=FREE, value=BusinessDays(3))

    assert declared == Hours(48)
    assert facts.duration(FREE, at=MONDAY) == BusinessDays(3)


@pytest.mark.parametrize("role", sorted(set(Role) - actions.MAY_SET))
def test_nobody_else_sets_anything(role: Role) -> None:
    eve = Actor(by="eve", role=role, at=MONDAY, via="test")

    for attempt in (
        lambda: actions.set(eve, setting=CEILING, value=1),
        lambda: actions.set(eve, setting=FREE, value=Hours(1)),
        lambda: actions.close(eve, days=["2026-12-29"]),
    ):
        with pytest.raises(SettingNotYours):
            attempt()

    assert not SettingValue.objects.exists()


def test_closing_days_are_days_and_spans_and_replace_the_list_before() -> None:
    later = Actor(by="staff:1", role=Role.LEAD, at=LATER, via="test")

    actions.close(LEAD, days=["2026-12-29/2026-12-31", "2027-01-04"])
    actions.close(later, days=["2026-12-30"])

    before = facts.closing_days(MONDAY - timedelta(seconds=1))
    assert before == frozenset()
    assert facts.closing_days(MONDAY) == {
        date(2026, 12, 29),
        date(2026, 12, 30),
        date(2026, 12, 31),
        date(2027, 1, 4),
    }
    assert facts.closing_days(LATER) == {date(2026, 12, 30)}


@pytest.mark.parametrize(
    "span", ["12/29", "2026-12-31/2026-12-29", "2026-01-01/2027-06-01", "", "2026-02-30"]
)
def test_closing_days_that_cannot_be_read_are_refused(span: str) -> None:
    with pytest.raises(ClosingDaysUnreadable):
        actions.close(LEAD, days=["2026-12-29", span])

    assert facts.closing_days(LATER) == frozenset()


@pytest.mark.parametrize("value", ["pigeon", "", "auto\n"])
def test_a_text_that_may_not_be_chosen_is_refused_with_the_choices(value: str) -> None:
    way = Setting(code="way", title=TITLE, default="auto", citation=LAW, among=("auto", "mail"))

    with pytest.raises(SettingNotAmong, match="auto, mail"):
        actions.set(LEAD, setting=way, value=value)
    actions.set(LEAD, setting=way, value="mail")
    assert facts.setting(way, at=LEAD.at) == "mail"


def test_a_free_text_stands_in_one_line_of_bounded_length() -> None:
    name = Setting(code="name", title=TITLE, default="", citation=LAW, most=5)

    actions.set(LEAD, setting=name, value="守り市場")
    assert facts.setting(name, at=LEAD.at) == "守り市場"
    for value in ("守り市場です", "守り\r\nBcc", "守\u202e"):
        with pytest.raises(SettingNotAmong, match="5"):
            actions.set(LEAD, setting=name, value=value)
