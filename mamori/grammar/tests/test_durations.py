"""Durations and moments as they are read, refused and written for people."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest

from mamori.grammar.businesstime import (
    BadDuration,
    BadMoment,
    BadPause,
    BusinessDays,
    CalendarDays,
    Hours,
    OutsideCalendar,
    Pause,
    due_text,
    moment_text,
    parse,
    read_moment,
)
from mamori.grammar.text import Text

ZONE = timezone(timedelta(hours=9))


def may(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize("text", ["48h", "2h24", "2bd", "8d", "240000h", "240000h24", "10000bd"])
def test_a_duration_is_written_as_it_is_read(text: str) -> None:
    assert str(parse(text)) == text


@pytest.mark.parametrize("text", ["４８Ｈ", " 48h ", "048h"])
def test_full_width_and_capital_letters_are_as_good(text: str) -> None:
    assert parse(text) == Hours(48)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0h",
        "0bd",
        "-1d",
        "48",
        "h",
        "1.5h",
        "48 h",
        "2w",
        "240001h",
        "240001h24",
        "2h12",
        "10001d",
        "9" * 5000 + "h",
        "１２時間",
    ],
)
def test_what_is_no_sensible_duration_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(BadDuration) as refused:
        parse(text)

    assert "48h" in refused.value.sentence.ja
    assert len(refused.value.sentence.en) < 300


@pytest.mark.parametrize("count", [0, -1, 1.5, True, "3"])
def test_a_count_that_is_no_whole_positive_number_is_refused(count: object) -> None:
    with pytest.raises(BadDuration):
        Hours(count)  # type: ignore[arg-type]


def test_a_moment_is_read_with_its_offset_or_the_assumed_one() -> None:
    assert read_moment("2026-05-01T09:00Z", ZONE) == (may(1, 18), False)
    assert read_moment(" 2026-05-01T09:00 ", ZONE) == (may(1, 9), True)
    assert read_moment("2026-05-01", ZONE) == (may(1), True)


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "2026-02-30", "2026-05-01T25:00", "2026-05-01T09:00+99:00", "\x00"]
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(BadMoment):
        read_moment(text, ZONE)


def test_a_refusal_repeats_only_the_beginning_of_what_was_given_and_nothing_unprintable() -> None:
    with pytest.raises(BadMoment) as refused:
        read_moment("\x1b[31m" + "x" * 100_000, ZONE)

    assert "\x1b" not in refused.value.sentence.ja
    assert len(refused.value.sentence.ja) < 200


def test_the_end_of_a_day_is_worded_as_24_but_a_start_is_not() -> None:
    assert due_text(may(9)) == Text("2026年5月8日（金）24:00", "Sat 9 May 2026 0:00")
    assert moment_text(may(9)) == Text("2026年5月9日（土）00:00", "Sat 9 May 2026 00:00")
    assert due_text(may(9, 7, 5)).ja == "2026年5月9日（土）07:05"
    assert due_text(may(9, 7, 5) + timedelta(seconds=9)).en == "Sat 9 May 2026 07:05:09"
    assert due_text(may(9) + timedelta(microseconds=1)).ja == "2026年5月9日（土）00:00:00"


@pytest.mark.parametrize(
    ("make", "shown"),
    [
        (lambda: BusinessDays(0), "0bd"),
        (lambda: Hours(0), "0h"),
        (lambda: CalendarDays(-1), "-1d"),
        (lambda: Hours(240_001), "240001h"),
        (lambda: Hours("3"), "'3'"),
    ],
)
def test_a_refused_count_is_repeated_with_its_unit(make: Callable[[], object], shown: str) -> None:
    with pytest.raises(BadDuration) as refused:
        make()

    assert refused.value.sentence.en.startswith(f"“{shown}” is not a duration.")
    assert BadDuration.status == BadPause.status == OutsideCalendar.status == BadMoment.status == 422


def test_the_longest_duration_is_10000_days() -> None:
    assert [Hours(240_000).count, BusinessDays(10_000).count, CalendarDays(10_000).count] == [
        240_000,
        10_000,
        10_000,
    ]


@pytest.mark.parametrize(
    ("given", "shown"),
    [("x" * 40, "x" * 40), ("x" * 41, "x" * 39 + "…"), ("a\x1bb", "a�b")],
)
def test_what_was_refused_is_shown_in_40_characters(given: str, shown: str) -> None:
    with pytest.raises(BadMoment) as refused:
        read_moment(given, ZONE)

    assert f"“{shown}”" in refused.value.sentence.en


def test_a_refused_pause_repeats_its_moments() -> None:
    with pytest.raises(BadPause) as refused:
        Pause(may(12), may(11), Text("鑑定", "appraisal"))
    with pytest.raises(BadMoment) as unplaced:
        Pause(may(12).replace(tzinfo=None), may(13), Text("鑑定", "appraisal"))

    assert refused.value.sentence.en.startswith(
        "The pause ends (Mon 11 May 2026 00:00) before it begins (Tue 12 May 2026 00:00)."
    )
    assert unplaced.value.sentence.en.startswith("“2026-05-12T00:00:00”")
