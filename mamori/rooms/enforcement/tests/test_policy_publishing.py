"""A change of policy from its proposal to force: approved by another, announced, told, begun, replaced, given up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from mamori.grammar.actor import Role
from mamori.grammar.statechart import StepNotOpen
from mamori.ground.clocks import actions as clocks
from mamori.ground.clocks.models import Clock
from mamori.ground.ledger import facts as records
from mamori.ground.market import actions as market
from mamori.ground.market.actions import SellerLine
from mamori.ground.outbox.models import Notice
from mamori.japan.written import ReasonNeeded
from mamori.rooms.enforcement.lifecycle import PolicyState
from mamori.rooms.enforcement.models import Policy
from mamori.rooms.enforcement.policy import actions, records as policy_records
from mamori.rooms.enforcement.policy.records import PolicyChanged, PolicyWaits
from mamori.rooms.enforcement.policy.rules.judging import Haste
from mamori.rooms.enforcement.tasks import POLICY_RINGS
from mamori.rooms.enforcement.tests.policy_changing import (
    MONDAY,
    STRICTER,
    actor,
    change,
    edited,
    machine,
    other,
    settle,
    table,
)

pytestmark = pytest.mark.django_db


def test_a_table_with_a_gap_is_not_proposed(draft: int) -> None:
    actions.drop_row(actor(), number=draft, version=edited(draft), row="1")

    with pytest.raises(actions.PolicyNotWhole) as refused:
        actions.propose_policy(actor(), number=draft, version=edited(draft), reason="x")

    assert "has 1 fault(s)" in refused.value.sentence.en


def test_leads_and_counsel_are_told_that_a_proposal_waits(proposed: int) -> None:
    assert told("enforcement.policy_proposed") == ["counsel", "lead"]
    with pytest.raises(StepNotOpen):
        actions.propose_policy(actor(), number=proposed, version=edited(proposed), reason="x")
    with pytest.raises(PolicyWaits):
        actions.drop_row(actor(), number=proposed, version=edited(proposed), row="1")


def test_who_proposed_cannot_approve_whatever_the_role(proposed: int) -> None:
    for role in (Role.LEAD, Role.COUNSEL):
        with pytest.raises(actions.AnotherApproves):
            actions.publish_policy(actor(f"{role}:1", role), number=proposed, version=edited(proposed))


def test_the_database_refuses_one_person_in_both_places(proposed: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Policy.objects.filter(number=proposed).update(approved_by="staff:1")


def test_what_was_looked_at_is_what_is_approved(proposed: int) -> None:
    with pytest.raises(PolicyChanged):
        actions.publish_policy(other(), number=proposed, version=edited(proposed) - 1)


def test_a_version_binds_when_its_notice_is_over(announced: int) -> None:
    row = Policy.objects.get(number=announced)

    assert (row.state, row.binds_on) == (PolicyState.ANNOUNCED, date(2026, 12, 23))
    assert policy_records.in_force(MONDAY + timedelta(days=15)).number == 0
    assert policy_records.in_force(MONDAY + timedelta(days=16)).number == announced


def shops(count: int) -> None:
    for n in range(count):
        market.put_seller(machine(MONDAY), SellerLine(ref=f"S-{n:03}", name="店"))


def told(template: str) -> list[str]:
    return sorted(Notice.objects.filter(template=template).values_list("to", flat=True))


def test_every_seller_is_told_once_of_a_published_version(proposed: int) -> None:
    shops(60)
    actions.publish_policy(other(), number=proposed, version=edited(proposed))

    settle(at=MONDAY)

    assert told("enforcement.policy_told") == [f"seller:S-{n:03}" for n in range(60)]
    notice = Notice.objects.filter(template="enforcement.policy_told").latest("pk")
    assert "2026年12月23日" in notice.body["ja"]
    assert "8番：是正のお願い、14→21日" in notice.body["ja"]
    assert "row 8: correction request, 14 → 21 days" in notice.body["en"]


def test_who_was_told_is_told_when_it_is_given_up(proposed: int) -> None:
    shops(3)
    actions.publish_policy(other(), number=proposed, version=edited(proposed))
    settle(at=MONDAY)

    actions.discard_policy(other(), number=proposed, reason="誤り")
    settle(at=MONDAY)

    assert len(told("enforcement.policy_called_off")) == 3


def test_nobody_is_told_of_what_was_given_up_before(proposed: int) -> None:
    shops(3)
    actions.publish_policy(other(), number=proposed, version=edited(proposed))

    actions.discard_policy(other(), number=proposed, reason="誤り")
    settle(at=MONDAY)

    assert told("enforcement.policy_told") == []


def test_the_clock_begins_it_and_the_next_one_replaces_it(announced: int) -> None:
    clocks.fire_due(at=MONDAY + timedelta(days=16), tasks=POLICY_RINGS)
    later = MONDAY + timedelta(days=20)
    second = actions.draft_policy(actor(at=later))
    actions.put_row(actor(at=later), number=second, version=0, row=replace(STRICTER, days=28))
    actions.propose_policy(actor(at=later), number=second, version=1, reason="x")
    actions.publish_policy(other(later), number=second, version=2)
    clocks.fire_due(at=later + timedelta(days=16), tasks=POLICY_RINGS)

    rows = Policy.objects.order_by("number")

    assert [row.state for row in rows] == [PolicyState.REPLACED, PolicyState.IN_FORCE]
    assert rows[0].closed_at == later + timedelta(days=16)
    assert not Clock.objects.filter(done_at__isnull=True).exists()
    assert [act.kind for act in records.acts_about("enforcement.policy:1")] == [
        "enforcement.draft_policy",
        "enforcement.put_row",
        "enforcement.propose_policy",
        "enforcement.publish_policy",
        "enforcement.begin_policy",
        "enforcement.replace_policy",
    ]


def test_a_proposal_that_nobody_approves_is_a_draft_again(proposed: int) -> None:
    clocks.fire_due(at=MONDAY + timedelta(days=15), tasks=POLICY_RINGS)

    row = Policy.objects.get(number=proposed)
    assert (row.state, row.proposed_by) == (PolicyState.DRAFT, "")
    assert Notice.objects.filter(template="enforcement.policy_lapsed").count() == 2


def test_nothing_is_published_over_a_version_that_waits_for_its_day(announced: int) -> None:
    second = actions.draft_policy(actor())
    base = table(second)
    actions.put_row(actor(), number=second, version=0, row=replace(STRICTER, days=28))
    actions.propose_policy(actor(), number=second, version=1, reason="x")

    with pytest.raises(actions.AnotherAnnounced):
        actions.publish_policy(other(), number=second, version=2)

    assert base == table(announced)


def test_a_listed_exception_needs_its_reason_and_binds_after_a_day(proposed: int) -> None:
    shops(1)
    with pytest.raises(ReasonNeeded):
        actions.publish_policy(other(), number=proposed, version=edited(proposed), haste=Haste.LAW)

    actions.publish_policy(
        other(), number=proposed, version=edited(proposed), haste=Haste.LAW, reason="省令の改正"
    )

    assert Policy.objects.get(number=proposed).binds_on == date(2026, 12, 9)
    settle(at=MONDAY)
    notice = Notice.objects.get(template="enforcement.policy_told_soon")
    assert "法令・行政や裁判所の求め" in notice.body["ja"]
    act = records.acts_about(f"enforcement.policy:{proposed}")[-1]
    assert act.content is not None
    assert (act.content["ground"], act.content["reason"]) == ("required-by-law", "省令の改正")


def test_milder_everywhere_is_not_believed_but_tried(proposed: int) -> None:
    with pytest.raises(actions.HasteUnfounded):
        actions.publish_policy(
            other(), number=proposed, version=edited(proposed), haste=Haste.MILDER, reason="軽くするだけ"
        )


def test_what_is_milder_everywhere_binds_soon(draft: int) -> None:
    change(draft, days=10)
    actions.propose_policy(actor(), number=draft, version=1, reason="x")

    actions.publish_policy(other(), number=draft, version=2, haste=Haste.MILDER, reason="軽くするだけ")

    assert Policy.objects.get(number=draft).binds_on == date(2026, 12, 9)


def test_a_table_spoiled_after_its_proposal_is_not_published(proposed: int) -> None:
    row = Policy.objects.get(number=proposed)
    row.table["decision"]["nodes"][1]["content"]["rules"].pop()
    row.save()

    with pytest.raises(actions.PolicyNotWhole):
        actions.publish_policy(other(), number=proposed, version=edited(proposed))


def test_a_change_is_given_up_until_its_day_has_come(announced: int) -> None:
    for at in (MONDAY + timedelta(days=16), MONDAY + timedelta(days=20)):
        with pytest.raises(actions.PolicyBinds):
            actions.discard_policy(other(at), number=announced, reason="誤り")

    actions.discard_policy(other(), number=announced, reason="誤りがあった")

    row = Policy.objects.get(number=announced)
    assert (row.state, row.closed_at) == (PolicyState.DISCARDED, MONDAY)
    assert not Clock.objects.filter(done_at__isnull=True).exists()
    assert policy_records.in_force(MONDAY + timedelta(days=30)).number == 0


def test_a_discarded_number_is_not_given_again(draft: int) -> None:
    actions.discard_policy(actor(), number=draft, reason="要らなくなった")

    assert actions.draft_policy(actor()) == draft + 1


def test_who_proposed_a_published_version_does_not_give_it_up_alone(announced: int) -> None:
    for role in (Role.LEAD, Role.COUNSEL):
        with pytest.raises(actions.AnotherDiscards):
            actions.discard_policy(actor(f"{role}:1", role), number=announced, reason="やはりやめる")

    assert Policy.objects.get(number=announced).state == PolicyState.ANNOUNCED


def test_who_proposed_may_give_up_what_nobody_approved_yet(proposed: int) -> None:
    actions.discard_policy(actor(), number=proposed, reason="やはりやめる")

    assert Policy.objects.get(number=proposed).state == PolicyState.DISCARDED


def test_a_published_version_is_not_edited(announced: int) -> None:
    with pytest.raises(StepNotOpen):
        actions.drop_row(actor(), number=announced, version=edited(announced), row="1")
