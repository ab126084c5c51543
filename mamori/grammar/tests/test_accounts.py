"""What an account of a due moment names, what it passes over, and how far a calendar reaches."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mamori.grammar.businesstime import BusinessDays, Calendar, Duration, Hours, OutsideCalendar, Pause, add
from mamori.grammar.tests.test_businesstime import APPRAISAL, MAY, ZONE, may, pause
from mamori.grammar.text import Text


def account(
    start: datetime, duration: Duration, *stops: Pause, calendar: Calendar = MAY
) -> list[tuple[str, str]]:
    return [(sentence.ja, sentence.en) for sentence in add(start, duration, calendar, stops).why]


def test_what_fills_a_friday_says_nothing_of_the_weekend_behind() -> None:
    assert len(account(may(11, 10), BusinessDays(4))) == 1
    assert len(account(may(11), Hours(120))) == 1


def test_a_closed_day_on_which_business_days_start_was_not_left_out() -> None:
    told = account(may(9, 10), BusinessDays(1))

    assert told[1] == ("数えない休業日は1日です：5月10日（日）。", "Closed days not counted (1): Sun 10 May.")


def test_a_pause_within_the_day_of_the_start_matters_to_hours_and_not_to_business_days() -> None:
    stop = pause(may(11, 11), may(11, 12))

    assert len(account(may(11, 10), Hours(2), stop)) == 2
    assert len(account(may(11, 10), BusinessDays(2), stop)) == 1


def test_a_pause_that_touches_only_the_first_counted_day_is_told() -> None:
    [_, told] = account(may(11, 10), BusinessDays(1), pause(may(12, 11), may(12, 12)))

    assert told[1].startswith("Business days touched by the pause from Tue 12 May 2026 11:00")


def test_an_empty_pause_moves_no_business_day_and_is_not_told() -> None:
    empty = pause(may(12, 12), may(12, 12))

    assert add(may(11, 10), BusinessDays(2), MAY, (empty,)).at == may(14)
    assert len(account(may(11, 10), BusinessDays(2), empty)) == 1


def test_a_pause_may_reach_to_24_of_the_calendars_last_day() -> None:
    stop = pause(may(30), datetime(2026, 6, 1, tzinfo=ZONE))

    assert add(may(11, 10), Hours(2), MAY, (stop,)).why == add(may(11, 10), Hours(2), MAY).why


def test_a_pause_is_told_in_the_zone_of_the_calendar() -> None:
    london = Calendar(zone=UTC, first=MAY.first, last=MAY.last, closed=(), version="london")

    told = account(may(11, 18), Hours(5), pause(may(11, 19), may(11, 20)), calendar=london)

    assert told[1][1].startswith(
        "From Mon 11 May 2026 10:00 to Mon 11 May 2026 11:00 the clock stands still."
    )


def test_a_provisional_account_names_the_first_day_that_nobody_has_published() -> None:
    told = account(may(19), BusinessDays(1))[-1]

    assert told[0].startswith("2026年5月20日（水）以降の祝日はまだ公式に決まっていない")
    assert told[1].startswith("Holidays from Wed 20 May 2026 on are not yet officially published")


@pytest.mark.parametrize(("closed", "end"), [(14, "Sun 24 May."), (15, "Sun 24 May, and 1 more.")])
def test_a_list_is_cut_only_when_it_names_more_than_two_weeks(closed: int, end: str) -> None:
    shut = MAY.closing([date(2026, 5, 11) + timedelta(days=n) for n in range(closed)], APPRAISAL)

    told = account(may(10), BusinessDays(1), calendar=shut)[1][1]

    assert told.startswith(f"Closed days not counted ({closed}): Mon 11 May (appraisal)")
    assert told.replace(" (appraisal)", "").endswith(end)


def test_the_version_of_a_closing_stays_as_it_is_stored_beside_deadlines() -> None:
    closed = MAY.closing([date(2026, 5, 12), date(2026, 5, 14)], Text("棚卸し", "stocktaking"))

    assert closed.version == "may+29ab1f4b"


def test_business_time_is_counted_from_the_calendars_first_day_and_not_beyond_its_last() -> None:
    days = Calendar(zone=ZONE, first=date(2026, 5, 5), last=date(2026, 5, 7), closed=(), version="three")

    assert days.counted(datetime(2026, 5, 5)) == timedelta()  # noqa: DTZ001
    assert add(may(5), Hours(72), days).at == may(8)
    with pytest.raises(OutsideCalendar):
        add(may(5), Hours(73), days)
    with pytest.raises(OutsideCalendar):
        add(may(5), BusinessDays(3), days)
