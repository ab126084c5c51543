"""A case is somebody's: taken, handed over and given back, each on the record; notes stay."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from conftest import plan
from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import Hours
from mamori.ground.cases import actions, assigning, facts, queue
from mamori.ground.cases.assigning import (
    AlreadyTheirs,
    CaseClosed,
    HandOverNeedsReason,
    NobodyOfThatName,
    NoSuchCase,
    NoteEmpty,
    NotYourCase,
)
from mamori.ground.cases.models import IS_FLAGGED, Case, Note
from mamori.ground.cases.tests.test_cases import leading
from mamori.ground.clocks import actions as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.outbox import facts as outbox
from mamori.ground.seal import actions as sealing
from mamori.ground.seal.facts import Opener, Place, SealBroken
from mamori.law.grounds import SUIT

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)
ABOUT = "contact.trouble:1"


def actor(by: str, role: Role) -> Actor:
    return Actor(by=by, role=role, at=MONDAY, via="test")


AGENT = actor("agent:7", Role.AGENT)
OUTSIDERS = [actor(f"{role}:1", role) for role in Role if role not in (Role.AGENT, Role.LEAD, Role.COUNSEL)]


@pytest.fixture(autouse=True)
def case(db: None) -> None:
    actions.open(
        kind="contact.trouble",
        about=ABOUT,
        title="商品が届かない",
        buyer_ref="B-1",
        seller_ref="S-1",
        order_ref="O-1",
        at=MONDAY,
    )


def last() -> ledger.ActFact:
    return ledger.acts_about(ABOUT)[-1]


def test_a_case_is_taken_handed_over_and_given_back_on_the_record() -> None:
    actions.take(AGENT, about=ABOUT)
    taken = facts.case_of(ABOUT).assignee
    actions.hand_over(AGENT, about=ABOUT, to="lead:2", reason="判断をお願いします")
    handed = facts.case_of(ABOUT).assignee
    actions.hand_over(actor("lead:2", Role.LEAD), about=ABOUT, to="")

    assert (taken, handed, facts.case_of(ABOUT).assignee) == ("agent:7", "lead:2", "")
    acts = [(act.kind, act.content and act.content["payload"]) for act in ledger.acts_about(ABOUT)]
    assert acts == [
        ("cases.taken", {"before": ""}),
        ("cases.handed_over", {"before": "agent:7", "to": "lead:2", "running": []}),
        ("cases.handed_over", {"before": "lead:2", "to": "", "running": []}),
    ]
    assert last().subject == "buyer:B-1"


@pytest.mark.parametrize("other", OUTSIDERS)
def test_only_staff_take_hand_over_and_note(other: Actor) -> None:
    with pytest.raises(NoSuchCase):
        actions.take(other, about=ABOUT)
    with pytest.raises(NoSuchCase):
        actions.hand_over(other, about=ABOUT, to="agent:7", reason="不在のため")
    with pytest.raises(NoSuchCase):
        actions.give_back(other, about=ABOUT)
    with pytest.raises(NoSuchCase):
        actions.note(other, about=ABOUT, text="見た")


@pytest.mark.parametrize("to", ["buyer:B-1", "agent:", "agent", "machine:x"])
def test_a_case_goes_to_staff_only(to: str) -> None:
    with pytest.raises(NobodyOfThatName):
        actions.hand_over(AGENT, about=ABOUT, to=to)


@pytest.mark.parametrize("to", ["lead:2", ""])
def test_a_case_is_not_handed_to_who_has_it_nor_freed_when_it_is_nobodys(to: str) -> None:
    if to:
        actions.hand_over(AGENT, about=ABOUT, to=to, reason="判断をお願いします")
    acts = len(ledger.acts_about(ABOUT))

    with pytest.raises(AlreadyTheirs):
        actions.hand_over(AGENT, about=ABOUT, to=to, reason="判断をお願いします")

    assert facts.case_of(ABOUT).assignee == to
    assert len(ledger.acts_about(ABOUT)) == acts
    assert len(outbox.notices(to="lead:2")) == (1 if to else 0)


def test_a_case_that_has_ended_is_taken_by_nobody_and_one_that_is_not_there_neither() -> None:
    actions.update(about=ABOUT, state="solved", lead=None, closed_at=MONDAY)

    with pytest.raises(CaseClosed):
        actions.take(AGENT, about=ABOUT)
    with pytest.raises(NoSuchCase):
        actions.take(AGENT, about="contact.trouble:404")


def test_a_note_stays_in_the_record_and_needs_something_to_say() -> None:
    actions.note(AGENT, about=ABOUT, text=" 出品者の電話は午後だけ ")

    content = last().content
    assert last().kind == "cases.noted"
    assert content is not None
    assert (content["reason"], content["by"]) == ("", "agent:7")
    assert "午後" not in str(content)
    [note] = facts.notes(ABOUT)
    assert (note.text, note.by, note.act) == ("出品者の電話は午後だけ", "agent:7", last().number)
    assert "午後".encode() not in bytes(Note.objects.get().sealed)
    for text in (" \0 ", "x" * 4_001):
        with pytest.raises(NoteEmpty):
            actions.note(AGENT, about=ABOUT, text=text)


def test_a_note_goes_with_the_key_of_whom_the_case_concerns() -> None:
    actions.note(AGENT, about=ABOUT, text="話し方がていねい")

    sealing.shred(subject="buyer:B-1", at=MONDAY)

    assert [note.text for note in facts.notes(ABOUT)] == [None]


def nobodys(about: str = "complaints.complaint:1") -> str:
    actions.open(
        kind="complaints.complaint",
        about=about,
        title="危ない",
        buyer_ref="",
        seller_ref="",
        order_ref="",
        at=MONDAY,
    )
    actions.note(AGENT, about=about, text="型番の写真がある")
    return about


def own_name(about: str) -> tuple[str, ...]:
    return (about,)


def ended(about: str) -> str:
    actions.update(about=nobodys(about), state="upheld", lead=None, closed_at=MONDAY)
    return about


def hold(*covers: str) -> None:
    what, *more = covers
    sealing.hold(
        what=what,
        covers=more,
        ground=SUIT.code,
        title=SUIT.title,
        reason="訴えがある。",
        by="lead:2",
        at=MONDAY,
    )


def test_notes_on_a_case_of_no_party_go_with_their_time_and_what_is_held_stays() -> None:
    over, held, shop, open_ = (
        *(ended(f"complaints.complaint:{number}") for number in (1, 2, 3)),
        nobodys("complaints.complaint:4"),
    )
    actions.hand_over(AGENT, about=open_, to="lead:2", reason="電話で話した人の名前")
    hold(held)
    hold("seller:S-1")
    machine, late = actor("machine:retention", Role.MACHINE), MONDAY + timedelta(seconds=1)

    def named(about: str) -> tuple[str, ...]:
        return (about, "seller:S-1") if about == shop else (about,)

    assert actions.erase_notes(machine, MONDAY, 10, named) == 0
    assert actions.erase_notes(machine, late, 10, named) == 1
    assert actions.erase_notes(machine, late, 10, named) == 0

    assert [note.text for note in facts.notes(over)] == [None]
    kept = [note.text for one in (held, shop, open_) for note in facts.notes(one)]
    assert kept == ["型番の写真がある"] * 3
    assert {act.subject.partition(":")[0] for act in ledger.acts_about(open_)} == {"case"}


def test_a_note_on_a_case_that_ended_long_ago_has_its_whole_time() -> None:
    about = ended("complaints.complaint:1")
    year = MONDAY + timedelta(days=366)
    late = Actor(by="agent:7", role=Role.AGENT, at=year, via="test")
    actions.note(late, about=about, text="また電話があった")

    assert actions.erase_notes(late, year, 10, own_name) == 0
    assert actions.erase_notes(late, year + timedelta(seconds=1), 10, own_name) == 1


def test_so_many_cases_at_most_lose_their_notes_at_once() -> None:
    for number in range(3):
        ended(f"complaints.complaint:{number + 1}")
    late = MONDAY + timedelta(seconds=1)

    assert [actions.erase_notes(AGENT, late, 2, own_name) for _ in range(3)] == [2, 1, 0]


def test_a_note_of_before_such_a_case_had_a_key_of_its_own_is_still_read() -> None:
    about, key = nobodys(), uuid.uuid4()
    place = Place("cases_note", str(key), "sealed")
    sealed = sealing.seal(subject="seller:", place=place, plain="前のメモ".encode())
    case = Case.objects.get(about=about)
    Note.objects.create(id=key, case=case, act=10**9, by="agent:7", at=MONDAY, sealed=sealed)

    assert {note.text for note in facts.notes(about)} == {"前のメモ", "型番の写真がある"}
    sealing.shred(subject="seller:", at=MONDAY)
    assert {note.text for note in facts.notes(about)} == {None, "型番の写真がある"}


def test_a_note_that_was_changed_is_not_read() -> None:
    actions.note(AGENT, about=ABOUT, text="電話は午後だけ")
    note = Note.objects.get()
    place = Place("cases_note", str(note.id), "sealed")
    other = sealing.seal(subject="seller:", place=place, plain="別の言葉".encode())
    swapped = Note(id=note.id, case=note.case, act=note.act, by=note.by, at=note.at, sealed=other)

    with pytest.raises(SealBroken):
        assigning._read(swapped, Opener())


def test_whoever_takes_over_is_told_and_the_record_says_what_was_running() -> None:
    clocks.start(kind="contact.answer", about=ABOUT, at=MONDAY, duration=Hours(24))
    with pytest.raises(HandOverNeedsReason):
        actions.hand_over(AGENT, about=ABOUT, to="lead:2", reason=" ")

    actions.hand_over(AGENT, about=ABOUT, to="lead:2", reason="休みに入るため")

    content = last().content
    assert content is not None
    assert content["payload"]["running"] == ["contact.answer"]
    assert [notice.template for notice in outbox.notices(to="lead:2")] == ["cases.handed_over"]
    assert "休み" not in str([notice.body for notice in outbox.notices(to="lead:2")])


def flagged(
    number: int,
    due: int | None,
    *,
    assignee: str = "",
    attention: str | None = "answer-missed",
    urgent: int | None = None,
) -> str:
    about = f"contact.trouble:{number}"
    actions.open(
        kind="contact.trouble",
        about=about,
        title="話題",
        buyer_ref="B",
        seller_ref="S",
        order_ref="",
        at=MONDAY,
    )
    moment = None if due is None else MONDAY + timedelta(hours=due)
    since = None if urgent is None else MONDAY + timedelta(hours=urgent)
    actions.update(about=about, state="open", lead=leading(moment), attention=attention, urgent_since=since)
    actions.assign(about=about, to=assignee)
    return about


def walked(steps: int, leaving: str = "") -> list[str]:
    """Go from the case that is left, or from nowhere, to the next, so often."""
    found = [leaving]
    for _ in range(steps):
        case = facts.next_of(AGENT.by, leaving=found[-1])
        assert case is not None
        found.append(case.about)
    return found[1:]


def test_the_next_case_is_what_asks_for_somebody_and_falls_due_next_ones_own_or_nobodys() -> None:
    later, soon = flagged(2, 9), flagged(3, 5, assignee="agent:7")
    undue = flagged(4, None)
    flagged(5, 1, assignee="agent:8")
    flagged(6, 1, attention=None)

    assert walked(4) == [soon, later, undue, soon]
    assert [facts.case_of(about).assignee for about in (soon, later, undue)] == ["agent:7", "", ""]
    assert [act for about in (soon, later, undue) for act in ledger.acts_about(about)] == []


def test_what_is_urgent_and_nobodys_comes_before_all_and_ones_own_at_the_beginning_of_the_walk() -> None:
    soon, later = flagged(2, 1), flagged(3, 2)
    own, free = flagged(4, 9, assignee="agent:7", urgent=2), flagged(5, None, urgent=3)
    flagged(6, 1, assignee="agent:8", urgent=1)

    walk = walked(3)
    actions.take(AGENT, about=free)

    assert walk == [free, own, free]
    assert walked(5) == [own, free, soon, later, own]


def test_each_that_is_urgent_and_nobodys_is_reached_and_the_rest_behind_them() -> None:
    free, soon = (
        [flagged(number, None, urgent=since) for number, since in ((2, 3), (3, 3), (4, 4))],
        flagged(5, 1),
    )

    assert walked(5) == [*free, soon, free[0]]


def test_the_last_case_that_asks_leads_to_none_and_one_that_is_gone_begins_anew() -> None:
    only = flagged(2, 9)

    assert facts.next_of(AGENT.by, leaving=only) is None
    assert walked(1, leaving="contact.trouble:404") == [only]
    assert walked(1, leaving=flagged(3, None)) == [only]


def test_who_has_a_case_gives_it_back_and_it_waits_for_somebody_again() -> None:
    about = flagged(2, 9)
    actions.take(AGENT, about=about)

    actions.give_back(AGENT, about=about)

    assert facts.case_of(about).assignee == ""
    assert ledger.acts_about(about)[-1].kind == "cases.given_back"
    assert walked(1) == [about]
    assert list(outbox.notices(about=about, limit=9)) == []


def test_nobody_gives_a_case_back_that_is_not_theirs_or_has_ended() -> None:
    actions.take(AGENT, about=ABOUT)
    for other in (actor("lead:2", Role.LEAD), actor("agent:8", Role.AGENT)):
        with pytest.raises(NotYourCase):
            actions.give_back(other, about=ABOUT)

    actions.update(about=ABOUT, state="solved", lead=None, closed_at=MONDAY)

    with pytest.raises(CaseClosed):
        actions.give_back(AGENT, about=ABOUT)
    assert facts.case_of(ABOUT).assignee == "agent:7"


def test_the_next_case_is_found_along_an_index() -> None:
    asking = queue.unhurried(Case.objects.filter(IS_FLAGGED, assignee="agent:7"))

    for query in (queue.due_query(asking, None), queue.undue_query(asking, None)):
        found = plan(query[:1])
        assert not re.search(r"TEMP B-TREE|\bSort\b|Seq Scan|^\d* ?SCAN \w+$", found, re.M), found
