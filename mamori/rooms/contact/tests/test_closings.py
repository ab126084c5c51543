"""A seller's declared closing days: left out of the answer's clock, and never so many that the buyer waits for them."""

from datetime import date, datetime, timedelta

import pytest

from mamori.grammar.businesstime import BusinessDays
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.terms import actions as terms
from mamori.japan.calendar import JAPAN
from mamori.law.deadlines import ANSWER, QUESTION_ANSWER, RESOLUTION
from mamori.law.settings import CLOSINGS_LEAVE, CLOSINGS_MOST, CLOSINGS_NOTICE
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.actions.standstill import ClosingUnreadable
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.models import SellerClosing
from mamori.rooms.contact.tests.conftest import EVES, MONDAY, buyer, lead, open_asked, open_trouble, seller
from mamori.rooms.contact.topics import Topic

pytestmark = pytest.mark.usefixtures("market_of_two", "settled_contact")
TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 11, day) for day in (17, 18, 19))
SUNDAY = MONDAY - timedelta(days=1)


def due(about: str, kind: str) -> datetime:
    [clock] = [one for one in clocks.open_clocks(about) if one.kind == kind]
    return clock.due_at.astimezone(JAPAN)


def test_the_answer_waits_for_the_shop_and_the_solution_does_not() -> None:
    contact.declare_closing(seller(SUNDAY), first=TUESDAY, last=TUESDAY)

    about = f"contact.trouble:{open_trouble()}"

    assert due(about, ANSWER.code) == datetime(2026, 11, 17, 22, tzinfo=JAPAN)
    assert due(about, RESOLUTION.code) == datetime(2026, 11, 18, 10, tzinfo=JAPAN)


def test_a_question_waits_too_and_a_danger_never() -> None:
    contact.declare_closing(seller(SUNDAY), first=TUESDAY, last=WEDNESDAY)

    thread = contact.ask_question(buyer(), listing_ref="L-1", topic=Topic.GOODS, said="使えますか")
    danger = open_asked()

    assert due(f"contact.thread:{thread}", QUESTION_ANSWER.code).day == 20
    assert due(f"contact.trouble:{danger}", ANSWER.code).day == 17


def test_after_an_answer_that_did_not_help_the_next_clock_leaves_them_out_too() -> None:
    trouble = open_trouble()
    known = facts.trouble(trouble)
    assert known is not None
    contact.declare_closing(seller(MONDAY), first=TUESDAY, last=TUESDAY)
    contact.answer(seller(MONDAY), thread=known.thread, said="お送りします")

    contact.say_unsolved(buyer(MONDAY + timedelta(hours=1)), trouble=trouble, said="届きません")

    assert due(f"contact.trouble:{trouble}", ANSWER.code) == datetime(2026, 11, 17, 22, tzinfo=JAPAN)


@pytest.mark.parametrize(
    ("asked", "closed", "answer", "solution"),
    [
        ("2027-04-28T12:00", ("2027-04-29", "2027-05-07"), "2027-05-01T00:00", "2027-05-06T12:00"),
        ("2027-05-01T12:00", ("2027-05-06", "2027-05-14"), "2027-05-07T12:00", "2027-05-08T00:00"),
        ("2026-12-28T10:00", ("2026-12-29", "2027-01-05"), "2026-12-29T22:00", "2026-12-30T10:00"),
        ("2027-01-03T10:00", ("2027-01-04", "2027-01-08"), "2027-01-05T12:00", "2027-01-06T00:00"),
    ],
)
def test_golden_week_and_new_year_never_put_the_answer_behind_the_solution(
    asked: str, closed: tuple[str, str], answer: str, solution: str
) -> None:
    at = datetime.fromisoformat(f"{asked}+09:00")
    first, last = (date.fromisoformat(day) for day in closed)
    contact.declare_closing(seller(at - timedelta(days=20)), first=first, last=last)

    about = f"contact.trouble:{open_trouble(at)}"

    assert due(about, ANSWER.code) == datetime.fromisoformat(f"{answer}+09:00")
    assert due(about, RESOLUTION.code) == datetime.fromisoformat(f"{solution}+09:00")


