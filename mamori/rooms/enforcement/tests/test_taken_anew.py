"""A measure that is being taken back, or only proposed elsewhere, keeps nobody from deciding on the same one anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.ground.market import facts as market
from mamori.rooms.enforcement.measures.actions import deciding, standing as actions
from mamori.rooms.enforcement.measures.refusals import AlreadyStands, ProposalOutdated
from mamori.rooms.enforcement.models import Finding, Measure
from mamori.rooms.enforcement.rules.bounds import Ended
from mamori.rooms.enforcement.tests.conftest import (
    MONDAY,
    answer,
    counsel,
    decided,
    heard,
    lead,
    wish,
)

pytestmark = pytest.mark.usefixtures("shops")
LATER = MONDAY + timedelta(hours=1)


def being_lifted() -> Measure:
    """Return a measure in force whose lifting was instructed and is not confirmed."""
    measure = decided()
    answer(measure.instruction)
    actions.lift(lead(), measure=measure.pk, because=Ended.REVIEWED, reason="もうよい")
    return Measure.objects.get(pk=measure.pk)


def state(measure: int) -> str:
    return str(Measure.objects.get(pk=measure).state)


def told_last(listing: str = "L-1") -> str:
    """Return what the marketplace was last told to do, or did, about a listing."""
    about = sorted(
        (one for one in market.instructions_out(about="enforcement.measure") if one.target_ref == listing),
        key=lambda one: one.number or 0,
    )
    return about[-1].kind if about else ""


def anew() -> Measure:
    other = heard(LATER, origin="test:2", breach="effects")
    number = deciding.decide(lead(LATER), finding=other, wish=wish())
    if Finding.objects.get(pk=other).state == "proposed":
        deciding.approve(counsel(LATER), measure=number)
    return Measure.objects.get(pk=number)


@pytest.mark.parametrize("did", ["refused", "confirmed"])
def test_what_is_being_lifted_is_taken_anew_for_another_breach_whatever_the_marketplace_answers(
    did: str,
) -> None:
    old = being_lifted()

    new = anew()
    answer(new.instruction)
    answer(old.undoing, outcome=did)

    assert (state(old.pk), state(new.pk)) == ("over", "in_force")
    assert told_last() == ("" if did == "refused" else "hide_listing"), "lifted too late, so hidden once more"


def test_what_stands_is_ended_first() -> None:
    decided()

    with pytest.raises(AlreadyStands):
        anew()


def test_what_is_only_proposed_elsewhere_is_decided_on_and_the_proposal_finds_that_it_stands() -> None:
    other = heard(origin="test:1")
    proposed = deciding.decide(
        lead(), finding=other, wish=wish(ground="statutory-request", document="消費者庁 第1号")
    )
    assert state(proposed) == "proposed"

    standing = anew()

    assert state(standing.pk) == "ordered"
    with pytest.raises((AlreadyStands, ProposalOutdated)):
        deciding.approve(counsel(LATER), measure=proposed)
    assert state(proposed) == "proposed"


def test_two_that_are_approved_in_one_moment_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (
        deciding.decide(
            lead(), finding=heard(origin=f"test:{breach}", breach=breach), wish=wish("suspended", 14)
        )
        for breach in ("display", "effects")
    )
    deciding.approve(counsel(), measure=first)
    monkeypatch.setattr(deciding, "must_still_fit", lambda *_: None)

    with pytest.raises(AlreadyStands):
        deciding.approve(counsel(), measure=second)

    assert (state(first), state(second)) == ("ordered", "proposed")
