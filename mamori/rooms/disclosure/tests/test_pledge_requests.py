"""The pledge's requests are counted in their month, with what happened until the end of the next, and nothing later moves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.citation import Confidence
from mamori.grammar.figures import Removals
from mamori.japan.calendar import JAPAN
from mamori.law.commitments import COMMITMENTS, NOT_YET, Commitment
from mamori.law.complaints import COMPLAINT_DECISION
from mamori.law.pledge import PLEDGE_GOODS, PLEDGE_ROWS
from mamori.law.requests import REQUEST_PLEDGE
from mamori.rooms.disclosure.measures.rules import SheetPeriod, period_named, requested_of, sheet_of
from mamori.rooms.disclosure.tests.measured import opened
from mamori.rooms.disclosure.tests.test_pages import read
from mamori.rooms.safety import facts as safety

NONE_REMOVED = Removals(on_ground={}, asked=0, reported={}, own={}, taken_back=0)
FINAL = datetime(2026, 12, 1, tzinfo=JAPAN)
"""From when on October 2026 is final."""


@dataclass(frozen=True, kw_only=True)
class PledgeHit:
    """A listing that a request asks for, as the room of requests tells it."""

    requested_on: date = date(2026, 10, 30)
    category: str = "家電"
    confirmed_at: datetime = datetime(2026, 10, 30, 15, tzinfo=JAPAN)
    removed_at: datetime | None = datetime(2026, 11, 4, 10, tzinfo=JAPAN)
    in_time: bool = True
    is_within: bool = True


def period(name: str) -> SheetPeriod:
    found = period_named(name)
    assert found
    return found


def rows(*hits: PledgeHit, of: str = "2026-10", at: datetime = FINAL) -> dict[int, object]:
    """Return the figures of rows 1 to 4."""
    lines = sheet_of(NONE_REMOVED, requested_of(hits, period(of), at))
    return {line.row.number: line.figure for line in lines[:4]}


def test_a_removal_in_november_on_a_request_of_october_counts_in_october() -> None:
    late = PledgeHit(removed_at=datetime(2026, 11, 20, 10, tzinfo=JAPAN), in_time=False)
    open_ = PledgeHit(removed_at=None, in_time=False)

    assert rows(PledgeHit(), PledgeHit(), late, open_) == {1: 4, 2: 2, 3: Decimal("50.0"), 4: 3}
    assert rows(PledgeHit(), of="2026-11") == {1: 0, 2: 0, 3: None, 4: 0}


def test_what_is_removed_after_the_end_of_the_next_month_is_removed_in_no_sheet() -> None:
    before = PledgeHit(removed_at=FINAL - timedelta(seconds=1), in_time=False)
    after = PledgeHit(removed_at=FINAL, in_time=False)

    assert rows(before, at=FINAL + timedelta(days=90))[4] == 1
    assert rows(after, at=FINAL + timedelta(days=90)) == {1: 1, 2: 0, 3: Decimal("0.0"), 4: 0}


def test_what_is_confirmed_after_the_month_is_final_changes_no_figure_and_is_told_apart() -> None:
    just = PledgeHit(confirmed_at=FINAL - timedelta(seconds=1))
    raised = PledgeHit(confirmed_at=FINAL)
    at = FINAL + timedelta(days=9)

    found = requested_of((just, raised), period("2026-10"), at)

    assert (found.identified, found.late) == (1, 1)
    assert requested_of((just, raised), period("2026-10"), FINAL - timedelta(days=1)).late == 0


def test_a_year_is_the_sum_of_its_months_each_as_it_was_final() -> None:
    raised = PledgeHit(requested_on=date(2026, 3, 2), confirmed_at=datetime(2026, 5, 1, tzinfo=JAPAN))
    outside = PledgeHit(requested_on=date(2025, 12, 31))
    next_year = PledgeHit(requested_on=date(2027, 1, 1))

    found = requested_of((PledgeHit(), raised, outside, next_year), period("2026"), FINAL)

    assert (found.identified, found.late) == (1, 1)
    assert period("2026").final_at == datetime(2027, 2, 1, tzinfo=JAPAN)


def test_before_it_is_final_what_has_not_happened_yet_is_not_counted() -> None:
    at = datetime(2026, 11, 1, tzinfo=JAPAN)

    assert rows(PledgeHit(), PledgeHit(confirmed_at=at + timedelta(days=1)), at=at) == {
        1: 1,
        2: 0,
        3: Decimal("0.0"),
        4: 0,
    }


def test_what_is_acted_on_beyond_the_request_is_told_beside_and_not_counted() -> None:
    found = requested_of((PledgeHit(), PledgeHit(is_within=False)), period("2026-10"), FINAL)

    assert (found.identified, found.in_time, found.beyond) == (1, 1, 1)


def test_main_groups_are_of_what_was_removed_on_request() -> None:
    hits = (PledgeHit(), PledgeHit(category="玩具"), PledgeHit(), PledgeHit(category="工具", removed_at=None))

    [line] = [
        one
        for one in sheet_of(NONE_REMOVED, requested_of(hits, period("2026-10"), FINAL))
        if one.row.number == 4
    ]

    assert line.said.ja == "家電 2 件、玩具 1 件"


def test_what_was_raised_after_a_month_was_final_stands_on_the_page(
    db: None, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(datetime(2026, 7, 10, 9, tzinfo=JAPAN))
    asked: list[tuple[date, date]] = []
    raised = PledgeHit(requested_on=date(2026, 8, 5), confirmed_at=datetime(2026, 10, 1, tzinfo=JAPAN))

    def pledge_requests(first: date, after: date) -> tuple[PledgeHit, ...]:
        asked.append((first, after))
        return (raised,)

    monkeypatch.setattr(safety, "pledge_requests", pledge_requests)
    page = read(enter(Role.LEAD), "/desk/kpi/?of=2026-08")

    assert asked == [(date(2026, 8, 1), date(2026, 9, 1))]
    assert "確定したあとに要請の対象だと確かめられた出品が1件あります" in page
    assert "まだ確定していません" not in page
    for one in COMMITMENTS:
        assert one.title.ja in page


def test_the_twelve_commitments_are_numbered_and_those_that_were_not_read_have_no_clock() -> None:
    assert [one.number for one in COMMITMENTS] == list(range(1, 13))
    unread = [one.number for one in COMMITMENTS if one.citation.confidence is Confidence.MEMORY]
    assert unread == [7, 8, 9, 10, 11, 12]
    clocks = {one.number: one.deadline for one in COMMITMENTS if one.deadline}
    assert clocks == {3: REQUEST_PLEDGE, 6: COMPLAINT_DECISION}
    assert COMMITMENTS[7].says == NOT_YET
    with pytest.raises(ValueError, match="was not read"):
        Commitment(number=7, title=NOT_YET, deadline=REQUEST_PLEDGE)


def test_no_row_is_left_uncounted_and_goods_of_the_safety_and_health_act_count_since_their_day() -> None:
    assert all(row.is_counted for row in PLEDGE_ROWS)
    [found] = [one for one in PLEDGE_GOODS if "労働安全衛生法" in one.title.ja]
    assert found.since == date(2026, 9, 10)
