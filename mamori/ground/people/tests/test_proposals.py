"""A second pair of eyes: nobody agrees to their own, each once, one effect; and where nobody else is, time and a reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from mamori.grammar.actor import Actor, Role
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.ledger import facts as ledger
from mamori.ground.outbox import facts as outbox
from mamori.ground.people import actions, facts, tasks
from mamori.ground.people.actions.proposing import (
    AlreadyAgreed,
    AlreadyProposed,
    NoSuchProposal,
    NotYoursToAgree,
)
from mamori.ground.people.models import Account, Approval, Proposal
from mamori.ground.people.notices import OUTSIDE_READER
from mamori.ground.people.rules import Awaits, Matter, Profile
from mamori.ground.people.tests.conftest import MACHINE, NOON, ONE, THREE, TWENTY, Join, number_of

pytestmark = pytest.mark.django_db


def promote(actor: Actor, target: Actor, *, profile: Profile = THREE) -> int:
    """Propose that somebody becomes lead and return the proposal's number."""
    actions.change_role(actor, account=number_of(target), role=Role.LEAD, profile=profile, reason="昇格")
    return facts.open_proposals()[-1].number


def role_of(actor: Actor) -> str:
    """Return what somebody is now."""
    return Account.objects.get(pk=number_of(actor)).role


def test_another_person_agrees_and_it_happens_in_that_moment(join: Join) -> None:
    lead, target, third = join("lead", Role.LEAD), join("target"), join("third")
    number = promote(lead, target)
    assert role_of(target) == "agent"

    assert actions.agree(third, proposal=number, profile=THREE)

    assert role_of(target) == "lead"
    assert facts.open_proposals() == ()
    assert [act.kind for act in ledger.acts_about(f"people.proposal:{number}")] == [
        "people.proposed",
        "people.agreed",
        "people.proposal_effected",
    ]


def test_nobody_agrees_to_their_own_nor_to_what_concerns_them(join: Join) -> None:
    lead, target = join("lead", Role.LEAD), join("target")
    join("third")
    number = promote(lead, target)

    for actor in (lead, target, replace(lead, by=lead.by.replace("lead", "agent"), role=Role.AGENT)):
        with pytest.raises(NotYoursToAgree):
            actions.agree(actor, proposal=number, profile=THREE)
    assert role_of(target) == "agent"


@pytest.mark.parametrize("role", [Role.BUYER, Role.SELLER, Role.MACHINE, Role.ANONYMOUS, Role.OFFICER])
def test_nobody_from_outside_agrees(join: Join, role: Role) -> None:
    lead, target = join("lead", Role.LEAD), join("target")
    join("third")
    number = promote(lead, target)
    stranger = Actor(by=f"{role}:77", role=role, at=NOON, via="web")

    for deed in (actions.agree, actions.decline):
        with pytest.raises(NotYoursToAgree):
            deed(stranger, proposal=number, profile=THREE)


def test_among_twenty_only_leads_and_counsel_agree(join: Join) -> None:
    lead, target, agent, counsel = (
        join("lead", Role.LEAD), join("target"), join("agent"), join("counsel", Role.COUNSEL),
    )  # fmt: skip
    number = promote(lead, target, profile=TWENTY)

    with pytest.raises(NotYoursToAgree):
        actions.agree(agent, proposal=number, profile=TWENTY)
    assert actions.agree(counsel, proposal=number, profile=TWENTY)


