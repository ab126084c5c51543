"""The steps of a matter in a picture: in the order of what happened, then what is awaited and by when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.ground.market import actions as marketing
from mamori.rooms.contact import actions, facts
from mamori.rooms.contact.models import Trouble
from mamori.rooms.contact.queries.thread import page_of
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.tests.conftest import MONDAY, agent, buyer, machine, open_trouble, pass_time, seller
from mamori.rooms.contact.topics import Topic
from tests.reading import words

pytestmark = pytest.mark.usefixtures("market_of_two")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def way(
    trouble: int, by: Callable[[datetime], Actor] = buyer, at: datetime = MONDAY
) -> list[tuple[str, str]]:
    """Return each step's name and how it stands, in English."""
    known = facts.trouble(trouble)
    assert known is not None
    return said(known.case, by(at))


def said(number: str, actor: Actor) -> list[tuple[str, str]]:
    rows = page_of(actor, number).way.rows
    return [(str(name.en), str(how.en)) for name, how, *_ in rows]  # type: ignore[union-attr]  # all are Texts


def answer(trouble: int, at: datetime) -> None:
    actions.answer(seller(at), thread=Trouble.objects.get(pk=trouble).thread_id, said="交換します")


def test_from_the_first_inquiry_to_the_answer_and_the_solution() -> None:
    trouble = open_trouble()

    asked = way(trouble)
    answer(trouble, MONDAY + HOUR)
    answered = way(trouble)
    actions.say_unsolved(buyer(MONDAY + 2 * HOUR), trouble=trouble, said="まだです")
    again = way(trouble)
    actions.solve(buyer(MONDAY + 3 * HOUR), trouble=trouble)

    assert asked == [("Asked", "done"), ("Answer", "next"), ("Mediated", "later"), ("Solved", "later")]
    assert answered == [("Asked", "done"), ("Answer", "done"), ("Mediated", "later"), ("Solved", "next")]
    assert again == [("Asked", "done"), ("New answer", "next"), ("Mediated", "later"), ("Solved", "later")]
    assert way(trouble) == [("Asked", "done"), ("Answer", "done"), ("Solved", "done")]


def test_what_is_late_and_who_decides_then() -> None:
    trouble = open_trouble()
    actions.request_mediation(buyer(MONDAY + HOUR), trouble=trouble)
    pass_time(MONDAY + 5 * DAY)
    late = [("Asked", "done"), ("Mediated", "done"), ("Answer", "overdue"), ("Solved", "overdue")]

    shown = {
        by: page_of(by(MONDAY), facts.trouble(trouble).case).way  # type: ignore[union-attr]  # it is there
        for by in (buyer, seller)
    }

    assert way(trouble)[:4] == way(trouble, seller)[:4] == late
    assert way(trouble)[4:] == [("Decision", "next")]
    marks = {by: {shape.attributes["class"] for shape in shown[by].shapes} for by in shown}
    assert "step late" in marks[seller], "the seller owes it"
    assert "step late" not in marks[buyer], "a buyer is not alarmed by what the buyer can do nothing about"
    assert "step passed" in marks[buyer]


def test_a_refund_in_the_sellers_place_is_next_and_then_done() -> None:
    trouble = open_trouble()
    actions.request_mediation(buyer(MONDAY + HOUR), trouble=trouble)
    order = actions.grant_remedy(agent(MONDAY + 5 * HOUR), trouble=trouble, amount=8_000, reason="x")

    granted, sellers = way(trouble), way(trouble, seller)
    pass_time(MONDAY + 30 * HOUR)
    marketing.confirm(machine(MONDAY + 30 * HOUR), instruction=order, outcome="confirmed")
    pass_time(MONDAY + 30 * HOUR)

    assert granted == sellers == [("Asked", "done"), ("Mediated", "done"), ("Refund", "next")]
    assert way(trouble) == [("Asked", "done"), ("Mediated", "done"), ("Refund", "done")]


def test_an_agreement_is_kept_by_when_it_says() -> None:
    trouble = open_trouble()
    answer(trouble, MONDAY + HOUR)
    actions.request_mediation(buyer(MONDAY + 2 * HOUR), trouble=trouble)
    proposal = actions.propose(seller(MONDAY + 3 * HOUR), trouble=trouble, kind=Kind.REPAIR)
    actions.accept(buyer(MONDAY + 4 * HOUR), proposal=proposal)

    assert way(trouble)[-1] == ("As agreed", "next")


def test_a_question_is_asked_answered_and_over() -> None:
    thread = actions.ask_question(buyer(), listing_ref="L-1", topic=Topic.GOODS, said="色は")
    known = facts.thread(thread)
    assert known is not None
    number = known.case

    asked = said(number, buyer())
    actions.answer(seller(MONDAY + HOUR), thread=thread, said="赤です")
    answered = said(number, buyer())
    actions.close_thread(buyer(MONDAY + 2 * HOUR), thread=thread)

    assert asked == [("Asked", "done"), ("Answer", "next")]
    assert answered == [("Asked", "done"), ("Answer", "done")]
    assert said(number, buyer()) == [("Asked", "done"), ("Answer", "done"), ("Ended", "done")]


@pytest.mark.parametrize(
    ("role", "who", "path"), [(Role.BUYER, "buyer:B-1", ""), (Role.SELLER, "seller:S-1", "/seller")]
)
def test_the_pages_of_both_sides_show_the_steps(enter: Enter, role: Role, who: str, path: str) -> None:
    known = facts.trouble(open_trouble())
    assert known is not None

    page = words(enter(role, who).get(f"{path}/threads/{known.case}/"))

    assert '<svg class="drawn" role="img" aria-labelledby="way-title way-desc"' in page
    assert '<title id="way-title">この件の流れ</title>' in page
    assert '<desc id="way-desc">受付：済み（2026年11月16日（月）10:00）' in page
