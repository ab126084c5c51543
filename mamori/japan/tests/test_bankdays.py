"""Banks are open on business days, but for the turn of the year."""

from __future__ import annotations

from datetime import date

import pytest

from mamori.grammar.businesstime import OutsideCalendar
from mamori.japan.calendar import YEARS_END, bank_day_from, why_banks_close


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 12, 30), None),
        (date(2026, 12, 31), YEARS_END.ja),
        (date(2027, 1, 1), "元日"),
        (date(2027, 1, 2), YEARS_END.ja),
        (date(2027, 1, 4), None),
        (date(2029, 1, 2), YEARS_END.ja),
        (date(2029, 1, 3), YEARS_END.ja),
        (date(2029, 1, 4), None),
        (date(2026, 11, 28), "土曜日"),
        (date(2026, 11, 3), "文化の日"),
    ],
)
def test_a_day_tells_why_banks_are_closed(day: date, why: str | None) -> None:
    closed = why_banks_close(day)

    assert (closed.ja if closed else None) == why


def test_a_day_beyond_the_calendar_is_not_taken_for_open() -> None:
    with pytest.raises(OutsideCalendar) as told:
        why_banks_close(date(2040, 1, 10))

    assert told.value.sentence.ja.startswith("振込日が暦の範囲")


def test_the_next_day_that_banks_are_open_is_found() -> None:
    assert bank_day_from(date(2026, 12, 31)) == date(2027, 1, 4)
    assert bank_day_from(date(2026, 12, 30)) == date(2026, 12, 30)
