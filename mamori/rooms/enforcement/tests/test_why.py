"""What the seller reads of a deviation and of an amount, the points that fit the measure that was taken, the basis of a hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.measure import Severity
from mamori.grammar.refusal import Refusal
from mamori.ground.cases import facts as cases
from mamori.law.measures import MEASURES, measure as declared
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.findings.queries import matter_of
from mamori.rooms.enforcement.measures import statements
from mamori.rooms.enforcement.measures.actions import deciding
from mamori.rooms.enforcement.measures.refusals import NoClause
from mamori.rooms.enforcement.models import Finding, Measure, Strike
from mamori.rooms.enforcement.policy import records
from mamori.rooms.enforcement.policy.records import DECLARED
from mamori.rooms.enforcement.policy.rules.judging import read_trace
from mamori.rooms.enforcement.tests.conftest import (
    MONDAY,
    WHY_AMOUNT,
    WHY_OTHER,
    agent,
    counsel,
    decided,
    find,
    heard,
    lead,
    machine,
    wish,
)

pytestmark = pytest.mark.usefixtures("shops")


def said(measure: Measure) -> dict[str, str]:
    statement = statements.read(Measure.objects.get(pk=measure.pk))
    assert statement is not None
    return {part.about: part.text.ja for part in statement.parts}


def number(finding: int) -> str:
    return cases.case_of(f"enforcement.finding:{finding}").number


def as_answered(finding: int) -> deciding.Wish:
    answer = records.judge(Finding.objects.get(pk=finding), MONDAY).answer
    return wish(answer.measure, answer.days)


def test_a_seller_reads_why_the_measure_is_not_what_the_policy_answers() -> None:
    measure = decided("notice", 0)

    assert WHY_OTHER.ja in said(measure)["other"]
    assert declared(measure.proposed).title.ja in said(measure)["other"]
    assert "記録のとおり" not in str(said(measure)), "the reason of the record stays there"
    assert WHY_OTHER.ja.encode() not in bytes(Measure.objects.get(pk=measure.pk).why or b"")


@pytest.mark.parametrize(
    ("measure", "days", "missing", "code"),
    [
        ("notice", 0, "why_other", "other-unsaid"),
        ("listing-hidden", 30, "why_other", "other-unsaid"),
        ("payout-held", 14, "why_other", "other-unsaid"),
        ("payout-held", 14, "why_amount", "amount-unsaid"),
    ],
)
def test_a_decision_that_the_seller_could_not_understand_is_refused(
    measure: str, days: int, missing: str, code: str
) -> None:
    finding = heard()

    with pytest.raises(Refusal) as refused:
        deciding.decide(lead(), finding=finding, wish=replace(wish(measure, days), **{missing: None}))

    assert refused.value.code == code
    assert not Measure.objects.exists()


def test_what_is_as_the_policy_answers_needs_no_reason_and_gives_none() -> None:
    finding = heard()
    answered = as_answered(finding)

    deciding.decide(agent(), finding=finding, wish=replace(answered, why_other=None, why_amount=None))
    other = decided(answered.measure, answered.days, origin="test:2", listing="L-3")

    assert "other" not in said(Measure.objects.get(finding=finding))
    assert statements.why_of(other) == {}


def test_a_milder_measure_brings_the_points_that_fit_it_and_a_graver_one_no_more_than_the_row() -> None:
    taken = {
        (measure, days): decided(measure, days, origin=f"t:{measure}{days}", listing=listing)
        for measure, days, listing in (
            ("notice", 0, "L-1"),
            ("listing-hidden", 7, "L-1"),
            ("listing-removed", 0, "L-3"),
        )
    }
    points = {key[0]: Strike.objects.get(measure=one).points for key, one in taken.items()}

    assert points == {"notice": 3, "listing-hidden": 15, "listing-removed": 15}
    assert said(taken["notice", 0])["points"] == "点数：3点"
    assert taken["notice", 0].trace["points"] == 15, "what was answered stays on record"


def test_points_never_grow_as_a_measure_gets_milder_nor_exceed_the_answer() -> None:
    by_gravity = sorted(MEASURES, key=lambda one: one.gravity)
    for breach in ("display", "counterfeit", "fraud", "unanswered"):
        for severity in Severity:
            finding = Finding.objects.get(
                pk=find(breach=breach, severity=severity, origin=f"{breach}{severity}")
            )
            asked = records.judge(finding, MONDAY)
            points = [DECLARED.points_for(asked.situation, one.code) for one in by_gravity]

            assert all(low <= high for low, high in pairwise(points))
            both = (code for code, _ in asked.answer.pair)
            assert points[-1] == DECLARED.points_for(asked.situation, *both)
            assert points[-1] == asked.answer.points
            assert points[0] > 0


def test_the_decider_sees_the_points_of_each_measure_and_so_does_who_approves(enter: Enter) -> None:
    finding = heard(datetime.now(UTC))
    page = enter(Role.LEAD).get(f"/desk/cases/{number(finding)}/enforcement/decide/measure/").content.decode()
    deciding.decide(lead(datetime.now(UTC)), finding=finding, wish=wish("payout-held", 14))
    rows = proposal(finding)

    assert "注意（3点）" in page
    assert "商品の一時非表示（15点）" in page
    assert "基準より軽い措置にすると" in page
    assert rows["点数"] == "15点"
    assert rows["基準と別にする理由（出品者が読みます）"] == WHY_OTHER.ja
    assert rows["この額を保留する理由（出品者が読みます）"] == WHY_AMOUNT.ja


def proposal(finding: int) -> dict[str, str]:
    shown = matter_of(lead(), number(finding)).measures[-1].proposal
    assert shown is not None
    return {what.ja: text.ja for what, text in shown.rows}


@pytest.mark.parametrize(
    ("amount", "words"), [(0, "まだ支払っていない売上金の全額"), (50_000, "上限 50,000円")]
)
def test_a_seller_reads_how_much_is_held_and_why_not_less(amount: int, words: str) -> None:
    measure = decided("payout-held", 14, amount=amount)

    assert words in said(measure)["amount"]
    assert "より少なくできない理由" in said(measure)["amount"]
    assert WHY_AMOUNT.ja in said(measure)["amount"]


def test_a_hold_rests_on_its_clause_and_on_the_ground_besides() -> None:
    finding = heard()
    held = deciding.decide(
        lead(),
        finding=finding,
        wish=wish("payout-held", 14, ground="statutory-request", document="要請 第7号"),
    )
    assert "、および" in proposal(finding)["根拠"]
    deciding.approve(counsel(), measure=held)

    measure = Measure.objects.get(pk=held)
    assert (measure.clause, measure.clause_version, measure.ground) == (
        "payout-hold",
        2,
        "statutory-request",
    )
    assert "売上金の支払いの保留" in said(measure)["basis"]
    assert "、および取引DPF法第4条の要請（文書：要請 第7号）" in said(measure)["basis"]


def test_no_ground_holds_the_money_of_a_seller_who_did_not_accept_the_clause() -> None:
    finding = heard_of_stranger()
    law = wish("payout-held", 14, ground="statutory-request", document="要請 第7号")

    with pytest.raises(NoClause):
        deciding.decide(lead(), finding=finding, wish=law)

    assert deciding.decide(
        lead(),
        finding=finding,
        wish=wish("listing-hidden", 14, ground="statutory-request", document="要請 第7号"),
    )


def heard_of_stranger() -> int:
    finding = find(seller_ref="S-2", listing="L-2")
    findings.ask_view(agent(), finding=finding)
    findings.end_hearing(machine(), finding=finding)
    return finding


def test_points_are_read_from_what_was_asked_then() -> None:
    measure = decided("notice", 0)
    asked = read_trace(measure.trace)

    assert asked is not None
    assert records.points_of(measure.trace, measure.policy, measure.proposed) == asked.answer.points
