"""Decisions: what the table answers, by whom, within which bounds, on which clause; two people, one effect."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mamori.grammar.actor import Role
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.clocks import facts as clocks
from mamori.ground.market import actions as market
from mamori.ground.market.actions import SellerLine
from mamori.ground.market.facts import SellerState
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.outbox import facts as outbox
from mamori.ground.people.models import Account
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.findings.matter import NotThere
from mamori.rooms.enforcement.measures import statements
from mamori.rooms.enforcement.measures.actions import deciding
from mamori.rooms.enforcement.measures.actions.deciding import Wish
from mamori.rooms.enforcement.models import Finding, Measure, Strike
from mamori.rooms.enforcement.policy import records
from mamori.rooms.enforcement.rules.bounds import Unheard
from mamori.rooms.enforcement.tests.conftest import (
    MONDAY,
    actor,
    agent,
    counsel,
    decided,
    find,
    heard,
    lead,
    machine,
    ring,
    wish,
)

pytestmark = pytest.mark.usefixtures("shops")
REQUEST = wish("listing-hidden", 14, unheard=Unheard.LAW, ground="statutory-request", document=" 要請 第7号 ")


def the(finding: int) -> Finding:
    return Finding.objects.get(pk=finding)


def as_answered(finding: int) -> Wish:
    """Return the wish that the policy in force answers."""
    answer = records.judge(the(finding), MONDAY).answer
    return wish(answer.measure, answer.days)


def test_an_agent_decides_as_the_table_answers() -> None:
    finding = heard(severity=Severity.MINOR)

    measure = Measure.objects.get(pk=deciding.decide(agent(), finding=finding, wish=as_answered(finding)))

    assert measure.kind == measure.proposed
    assert measure.trace["breach"] == "display"
    assert the(finding).state == "decided"


def test_only_a_lead_or_counsel_decides_otherwise_than_the_table() -> None:
    finding = heard(severity=Severity.MINOR)

    with pytest.raises(Refusal) as refused:
        deciding.decide(agent(), finding=finding, wish=wish("listing-hidden", 90))

    assert refused.value.code == "other-than-table"
    assert not Measure.objects.exists()


def test_what_is_graver_than_the_table_waits_for_another_person() -> None:
    finding = heard()

    measure = deciding.decide(lead(), finding=finding, wish=wish("suspended", 30))

    assert Measure.objects.get(pk=measure).state == "proposed"
    assert the(finding).state == "proposed"
    with pytest.raises(Refusal) as alone:
        deciding.approve(lead(), measure=measure)
    with pytest.raises(Refusal) as same_person:
        deciding.approve(actor("counsel:2", Role.COUNSEL), measure=measure)
    with pytest.raises(StepNotYours):
        deciding.approve(agent(), measure=measure)
    assert alone.value.code == same_person.value.code == "second-person"

    deciding.approve(counsel(), measure=measure)

    found = Measure.objects.get(pk=measure)
    assert (found.decided_by, found.approved_by) == ("staff:2", "staff:3")
    assert found.state == "ordered"


def test_what_was_not_approved_goes_back_to_be_heard_where_nobody_was() -> None:
    finding = find(harm=Reach.DANGER, listing="")
    given = wish("suspended", 30, unheard=Unheard.DANGER)
    measure = deciding.decide(lead(), finding=finding, wish=given)

    deciding.send_back(counsel(), measure=measure, reason="先に聴く")

    assert the(finding).state == "found"
    findings.ask_view(lead(), finding=finding)


def test_a_seller_who_spoke_meanwhile_was_heard_whatever_the_form_says() -> None:
    finding = heard(harm=Reach.DANGER)

    measure = deciding.decide(
        lead(), finding=finding, wish=wish("listing-removed", 0, unheard=Unheard.DANGER)
    )

    assert the(finding).because_unheard == ""
    said = statements.read(Measure.objects.get(pk=measure))
    assert said is not None


def test_what_was_not_approved_waits_for_another_decision() -> None:
    finding = heard()
    measure = deciding.decide(lead(), finding=finding, wish=wish("suspended", 30))

    deciding.send_back(counsel(), measure=measure, reason="重すぎる")

    assert Measure.objects.get(pk=measure).state == "rejected"
    assert the(finding).state == "heard"
    assert not Strike.objects.exists()
    again = deciding.decide(lead(), finding=finding, wish=wish("suspended", 30))
    assert again != measure


def test_a_measure_that_nobody_approves_is_asked_for_again() -> None:
    Account.objects.create(
        pk=3, email="c@example.jp", name="c", role="counsel", added_at=MONDAY - timedelta(days=60)
    )
    measure = deciding.decide(lead(), finding=heard(), wish=wish("suspended", 30))

    ring(MONDAY + timedelta(days=3))

    assert Measure.objects.get(pk=measure).state == "proposed"
    asked = [one for one in outbox.notices(to="lead", limit=50) if one.template == "enforcement.to_approve"]
    assert len(asked) >= 3
    assert clocks.open_clocks(f"enforcement.measure:{measure}")


def test_where_nobody_else_could_approve_time_takes_their_place() -> None:
    measure = deciding.decide(lead(), finding=heard(), wish=wish("suspended", 30))

    ring(MONDAY + timedelta(days=2))

    found = Measure.objects.get(pk=measure)
    assert found.state == "ordered"
    assert found.approved_by == ""
    deciding.miss_approval(machine(), measure=measure)
    assert Measure.objects.get(pk=measure).state == "ordered"


def test_what_is_not_possible_any_more_when_time_would_approve_it_goes_back() -> None:
    finding = heard()
    measure = deciding.decide(lead(), finding=finding, wish=wish("suspended", 30))
    closed = SellerLine(ref="S-1", name="店", state=SellerState.CLOSED)
    market.put_seller(machine(), closed)

    deciding.miss_approval(machine(), measure=measure)

    assert Measure.objects.get(pk=measure).state == "rejected"
    assert the(finding).state == "heard"
    assert clocks.open_clocks(f"enforcement.finding:{finding}")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (wish("hanging", 3), "measure-unknown"),
        (wish("listing-hidden", 0), "days-out-of-bounds"),
        (wish("listing-hidden", 91), "days-out-of-bounds"),
        (wish("listing-removed", 3), "days-out-of-bounds"),
        (wish(amount=1), "amount-out-of-bounds"),
        (wish("payout-held", 14, amount=-1), "amount-out-of-bounds"),
        (wish("payout-held", 14, amount=1_000_000_001), "amount-out-of-bounds"),
        (wish("review-removed", 0), "beside-the-breach"),
        (wish("category-closed", 30), "nothing-to-touch"),
        (Wish(measure="notice", days=0, reason=" "), "reason-needed"),
    ],
)
def test_a_wish_outside_its_bounds_is_refused_and_nothing_is_done(given: Wish, code: str) -> None:
    finding = heard()

    with pytest.raises(Refusal) as refused:
        deciding.decide(lead(), finding=finding, wish=given)

    assert refused.value.code == code
    assert not Measure.objects.exists()
    assert the(finding).state == "heard"


def test_no_measure_without_a_clause_that_binds_this_seller() -> None:
    finding = find(seller_ref="S-2", listing="L-2")

    with pytest.raises(Refusal) as refused:
        deciding.decide(lead(), finding=finding, wish=wish("notice", 0))

    assert refused.value.code == "no-clause"


def test_a_request_under_the_law_needs_no_clause_and_does_not_wait_but_two_people_and_its_document() -> None:
    finding = find(seller_ref="S-2", listing="L-2", severity=Severity.GRAVE)

    number = deciding.decide(lead(), finding=finding, wish=REQUEST)
    proposed = Measure.objects.get(pk=number)
    assert (proposed.state, the(finding).state) == ("proposed", "proposed")
    deciding.approve(counsel(), measure=number)

    measure = Measure.objects.get(pk=number)
    assert (measure.clause, measure.ground, measure.state) == ("", "statutory-request", "ordered")
    made = statements.read(measure)
    assert made is not None
    assert "（文書：要請 第7号）" in str(made.part("basis"))


@pytest.mark.parametrize("document", ["", " \n", "あ" * 201])
def test_what_rests_on_the_law_names_the_document_that_asks_for_it(document: str) -> None:
    finding = find(severity=Severity.GRAVE)

    with pytest.raises(Refusal) as refused:
        deciding.decide(lead(), finding=finding, wish=replace(REQUEST, document=document))

    assert refused.value.code == "document-unnamed"
    assert not Measure.objects.exists()


def test_nobody_alone_puts_the_law_in_the_place_of_the_clause() -> None:
    finding = heard()
    law = replace(REQUEST, unheard=None)

    number = deciding.decide(agent(), finding=finding, wish=law)

    assert Measure.objects.get(pk=number).state == "proposed"
    with pytest.raises(Refusal) as refused:
        deciding.approve(agent(), measure=number)
    assert refused.value.code == "step-not-yours"


def test_a_document_is_kept_only_where_the_law_is_the_basis() -> None:
    number = deciding.decide(lead(), finding=heard(), wish=wish(document="要請 第7号"))

    assert Measure.objects.get(pk=number).document == ""


def test_the_seller_is_heard_first_unless_danger_forbids_waiting() -> None:
    finding = find()
    dangerous = find(
        origin="danger", breach="dangerous-goods", severity=Severity.GRAVE, harm=Reach.DANGER, listing=""
    )

    for unheard in (None, Unheard.DANGER, Unheard.LAW):
        with pytest.raises(Refusal) as refused:
            deciding.decide(lead(), finding=finding, wish=wish("listing-hidden", 14, unheard=unheard))
        assert refused.value.code == "hearing-owed"
    number = deciding.decide(
        lead(), finding=dangerous, wish=wish("new-listings-stopped", 14, unheard=Unheard.DANGER)
    )

    made = statements.read(Measure.objects.get(pk=number))
    assert made is not None
    assert "危険" in (made.part("hearing") or made.parts[0].text).ja


def test_a_leads_word_on_fraud_needs_a_second_person() -> None:
    finding = find(breach="fraud", severity=Severity.GRAVE, harm=Reach.MONEY)

    number = deciding.decide(lead(), finding=finding, wish=wish("payout-held", 14, unheard=Unheard.FRAUD))

    assert Measure.objects.get(pk=number).state == "proposed"


def test_the_same_measure_does_not_stand_twice_against_the_same_listing() -> None:
    decided()
    finding = heard(origin="test:2")

    with pytest.raises(Refusal) as refused:
        deciding.decide(lead(), finding=finding, wish=wish())

    assert refused.value.code == "already-stands"
    other = decided(origin="test:3", listing="L-3")
    assert other.target_ref == "L-3"


def test_two_people_who_decide_at_once_make_one_measure_and_one_is_told_what_changed() -> None:
    finding = heard()
    version = the(finding).version
    deciding.decide(lead(), finding=finding, wish=wish(), version=version)

    with pytest.raises(ChangedMeanwhile):
        deciding.decide(counsel(), finding=finding, wish=wish("notice", 0), version=version)
    with pytest.raises(StepNotOpen):
        deciding.decide(counsel(), finding=finding, wish=wish("notice", 0))

    assert Measure.objects.count() == Strike.objects.count() == 1


def test_points_are_those_of_the_row_and_expire() -> None:
    measure = decided()

    strike = Strike.objects.get(measure=measure)
    assert strike.points == measure.trace["points"] > 0
    assert records.counted_points("S-1", MONDAY) == strike.points
    assert records.counted_points("S-1", strike.until) == 0
    assert records.counted_points("S-2", MONDAY) == 0


def test_points_that_count_make_the_next_situation_graver() -> None:
    before = records.judge(the(heard()), MONDAY).situation.history
    for number in range(3):
        decided(origin=f"past:{number}", listing="L-1" if number == 0 else "L-3", measure="notice", days=0)

    after = records.judge(the(heard(origin="now")), MONDAY).situation.history

    assert before != after


def test_the_statement_says_a_fact_for_each_condition_and_is_kept_as_given() -> None:
    measure = decided()

    made = statements.read(measure)

    assert made is not None
    said = {part.about for part in made.parts}
    assert {"breach", "severity", "history", "cure", "harm", "basis", "measure", "hearing", "appeal"} <= said
    assert "規約「" in (made.part("basis") or made.parts[0].text).ja
    assert made.dsa["decision_visibility"] == ["DECISION_VISIBILITY_CONTENT_DISABLED"]
    assert "返品".encode() not in bytes(measure.statement or b"")


def test_the_seller_is_told_what_until_when_and_how_to_appeal() -> None:
    decided()

    [notice, _] = outbox.notices(to="seller:S-1", limit=5)
    assert notice.template == "enforcement.decided"
    assert "商品の一時非表示" in notice.body["ja"]
    assert "異議" in notice.body["ja"]


def test_who_reported_hears_the_kind_of_outcome_and_never_the_measure() -> None:
    decided(reporter="buyer:B-1")

    [notice] = outbox.notices(to="buyer:B-1", limit=5)
    assert notice.template == "enforcement.reporter_told"
    assert "非表示" not in notice.body["ja"]


def test_nothing_is_decided_about_what_is_not_there() -> None:
    with pytest.raises(NotThere):
        deciding.decide(lead(), finding=999, wish=wish())
    with pytest.raises(NotThere):
        deciding.approve(lead(), measure=999)
