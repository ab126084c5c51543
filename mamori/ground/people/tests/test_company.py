"""What the company's claims mean here, without a database: groups, roles, moments, addresses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mamori.grammar.actor import Role
from mamori.ground.people.persons import (
    CompanyRules,
    GroupsNotSent,
    GroupsUnreadable,
    groups_in,
    moment_in,
    roles_read,
    word_of,
)
from mamori.ground.people.rules import is_vouched_for

NOON = datetime(2026, 11, 24, 3, tzinfo=UTC)


def rules(written: str, by_itself: Role | None = None) -> CompanyRules:
    return CompanyRules(
        claim="groups", roles=roles_read(written), by_itself=by_itself, holds=timedelta(hours=4)
    )


def test_groups_are_read_with_whatever_their_names_hold() -> None:
    written = "cn=leads,ou=mamori=lead;  Customer Care = agent ;/all/staff=reader;"

    assert roles_read(written) == (
        ("cn=leads,ou=mamori", Role.LEAD),
        ("Customer Care", Role.AGENT),
        ("/all/staff", Role.READER),
    )
    assert roles_read("") == ()


@pytest.mark.parametrize("part", ["leads", "=lead", "leads=", "leads=boss", "leads=buyer", "leads=officer"])
def test_a_part_that_gives_no_role_of_the_operators_is_unreadable(part: str) -> None:
    with pytest.raises(GroupsUnreadable, match=part):
        roles_read(f"agents=agent; {part}")


def test_the_first_group_decides_and_then_what_everybody_has() -> None:
    both = rules("leads=lead; agents=agent", Role.READER)

    assert both.role_of(["agents", "leads"]) is Role.LEAD
    assert both.role_of(["agents"]) is Role.AGENT
    assert both.role_of([]) is Role.READER
    assert rules("leads=lead").role_of(["Leads"]) is None


@pytest.mark.parametrize(
    ("claims", "claim", "groups"),
    [
        ({"groups": ["a", "b"]}, "groups", ("a", "b")),
        ({"groups": "a"}, "groups", ("a",)),
        ({"groups": ["a", 7, None]}, "groups", ("a",)),
        ({"groups": {"a": 1}}, "groups", ()),
        ({}, "groups", ()),
        ({"realm_access": {"roles": ["a"]}}, "realm_access.roles", ("a",)),
        ({"realm_access": "x"}, "realm_access.roles", ()),
        ({"https://x.example/groups": ["a"]}, "https://x.example/groups", ("a",)),
        ({"_claim_names": {"other": "s"}, "groups": ["a"]}, "groups", ("a",)),
        ({"_claim_names": "x"}, "groups", ()),
    ],
)
def test_groups_are_found_where_the_operator_says(
    claims: dict[str, Any], claim: str, groups: tuple[str, ...]
) -> None:
    assert groups_in(claims, claim) == groups


def test_groups_that_were_left_out_are_not_none() -> None:
    with pytest.raises(GroupsNotSent):
        groups_in({"_claim_names": {"groups": "src1"}}, "groups")


@pytest.mark.parametrize("seconds", [None, True, "1", float("nan"), float("inf"), 1e30, -1e30])
def test_what_is_no_moment_is_none(seconds: object) -> None:
    assert moment_in({"auth_time": seconds}, "auth_time") is None


def test_a_word_is_read_from_claims() -> None:
    word = word_of(
        {
            "iss": "https://i",
            "sub": "u-1",
            "email": "Hanako@Example.JP",
            "name": " 山田 ",
            "auth_time": NOON.timestamp(),
            "sid": "s-1",
        },
        claim="groups",
    )

    assert (word.issuer, word.subject, word.mail, word.name) == (
        "https://i",
        "u-1",
        "hanako@example.jp",
        "山田",
    )
    assert (word.groups, word.proved_at, word.visit) == ((), NOON, "s-1")


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"preferred_username": "hanako"}, "hanako"),
        ({}, "h"),
        ({"name": 7}, "h"),
        ({"name": "a\nb"}, "h"),
        ({"name": "x" * 101}, "x" * 100),
    ],
)
def test_somebody_is_called_something(claims: dict[str, Any], name: str) -> None:
    assert word_of({"email": "h@example.jp"} | claims, claim="groups").name == name


@pytest.mark.parametrize("said", [False, "false"])
def test_an_address_that_is_called_unverified_is_none(said: object) -> None:
    claims = {"email": "h@example.jp", "email_verified": said}

    assert word_of(claims, claim="groups").mail == ""
    assert word_of(claims | {"email_verified": True}, claim="groups").mail == "h@example.jp"


@pytest.mark.parametrize(
    ("until", "by_company", "company_only", "may"),
    [
        (None, False, False, True),
        (None, False, True, False),
        (NOON + timedelta(seconds=1), True, True, True),
        (NOON + timedelta(seconds=1), False, False, True),
        (NOON + timedelta(seconds=1), False, True, False),
        (NOON, True, False, False),
        (NOON, False, False, False),
    ],
)
def test_whom_the_company_signs_in_is_here_while_its_word_holds(
    until: datetime | None, by_company: bool, company_only: bool, may: bool
) -> None:
    found = is_vouched_for(vouched_until=until, by_company=by_company, company_only=company_only, at=NOON)

    assert found is may
