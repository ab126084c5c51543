"""Formal notices and disasters: the answer's clock stands still, the arrival and the days of the law never do."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from conftest import Enter
from mamori.grammar.hand import Role
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import actions as ringing
from mamori.ground.clocks import calendars
from mamori.ground.clocks import facts as clocks
from mamori.ground.clocks.events import DeadlineMoved
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine
from mamori.ground.outbox import facts as outbox
from mamori.japan.calendar import JAPAN, japanese_calendar
from mamori.law.deadlines import FORMAL_ANSWER, FORMAL_REVIEW
from mamori.law.formal import RETURN
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact import tasks
from mamori.rooms.contact.formal import queries
from mamori.rooms.contact.formal import queries as formals
from mamori.rooms.contact.formal import records as formally
from mamori.rooms.contact.formal.rules import last_day
from mamori.rooms.contact.models import Formal
from mamori.rooms.contact.tests.conftest import MONDAY, buyer, machine, pass_time, seller
from mamori.rooms.contact.tests.test_standstill import ISHIKAWA, TOKYO, lifted, still, struck
from tests.laid import laid
from tests.shops import put_shop

pytestmark = pytest.mark.usefixtures("settled_contact")

DUE = datetime(2026, 11, 20, tzinfo=JAPAN)
"""Three business days after Monday."""
BOTH = ["buyer:B-1", "seller:S-1"]


@laid(autouse=True)
def _two(market_of_two: None) -> None:
    """Give the first seller an address in Ishikawa, and the buyer one in Tokyo."""
    by = machine(MONDAY - timedelta(days=29))
    put_shop(by, ref="S-1", name="店", address="石川県金沢市架空町1")
    market.put_buyer(by, BuyerLine(ref="B-1", name="買手", address="東京都世田谷区架空町1"))


def send(at: datetime = MONDAY, order: str = "O-1") -> int:
    return contact.send_formal(buyer(at), notice="return", order_ref=order, received_on=date(2026, 11, 14))


def named(formal: int) -> str:
    return f"contact.formal:{formal}"


def due(formal: int, kind: str = FORMAL_ANSWER.code) -> datetime:
    [clock] = [one for one in clocks.open_clocks(named(formal)) if one.kind == kind]
    return clock.due_at.astimezone(JAPAN)


def told(template: str) -> list[str]:
    return sorted(notice.to for notice in outbox.notices() if notice.template == f"contact.{template}")


def test_the_sellers_answer_stands_still_and_is_not_missed_until_it_runs_on() -> None:
    formal = send()
    assert due(formal) == DUE

    one = struck(MONDAY + timedelta(hours=2))
    pass_time(MONDAY + timedelta(days=7))
    stood = (still(named(formal)), Formal.objects.get().state, cases.case_of(named(formal)).next_due_at)
    lifted(one, MONDAY + timedelta(days=7, hours=2))

    assert stood == ({FORMAL_ANSWER.code}, "arrived", None)
    assert still(named(formal)) == set()
    assert due(formal) > DUE
    assert cases.case_of(named(formal)).next_due_at == due(formal)
    pass_time(due(formal))
    assert Formal.objects.get().state == "unanswered"


def test_the_moment_of_arrival_and_the_eight_days_stand_still_for_nobody() -> None:
    struck()
    formal = send(MONDAY + timedelta(days=8))

    found = Formal.objects.get(pk=formal)
    last = last_day(RETURN, sold=formally.sold("S-1"), received_on=found.received_on)

    assert found.arrived_at == MONDAY + timedelta(days=8)
    assert last == date(2026, 11, 21)
    assert "過ぎています" in (queries.reckoned_of(found) or Text("", "")).ja


def test_both_sides_are_told_that_it_stands_still_that_arrival_does_not_change_and_when_it_runs_on() -> None:
    formal = send()

    one = struck()
    said = next(n for n in outbox.notices() if n.template == "contact.formal_stands_still")
    lifted(one, MONDAY + timedelta(days=1))

    assert told("formal_stands_still") == told("runs_on") == BOTH
    assert "通知が届いた日時は変わらず、法律の日数は止まりません" in said.body["ja"]
    kinds = [act.kind for act in ledger.acts_about(named(formal))]
    assert kinds == ["contact.send_formal", "contact.hold_still", "contact.let_run"]


def test_what_is_sent_to_a_struck_region_arrives_at_once_and_its_clock_stands_still_at_once() -> None:
    struck()

    formal = send()

    sent = next(n for n in outbox.notices() if n.template == "contact.formal_sent")
    assert still(named(formal)) == {FORMAL_ANSWER.code}
    assert "再開してからお知らせする日時" in sent.body["ja"]
    assert told("formal_arrived") == ["seller:S-1"]
    assert told("formal_stands_still") == []


def test_an_answer_while_it_stands_still_is_taken_as_ever() -> None:
    formal = send()
    struck()

    contact.go_along(seller(MONDAY + timedelta(days=9)), formal=formal)

    assert Formal.objects.get().state == "acknowledged"
    assert due(formal, FORMAL_REVIEW.code)
    assert still(named(formal)) == set()


def test_a_buyer_in_a_struck_region_is_not_taken_to_have_nothing_more_to_say() -> None:
    formal = send()
    contact.go_along(seller(), formal=formal)

    one = struck(areas=(TOKYO,))
    pass_time(MONDAY + timedelta(days=90))
    stood = (Formal.objects.get().state, still(named(formal)))
    lifted(one, MONDAY + timedelta(days=90))
    pass_time(MONDAY + timedelta(days=200))

    assert stood == ("acknowledged", {FORMAL_REVIEW.code})
    assert told("formal_stands_still") == told("runs_on") == []
    assert Formal.objects.get().state == "rested"


def test_the_look_that_begins_while_the_buyers_region_is_struck_stands_still_at_once() -> None:
    formal = send()
    struck(areas=(TOKYO,))

    contact.go_along(seller(), formal=formal)

    assert still(named(formal)) == {FORMAL_REVIEW.code}


def test_elsewhere_and_after_its_end_nothing_stands_still() -> None:
    elsewhere, over = send(order="O-2"), send()
    contact.settle_formal(buyer(), formal=over)

    one = struck()
    lifted(one, MONDAY + timedelta(hours=1))

    assert due(elsewhere) == DUE
    assert told("formal_stands_still") == []


def test_where_two_overlap_it_waits_for_both() -> None:
    formal = send()
    first, second = struck(), struck(areas=(ISHIKAWA, TOKYO))

    lifted(first, MONDAY + timedelta(hours=3))
    between = still(named(formal))
    lifted(second, MONDAY + timedelta(hours=5))

    assert between == {FORMAL_ANSWER.code}
    assert still(named(formal)) == set()


def test_closing_days_are_not_left_out_of_the_answer_to_a_notice() -> None:
    sunday = MONDAY - timedelta(days=1)
    contact.declare_closing(seller(sunday), first=date(2026, 11, 17), last=date(2026, 11, 18))

    assert due(send()) == DUE


def test_when_the_calendar_changes_both_hear_the_new_moment_of_the_answer_and_the_index_follows() -> None:
    formal = send()
    former = list(calendars._SOURCES)
    closed = japanese_calendar().closing([date(2026, 11, 17)], Text("臨時休業", "closed for the day"))
    calendars.use(lambda: closed)

    def heard(moved: ringing.Moved) -> None:
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
        ringing.recompute(told=heard)
    finally:
        calendars._SOURCES[:] = former

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


def test_pages_and_lists_say_that_it_stands_still_and_what_does_not(enter: Enter) -> None:
    formal = send()
    number = formally.number_of(formal)
    struck()

    pages = [
        enter(Role.BUYER, "buyer:B-1").get(f"/notices/{number}/").content.decode(),
        enter(Role.SELLER, "seller:S-1").get(f"/seller/notices/{number}/").content.decode(),
    ]
    desk = enter(Role.LEAD)

    for page in pages:
        assert "止まっています" in page
        assert "通知が届いた日時は変わらず、法律の日数は止まりません" in page
    assert "止まっています" in enter(Role.SELLER, "seller:S-1").get("/seller/notices/").content.decode()
    assert "災害のため止まっています" in desk.get(f"/desk/cases/{number}/").content.decode()
    assert "法律の日数（返品できる日数など）は止まりません" in desk.get("/desk/suspensions/").content.decode()
    answer = formals.listed(seller(), ended=False).items[0].answer
    assert answer is not None
    assert answer.stands_still
