"""A mistake found: a reversed decision counts no more, and what is over can still be reversed."""

from __future__ import annotations

import pytest

from mamori.grammar.actor import Actor
from mamori.grammar.measure import Severity
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.outbox import facts as outbox
from mamori.rooms.enforcement.findings import matter as records
from mamori.rooms.enforcement.findings.decisions import DecisionShown
from mamori.rooms.enforcement.findings.queries import matter_of
from mamori.rooms.enforcement.findings.views import FINDINGS, LiftForm
from mamori.rooms.enforcement.measures.actions import standing
from mamori.rooms.enforcement.models import Finding, Measure
from mamori.rooms.enforcement.policy import records as policy
from mamori.rooms.enforcement.rules.bounds import Ended
from mamori.rooms.enforcement.tests.conftest import MONDAY, agent, answer, decided, lead

pytestmark = pytest.mark.usefixtures("shops")


def told() -> list[str]:
    return [notice.template for notice in outbox.notices(to="seller:S-1", limit=99)]


def over() -> Measure:
    """Return a measure that ended before its time."""
    measure = decided()
    answer(measure.instruction)
    standing.lift(lead(), measure=measure.pk, because=Ended.REVIEWED, reason="もうよい")
    answer(Measure.objects.get(pk=measure.pk).undoing)
    return Measure.objects.get(pk=measure.pk)


def test_reversed_decisions_do_not_make_a_breach_graver() -> None:
    past = [decided("notice", 0, origin=f"past:{n}", severity=Severity.MINOR) for n in range(3)]
    latest = Finding.objects.get(pk=decided("notice", 0, origin="now", severity=Severity.MINOR).finding_id)
    assert policy.severity_of(latest, MONDAY) is Severity.SERIOUS

    for measure in past:
        standing.lift(lead(), measure=measure.pk, because=Ended.MISTAKE, reason="違う店")

    assert policy.severity_of(latest, MONDAY) is Severity.MINOR


def test_a_mistake_found_after_the_end_takes_the_points_and_the_seller_is_told() -> None:
    measure = over()
    assert policy.counted_points("S-1", MONDAY) > 0

    standing.lift(lead(), measure=measure.pk, because=Ended.MISTAKE, reason="違う店")

    found = Measure.objects.get(pk=measure.pk)
    assert (found.state, found.ended_because, found.closed_at) == ("reversed", "mistake", MONDAY)
    assert policy.counted_points("S-1", MONDAY) == 0
    assert told()[0] == "enforcement.reversed"


def test_what_is_over_is_reversed_once_and_by_a_lead_or_counsel_only() -> None:
    measure = over()

    with pytest.raises(StepNotYours):
        standing.lift(agent(), measure=measure.pk, because=Ended.MISTAKE, reason="違う店")
    standing.lift(lead(), measure=measure.pk, because=Ended.MISTAKE, reason="違う店")
    with pytest.raises(StepNotOpen):
        standing.lift(lead(), measure=measure.pk, because=Ended.MISTAKE, reason="違う店")

    assert told().count("enforcement.reversed") == 1


def test_the_case_page_offers_it_to_a_lead_while_it_was_not_reversed() -> None:
    measure = over()

    def offered(actor: Actor) -> list[str]:
        matter = matter_of(actor, records.number(measure.finding))
        there = FINDINGS.offered(DecisionShown(actor=actor, matter=matter), matter.number, actor)
        return [one.decision.slug for one in there if one.of and not one.closed]

    assert (offered(lead()), offered(agent())) == (["lift"], [])
    standing.lift(lead(), measure=measure.pk, because=Ended.MISTAKE, reason="違う店")
    assert offered(lead()) == []


def test_of_what_is_over_the_form_takes_nothing_but_a_mistake() -> None:
    [measure] = matter_of(lead(), records.number(over().finding)).measures

    assert measure.endings == (Ended.MISTAKE,)
    form = LiftForm(endings=measure.endings)
    assert [value for value, _ in form.fields["because"].choices] == ["mistake"]  # type: ignore[attr-defined]
