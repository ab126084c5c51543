"""What staff can do with a matter, role by role; and who may use which ground to read."""

from __future__ import annotations

import pytest

from mamori.grammar.actor import Role
from mamori.grammar.declaration import Ground
from mamori.law.grounds import BUYER_CONSENT, EMERGENCY, GUARANTEE, PARTY_SHARE, WARRANT
from mamori.rooms.contact.decisions.matters import DECISIONS
from mamori.rooms.contact.lifecycle import (
    GiveBackState,
    MediationState,
    RecoveryState,
    RemedyState,
    ThreadState,
    TroubleState,
)
from mamori.rooms.contact.rules.duties import Duty, duties, duties_of_recovery, roles_of
from mamori.rooms.contact.rules.reading import REASONED, may_read
from mamori.rooms.contact.rules.standing import Matter

OPEN, MEDIATED, OVERDUE = TroubleState.OPEN, TroubleState.MEDIATED, TroubleState.OVERDUE
MEDIATE, GRANT, REFUSE, SOLVE = Duty.MEDIATE, Duty.GRANT, Duty.REFUSE, Duty.SOLVE


def matter(
    trouble: TroubleState | None, mediation: MediationState | None = None, remedy: RemedyState | None = None
) -> Matter:
    return Matter(thread=ThreadState.ANSWERED, trouble=trouble, mediation=mediation, remedy=remedy)


ARRANGE, PROPOSE = Duty.ARRANGE, Duty.PROPOSE
GIVEN = (GRANT, ARRANGE)


@pytest.mark.parametrize(
    ("found", "agent", "lead", "counsel"),
    [
        (matter(None), (), (), ()),
        (matter(OPEN), (MEDIATE, SOLVE, *GIVEN), (MEDIATE, SOLVE, *GIVEN), ()),
        (matter(OPEN, MediationState.DROPPED), (SOLVE, *GIVEN), (SOLVE, *GIVEN), ()),
        (matter(OPEN, None, RemedyState.INSTRUCTED), (MEDIATE,), (MEDIATE,), ()),
        (
            matter(MEDIATED, MediationState.OPEN),
            (PROPOSE, SOLVE, *GIVEN),
            (PROPOSE, SOLVE, *GIVEN, REFUSE),
            (REFUSE,),
        ),
        (matter(MEDIATED, MediationState.TAKEN, RemedyState.INSTRUCTED), (), (), ()),
        (
            matter(OVERDUE, MediationState.EXHAUSTED, RemedyState.FAILED),
            (SOLVE, *GIVEN),
            (SOLVE, *GIVEN, REFUSE),
            (REFUSE,),
        ),
        (matter(OVERDUE, None, RemedyState.REFUSED), (SOLVE,), (SOLVE,), ()),
        (matter(TroubleState.SOLVED, MediationState.OPEN), (), (), ()),
    ],
)
def test_staff_are_offered_what_their_role_decides(
    found: Matter, agent: tuple[Duty, ...], lead: tuple[Duty, ...], counsel: tuple[Duty, ...]
) -> None:
    assert duties(found, Role.AGENT) == agent
    assert duties(found, Role.LEAD) == lead
    assert duties(found, Role.COUNSEL) == counsel
    for role, offered in ((Role.AGENT, agent), (Role.LEAD, lead), (Role.COUNSEL, counsel)):
        assert all(role in roles_of(duty) for duty in offered)


def test_the_handbook_says_of_each_decision_who_may_make_it() -> None:
    heads, callers = {Role.LEAD, Role.COUNSEL}, {Role.AGENT, Role.LEAD}
    by_heads = {Duty.REFUSE, Duty.CLAIM, Duty.WAIVE, Duty.GIVE_AGAIN}
    by_lead = {Duty.NO_DANGER, Duty.LOWER}

    assert {duty for duty in Duty if roles_of(duty) == heads} == by_heads
    assert {duty for duty in Duty if roles_of(duty) == {Role.LEAD}} == by_lead
    assert {duty for duty in Duty if roles_of(duty) == callers} == set(Duty) - by_heads - by_lead
    assert all(set(one.roles) == roles_of(Duty(one.slug)) for one in DECISIONS)


@pytest.mark.parametrize("role", [Role.LEAD, Role.COUNSEL])
def test_a_recovery_is_decided_by_lead_or_counsel_once_the_seller_was_heard(role: Role) -> None:
    assert duties_of_recovery(RecoveryState.HEARD, role) == (Duty.CLAIM, Duty.WAIVE)
    assert duties_of_recovery(RecoveryState.HEARING, role) == ()
    assert duties_of_recovery(RecoveryState.HEARD, Role.AGENT) == ()


@pytest.mark.parametrize(
    ("ground", "roles"),
    [
        (BUYER_CONSENT, {Role.AGENT, Role.LEAD, Role.COUNSEL}),
        (PARTY_SHARE, {Role.AGENT, Role.LEAD, Role.COUNSEL}),
        (EMERGENCY, {Role.AGENT, Role.LEAD, Role.COUNSEL}),
        (WARRANT, {Role.LEAD, Role.COUNSEL}),
        (GUARANTEE, set()),
    ],
)
def test_a_ground_to_read_is_for_these_roles_only(ground: Ground, roles: set[Role]) -> None:
    given = {"consented": True, "shared": True, "mediated": True, "reason": "発火した"}

    assert {role for role in Role if may_read(ground, role, **given)} == roles  # type: ignore[arg-type]


def test_a_warrant_and_an_emergency_need_a_written_reason_and_what_a_party_gave_does_not() -> None:
    assert {EMERGENCY, WARRANT} == REASONED


def test_what_could_not_go_back_is_given_again_by_who_may() -> None:
    again = duties_of_recovery(RecoveryState.SETTLED, Role.LEAD, GiveBackState.STALLED)

    assert again == (Duty.GIVE_AGAIN,)
    assert duties_of_recovery(RecoveryState.SETTLED, Role.AGENT, GiveBackState.STALLED) == ()
    assert duties_of_recovery(RecoveryState.SETTLED, Role.LEAD, GiveBackState.AWAITED) == ()
