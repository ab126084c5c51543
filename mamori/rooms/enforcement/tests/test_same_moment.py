"""What comes twice in one moment, or too late, has one effect; the table's own constraints are the last to say so."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from mamori.ground.ledger import facts as ledger
from mamori.law.grounds import REPEAT_BREACH
from mamori.rooms.enforcement.appeals import actions as appeals_actions
from mamori.rooms.enforcement.findings import actions as findings_actions
from mamori.rooms.enforcement.measures.actions import deciding as actions, standing
from mamori.rooms.enforcement.measures.refusals import AlreadyStands, AppealOpen, OtherThanTable
from mamori.rooms.enforcement.models import Appeal, Finding, Measure
from mamori.rooms.enforcement.rules.bounds import Dismissed, Ended
from mamori.rooms.enforcement.tests.conftest import (
    agent,
    answer,
    decided,
    find,
    heard,
    lead,
    machine,
    seller,
    wish,
)

pytestmark = pytest.mark.usefixtures("shops")


def acts(finding: int) -> list[str]:
    return [act.kind for act in ledger.acts_about(f"enforcement.finding:{finding}")]


class Blind:
    """The table of findings as somebody sees it who looked a moment too early."""

    objects = SimpleNamespace(filter=lambda **_: SimpleNamespace(first=lambda: None), get=Finding.objects.get)

    def __new__(cls, **values: Any) -> Any:
        return Finding(**values)


def test_the_same_told_twice_in_one_moment_is_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = find()
    monkeypatch.setattr(findings_actions, "Finding", Blind)

    assert find() == first
    assert Finding.objects.count() == 1


def test_two_findings_cannot_take_the_same_measure_in_one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    decided()
    other = heard(origin="test:2", breach="counterfeit")
    monkeypatch.setattr(actions, "must_fit", lambda *_: None)

    with pytest.raises(AlreadyStands):
        actions.decide(lead(), finding=other, wish=wish())

    assert Measure.objects.filter(kind="listing-hidden").count() == 1


def test_two_appeals_against_one_measure_in_one_moment_are_one() -> None:
    measure = decided()
    first = appeals_actions.appeal(seller(), measure=measure.pk, said="違います")
    second = Appeal(measure=measure, seller_ref="S-1", first_by=measure.decided_by, received_at=seller().at)

    with pytest.raises(AppealOpen):
        appeals_actions.receive(seller(), second, "違います")

    assert [row.pk for row in Appeal.objects.all()] == [first]


def test_what_is_over_is_neither_reminded_of_nor_chased() -> None:
    finding = find()
    findings_actions.dismiss(lead(), finding=finding, because=Dismissed.NO_BREACH, reason="見間違い")
    measure = decided("notice", 0, origin="test:2", breach="counterfeit")
    standing.lift(lead(), measure=measure.pk, because=Ended.MISTAKE, reason="見間違い")
    before = (acts(finding), acts(measure.finding_id))

    findings_actions.remind_decision(machine(), finding=finding)
    standing.chase(machine(), measure=measure.pk, times=1)
    standing.remind_review(machine(), measure=measure.pk)

    assert (acts(finding), acts(measure.finding_id)) == before


def test_a_refusal_of_what_was_done_long_ago_changes_nothing() -> None:
    measure = decided()
    answer(measure.instruction)
    before = acts(measure.finding_id)

    standing.hear_refused(machine(), instruction=measure.instruction)

    assert acts(measure.finding_id) == before
    assert Measure.objects.get(pk=measure.pk).state == "in_force"


def test_a_confirmation_that_comes_again_changes_nothing() -> None:
    measure = decided()
    answer(measure.instruction)
    before = acts(measure.finding_id)

    standing.hear_confirmed(machine(), instruction=measure.instruction)

    assert acts(measure.finding_id) == before


def test_what_was_put_right_lifts_only_what_ends_by_it() -> None:
    measure = decided("notice", 0)

    standing.note_cured(lead(), finding=measure.finding_id, reason="確かめた")

    assert Measure.objects.get(pk=measure.pk).state == "in_force"


def test_an_agent_lets_nothing_come_at_once() -> None:
    finding = heard()

    with pytest.raises(OtherThanTable):
        actions.decide(agent(), finding=finding, wish=wish(at_once=REPEAT_BREACH.code))

    assert not Measure.objects.exists()
