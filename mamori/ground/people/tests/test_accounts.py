"""Accounts: added, promoted, suspended, invited; who may not, and what ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger import facts as ledger
from mamori.ground.outbox import facts as outbox
from mamori.ground.people import actions, facts
from mamori.ground.people.actions.accounts import (
    AddressTaken,
    LastLead,
    NameOrAddressMissing,
    NoSuchAccount,
    NotYourOwn,
    NotYoursToTend,
)
from mamori.ground.people.actions.entering import AccountSuspended, AlreadySetUp, InvitationUnusable
from mamori.ground.people.models import Account, Invitation
from mamori.ground.people.rules import Awaits
from mamori.ground.people.tests.conftest import MACHINE, NOON, THREE, Join, number_of

pytestmark = pytest.mark.django_db


def add(actor: Actor = MACHINE, *, email: str = "new@example.jp", role: Role = Role.AGENT) -> int:
    """Add somebody."""
    return actions.add_account(actor, email=email, name="新人", role=role, profile=THREE)


def role_of(number: int) -> Role:
    """Return what somebody is now."""
    found = facts.account(number, at=NOON)
    assert found is not None
    return found.role


def test_an_account_is_added_without_a_way_in_and_recorded() -> None:
    number = add(email=" New@Example.JP ")

    account = facts.account_by_mail("NEW@example.jp", at=NOON)
    assert account is not None
    assert (account.number, account.email, account.role, account.awaits) == (
        number, "new@example.jp", Role.AGENT, Awaits.FACTOR,
    )  # fmt: skip
    (act,) = ledger.acts_about(f"people.account:{number}")
    assert (act.kind, act.subject) == ("people.account_added", f"staff:{number}")


def test_the_first_lead_comes_from_the_machine_at_once_and_the_second_waits() -> None:
    first = add(role=Role.LEAD)
    second = add(email="second@example.jp", role=Role.LEAD)

    assert role_of(first) is Role.LEAD
    assert role_of(second) is Role.AGENT
    assert [proposal.name for proposal in facts.open_proposals()] == ["新人"]


def test_an_address_is_one_account_whatever_its_case() -> None:
    add()

    with pytest.raises(AddressTaken):
        add(email="NEW@example.jp")


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("x", "新人"),
        ("", "新人"),
        ("a@b.jp\nBcc: c@d.jp", "新人"),
        ("a@b.jp", " "),
        ("a@b.jp", "x" * 101),
        ("a@b.jp", "新\n人"),
    ],
)
def test_nobody_is_added_who_could_not_be_invited_or_named(email: str, name: str) -> None:
    with pytest.raises(NameOrAddressMissing):
        actions.add_account(MACHINE, email=email, name=name, role=Role.AGENT, profile=THREE)

    assert not Account.objects.exists()


@pytest.mark.parametrize("role", [Role.AGENT, Role.BUYER, Role.SELLER, Role.OFFICER, Role.ANONYMOUS])
def test_only_leads_counsel_and_the_machine_tend_accounts(role: Role, join: Join) -> None:
    target = number_of(join("target"))
    actor = Actor(by=f"{role}:99", role=role, at=NOON, via="web")

    for deed in (
        lambda: add(actor),
        lambda: actions.change_role(actor, account=target, role=Role.AGENT, profile=THREE),
        lambda: actions.suspend(actor, account=target, profile=THREE),
        lambda: actions.let_in_again(actor, account=target, profile=THREE),
        lambda: actions.propose_reset(actor, account=target, profile=THREE, reason="x"),
        lambda: actions.invite(actor, account=target),
        lambda: actions.invite_by_mail(actor, account=target, origin="https://x", profile=THREE),
    ):
        with pytest.raises(NotYoursToTend):
            deed()


def test_no_lead_allows_an_app_alone(join: Join) -> None:
    lead = join("lead", Role.LEAD)

    with pytest.raises(NotYoursToTend):
        actions.allow_totp(lead, account=add())


def test_nobody_changes_their_own_account(join: Join) -> None:
    lead, other = join("lead", Role.LEAD), join("other", Role.LEAD)
    mine = number_of(lead)

    for deed in (
        lambda: actions.suspend(lead, account=mine, profile=THREE),
        lambda: actions.change_role(lead, account=mine, role=Role.AGENT, profile=THREE),
        lambda: actions.propose_reset(lead, account=mine, profile=THREE, reason="x"),
    ):
        with pytest.raises(NotYourOwn):
            deed()
    assert other.role is Role.LEAD


def test_the_last_lead_stays(join: Join) -> None:
    lead = number_of(join("lead", Role.LEAD))

    with pytest.raises(LastLead):
        actions.suspend(MACHINE, account=lead, profile=THREE)
    with pytest.raises(LastLead):
        actions.change_role(MACHINE, account=lead, role=Role.AGENT, profile=THREE)

    counsel = number_of(join("counsel", Role.COUNSEL))
    actions.suspend(MACHINE, account=lead, profile=THREE)
    with pytest.raises(LastLead):
        actions.suspend(MACHINE, account=counsel, profile=THREE)


def test_suspending_ends_sessions_and_invitations_and_letting_in_revives_none(join: Join) -> None:
    lead, _, number = join("lead", Role.LEAD), join("third"), add()
    invited = actions.invite(MACHINE, account=number)
    before = Account.objects.get(pk=number).get_session_auth_hash()

    actions.suspend(lead, account=number, profile=THREE, reason="退職")

    with pytest.raises(InvitationUnusable):
        actions.take_invitation(token=invited.token, at=NOON)
    with pytest.raises(AccountSuspended):
        actions.invite(lead, account=number)
    assert facts.address_of(f"agent:{number}") is None
    actions.let_in_again(lead, account=number, profile=THREE)
    assert Account.objects.get(pk=number).get_session_auth_hash() != before
    assert [act.kind for act in ledger.acts_about(f"people.account:{number}")][-2:] == [
        "people.account_suspended",
        "people.account_let_in",
    ]


def test_taking_a_role_away_happens_at_once_and_ends_sessions(join: Join) -> None:
    lead, counsel = join("lead", Role.LEAD), number_of(join("counsel", Role.COUNSEL))
    before = Account.objects.get(pk=counsel).get_session_auth_hash()

    actions.change_role(lead, account=counsel, role=Role.AGENT, profile=THREE, reason="異動")

    assert role_of(counsel) is Role.AGENT
    assert Account.objects.get(pk=counsel).get_session_auth_hash() != before


def test_an_account_that_is_not_there_is_named_as_such(join: Join) -> None:
    for deed in (
        lambda: actions.suspend(MACHINE, account=999, profile=THREE),
        lambda: actions.invite(MACHINE, account=999),
        lambda: actions.allow_totp(MACHINE, account=999),
    ):
        with pytest.raises(NoSuchAccount):
            deed()


@pytest.mark.parametrize("role", [Role.BUYER, Role.MACHINE, Role.ANONYMOUS])
def test_no_account_is_ever_a_party_or_a_machine(role: Role) -> None:
    with pytest.raises(ValueError, match="ever"):
        add(role=role)
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(email="x@example.jp", name="x", role=role.value, added_at=NOON)


def test_an_invitation_works_once_and_only_while_it_holds() -> None:
    number = add()
    invited = actions.invite(MACHINE, account=number)

    assert facts.is_invited(invited.token, at=NOON)
    assert actions.take_invitation(token=invited.token, at=NOON) == number
    assert not facts.is_invited(invited.token, at=NOON)
    with pytest.raises(InvitationUnusable):
        actions.take_invitation(token=invited.token, at=NOON)

    late = actions.invite(MACHINE, account=number)
    with pytest.raises(InvitationUnusable):
        actions.take_invitation(token=late.token, at=NOON + timedelta(hours=24))


def test_a_newer_invitation_ends_the_older_and_only_a_digest_is_kept() -> None:
    number = add()
    old = actions.invite(MACHINE, account=number)
    new = actions.invite(MACHINE, account=number)

    with pytest.raises(InvitationUnusable):
        actions.take_invitation(token=old.token, at=NOON)
    assert new.token not in repr(Invitation.objects.values())
    assert new.token not in repr(new)


def test_who_can_sign_in_is_not_invited(join: Join) -> None:
    with pytest.raises(AlreadySetUp):
        actions.invite(MACHINE, account=number_of(join("set-up")))


def test_a_lead_invites_without_ever_seeing_the_link(join: Join) -> None:
    lead, number = join("lead", Role.LEAD), add()
    join("somebody-else")

    actions.invite_by_mail(lead, account=number, origin="https://help.example.jp", profile=THREE)

    (notice,) = outbox.notices(to=f"agent:{number}")
    link = outbox.secret_of(notice.number)
    assert link.startswith("https://help.example.jp/account/invited/")
    assert link.split("/")[-2] not in repr(notice)
    assert actions.take_invitation(token=link.split("/")[-2], at=NOON) == number


def test_a_hand_that_reads_as_another_is_still_the_same_person(join: Join) -> None:
    lead = join("lead", Role.LEAD)
    join("other", Role.LEAD)

    with pytest.raises(NotYourOwn):
        actions.suspend(
            replace(lead, by=lead.by.replace("lead", "counsel"), role=Role.COUNSEL),
            account=number_of(lead),
            profile=THREE,
        )


def test_a_buyer_whose_number_is_that_of_an_account_is_not_taken_for_it(db: None) -> None:
    account = Account.objects.create(email="a@example.jp", name="人", role="agent", added_at=NOON)

    assert facts.address_of(f"buyer:{account.pk}") is None
    assert facts.address_of(f"machine:{account.pk}") is None
    assert facts.address_of(f"agent:{account.pk}") == ("人", "a@example.jp")


def test_what_is_so_already_is_not_done_again(join: Join) -> None:
    lead, _, target = join("lead", Role.LEAD), join("third"), number_of(join("target"))
    before = len(ledger.acts_about(f"people.account:{target}"))

    actions.change_role(lead, account=target, role=Role.AGENT, profile=THREE)
    actions.let_in_again(lead, account=target, profile=THREE)

    assert len(ledger.acts_about(f"people.account:{target}")) == before
    actions.suspend(lead, account=target, profile=THREE)
    actions.suspend(lead, account=target, profile=THREE)
    assert len(ledger.acts_about(f"people.account:{target}")) == before + 1


def test_nobody_of_the_staff_becomes_a_buyer(join: Join) -> None:
    with pytest.raises(ValueError, match="buyer"):
        actions.change_role(
            join("lead", Role.LEAD), account=number_of(join("target")), role=Role.BUYER, profile=THREE
        )


def test_an_agent_who_reads_for_an_authority_from_now_on_is_asked_about_by_nobody() -> None:
    number = add()

    actions.change_role(MACHINE, account=number, role=Role.OFFICER, profile=THREE, reason="異動")

    assert role_of(number) is Role.OFFICER


@pytest.mark.parametrize(("who", "name"), [("lead:5", "花子"), ("staff:5", "花子"), ("lead:6", "—")])
def test_an_account_is_called_by_its_name(who: str, name: str) -> None:
    assert facts.called(who, {5: "花子"}) == name


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("lead:5", "花子"),
        ("lead:6", "相談窓口の責任者"),
        ("staff:desk-9", "担当者"),
        ("seller:S-1", "出品者 S-1"),
    ],
)
def test_nobody_is_named_to_people_as_programs_call_them(who: str, name: str) -> None:
    assert facts.named(who, {5: "花子"}).ja == name


@pytest.mark.parametrize("who", ["buyer:5", "seller:5", "counsellor:5", "machine:clock/x", "anonymous", ""])
def test_nobody_else_is_called_by_the_name_of_an_account_of_that_number(who: str) -> None:
    assert facts.called(who, {5: "花子"}) == ""
