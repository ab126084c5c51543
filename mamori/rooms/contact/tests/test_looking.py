"""Staff looking: a warrant is for lead and counsel, an emergency calls for another person, contacts and searches are recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.outbox import facts as outbox
from mamori.ground.people.actions.proposing import NotYoursToAgree
from mamori.ground.people.models import Account
from mamori.ground.seal import actions as sealing
from mamori.japan.written import ReasonNeeded
from mamori.law.deadlines import SECOND_READER
from mamori.law.grounds import BUYER_CONSENT, EMERGENCY, WARRANT
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.actions.reading import WordsNotShared
from mamori.rooms.contact.actions.second_reader import waiting
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.tests.conftest import (
    EVES,
    MONDAY,
    actor,
    agent,
    buyer,
    content,
    open_trouble,
    pass_time,
    seller,
)

pytestmark = pytest.mark.usefixtures("market_of_two", "settled_contact")


@pytest.fixture
def staff(db: None) -> dict[str, Actor]:
    """Two agents, a lead and counsel with accounts of their own."""
    people = {}
    for name, role in (("ana", "agent"), ("ben", "agent"), ("lea", "lead"), ("kai", "counsel")):
        account = Account.objects.create(
            email=f"{name}@example.jp", name=name, role=role, added_at=MONDAY - timedelta(days=60)
        )
        people[name] = actor(f"{role}:{account.pk}", Role(role))
    return people


def opened(*, may_read: bool = False) -> tuple[str, int]:
    trouble = open_trouble(may_read=may_read)
    known = facts.trouble(trouble)
    assert known is not None
    return f"contact.trouble:{trouble}", known.thread


def acts(name: str) -> list[str]:
    return [act.kind.removeprefix("contact.") for act in ledger.acts_about(name)]


@pytest.mark.parametrize(("who", "may"), [("ana", False), ("lea", True), ("kai", True)])
def test_a_warrant_is_for_lead_and_counsel(staff: dict[str, Actor], who: str, may: bool) -> None:
    _, thread = opened()

    if may:
        assert contact.look(staff[who], thread=thread, ground=WARRANT, reason="令状 1号")
    else:
        with pytest.raises(WordsNotShared):
            contact.look(staff[who], thread=thread, ground=WARRANT, reason="令状 1号")


def look(by: Actor, thread: int, name: str) -> str:
    contact.look(by, thread=thread, ground=EMERGENCY, reason="発火したとの知らせ")
    payload: dict[str, str] = content(name)["payload"]
    return payload["look"]


def test_another_person_confirms_an_emergency_and_never_the_reader(staff: dict[str, Actor]) -> None:
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
    assert waiting(name) == {}
    assert awaited == [SECOND_READER.code]
    assert clocks.open_clocks(f"contact.look:{thread}") == ()
    assert acts(name)[-3:] == ["look", "tell_look", "confirm_look"]
    with pytest.raises(ChangedMeanwhile, match="look was confirmed"):
        contact.confirm_look(staff["lea"], thread=thread, look=token)
    with pytest.raises(NothingHere):
        contact.confirm_look(staff["lea"], thread=thread, look="0000")


def test_an_objection_flags_the_case_and_tells_the_lead(staff: dict[str, Actor]) -> None:
    name, thread = opened()
    token = look(staff["ana"], thread, name)

    with pytest.raises(ReasonNeeded):
        contact.object_to_look(staff["kai"], thread=thread, look=token, reason=" ")
    contact.object_to_look(staff["kai"], thread=thread, look=token, reason="差し迫った危険はない")

    assert cases.case_of(name).attention == "look-objected"
    assert [n.template for n in outbox.notices(to="lead")] == ["contact.look_objected"]
    assert content(name)["reason"] == "差し迫った危険はない"


def test_each_look_needs_its_own_second_reader(staff: dict[str, Actor]) -> None:
    name, thread = opened()
    first, second = look(staff["ana"], thread, name), look(staff["ben"], thread, name)

    contact.confirm_look(staff["ben"], thread=thread, look=first)
    still = cases.case_of(name).attention
    with pytest.raises(NotYoursToAgree):
        contact.confirm_look(staff["ben"], thread=thread, look=second)
    contact.confirm_look(staff["ana"], thread=thread, look=second)

    assert still == "second-reader"
    assert cases.case_of(name).attention is None


def test_each_look_asks_for_its_ground_anew_however_soon_it_comes(staff: dict[str, Actor]) -> None:
    name, thread = opened()
    look(staff["ana"], thread, name)

    for reason in ("", " "):
        with pytest.raises(WordsNotShared):
            contact.look(staff["ana"], thread=thread, ground=EMERGENCY, reason=reason)
    with pytest.raises(WordsNotShared):
        contact.look(staff["ana"], thread=thread)

    assert acts(name).count("look") == 1


def test_who_reads_on_before_somebody_else_decided_waits_for_the_same_second_person(
    staff: dict[str, Actor],
) -> None:
    name, thread = opened()

    first = look(staff["ana"], thread, name)
    later = look(replace(staff["ana"], at=MONDAY + timedelta(hours=5)), thread, name)
    others = look(staff["ben"], thread, name)

    assert first == later != others
    assert acts(name).count("look") == 3
    assert set(waiting(name)) == {first, others}
    assert len(clocks.open_clocks(f"contact.look:{thread}")) == 2


@pytest.mark.parametrize("decided", ["confirmed", "objected"])
def test_who_reads_after_somebody_else_decided_needs_a_second_person_anew(
    staff: dict[str, Actor], decided: str
) -> None:
    name, thread = opened()
    token = look(staff["ana"], thread, name)
    if decided == "confirmed":
        contact.confirm_look(staff["kai"], thread=thread, look=token)
    else:
        contact.object_to_look(staff["kai"], thread=thread, look=token, reason="差し迫った危険はない")

    another = look(staff["ana"], thread, name)

    assert another != token
    assert set(waiting(name)) == {another}


def test_a_ground_that_a_party_takes_back_is_over_at_once(staff: dict[str, Actor]) -> None:
    name, thread = opened(may_read=True)
    contact.request_mediation(staff["ana"], trouble=int(name.rpartition(":")[2]))

    read = contact.look(staff["ana"], thread=thread, ground=BUYER_CONSENT)
    contact.let_read(buyer(), thread=thread, centre_may_read=False)

    assert read[0].words
    assert cases.case_of(name).attention != "second-reader"
    with pytest.raises(WordsNotShared):
        contact.look(staff["ana"], thread=thread, ground=BUYER_CONSENT)


def test_a_look_that_nobody_looks_at_comes_back_to_the_lead(staff: dict[str, Actor]) -> None:
    name, thread = opened()
    token = look(staff["ana"], thread, name)

    pass_time(MONDAY + timedelta(days=3))

    assert acts(name).count("remind_second_reader") >= 1
    assert "contact.look_unconfirmed" in [n.template for n in outbox.notices(to="lead")]
    assert clocks.next_due(name) is not None
    contact.confirm_look(staff["lea"], thread=thread, look=token)


def test_of_two_looks_at_a_closed_case_the_other_one_is_still_asked_for(staff: dict[str, Actor]) -> None:
    name, thread = opened()
    first, second = look(staff["ana"], thread, name), look(staff["ben"], thread, name)
    contact.solve(buyer(), trouble=int(name.rpartition(":")[2]))

    contact.confirm_look(staff["lea"], thread=thread, look=first)
    still = cases.case_of(name).attention
    contact.confirm_look(staff["lea"], thread=thread, look=second)

    assert (still, cases.case_of(name).attention) == ("second-reader", None)


def test_a_look_waits_for_its_second_reader_after_the_case_is_closed(staff: dict[str, Actor]) -> None:
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


def test_a_look_that_nobody_took_has_no_second_reader(staff: dict[str, Actor]) -> None:
    _, thread = opened()

    for token in ("", "0"):
        with pytest.raises(NothingHere):
            contact.confirm_look(staff["ben"], thread=thread, look=token)


def test_an_emergency_reading_of_a_question_has_its_second_reader_too(staff: dict[str, Actor]) -> None:
    from mamori.rooms.contact.topics import Topic

    thread = contact.ask_question(buyer(), listing_ref="L-1", topic=Topic.GOODS, said="熱くなりますか")
    token = look(staff["ana"], thread, f"contact.thread:{thread}")

    contact.confirm_look(staff["lea"], thread=thread, look=token)

    assert waiting(f"contact.thread:{thread}") == {}


def test_contact_details_are_shown_for_a_reason_and_recorded_without_them(staff: dict[str, Actor]) -> None:
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
def test_only_staff_see_contacts_and_search_words(other: Actor) -> None:
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
