"""Reports are counted by month, kind, category of goods and channel: numbers of nobody, that stay when the reports are erased."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from mamori.ground.market import actions as market
from mamori.ground.market.actions import ListingLine
from mamori.japan.calendar import JAPAN, Month
from mamori.law.complaints import ComplaintReason, ReportedWhat
from mamori.rooms.complaints import facts
from mamori.rooms.complaints.reports.actions import reporting
from mamori.rooms.complaints.tests.conftest import EARLY, MONDAY, dismiss, machine, reported

NOVEMBER = Month(2026, 11)


def november() -> list[tuple[str, str, str, str, int]]:
    found = facts.report_counts(NOVEMBER.since, NOVEMBER.until)
    assert {one.month for one in found} <= {NOVEMBER}
    return [(one.what, one.reason, one.category, one.channel, one.count) for one in found]


def test_reports_are_counted_by_kind_and_the_category_of_the_goods() -> None:
    market.put_listing(
        machine(EARLY), ListingLine(ref="L-2", seller="S-1", name="充電器", price=900, category="家電")
    )
    reported()
    reported(words="二人目の言葉です。")
    reported(where="L-2")
    reported(what=ReportedWhat.PLATFORM, reason=ComplaintReason.OTHER, where="")

    assert november() == [
        ("listing", "counterfeit", "", "page", 2),
        ("listing", "counterfeit", "家電", "page", 1),
        ("platform", "other", "", "page", 1),
    ]


def test_a_month_begins_and_ends_at_midnight_in_japan() -> None:
    for at in (
        datetime(2026, 10, 31, 23, 59, tzinfo=JAPAN),
        datetime(2026, 11, 1, tzinfo=JAPAN),
        datetime(2026, 11, 30, 23, 59, tzinfo=JAPAN),
        datetime(2026, 12, 1, tzinfo=JAPAN),
    ):
        reported(at=at, words=f"{at}")

    assert [count for *_, count in november()] == [2]


def test_what_was_erased_is_counted_as_before() -> None:
    secret = reported()
    dismiss(secret)
    before = november()

    reporting.erase_reports(machine(MONDAY + timedelta(days=400)), over=MONDAY + timedelta(days=366), limit=9)

    assert november() == before


def test_reports_are_counted_in_two_looks_however_many_there_are(django_assert_num_queries: Any) -> None:
    for number in range(5):
        reported(words=f"言葉 {number}", where=f"L-{number % 2 + 1}")

    with django_assert_num_queries(2):
        november()


def test_what_came_by_page_is_counted_so() -> None:
    reported()

    assert [channel for *_, channel, _ in november()] == ["page"]
    assert facts.channel_text("page").en == "by page"
