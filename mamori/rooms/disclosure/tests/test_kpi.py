"""The sheet of the product safety pledge: what is counted is counted by its moment, and what is not has no figure."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.figures import SheetRow, Unit
from mamori.grammar.text import Text
from mamori.ground.market import actions as market
from mamori.ground.market.actions import ListingLine
from mamori.japan.calendar import JAPAN
from mamori.law.pledge import (
    GROUPS,
    IN_TIME_SHARE,
    ON_NOTICE,
    ON_OWN_INITIATIVE,
    PLEDGE_ROWS,
    REMOVED_IN_TIME,
    REQUESTED,
)
from mamori.rooms.disclosure.measures.rules import (
    NOT_COUNTED,
    NOT_PUBLIC,
    SheetLine,
    main_groups,
    period_named,
)
from mamori.rooms.disclosure.measures.views import (
    KpiPeriodNotKept,
    KpiPeriodToCome,
    NoSuchKpiPeriod,
    kpi_sheet,
)
from mamori.rooms.disclosure.tests.conftest import MONDAY, machine
from mamori.rooms.disclosure.tests.measured import opened
from mamori.rooms.disclosure.tests.test_pages import read
from mamori.rooms.enforcement.models import Finding, Measure
from tests.shops import put_shop

pytestmark = pytest.mark.usefixtures("house")

OPENED = datetime(2026, 7, 10, 9, tzinfo=JAPAN)
NOW = datetime(2026, 11, 30, 12, tzinfo=JAPAN)
numbers: Iterator[int] = count(1)


@pytest.fixture
def house(db: None) -> None:
    """Let the house have been opened in July, and two listings have a category."""
    opened(OPENED)
    put_shop(machine(OPENED), ref="S-1", name="さくら家電", mail="info@sakura.example.jp")
    for ref, category in (("L-S-1", "家電"), ("L-S-P", "玩具")):
        line = ListingLine(ref=ref, seller="S-1", name="加湿器", price=48_000, category=category)
        market.put_listing(machine(OPENED), line)


def removed(at: datetime, *, ground: str = "", source: str = "staff", **more: str) -> Measure:
    """Let a listing have been taken down: the marketplace confirmed it at that moment."""
    told = {"kind": "listing-removed", "breach": "dangerous-goods", "listing": "L-S-1", "state": "in_force"}
    told |= more
    number = next(numbers)
    finding = Finding.objects.create(
        breach=told["breach"],
        severity="serious",
        harm="body",
        seller_ref="S-1",
        listing_ref=told["listing"],
        origin=f"kpi:{number}",
        source=source,
        automated=False,
        alleged=b"",
        state="decided",
        found_at=at,
        opened_at=at,
        decided_at=at,
        closed_at=at,
    )
    return Measure.objects.create(
        finding=finding,
        kind=told["kind"],
        seller_ref="S-1",
        target_ref=f"{told['listing']}",
        clause="" if ground else "listing-measures",
        clause_version=0 if ground else 1,
        ground=ground,
        document="要請書" if ground else "",
        policy=1,
        row="r",
        proposed=told["kind"],
        trace={},
        decided_by="lead:2",
        state=told["state"],
        decided_at=at,
        starts_at=at,
        began_at=at,
        closed_at=at if told["state"] in ("over", "reversed") else None,
    )


def over(at: datetime, **more: str) -> Measure:
    """Let it have been taken down and the measure be over, so that the same listing can be taken down again."""
    return removed(at, **({"state": "over"} | more))  # type: ignore[arg-type]


def figure(name: str, code: str, at: datetime = NOW) -> int | None:
    return {line.row.code: line.count for line in kpi_sheet(name, at).lines}[code]


def made_of(name: str, at: datetime = NOW) -> dict[str, int]:
    return {code: number for code, _, number in kpi_sheet(name, at).behind if number}


OWN = "pledge.own_initiative"


def test_what_was_removed_a_minute_before_midnight_in_japan_belongs_to_the_month_that_ends() -> None:
    over(datetime(2026, 9, 30, 23, 59, tzinfo=JAPAN))
    over(datetime(2026, 10, 1, 0, 0, tzinfo=JAPAN))
    over(datetime(2026, 10, 31, 23, 59, 59, tzinfo=JAPAN))

    assert figure("2026-09", OWN) == 1
    assert figure("2026-10", OWN) == 2
    assert figure("2026", OWN) == 3


def test_a_removal_that_is_reversed_later_stays_in_its_month_and_is_told_beside() -> None:
    measure = removed(datetime(2026, 9, 12, 10, tzinfo=JAPAN))
    before = figure("2026-09", OWN)
    Measure.objects.filter(pk=measure.pk).update(state="reversed", closed_at=NOW, ended_because="appeal")

    assert before == figure("2026-09", OWN) == 1
    assert made_of("2026-09") == {"total": 1, "own": 1, "taken_back": 1}
    assert made_of("2026-11") == {}


def test_a_month_in_which_nothing_was_asked_or_removed_says_none_and_has_no_share() -> None:
    sheet = kpi_sheet("2026-08", NOW)

    said = {line.row.number: line.said.ja for line in sheet.lines}
    assert said == {
        1: "0 件",
        2: "0 件",
        3: "なし",
        4: "削除した出品はありません",
        5: "0 件",
        6: "0 件",
    }


def test_a_row_without_a_record_would_have_no_figure_and_all_six_have_one() -> None:
    words = Text("あ", "a")
    row = SheetRow(code="x", number=9, title=words, means=words, unit=Unit.COUNT, lacks=words)

    line = SheetLine(row, None)

    assert (line.figure, line.said, line.counted) == (None, NOT_COUNTED, "no")
    assert all(row.is_counted for row in PLEDGE_ROWS)


def test_what_rests_on_a_request_under_law_or_came_from_elsewhere_is_no_own_initiative() -> None:
    at = datetime(2026, 10, 5, 10, tzinfo=JAPAN)
    over(at, ground="product-safety-request")
    over(at, ground="electrical-safety-request")
    over(at, source="authority")
    over(at, source="report")
    over(at, source="market")
    over(at)

    assert figure("2026-10", ON_NOTICE.code) == 1
    assert figure("2026-10", OWN) == 2
    assert made_of("2026-10") == {
        "total": 6,
        "product-safety-request": 1,
        "electrical-safety-request": 1,
        "asked": 1,
        "reported": 1,
        "own": 2,
    }


def test_what_was_only_hidden_and_what_was_removed_for_something_else_is_not_counted() -> None:
    at = datetime(2026, 10, 5, 10, tzinfo=JAPAN)
    over(at, kind="listing-hidden")
    over(at, breach="counterfeit")
    waits = removed(at)
    Measure.objects.filter(pk=waits.pk).update(state="ordered", began_at=None)

    assert made_of("2026-10") == {}


def test_own_removals_and_those_on_a_notice_each_have_their_groups_the_most_frequent_first() -> None:
    at = datetime(2026, 10, 5, 10, tzinfo=JAPAN)
    for listing in ("L-S-1", "L-S-1", "L-S-P", "L-GONE"):
        over(at, listing=listing)
    over(at, listing="L-S-P", source="report")

    groups = {line.row.number: line.groups for line in kpi_sheet("2026-10", NOW).lines}

    assert [(name.ja, number) for name, number in groups[5]] == [
        ("家電", 2),
        ("カテゴリなし", 1),
        ("玩具", 1),
    ]
    assert [(name.ja, number) for name, number in groups[6]] == [("玩具", 1)]
    assert groups[4] == ()


def test_more_than_the_main_groups_stand_together_as_others() -> None:
    found = main_groups({f"分野{number}": 10 - number for number in range(7)})

    assert [name.ja for name, _ in found] == ["分野0", "分野1", "分野2", "分野3", "分野4", "ほか"]
    assert found[-1][1] == 9


def test_a_row_that_is_wholly_counted_says_so() -> None:
    words = Text("あ", "a")
    row = SheetRow(code="x", number=9, title=words, means=words, unit=Unit.COUNT, counted_from=words)

    assert SheetLine(row, 1_200).counted == "yes"
    assert SheetLine(row, 1_200).said == Text("1,200 件", "1,200")
    with pytest.raises(ValueError, match="why it is not"):
        SheetRow(code="x", number=9, title=words, means=words, unit=Unit.COUNT)


def test_of_the_sheet_everybody_may_read_a_month_that_is_over_through_the_same_gate_as_each_other_count() -> (
    None
):
    month, year = period_named("2026-10"), period_named("2026")
    assert month
    assert year
    own = {count: SheetLine(ON_OWN_INITIATIVE, count) for count in (0, 3, 5)}
    over_, final = month.until, month.final_at
    early = over_ - timedelta(seconds=1)

    assert [one.public(month, over_).en for one in own.values()] == ["0", "fewer than 5", "5"]
    assert own[5].public(month, early) == NOT_PUBLIC  # tomorrow's figure less today's would be a day's
    assert own[5].public(year, year.final_at) == NOT_PUBLIC  # a year less its other months is a month
    assert SheetLine(REQUESTED, 7).public(month, final - timedelta(seconds=1)) == NOT_PUBLIC
    assert SheetLine(REQUESTED, 7).public(month, final).en == "7"
    for part in (REMOVED_IN_TIME, IN_TIME_SHARE, GROUPS):  # parts beside their whole
        assert SheetLine(part, 90, of=90).public(month, final) == NOT_PUBLIC
    assert SheetLine(ON_OWN_INITIATIVE, None).public(month, final) == NOT_PUBLIC


@pytest.mark.parametrize("name", ["2026-12", "2027", "2027-01"])
def test_a_month_or_year_to_come_is_refused(name: str) -> None:
    with pytest.raises(KpiPeriodToCome):
        kpi_sheet(name, NOW)


@pytest.mark.parametrize("name", ["2026-06", "2025", "2020-01"])
def test_a_time_before_the_record_began_has_no_figures_rather_than_none_removed(name: str) -> None:
    with pytest.raises(KpiPeriodNotKept) as refused:
        kpi_sheet(name, NOW)

    assert "2026年7月10日" in refused.value.sentence.ja


@pytest.mark.parametrize("name", ["november", "2026-13", "2026-1", "20２6", "1999", "2026-11-01"])
def test_what_is_neither_a_month_nor_a_year_is_refused(name: str) -> None:
    with pytest.raises(NoSuchKpiPeriod):
        kpi_sheet(name, NOW)


def test_a_time_that_is_not_over_or_not_wholly_recorded_says_so() -> None:
    assert not kpi_sheet("2026-11", NOW).is_over
    assert not kpi_sheet("2026", NOW).is_over
    assert kpi_sheet("2026-09", NOW).is_final
    assert not kpi_sheet("2026-10", NOW).is_final
    assert kpi_sheet("2026-10", datetime(2026, 12, 1, tzinfo=JAPAN)).is_final
    year = kpi_sheet("2026", datetime(2027, 1, 31, tzinfo=JAPAN))
    assert (year.is_over, year.is_final) == (True, False)
    assert kpi_sheet("2026-11", NOW + timedelta(days=1)).is_over
    assert kpi_sheet("2026-07", NOW).began == OPENED
    assert kpi_sheet("2026-08", NOW).began is None


def test_what_is_not_asked_for_is_the_last_month_that_is_over_or_the_first_of_a_new_house() -> None:
    assert kpi_sheet("", NOW).period.name == "2026-10"
    assert kpi_sheet("", OPENED + timedelta(days=1)).period.name == "2026-07"
    assert [one.name for one in kpi_sheet("", NOW).choices] == [
        "2026-11",
        "2026-10",
        "2026-09",
        "2026-08",
        "2026-07",
        "2026",
    ]
    years_on = kpi_sheet("", NOW + timedelta(days=900)).choices
    assert len(years_on) == 24 + 4


def test_leads_counsel_and_readers_read_the_sheet_and_its_table_and_the_page_is_no_publication(
    enter: Enter,
) -> None:
    over(datetime(2026, 10, 5, 10, tzinfo=JAPAN))

    for role in (Role.LEAD, Role.COUNSEL, Role.READER):
        page = read(enter(role), "/desk/kpi/?of=2026-10")
        assert "公表しないでください" in page
        assert NOT_COUNTED.ja not in page
        assert "要請の数は、まだ確定していません" not in page
        for row in PLEDGE_ROWS:
            assert row.title.ja in page
    for role in (Role.AGENT, Role.BUYER, Role.SELLER):
        assert enter(role).get("/desk/kpi/").status_code in (302, 403)
    assert "/desk/kpi/" in read(enter(Role.LEAD), "/desk/editions/")
    assert "/desk/kpi/" in read(enter(Role.READER), "/desk/reading/")
    assert "/desk/kpi/" not in read(enter(Role.AGENT), "/desk/reading/")


def test_the_table_has_each_row_with_its_definition_and_leaves_empty_what_is_not_counted(
    enter: Enter,
) -> None:
    over(datetime(2026, 10, 5, 10, tzinfo=JAPAN))
    counsel = enter(Role.COUNSEL)

    answer = counsel.get("/desk/kpi/?format=csv&of=2026-10&bom=0", headers={"accept-language": "en"})
    rows = {row["code"]: row for row in csv.DictReader(answer.content.decode().splitlines())}

    assert answer["Content-Disposition"] == 'attachment; filename="pledge-kpi-2026-10.csv"'
    for one in PLEDGE_ROWS:
        assert rows[one.code]["definition"] == one.means.en
    assert (rows["pledge.requested"]["figure"], rows["pledge.requested"]["counted"]) == ("0", "yes")
    assert (rows["pledge.in_time_share"]["figure"], rows["pledge.in_time_share"]["unit"]) == ("", "")
    assert {row["final"] for row in rows.values()} == {"yes"}
    assert (rows["pledge.own_initiative"]["figure"], rows["pledge.own_initiative"]["counted"]) == (
        "1",
        "partly",
    )
    assert (rows["pledge.own_initiative.1"]["title"], rows["pledge.own_initiative.1"]["figure"]) == (
        "家電",
        "1",
    )
    assert rows["removals.product-safety-request"]["figure"] == "0"
    assert rows["pledge.own_initiative"]["public"] == "fewer than 5"
    assert {
        rows[code]["public"] for code in rows if code.startswith(("removals", "requested", "pledge.groups"))
    } == {"not for everybody"}


def test_a_wrong_address_says_what_to_write(enter: Enter) -> None:
    lead = enter(Role.LEAD)

    assert "まだ始まっていません" in lead.get("/desk/kpi/?of=2099-01").content.decode()
    assert lead.get("/desk/kpi/?of=2099-01").status_code == 409
    assert lead.get("/desk/kpi/?format=csv&of=soon").status_code == 404
    assert MONDAY < NOW
