"""The parties are told of an emergency look: afterwards, once somebody else has looked, and not while it would endanger."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from conftest import Enter
from mamori.grammar.hand import Hand, Role
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.outbox import facts as outbox
from mamori.ground.people.models import Account, Introduction
from mamori.ground.seal import actions as sealing
from mamori.ground.terms import actions as terms
from mamori.law.deadlines import LOOK_HELD, LOOK_TOLD
from mamori.law.grounds import EMERGENCY, PARTY_SHARE
from mamori.law.settings import PEOPLE_SIZE
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact import facts
from mamori.rooms.contact.actions.telling import OwnTelling, TellingNotYours, version
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.queries.records import records
from mamori.rooms.contact.tests.conftest import (
    EVES,
    MONDAY,
    buyer,
    content,
    hand,
    open_trouble,
    pass_time,
    seller,
)
from mamori.rooms.contact.words import ReasonNeeded

pytestmark = pytest.mark.usefixtures("market_of_two")
LATER = MONDAY + timedelta(days=7)
TOLD = "緊急のため担当者が本文を読んだことを知らせた"


@pytest.fixture
def staff(db: None) -> dict[str, Hand]:
    """An agent who reads, another one, and those who answer for the centre."""
    people = {}
    for name, role in (("ana", "agent"), ("ben", "agent"), ("lea", "lead"), ("kai", "counsel")):
        account = Account.objects.create(
            email=f"{name}@example.jp", name=name, role=role, added_at=MONDAY - timedelta(days=60)
        )
        people[name] = hand(f"{role}:{account.pk}", Role(role))
    return people


def looked(by: Hand, at: datetime = MONDAY) -> tuple[str, int, str]:
    """Take an emergency look and return the matter, its thread and the look."""
    trouble = open_trouble(at, may_read=False)
    known = facts.trouble(trouble)
    assert known is not None
    name = f"contact.trouble:{trouble}"
    contact.look(by, thread=known.thread, ground=EMERGENCY, reason="発火したとの知らせ")
    return name, known.thread, content(name)["payload"]["look"]


def told(to: str) -> list[str]:
    return [n.body["ja"] for n in outbox.notices(to=to) if n.template == "contact.look_told"]


def kinds(thread: int) -> list[str]:
    return [clock.kind for clock in clocks.open_clocks(f"contact.telling:{thread}")]


def test_both_are_told_three_business_days_after_a_look_that_was_confirmed(staff: dict[str, Hand]) -> None:
    name, thread, look = looked(staff["ana"])
    contact.confirm_look(staff["ben"], thread=thread, look=look)

    pass_time(MONDAY + timedelta(days=3))
    before = told("buyer:B-1")
    pass_time(LATER)

    assert before == []
    for party in ("buyer:B-1", "seller:S-1"):
        [said] = told(party)
        assert "2026年11月16日" in said
        assert "危険があったことを確かめています" in said
        assert "発火" not in said, "the reason is not told"
    assert kinds(thread) == []
    for who in (buyer(LATER), seller(LATER)):
        assert [entry.title.ja for entry in records(who, name)].count(TOLD) == 1


def test_the_parties_hear_that_a_second_reader_found_no_danger(staff: dict[str, Hand]) -> None:
    _, thread, look = looked(staff["ana"])
    contact.object_to_look(staff["kai"], thread=thread, look=look, reason="危険は見られない")

    pass_time(LATER)

    assert all("認めませんでした" in said for said in told("buyer:B-1") + told("seller:S-1"))


def test_nobody_is_told_before_another_person_has_looked(staff: dict[str, Hand]) -> None:
    name, thread, look = looked(staff["ana"])

    pass_time(MONDAY + timedelta(days=4))
    waiting = kinds(thread)
    contact.confirm_look(staff["ben"], thread=thread, look=look)
    pass_time(MONDAY + timedelta(days=14))

    assert waiting == [LOOK_TOLD.code]
    assert "contact.wait_to_tell_look" in [act.kind for act in ledger.acts_about(name)]
    assert len(told("buyer:B-1")) == 1


def test_what_would_endanger_somebody_is_held_back_until_a_person_tells(staff: dict[str, Hand]) -> None:
    name, thread, look = looked(staff["ana"])
    contact.confirm_look(staff["ben"], thread=thread, look=look)

    contact.hold_back_look(staff["lea"], thread=thread, look=look, reason="出品者が購入者を脅している")
    pass_time(MONDAY + timedelta(days=70))

    assert told("buyer:B-1") == told("seller:S-1") == []
    assert kinds(thread) == [LOOK_HELD.code]
    reminders = [n.template for n in outbox.notices(to="lead")].count("contact.look_held")
    assert reminders == 2
    assert TOLD not in [entry.title.ja for entry in records(buyer(), name)]
    contact.tell_look(staff["kai"], thread=thread, look=look)
    assert len(told("buyer:B-1")) == len(told("seller:S-1")) == 1
    assert kinds(thread) == []


def test_a_lead_may_tell_at_once_and_nobody_is_told_twice(staff: dict[str, Hand]) -> None:
    _, thread, look = looked(staff["ana"])

    contact.tell_look(staff["lea"], thread=thread, look=look)
    for late in (contact.tell_look, contact.hold_back_look):
        with pytest.raises(ChangedMeanwhile, match="buyer and seller were told"):
            late(
                staff["lea"],
                thread=thread,
                look=look,
                **({"reason": "x"} if late is contact.hold_back_look else {}),
            )
    pass_time(LATER)

    [said] = told("buyer:B-1")
    assert "別の担当者" not in said, "nobody else has looked yet"


def test_each_look_is_told_by_itself_also_after_the_matter_ended(staff: dict[str, Hand]) -> None:
    name, thread, first = looked(staff["ana"])
    contact.look(staff["ben"], thread=thread, ground=EMERGENCY, reason="もう一度")
    second = content(name)["payload"]["look"]
    contact.confirm_look(staff["lea"], thread=thread, look=first)
    contact.confirm_look(staff["lea"], thread=thread, look=second)
    contact.hold_back_look(staff["kai"], thread=thread, look=first, reason="危険が続く")
    contact.solve(buyer(), trouble=int(name.rpartition(":")[2]))

    pass_time(LATER)

    assert len(told("seller:S-1")) == 1
    assert kinds(thread) == [LOOK_HELD.code]


def test_only_a_lead_or_counsel_decides_about_the_telling(staff: dict[str, Hand]) -> None:
    _, thread, look = looked(staff["ana"])

    for nobody in (staff["ana"], staff["ben"], buyer(), seller(), *EVES):
        with pytest.raises((TellingNotYours, NothingHere)):
            contact.hold_back_look(nobody, thread=thread, look=look, reason="x")
        with pytest.raises((TellingNotYours, NothingHere)):
            contact.tell_look(nobody, thread=thread, look=look)
    with pytest.raises(ReasonNeeded):
        contact.hold_back_look(staff["lea"], thread=thread, look=look, reason=" ")
    for none in ("", "ffffffff"):
        with pytest.raises(NothingHere):
            contact.tell_look(staff["lea"], thread=thread, look=none)

    assert kinds(thread) == [LOOK_TOLD.code]


def test_a_look_on_another_ground_starts_no_telling(staff: dict[str, Hand]) -> None:
    trouble = open_trouble()
    known = facts.trouble(trouble)
    assert known is not None
    contact.share(seller(), thread=known.thread)

    contact.look(staff["ana"], thread=known.thread, ground=PARTY_SHARE)

    assert kinds(known.thread) == []


def test_what_was_erased_is_told_without_its_day(staff: dict[str, Hand]) -> None:
    _, thread, look = looked(staff["ana"])
    contact.confirm_look(staff["ben"], thread=thread, look=look)
    sealing.shred(subject="buyer:B-1", at=MONDAY)

    pass_time(LATER)

    [said] = told("seller:S-1")
    assert "先日" in said


def version_in(page: str) -> str:
    """Return which telling a page shows."""
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found, page
    return found[1]


def test_a_telling_that_was_held_back_meanwhile_is_told_by_no_form_of_before(staff: dict[str, Hand]) -> None:
    _, thread, look = looked(staff["ana"])
    [telling] = clocks.open_clocks(f"contact.telling:{thread}")
    later = replace(staff["lea"], at=staff["lea"].at + timedelta(milliseconds=1))
    contact.hold_back_look(later, thread=thread, look=look, reason="脅されている", seen=version(telling))

    for late in (contact.tell_look, partial(contact.hold_back_look, reason="x")):
        with pytest.raises(ChangedMeanwhile, match="the telling was held back"):
            late(later, thread=thread, look=look, seen=version(telling))

    assert told("buyer:B-1") == []
    [held] = clocks.open_clocks(f"contact.telling:{thread}")
    contact.tell_look(later, thread=thread, look=look, seen=version(held))
    assert len(told("buyer:B-1")) == 1


def test_a_lead_decides_on_a_page_and_an_agent_sees_only_when(enter: Enter) -> None:
    agent, lead = enter(Role.AGENT), enter(Role.LEAD)
    trouble = open_trouble(datetime.now(UTC), may_read=False)
    known = facts.trouble(trouble)
    assert known is not None
    case = f"/desk/cases/{known.case}/"
    agent.post(f"{case}contact/words/", {"ground": "emergency", "reason": "発火したとの電話"})
    look = clocks.open_clocks(f"contact.telling:{known.thread}")[0].key
    tell, hold = (f"{case}contact/telling/{look}/{slug}/" for slug in ("tell-look", "hold-look-back"))

    seen, asked = agent.get(case).content.decode(), lead.get(case).content.decode()
    refused = agent.get(tell)
    opened = {"version": version_in(asked)}
    nothing = lead.post(hold, {"reason": " "} | opened)
    held = lead.post(hold, {"reason": "出品者が購入者を脅している"} | opened)
    overtaken = enter(Role.COUNSEL).post(tell, opened)
    said = lead.get(held["Location"]).content.decode()
    again = lead.get(tell).content.decode()
    done = lead.post(tell, {"version": version_in(again)})

    assert "に当事者に知らせます" in seen
    assert tell not in seen
    assert tell in asked
    assert "発火したとの電話" in asked
    assert refused.status_code == 403
    assert nothing.status_code == 422
    assert (overtaken.status_code, "知らせるのを控えた" in overtaken.content.decode()) == (409, True)
    assert "知らせるのを控えました" in said
    assert "自動では知らせません" in again
    assert "知らせました" in lead.get(done["Location"]).content.decode()
    assert lead.get(tell)["Location"] == case
    assert len(told("buyer:B-1")) == 1


def brought_in(whom: Hand, by: Hand) -> None:
    who, bringer = whom.by.partition(":")[2], by.by.partition(":")[2]
    Introduction.objects.create(account_id=int(who), by=f"staff:{bringer}", at=MONDAY - timedelta(days=60))


def decides(by: Hand, thread: int, look: str) -> None:
    """Let somebody hold the telling back."""
    contact.hold_back_look(by, thread=thread, look=look, reason="脅されている")


def test_who_read_decides_nothing_about_the_telling(staff: dict[str, Hand]) -> None:
    _, thread, look = looked(staff["lea"])

    for decide in (decides, lambda by, thread, look: contact.tell_look(by, thread=thread, look=look)):
        with pytest.raises(OwnTelling):
            decide(staff["lea"], thread, look)
    Account.objects.filter(name="kai").update(is_active=False)
    with pytest.raises(OwnTelling):
        decides(staff["lea"], thread, look)
    Account.objects.filter(name="kai").update(is_active=True)
    decides(staff["kai"], thread, look)

    assert kinds(thread) == [LOOK_HELD.code]


def test_an_account_that_the_reader_brought_in_does_not_decide_for_the_reader(staff: dict[str, Hand]) -> None:
    other = Account.objects.create(
        email="mia@example.jp", name="mia", role="lead", added_at=MONDAY - timedelta(days=60)
    )
    mia = hand(f"lead:{other.pk}", Role.LEAD)
    brought_in(staff["kai"], by=staff["lea"])
    brought_in(staff["ana"], by=staff["lea"])
    name, of_lea, first = looked(staff["lea"])
    contact.look(staff["ana"], thread=of_lea, ground=EMERGENCY, reason="もう一度")
    second = content(name)["payload"]["look"]

    with pytest.raises(OwnTelling):
        decides(staff["kai"], of_lea, first)
    with pytest.raises(OwnTelling):
        decides(staff["lea"], of_lea, second)
    decides(mia, of_lea, first)
    decides(mia, of_lea, second)

    assert kinds(of_lea) == [LOOK_HELD.code, LOOK_HELD.code]


def test_where_only_a_friend_of_the_reader_is_there_the_friend_decides(staff: dict[str, Hand]) -> None:
    brought_in(staff["kai"], by=staff["lea"])
    _, thread, look = looked(staff["lea"])

    decides(staff["kai"], thread, look)

    assert kinds(thread) == [LOOK_HELD.code]


def test_in_a_house_of_one_person_who_read_decides(staff: dict[str, Hand]) -> None:
    _, thread, look = looked(staff["lea"])
    terms.set(hand("machine:command/test", Role.MACHINE), setting=PEOPLE_SIZE, value="1")

    decides(staff["lea"], thread, look)

    assert kinds(thread) == [LOOK_HELD.code]


def test_the_page_says_why_somebody_else_decides_on_the_telling(staff: dict[str, Hand], enter: Enter) -> None:
    client = enter(Role.LEAD)
    reader = Account.objects.get(email="lead@example.jp")
    name, _, _ = looked(hand(f"lead:{reader.pk}", Role.LEAD))

    page = client.get(f"/desk/cases/{cases.case_of(name).number}/", secure=True).content.decode()

    assert page.count("ほかの責任者か法務担当が決めます") == 2
