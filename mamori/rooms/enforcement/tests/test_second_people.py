"""A measure and a policy take two people who did not make each other, and neither of them new."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.grammar.actor import Role
from mamori.ground.people.models import Account, Introduction
from mamori.ground.terms import actions as terms
from mamori.law.settings import COUNTS_AFTER
from mamori.rooms.enforcement.findings.matter import somebody_else
from mamori.rooms.enforcement.measures.actions import deciding
from mamori.rooms.enforcement.measures.refusals import SecondPerson
from mamori.rooms.enforcement.models import Measure
from mamori.rooms.enforcement.policy import actions as policy_actions
from mamori.rooms.enforcement.tests.conftest import MONDAY, actor, counsel, heard, lead, machine, ring, wish
from mamori.rooms.enforcement.tests.policy_changing import edited
from tests.laid import laid

pytestmark = pytest.mark.usefixtures("shops", "staff")
EARLY = MONDAY - timedelta(days=60)


@laid
def staff(db: None) -> None:
    """A lead, and counsel whom that lead added two months ago."""
    for number, role in ((2, "lead"), (3, "counsel")):
        Account.objects.create(pk=number, email=f"{number}@example.jp", name=role, role=role, added_at=EARLY)
    Introduction.objects.create(account_id=3, by="staff:2", at=EARLY)


def test_whom_the_proposer_added_does_not_approve_a_measure() -> None:
    measure = deciding.decide(lead(), finding=heard(), wish=wish("suspended", 30))

    with pytest.raises(SecondPerson):
        deciding.approve(counsel(), measure=measure)

    assert not somebody_else(("staff:2",), MONDAY)
    ring(MONDAY + timedelta(days=2))
    assert Measure.objects.get(pk=measure).approved_by == ""


def test_through_whom_somebody_was_brought_in_goes_by_the_days_that_were_set_at_the_moment_asked_about() -> (
    None
):
    for number, role, by, days in ((5, "agent", 2, 0), (6, "lead", 5, 10)):
        at = EARLY + timedelta(days=days)
        Account.objects.create(pk=number, email=f"{number}@example.jp", name=role, role=role, added_at=at)
        Introduction.objects.create(account_id=number, by=f"staff:{by}", at=at)
    later = MONDAY + timedelta(days=1)
    terms.set(machine(later), setting=COUNTS_AFTER, value=30)

    assert somebody_else(("staff:2",), MONDAY), "by then the agent counted who brought the other lead in"
    assert not somebody_else(("staff:2",), later)


def test_who_is_new_does_not_approve_a_measure_yet_and_is_waited_for() -> None:
    Account.objects.create(pk=4, email="4@example.jp", name="new", role="lead", added_at=MONDAY)
    measure = deciding.decide(lead(), finding=heard(), wish=wish("suspended", 30))

    with pytest.raises(SecondPerson):
        deciding.approve(actor("lead:4", Role.LEAD), measure=measure)

    ring(MONDAY + timedelta(days=6))
    assert Measure.objects.get(pk=measure).state == "proposed"
    deciding.approve(actor("lead:4", Role.LEAD, MONDAY + timedelta(days=7)), measure=measure)
    assert Measure.objects.get(pk=measure).approved_by == "staff:4"


def test_a_policy_is_not_published_nor_given_up_by_whom_its_proposer_added(proposed: int) -> None:
    Account.objects.create(pk=1, email="1@example.jp", name="drafts", role="lead", added_at=EARLY)
    Introduction.objects.create(account_id=1, by="staff:2", at=EARLY)
    friend, third = actor("lead:2", Role.LEAD), actor("counsel:3", Role.COUNSEL)

    with pytest.raises(policy_actions.AnotherApproves):
        policy_actions.publish_policy(friend, number=proposed, version=edited(proposed))
    policy_actions.publish_policy(third, number=proposed, version=edited(proposed))
    with pytest.raises(policy_actions.AnotherDiscards):
        policy_actions.discard_policy(friend, number=proposed, reason="やめる")
    policy_actions.discard_policy(third, number=proposed, reason="やめる")
