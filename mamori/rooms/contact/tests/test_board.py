"""Each number of the board is the length of the list behind it: what falls due soon, and promises that were broken."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.businesstime import Hours
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.actions.calls import Outcome
from mamori.rooms.contact.models import Call, Trouble
from mamori.rooms.contact.queries import board
from mamori.rooms.contact.queries.board import Awaited
from mamori.rooms.contact.tests.conftest import (
    FRIDAY,
    MONDAY,
    agent,
    buyer,
    open_asked,
    open_trouble,
    pass_time,
    seller,
)
from mamori.rooms.contact.topics import Topic

pytestmark = pytest.mark.usefixtures("market_of_two")
HOUR = timedelta(hours=1)


def coming(at: datetime) -> dict[tuple[str, int], int]:
    return {(one.awaited.value, one.within): one.count for one in facts.board(at).coming}


def test_what_falls_due_is_counted_in_hours_that_stop_on_closed_days() -> None:
    open_trouble(FRIDAY)  # due on Tuesday at 18:00 and on Thursday: Monday is a holiday
    contact.ask_question(buyer(MONDAY), listing_ref="L-1", topic=Topic.GOODS, said="色は")

    assert coming(FRIDAY - HOUR) == {
        ("answer", 8): 0,
        ("answer", 24): 0,
        ("solution", 8): 0,
        ("solution", 24): 0,
    }
    assert coming(FRIDAY)["answer", 24] == 1
    assert coming(FRIDAY + 20 * HOUR)["answer", 8] == 0
    tuesday = FRIDAY + timedelta(days=4) - 8 * HOUR
    assert coming(tuesday)["answer", 8] == 1
    assert coming(tuesday + 8 * HOUR)["solution", 24] == 1
    assert coming(tuesday + 8 * HOUR)["answer", 8] == 0


def test_every_number_is_the_length_of_its_list() -> None:
    open_trouble()
    open_trouble(order_ref="O-3")
    contact.ask_question(buyer(), listing_ref="L-1", topic=Topic.GOODS, said="色は")
    at = MONDAY + 20 * HOUR

    for one in facts.board(at).coming:
        listed = board.coming(one.awaited, one.within, at=at)
        assert len(listed.items) == listed.count == one.count

    answers = board.coming(Awaited.ANSWER, 24, at=MONDAY + 30 * HOUR)
    assert [row.case.kind for row in answers.items] == ["contact.question"]
    assert len(board.coming(Awaited.SOLUTION, 24, at=MONDAY + 30 * HOUR).items) == 2


def test_a_broken_promise_stands_on_the_board_until_its_trouble_ends() -> None:
    trouble = open_asked()
    call = Call.objects.get(trouble=trouble, whom="seller")
    contact.record_call(agent(), call=call.pk, outcome=Outcome.PROMISED, promised_within=Hours(2))
    before = facts.board(MONDAY).broken

    pass_time(MONDAY + 3 * HOUR)
    after, listed = facts.board(MONDAY).broken, board.promises()
    contact.solve(buyer(MONDAY + 4 * HOUR), trouble=trouble)

    assert (before, after, facts.board(MONDAY).broken) == (0, 1, 0)
    assert [row.at for row in listed.items] == [MONDAY + 2 * HOUR]
    assert listed.items[0].shop == "店"


def test_a_promise_that_was_kept_stands_nowhere() -> None:
    trouble = open_asked()
    call = Call.objects.get(trouble=trouble, whom="seller")
    contact.record_call(agent(), call=call.pk, outcome=Outcome.PROMISED, promised_within=Hours(2))
    contact.answer(seller(MONDAY + HOUR), thread=Trouble.objects.get(pk=trouble).thread_id, said="交換します")
    pass_time(MONDAY + 3 * HOUR)

    assert facts.board(MONDAY).broken == 0


@pytest.mark.parametrize("asked", ["", "?awaited=solution&within=24", "?awaited=x&within=y", "?within=９"])
def test_the_lists_open_for_staff_whatever_is_asked(enter: Enter, asked: str) -> None:
    open_trouble()

    assert enter(Role.AGENT).get(f"/desk/lists/due/{asked}").status_code == 200
    assert enter(Role.AGENT).get("/desk/lists/promises/").status_code == 200
    assert enter(Role.AGENT).get("/desk/lists/mediations/").status_code == 200
