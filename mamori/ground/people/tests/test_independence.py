"""Who counts as a second person beside whom, without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mamori.ground.people.persons import BroughtIn, House

DAY = timedelta(days=1)
BEGAN = datetime(2026, 4, 1, tzinfo=UTC)
LATE = BEGAN + 400 * DAY
LEA, AKI, BEN, CHO = "staff:1", "staff:2", "staff:3", "staff:4"
ROOT = "machine:command/root"


def house(*brought: tuple[str, str, int], **added: int) -> House:
    """Build a house: who was brought in by whom and on which day; accounts are added then, or on the day named."""
    first = {whom: BEGAN + day * DAY for whom, _, day in reversed(brought)}
    return House(
        added=first | {name: BEGAN + day * DAY for name, day in added.items()} | {LEA: BEGAN},
        introductions=tuple(BroughtIn(whom=whom, by=by, at=BEGAN + day * DAY) for whom, by, day in brought),
        after=7 * DAY,
    )


def test_who_added_whom_are_never_two_people() -> None:
    here = house((LEA, ROOT, 0), (AKI, LEA, 30))

    assert not here.is_second(AKI, than=LEA, at=LATE)
    assert not here.is_second(LEA, than=AKI, at=LATE)
    assert not here.is_another(LEA, than=LEA)


def test_whom_somebody_invited_again_is_no_second_person_either() -> None:
    here = house((LEA, ROOT, 0), (BEN, ROOT, 30), (BEN, LEA, 31))

    assert not here.is_second(BEN, than=LEA, at=LATE)


def test_two_whom_a_third_added_are_two_people_once_they_are_here_long_enough() -> None:
    here = house((LEA, ROOT, 0), (AKI, LEA, 30), (BEN, LEA, 30))

    assert here.is_second(BEN, than=AKI, at=LATE)
    assert not here.is_second(BEN, than=AKI, at=BEGAN + 37 * DAY - timedelta(seconds=1))
    assert here.is_second(BEN, than=AKI, at=BEGAN + 37 * DAY)


@pytest.mark.parametrize(("day", "own"), [(31, True), (36, True), (37, False), (200, False)])
def test_whom_a_newcomer_adds_counts_as_added_by_who_added_the_newcomer(day: int, own: bool) -> None:
    here = house((LEA, ROOT, 0), (AKI, LEA, 30), (BEN, AKI, day))

    assert (BEN in here.brought_in_by(LEA)) is own
    assert here.is_second(BEN, than=LEA, at=LATE) is not own
    assert here.who_brought(BEN) == ({LEA, AKI} if own else {AKI})


def test_a_long_chain_of_newcomers_is_one_person() -> None:
    here = house((LEA, ROOT, 0), (AKI, LEA, 30), (BEN, AKI, 31), (CHO, BEN, 32), (AKI, CHO, 33))

    assert here.brought_in_by(LEA) == {AKI, BEN, CHO}
    assert here.brought_in_by(CHO) == {AKI, BEN}
    assert not here.is_another(CHO, than=LEA)


def test_those_whom_the_command_line_added_while_the_house_began_count_at_once() -> None:
    here = house((LEA, ROOT, 0), (AKI, ROOT, 6), (BEN, ROOT, 7), (CHO, LEA, 0))

    assert here.is_second(AKI, than=LEA, at=BEGAN + 6 * DAY)
    assert not here.is_second(BEN, than=LEA, at=BEGAN + 7 * DAY)
    assert here.is_second(BEN, than=LEA, at=BEGAN + 14 * DAY)
    assert here.counts_from(CHO) == BEGAN + 7 * DAY


def test_an_account_from_before_this_was_written_down_was_added_by_nobody() -> None:
    here = house(**{AKI: 0, BEN: 399})

    assert here.is_second(AKI, than=LEA, at=LATE)
    assert not here.is_second(BEN, than=LEA, at=LATE)


def test_whom_the_company_sends_in_the_first_days_counts_only_after_them() -> None:
    here = house((LEA, ROOT, 0), (AKI, ROOT, 1), (BEN, "machine:company", 1))

    assert here.is_second(AKI, than=LEA, at=BEGAN + 2 * DAY)
    assert not here.is_second(BEN, than=LEA, at=BEGAN + 2 * DAY)
    assert here.is_second(BEN, than=LEA, at=BEGAN + 8 * DAY)
