"""What the seven lifecycles promise: who may do what, and that nothing is parked for ever."""

from typing import Any

import pytest

from mamori.grammar.actor import Role
from mamori.grammar.statechart import Statechart
from mamori.rooms.contact.lifecycle import (
    CALL,
    GIVE_BACK,
    MEDIATION,
    PROPOSAL,
    RECOVERY,
    REMEDY,
    THREAD,
    TROUBLE,
)

CHARTS: list[Statechart[Any]] = [THREAD, TROUBLE, MEDIATION, REMEDY, RECOVERY, CALL, PROPOSAL, GIVE_BACK]


def roles_of(chart: Statechart[Any], step: str) -> set[Role]:
    return set(chart.step(step).roles)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_strangers_officers_and_holders_have_no_step_here(chart: Statechart[Any]) -> None:
    for role in (Role.ANONYMOUS, Role.OFFICER, Role.HOLDER):
        assert all(chart.allowed(state, role) == [] for state in chart.states)


def test_an_answer_never_ends_a_trouble_and_a_seller_never_ends_one() -> None:
    assert "answer" not in {step.name for step in TROUBLE.steps}
    theirs = [step for state in TROUBLE.states for step in TROUBLE.allowed(state, Role.SELLER)]
    assert {step.name for step in theirs} == {"offer_refund"}
    assert all(before == after for step in theirs for before, after in step.moves.items())


def test_only_the_machine_misses_a_deadline_and_only_the_buyer_withdraws() -> None:
    assert roles_of(THREAD, "miss") == roles_of(TROUBLE, "miss") == {Role.MACHINE}
    assert roles_of(TROUBLE, "withdraw") == {Role.BUYER}


def test_a_refund_is_decided_by_people_and_done_only_when_the_marketplace_confirms() -> None:
    assert Role.MACHINE not in roles_of(REMEDY, "grant") | roles_of(REMEDY, "refuse")
    assert [step.name for step in REMEDY.steps if "done" in step.moves.values()] == ["confirm"]
    assert roles_of(REMEDY, "confirm") == {Role.MACHINE}


def test_nothing_is_claimed_from_a_seller_before_the_hearing_is_over() -> None:
    assert list(RECOVERY.step("claim").moves) == ["heard"]
    assert roles_of(RECOVERY, "claim") == {Role.LEAD, Role.COUNSEL}


def test_mediation_opens_by_the_missed_answer_or_at_the_buyers_request() -> None:
    assert {Role.BUYER, Role.MACHINE} <= roles_of(TROUBLE, "mediate")


def test_an_agreement_needs_both_parties_and_is_never_made_by_staff_or_a_machine() -> None:
    assert (
        roles_of(PROPOSAL, "accept")
        == roles_of(PROPOSAL, "agree")
        == {Role.BUYER, Role.HELPER, Role.SELLER, Role.DELEGATE}
    )
    assert roles_of(PROPOSAL, "keep").isdisjoint({Role.SELLER, Role.DELEGATE})


def test_every_open_state_of_a_proposal_ends_by_a_clock_when_nobody_does_anything() -> None:
    for state in PROPOSAL.open_states:
        assert {step.name for step in PROPOSAL.allowed(state, Role.MACHINE)} & {"expire", "miss"}, state
