"""A page offers only what this person may do: ending early, ordering again, for the reasons that are there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.clocks import facts as clocks
from mamori.law.measures import LISTING_HIDDEN, SUSPENDED
from mamori.rooms.enforcement.findings import matter as records
from mamori.rooms.enforcement.findings.decisions import DecisionShown
from mamori.rooms.enforcement.findings.queries import matter_of
from mamori.rooms.enforcement.findings.views import FINDINGS
from mamori.rooms.enforcement.lifecycle import MeasureState
from mamori.rooms.enforcement.measures.actions import standing
from mamori.rooms.enforcement.models import Measure
from mamori.rooms.enforcement.rules import bounds
from mamori.rooms.enforcement.rules.bounds import Ended
from mamori.rooms.enforcement.tests.conftest import MONDAY, agent, answer, decided, lead

pytestmark = pytest.mark.usefixtures("shops")


def stands(kind: str, days: int) -> Measure:
    measure = decided(kind, days)
    answer(measure.instruction)
    return Measure.objects.get(pk=measure.pk)


def offered(measure: Measure, actor: Actor) -> set[str]:
    matter = matter_of(actor, records.number(measure.finding))
    there = FINDINGS.offered(DecisionShown(actor=actor, matter=matter), matter.number, actor)
    return {one.decision.slug for one in there if one.of and not one.closed}


def endings(measure: Measure, actor: Actor) -> tuple[Ended, ...]:
    [shown] = matter_of(actor, records.number(measure.finding)).measures
    return shown.endings


@pytest.mark.parametrize(
    ("role", "cured", "over", "found"),
    [
        (Role.AGENT, False, False, ()),
        (Role.AGENT, True, False, (Ended.CURED,)),
        (Role.LEAD, False, False, (Ended.REVIEWED, Ended.MISTAKE)),
        (Role.LEAD, True, False, (Ended.CURED, Ended.REVIEWED, Ended.MISTAKE)),
        (Role.AGENT, True, True, ()),
        (Role.COUNSEL, True, True, (Ended.MISTAKE,)),
    ],
)
def test_what_two_people_decided_is_ended_for_the_reasons_that_this_role_may_give(
    role: Role, cured: bool, over: bool, found: tuple[Ended, ...]
) -> None:
    assert bounds.endings(SUSPENDED, role, by_two=False, cured=cured, over=over) == found
    assert bounds.endings(LISTING_HIDDEN, Role.AGENT, by_two=False, cured=False, over=False) == (
        Ended.REVIEWED,
    )


def test_an_agent_is_not_offered_to_end_early_what_would_be_refused() -> None:
    measure = stands("suspended", 30)
    assert offered(measure, agent()) == set()
    assert offered(measure, lead()) == {"lift"}

    standing.note_cured(agent(), finding=measure.finding_id, reason="確かめた")

    assert offered(measure, agent()) == {"lift"}
    assert endings(measure, agent()) == (Ended.CURED,)
    for because in endings(measure, agent()):
        standing.lift(agent(), measure=measure.pk, because=because, reason="直った")


def test_what_is_announced_is_called_off_by_a_lead_alone() -> None:
    measure = decided("closed", 0)

    assert (measure.state, offered(measure, agent())) == ("announced", set())
    assert offered(measure, lead()) == {"lift"}


def test_an_undoing_is_ordered_again_by_a_lead_and_an_agent_is_told_so() -> None:
    measure = stands("listing-hidden", 14)
    standing.lift(lead(), measure=measure.pk, because=Ended.MISTAKE, reason="違う店")
    answer(Measure.objects.get(pk=measure.pk).undoing, outcome="refused")

    assert offered(measure, agent()) == set()
    with pytest.raises(Refusal) as refused:
        standing.order_again(agent(), measure=measure.pk)
    assert (refused.value.code, refused.value.status) == ("heads-undo", 403)
    assert offered(measure, lead()) == {"order-again"}
    standing.order_again(lead(), measure=measure.pk)
    assert bounds.may_order_again(MeasureState.LIFTING, Role.AGENT)


@pytest.mark.parametrize("lifts", [False, True], ids=["ordered", "lifting"])
def test_what_the_marketplace_has_not_answered_is_not_ordered_again(lifts: bool) -> None:
    measure = decided()
    if lifts:
        answer(measure.instruction)
        standing.lift(lead(), measure=measure.pk, because=Ended.REVIEWED, reason="もうよい")
        measure.refresh_from_db()
    chasing = clocks.open_clocks(f"enforcement.measure:{measure.pk}")

    assert "order-again" not in offered(measure, lead())
    with pytest.raises(Refusal) as refused:
        standing.order_again(lead(MONDAY + timedelta(hours=20)), measure=measure.pk)

    assert (refused.value.code, refused.value.status) == ("not-refused", 409)
    assert clocks.open_clocks(f"enforcement.measure:{measure.pk}") == chasing
    answer(measure.undoing or measure.instruction, outcome="refused")
    assert "order-again" in offered(measure, lead())


def test_the_form_for_ending_is_not_shown_to_who_may_not(enter: Enter) -> None:
    now = datetime.now(UTC)
    measure = decided("suspended", 30, now)
    path = f"/desk/cases/{records.number(measure.finding)}/enforcement/{measure.pk}/lift/"

    assert enter(Role.AGENT).get(path).status_code == 302
    page = enter(Role.COUNSEL).get(path).content.decode()
    assert 'value="reviewed"' in page
    assert 'value="cured"' not in page
