"""Buyer and seller are told of an emergency look, once: by the second person's decision, and not by a clock in danger."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import actions as firing, facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.outbox import facts as outbox
from mamori.ground.people import tasks as people
from mamori.ground.people.actions.proposing import NotASecondPerson, NotYoursToAgree
from mamori.ground.people.models import Account, Introduction
from mamori.ground.seal import actions as sealing
from mamori.ground.terms import actions as terms
from mamori.law.grounds import EMERGENCY, PARTY_SHARE, WARRANT
from mamori.law.settings import PEOPLE_SIZE
from mamori.rooms.contact import actions as contact, facts, tasks
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.models import Thread
from mamori.rooms.contact.queries.paper import records
from mamori.rooms.contact.queries.staff import looks_of
from mamori.rooms.contact.rules.reasons import LowerBecause
from mamori.rooms.contact.tests.conftest import (
    EVES,
    MONDAY,
    actor,
    buyer,
    content,
    open_trouble,
    pass_time,
    seller,
)
from mamori.rooms.contact.topics import Harm

pytestmark = pytest.mark.usefixtures("market_of_two")
READ = "窓口の担当者が本文を読んだ"
LATER = MONDAY + timedelta(days=7)
TOLD = "緊急のため担当者が本文を読んだことを知らせた"


@pytest.fixture
def staff(db: None) -> dict[str, Actor]:
    """An agent who reads, another one, and those who answer for the centre."""
    people = {}
    for name, role in (("ana", "agent"), ("ben", "agent"), ("lea", "lead"), ("kai", "counsel")):
        account = Account.objects.create(
            email=f"{name}@example.jp", name=name, role=role, added_at=MONDAY - timedelta(days=60)
        )
        people[name] = actor(f"{role}:{account.pk}", Role(role))
    return people


def looked(by: Actor, at: datetime = MONDAY) -> tuple[str, int, str]:
    """Take an emergency look and return the matter, its thread and the look."""
    trouble = open_trouble(at, may_read=False)
    known = facts.trouble(trouble)
    assert known is not None
    name = f"contact.trouble:{trouble}"
    contact.look(by, thread=known.thread, ground=EMERGENCY, reason="発火したとの知らせ")
    return name, known.thread, content(name)["payload"]["look"]


def told(to: str) -> list[str]:
    return [n.body["ja"] for n in outbox.notices(to=to) if n.template == "contact.look_told"]


def alone() -> None:
    """Let the house be one of a single person."""
    terms.set(actor("machine:command/test", Role.MACHINE), setting=PEOPLE_SIZE, value="1")


def rung(at: datetime) -> None:
    """Let the clocks of people and of the room ring until `at`."""
    for _ in range(20):
        firing.fire_due(at=at, tasks={**people.RINGS, **tasks.RINGS})


def test_both_are_told_at_once_and_once_when_somebody_else_confirms(staff: dict[str, Actor]) -> None:
    name, thread, look = looked(staff["ana"])
    before = told("buyer:B-1") + told("seller:S-1")

    contact.confirm_look(staff["ben"], thread=thread, look=look)
    contact.remind_second_reader(actor("machine:worker", Role.MACHINE, LATER), thread=thread, look=look)
    pass_time(LATER)

    assert before == []
    for party in ("buyer:B-1", "seller:S-1"):
        [said] = told(party)
        assert "2026年11月16日" in said
        assert "危険があったことを確かめています" in said
        assert "発火" not in said, "the reason is not told"
    for who in (buyer(LATER), seller(LATER)):
        assert [entry.title.ja for entry in records(who, name)].count(TOLD) == 1


def test_the_parties_hear_that_a_second_reader_found_no_danger(staff: dict[str, Actor]) -> None:
    _, thread, look = looked(staff["ana"])
    contact.object_to_look(staff["kai"], thread=thread, look=look, reason="危険は見られない")

    assert all("認めませんでした" in said for said in told("buyer:B-1") + told("seller:S-1"))


def test_nobody_is_told_before_another_person_has_decided_and_the_clock_asks_on(
    staff: dict[str, Actor],
) -> None:
    name, thread, look = looked(staff["ana"])

    pass_time(MONDAY + timedelta(days=14))
    before = told("buyer:B-1") + told("seller:S-1")
    asked = [act.kind for act in ledger.acts_about(name)].count("contact.remind_second_reader")
    contact.confirm_look(staff["ben"], thread=thread, look=look)

    assert before == []
    assert asked > 3
    assert len(told("buyer:B-1")) == len(told("seller:S-1")) == 1


def test_who_read_more_than_once_is_told_of_in_one_notice_with_each_time(staff: dict[str, Actor]) -> None:
    name, thread, look = looked(staff["ana"])
    again = replace(staff["ana"], at=MONDAY + timedelta(days=1))
    contact.look(again, thread=thread, ground=EMERGENCY, reason="もう一度")

    with pytest.raises(ChangedMeanwhile):  # who saw the first reason confirms no second one unseen
        contact.confirm_look(staff["ben"], thread=thread, look=look, version=1)
    case = cases.case_of(name)
    [shown] = looks_of(staff["ben"], Thread.objects.get(pk=thread), case)
    assert (shown.reason, shown.version) == ("発火したとの知らせ／もう一度", 2)
    contact.confirm_look(staff["ben"], thread=thread, look=look, version=shown.version)

    [said] = told("seller:S-1")
    assert "2026年11月16日" in said
    assert "2026年11月17日" in said


def test_each_reader_is_told_of_by_itself_also_after_the_matter_ended(staff: dict[str, Actor]) -> None:
    name, thread, first = looked(staff["ana"])
    contact.look(staff["ben"], thread=thread, ground=EMERGENCY, reason="もう一度")
    second = content(name)["payload"]["look"]
    contact.solve(buyer(), trouble=int(name.rpartition(":")[2]))

    contact.confirm_look(staff["lea"], thread=thread, look=first)
    one = len(told("seller:S-1"))
    contact.confirm_look(staff["lea"], thread=thread, look=second)

    assert (one, len(told("seller:S-1"))) == (1, 2)


def test_where_nobody_else_could_decide_both_are_told_once_the_wait_is_over(staff: dict[str, Actor]) -> None:
    alone()
    name, _, _ = looked(staff["lea"])

    rung(MONDAY + timedelta(days=7))

    assert [act.kind for act in ledger.acts_about(name)].count("contact.see_second_reader") == 1
    [said] = told("buyer:B-1")
    assert said == told("seller:S-1")[0]
    assert "別の担当者" not in said, "nobody else has looked"


def test_while_somebody_is_in_danger_no_clock_tells(staff: dict[str, Actor]) -> None:
    alone()
    name, thread, _ = looked(staff["lea"])
    trouble = int(name.rpartition(":")[2])
    contact.note_danger(staff["lea"], trouble=trouble, reason="出品者が家に来ると言っている")

    rung(MONDAY + timedelta(days=7))
    during, running = told("buyer:B-1"), clocks.open_clocks(f"contact.look:{thread}")
    asked = [one for one in outbox.notices(to="lead") if one.template == "contact.look_unconfirmed"]
    contact.rule_out_danger(
        replace(staff["lea"], at=MONDAY + timedelta(days=7)),
        trouble=trouble,
        harm=Harm.MONEY,
        because=LowerBecause.MISREAD,
        reason="警察が確かめた",
    )
    rung(MONDAY + timedelta(days=14))

    assert during == []
    assert asked == []  # nobody else could decide: there is nothing to ask a lead for
    assert len(running) == 1
    assert len(told("buyer:B-1")) == len(told("seller:S-1")) == 1


def test_a_look_on_what_a_party_gave_or_by_a_warrant_is_told_by_no_notice(staff: dict[str, Actor]) -> None:
    trouble = open_trouble()
    known = facts.trouble(trouble)
    assert known is not None
    contact.share(seller(), thread=known.thread)

    contact.look(staff["ana"], thread=known.thread, ground=PARTY_SHARE)
    contact.look(staff["kai"], thread=known.thread, ground=WARRANT, reason="令状 1号")
    pass_time(LATER)

    assert clocks.open_clocks(f"contact.look:{known.thread}") == ()
    assert told("buyer:B-1") == told("seller:S-1") == []
    assert [entry.title.ja for entry in records(buyer(), f"contact.trouble:{trouble}")].count(READ) == 1


def test_what_was_erased_is_told_without_its_day(staff: dict[str, Actor]) -> None:
    _, thread, look = looked(staff["ana"])
    sealing.shred(subject="buyer:B-1", at=MONDAY)

    contact.confirm_look(staff["ben"], thread=thread, look=look)

    [said] = told("seller:S-1")
    assert "先日" in said


def test_whom_the_reader_brought_in_is_no_second_person_and_both_sides_are_not_told_yet(
    staff: dict[str, Actor],
) -> None:
    reader, ben = staff["lea"].by.partition(":")[2], staff["ben"].by.partition(":")[2]
    Introduction.objects.create(account_id=int(ben), by=f"staff:{reader}", at=MONDAY - timedelta(days=60))
    _, thread, look = looked(staff["lea"])

    with pytest.raises(NotASecondPerson):
        contact.confirm_look(staff["ben"], thread=thread, look=look)
    with pytest.raises(NotYoursToAgree):
        contact.object_to_look(staff["ben"], thread=thread, look=look, reason="危険は見られない")

    assert told("buyer:B-1") == []


def test_no_party_and_nobody_else_decides_on_a_look(staff: dict[str, Actor]) -> None:
    _, thread, look = looked(staff["ana"])

    for nobody in (buyer(), seller(), *EVES):
        with pytest.raises((NotYoursToAgree, NothingHere)):
            contact.confirm_look(nobody, thread=thread, look=look)
        with pytest.raises((NotYoursToAgree, NothingHere)):
            contact.object_to_look(nobody, thread=thread, look=look, reason="x")

    assert told("buyer:B-1") == []
