"""What is approved is what was proposed: judged again, and refused where anything that it rests on changed since."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotOpen
from mamori.ground.cases import facts as cases
from mamori.ground.people.models import Account
from mamori.rooms.enforcement.measures.actions import deciding, standing
from mamori.rooms.enforcement.models import Finding, Measure, Strike
from mamori.rooms.enforcement.policy.rules.judging import changed
from mamori.rooms.enforcement.rules.bounds import Ended, Unheard
from mamori.rooms.enforcement.tests.conftest import MONDAY, counsel, decided, find, heard, lead, machine, wish

pytestmark = pytest.mark.usefixtures("shops")
SUSPENDED = wish("suspended", 30)


def proposed(**more: object) -> Measure:
    """Propose what is graver than the table answers."""
    number = deciding.decide(lead(), finding=heard(**more), wish=SUSPENDED)
    return Measure.objects.get(pk=number)


def refusal(measure: Measure) -> Refusal:
    """Let counsel try to approve and be refused; nothing is done."""
    strikes = Strike.objects.count()
    with pytest.raises(Refusal) as refused:
        deciding.approve(counsel(), measure=measure.pk)
    measure.refresh_from_db()
    assert (measure.state, measure.statement, Strike.objects.count()) == ("proposed", None, strikes)
    return refused.value


def test_what_was_put_right_since_it_was_proposed_is_not_approved_as_it_stood() -> None:
    measure = proposed()
    standing.note_cured(lead(), finding=measure.finding_id, reason="直っていた")

    refused = refusal(measure)

    assert (refused.code, refused.status) == ("proposal-outdated", 409)
    assert "直したか（直っていない→自ら直した）" in refused.sentence.ja
    deciding.send_back(counsel(), measure=measure.pk, reason="直っている")
    again = deciding.decide(lead(), finding=measure.finding_id, wish=SUSPENDED)
    deciding.approve(counsel(), measure=again)
    assert Measure.objects.get(pk=again).trace["cure"] == "cured"


def test_a_proposal_is_not_dealt_with_by_the_number_of_one_that_was_rejected_before() -> None:
    before = proposed()
    deciding.send_back(counsel(), measure=before.pk, reason="もう一度考える")
    again = deciding.decide(lead(), finding=before.finding_id, wish=SUSPENDED)

    for deal in (
        lambda: deciding.approve(counsel(), measure=before.pk),
        lambda: deciding.send_back(counsel(), measure=before.pk, reason="承認しない"),
    ):
        with pytest.raises(StepNotOpen):
            deal()

    assert Measure.objects.get(pk=again).state == Finding.objects.get().state == "proposed"
    deciding.approve(counsel(), measure=again)


def test_points_that_came_or_went_since_it_was_proposed_are_a_change() -> None:
    before = decided("notice", 0, origin="test:before")
    measure = proposed(origin="test:now")
    standing.lift(lead(), measure=before.pk, because=Ended.MISTAKE, reason="違う店")

    refused = refusal(measure)

    assert refused.code == "proposal-outdated"
    assert "決定前の違反点数" in refused.sentence.ja


def test_a_repeated_breach_has_to_be_repeated_when_it_is_approved_too() -> None:
    before = decided("notice", 0, origin="test:before")
    finding = heard(origin="test:now")
    number = deciding.decide(lead(), finding=finding, wish=wish("closed", 0, at_once="repeat-breach"))
    measure = Measure.objects.get(pk=number)
    strike = Strike.objects.get(measure=before)
    Strike.objects.filter(pk=strike.pk).update(seller_ref="S-2")
    Strike.objects.create(
        finding=Finding.objects.get(pk=heard(origin="test:other", breach="fraud")),
        measure=measure,
        seller_ref="S-1",
        points=strike.points,
        at=strike.at,
        until=strike.until,
    )

    assert refusal(measure).code == "must-wait"


def test_time_approves_nothing_that_changed_since_it_was_proposed() -> None:
    measure = proposed()
    standing.note_cured(lead(), finding=measure.finding_id, reason="直っていた")

    deciding.miss_approval(machine(MONDAY + timedelta(days=2)), measure=measure.pk)

    measure.refresh_from_db()
    assert (measure.state, Finding.objects.get(pk=measure.finding_id).state) == ("rejected", "heard")


def test_every_change_of_the_question_and_the_answer_is_said() -> None:
    trace = proposed().trace
    other = trace | {"harm": "danger", "before": 9, "row": "x", "measure": "notice", "days": 0, "points": 7}

    said = changed(trace, other, policies=(1, 2))

    assert changed(trace, dict(trace), policies=(1, 1)) is None
    assert said is not None
    for words in ("被害（", "→9点", "→第2版", "→x", "・7点"):
        assert words in said.ja
    assert changed(other, other | {"days": 14, "measure": "listing-hidden"}, policies=(2, 2)) is not None


CLOSED = wish("closed", 0, at_once="organised-crime")
FRAUD = wish("payout-held", 14, unheard=Unheard.FRAUD, amount=50_000)
REQUEST = wish("suspended", 30, unheard=Unheard.LAW, ground="statutory-request", document="令和8年 要請第3号")


@pytest.mark.parametrize(
    ("given", "is_heard", "said"),
    [
        (SUSPENDED, True, ("30日", "基準とは別（基準の答え：", "意見を聴いた", "規約「")),
        (CLOSED, True, ("終わりの定めなし", "予告しないで始める事情", "反社会的勢力")),
        (FRAUD, False, ("上限 50,000円", "先に聴かない：待つ間に被害が広がる")),
        (wish("payout-held", 14, unheard=Unheard.FRAUD), False, ("保留する額", "全額")),
        (REQUEST, False, ("先に聴かない：法令に基づく要請", "法第4条の要請（文書：令和8年 要請第3号）")),
    ],
)
def test_who_approves_sees_all_that_is_approved_and_why(
    given: deciding.Wish, is_heard: bool, said: tuple[str, ...], enter: Enter
) -> None:
    finding = heard() if is_heard else find(breach="fraud", severity=Severity.GRAVE, harm=Reach.MONEY)
    measure = deciding.decide(lead(), finding=finding, wish=given)
    Measure.objects.filter(pk=measure).update(decided_by="staff:900")  # no number that who enters may get
    case = f"/desk/cases/{cases.case_of(f'enforcement.finding:{finding}').number}/"
    desk = enter(Role.COUNSEL)

    for path in (case, f"{case}enforcement/{measure}/approve/"):
        page = desk.get(path).content.decode()
        for words in (*said, "提案した人の理由", "記録のとおり"):
            assert words in page, (path, words)


def version_of(measure: Measure) -> int:
    return Finding.objects.get(measures=measure).version


def test_who_proposed_it_is_told_why_somebody_else_has_to_approve_it(enter: Enter) -> None:
    desk = enter(Role.LEAD)
    measure = proposed()
    by = Account.objects.get(role="lead").pk
    Measure.objects.filter(pk=measure.pk).update(decided_by=f"staff:{by}")
    case = f"/desk/cases/{cases.case_of(f'enforcement.finding:{measure.finding_id}').number}/"
    form = f"{case}enforcement/{measure.pk}/"

    page = desk.get(case).content.decode()

    assert f"{form}approve/" not in page
    assert "提案した人、その人が登録・招待した人" in page
    assert f"{form}send-back/" in page
    asked = desk.get(f"{form}approve/").content.decode()
    assert "提案した人、その人が登録・招待した人" in asked
    assert not re.search(r"<button[^>]*>承認する", asked)
    assert desk.post(f"{form}approve/", {"version": version_of(measure)}).status_code == 403
    assert f"{form}approve/" in enter(Role.COUNSEL).get(case).content.decode()
