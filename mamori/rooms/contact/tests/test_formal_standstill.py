"""Formal notices that stand still: the answer waits, the arrival and the days of the law never do."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import actions as firing, facts as clocks, standing
from mamori.ground.clocks.events import DeadlineMoved
from mamori.ground.ledger import facts as ledger
from mamori.ground.outbox import facts as outbox
from mamori.japan.calendar import JAPAN, japanese_calendar
from mamori.law.deadlines import FORMAL_ANSWER, FORMAL_REVIEW
from mamori.law.formal import RETURN
from mamori.rooms.contact import actions as contact, tasks
from mamori.rooms.contact.formal import records as formally
from mamori.rooms.contact.formal.rules import last_day
from mamori.rooms.contact.models import Formal
from mamori.rooms.contact.tests.conftest import MONDAY, buyer, machine, pass_time, seller
from mamori.rooms.contact.tests.test_standstill import held

pytestmark = pytest.mark.usefixtures("market_of_two", "settled_contact")

DUE = datetime(2026, 11, 20, tzinfo=JAPAN)
"""Three business days after Monday."""
BOTH = ["buyer:B-1", "seller:S-1"]


def send(at: datetime = MONDAY, order: str = "O-1") -> int:
    return contact.send_formal(buyer(at), notice="return", order_ref=order, received_on=date(2026, 11, 14))


def named(formal: int) -> str:
    return f"contact.formal:{formal}"


def due(formal: int, kind: str = FORMAL_ANSWER.code) -> datetime:
    [clock] = [one for one in clocks.open_clocks(named(formal)) if one.kind == kind]
    return clock.due_at.astimezone(JAPAN)


def told(template: str) -> list[str]:
    return sorted(notice.to for notice in outbox.notices() if notice.template == f"contact.{template}")


def test_the_sellers_answer_stands_still_and_the_arrival_and_the_eight_days_do_not() -> None:
    formal = send()
    assert due(formal) == DUE

    held(named(formal), until=date(2026, 11, 22))
    pass_time(DUE)
    stood = Formal.objects.get().state
    later = due(formal)
    pass_time(later)

    found = Formal.objects.get(pk=formal)
    last = last_day(RETURN, sold=formally.sold("S-1"), received_on=found.received_on)

    assert (stood, found.state) == ("arrived", "unanswered")
    assert later > DUE
    assert found.arrived_at == MONDAY
    assert last == date(2026, 11, 21)


def test_both_sides_are_told_once_that_it_stands_still_and_that_the_arrival_does_not_change() -> None:
    formal = send()

    held(named(formal))
    said = next(n for n in outbox.notices() if n.template == "contact.stands_still")

    assert told("stands_still") == BOTH
    assert "通知が届いた日時、法律で決まった日数は変わりません" in said.body["ja"]
    kinds = [act.kind for act in ledger.acts_about(named(formal))]
    assert kinds == ["contact.send_formal", "contact.hold_still"]


def test_the_look_at_what_became_of_it_waits_also_where_it_begins_meanwhile() -> None:
    formal, other = send(), send(order="O-3")
    held(named(formal), until=MONDAY.date() + timedelta(days=20))

    contact.go_along(seller(), formal=formal)
    contact.go_along(seller(), formal=other)

    assert Formal.objects.get(pk=formal).state == "acknowledged"
    assert due(formal, FORMAL_REVIEW.code) > due(other, FORMAL_REVIEW.code)


def test_closing_days_are_not_left_out_of_the_answer_to_a_notice() -> None:
    sunday = MONDAY - timedelta(days=1)
    contact.declare_closing(seller(sunday), first=date(2026, 11, 17), last=date(2026, 11, 18))

    assert due(send()) == DUE


def test_when_the_calendar_changes_both_hear_the_new_moment_of_the_answer_and_the_index_follows() -> None:
    formal = send()
    former = list(standing._SOURCES)
    closed = japanese_calendar().closing([date(2026, 11, 17)], Text("臨時休業", "closed for the day"))
    standing.use_calendar(lambda: closed)

    def heard(moved: firing.Moved) -> None:
        for new in (
            moved.new_due_at,
            moved.new_due_at + timedelta(days=1),
        ):  # of which the second is no longer so
            news = DeadlineMoved(
                subject=moved.about,
                clock=moved.kind,
                about=moved.about,
                old_due_at=moved.old_due_at,
                new_due_at=new,
            )
            tasks.deadline_moved(news, MONDAY)

    try:
        firing.recompute(told=heard)
    finally:
        standing._SOURCES[:] = former

    assert due(formal) == DUE + timedelta(days=1)
    assert told("moved") == BOTH
    assert cases.case_of(named(formal)).next_due_at == due(formal)


def test_the_look_at_what_became_of_it_moves_without_a_word() -> None:
    formal = send()
    contact.go_along(seller(), formal=formal)
    at = due(formal, FORMAL_REVIEW.code)

    contact.move_deadline(
        machine(),
        about=named(formal),
        clock=FORMAL_REVIEW.code,
        old_due_at=at - timedelta(days=1),
        new_due_at=at,
    )

    assert told("moved") == []
    assert ledger.acts_about(named(formal))[-1].kind == "contact.move_deadline"