def test_the_table_itself_refuses_ones_own_agreement_and_a_second(join: Join) -> None:
    lead, target = join("lead", Role.LEAD), join("target")
    join("third")
    number = promote(lead, target)

    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(proposal_id=number, by="staff:1", proposer="staff:1", at=NOON)
    Approval.objects.create(proposal_id=number, by="staff:9", proposer="staff:1", at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(proposal_id=number, by="staff:9", proposer="staff:1", at=NOON)


def test_where_two_must_agree_one_alone_changes_nothing(join: Join) -> None:
    lead, target, third, fourth = join("lead", Role.LEAD), join("target"), join("third"), join("fourth")
    number = promote(lead, target)
    Proposal.objects.filter(pk=number).update(needs=2)

    assert not actions.agree(third, proposal=number, profile=THREE)
    with pytest.raises(AlreadyAgreed):
        actions.agree(third, proposal=number, profile=THREE)
    assert role_of(target) == "agent"
    assert actions.agree(fourth, proposal=number, profile=THREE)
    assert role_of(target) == "lead"


def test_what_is_done_is_done_once(join: Join) -> None:
    lead, target, third, fourth = join("lead", Role.LEAD), join("target"), join("third"), join("fourth")
    number = promote(lead, target)
    actions.agree(third, proposal=number, profile=THREE)

    for deed in (actions.agree, actions.decline):
        with pytest.raises(NoSuchProposal):
            deed(fourth, proposal=number, profile=THREE)
    epoch = Account.objects.get(pk=number_of(target)).epoch
    tasks.wait_is_over(fired(number))
    assert Account.objects.get(pk=number_of(target)).epoch == epoch


def test_the_same_is_proposed_once_at_a_time(join: Join) -> None:
    lead, target = join("lead", Role.LEAD), join("target")
    join("third")
    promote(lead, target)

    with pytest.raises(AlreadyProposed):
        promote(lead, target)


def test_others_decline_and_who_proposed_withdraws(join: Join) -> None:
    lead, target, third = join("lead", Role.LEAD), join("target"), join("third")

    actions.decline(third, proposal=promote(lead, target), profile=THREE, reason="早い")
    actions.decline(lead, proposal=promote(lead, target), profile=THREE)

    assert role_of(target) == "agent"
    assert list(Proposal.objects.order_by("id").values_list("state", flat=True)) == ["declined", "withdrawn"]


@pytest.mark.parametrize("profile", [ONE, THREE, TWENTY])
def test_who_read_urgently_cannot_take_the_look_afterwards_off(join: Join, profile: Profile) -> None:
    reader, other = join("reader", Role.LEAD), join("other", Role.LEAD)
    number = actions.propose_reading(reader, about="12345678#ab", profile=profile, reason="12345678")

    with pytest.raises(NotYoursToAgree):
        actions.decline(reader, proposal=number, profile=profile)

    assert [waiting.number for waiting in facts.open_proposals()] == [number]
    actions.decline(other, proposal=number, profile=profile)
    assert facts.open_proposals() == ()


def test_whom_it_concerns_does_not_decline(join: Join) -> None:
    lead, target = join("lead", Role.LEAD), join("target")
    join("third")

    with pytest.raises(NotYoursToAgree):
        actions.decline(target, proposal=promote(lead, target), profile=THREE)


def test_those_who_may_agree_are_told_and_nobody_else(join: Join) -> None:
    lead, target, third = join("lead", Role.LEAD), join("target"), join("third")

    promote(lead, target)

    told = {notice.to for actor in (lead, target, third) for notice in outbox.notices(to=actor.by)}
    assert told == {third.by}


def fired(number: int, after: timedelta = timedelta(days=1)) -> clocks.Fired:
    """Ring the clock of a proposal."""
    at = NOON + after
    return clocks.Fired(kind="people.lone_delay", about=f"people.proposal:{number}", key="", due_at=at, at=at)


def test_who_works_alone_waits_in_sight_of_an_outside_reader(join: Join) -> None:
    lead, target = join("lead", Role.LEAD), join("target")

    number = promote(lead, target, profile=ONE)

    (waiting,) = facts.open_proposals()
    (clock,) = clock_facts.open_clocks(f"people.proposal:{number}")
    assert waiting.due_at == clock.due_at == NOON + timedelta(hours=24)
    assert role_of(target) == "agent"
    assert [notice.template for notice in outbox.notices(to=OUTSIDE_READER)] == ["people.waits"]
    assert [notice.template for notice in outbox.notices(to=target.by)] == ["people.waits"]
    with pytest.raises(NotYoursToAgree):
        actions.agree(target, proposal=number, profile=ONE)

    tasks.wait_is_over(fired(number))
    assert role_of(target) == "lead"


def test_nobody_shortens_a_wait(join: Join) -> None:
    lead, target = join("lead", Role.LEAD), join("target")
    number = promote(lead, target, profile=ONE)
    newcomer = join("newcomer", Role.COUNSEL)

    for profile in (ONE, THREE, TWENTY):
        with pytest.raises(NotYoursToAgree):
            actions.agree(newcomer, proposal=number, profile=profile)
    assert role_of(target) == "agent"


def test_what_was_withdrawn_while_waiting_does_not_happen(join: Join) -> None:
    lead, target = join("lead", Role.LEAD), join("target")
    number = promote(lead, target, profile=ONE)

    actions.decline(lead, proposal=number, profile=ONE)
    tasks.wait_is_over(fired(number))

    assert role_of(target) == "agent"
    assert clock_facts.open_clocks(f"people.proposal:{number}") == ()


def test_among_three_of_whom_nobody_else_could_agree_time_passes_too(join: Join) -> None:
    lead, target = join("lead", Role.LEAD), join("target")

    promote(lead, target, profile=THREE)

    assert facts.open_proposals()[0].due_at is not None


def test_a_wait_of_people_is_not_ended_by_a_clock(join: Join) -> None:
    lead, target = join("lead", Role.LEAD), join("target")
    join("third")
    number = promote(lead, target)

    tasks.wait_is_over(fired(number))

    assert role_of(target) == "agent"


def test_a_smaller_size_chosen_later_lets_nobody_agree_to_their_own(join: Join) -> None:
    lead, target, third = join("lead", Role.LEAD), join("target"), join("third")
    number = promote(lead, target)

    with pytest.raises(NotYoursToAgree):
        actions.agree(lead, proposal=number, profile=ONE)
    assert actions.agree(third, proposal=number, profile=ONE)


def test_a_reset_takes_every_factor_and_the_password_once_agreed(join: Join) -> None:
    lead, target, third = join("lead", Role.LEAD), join("target"), join("third")
    account = Account.objects.get(pk=number_of(target))
    account.set_password("a password that is long")
    account.save()
    before = account.get_session_auth_hash()
    number = actions.propose_reset(lead, account=account.pk, profile=THREE, reason="紛失")
    assert Authenticator.objects.filter(user=account).exists()

    actions.agree(third, proposal=number, profile=THREE)

    account.refresh_from_db()
    assert not Authenticator.objects.filter(user=account).exists()
    assert not account.has_usable_password()
    assert account.get_session_auth_hash() != before
    actions.invite(lead, account=account.pk)


def app_only(join: Join, profile: Profile) -> Actor:
    """Let somebody set up an app without a passkey."""
    actor = join("app", passkey=False)
    Authenticator.objects.create(user_id=number_of(actor), type="totp", data={"secret": ""})
    actions.factor_changed(actor, account=number_of(actor), change="totp_added", profile=profile)
    return actor


def awaits(actor: Actor) -> Awaits:
    """Return what somebody still lacks."""
    found = facts.account(number_of(actor), at=NOON)
    assert found is not None
    return found.awaits


def test_an_app_without_a_passkey_waits_for_another_person(join: Join) -> None:
    third = join("third", Role.LEAD)
    actor = app_only(join, TWENTY)
    (proposal,) = facts.open_proposals()
    assert (proposal.matter, awaits(actor)) == (Matter.ALLOW_TOTP, Awaits.APPROVAL)
    with pytest.raises(NotYoursToAgree):
        actions.agree(actor, proposal=proposal.number, profile=TWENTY)

    actions.agree(third, proposal=proposal.number, profile=TWENTY)

    assert awaits(actor) is Awaits.NOTHING


def test_a_second_change_asks_nobody_a_second_time(join: Join) -> None:
    join("third", Role.LEAD)
    actor = app_only(join, TWENTY)

    actions.factor_changed(actor, account=number_of(actor), change="recovery_renewed", profile=TWENTY)

    assert len(facts.open_proposals()) == 1


def test_who_works_alone_is_not_locked_out_by_an_app_but_the_reader_hears(join: Join) -> None:
    actor = app_only(join, ONE)

    assert awaits(actor) is Awaits.NOTHING
    assert [notice.template for notice in outbox.notices(to=OUTSIDE_READER)] == ["people.done"]


def test_a_passkey_makes_the_question_needless_and_its_loss_asks_again(join: Join) -> None:
    join("third", Role.LEAD)
    actor = app_only(join, THREE)
    key = Authenticator.objects.create(user_id=number_of(actor), type="webauthn", data={"name": "k"})
    actions.factor_changed(actor, account=number_of(actor), change="webauthn_added", profile=THREE)
    assert facts.open_proposals() == ()
    assert awaits(actor) is Awaits.NOTHING

    key.delete()
    actions.factor_changed(actor, account=number_of(actor), change="webauthn_removed", profile=THREE)

    assert awaits(actor) is Awaits.APPROVAL
    assert len(facts.open_proposals()) == 1


def test_agreement_to_an_app_ends_with_the_app(join: Join) -> None:
    actor = app_only(join, ONE)
    Authenticator.objects.filter(user_id=number_of(actor)).delete()
    actions.factor_changed(actor, account=number_of(actor), change="totp_removed", profile=ONE)

    assert Account.objects.get(pk=number_of(actor)).totp_allowed_at is None


def test_what_the_machine_allowed_ahead_is_in_force_once_the_app_is_set_up(join: Join) -> None:
    join("third", Role.LEAD)
    actor = join("app", passkey=False)
    actions.allow_totp(MACHINE, account=number_of(actor))

    actions.factor_changed(actor, account=number_of(actor), change="password_changed", profile=TWENTY)
    Authenticator.objects.create(user_id=number_of(actor), type="totp", data={"secret": ""})
    actions.factor_changed(actor, account=number_of(actor), change="totp_added", profile=TWENTY)

    assert awaits(actor) is Awaits.NOTHING
    assert facts.open_proposals() == ()


def test_what_the_machine_allowed_ahead_ends_with_the_app_or_with_a_passkey_in_its_place(join: Join) -> None:
    for name, change in (("without", "totp_removed"), ("with", "webauthn_added")):
        actor = join(name, passkey=name == "with")
        actions.allow_totp(MACHINE, account=number_of(actor))

        actions.factor_changed(actor, account=number_of(actor), change=change, profile=TWENTY)

        assert Account.objects.get(pk=number_of(actor)).totp_allowed_at is None


def test_every_change_of_a_factor_ends_the_sessions(join: Join) -> None:
    actor = join("agent")
    before = Account.objects.get(pk=number_of(actor)).get_session_auth_hash()

    actions.factor_changed(actor, account=number_of(actor), change="webauthn_added", profile=THREE)

    assert Account.objects.get(pk=number_of(actor)).get_session_auth_hash() != before


def test_an_urgent_reading_is_looked_at_afterwards_once(join: Join) -> None:
    reader, other = join("reader"), join("other")

    number = actions.propose_reading(reader, about="contact.thread:3", profile=THREE, reason="けが")
    again = actions.propose_reading(reader, about="contact.thread:3", profile=THREE, reason="けが")

    assert number == again
    with pytest.raises(NotYoursToAgree):
        actions.agree(reader, proposal=number, profile=THREE)
    assert actions.agree(other, proposal=number, profile=THREE)
