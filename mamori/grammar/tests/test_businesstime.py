"""Business time over a small calendar of its own: the rules, their edges, and what is refused."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from mamori.grammar.businesstime import (
    BadMoment,
    BadPause,
    BusinessDays,
    Calendar,
    CalendarDays,
    ClosedDay,
    Due,
    Duration,
    EveryHours,
    Hours,
    OutsideCalendar,
    Pause,
    add,
    due_text,
    elapsed,
)
from mamori.grammar.text import Text

ZONE = timezone(timedelta(hours=9))
HOLIDAY = Text("憲法記念日", "Constitution Day")
APPRAISAL = Text("鑑定", "appraisal")
# May 2026 begins on a Friday; the 6th is a Wednesday.
MAY = Calendar(
    zone=ZONE,
    first=date(2026, 5, 1),
    last=date(2026, 5, 31),
    closed=(ClosedDay(date(2026, 5, 6), HOLIDAY),),
    version="may",
    provisional_from=date(2026, 5, 20),
)


def may(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=ZONE)


def pause(start: datetime, end: datetime) -> Pause:
    return Pause(start, end, APPRAISAL)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        (may(11, 10), 48, may(13, 10)),
        (may(8, 18), 24, may(11, 18)),  # over a weekend
        (may(5, 18), 24, may(7, 18)),  # over a holiday
        (may(2, 10), 24, may(5)),  # a start on a closed day counts from Monday 00:00 to Monday 24:00
        (may(7), 48, may(9)),  # Friday 24:00 is Saturday 00:00, not Monday 00:00
        (may(9), 1, may(11, 1)),  # Friday 24:00 as a start is Saturday
        (may(8, 23, 59), 1, may(11, 0, 59)),
        (may(5, 23), 1, may(6)),  # the last hour ends with its day, though a holiday follows
    ],
)
def test_hours_pass_on_business_days_only(start: datetime, hours: int, due: datetime) -> None:
    assert add(start, Hours(hours), MAY).at == due


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (may(11, 10), 2, may(14)),
        (may(11), 1, may(13)),  # the day of the start never counts, not even from its first moment
        (may(8, 18), 2, may(13)),
        (may(2, 10), 1, may(5)),  # a start on a Saturday: Monday is the first
        (may(5, 10), 1, may(8)),
    ],
)
def test_business_days_begin_on_the_next_one_and_end_at_24(start: datetime, days: int, due: datetime) -> None:
    assert add(start, BusinessDays(days), MAY).at == due


@pytest.mark.parametrize(("start", "days", "due"), [(may(1, 9), 8, may(10)), (may(1), 1, may(3))])
def test_calendar_days_leave_the_first_day_out_and_count_closed_days(
    start: datetime, days: int, due: datetime
) -> None:
    assert add(start, CalendarDays(days), MAY).at == due


def test_eight_days_counted_from_the_day_of_receipt_are_seven_after_it() -> None:
    receipt = may(1, 15)

    due = add(receipt, CalendarDays(7), MAY)

    assert due_text(due.at).ja == "2026年5月8日（金）24:00"


def test_a_moment_of_another_zone_counts_by_the_day_it_is_here() -> None:
    sunday_evening_elsewhere = datetime(2026, 5, 10, 16, tzinfo=UTC)

    due = add(sunday_evening_elsewhere, Hours(24), MAY)

    assert due.at.isoformat() == "2026-05-12T01:00:00+09:00"


def test_paused_time_does_not_count() -> None:
    stops = (pause(may(11, 12), may(11, 18)), pause(may(11, 16), may(11, 20)), pause(may(20), may(21)))

    due = add(may(11, 10), Hours(24), MAY, stops)

    assert due.at == may(12, 18)


def test_a_pause_over_closed_days_moves_nothing_by_them() -> None:
    due = add(may(8, 12), Hours(24), MAY, (pause(may(9, 3), may(11, 6)),))

    assert due.at == may(11, 18)


def test_a_start_inside_a_pause_begins_to_count_behind_it() -> None:
    due = add(may(11, 10), Hours(5), MAY, (pause(may(11, 8), may(11, 12)),))

    assert due.at == may(11, 17)


@pytest.mark.parametrize(
    "stop",
    [
        pause(may(11, 1), may(11, 10)),  # over when it starts
        pause(may(11, 15), may(11, 18)),  # begins when it is over
        pause(may(11, 12), may(11, 12)),  # empty
    ],
)
def test_a_pause_that_touches_no_counted_time_changes_nothing(stop: Pause) -> None:
    due = add(may(11, 10), Hours(5), MAY, (stop,))

    assert due.at == may(11, 15)
    assert due.why == add(may(11, 10), Hours(5), MAY).why


def test_a_business_day_that_a_pause_touches_does_not_count() -> None:
    due = add(may(11, 10), BusinessDays(2), MAY, (pause(may(12, 23), may(13, 1)),))

    assert due.at == may(16)


def test_a_pause_that_ends_at_24_leaves_the_next_day_alone() -> None:
    due = add(may(11, 10), BusinessDays(1), MAY, (pause(may(11, 12), may(12)), pause(may(12), may(12))))

    assert due.at == may(13)
    assert len(due.why) == 1


def test_calendar_days_are_never_paused() -> None:
    due = add(may(11, 10), CalendarDays(2), MAY, (pause(may(12), may(15)),))

    assert due.at == may(14)
    assert due.why[-1].en == "Calendar days are never extended by a pause."


def test_what_was_added_has_elapsed_then_and_not_a_moment_before() -> None:
    stops = (pause(may(12, 12), may(14, 18)),)
    due = add(may(9, 10), Hours(30), MAY, stops).at

    assert elapsed(may(9, 10), due, MAY, stops) == timedelta(hours=30)
    assert elapsed(may(9, 10), due - timedelta(minutes=1), MAY, stops) == timedelta(hours=29, minutes=59)
    assert elapsed(may(9, 10), may(12, 13), MAY, stops) == timedelta(hours=36)


def test_nothing_has_elapsed_before_the_start_when_a_clock_jumps_back() -> None:
    assert elapsed(may(12), may(11), MAY) == timedelta()
    assert elapsed(may(12), may(12), MAY) == timedelta()


def test_a_pause_before_or_after_does_not_shorten_what_has_elapsed() -> None:
    stops = (pause(may(4), may(5)), pause(may(13), may(14)))

    assert elapsed(may(11), may(13), MAY, stops) == timedelta(hours=48)
    assert elapsed(may(5), may(6), MAY, stops) == timedelta(hours=24)


def test_the_calendar_ends_at_24_of_its_last_day() -> None:
    assert add(may(28, 12), Hours(36), MAY).at == may(30)
    assert elapsed(may(28, 12), datetime(2026, 6, 1, tzinfo=ZONE), MAY) == timedelta(hours=36)
    with pytest.raises(OutsideCalendar) as refused:
        add(may(28, 12), Hours(37), MAY)
    assert refused.value.sentence.ja.startswith(
        "期限が暦の範囲（2026年5月1日（金）から2026年5月31日（日）まで）"
    )


@pytest.mark.parametrize("duration", [Hours(1), BusinessDays(1), CalendarDays(1)])
@pytest.mark.parametrize(
    "start",
    [
        datetime(2026, 4, 30, 23, 59, tzinfo=ZONE),
        datetime(2026, 6, 1, tzinfo=ZONE),
        datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-9))),
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
    ],
)
def test_a_start_outside_the_calendar_is_refused(start: datetime, duration: Duration) -> None:
    with pytest.raises(OutsideCalendar):
        add(start, duration, MAY)


@pytest.mark.parametrize("stops", [(), (pause(may(27), may(28)),)])
def test_business_days_beyond_the_calendar_are_refused(stops: tuple[Pause, ...]) -> None:
    assert add(may(26), BusinessDays(2 if stops else 3), MAY, stops).at == may(30)
    with pytest.raises(OutsideCalendar) as refused:
        add(may(26), BusinessDays(3 if stops else 4), MAY, stops)
    assert refused.value.sentence.en.startswith(
        "It cannot be computed: the due moment lies outside the calendar"
    )


def test_calendar_days_may_end_behind_the_calendar_because_no_holiday_moves_them() -> None:
    due = add(may(31), CalendarDays(365), MAY)

    assert due == Due(datetime(2027, 6, 1, tzinfo=ZONE), "may", False)


@pytest.mark.parametrize(
    ("start", "duration", "doubtful"),
    [
        (may(18), Hours(48), False),  # ends at 24:00 of the last official day
        (may(18), Hours(49), True),
        (may(18), BusinessDays(1), False),
        (may(18), BusinessDays(2), True),
        (may(18), CalendarDays(9), False),
    ],
)
def test_a_moment_that_rests_on_unpublished_days_is_provisional(
    start: datetime, duration: Duration, doubtful: bool
) -> None:
    due = add(start, duration, MAY)

    assert due.provisional is doubtful
    assert any("provisional" in sentence.en for sentence in due.why) is doubtful


def test_a_calendar_without_doubts_gives_no_provisional_moment() -> None:
    sure = Calendar(zone=ZONE, first=MAY.first, last=MAY.last, closed=(), version="sure")

    assert not add(may(26), Hours(24), sure).provisional
    assert add(may(5, 12), Hours(24), sure).at == may(6, 12)


def test_the_operators_closing_days_make_another_calendar_with_another_version() -> None:
    reason = Text("棚卸し", "stocktaking")

    closed = MAY.closing([date(2026, 5, 12), date(2026, 5, 6)], reason)

    assert add(may(11, 12), Hours(24), closed).at == may(13, 12)
    assert add(may(11, 12), Hours(24), MAY).at == may(12, 12)
    assert closed.version.startswith("may+")
    assert closed.why_closed(date(2026, 5, 12)) == reason
    assert closed.why_closed(date(2026, 5, 6)) == HOLIDAY
    assert "Tue 12 May (stocktaking)" in add(may(11, 12), Hours(24), closed).why[1].en


def test_the_version_says_which_days_are_closed_and_why_not_in_which_order_they_were_told() -> None:
    first, second, reason = date(2026, 5, 12), date(2026, 5, 14), Text("棚卸し", "stocktaking")

    both = MAY.closing([first, second], reason)

    assert MAY.closing([second], reason).closing([first], reason) == both
    assert both.version != MAY.closing([first], reason).version
    assert both.version != MAY.closing([first, second], Text("停電", "no power")).version
    assert MAY.closing([], reason) is MAY


def test_closing_a_day_outside_the_calendar_is_refused() -> None:
    with pytest.raises(OutsideCalendar) as refused:
        MAY.closing([date(2026, 6, 1)], APPRAISAL)

    assert refused.value.sentence.en.startswith(
        "It cannot be computed: Mon 1 Jun 2026 lies outside the calendar"
    )


def test_hours_are_accounted_for_with_each_day_left_out_and_each_pause() -> None:
    stop = pause(may(7, 12).astimezone(timezone.utc), may(7, 18))  # noqa: UP017

    why = add(may(2, 10), Hours(72), MAY, (stop,)).why

    assert [sentence.en for sentence in why] == [
        "72 hours are counted: 24 on a business day, none on a closed day.",
        "The start, Sat 2 May 2026, is a closed day (Saturday), so counting begins at 00:00 of the next business "
        "day, Mon 4 May 2026.",
        "Closed days not counted (3): Sat 2 May, Sun 3 May, Wed 6 May (Constitution Day).",
        "From Thu 7 May 2026 12:00 to Thu 7 May 2026 18:00 the clock stands still. Reason: appraisal",
    ]
    assert "5月6日（水・憲法記念日）" in why[2].ja


def test_business_days_are_accounted_for_with_the_pauses_that_touched_one() -> None:
    touching, idle = pause(may(7, 12), may(7, 18)), pause(may(9, 12), may(9, 18))

    why = add(may(5, 10), BusinessDays(2), MAY, (touching, idle)).why

    assert [sentence.ja for sentence in why] == [
        "開始の日（2026年5月5日（火））の翌営業日を1日目として2営業日を数え、最後の日の24:00に終わります。",
        "数えない休業日は3日です：5月6日（水・憲法記念日）、5月9日（土）、5月10日（日）。",
        "2026年5月7日（木）12:00から2026年5月7日（木）18:00までの停止にかかる営業日は数えません。理由：鑑定",
    ]


def test_a_long_list_of_closed_days_is_cut_and_a_new_year_is_named() -> None:
    year = Calendar(zone=ZONE, first=date(2026, 12, 1), last=date(2027, 12, 31), closed=(), version="year")

    skipped = add(datetime(2026, 12, 28, tzinfo=ZONE), BusinessDays(40), year).why[1]

    assert skipped.ja.startswith("数えない休業日は16日です：2027年1月2日（土）")
    assert skipped.ja.endswith("ほか2日。")
    assert skipped.en.endswith("and 2 more.")


def test_the_last_day_of_the_calendar_counts_when_it_is_a_business_day() -> None:
    week = Calendar(zone=ZONE, first=date(2026, 5, 4), last=date(2026, 5, 8), closed=(), version="week")

    assert add(may(4), Hours(120), week).at == may(9)
    assert add(may(7, 12), BusinessDays(1), week).at == may(9)
    with pytest.raises(OutsideCalendar):
        add(may(4), Hours(121), week)


@pytest.mark.parametrize("use", [lambda m: add(m, Hours(1), MAY), lambda m: Pause(m, may(3), APPRAISAL)])
def test_a_moment_without_offset_is_refused(use: Callable[[datetime], object]) -> None:
    with pytest.raises(BadMoment) as refused:
        use(datetime(2026, 5, 1))  # noqa: DTZ001

    assert refused.value.sentence.en.startswith("“2026-05-01T00:00:00” is not a moment.")


def test_a_moment_that_no_calendar_holds_is_named_in_the_refusal() -> None:
    with pytest.raises(OutsideCalendar) as refused:
        add(datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-9))), Hours(1), MAY)

    assert refused.value.sentence.en.startswith("It cannot be computed: Fri 31 Dec 9999 lies outside")


def test_days_are_those_of_the_calendars_zone_wherever_the_machine_stands() -> None:
    london = Calendar(zone=UTC, first=MAY.first, last=MAY.last, closed=(), version="london")

    due = add(may(11, 3), Hours(8), london)  # still Sunday in London: counted from Monday 00:00 there

    assert due.at.isoformat() == "2026-05-11T08:00:00+00:00"


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(BadPause):
        pause(may(12), may(11))


def test_hours_of_every_day_wait_for_no_business_day_and_for_no_pause() -> None:
    friday_evening = may(8, 22)

    due = add(friday_evening, EveryHours(12), MAY, [pause(may(8, 23), may(12))])

    assert due.at == may(9, 10)
    assert [text.en for text in due.why] == [
        "12 hours are counted, nights and closed days included.",
        "These hours are never extended by a pause.",
    ]
    assert add(may(29), EveryHours(1), MAY).provisional is False
    assert len(add(friday_evening, EveryHours(1), MAY).why) == 1


@pytest.mark.parametrize(
    ("duration", "plain", "later"),
    [
        (CalendarDays(7), may(19), may(22)),  # 62 hours from midnight end at 14:00, and the day is filled
        (EveryHours(24), may(12, 10), may(15)),
        (Hours(24), may(12, 10), may(15)),
        (BusinessDays(2), may(14), may(16)),
    ],
)
def test_a_pause_that_stops_all_stops_calendar_days_and_hours_round_the_clock_as_well(
    duration: Duration, plain: datetime, later: datetime
) -> None:
    still = Pause(may(11, 10), may(14), APPRAISAL, stops_all=True)
    before = Pause(may(8), may(10), APPRAISAL, stops_all=True)
    behind = Pause(may(25), may(26), APPRAISAL, stops_all=True)

    due = add(may(11, 10), duration, MAY, [still])

    assert add(may(11, 10), duration, MAY).at == plain
    assert due.at == add(may(11, 10), duration, MAY, [before, still, behind]).at == later
    assert any(APPRAISAL.en in sentence.en for sentence in due.why)
