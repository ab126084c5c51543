"""Reports: all in them was published before, the same editions are the same bytes, and what may not be told is in none."""

from __future__ import annotations

import os
import re
from datetime import datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.figures import Unit
from mamori.grammar.helppage import HelpFor
from mamori.grammar.refusal import Refusal
from mamori.ground.outbox import facts as outbox
from mamori.ground.people.facts import EVERY_READER
from mamori.ground.terms import actions as terms
from mamori.ground.web.pictures import scale
from mamori.japan.calendar import JAPAN, HalfYear
from mamori.law.news import NewsTopic
from mamori.law.reports import REPORT_TO
from mamori.law.settings import REMEDY_CEILING
from mamori.rooms.disclosure.editions import actions, queries as editions, views
from mamori.rooms.disclosure.editions.rules import figures, paragraphs, picture, trends
from mamori.rooms.disclosure.measures import queries as counted
from mamori.rooms.disclosure.tests.conftest import counsel, lead
from mamori.rooms.disclosure.tests.measured import counted as month_counted, opened
from mamori.rooms.disclosure.tests.test_pages import read
from mamori.rooms.outreach.announcements import actions as outreach

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff", "year")]
FIRST, SECOND = HalfYear(2026, 1), HalfYear(2026, 2)
SUMMER, WINTER = datetime(2026, 8, 3, 10, tzinfo=JAPAN), datetime(2027, 2, 3, 10, tzinfo=JAPAN)
PAGES = os.environ.get("MAMORI_PAGES", "")


