"""The Japanese calendar against both libraries, the known vectors, and a walk that shares nothing with it."""

import json
import random
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files

import holidays
import jpholiday
import pytest
from hypothesis import given, settings, strategies as st

from mamori.grammar.businesstime import (
    BusinessDays,
    CalendarDays,
    Duration,
    Hours,
    Pause,
    add,
    elapsed,
    parse,
)
from mamori.grammar.text import Text
from mamori.japan.calendar import JAPAN, japanese_calendar
from tools.holiday_table import main, version

DAYS = [date(2015, 1, 1) + timedelta(days=n) for n in range((date(2036, 1, 1) - date(2015, 1, 1)).days)]
YEAR_END = [date(2026, 12, 29) + timedelta(days=n) for n in range(6)]
YEAR_END_CLOSING = Text("年末年始休業", "year-end closing")
MINUTE = timedelta(minutes=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAPAN)


@cache
def open_by_jpholiday(day: date) -> bool:
    return day.weekday() < 5 and not jpholiday.is_holiday(day)


def walk(start: datetime, duration: Duration, stops: list[tuple[datetime, datetime]]) -> datetime:
    """Count minute by minute, or day by day, as one would with a watch and a wall calendar."""
    now = start.replace(tzinfo=None)
    paused = [(begin.replace(tzinfo=None), end.replace(tzinfo=None)) for begin, end in stops]
    if isinstance(duration, Hours):
        left, day, is_open = duration.count * 60, None, False
        while left:
            if now.date() != day:
                day = now.date()
                is_open = open_by_jpholiday(day)
            if is_open and not any(begin <= now < end for begin, end in paused):
                left -= 1
            now += MINUTE
        return now.replace(tzinfo=JAPAN)
    left, midnight = duration.count, datetime.combine(now.date(), time()) + timedelta(days=1)
    while left:
        tomorrow = midnight + timedelta(days=1)
        touched = any(begin < end and begin < tomorrow and end > midnight for begin, end in paused)
        if isinstance(duration, CalendarDays) or (open_by_jpholiday(midnight.date()) and not touched):
            left -= 1
        midnight = tomorrow
    return midnight.replace(tzinfo=JAPAN)


minutes = st.integers(0, 19 * 365 * 1440).map(lambda n: at("2015-01-01") + n * MINUTE)
midnights = st.integers(0, 19 * 365).map(lambda n: at("2015-01-01") + timedelta(days=n))
starts = minutes | midnights
durations = (
    st.integers(1, 60).map(Hours)
    | st.sampled_from([24, 48, 72]).map(Hours)
    | st.integers(1, 12).map(BusinessDays)
    | st.integers(1, 40).map(CalendarDays)
)
stoppings = st.lists(st.tuples(st.integers(-2_000, 8_000), st.integers(0, 4_000)), max_size=3)


@pytest.mark.parametrize(
    ("start", "duration", "due"),
    [
        ("2026-05-01T10:00", "48h", "2026-05-08T10:00"),
        ("2026-05-02T10:00", "48h", "2026-05-09T00:00"),
        ("2026-09-18T18:00", "48h", "2026-09-25T18:00"),
        ("2026-04-26T10:00", "48h", "2026-04-29T00:00"),  # the usual mistake says 04-30
        ("2027-09-19T22:38", "48h", "2027-09-23T00:00"),
        ("2026-12-28T09:00", "48h", "2026-12-30T09:00"),
        ("2026-04-30T12:00", "48h", "2026-05-07T12:00"),
        ("2026-11-20T23:30", "48h", "2026-11-25T23:30"),
        ("2026-12-28T10:00", "48h", "2026-12-30T10:00"),
        ("2026-09-18T18:00", "2bd", "2026-09-26T00:00"),
        ("2026-12-30T23:59", "2bd", "2027-01-05T00:00"),
    ],
)
def test_the_known_answers_are_given(start: str, duration: str, due: str) -> None:
    assert add(at(start), parse(duration), japanese_calendar()).at == at(due)


