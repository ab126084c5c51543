"""The page of measures: what is promised, how it is kept, since when; what is off, small or not counted says nothing false."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.businesstime import Hours
from mamori.ground.terms import actions as terms
from mamori.japan.calendar import Month, half_of, month_of
from mamori.law.deadlines import RESOLUTION
from mamori.law.display import DISPLAY_HINDERS, DISPLAY_REQUIRED
from mamori.law.settings import REMEDY_CEILING, RETURNS_ON
from mamori.law.shown import SHOWN, SHOWN_BY_CODE
from mamori.rooms.disclosure import tasks
from mamori.rooms.disclosure.editions import actions, queries as publicpage, views
from mamori.rooms.disclosure.editions.rules import half_text
from mamori.rooms.disclosure.measures import queries as jomc
from mamori.rooms.disclosure.measures.queries import published_months
from mamori.rooms.disclosure.measures.rules import last_settled, month_text
from mamori.rooms.disclosure.models import MonthFigure
from mamori.rooms.disclosure.tests.conftest import actor, lead
from mamori.rooms.disclosure.tests.measured import AFTER, counted, opened
from mamori.rooms.disclosure.tests.test_pages import read
from mamori.rooms.display.models import DisplayVersion
from mamori.rooms.insight.rules import months_until
from mamori.rooms.outreach.models import Campaign
from trials.planting import plant

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
AGO = NOW - timedelta(days=400)


@pytest.fixture
def anybody(enter: Enter) -> Client:
    return enter(Role.ANONYMOUS)


def newest() -> Month:
    return last_settled(NOW)


def test_what_is_promised_stands_first_and_what_is_not_counted_says_when_it_will_be(anybody: Client) -> None:
    opened(NOW)

    page = read(anybody, "/measures/")

    assert page.index("48時間以内の解決を目指します") < page.index('id="contents"')
    assert "まだ数えていません" in page
    assert "最初の数は" in page
    assert "努力義務" in page
    assert "第3条第1項第3号" in page
    assert "3(1)" not in page
    assert 'href="/measures/"' in read(anybody, "/")


def test_a_changed_deadline_and_a_changed_setting_change_the_page(anybody: Client) -> None:
    terms.set(lead(AGO), setting=RESOLUTION, value=Hours(36))
    terms.set(lead(AGO), setting=REMEDY_CEILING, value=54_321)

    page = read(anybody, "/measures/")

    assert "36時間以内の解決を目指します" in page
    assert "48時間以内の解決" not in page
    assert "54,321円" in page


def test_what_is_off_is_not_shown_and_what_was_begun_is(anybody: Client) -> None:
    terms.set(lead(AGO), setting=DISPLAY_REQUIRED, value=False)
    before = read(anybody, "/measures/")
    terms.set(lead(AGO), setting=REMEDY_CEILING, value=0)
    terms.set(lead(AGO + timedelta(days=1)), setting=DISPLAY_REQUIRED, value=True)
    Campaign.objects.create(code="article5", audience="all", drafted_at=AGO, started_at=AGO, state="running")

    page = read(anybody, "/measures/")

    assert 'id="P07"' in before
    assert 'id="P07"' not in page
    assert "代わりに返金することがあります" not in page
    for code in ("P01", "P28", "P29"):
        assert f'id="{code}"' not in before
        assert f'id="{code}"' in page


def test_what_the_law_asks_of_displays_and_is_off_here_is_said(anybody: Client) -> None:
    fresh = read(anybody, "/measures/")
    terms.set(lead(AGO), setting=DISPLAY_HINDERS, value=True)
    terms.set(lead(AGO), setting=DISPLAY_REQUIRED, value=False)

    page = read(anybody, "/measures/")

    assert (DISPLAY_HINDERS.title.ja in fresh, DISPLAY_REQUIRED.title.ja in fresh) == (True, False)
    assert (DISPLAY_HINDERS.title.ja in page, DISPLAY_REQUIRED.title.ja in page) == (False, True)
    assert 'id="P01"' in fresh


def test_a_part_that_is_off_is_not_told_of(anybody: Client) -> None:
    before = read(anybody, "/measures/")
    terms.set(lead(AGO), setting=RETURNS_ON, value=False)

    assert "送り先と送り方を運営者が手配し" in before
    assert "送り先と送り方を運営者が手配し" not in read(anybody, "/measures/")


def test_numbers_stand_in_a_picture_and_a_table_and_small_ones_nowhere(anybody: Client) -> None:
    opened(AGO)
    month = newest()
    counted(month, troubles=400, resolved=371)
    counted(month.previous, troubles=3, resolved=1)
    counted(month.previous.previous, troubles=40, resolved=38)

    page = read(anybody, "/measures/")
    figures = {
        one["month"]: one["figures"]
        for one in json.loads(anybody.get("/measures/figures.json").content)["months"]
    }

    assert "92.7 ％" in page
    assert "400件のうち371件" in page
    assert "5未満" in page
    assert "少数のため出しません" in page
    assert "90.0 ％以上" in page
    assert "95.0 ％" not in page
    assert figures[str(month.previous)]["contact.troubles"] == {"state": "few"}
    assert figures[str(month.previous.previous)]["contact.resolved_in_time"] == {
        "state": "at-least",
        "count": 36,
        "value": "90.0",
    }
    assert 'aria-labelledby="drawn-P06-title drawn-P06-desc"' in page
    assert "38" not in anybody.get("/measures/figures.csv").content.decode()


def test_the_newest_month_that_tells_a_number_stands_first_and_newer_ones_that_do_not_are_named(
    anybody: Client,
) -> None:
    opened(AGO)
    month = newest()
    nothing = {one.code: 0 for one in SHOWN}
    counted(month, **nothing)
    counted(month.previous, **{one.code: 2 for one in SHOWN if not one.within})
    counted(month.previous.previous, troubles=400, resolved=371)

    page = read(anybody, "/measures/").partition('id="contents"')[0]

    assert "400件のうち371件" in page
    assert "対象なし" not in page
    assert f"数は{month_text(month.previous.previous).ja}のもの" in page
    assert f"そのあと{month_text(month).ja}までの月は" in page


def test_where_no_month_tells_a_number_the_newest_stands_first(anybody: Client) -> None:
    opened(AGO)
    month = newest()
    for one in (month, month.previous):
        counted(one, **{figure.code: 0 for figure in SHOWN})

    page = read(anybody, "/measures/").partition('id="contents"')[0]

    assert page.count("対象なし") >= 3
    assert f"数は{month_text(month).ja}のもの" in page
    assert "までの月は、対象がないか" not in page


def test_the_text_for_jomc_tells_no_count_and_is_the_same_whatever_was_counted() -> None:
    opened(AGO)
    before = jomc.text_now(NOW)
    counted(newest(), troubles=7_777)

    assert jomc.text_now(NOW) == before
    assert "7,777" not in before.ja


def small_months(many: int) -> list[Month]:
    """Let so many months be counted of which each has few of everything; return the last months of whole half-years."""
    month, known = newest(), []
    for _ in range(many):
        few = {0: (2, 1), 1: (3, 2)}[month.number % 2]
        counted(month, **{one.code: few[bool(one.within)] for one in SHOWN})
        known.append(month)
        month = month.previous
    return [one for one in known[:7] if one.number in (6, 12)]


def test_where_every_month_is_small_the_half_year_stands_first_and_the_months_beneath(
    anybody: Client,
) -> None:
    opened(NOW - timedelta(days=600))
    last = small_months(14)[0]

    page = read(anybody, "/measures/")

    half = half_text(half_of(last)).ja
    head = page.partition('id="contents"')[0]
    assert f"数は{half}のもの" in head
    assert "15件のうち9件" in head
    assert "60.0 ％" in head
    assert ("までの月は、対象がないか" in head) is (newest() != last)
    section = page.partition('id="P06"')[2].partition('id="P07"')[0]
    assert section.index("15 件") < section.index("月ごとの数を表で見る") < section.index("5未満")
    assert "半年の数を先に" in section
    assert "<svg" not in section


def test_no_half_year_is_added_up_of_which_some_months_are_not_over_or_not_shown(anybody: Client) -> None:
    opened(NOW - timedelta(days=600))
    lasts = small_months(14)

    halves = publicpage.halves_of(published_months(months_until(newest(), 12)[0]))

    assert [one.name for one in halves] == [half_text(half_of(one)) for one in lasts]


def test_the_first_half_year_of_a_house_is_added_up_from_its_first_month() -> None:
    for number in (3, 4, 5, 6, 7):
        counted(Month(2026, number), troubles=40, resolved=20)

    [half] = publicpage.halves_of(published_months())

    assert half.name.en == "January to June 2026"
    assert half.cells["contact.troubles"].count == 160


def test_a_small_house_reads_its_months_until_its_first_half_year_is_over(anybody: Client) -> None:
    opened(AGO)
    month = next(one for one in (newest(), newest().previous) if one.number not in (6, 12))
    counted(month, **{one.code: 2 for one in SHOWN if not one.within})

    page = read(anybody, "/measures/")

    assert f"数は{month_text(month).ja}のもの" in page
    assert "半年の数を先に" not in page


def test_the_page_asks_no_more_for_more_months(anybody: Client) -> None:
    opened(AGO)
    month = newest()
    counted(month)
    read(anybody, "/measures/")
    views.forget()

    with CaptureQueriesContext(connection) as one:
        read(anybody, "/measures/")
    for _ in range(11):
        month = month.previous
        counted(month)
    with CaptureQueriesContext(connection) as twelve:
        read(anybody, "/measures/")
    with CaptureQueriesContext(connection) as again:
        read(anybody, "/measures/")

    assert len(twelve) == len(one) <= 14
    assert len(again) == len(one) - 1


def test_english_stands_beside(enter: Enter) -> None:
    client = enter(Role.ANONYMOUS)
    client.cookies["django_language"] = "en"

    page = client.get("/measures/", secure=True, headers={"accept-language": "en"}).content.decode()

    assert "We aim at a solution within 48 hours" in page
    assert "by page and telephone" in page
    assert "Article 3" not in page
    assert "art. 3(1)(iii)" in page


def test_months_are_counted_once_each_when_they_are_settled() -> None:
    opened(datetime(2026, 3, 10, tzinfo=UTC))

    counted_ = 0
    while tasks.count_months(AFTER):
        counted_ += 1
    months = set(MonthFigure.objects.values_list("month", flat=True))

    assert counted_ == 4
    assert {f"{one:%m}" for one in months} == {"03", "04", "05", "06"}
    assert tasks.count_months(AFTER + timedelta(days=20)) == 0
    assert tasks.count_months(datetime(2026, 8, 31, 1, tzinfo=UTC)) == 1
    assert not actions.count_month(actor("machine:x", Role.MACHINE, AFTER), month=Month(2026, 3))
    with pytest.raises(actions.HalfNotOver):
        actions.count_month(actor("machine:x", Role.MACHINE, AFTER), month=Month(2026, 7))


def test_a_figure_that_is_declared_later_is_nothing_until_months_counted_before_are_counted_by_it_as_well() -> (
    None
):
    june = Month(2026, 6)
    opened(june.since)
    plant((june,), each=60)
    known = [code for code in SHOWN_BY_CODE if not code.startswith("display.")]
    MonthFigure.objects.bulk_create(
        MonthFigure(month=june.since.date(), code=code, version=version, count=7 + version, counted_at=AFTER)
        for version in (1, 2)
        for code in known
    )

    before = published_months()[0].cells
    added = tasks.count_months(AFTER)
    after = published_months()[0].cells

    assert before["display.versions"].state == before["display.given"].state == "none"
    assert added == 1
    assert tasks.count_months(AFTER) == 0
    assert after["display.versions"].count == DisplayVersion.objects.count() > 5
    assert not after["display.versions"].corrected
    assert after["contact.questions"] == before["contact.questions"]
    assert MonthFigure.objects.filter(code="contact.questions").count() == 2


def test_nothing_is_counted_in_a_house_that_was_never_opened() -> None:
    assert tasks.count_months(AFTER) == 0


def test_who_is_nobody_may_keep_the_page_a_minute_and_nobody_else(enter: Enter) -> None:
    nobody, somebody = enter(Role.ANONYMOUS), enter(Role.BUYER, "buyer:B-1")

    assert nobody.get("/measures/", secure=True)["Cache-Control"] == "private, max-age=60"
    assert somebody.get("/measures/", secure=True)["Cache-Control"] == "no-store"
    assert month_of(NOW)
