"""Somebody is erased when two agree, unless a hold or an open case stands in the way; nobody else can begin it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import Hours
from mamori.ground.cases import actions as cases, facts as case_facts
from mamori.ground.cases.models import Entry
from mamori.ground.clocks.actions import Fired
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions
from mamori.ground.market.tests.conftest import MACHINE, MONDAY
from mamori.ground.outbox.models import Event
from mamori.ground.people import actions as people, facts, tasks
from mamori.ground.people.actions.proposing import AlreadyProposed, NotYoursToAgree
from mamori.ground.people.models import Account
from mamori.ground.people.rules import Profile, Size
from mamori.ground.seal import facts as seals
from mamori.ground.vault import actions as vault
from mamori.law.deadlines import LONE_DELAY
from mamori.law.grounds import OWN_REQUEST, SUIT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("market")]
THREE, ONE = (Profile(size=size, delay=Hours(24)) for size in (Size.THREE, Size.ONE))


def staff(name: str, role: Role) -> Actor:
    account = Account.objects.create(
        email=f"{name}@example.jp",
        name=name,
        role=role.value,
        added_at=MONDAY - timedelta(days=60),
        password="!",
    )
    return Actor(by=account.who, role=role, at=MONDAY, via="web")


@pytest.fixture
def lead() -> Actor:
    return staff("lead", Role.LEAD)


@pytest.fixture
def agent() -> Actor:
    return staff("agent", Role.AGENT)


def ask(actor: Actor, person: str = "buyer:B-1", *, profile: Profile = THREE, reason: str = "退会") -> int:
    return actions.erase_person(actor, person=person, ground=OWN_REQUEST, reason=reason, profile=profile)


def lives(person: str = "buyer:B-1") -> bool:
    return person in seals.living([person])


def open_case() -> str:
    """Open a case of both parties and return its number."""
    cases.open(
        about="t:1",
        kind="contact.trouble",
        title="届かない",
        buyer_ref="B-1",
        seller_ref="S-1",
        order_ref="O-1",
        at=MONDAY,
    )
    return case_facts.case_of("t:1").number


def fired(number: int) -> Fired:
    at = MONDAY + timedelta(days=1)
    return Fired(kind=LONE_DELAY.code, about=f"people.proposal:{number}", key="", due_at=at, at=at)


def test_the_key_goes_when_another_person_agrees_and_the_record_says_who_and_why(
    lead: Actor, agent: Actor
) -> None:
    number = ask(lead)
    assert lives()

    assert people.agree(agent, proposal=number, profile=THREE)

    assert not lives()
    assert lives("seller:S-1")
    assert [act.kind for act in ledger.acts_about("buyer:B-1")] == ["market.erase_person", "ledger.shredded"]
    assert [row.subject for row in Event.objects.filter(kind="market.person_erased")] == ["buyer:B-1"]
    with pytest.raises(actions.PersonErased):
        actions.put_buyer(MACHINE, actions.BuyerLine(ref="B-1", name="別の名"))
    with pytest.raises(actions.NobodyToErase):
        ask(lead)


def test_nobody_agrees_to_what_they_asked_for_themselves(lead: Actor, agent: Actor) -> None:
    number = ask(lead)

    with pytest.raises(NotYoursToAgree):
        people.agree(lead, proposal=number, profile=THREE)
    with pytest.raises(AlreadyProposed):
        ask(lead)
    assert lives()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.LEAD, Role.COUNSEL}))
def test_eve_and_everybody_but_a_lead_or_counsel_is_refused(role: Role) -> None:
    eve = Actor(by=f"{role}:B-1", role=role, at=MONDAY, via="web")

    with pytest.raises(actions.ErasingNotYours):
        ask(eve)
    assert facts.open_proposals() == ()


@pytest.mark.parametrize("person", ["buyer:B-9", "B-1", "market", "staff:1", "buyer:", "seller:a b"])
def test_who_is_not_kept_cannot_be_erased(lead: Actor, person: str) -> None:
    with pytest.raises(actions.NobodyToErase):
        ask(lead, person)


def test_a_reason_is_asked_for(lead: Actor) -> None:
    with pytest.raises(actions.ErasingReasonNeeded):
        ask(lead, reason=" \n")


def test_a_hold_refuses_it_at_the_asking_and_at_the_agreeing(lead: Actor, agent: Actor) -> None:
    number = ask(lead)
    hold = vault.hold(lead, what="buyer:B-1", ground=SUIT, reason="訴状")

    with pytest.raises(seals.Held):
        ask(lead)
    with pytest.raises(seals.Held):
        people.agree(agent, proposal=number, profile=THREE)
    assert [one.agreed for one in facts.open_proposals()] == [()]
    assert lives()

    vault.lift(lead, number=hold, reason="和解")
    assert people.agree(agent, proposal=number, profile=THREE)
    assert not lives()


@pytest.mark.parametrize("person", ["buyer:B-1", "seller:S-1"])
def test_an_open_case_refuses_it_and_is_named(lead: Actor, person: str) -> None:
    number = open_case()

    with pytest.raises(actions.MattersOpen) as refused:
        ask(lead, person)

    assert number in refused.value.sentence.ja
    assert number in refused.value.sentence.en


def test_who_works_alone_waits_and_what_came_into_the_way_ends_it(lead: Actor) -> None:
    number = ask(lead, profile=ONE)
    [waiting] = facts.open_proposals()
    assert waiting.due_at == MONDAY + timedelta(hours=24)
    open_case()

    tasks.wait_is_over(fired(number))

    assert lives()
    assert facts.open_proposals() == ()
    last = list(ledger.acts_about(f"people.proposal:{number}"))[-1]
    assert (last.kind, last.content and last.content["reason"]) == (
        "people.proposal_withdrawn",
        "market.matters_open",
    )


def test_who_works_alone_has_it_done_when_the_wait_is_over(lead: Actor) -> None:
    number = ask(lead, profile=ONE)

    tasks.wait_is_over(fired(number))
    tasks.wait_is_over(fired(number))

    assert not lives()
    assert Event.objects.filter(kind="market.person_erased").count() == 1


def test_what_they_could_be_found_by_goes_with_them(lead: Actor, agent: Actor) -> None:
    open_case()
    cases.enter_words(about="t:1", key="m:1", subject="buyer:B-1", text="青い傘が届かない")
    cases.update(about="t:1", state="solved", lead=None, closed_at=MONDAY)

    people.agree(agent, proposal=ask(lead), profile=THREE)

    assert not Entry.objects.filter(subject="buyer:B-1").exists()
    assert not lives()