def test_the_year_end_is_open_unless_the_operator_closes_it() -> None:
    closed = japanese_calendar().closing(YEAR_END, YEAR_END_CLOSING)

    due = add(at("2026-12-28T09:00"), Hours(48), closed)

    assert due.at == at("2027-01-05T09:00")
    assert due.calendar != japanese_calendar().version
    assert "年末年始休業" in due.why[1].ja


def test_the_table_differs_from_neither_library_on_any_day_of_2015_to_2035() -> None:
    calendar, library = japanese_calendar(), holidays.country_holidays("JP", years=range(2015, 2036))
    named = {closed.day for closed in calendar.closed}

    differing = [day for day in DAYS if not ((day in named) == (day in library) == jpholiday.is_holiday(day))]

    assert differing == []
    assert len(named) == 379


def test_a_day_taken_out_of_the_table_would_be_found() -> None:
    without_mountain_day = {closed.day for closed in japanese_calendar().closed} - {date(2026, 8, 11)}

    differing = [day for day in DAYS if (day in without_mountain_day) != jpholiday.is_holiday(day)]

    assert differing == [date(2026, 8, 11)]


def test_the_names_of_holidays_are_those_of_jpholiday_which_adds_only_what_a_substitute_stands_for() -> None:
    differing = {
        closed.name.ja
        for closed in japanese_calendar().closed
        if closed.name.ja not in str(jpholiday.is_holiday_name(closed.day))
    }

    # One ceremony is worded in two ways: 即位礼正殿の儀 and 即位礼正殿の儀が行われる日.
    assert differing == {"即位礼正殿の儀が行われる日"}


def test_the_committed_table_is_what_the_tool_writes_and_its_version_names_its_content() -> None:
    table = json.loads(files("mamori.japan").joinpath("holidays.json").read_text("utf-8"))
    days, through, recorded = (
        table["days"],
        table["official_through"],
        date.fromisoformat(table["recorded_on"]),
    )

    assert main(["--check"]) == 0
    assert version(official_through=through, recorded_on=recorded, table=days) == table["version"]
    days.pop("2026-08-11")
    assert version(official_through=through, recorded_on=recorded, table=days) != table["version"]


def test_years_that_the_government_has_not_published_are_provisional() -> None:
    calendar = japanese_calendar()

    assert calendar.provisional_from == date(2028, 1, 1)
    assert not add(at("2027-12-30T10:00"), Hours(24), calendar).provisional
    assert add(at("2027-12-30T10:00"), Hours(48), calendar).provisional


@settings(max_examples=300, deadline=None)
@given(start=starts, duration=durations, stops=stoppings)
def test_every_answer_is_that_of_the_walk(
    start: datetime, duration: Duration, stops: list[tuple[int, int]]
) -> None:
    spans = [(start + begin * MINUTE, start + (begin + length) * MINUTE) for begin, length in stops]
    spans = [span for span in spans if span[0] >= at("2015-01-01")]
    pauses = tuple(Pause(begin, end, Text("鑑定", "appraisal")) for begin, end in spans)

    due = add(start, duration, japanese_calendar(), pauses)

    assert due.at == walk(start, duration, spans)
    assert all(sentence.ja and sentence.en for sentence in due.why)
    if isinstance(duration, Hours):
        assert elapsed(start, due.at, japanese_calendar(), pauses) == timedelta(hours=duration.count)


@settings(max_examples=200, deadline=None)
@given(start=starts, first=st.integers(1, 200), second=st.integers(1, 200))
def test_hours_add_up(start: datetime, first: int, second: int) -> None:
    calendar = japanese_calendar()

    between = add(start, Hours(first), calendar).at
    end = add(between, Hours(second), calendar).at

    assert end == add(start, Hours(first + second), calendar).at
    assert start < between < end


def test_two_thousand_random_starts_agree_with_the_walk() -> None:
    dice, calendar = random.Random(48), japanese_calendar()
    asked = [
        (
            at("2015-01-01") + dice.randrange(20 * 365 * 1440) * MINUTE,
            dice.choice([Hours(24), Hours(48), BusinessDays(2), CalendarDays(8)]),
        )
        for _ in range(2_000)
    ]

    wrong = [(s, d) for s, d in asked if add(s, d, calendar).at != walk(s, d, [])]

    assert wrong == []
