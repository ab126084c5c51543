"""When the calendar changes, open deadlines follow it, and those whom they bind are told."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import actions as clocks, facts as clock_facts, standing
from mamori.ground.clocks.events import DeadlineMoved
from mamori.ground.market import actions as marketing
from mamori.ground.outbox import facts as outbox
from mamori.japan.calendar import JAPAN, japanese_calendar
from mamori.rooms.contact import actions as contact, facts, tasks
from mamori.rooms.contact.tests.conftest import MONDAY, agent, buyer, machine, open_trouble, pass_time
from mamori.rooms.contact.topics import Topic

TUESDAY = date(2026, 11, 17)


@pytest.fixture(autouse=True)
def _calendar_of_before(market_of_two: None) -> Iterator[None]:
    former = list(standing._SOURCES)
    yield
    standing._SOURCES[:] = former


def close_tuesday(at: datetime = MONDAY) -> None:
    """Close the operator on Tuesday and let every open clock follow."""
    standing.use_calendar(
        lambda: japanese_calendar().closing([TUESDAY], Text("臨時休業", "closed for the day"))
    )

    def told(moved: clocks.Moved) -> None:
        news = DeadlineMoved(
            subject=moved.about,
            clock=moved.kind,
            about=moved.about,
            old_due_at=moved.old_due_at,
            new_due_at=moved.new_due_at,
        )
        tasks.deadline_moved(news, at)

    clocks.recompute(told=told)


def moved_notices() -> list[str]:
    return [n.to for n in outbox.notices() if n.template == "contact.moved"]


def test_both_clocks_of_a_trouble_move_and_both_sides_are_told() -> None:
    trouble = open_trouble()

    close_tuesday()

    known = facts.trouble(trouble)
    assert known is not None
    assert known.answer_due_at == datetime(2026, 11, 18, 10, tzinfo=JAPAN)
    assert known.resolution_due_at == datetime(2026, 11, 19, 10, tzinfo=JAPAN)
    assert sorted(moved_notices()) == ["buyer:B-1", "buyer:B-1", "seller:S-1", "seller:S-1"]
    about = f"contact.trouble:{trouble}"
    assert cases.case_of(about).next_due_at == known.answer_due_at


def test_a_question_moves_too() -> None:
    thread = contact.ask_question(buyer(), listing_ref="L-1", topic=Topic.GOODS, said="使えますか")

    close_tuesday()

    assert clock_facts.next_due(f"contact.thread:{thread}") == MONDAY + timedelta(hours=72)
    assert sorted(moved_notices()) == ["buyer:B-1", "seller:S-1"]


def test_a_hearing_moves_and_only_the_seller_is_told() -> None:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    instruction = contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="x")
    marketing.confirm(machine(), instruction=instruction, outcome="confirmed")
    contact.confirm_instruction(machine(), instruction=instruction)

    close_tuesday()

    assert moved_notices() == ["seller:S-1"]
    recovery = facts.recovery_of(trouble)
    assert recovery is not None
    assert clock_facts.next_due(f"contact.recovery:{recovery.id}") == datetime(2026, 11, 26, tzinfo=JAPAN)


def test_a_matter_of_another_room_is_passed_over() -> None:
    contact.move_deadline(
        machine(), about="elsewhere:1", clock="elsewhere.x", old_due_at=MONDAY, new_due_at=MONDAY
    )

    assert moved_notices() == []


def test_what_has_moved_rings_at_its_new_moment() -> None:
    trouble = open_trouble()
    close_tuesday()

    pass_time(MONDAY + timedelta(hours=24))
    assert facts.trouble(trouble).state == "open"  # type: ignore[union-attr]
    pass_time(datetime(2026, 11, 18, 10, tzinfo=JAPAN))

    assert facts.trouble(trouble).state == "mediated"  # type: ignore[union-attr]
