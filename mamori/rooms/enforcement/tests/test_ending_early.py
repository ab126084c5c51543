"""A measure is ended before its time by whom it may be: as put right once somebody saw it, a grave one by a lead or counsel."""

from __future__ import annotations

import pytest

from mamori.grammar.measure import Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.ground.cases import facts as cases
from mamori.rooms.enforcement.findings.queries import matter_of
from mamori.rooms.enforcement.measures.actions import deciding, standing
from mamori.rooms.enforcement.models import Measure
from mamori.rooms.enforcement.rules.bounds import Ended
from mamori.rooms.enforcement.tests.conftest import agent, answer, counsel, decided, heard, lead, wish

pytestmark = pytest.mark.usefixtures("shops")


def stands(kind: str, days: int) -> Measure:
    measure = decided(kind, days)
    answer(measure.instruction)
    return measure


def state(measure: Measure) -> str:
    return Measure.objects.get(pk=measure.pk).state


@pytest.mark.parametrize("because", [Ended.REVIEWED, Ended.MISTAKE])
def test_an_agent_does_not_end_what_two_people_decided(because: Ended) -> None:
    measure = stands("suspended", 30)

    with pytest.raises(Refusal) as refused:
        standing.lift(agent(), measure=measure.pk, because=because, reason="もうよい")
    assert (refused.value.code, state(measure)) == ("heads-end", "in_force")
    standing.lift(lead(), measure=measure.pk, because=because, reason="もうよい")

    assert state(measure) in ("lifting", "undoing")


def test_nor_does_an_agent_end_what_took_two_for_another_reason_than_its_kind() -> None:
    graver = deciding.decide(lead(), finding=heard(), wish=wish("listing-hidden", 90))
    deciding.approve(counsel(), measure=graver)
    measure = Measure.objects.get(pk=graver)
    answer(measure.instruction)

    with pytest.raises(Refusal) as refused:
        standing.lift(agent(), measure=graver, because=Ended.REVIEWED, reason="もうよい")

    assert (refused.value.code, state(measure)) == ("heads-end", "in_force")


def test_an_agent_still_ends_what_one_person_decided() -> None:
    measure = stands("listing-hidden", 14)

    standing.lift(agent(), measure=measure.pk, because=Ended.REVIEWED, reason="もうよい")

    assert state(measure) == "lifting"


def test_a_measure_ends_as_put_right_only_once_somebody_saw_that_it_was() -> None:
    measure = stands("suspended", 30)

    with pytest.raises(Refusal) as refused:
        standing.lift(lead(), measure=measure.pk, because=Ended.CURED, reason="直った")
    assert refused.value.code == "not-seen-cured"
    standing.note_cured(agent(), finding=measure.finding_id, reason="確かめた")
    standing.lift(agent(), measure=measure.pk, because=Ended.CURED, reason="直った")

    assert state(measure) == "lifting"


def removed(breach: str, harm: Reach) -> Measure:
    """Let one person alone remove a listing."""
    finding = heard(breach=breach, severity=Severity.GRAVE, harm=harm)
    number = deciding.decide(lead(), finding=finding, wish=wish("listing-removed", 0))
    measure = Measure.objects.get(pk=number)
    answer(measure.instruction)
    return measure


@pytest.mark.parametrize(
    ("breach", "harm"),
    [("dangerous-goods", Reach.DANGER), ("counterfeit", Reach.NONE), ("effects", Reach.DANGER)],
)
def test_no_agent_alone_puts_dangerous_or_counterfeit_goods_on_offer_again(breach: str, harm: Reach) -> None:
    measure = removed(breach, harm)
    number = cases.case_of(f"enforcement.finding:{measure.finding_id}").number

    with pytest.raises(Refusal) as refused:
        standing.lift(agent(), measure=measure.pk, because=Ended.REVIEWED, reason="もうよい")

    assert (refused.value.code, Measure.objects.get(pk=measure.pk).approved_by) == ("heads-show-again", "")
    offered = {by.role: matter_of(by, number).measures[0].endings for by in (agent(), lead())}
    assert [bool(each) for each in offered.values()] == [False, True]
    standing.lift(lead(), measure=measure.pk, because=Ended.REVIEWED, reason="危険はなかった")
    assert state(measure) == "lifting"


def test_an_agent_still_ends_the_removal_of_what_is_neither_dangerous_nor_of_its_goods() -> None:
    measure = removed("effects", Reach.NONE)

    standing.lift(agent(), measure=measure.pk, because=Ended.REVIEWED, reason="もうよい")

    assert state(measure) == "lifting"
