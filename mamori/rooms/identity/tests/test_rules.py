"""A check holds for the name that was checked, until its last day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from mamori.japan.calendar import JAPAN
from mamori.law.identification import METHODS, Method, Registrant
from mamori.rooms.identity.rules import Registered, Standing, covers, standing

MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)
CHECKED = Registered(
    name="山田 花子",
    kana="ヤマダ ハナコ",
    registrant=Registrant.PERSON,
    method=Method.JPKI,
    verified_at=MONDAY,
    until=date(2027, 3, 31),
)


@pytest.mark.parametrize(
    ("on", "stands"),
    [(date(2027, 3, 31), Standing.VERIFIED), (date(2027, 4, 1), Standing.EXPIRED)],
)
def test_its_last_day_is_one_on_which_it_holds(on: date, stands: Standing) -> None:
    assert standing(CHECKED.method, CHECKED.until, covered=True, on=on) is stands


def test_without_a_last_day_it_holds_and_without_a_check_nothing_does() -> None:
    later = date(2099, 1, 1)

    assert standing(CHECKED.method, None, covered=True, on=later) is Standing.VERIFIED
    assert standing(None, None, covered=False, on=later) is Standing.UNVERIFIED
    assert not covers(None, Registered(name="山田"), covered=False)


def test_a_name_that_changed_after_the_check_is_not_the_one_that_was_checked() -> None:
    other = replace(CHECKED, name="鈴木 花子")

    assert not covers(CHECKED, other, covered=True)
    assert standing(other.method, other.until, covered=False, on=MONDAY.date()) is Standing.CHANGED
    assert covers(CHECKED, replace(other, verified_at=MONDAY + timedelta(days=1)), covered=True)


def test_a_name_that_changed_back_is_not_checked_by_that() -> None:
    assert not covers(replace(CHECKED, name="鈴木 花子"), CHECKED, covered=False)


@pytest.mark.parametrize("written", ["山田花子", "山田　花子", "山田 花子 "])
def test_blanks_and_widths_make_no_other_name(written: str) -> None:
    assert covers(CHECKED, replace(CHECKED, name=written, until=None), covered=True)


def test_the_reading_and_the_kind_belong_to_the_name() -> None:
    assert not covers(CHECKED, replace(CHECKED, kana="ヤマダ ハルコ"), covered=True)
    assert not covers(CHECKED, replace(CHECKED, registrant=Registrant.COMPANY), covered=True)


def test_the_first_check_of_a_name_that_was_told_without_one_is_of_that_name() -> None:
    assert covers(Registered(name="山田 花子"), CHECKED, covered=False)


def test_every_standing_is_said_in_words() -> None:
    assert len({one.text.ja for one in Standing}) == len(Standing)


def test_every_method_is_declared_and_serves_somebody() -> None:
    assert set(METHODS) == set(Method)
    assert all(one.serves for one in METHODS.values())
    assert METHODS[Method.REGISTRY].serves == {Registrant.COMPANY}
