"""How long there still is: by the hours that count, and in words that people would say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mamori.grammar.businesstime import CalendarDays, Hours, add
from mamori.ground.web.lists import Standing, remaining
from mamori.japan.calendar import japanese_calendar

TUESDAY = datetime(2026, 11, 24, 1, tzinfo=UTC)  # 10:00 in Japan, the day after a holiday
CALENDAR = japanese_calendar()
FRIDAY = datetime(2026, 11, 27, 9, tzinfo=UTC)  # 18:00 in Japan


@pytest.mark.parametrize(
    ("left", "ja", "en"),
    [
        (timedelta(seconds=30), "あと 1 分未満", "less than a minute left"),
        (timedelta(minutes=1), "あと 1 分", "1 minute left"),
        (timedelta(minutes=59, seconds=59), "あと 59 分", "59 minutes left"),
        (timedelta(hours=1), "あと 1 時間", "1 hour left"),
        (timedelta(hours=5, minutes=59), "あと 5 時間", "5 hours left"),
        (timedelta(hours=23, minutes=59), "あと 23 時間", "23 hours left"),
        (timedelta(hours=24), "あと 1 営業日", "1 business day left"),
        (timedelta(hours=27), "あと 1 営業日と 3 時間", "1 business day and 3 hours left"),
    ],
)
def test_what_is_left_is_said_and_never_more_than_that(left: timedelta, ja: str, en: str) -> None:
    found = remaining(TUESDAY + left, now=TUESDAY, calendar=CALENDAR)

    assert (found.text.ja, found.text.en) == (ja, en)


def test_closed_days_do_not_count() -> None:
    due = add(FRIDAY, Hours(48), CALENDAR).at

    found = remaining(due, now=FRIDAY, calendar=CALENDAR)
    later = remaining(due, now=FRIDAY + timedelta(days=1), calendar=CALENDAR)

    assert found.text.ja == "あと 2 営業日"
    assert later.text.ja == "あと 1 営業日と 18 時間"  # Friday's six hours have passed, Saturday's have not


def test_many_hours_are_said_in_days() -> None:
    due = add(FRIDAY, Hours(200), CALENDAR).at

    found = remaining(due, now=FRIDAY, calendar=CALENDAR)

    assert found.text.en == "8 business days left"


def test_days_that_all_count_are_said_as_days() -> None:
    due = add(FRIDAY, CalendarDays(30), CALENDAR).at

    left = remaining(due, now=FRIDAY, calendar=CALENDAR, every_day=True)
    late = remaining(FRIDAY, now=FRIDAY + timedelta(days=3, hours=1), calendar=CALENDAR, every_day=True)

    assert (left.text.ja, left.text.en) == ("あと 30 日", "30 days left")
    assert late.text.en == "3 days and 1 hour overdue"


def test_hours_with_closed_days_among_them_are_not_those_of_the_watch() -> None:
    late_on_friday = FRIDAY + timedelta(hours=2)  # 20:00 in Japan
    due = add(late_on_friday, Hours(14), CALENDAR).at  # Monday morning

    left = remaining(due, now=late_on_friday, calendar=CALENDAR)
    late = remaining(late_on_friday, now=due, calendar=CALENDAR)
    whole = remaining(due, now=due - timedelta(hours=9), calendar=CALENDAR)

    assert left.text.ja == "あと 14 時間（休みの日を除く）"
    assert left.text.en == "14 hours left, closed days not counted"
    assert late.text.en == "14 hours overdue, closed days not counted"
    assert whole.text.ja == "あと 9 時間"


def test_what_has_passed_without_a_fault_of_the_readers_is_said_and_is_no_alarm() -> None:
    found = remaining(TUESDAY - timedelta(hours=3), now=TUESDAY, calendar=CALENDAR, alarm=False)
    ahead = remaining(TUESDAY + timedelta(hours=3), now=TUESDAY, calendar=CALENDAR, alarm=False)

    assert (found.standing, found.text.ja) == (Standing.PAST, "過ぎました")
    assert ahead.text.ja == "あと 3 時間"


@pytest.mark.parametrize(
    ("due", "standing"),
    [
        (TUESDAY + timedelta(hours=6), Standing.RUNNING),
        (TUESDAY + timedelta(hours=5, minutes=59), Standing.SOON),
        (TUESDAY, Standing.LATE),
        (TUESDAY - timedelta(hours=3), Standing.LATE),
    ],
)
def test_a_clock_says_how_it_stands(due: datetime, standing: Standing) -> None:
    assert remaining(due, now=TUESDAY, calendar=CALENDAR).standing is standing


def test_what_is_overdue_or_stands_still_says_so() -> None:
    late = remaining(TUESDAY - timedelta(hours=1), now=TUESDAY, calendar=CALENDAR)
    still = remaining(TUESDAY, now=TUESDAY, calendar=CALENDAR, stands_still=True)

    assert late.text.en.endswith("overdue")
    assert still.text.ja == "止まっています"


def test_beyond_the_calendar_it_counts_every_hour() -> None:
    far = datetime(2090, 1, 1, tzinfo=UTC)

    assert remaining(far + timedelta(hours=2), now=far, calendar=CALENDAR).text.ja == "あと 2 時間"
