"""A second person is another person: nobody whom one brought in, nobody new; and nobody takes the last one away alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from mamori.grammar.actor import Actor, Role
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.outbox import facts as outbox
from mamori.ground.people import actions, facts
from mamori.ground.people.actions.accounts import LastWhoCouldAgree
from mamori.ground.people.actions.proposing import NoSuchProposal, NotASecondPerson, NotYoursToAgree
from mamori.ground.people.models import Account, Proposal
from mamori.ground.people.rules import Matter, Profile
from mamori.ground.people.tests.conftest import LONG_AGO, MACHINE, NOON, ONE, THREE, TWENTY, Join, number_of

pytestmark = pytest.mark.django_db


def added(by: Actor, name: str, role: Role = Role.AGENT, *, profile: Profile = THREE) -> Actor:
    """Let somebody add an account that can come in, and return its actor, at the same moment."""
    number = actions.add_account(by, email=f"{name}@example.jp", name=name, role=role, profile=profile)
    account = Account.objects.get(pk=number)
    Authenticator.objects.create(user=account, type="webauthn", data={"name": "key"})
    return Actor(by=account.who, role=Role(account.role), at=by.at, via="web")


def wish(actor: Actor, profile: Profile = THREE) -> int:
    """Propose that somebody who is gone sets up their sign-in anew, and return the proposal's number."""
    gone, _ = Account.objects.get_or_create(
        email="gone@example.jp",
        defaults={"name": "gone", "role": "agent", "added_at": LONG_AGO, "is_active": False},
    )
    return actions.propose_reset(actor, account=gone.pk, profile=profile, reason="紛失")


def at(actor: Actor, days: int) -> Actor:
    """Return the actor so many days later."""
    return replace(actor, at=actor.at + timedelta(days=days))


def test_a_lead_with_two_agents_of_its_own_is_one_person(join: Join) -> None:
    lead = join("lead", Role.LEAD)
    mine = [added(lead, "first"), added(lead, "second")]

    number = wish(at(lead, 30))

    for agent in mine:
        with pytest.raises(NotYoursToAgree):
            actions.agree(at(agent, 30), proposal=number, profile=THREE)
    assert Proposal.objects.get().state == "proposed"


def test_where_only_ones_own_are_there_time_passes_and_they_are_told_and_may_decline(join: Join) -> None:
    lead = join("lead", Role.LEAD)
    mine = added(lead, "first")

    number = wish(at(lead, 30))

    assert [notice.template for notice in outbox.notices(to=mine.by)][-1] == "people.waits"
    assert clocks.open_clocks(f"people.proposal:{number}")
    actions.decline(at(mine, 30), proposal=number, profile=THREE)
    assert Proposal.objects.get().state == "declined"


def test_beside_somebody_else_ones_own_do_not_agree_and_no_time_does(join: Join) -> None:
    lead, other = join("lead", Role.LEAD), join("other")
    mine = added(lead, "first")

    number = wish(at(lead, 30))

    with pytest.raises(NotASecondPerson):
        actions.agree(at(mine, 30), proposal=number, profile=THREE)
    assert clocks.open_clocks(f"people.proposal:{number}") == ()
    assert outbox.notices(to=mine.by) == ()
    assert actions.agree(at(other, 30), proposal=number, profile=THREE)


def test_who_added_the_proposer_does_not_agree_either(join: Join) -> None:
    lead, other = join("lead", Role.LEAD), join("other")
    mine = added(lead, "first", Role.COUNSEL)
    actions.agree(other, proposal=facts.open_proposals()[0].number, profile=THREE)
    counsel = replace(mine, by=mine.by.replace("agent", "counsel"), role=Role.COUNSEL)

    number = wish(at(counsel, 30))

    with pytest.raises(NotASecondPerson):
        actions.agree(at(lead, 30), proposal=number, profile=THREE)


def test_whom_somebody_invited_does_not_agree_to_their_wishes(join: Join) -> None:
    lead, other = join("lead", Role.LEAD), join("other")
    theirs = actions.add_account(MACHINE, email="x@example.jp", name="x", role=Role.AGENT, profile=THREE)
    actions.invite_by_mail(lead, account=theirs, origin="https://x", profile=THREE)

    number = wish(at(lead, 30))

    invited = Actor(by=f"agent:{theirs}", role=Role.AGENT, at=NOON + timedelta(days=30), via="web")
    with pytest.raises(NotASecondPerson):
        actions.agree(invited, proposal=number, profile=THREE)
    assert actions.agree(at(other, 30), proposal=number, profile=THREE)


def test_who_is_new_counts_after_the_declared_days_and_is_waited_for(join: Join) -> None:
    lead = join("lead", Role.LEAD)
    new = added(MACHINE, "new")

    number = wish(lead)

    assert clocks.open_clocks(f"people.proposal:{number}") == ()
    with pytest.raises(NotASecondPerson, match="7"):
        actions.agree(at(new, 6), proposal=number, profile=THREE)
    assert actions.agree(at(new, 7), proposal=number, profile=THREE)


def test_those_added_on_the_server_while_the_house_begins_can_start_at_once() -> None:
    lead = added(MACHINE, "lead", Role.LEAD)
    counsel = added(MACHINE, "counsel", Role.COUNSEL)
    assert counsel.role is Role.AGENT

    assert actions.agree(lead, proposal=facts.open_proposals()[0].number, profile=THREE)

    counsel = replace(counsel, by=counsel.by.replace("agent", "counsel"), role=Role.COUNSEL)
    third = number_of(added(MACHINE, "third"))
    reset = actions.propose_reset(lead, account=third, profile=THREE, reason="紛失")
    assert actions.agree(counsel, proposal=reset, profile=THREE)


