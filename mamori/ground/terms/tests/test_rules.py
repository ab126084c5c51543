"""What binds a seller: acceptance always, an announcement only who agreed to be bound so, was told in time, and not in money."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mamori.ground.terms.rules import Accepted, Bound, By, Published, bound, earliest, start_of

DAY = timedelta(days=1)
NOON = datetime(2026, 12, 1, 3, tzinfo=UTC)  # 12:00 in Japan
ONE = Published(
    version=1,
    announced_at=NOON - 90 * DAY,
    binds_on=date(2026, 9, 1),
    notice_days=15,
    is_first=True,
    is_urgent=False,
    told_at=None,
    act=1,
)
TWO = replace(
    ONE, version=2, announced_at=NOON, binds_on=date(2026, 12, 17), is_first=False, told_at=NOON, act=2
)
MINE = Accepted(version=1, at=NOON - 30 * DAY, act=7)
EARLY = NOON - 40 * DAY


def decided(
    at: datetime,
    *published: Published,
    accepted: tuple[Accepted, ...] = (MINE,),
    agreed: datetime | None = EARLY,
) -> Bound | None:
    return bound(accepted, published, agreed_to_changes_at=agreed, at=at)


def test_fifteen_whole_days_lie_between_telling_and_binding_whatever_the_hour() -> None:
    assert earliest(NOON, 15) == date(2026, 12, 17)
    assert earliest(datetime(2026, 12, 1, 14, 59, tzinfo=UTC), 15) == date(2026, 12, 17)
    assert earliest(datetime(2026, 12, 1, 15, tzinfo=UTC), 15) == date(2026, 12, 18)  # midnight in Japan
    assert start_of(date(2026, 12, 17)) == datetime(2026, 12, 16, 15, tzinfo=UTC)


def test_who_never_accepted_is_bound_by_nothing_however_often_it_was_told() -> None:
    assert decided(NOON + 99 * DAY, ONE, TWO, accepted=()) is None
    assert decided(NOON + 99 * DAY, TWO) is None  # what it accepted was never published


def test_an_acceptance_binds_from_its_moment_and_never_before() -> None:
    assert decided(MINE.at, ONE) == Bound(version=1, since=MINE.at, by=By.ACCEPTANCE, act=7)
    assert decided(MINE.at - timedelta(seconds=1), ONE) is None


def test_accepting_a_coming_version_leaves_the_present_one_until_its_day() -> None:
    both = (MINE, Accepted(version=2, at=NOON, act=8))

    before = decided(start_of(TWO.binds_on) - timedelta(seconds=1), ONE, TWO, accepted=both, agreed=None)
    after = decided(start_of(TWO.binds_on), ONE, TWO, accepted=both, agreed=None)

    assert before == Bound(version=1, since=MINE.at, by=By.ACCEPTANCE, act=7)
    assert after == Bound(version=2, since=start_of(TWO.binds_on), by=By.ACCEPTANCE, act=8)


def test_a_version_accepted_twice_binds_since_the_first_time() -> None:
    again = replace(MINE, at=NOON, act=9)

    assert decided(NOON, ONE, accepted=(again, MINE)) == Bound(
        version=1, since=MINE.at, by=By.ACCEPTANCE, act=7
    )


def test_a_change_binds_who_was_told_and_agreed_to_changes_on_its_day_and_not_a_second_before() -> None:
    day = start_of(TWO.binds_on)

    assert decided(day - timedelta(seconds=1), ONE, TWO).version == 1  # type: ignore[union-attr]
    assert decided(day, ONE, TWO) == Bound(version=2, since=day, by=By.ANNOUNCEMENT, act=2)


def test_who_was_told_later_has_its_fifteen_days_all_the_same() -> None:
    late = replace(TWO, told_at=NOON + 10 * DAY)

    assert decided(start_of(date(2026, 12, 27)) - timedelta(seconds=1), ONE, late).version == 1  # type: ignore[union-attr]
    assert decided(start_of(date(2026, 12, 27)), ONE, late).version == 2  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("change", "agreed"),
    [
        (replace(TWO, told_at=None), EARLY),  # nobody told it
        (TWO, None),  # money, or it never agreed to changes
        (TWO, NOON + DAY),  # it agreed to changes only after it was told
    ],
)
def test_a_change_does_not_bind_without_being_told_and_agreed_beforehand(
    change: Published, agreed: datetime | None
) -> None:
    assert decided(NOON + 99 * DAY, ONE, change, agreed=agreed).version == 1  # type: ignore[union-attr]


def test_an_urgent_change_binds_at_once_but_never_before_it_was_published() -> None:
    urgent = replace(TWO, is_urgent=True, told_at=None, binds_on=date(2026, 12, 1))

    assert decided(NOON - timedelta(seconds=1), ONE, urgent).version == 1  # type: ignore[union-attr]
    assert decided(NOON, ONE, urgent) == Bound(version=2, since=NOON, by=By.ANNOUNCEMENT, act=2)


def test_the_first_version_counts_from_the_day_on_which_it_was_in_force_elsewhere() -> None:
    entered_late = replace(ONE, announced_at=NOON)

    assert decided(MINE.at, entered_late).since == MINE.at  # type: ignore[union-attr]


def test_a_later_change_goes_before_an_earlier_one() -> None:
    three = replace(TWO, version=3, binds_on=date(2026, 12, 20), act=3)

    assert decided(NOON + 99 * DAY, ONE, three, TWO).version == 3  # type: ignore[union-attr]


def test_each_way_to_be_bound_is_named_in_words() -> None:
    assert [way.text.ja for way in By] == ["あなたの同意", "変更のお知らせ"]
