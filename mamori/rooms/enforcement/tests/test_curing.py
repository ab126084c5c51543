"""What a seller says in time that it put right waits for a look; what was looked at, or never said, ends uncured."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotYours
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.outbox import facts as outbox
from mamori.japan.written import ReasonNeeded
from mamori.law.deadlines import CURE_LOOK
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.measures import refusals
from mamori.rooms.enforcement.measures.actions import deciding, standing
from mamori.rooms.enforcement.models import Finding, Measure
from mamori.rooms.enforcement.rules.bounds import Dismissed, Ended, Unheard
from mamori.rooms.enforcement.tests.conftest import (
    MONDAY,
    agent,
    counsel,
    decided,
    find,
    heard,
    lead,
    machine,
    ring,
    seller,
    wish,
)

pytestmark = pytest.mark.usefixtures("shops")
DAY = timedelta(days=1)


def correction(at: datetime = MONDAY) -> Measure:
    measure = decided("correction", 14, at, severity=Severity.MINOR)
    assert measure.state == "in_force"
    return measure


def again(measure: Measure) -> Measure:
    return Measure.objects.get(pk=measure.pk)


def case(finding: int) -> cases.CaseFact:
    return cases.case_of(f"enforcement.finding:{finding}")


def looks(finding: int) -> int:
    name = f"enforcement.finding:{finding}"
    return sum(clock.kind == CURE_LOOK.code for clock in clocks.open_clocks(name))


def reminded() -> int:
    return sum(one.template == "enforcement.cure_said" for one in outbox.notices(to="lead", limit=50))


def over(measure: Measure) -> datetime:
    assert measure.ends_at is not None
    return measure.ends_at


def test_a_correction_that_the_seller_says_it_made_does_not_end_uncured_before_somebody_looked() -> None:
    measure = correction()
    standing.say_cured(seller(over(measure) - timedelta(minutes=1)), finding=measure.finding_id)

    ring(over(measure))

    assert (again(measure).state, again(measure).ended_because) == ("in_force", "")
    assert Finding.objects.count() == 1
    found = case(measure.finding_id)
    assert (found.attention, found.closed_at, looks(measure.finding_id)) == ("cure", None, 1)


def test_staff_are_reminded_by_a_clock_until_they_have_looked() -> None:
    measure = correction()
    standing.say_cured(seller(over(measure) - timedelta(minutes=1)), finding=measure.finding_id)

    ring(over(measure) + 20 * DAY)

    assert reminded() >= 3
    assert again(measure).state == "in_force"
    standing.note_cured(agent(over(measure) + 21 * DAY), finding=measure.finding_id, reason="表示を確かめた")
    assert (again(measure).state, again(measure).ended_because) == ("over", "cured")
    assert (Finding.objects.count(), looks(measure.finding_id)) == (1, 0)
    assert case(measure.finding_id).closed_at is not None


def test_what_was_looked_at_after_its_time_and_found_not_made_ends_uncured_and_is_found_again() -> None:
    measure = correction()
    standing.say_cured(seller(over(measure) - DAY), finding=measure.finding_id)
    ring(over(measure))

    standing.note_uncured(agent(over(measure) + DAY), finding=measure.finding_id, reason="表示がない")

    assert (again(measure).state, again(measure).ended_because) == ("over", "uncured")
    assert Finding.objects.count() == 2
    assert Finding.objects.latest("id").source == "repeat"
    assert looks(measure.finding_id) == 0
    templates = [one.template for one in outbox.notices(to="seller:S-1", limit=2)]
    assert sorted(templates) == ["enforcement.ended", "enforcement.not_cured"]


def test_what_was_looked_at_in_time_and_found_not_made_may_be_said_again_and_else_ends_on_its_day() -> None:
    measure = correction()
    finding = measure.finding_id
    standing.say_cured(seller(MONDAY + DAY), finding=finding)
    standing.note_uncured(agent(MONDAY + 2 * DAY), finding=finding, reason="表示がない")
    assert (again(measure).state, looks(finding)) == ("in_force", 0)
    assert outbox.notices(to="seller:S-1", limit=1)[0].template == "enforcement.not_cured"
    standing.say_cured(seller(MONDAY + 3 * DAY), finding=finding)
    standing.note_uncured(agent(MONDAY + 4 * DAY), finding=finding, reason="まだない")

    ring(over(measure))

    assert again(measure).ended_because == "uncured"
    assert Finding.objects.count() == 2


def test_what_was_never_said_ends_uncured_on_its_day() -> None:
    measure = correction()

    ring(over(measure))

    assert again(measure).ended_because == "uncured"


def test_what_was_said_before_the_decision_and_not_looked_at_waits_for_a_look_too() -> None:
    finding = heard(severity=Severity.MINOR, harm=Reach.DANGER)
    standing.say_cured(seller(), finding=finding)
    number = deciding.decide(lead(), finding=finding, wish=wish("correction", 14, unheard=Unheard.DANGER))
    measure = Measure.objects.get(pk=number)
    assert looks(finding) == 1

    ring(over(measure))

    assert again(measure).state == "in_force"


def test_no_look_is_asked_for_once_nothing_stands_any_more() -> None:
    measure = correction()
    finding = measure.finding_id
    standing.say_cured(seller(), finding=finding)
    standing.remind(machine(), finding=find(origin="test:other"), clock=CURE_LOOK.code)
    assert (reminded(), looks(finding)) == (1, 1)

    standing.lift(lead(), measure=measure.pk, because=Ended.REVIEWED, reason="もうよい")

    assert looks(finding) == 0
    assert case(finding).closed_at is not None
    standing.remind(machine(), finding=finding, clock=CURE_LOOK.code)
    assert reminded() == 1


def code(action: object, actor: object, finding: int, **more: object) -> str:
    with pytest.raises(Refusal) as refused:
        action(actor, finding=finding, **more)  # type: ignore[operator]
    return refused.value.code


SAY, CURED, UNCURED = standing.say_cured, standing.note_cured, standing.note_uncured


def test_after_a_dismissal_nothing_is_put_right_any_more() -> None:
    finding = heard()
    findings.dismiss(agent(), finding=finding, because=Dismissed.NO_BREACH, reason="見た")

    for action, actor, more in ((SAY, seller(), {}), (CURED, agent(), {"reason": "x"})):
        assert code(action, actor, finding, **more) == "nothing-to-cure"
    assert code(UNCURED, agent(), finding, reason="x") == "nothing-to-cure"


def test_once_every_measure_is_over_nothing_is_put_right_any_more() -> None:
    measure = correction()
    standing.lift(lead(), measure=measure.pk, because=Ended.REVIEWED, reason="もうよい")

    assert code(SAY, seller(), measure.finding_id) == "nothing-to-cure"
    assert code(CURED, agent(), measure.finding_id, reason="x") == "nothing-to-cure"


def test_what_is_said_or_noted_twice_is_refused_with_what_stands() -> None:
    finding = heard()
    assert code(UNCURED, agent(), finding, reason="x") == "cure-unsaid"
    standing.say_cured(seller(), finding=finding)
    assert code(SAY, seller(), finding) == "cure-said"
    standing.note_cured(agent(), finding=finding, reason="確かめた")

    assert code(SAY, seller(), finding) == "already-cured"
    assert code(CURED, agent(), finding, reason="x") == "already-cured"
    assert code(UNCURED, agent(), finding, reason="x") == "already-cured"


def test_who_was_told_of_nothing_has_nothing_to_put_right() -> None:
    assert code(SAY, seller(), find()) == "nothing-to-enforce"


def test_a_look_is_noted_by_staff_with_a_reason_and_on_what_they_saw() -> None:
    finding = heard()
    before = Finding.objects.get(pk=finding).version
    standing.say_cured(seller(), finding=finding)

    with pytest.raises(StepNotYours):
        standing.note_uncured(seller(), finding=finding, reason="x")
    with pytest.raises(ReasonNeeded):
        standing.note_uncured(agent(), finding=finding, reason=" ")
    with pytest.raises(ChangedMeanwhile):
        standing.note_uncured(agent(), finding=finding, reason="x", version=before)


def test_staff_note_on_the_case_page_that_it_was_not_put_right(enter: Enter) -> None:
    at = datetime.now(UTC)
    measure = correction(at)
    page = f"/desk/cases/{case(measure.finding_id).number}/"
    form = f"{page}enforcement/uncured/"
    desk = enter(Role.AGENT)
    assert form not in desk.get(page).content.decode()
    standing.say_cured(seller(at), finding=measure.finding_id)

    assert form in desk.get(page).content.decode()
    seen = {"reason": "表示がない", "version": Finding.objects.get(pk=measure.finding_id).version}
    assert desk.post(form, seen).status_code == 302
    assert form not in desk.get(page).content.decode()
    assert Finding.objects.get(pk=measure.finding_id).cure_said_at is None


def test_the_sellers_page_says_that_a_correction_waits_for_the_look_it_asked_for(enter: Enter) -> None:
    at = datetime.now(UTC)
    measure = correction(at)
    page, waits = f"/seller/measures/{case(measure.finding_id).number}/", "直ったかを確かめてから終わります"
    visit = enter(Role.SELLER, "seller:S-1")
    assert "自動で終わります" in visit.get(page).content.decode()

    standing.say_cured(seller(at), finding=measure.finding_id)

    shown = visit.get(page).content.decode()
    assert (waits in shown, "自動で終わります" in shown) == (True, False)


def test_nobody_decides_before_somebody_looked_at_what_was_put_right() -> None:
    finding = heard()
    standing.say_cured(seller(), finding=finding)

    with pytest.raises(refusals.CureUnseen):
        deciding.decide(lead(), finding=finding, wish=wish())

    standing.note_uncured(agent(), finding=finding, reason="まだ表示がない")
    deciding.decide(lead(), finding=finding, wish=wish())
    assert Finding.objects.get(pk=finding).state == "decided"


def test_nobody_approves_before_it_either() -> None:
    finding = heard()
    number = deciding.decide(lead(), finding=finding, wish=wish("suspended", 30))
    standing.say_cured(seller(), finding=finding)

    with pytest.raises(refusals.CureUnseen):
        deciding.approve(counsel(), measure=number)

    standing.note_uncured(agent(), finding=finding, reason="まだ表示がない")
    deciding.approve(counsel(), measure=number)
    assert Measure.objects.get(pk=number).state == "ordered"


@pytest.mark.parametrize(("harm", "passes"), [(Reach.DANGER, True), (Reach.NONE, False)])
def test_danger_to_people_waits_for_no_look(harm: Reach, passes: bool) -> None:
    finding = find(harm=harm, listing="")
    findings.ask_view(agent(), finding=finding)
    standing.say_cured(seller(), finding=finding)
    given = wish("new-listings-stopped", 14, unheard=Unheard.DANGER)

    if passes:
        deciding.decide(lead(), finding=finding, wish=given)
    else:
        with pytest.raises(refusals.CureUnseen):
            deciding.decide(lead(), finding=finding, wish=given)


def test_the_seller_reads_what_is_not_put_right_until_it_answers(enter: Enter) -> None:
    at = datetime.now(UTC)
    measure = correction(at)
    page = f"/seller/measures/{case(measure.finding_id).number}/"
    shop = enter(Role.SELLER, "seller:S-1")
    standing.say_cured(seller(at), finding=measure.finding_id)

    standing.note_uncured(agent(at), finding=measure.finding_id, reason="返品の期限がまだ書かれていない")

    assert "返品の期限がまだ書かれていない" in shop.get(page).content.decode()
    standing.say_cured(seller(at), finding=measure.finding_id)
    assert "返品の期限がまだ書かれていない" not in shop.get(page).content.decode()
