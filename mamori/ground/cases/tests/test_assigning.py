"""A case is somebody's: taken, handed over and given back, each on the record; notes stay."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mamori.grammar.hand import Hand, Role
from mamori.ground.cases import actions, facts
from mamori.ground.cases.assigning import CaseClosed, NobodyOfThatName, NoSuchCase, NoteEmpty
from mamori.ground.ledger import facts as ledger

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)
ABOUT = "contact.trouble:1"


def hand(by: str, role: Role) -> Hand:
    return Hand(by=by, role=role, at=MONDAY, via="test")


AGENT = hand("agent:7", Role.AGENT)
OUTSIDERS = [hand(f"{role}:1", role) for role in Role if role not in (Role.AGENT, Role.LEAD, Role.COUNSEL)]


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
    actions.hand_over(hand("lead:2", Role.LEAD), about=ABOUT, to="")

    assert (taken, handed, facts.case_of(ABOUT).assignee) == ("agent:7", "lead:2", "")
    acts = [(act.kind, act.content and act.content["payload"]) for act in ledger.acts_about(ABOUT)]
    assert acts == [
        ("cases.taken", {"before": ""}),
        ("cases.handed_over", {"before": "agent:7", "to": "lead:2"}),
        ("cases.handed_over", {"before": "lead:2", "to": ""}),
    ]
    assert last().subject == "buyer:B-1"


@pytest.mark.parametrize("other", OUTSIDERS)
def test_only_staff_take_hand_over_and_note(other: Hand) -> None:
    with pytest.raises(NoSuchCase):
        actions.take(other, about=ABOUT)
    with pytest.raises(NoSuchCase):
        actions.hand_over(other, about=ABOUT, to="agent:7")
    with pytest.raises(NoSuchCase):
        actions.note(other, about=ABOUT, text="見た")


@pytest.mark.parametrize("to", ["buyer:B-1", "agent:", "agent", "machine:x"])
def test_a_case_goes_to_staff_only(to: str) -> None:
    with pytest.raises(NobodyOfThatName):
        actions.hand_over(AGENT, about=ABOUT, to=to)


def test_a_case_that_has_ended_is_taken_by_nobody_and_one_that_is_not_there_neither() -> None:
    actions.update(about=ABOUT, state="solved", next_due_at=None, closed_at=MONDAY)

    with pytest.raises(CaseClosed):
        actions.take(AGENT, about=ABOUT)
    with pytest.raises(NoSuchCase):
        actions.take(AGENT, about="contact.trouble:404")


def test_a_note_stays_in_the_record_and_needs_something_to_say() -> None:
    actions.note(AGENT, about=ABOUT, text=" 出品者の電話は午後だけ ")

    content = last().content
    assert last().kind == "cases.noted"
    assert content is not None
    assert (content["reason"], content["by"]) == ("出品者の電話は午後だけ", "agent:7")
    for text in (" \0 ", "x" * 4_001):
        with pytest.raises(NoteEmpty):
            actions.note(AGENT, about=ABOUT, text=text)