@pytest.fixture
def year(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a year lie behind: in March few came, in April few were not solved in time."""
    opened(FIRST.since)
    for month in (*FIRST.months, *SECOND.months):
        match month.number:
            case 3:
                month_counted(month, troubles=3, resolved=2)
            case 4:
                month_counted(month, troubles=40, resolved=38)
            case _:
                month_counted(month, troubles=40 + 3 * month.number, resolved=32)
    known = {one.month: one.counts for one in counted.published_months()}
    monkeypatch.setattr(counted, "count", lambda month: dict(known[month]))


def released(half: HalfYear, at: datetime, reason: str = "") -> editions.EditionShown:
    number = actions.draft_edition(lead(at), half=str(half), reason=reason)
    actions.release_edition(counsel(at), edition=number)
    return editions.published()[[one.id for one in editions.published()].index(number)]


BODY = "担当者に**研修**をしています。\n\n# 内容\n\n月に一度です。"


def announced(
    at: datetime,
    title: str = "研修を始めました",
    body: str = BODY,
    topic: NewsTopic | HelpFor = NewsTopic.SERVICE,
) -> int:
    words = outreach.AnnouncementWords(
        topic=topic,
        title=title,
        title_en="Training has begun",
        body=body,
        body_en="Staff are trained.",
    )
    number = outreach.write_announcement(lead(at), announcement=0, words=words)
    outreach.propose_announcement(lead(at), announcement=number)
    outreach.publish_announcement(counsel(at), announcement=number)
    return number


def pdf(client: Client, path: str) -> bytes:
    answer = client.get(path, secure=True)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    if PAGES:
        Path(PAGES, path.strip("/").replace("/", "-")).write_bytes(answer.content)
    return answer.content


def words(file: bytes) -> str:
    document = pypdfium2.PdfDocument(file)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    return re.sub(r"\s|\u200b|\ufffe", "", text)


def test_everybody_takes_the_report_of_a_year_with_figures_pictures_and_what_was_announced(
    enter: Enter,
) -> None:
    released(FIRST, SUMMER)
    announced(SUMMER)
    announced(SUMMER, title="返品のしかた", topic=HelpFor.BUYERS)  # an article of the help is no news
    released(SECOND, WINTER)
    anybody = enter(Role.ANONYMOUS)

    page = read(anybody, "/measures/")
    file = pdf(anybody, "/measures/reports/2026/report.ja.pdf")
    said, english = words(file), words(pdf(anybody, "/measures/reports/2026/report.en.pdf"))

    assert "/measures/reports/2026/report.ja.pdf" in page
    assert b"<pdfuaid:part>1</pdfuaid:part>" in file
    assert "2026年の取組みと実績" in said
    assert "研修を始めました" in said
    assert "月に一度です" in said
    assert "**" not in said
    assert "5未満" in said
    assert "Whatwasdonein2026,andhowfar" in english
    assert "Traininghasbegun" in english
    for one in editions.published():
        assert one.digest in said


def test_the_same_editions_are_the_same_bytes(enter: Enter) -> None:
    from mamori.rooms.disclosure.editions import views

    released(FIRST, SUMMER)
    anybody, path = enter(Role.ANONYMOUS), f"/measures/editions/{FIRST}/1/report.ja.pdf"
    one = pdf(anybody, path)
    views._set.cache_clear()

    assert pdf(anybody, path) == one


def test_there_is_no_report_before_its_edition_is_published(enter: Enter) -> None:
    anybody = enter(Role.ANONYMOUS)
    released(FIRST, SUMMER)
    actions.draft_edition(lead(WINTER), half=str(SECOND))

    for path in (
        "/measures/reports/2026/report.ja.pdf",
        "/measures/reports/2031/report.ja.pdf",
        "/measures/reports/2026/report.fr.pdf",
        f"/measures/editions/{SECOND}/1/report.ja.pdf",
        f"/measures/editions/{FIRST}/1/report.fr.pdf",
    ):
        answer = anybody.get(path, secure=True)
        assert answer.status_code == 404, path
    assert (
        "下半期（7〜12月）の公表版が出たとき"
        in anybody.get("/measures/reports/2026/report.ja.pdf", secure=True).content.decode()
    )
    assert "report.ja.pdf" not in read(anybody, "/measures/").partition('id="reports"')[2]


def test_a_year_of_which_only_the_second_half_was_published_tells_of_that_alone() -> None:
    released(SECOND, WINTER)

    found = views.report_of_year(2026, "ja").data

    assert [one["title"] for one in found["editions"]] == ["2026年下半期（7〜12月）"]
    assert found["news"] == []


def test_a_correction_is_marked_with_its_reason_and_the_report_of_before_stays_what_it_was() -> None:
    released(FIRST, SUMMER)
    second = released(SECOND, WINTER)
    before = views.report_of_half(str(SECOND), second.number, "ja")
    released(FIRST, WINTER + timedelta(days=1), reason="取組みの文を直した。")

    year = views.report_of_year(2026, "ja")

    assert [one["reason"] for one in year.data["editions"]] == ["取組みの文を直した。", ""]
    assert "訂正1" in year.data["editions"][0]["title"]
    assert year.at == WINTER + timedelta(days=1)
    assert views.report_of_half(str(SECOND), second.number, "ja") == before
    assert before.data["trends"], "the half-year before stands beside it"


def test_small_counts_stand_in_no_picture_no_table_and_no_words_for_those_who_cannot_see_it() -> None:
    released(FIRST, SUMMER)
    [troubles] = [
        one
        for one in views.report_of_half(str(FIRST), 1, "ja").data["figures"]
        if one["title"] == "困りごとの受付"
    ]

    march = troubles["picture"]["bars"][2]
    assert (march["part"], march["sign"]) == (0.0, "<5")
    assert ["2026-03", "5未満"] in troubles["rows"]
    assert "3 5未満" in troubles["picture"]["desc"]
    assert troubles["rows"][-1] == ["2026年上半期（1〜6月）", "243 件以上"]


def test_a_measure_that_was_off_for_a_while_says_from_when_to_when() -> None:
    off, on = datetime(2026, 5, 11, tzinfo=JAPAN), datetime(2026, 5, 21, tzinfo=JAPAN)
    terms.set(lead(off), setting=REMEDY_CEILING, value=0)
    terms.set(lead(on), setting=REMEDY_CEILING, value=10_000)
    released(FIRST, SUMMER)

    found = [one["off"] for one in views.report_of_half(str(FIRST), 1, "en").data["measures"] if one["off"]]

    assert found == [["2026-05-11 – 2026-05-20"]]


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ("readers", [1, 1, 1]),
        ("both", [1, 1, 0]),
        ("lead", [1, 0, 0]),
        ("counsel", [0, 1, 0]),
        ("none", [0, 0, 0]),
    ],
)
def test_who_the_operator_names_is_told_of_a_report_and_where_it_is(to: str, told: list[int]) -> None:
    terms.set(counsel(SUMMER), setting=REPORT_TO, value=to)
    one = released(FIRST, SUMMER)

    assert [told_(role) for role in ("lead", "counsel", EVERY_READER, "agent")] == [*told, 0]
    assert outbox.page_of("lead", editions.about_edition(one.id)) == "/desk/editions/"
    assert outbox.page_of("reader:9", editions.about_edition(one.id)) == "/measures/"


def told_(role: str) -> int:
    return sum(one.template == "disclosure.edition_out" for one in outbox.notices(to=role, limit=99))


def test_nobody_but_staff_can_be_named() -> None:
    with pytest.raises(Refusal):
        terms.set(counsel(SUMMER), setting=REPORT_TO, value="boss@example.com")


def test_what_was_announced_and_taken_back_stands_with_its_reason_and_without_its_words() -> None:
    released(FIRST, SUMMER)
    number = announced(SUMMER, title="取り下げるお知らせ", body="あとで誤りとわかった文です。")
    outreach.withdraw_announcement(lead(SUMMER), announcement=number, reason="誤りがあった。")
    announced(WINTER, title="翌年のお知らせ")
    released(SECOND, WINTER)

    [one] = views.report_of_year(2026, "ja").data["news"]

    assert one["title"] == "取り下げるお知らせ"
    assert one["paragraphs"] == []
    assert one["withdrawn"] == "誤りがあった。"


def test_a_figure_that_an_older_edition_does_not_define_has_no_trend_and_no_month() -> None:
    first, second = released(FIRST, SUMMER), released(SECOND, WINTER)
    old, new = views._edition(first), views._edition(second)
    code = new.told["definitions"][0]["code"]
    old.told["definitions"][:] = [one for one in old.told["definitions"] if one["code"] != code]
    for month in (*old.told["months"], *new.told["months"]):
        month["figures"].pop(code, None)
    old.told["totals"].pop(code, None)
    title = new.told["definitions"][0]["title"]["ja"]

    assert title not in [one["title"] for one in trends([old, new], "ja")]
    assert title not in [one["title"] for one in figures([old, new], "ja")]


def test_a_picture_reaches_as_high_as_its_highest_bar_and_a_share_up_to_a_hundred() -> None:
    from decimal import Decimal

    assert scale(Decimal(0)) == (1, 1)
    assert scale(Decimal(4)) == (4, 1)
    assert scale(Decimal("12.5")) == (15, 5)
    assert scale(Decimal(240)) == (300, 100)
    share = picture(Unit.PERCENT, [("1", {"state": "exact", "count": 30, "value": "75.0"})], "en")
    assert share["bars"][0]["part"] == 0.75
    assert [line["label"] for line in share["lines"]] == ["0", "25", "50", "75", "100"]
    changed = {"state": "exact", "count": 7, "corrected": True}, {"state": "few"}
    both = picture(Unit.COUNT, [("1", changed[0]), ("2", changed[1])], "en")
    assert both["desc"] == "1 7 (corrected); 2 fewer than 5"
    bounds = (
        {"state": "at-least", "count": 36, "value": "90.0"},
        {"state": "at-most", "count": 4, "value": "9.1"},
    )
    ends = picture(Unit.PERCENT, [("1", bounds[0]), ("2", bounds[1])], "en")
    assert [(bar["sign"], bar["part"]) for bar in ends["bars"]] == [("90+", 0.9), ("<10", 0.091)]
    assert ends["desc"] == "1 90.0 % or more; 2 9.1 % or less"
    assert picture(Unit.COUNT, [("1", {"state": "at-least", "count": 7})], "en")["bars"][0]["sign"] == "≥"
    assert (
        picture(Unit.HOURS, [("1", {"state": "exact", "value": "12.5"})], "en")["bars"][0]["sign"] == "12.5"
    )


def test_a_figure_without_any_number_is_no_empty_picture_but_a_sentence(enter: Enter) -> None:
    released(FIRST, SUMMER)
    hidden, told = {"state": "hidden"}, {"state": "exact", "count": 0}

    said = words(pdf(enter(Role.ANONYMOUS), f"/measures/editions/{FIRST}/1/report.ja.pdf"))

    assert picture(Unit.COUNT, [("1", hidden), ("2", {"state": "none"})], "ja")["empty"]
    assert not picture(Unit.COUNT, [("1", hidden), ("2", told)], "ja")["empty"]
    empty = [
        one for one in views.report_of_half(str(FIRST), 1, "ja").data["figures"] if one["picture"]["empty"]
    ]
    assert said.count("図にできる数がありません") == len(empty)


def test_the_sign_for_or_more_is_explained_where_it_stands_and_nowhere_else(enter: Enter) -> None:
    one = released(FIRST, SUMMER)
    anybody = enter(Role.ANONYMOUS)
    without = words(pdf(anybody, f"/measures/editions/{FIRST}/{one.number}/report.ja.pdf"))
    two = released(SECOND, WINTER)
    with_it = words(pdf(anybody, f"/measures/editions/{SECOND}/{two.number}/report.ja.pdf"))
    english = words(pdf(anybody, f"/measures/editions/{SECOND}/{two.number}/report.en.pdf"))

    assert "「≥」は、少数の月" not in without
    assert "「≥」は、少数の月を1件ずつとして数えた合計" in with_it
    assert "“≥”:atotalthattakeseachmonthwithfewasone" in english


def test_an_announcement_is_set_as_plain_words() -> None:
    assert list(paragraphs("# 見出し\n\n**強い**文\r\n> 引用\n\n\n")) == ["見出し", "強い文 引用"]
