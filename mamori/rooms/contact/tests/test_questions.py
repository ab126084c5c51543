"""A question before purchase: both sides are told what happens to it, and nobody is promised a mediation."""

from __future__ import annotations

from datetime import timedelta

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.outbox import facts as outbox
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.tests.conftest import MONDAY, buyer, pass_time, seller
from mamori.rooms.contact.topics import Topic
from tests.laid import laid

pytestmark = pytest.mark.usefixtures("market_of_two")


@laid
def thread() -> int:
    return contact.ask_question(buyer(), listing_ref="L-1", topic=Topic.GOODS, said="色は何ですか")


def told(thread: int, to: str) -> list[str]:
    """Return what a party was told of it, the oldest first."""
    found = reversed(outbox.notices(about=f"contact.thread:{thread}", to=to))
    return [notice.template.removeprefix("contact.") for notice in found]


def test_what_was_received_promises_no_mediation(thread: int) -> None:
    received = outbox.notices(about=f"contact.thread:{thread}", to="buyer:B-1")[0]

    assert received.template == "contact.question_received"
    assert "窓口は間に入りません" in received.body["ja"]
    assert "does not step in" in received.body["en"]


def test_a_question_of_a_buyer_who_tells_of_fire_is_told_to_staff_and_its_page_says_what_to_do(
    enter: Enter,
) -> None:
    asked = contact.ask_question(
        buyer(), listing_ref="L-1", topic=Topic.GOODS, said="発火して、手をやけどしました"
    )
    known, client = facts.thread(asked), enter(Role.BUYER, "buyer:B-1")
    assert known is not None

    for page in (f"/threads/{known.case}/", f"/report/sent/{known.case}/"):
        shown = client.get(page).content.decode()
        assert "119番" in shown
        assert "/complaints/?listing=L-1" in shown
    assert told(asked, "agent") == told(asked, "lead") == ["question_danger"]


def test_a_question_that_nobody_answers_is_followed_on_both_sides_to_its_end(thread: int) -> None:
    pass_time(MONDAY + timedelta(days=4))
    missed = told(thread, "buyer:B-1"), told(thread, "seller:S-1")
    pass_time(MONDAY + timedelta(days=60))

    assert missed == (["question_received", "question_missed"], ["inquiry", "question_overdue"])
    assert told(thread, "buyer:B-1") == ["question_received", "question_missed", "question_lapsed"]
    assert facts.thread(thread).state == "closed"  # type: ignore[union-attr]


def test_a_question_that_was_answered_ends_with_a_word_of_its_own(thread: int) -> None:
    contact.answer(seller(), thread=thread, said="白です")

    pass_time(MONDAY + timedelta(days=60))

    assert told(thread, "buyer:B-1")[-1] == "question_rested"
    assert told(thread, "seller:S-1") == ["inquiry"]