def test_where_the_operator_is_closed_over_new_year_both_moments_wait_and_keep_their_order() -> None:
    at = datetime(2026, 12, 28, 10, tzinfo=JAPAN)
    terms.close(lead(SUNDAY), days=["2026-12-29", "2026-12-30", "2026-12-31"])
    contact.declare_closing(seller(SUNDAY), first=date(2026, 12, 29), last=date(2027, 1, 8))

    about = f"contact.trouble:{open_trouble(at)}"

    assert due(about, ANSWER.code) == datetime(2027, 1, 4, 22, tzinfo=JAPAN)
    assert due(about, RESOLUTION.code) == datetime(2027, 1, 5, 10, tzinfo=JAPAN)


@pytest.mark.parametrize(("leave", "answer"), [(0, (18, 10)), (6, (18, 4)), (24, (17, 10)), (240, (17, 10))])
def test_the_operator_says_how_long_before_the_solution_an_answer_is_due_at_the_latest(
    leave: int, answer: tuple[int, int]
) -> None:
    terms.set(lead(SUNDAY), setting=CLOSINGS_LEAVE, value=leave)
    contact.declare_closing(seller(SUNDAY), first=TUESDAY, last=THURSDAY)

    moment = due(f"contact.trouble:{open_trouble()}", ANSWER.code)

    assert (moment.day, moment.hour) == answer


def test_an_answer_counted_in_business_days_leaves_out_whole_days_or_none() -> None:
    terms.set(lead(SUNDAY), setting=ANSWER, value=BusinessDays(1))
    terms.set(lead(SUNDAY), setting=RESOLUTION, value=BusinessDays(3))
    contact.declare_closing(seller(SUNDAY), first=TUESDAY, last=THURSDAY)

    moment = due(f"contact.trouble:{open_trouble()}", ANSWER.code)

    assert moment == datetime(2026, 11, 19, tzinfo=JAPAN)


def test_the_account_says_why_the_days_behind_count() -> None:
    contact.declare_closing(seller(SUNDAY), first=TUESDAY, last=THURSDAY)

    [clock] = [
        one for one in clocks.open_clocks(f"contact.trouble:{open_trouble()}") if one.kind == ANSWER.code
    ]

    assert "解決の期限に遅れないように数えます" in clock.why[-1].ja
    assert "too late for the solution" in clock.why[-1].en


def test_withdrawn_days_count_no_more_for_new_inquiries() -> None:
    closing = contact.declare_closing(seller(SUNDAY), first=TUESDAY, last=TUESDAY)
    contact.withdraw_closing(seller(SUNDAY), closing=closing)

    about = f"contact.trouble:{open_trouble()}"

    assert due(about, ANSWER.code).day == 17
    assert [act.kind for act in ledger.acts_about(f"contact.closing:{closing}")] == [
        "contact.declare_closing",
        "contact.withdraw_closing",
    ]


def test_an_operator_may_ask_for_more_notice_or_allow_none() -> None:
    contact.declare_closing(seller(SUNDAY), first=TUESDAY, last=TUESDAY)
    terms.set(lead(SUNDAY), setting=CLOSINGS_NOTICE, value=5)
    asked = due(f"contact.trouble:{open_trouble()}", ANSWER.code)
    terms.set(lead(SUNDAY), setting=CLOSINGS_NOTICE, value=0)
    terms.set(lead(SUNDAY), setting=CLOSINGS_MOST, value=0)

    none = due(f"contact.trouble:{open_trouble(order_ref='O-3')}", ANSWER.code)

    assert (asked.day, none.day) == (17, 17)


def test_what_is_no_span_of_days_ahead_is_refused() -> None:
    for first, last in (
        (WEDNESDAY, TUESDAY),
        (SUNDAY.date(), TUESDAY),
        (TUESDAY, TUESDAY + timedelta(days=31)),
        (date(2027, 11, 20), date(2027, 11, 20)),
    ):
        with pytest.raises(ClosingUnreadable):
            contact.declare_closing(seller(), first=first, last=last)


def test_eve_declares_nothing_and_takes_nothing_back() -> None:
    closing = contact.declare_closing(seller(SUNDAY), first=TUESDAY, last=TUESDAY)

    for eve in EVES:
        with pytest.raises(NothingHere):
            contact.withdraw_closing(eve, closing=closing)
    with pytest.raises(NothingHere):
        contact.declare_closing(buyer(), first=TUESDAY, last=TUESDAY)

    assert SellerClosing.objects.get().withdrawn_at is None
