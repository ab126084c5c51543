"""What rises, which months are compared, and what may be told to everybody: decided without a database."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from mamori.japan.calendar import JAPAN, Month
from mamori.law.gate import count_cell
from mamori.law.insight import ASPECTS, FigureAspect, FigureSource, MonthsCompared
from mamori.rooms.insight.rules import (
    BeforeAfter,
    FigureOf,
    FigurePart,
    MonthlyCount,
    NoNumber,
    by_month,
    compared,
    figure_named,
    is_all_of,
    is_for_everybody,
    kept_from,
    months_apart,
    months_until,
    parts,
    rises,
    told_text,
    why_no_number,
)

MAY = Month(2026, 5)
REPORTS = FigureOf(FigureSource.REPORTS)
KEPT = Month(2026, 1)


def counted(month: int, number: int, ground: str = "counterfeit", category: str = "化粧品") -> MonthlyCount:
    is_ = {
        FigureAspect.GROUND: ground,
        FigureAspect.WHAT: "listing",
        FigureAspect.CATEGORY: category,
        FigureAspect.CHANNEL: "page",
    }
    return MonthlyCount(month=Month(2026, month), source=FigureSource.REPORTS, is_=is_, count=number)


TROUBLE = MonthlyCount(month=MAY, source=FigureSource.TROUBLES, is_={FigureAspect.GROUND: "broken"}, count=40)


@pytest.mark.parametrize(
    ("count", "before", "is_rising"),
    [
        (4, 0, False),  # too few to say anything
        (5, 0, True),
        (6, 12, True),  # a mean of 4, and half as many again
        (5, 12, False),
        (150, 300, True),
        (149, 300, False),
        (500, None, False),  # the months before are not in the record
    ],
)
def test_a_count_rises_by_half_above_the_mean_of_three_months_and_never_below_five(
    count: int, before: int | None, is_rising: bool
) -> None:
    assert rises(count, before) is is_rising


def test_the_parts_of_a_figure_are_told_by_an_aspect_with_the_three_months_before() -> None:
    found = [counted(1, 90), counted(2, 3), counted(3, 4), counted(4, 5), counted(5, 9), TROUBLE]
    found += [counted(4, 2, category=""), counted(5, 1, ground="price")]

    by_category = parts(found, REPORTS, FigureAspect.CATEGORY, MAY, kept=KEPT)

    assert [(one.value, one.count, one.before) for one in by_category] == [("化粧品", 10, 12), ("", 0, 2)]
    assert by_category[0].mean == Decimal("4.0")
    assert [one.rises for one in by_category] == [True, False]
    assert by_category[1].figure.code == "of=reports&category="
    of_ground = REPORTS.narrowed(FigureAspect.GROUND, "counterfeit")
    assert [one.count for one in parts(found, of_ground, FigureAspect.CATEGORY, MAY, kept=KEPT)] == [9, 0]


def test_nothing_is_said_to_rise_before_the_record_holds_three_whole_months() -> None:
    [part] = parts([counted(5, 50)], REPORTS, FigureAspect.GROUND, MAY, kept=Month(2026, 3))

    assert part.before is None
    assert part.mean is None
    assert not part.rises


def test_what_goes_down_in_a_month_does_not_hide_a_mean_of_thirds() -> None:
    assert FigurePart(figure=REPORTS, value="", count=1, before=10).mean == Decimal("3.3")


def test_a_figure_is_read_from_its_code_and_nothing_else_is() -> None:
    figure = REPORTS.narrowed(FigureAspect.CATEGORY, "美容・健康 & 他").narrowed(FigureAspect.GROUND, "price")

    assert figure_named(figure.code) == figure
    assert figure_named("of=reports&category=") == FigureOf(FigureSource.REPORTS, {FigureAspect.CATEGORY: ""})
    for code in (
        "",
        "of=looks",
        "ground=price",
        "of=troubles&category=x",
        "of=reports&by=x",
        "of=reports&ground=a&ground=b",
        "of=reports&of=troubles",
        f"of=reports&category={'x' * 501}",
        "of=reports&category=%00",
    ):
        assert figure_named(code) is None, code


def test_a_source_is_narrowed_only_by_what_it_is_told_apart_by() -> None:
    assert FigureOf(FigureSource.TROUBLES).open_aspects == (FigureAspect.GROUND,)
    narrowed = REPORTS.narrowed(FigureAspect.GROUND, "price")
    assert FigureAspect.GROUND not in narrowed.open_aspects
    assert set(REPORTS.open_aspects) == set(ASPECTS[FigureSource.REPORTS])


def test_the_month_of_a_change_is_neither_before_nor_after_it() -> None:
    found = months_apart(date(2026, 1, 1), 3)

    assert [str(one) for one in found.before] == ["2025-10", "2025-11", "2025-12"]
    assert [str(one) for one in found.after] == ["2026-02", "2026-03", "2026-04"]
    assert found.ready_at == datetime(2026, 5, 1, tzinfo=JAPAN)
    assert (found.before_text.en, found.after_text.ja) == ("2025-10 to 2025-12", "2026-02〜2026-04")
    assert months_apart(date(2026, 1, 1), 1).before_text.ja == "2025-12"


def test_a_month_is_whole_only_where_the_record_had_begun_by_its_first_moment() -> None:
    assert kept_from(datetime(2026, 1, 1, tzinfo=JAPAN)) == Month(2026, 1)
    assert kept_from(datetime(2026, 1, 1, 0, 1, tzinfo=JAPAN)) == Month(2026, 2)


def test_there_is_no_number_without_a_figure_or_without_the_months_before() -> None:
    months = months_apart(date(2026, 3, 4), 2)

    assert why_no_number(None, months, KEPT) is NoNumber.NO_FIGURE
    assert why_no_number(REPORTS, months, KEPT) is None
    assert why_no_number(REPORTS, months, Month(2026, 2)) is NoNumber.NOT_KEPT
    assert NoNumber.NOT_KEPT.text.en.startswith("no number")


def test_before_and_after_are_counted_month_by_month() -> None:
    found = [counted(1, 7), counted(2, 8), counted(2, 30, "price"), counted(3, 99), counted(4, 2), TROUBLE]
    figure = REPORTS.narrowed(FigureAspect.GROUND, "counterfeit")

    counts = compared(found, figure, months_apart(date(2026, 3, 9), 2))

    assert counts == BeforeAfter(before=(7, 8), after=(2, 0))
    assert counts.row == {"before": [7, 8], "after": [2, 0]}


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((0,), "0"),
        ((5, 90), "95"),
        ((3,), "too few to be told"),
        ((3, 0, 4), "too few to be told"),
        ((9, 4), "10 or more"),
    ],
)
def test_everybody_reads_the_sum_of_what_its_months_tell_and_nothing_else(
    counts: tuple[int, ...], said: str
) -> None:
    assert told_text([count_cell(one) for one in counts]).en == said


def test_only_reports_of_one_reason_are_counted_for_everybody() -> None:
    counterfeits = REPORTS.narrowed(FigureAspect.GROUND, "counterfeit")

    assert is_for_everybody(counterfeits)
    assert not is_for_everybody(REPORTS)
    assert not is_for_everybody(REPORTS.narrowed(FigureAspect.CATEGORY, "toys"))
    assert not is_for_everybody(counterfeits.narrowed(FigureAspect.CATEGORY, "toys"))
    assert not is_for_everybody(FigureOf(FigureSource.TROUBLES, {FigureAspect.GROUND: "damaged"}))


def test_months_lie_in_their_order_and_a_figure_counts_its_own() -> None:
    months = months_until(MAY, 3)

    assert [str(one) for one in months] == ["2026-03", "2026-04", "2026-05"]
    assert by_month([counted(4, 2), counted(4, 3, "price"), TROUBLE], REPORTS, months) == (0, 5, 0)
    assert [one.text.en for one in MonthsCompared][:2] == ["1 month each", "3 months each"]


def test_what_rises_most_comes_first_and_what_is_all_of_its_whole_is_not_told_again() -> None:
    whole = FigurePart(figure=REPORTS, value="", count=9, before=6)
    part = FigurePart(figure=REPORTS, value="price", count=5, before=None)

    assert (whole.excess, part.excess) == (21, 15)
    assert is_all_of(FigurePart(figure=REPORTS, value="page", count=9, before=6), whole)
    assert not is_all_of(part, whole)