@pytest.mark.parametrize("profile", [THREE, TWENTY])
def test_nobody_suspends_or_demotes_the_last_who_could_agree(join: Join, profile: Profile) -> None:
    lead, other = join("lead", Role.LEAD), join("other", Role.LEAD)
    added(lead, "mine", profile=profile)

    with pytest.raises(LastWhoCouldAgree):
        actions.suspend(lead, account=number_of(other), profile=profile)
    if profile is TWENTY:
        with pytest.raises(LastWhoCouldAgree):
            actions.change_role(lead, account=number_of(other), role=Role.AGENT, profile=profile)
    with pytest.raises(LastWhoCouldAgree):
        actions.change_role(lead, account=number_of(other), role=Role.OFFICER, profile=profile)

    assert wish(lead, profile)
    assert Proposal.objects.get().needs == 1


def test_nobody_has_the_last_one_suspended_by_somebody_whom_they_brought_in(join: Join) -> None:
    lead, other = join("lead", Role.LEAD), join("other")
    mine = [added(lead, name) for name in ("first", "second")]
    Account.objects.filter(pk=number_of(mine[0])).update(role="lead")
    puppet = Actor(by=f"lead:{number_of(mine[0])}", role=Role.LEAD, at=NOON + timedelta(days=30), via="web")

    with pytest.raises(LastWhoCouldAgree):
        actions.suspend(puppet, account=number_of(other), profile=THREE)


def test_one_of_several_is_suspended_at_once_and_ones_own_always(join: Join) -> None:
    lead, other, third = join("lead", Role.LEAD), join("other", Role.LEAD), join("third")
    mine = added(lead, "mine")

    actions.suspend(lead, account=number_of(other), profile=THREE)
    actions.suspend(lead, account=number_of(mine), profile=THREE)

    with pytest.raises(LastWhoCouldAgree):
        actions.suspend(lead, account=number_of(third), profile=THREE)


def test_the_command_line_and_who_works_alone_suspend_anybody(join: Join) -> None:
    lead, other, third = join("lead", Role.LEAD), join("other"), join("third")

    actions.suspend(MACHINE, account=number_of(other), profile=THREE)
    actions.suspend(lead, account=number_of(third), profile=ONE)

    assert set(Account.objects.filter(is_active=True)) == {Account.objects.get(pk=number_of(lead))}


def test_suspending_does_not_lower_how_many_are_needed(join: Join) -> None:
    lead, other, third = join("lead", Role.LEAD), join("other"), join("third")
    number = wish(lead)

    actions.suspend(MACHINE, account=number_of(other), profile=THREE)
    actions.suspend(MACHINE, account=number_of(third), profile=THREE)

    assert Proposal.objects.get().needs == 1
    assert clocks.open_clocks(f"people.proposal:{number}") == ()


def test_what_a_suspended_or_demoted_person_proposed_ends(join: Join) -> None:
    lead, other, third = join("lead", Role.LEAD), join("other", Role.LEAD), join("third")
    join("fourth")
    first = wish(lead)
    actions.suspend(other, account=number_of(lead), profile=THREE)
    actions.let_in_again(other, account=number_of(lead), profile=THREE)
    second = wish(lead)
    actions.change_role(other, account=number_of(lead), role=Role.AGENT, profile=THREE)

    for number in (first, second):
        with pytest.raises(NoSuchProposal):
            actions.agree(third, proposal=number, profile=THREE)
        assert ledger.acts_about(f"people.proposal:{number}")[-1].kind == "people.proposal_withdrawn"


def test_a_look_of_a_suspended_reader_is_still_looked_at(join: Join) -> None:
    reader, other, third = join("reader"), join("other", Role.LEAD), join("third")
    number = actions.propose_reading(reader, about="12345678#ab", profile=THREE, reason="12345678")

    actions.suspend(other, account=number_of(reader), profile=THREE)

    assert actions.agree(third, proposal=number, profile=THREE)


def test_who_is_let_in_again_with_an_app_alone_is_asked_for_anew(join: Join) -> None:
    lead, _, app = join("lead", Role.LEAD), join("third"), join("app", passkey=False)
    Authenticator.objects.create(user_id=number_of(app), type="totp", data={"secret": ""})
    actions.factor_changed(app, account=number_of(app), change="totp_added", profile=THREE)
    actions.suspend(lead, account=number_of(app), profile=THREE)
    assert facts.open_proposals() == ()

    actions.let_in_again(lead, account=number_of(app), profile=THREE)

    (proposal,) = facts.open_proposals()
    assert (proposal.matter, proposal.by) == (Matter.ALLOW_TOTP, f"staff:{number_of(app)}")


def test_who_sets_the_last_who_could_agree_up_anew_does_not_make_them_ones_own(join: Join) -> None:
    lead, other = join("lead", Role.LEAD), number_of(join("other"))
    actions.propose_reset(lead, account=other, profile=THREE, reason="紛失")
    Authenticator.objects.filter(user_id=other).delete()

    with pytest.raises(LastWhoCouldAgree):
        actions.invite_by_mail(lead, account=other, origin="https://x", profile=THREE)
    actions.invite_by_mail(MACHINE, account=other, origin="https://x", profile=THREE)

    assert Proposal.objects.get(pk=wish(lead)).needs == 1
