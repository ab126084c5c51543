"""When a shop is called again, which numbers it has, and what is said: decided without a database."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise, product

import pytest

from mamori.grammar.businesstime import Hours, add
from mamori.japan.calendar import JAPAN, japanese_calendar
from mamori.rooms.contact.rules.calling import (
    NEVER,
    NEVER_TO_BUYER,
    PARTS,
    WHYS,
    OpenTimes,
    Part,
    Tried,
    Why,
    hours_until,
    numbers,
    open_times,
    part_of,
    script,
    wait,
)
from mamori.rooms.contact.topics import Harm, Topic

MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)
CALENDAR = japanese_calendar()
ALWAYS = OpenTimes()


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def again(
    at: datetime, times: OpenTimes = ALWAYS, tried: tuple[Tried, ...] = (), *, urgent: bool = False
) -> datetime:
    return CALENDAR.local(add(at, wait(at, CALENDAR, times, tried, urgent=urgent), CALENDAR).at)


def test_a_shop_that_did_not_answer_in_the_morning_is_tried_in_the_afternoon_and_then_in_the_evening() -> (
    None
):
    missed = (Tried(wall("2026-11-16T10:00"), reached=False),)

    assert again(MONDAY, tried=missed) == wall("2026-11-16T12:00")
    missed += (Tried(wall("2026-11-16T12:00"), reached=False),)
    assert again(MONDAY, tried=missed) == wall("2026-11-16T17:00")


def test_when_every_part_of_the_day_failed_once_the_soonest_is_taken_again() -> None:
    missed = tuple(Tried(wall(f"2026-11-16T{hour}:00"), reached=False) for hour in (10, 13, 18))

    assert again(MONDAY + timedelta(hours=9), tried=missed) == wall("2026-11-17T09:00")


def test_the_part_of_the_day_in_which_somebody_was_reached_before_comes_first() -> None:
    known = (Tried(wall("2026-10-01T18:00"), reached=True), Tried(wall("2026-11-16T10:00"), reached=False))

    assert again(MONDAY, tried=known) == wall("2026-11-16T17:00")


def test_a_try_falls_into_the_hours_that_the_shop_gave_and_on_a_business_day() -> None:
    afternoons = open_times("平日13:00〜16:00")

    assert again(MONDAY, afternoons) == wall("2026-11-16T13:00")
    assert again(wall("2026-11-20T16:30+09:00"), afternoons) == wall("2026-11-24T13:30")  # over a holiday
    assert again(MONDAY, open_times("10時から18時 月・火曜定休")) == wall("2026-11-18T10:00")


def test_in_danger_the_soonest_hour_is_taken() -> None:
    missed = (Tried(wall("2026-11-16T10:00"), reached=False),)

    assert again(MONDAY, tried=missed, urgent=True) == wall("2026-11-16T11:00")


def test_a_shop_whose_hours_leave_nothing_is_tried_all_the_same() -> None:
    assert again(MONDAY, open_times("22:00〜23:30")) == wall("2026-11-16T11:00")


@pytest.mark.parametrize(
    ("told", "open_at", "closed_at"),
    [
        ("平日10:00〜17:00", "10:00", "17:00"),
        ("１０：００－１７：００（土日祝休）", "16:59", "09:59"),
        ("午前10時から午後5時半まで", "17:29", "17:30"),
        ("10時〜5時", "16:59", "17:00"),
        ("9時30分〜18時15分", "09:30", "18:15"),
        ("10-12, 13-17", "13:00", "12:30"),
        ("10am to 5pm", "16:59", "17:00"),
        ("0:00-24:00", "23:59", None),
    ],
)
def test_hours_are_read_as_shops_write_them(told: str, open_at: str, closed_at: str | None) -> None:
    times = open_times(told)

    assert times.holds(wall(f"2026-11-18T{open_at}"))
    assert closed_at is None or not times.holds(wall(f"2026-11-18T{closed_at}"))


@pytest.mark.parametrize(
    "told", ["", "お気軽にどうぞ", "25:00-26:00", "10:70-17:00", "17:00-17:00", "22:00-2:00"]
)
def test_hours_that_cannot_be_read_close_nothing(told: str) -> None:
    assert open_times(told).spans == ()
    assert open_times(told).holds(wall("2026-11-18T03:00"))


def test_closing_days_are_read() -> None:
    assert open_times("土日祝休").closed == {5, 6}
    assert open_times("10:00-17:00 水曜定休").closed == {2}


@pytest.mark.parametrize(
    ("told", "open_on"),
    [
        ("火〜土 11時〜18時", "火水木金土"),
        ("火曜日から土曜日 11時から18時（木曜定休）", "火水金土"),
        ("月・水・金のみ", "月水金"),
        ("月曜日、水曜日 10:00-12:00", "月水"),
        ("水曜以外 10時〜18時", "月火木金土日"),
        ("水・日は休み", "月火木金土"),
        ("定休日：水曜日", "月火木金土日"),
        ("水曜定休日", "月火木金土日"),
        ("土〜月 10時〜15時", "土日月"),
        ("月〜金 10時〜17時、土 10時〜12時", "月火水木金土"),
        ("平日10時〜17時、土曜10時〜12時", "月火水木金土"),
        ("平日と土曜 10時〜17時", "月火水木金土"),
        ("祝日 10時〜15時", "月火水木金土日"),
        ("毎日9時〜20時", "月火水木金土日"),
        ("年中無休", "月火水木金土日"),
        ("当日10時までにお電話ください", "月火水木金土日"),
        ("月4回休みます", "月火水木金土日"),
        ("日本時間 10時〜18時", "月火水木金土日"),
    ],
)
def test_open_days_are_read_as_shops_write_them(told: str, open_on: str) -> None:
    assert {"月火水木金土日"[day] for day in set(range(7)) - open_times(told).closed} == set(open_on)


def test_parts_of_the_day_meet_without_gaps_and_nobody_calls_at_night() -> None:
    spans = [span for span, _ in PARTS.values()]

    assert set(PARTS) == set(Part)
    assert all(before.ends == after.begins for before, after in pairwise(spans))
    assert part_of(wall("2026-11-16T08:59")) is None
    assert part_of(wall("2026-11-16T20:00")) is None


def test_numbers_are_read_apart_in_half_width_and_each_once() -> None:
    assert numbers("０３-１２３４-５６７８／090-1111-2222、03-1234-5678") == ("03-1234-5678", "090-1111-2222")
    assert numbers("03-1234-5678（代表）または 0120-11-2222") == ("03-1234-5678(代表)", "0120-11-2222")
    assert numbers("なし") == ()


@pytest.mark.parametrize(
    ("moment", "hours"),
    [
        ("2026-11-16T10:30", 1),
        ("2026-11-16T11:00", 1),
        ("2026-11-16T11:01", 2),
        ("2026-11-17T10:00", 24),
        ("2026-11-21T17:00", 4 * 24 + 15),  # a Saturday: not before Tuesday, for Monday is a holiday
    ],
)
def test_a_promise_by_a_moment_rings_in_whole_hours_and_never_before_it(moment: str, hours: int) -> None:
    promised = wall(f"{moment}+09:00")

    found = hours_until(MONDAY, promised, CALENDAR)

    assert found == Hours(hours)
    assert add(MONDAY, found, CALENDAR).at >= promised


def test_there_is_a_script_for_every_call_that_can_be_owed() -> None:
    assert set(WHYS) == set(Why)
    for why, topic, harm in product(Why, Topic, Harm):
        said = script(why, topic, harm).filled(number="1234-5678", shop="店", due="明日")
        whole = " ".join(text.ja + text.en for text in (said.greeting, *said.say, *said.ask))
        assert "{" not in whole
        assert "1234-5678" in said.greeting.ja
        assert said.never == (NEVER_TO_BUYER if why is Why.DANGER else NEVER)


BAD = (
    "裁定",
    "判断し",
    "手数料",
    "罰",
    "停止し",
    "公表し",
    "訴え",
    "通報",
    "penalt",
    "ruling",
    "we will suspend",
    "{buyer}",
)


def test_no_script_threatens_rules_or_tells_of_the_buyer() -> None:
    for why, topic, harm in product(Why, Topic, Harm):
        said = script(why, topic, harm)
        for text in (said.greeting, *said.say, *said.ask):
            assert not [bad for bad in BAD if bad in text.ja or bad in text.en], text
