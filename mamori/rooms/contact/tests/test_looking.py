"""Staff looking: a warrant is for lead and counsel, an emergency calls for another person, contacts and searches are recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mamori.grammar.hand import Hand, Role
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import actions as ringing
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.outbox import facts as outbox
from mamori.ground.people import tasks as people
from mamori.ground.people.actions.proposing import NotYoursToAgree
from mamori.ground.people.models import Account
from mamori.ground.seal import actions as sealing
from mamori.ground.terms import actions as terms
from mamori.law.deadlines import SECOND_READER
from mamori.law.grounds import BUYER_CONSENT, EMERGENCY, WARRANT
from mamori.law.settings import PEOPLE_SIZE
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact import facts, tasks
from mamori.rooms.contact.actions.reading import GroundRunOut, WordsNotShared
from mamori.rooms.contact.actions.second_reader import waiting
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.tests.conftest import (
    EVES,
    MONDAY,
    agent,
    buyer,
    content,
    hand,
    open_trouble,
    pass_time,
    seller,
)
from mamori.rooms.contact.words import ReasonNeeded

pytestmark = pytest.mark.usefixtures("market_of_two", "settled_contact")


@pytest.fixture
def staff(db: None) -> dict[str, Hand]:
    """Two agents, a lead and counsel with accounts of their own."""
    people = {}
    for name, role in (("ana", "agent"), ("ben", "agent"), ("lea", "lead"), ("kai", "counsel")):
        account = Account.objects.create(
            email=f"{name}@example.jp", name=name, role=role, added_at=MONDAY - timedelta(days=60)
        )
        people[name] = hand(f"{role}:{account.pk}", Role(role))
    return people


def opened(*, may_read: bool = False) -> tuple[str, int]:
    trouble = open_trouble(may_read=may_read)
    known = facts.trouble(trouble)
    assert known is not None
    return f"contact.trouble:{trouble}", known.thread


def acts(name: str) -> list[str]:
    return [act.kind.removeprefix("contact.") for act in ledger.acts_about(name)]


@pytest.mark.parametrize(("who", "may"), [("ana", False), ("lea", True), ("kai", True)])
def test_a_warrant_is_for_lead_and_counsel(staff: dict[str, Hand], who: str, may: bool) -> None:
    _, thread = opened()

    if may:
        assert contact.look(staff[who], thread=thread, ground=WARRANT, reason="令状 1号")
    else:
        with pytest.raises(WordsNotShared):
            contact.look(staff[who], thread=thread, ground=WARRANT, reason="令状 1号")


def look(by: Hand, thread: int, name: str) -> str:
    contact.look(by, thread=thread, ground=EMERGENCY, reason="発火したとの知らせ")
    payload: dict[str, str] = content(name)["payload"]
    return payload["look"]


def test_another_person_confirms_an_emergency_and_never_the_reader(staff: dict[str, Hand]) -> None:
    name, thread = opened()
    token = look(staff["ana"], thread, name)
    flagged = cases.case_of(name).attention
    awaited = [clock.kind for clock in clocks.open_clocks(f"contact.look:{thread}")]

    with pytest.raises(NotYoursToAgree):
        contact.confirm_look(staff["ana"], thread=thread, look=token)
    with pytest.raises(NotYoursToAgree):
        contact.object_to_look(staff["ana"], thread=thread, look=token, reason="自分で")
    contact.confirm_look(staff["ben"], thread=thread, look=token)

    assert flagged == "second-reader"
    assert cases.case_of(name).attention is None
    assert waiting(name) == ()
    assert awaited == [SECOND_READER.code]
    assert clocks.open_clocks(f"contact.look:{thread}") == ()
    assert acts(name)[-2:] == ["look", "confirm_look"]
    with pytest.raises(ChangedMeanwhile, match="the look was confirmed"):
        contact.confirm_look(staff["lea"], thread=thread, look=token)
    with pytest.raises(NothingHere):
        contact.confirm_look(staff["lea"], thread=thread, look="0000")


def test_an_objection_flags_the_case_and_tells_the_lead(staff: dict[str, Hand]) -> None:
    name, thread = opened()
    token = look(staff["ana"], thread, name)

    with pytest.raises(ReasonNeeded):
        contact.object_to_look(staff["kai"], thread=thread, look=token, reason=" ")
    contact.object_to_look(staff["kai"], thread=thread, look=token, reason="差し迫った危険はない")

    assert cases.case_of(name).attention == "look-objected"
    assert [n.template for n in outbox.notices(to="lead")] == ["contact.look_objected"]
    assert content(name)["reason"] == "差し迫った危険はない"


def test_each_look_needs_its_own_second_reader(staff: dict[str, Hand]) -> None:
    name, thread = opened()
    first, second = look(staff["ana"], thread, name), look(staff["ben"], thread, name)

    contact.confirm_look(staff["ben"], thread=thread, look=first)
    still = cases.case_of(name).attention
    with pytest.raises(NotYoursToAgree):
        contact.confirm_look(staff["ben"], thread=thread, look=second)
    contact.confirm_look(staff["ana"], thread=thread, look=second)

    assert still == "second-reader"
    assert cases.case_of(name).attention is None


def test_a_ground_holds_for_the_hour_in_which_it_was_given_and_each_look_is_recorded(
    staff: dict[str, Hand],
) -> None:
    name, thread = opened()
    look(staff["ana"], thread, name)
    at = staff["ana"].at

    said = contact.look_again(replace(staff["ana"], at=at + timedelta(minutes=59)), thread=thread)

    assert said[0].words
    first, again = (act.content for act in ledger.acts_about(name) if act.kind == "contact.look")
    assert first is not None
    assert again is not None
    assert (again["ground"], again["reason"]) == (EMERGENCY.code, "発火したとの知らせ")
    assert again["payload"] == {**first["payload"], "again": True}
    assert len(waiting(name)) == 1  # who looks at the first look looks at the sitting
    with pytest.raises(GroundRunOut):  # reading on does not stretch the hour
        contact.look_again(replace(staff["ana"], at=at + timedelta(minutes=61)), thread=thread)
    with pytest.raises(GroundRunOut):  # and it is whose ground it is
        contact.look_again(staff["ben"], thread=thread)
    with pytest.raises(GroundRunOut):
        contact.look_again(buyer(at), thread=thread)


def test_a_second_press_is_no_second_emergency(staff: dict[str, Hand]) -> None:
    name, thread = opened()

    first, second = look(staff["ana"], thread, name), look(staff["ana"], thread, name)

    assert first == second
    assert acts(name).count("look") == 2
    assert len(waiting(name)) == 1


def test_an_objection_ends_the_hour_of_an_emergency(staff: dict[str, Hand]) -> None:
    name, thread = opened()
    token = look(staff["ana"], thread, name)
    contact.look_again(staff["ana"], thread=thread)

    contact.object_to_look(staff["kai"], thread=thread, look=token, reason="差し迫った危険はない")

    with pytest.raises(GroundRunOut):
        contact.look_again(staff["ana"], thread=thread)
    assert (
        look(staff["ana"], thread, name) != token
    )  # to read anew is an emergency of its own, which somebody looks at
    assert len(waiting(name)) == 1


def test_a_ground_that_a_party_takes_back_is_over_at_once(staff: dict[str, Hand]) -> None:
    name, thread = opened(may_read=True)
    contact.request_mediation(staff["ana"], trouble=int(name.rpartition(":")[2]))
    contact.look(staff["ana"], thread=thread, ground=BUYER_CONSENT)

    read = contact.look_again(staff["ana"], thread=thread)
    contact.let_read(buyer(), thread=thread, centre_may_read=False)

    assert read[0].words
    assert cases.case_of(name).attention != "second-reader"
    with pytest.raises(WordsNotShared):
        contact.look_again(staff["ana"], thread=thread)


def test_a_look_that_nobody_looks_at_comes_back_to_the_lead(staff: dict[str, Hand]) -> None:
    name, thread = opened()
    token = look(staff["ana"], thread, name)

    pass_time(MONDAY + timedelta(days=3))

    assert acts(name).count("remind_second_reader") >= 1
    assert "contact.look_unconfirmed" in [n.template for n in outbox.notices(to="lead")]
    assert clocks.next_due(name) is not None
    contact.confirm_look(staff["lea"], thread=thread, look=token)


def test_a_look_waits_for_its_second_reader_after_the_case_is_closed(staff: dict[str, Hand]) -> None:
    name, thread = opened()
    token = look(staff["ana"], thread, name)

    contact.solve(buyer(), trouble=int(name.rpartition(":")[2]))
    flagged = cases.case_of(name).attention
    pass_time(MONDAY + timedelta(days=3))
    contact.confirm_look(staff["lea"], thread=thread, look=token)

    assert flagged == "second-reader"
    assert acts(name).count("remind_second_reader") >= 1
    assert cases.case_of(name).attention is None
    assert clocks.open_clocks(f"contact.look:{thread}") == ()


def test_where_nobody_else_could_look_the_wait_in_everybodys_sight_ends_it(staff: dict[str, Hand]) -> None:
    terms.set(hand("machine:command/test", Role.MACHINE), setting=PEOPLE_SIZE, value="1")
    name, thread = opened()
    token = look(staff["ana"], thread, name)

    rings = {**people.RINGS, **tasks.RINGS}
    for _ in range(9):
        ringing.ring_due(at=MONDAY + timedelta(days=3), tasks=rings)

    assert acts(name).count("see_second_reader") == 1
    assert waiting(name, token) == ()


def test_a_look_that_nobody_took_has_no_second_reader(staff: dict[str, Hand]) -> None:
    _, thread = opened()

    for token in ("", "0"):
        with pytest.raises(NothingHere):
            contact.confirm_look(staff["ben"], thread=thread, look=token)


def test_an_emergency_reading_of_a_question_has_its_second_reader_too(staff: dict[str, Hand]) -> None:
    from mamori.rooms.contact.topics import Topic

    thread = contact.ask_question(buyer(), listing_ref="L-1", topic=Topic.GOODS, said="熱くなりますか")
    token = look(staff["ana"], thread, f"contact.thread:{thread}")

    contact.confirm_look(staff["lea"], thread=thread, look=token)

    assert waiting(f"contact.thread:{thread}") == ()


def test_contact_details_are_shown_for_a_reason_and_recorded_without_them(staff: dict[str, Hand]) -> None:
    name, thread = opened()

    details = contact.see_contact(staff["ana"], thread=thread, whose=Role.SELLER, reason="架電のため")

    assert details.phone == "03-0000-0000"
    last = content(name)
    assert (last["reason"], last["payload"]["whose"], last["by"]) == ("架電のため", "seller", staff["ana"].by)
    assert "03-0000" not in str(last)
    assert contact.see_contact(staff["ana"], thread=thread, whose=Role.BUYER, reason="x").name == "買手"
    with pytest.raises(ReasonNeeded):
        contact.see_contact(staff["ana"], thread=thread, whose=Role.SELLER, reason=" ")


@pytest.mark.parametrize("other", [*EVES, buyer(), seller()])
def test_only_staff_see_contacts_and_search_words(other: Hand) -> None:
    _, thread = opened()

    with pytest.raises(NothingHere):
        contact.see_contact(other, thread=thread, whose=Role.SELLER, reason="見たい")
    with pytest.raises(NothingHere):
        contact.search_words(other, text="動きません")


def found(text: str = "動きません") -> list[str]:
    return [hit.case.about for hit in contact.search_words(agent(), text=text).hits]


def test_words_are_found_once_the_buyer_agreed_and_mediation_began_and_no_longer_than_that() -> None:
    name, thread = opened(may_read=True)
    before = found()

    contact.request_mediation(buyer(), trouble=int(name.rpartition(":")[2]))
    during = found()
    contact.answer(seller(), thread=thread, said="新しい部品をお送りします")
    more = found("部品")
    contact.let_read(buyer(), thread=thread, centre_may_read=False)

    assert (before, during, more, found(), found("部品")) == ([], [name], [name], [], [])


def test_words_are_found_when_the_seller_shared_them_and_lost_with_their_writers_key() -> None:
    name, thread = opened()
    contact.share(seller(), thread=thread)
    shared = found()

    sealing.shred(subject="buyer:B-1", at=MONDAY)

    assert (shared, found()) == ([name], [])


def test_a_search_in_words_is_recorded_with_what_it_found_and_not_what_it_looked_for() -> None:
    name, thread = opened()
    contact.share(seller(), thread=thread)

    contact.search_words(agent(), text="動きません")

    [act] = ledger.acts_about("contact.words")
    assert act.content is not None
    assert act.content["payload"] == {"found": [cases.case_of(name).number]}
    assert "動きません" not in str(act.content)
