"""Which declared closing days count, and which clocks of a chosen case stand still until when: pure rules."""

from datetime import date, datetime, timedelta

from mamori.grammar.businesstime import Pause
from mamori.japan.calendar import JAPAN, japanese_calendar
from mamori.law.deadlines import DANGER_CALL, REMEDY_DECISION, RESOLUTION
from mamori.rooms.contact import calling, urging
from mamori.rooms.contact.actions import calls
from mamori.rooms.contact.rules.clocks import DANGER_RECALL_CLOCK
from mamori.rooms.contact.rules.standstill import (
    CLOSED,
    CUT,
    LONGEST,
    STAND,
    Closing,
    counted_closings,
    cut,
    end_of,
    is_grave,
)
from mamori.rooms.contact.topics import Harm, Topic

MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)
TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 11, day) for day in (17, 18, 19))


def declared(*days: date, on: date = date(2026, 11, 15)) -> list[Closing]:
    return [Closing(first=day, last=day, declared_on=on) for day in days]


def counted(closings: list[Closing], *, notice: int = 1, most: int = 3, grave: bool = False) -> list[date]:
    week = {MONDAY.date() + timedelta(days=n) for n in range(5)}
    return list(
        counted_closings(
            closings, opened_on=MONDAY.date(), notice=notice, most=most, open_days=week, grave=grave
        )
    )


def test_declared_days_count_in_order_up_to_the_most_and_none_where_danger_is_told_of() -> None:
    days = declared(WEDNESDAY, TUESDAY, THURSDAY)

    assert counted(days) == [TUESDAY, WEDNESDAY, THURSDAY]
    assert counted(days, most=1) == [TUESDAY]
    assert counted(days, most=0) == []
    assert counted(days, grave=True) == []


def test_a_day_declared_too_late_or_after_the_inquiry_or_closed_anyway_does_not_count() -> None:
    saturday = date(2026, 11, 21)

    assert counted(declared(TUESDAY), notice=2) == [TUESDAY]
    assert counted(declared(TUESDAY), notice=3) == []
    assert counted(declared(TUESDAY, on=TUESDAY), notice=0) == []
    assert counted(declared(MONDAY.date(), on=MONDAY.date()), notice=0) == [MONDAY.date()]
    assert counted(declared(saturday)) == []


def pause(day: date) -> Pause:
    begin = datetime(day.year, day.month, day.day, tzinfo=JAPAN)
    return Pause(begin, begin + timedelta(days=1), CLOSED)


def stands(hours: int, *, whole: bool = False, since: datetime = MONDAY) -> list[tuple[int, int]]:
    """Return the day and the hours of each pause that is left of Monday to Wednesday."""
    days = (MONDAY.date(), TUESDAY, WEDNESDAY)
    found = cut(
        map(pause, days),
        since=since,
        spare=timedelta(hours=hours),
        calendar=japanese_calendar(),
        whole=whole,
    )
    return [(one.start.day, int((one.end - max(one.start, since)) / timedelta(hours=1))) for one in found]


def test_closing_days_are_cut_where_the_hours_to_spare_are_used_up() -> None:
    assert stands(62) == stands(100) == [(16, 14), (17, 24), (18, 24)]
    assert stands(50) == [(16, 14), (17, 24), (18, 12)]
    assert stands(38) == [(16, 14), (17, 24)]
    assert stands(1) == [(16, 1)]
    assert stands(0) == []
    assert stands(50, whole=True) == [(16, 14), (17, 24)]


def test_the_last_that_is_left_says_why_the_days_behind_count() -> None:
    found = cut(
        [pause(TUESDAY), pause(WEDNESDAY)],
        since=MONDAY,
        spare=timedelta(hours=30),
        calendar=japanese_calendar(),
        whole=False,
    )

    assert [one.reason for one in found] == [CLOSED, CUT]


def test_danger_is_the_harm_or_the_topic() -> None:
    assert is_grave(Topic.BROKEN, Harm.DANGER)
    assert is_grave(Topic.UNSAFE, None)
    assert not is_grave(Topic.BROKEN, Harm.MONEY)


def test_the_rule_names_the_clocks_as_the_room_does() -> None:
    assert {urging.URGE_CLOCK, calls.PROMISE_CLOCK, calling.RECALL_CLOCK} <= STAND


def test_neither_the_solution_nor_a_dangers_clock_ever_stands_still() -> None:
    assert not {RESOLUTION.code, REMEDY_DECISION.code, DANGER_CALL.code, DANGER_RECALL_CLOCK} & STAND


def test_a_case_stands_still_to_the_end_of_a_day_that_is_not_past_nor_too_far() -> None:
    today = MONDAY.date()
    last = today + timedelta(days=LONGEST.days - 1)

    def end(day: date) -> datetime | None:
        return end_of(day, at=MONDAY, zone=JAPAN)

    assert end(today) == datetime(2026, 11, 17, tzinfo=JAPAN)
    assert end(last) == datetime(2026, 12, 17, tzinfo=JAPAN)
    assert end(today - timedelta(days=1)) is None
    assert end(last + timedelta(days=1)) is None
