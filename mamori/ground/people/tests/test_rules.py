"""Who may enter, how long a stay lasts, and when another person is needed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mamori.grammar.actor import STAFF, Role
from mamori.ground.people.rules import (
    Access,
    Awaits,
    DoorVerdict,
    Matter,
    Over,
    Size,
    Stay,
    Way,
    agreeing,
    awaited,
    is_over,
    may_agree,
    may_enter,
    may_withdraw,
    needs_agreement,
    way,
)

NOON = datetime(2026, 11, 24, 3, tzinfo=UTC)
DESK = Access(roles=STAFF)
NOBODY: frozenset[str] = frozenset()


def verdict(
    access: Access,
    role: Role,
    *,
    scopes: frozenset[str] = NOBODY,
    proved: int | None = None,
    awaits: Awaits = Awaits.NOTHING,
) -> DoorVerdict:
    """Ask the door; `proved` is how many seconds ago somebody showed a factor."""
    moment = None if proved is None else NOON - timedelta(seconds=proved)
    return may_enter(access, role=role, scopes=scopes, stepped_up_at=moment, at=NOON, awaits=awaits)


@pytest.mark.parametrize("role", list(Role))
def test_the_desk_is_open_to_staff_only(role: Role) -> None:
    expected = (
        DoorVerdict.ENTER
        if role in STAFF
        else DoorVerdict.SIGN_IN
        if role is Role.ANONYMOUS
        else DoorVerdict.REFUSED
    )

    assert verdict(DESK, role) is expected


@pytest.mark.parametrize(
    ("proved", "expected"),
    [
        (None, DoorVerdict.STEP_UP),
        (0, DoorVerdict.ENTER),
        (599, DoorVerdict.ENTER),
        (600, DoorVerdict.STEP_UP),
        (-1, DoorVerdict.STEP_UP),
    ],
)
def test_a_sensitive_look_asks_for_a_proof_not_ten_minutes_old(
    proved: int | None, expected: DoorVerdict
) -> None:
    assert verdict(Access(roles=STAFF, step_up=True), Role.AGENT, proved=proved) is expected


def test_a_sensitive_look_of_a_party_asks_for_no_factor_it_cannot_have() -> None:
    assert verdict(Access(roles=frozenset({Role.BUYER}), step_up=True), Role.BUYER) is DoorVerdict.ENTER


@pytest.mark.parametrize(
    ("scopes", "expected"),
    [
        (NOBODY, DoorVerdict.REFUSED),
        (frozenset({"b"}), DoorVerdict.REFUSED),
        (frozenset({"a"}), DoorVerdict.ENTER),
    ],
)
def test_a_machine_needs_the_scope(scopes: frozenset[str], expected: DoorVerdict) -> None:
    access = Access(roles=frozenset({Role.MACHINE}), scope="a")

    assert verdict(access, Role.MACHINE, scopes=scopes) is expected


def test_a_scope_is_asked_of_machines_only_and_only_where_one_is_named() -> None:
    assert verdict(Access(roles=frozenset({Role.MACHINE})), Role.MACHINE) is DoorVerdict.ENTER
    assert verdict(Access(roles=frozenset({Role.BUYER}), scope="a"), Role.BUYER) is DoorVerdict.ENTER


@pytest.mark.parametrize(
    ("matter", "who", "expected"),
    [
        (Matter.ERASE_PERSON, "staff:1", True),
        (Matter.ERASE_PERSON, "staff:2", False),
        (Matter.READ_AFTERWARDS, "staff:1", False),
        (Matter.READ_AFTERWARDS, "staff:2", False),
    ],
)
def test_a_wish_is_taken_back_by_who_had_it_and_a_look_by_nobody(
    matter: Matter, who: str, expected: bool
) -> None:
    assert may_withdraw(matter, who=who, proposer="staff:1") is expected


@pytest.mark.parametrize("awaits", [Awaits.FACTOR, Awaits.APPROVAL])
def test_who_lacks_a_factor_is_led_to_it_and_sees_what_anybody_sees(awaits: Awaits) -> None:
    anyone, enrolling = Access(roles=frozenset(Role)), Access(roles=STAFF, enrolling=True)
    buyers = Access(roles=frozenset({Role.BUYER}))

    assert verdict(DESK, Role.ANONYMOUS, awaits=awaits) is DoorVerdict.ENROL
    assert verdict(enrolling, Role.ANONYMOUS, awaits=awaits) is DoorVerdict.ENTER
    assert verdict(enrolling, Role.ANONYMOUS) is DoorVerdict.SIGN_IN
    assert verdict(anyone, Role.ANONYMOUS, awaits=awaits) is DoorVerdict.ENTER
    assert verdict(buyers, Role.ANONYMOUS, awaits=awaits) is DoorVerdict.SIGN_IN


@pytest.mark.parametrize(
    ("passkey", "totp", "allowed", "expected"),
    [
        (True, False, False, Awaits.NOTHING),
        (True, True, False, Awaits.NOTHING),
        (False, True, True, Awaits.NOTHING),
        (False, True, False, Awaits.APPROVAL),
        (False, False, True, Awaits.FACTOR),
        (False, False, False, Awaits.FACTOR),
    ],
)
def test_what_staff_still_lack(passkey: bool, totp: bool, allowed: bool, expected: Awaits) -> None:
    assert awaited(has_passkey=passkey, has_totp=totp, totp_allowed=allowed) is expected


STAY = Stay(idle=timedelta(minutes=30), whole=timedelta(hours=12))


@pytest.mark.parametrize(
    ("begun", "seen", "expected"),
    [
        (timedelta(minutes=29), None, Over.NOT_YET),
        (timedelta(minutes=30), None, Over.IDLE),
        (timedelta(hours=11), timedelta(minutes=29), Over.NOT_YET),
        (timedelta(hours=11), timedelta(minutes=30), Over.IDLE),
        (timedelta(hours=11, minutes=59), timedelta(0), Over.NOT_YET),
        (timedelta(hours=12), timedelta(0), Over.WHOLE),
        (timedelta(hours=1), timedelta(hours=2), Over.IDLE),  # a sign of life from before counts for nothing
        (timedelta(hours=1), -timedelta(days=1), Over.IDLE),  # nor one from tomorrow
        (-timedelta(hours=1), None, Over.WHOLE),  # nor a visit that has not begun
        (timedelta(hours=1), -timedelta(seconds=60), Over.NOT_YET),  # two clocks differ by a minute at most
        (timedelta(hours=1), -timedelta(seconds=61), Over.IDLE),
        (-timedelta(seconds=60), None, Over.NOT_YET),
        (-timedelta(seconds=61), None, Over.WHOLE),
    ],
)
def test_a_stay_ends(begun: timedelta, seen: timedelta | None, expected: Over) -> None:
    seen_at = None if seen is None else NOON - seen

    assert is_over(STAY, begun_at=NOON - begun, seen_at=seen_at, at=NOON) is expected


def test_a_stay_of_unknown_age_is_over() -> None:
    assert is_over(STAY, begun_at=None, seen_at=NOON, at=NOON) is Over.WHOLE


@pytest.mark.parametrize("matter", list(Matter))
@pytest.mark.parametrize("size", list(Size))
def test_one_other_agrees_or_time_passes(matter: Matter, size: Size) -> None:
    found, alone = (way(matter, size=size, somebody_could=could) for could in (True, False))

    waits = Way(needs=0, roles=frozenset(), waits=matter is not Matter.ALLOW_TOTP)
    agrees = Way(needs=1, roles=agreeing(matter, size=size), waits=False)
    assert alone == waits
    assert found == (waits if size is Size.ONE else agrees)


@pytest.mark.parametrize(
    ("matter", "size", "role", "expected"),
    [
        (Matter.GIVE_ROLE, Size.THREE, Role.AGENT, True),
        (Matter.GIVE_ROLE, Size.TWENTY, Role.AGENT, False),
        (Matter.GIVE_ROLE, Size.TWENTY, Role.COUNSEL, True),
        (Matter.ALLOW_TOTP, Size.TWENTY, Role.COUNSEL, False),
        (Matter.ALLOW_TOTP, Size.TWENTY, Role.LEAD, True),
        (Matter.RESET_FACTORS, Size.THREE, Role.BUYER, False),
        (Matter.RESET_FACTORS, Size.THREE, Role.MACHINE, False),
    ],
)
def test_whose_agreement_counts(matter: Matter, size: Size, role: Role, expected: bool) -> None:
    assert (
        may_agree(matter, size=size, role=role, who="staff:3", proposer="staff:1", concerned="staff:2")
        is expected
    )


@pytest.mark.parametrize("who", ["staff:1", "staff:2"])
def test_neither_who_proposed_nor_whom_it_concerns_agrees(who: str) -> None:
    assert not may_agree(
        Matter.GIVE_ROLE, size=Size.THREE, role=Role.LEAD, who=who, proposer="staff:1", concerned="staff:2"
    )


def test_only_trusted_roles_need_agreement() -> None:
    assert needs_agreement(Role.LEAD, Role.AGENT)
    assert needs_agreement(Role.COUNSEL, None)
    assert not needs_agreement(Role.AGENT, Role.LEAD)
    assert not needs_agreement(Role.LEAD, Role.LEAD)
