"""What everybody reads in the help: what runs, filled with what is in force; what the operator wrote; and what is not there."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.businesstime import BusinessDays, Hours
from mamori.ground.terms import actions as terms
from mamori.law.deadlines import ANSWER, PAYOUT_REVIEW
from mamori.law.help import HELP_PAGES
from mamori.law.settings import REMEDY_CEILING, RETURNS_ON
from mamori.rooms.display.tests.test_pages import read
from mamori.rooms.outreach import queries
from mamori.rooms.outreach.facts import first_announced_at
from mamori.rooms.outreach.models import Announcement
from mamori.rooms.outreach.tests import conftest
from mamori.rooms.outreach.tests.conftest import MONDAY

pytestmark = pytest.mark.django_db
HELP, DESK = "/guide/", "/desk/help/"
WORDS = {
    "topic": "help-buyers",
    "title": "セールの前に知ってほしいこと",
    "title_en": "Before the sale",
    "body": "# 偽のサイト\n\n- 会社概要を見る\n- <script>alert(1)</script>",
    "body_en": "Look at who sells.",
}


def take(client: Client, path: str, **told: Any) -> str:
    return str(conftest.take(client, path, **told).content.decode())


def published(enter: Enter, **other: str) -> int:
    """Let an agent write an article, and a lead publish it; return its number."""
    take(enter(Role.AGENT), f"{DESK}write/", **WORDS | other)
    number = Announcement.objects.latest("pk").pk
    take(enter(Role.AGENT), f"/desk/announcements/{number}/propose/")
    take(enter(Role.LEAD, stepped_up=True), f"/desk/announcements/{number}/publish/")
    return number


@pytest.mark.parametrize("slug", [one.slug for one in HELP_PAGES])
def test_every_page_opens_and_whatever_it_links_to_is_there(enter: Enter, slug: str) -> None:
    shown = read(enter(), f"{HELP}{slug}/")
    page = queries.help_page(slug, at=MONDAY)

    assert page is not None
    assert page.title.ja in unescape(shown)
    assert "{" not in page.body.ja + page.body.en
    assert "この仕組みの設定から作られたページです" in shown
    for part in page.parts:
        if part.to.startswith("/"):
            assert resolve(part.to)


def test_a_page_says_the_time_that_is_in_force_and_is_another_version_when_it_changes(enter: Enter) -> None:
    before = queries.help_page("after-a-report", at=MONDAY)
    terms.set(conftest.lead(), setting=ANSWER, value=Hours(36))

    after = queries.help_page("after-a-report", at=MONDAY)
    assert before is not None
    assert after is not None
    assert "回答の期限は24時間です" in before.body.ja
    assert "回答の期限は36時間です" in after.body.ja
    assert before.version != after.version
    assert "due within 36 hours" in after.body.en


def test_what_is_switched_off_is_not_promised(enter: Enter) -> None:
    def says() -> str:
        page = queries.help_page("after-a-report", at=MONDAY)
        return page.body.ja if page else ""

    whole = says()
    terms.set(conftest.lead(), setting=RETURNS_ON, value=False)
    without_returns = says()
    terms.set(conftest.lead(), setting=REMEDY_CEILING, value=0)
    without_refunds = says()

    sellers = queries.help_page("answering-buyers", at=MONDAY)
    assert sellers is not None
    assert "回収" not in sellers.body.ja
    assert "商品を返すとき" in whole
    assert "100,000円が上限" in whole
    assert "商品を返すとき" not in without_returns
    assert "出品者に代わる返金" in without_returns
    assert "出品者に代わる返金" not in without_refunds


def test_the_help_of_sellers_says_how_long_money_is_held_and_on_which_clause(enter: Enter) -> None:
    terms.set(conftest.lead(), setting=PAYOUT_REVIEW, value=BusinessDays(3))

    shown = queries.help_page("payouts", at=MONDAY)

    assert shown is not None
    assert "3営業日ごとに見直し" in shown.body.ja
    assert "売上金の支払いの保留" in shown.body.ja


def test_the_measures_are_told_of_in_the_help_with_the_way_to_their_figures(enter: Enter) -> None:
    shown = read(enter(), f"{HELP}what-we-do/")

    for words in ('href="/measures/"', 'href="/policy/"', 'href="/guide/after-a-report/"', "講じるよう努め"):
        assert words in shown
    assert "購入者を守るためにしていること" in read(enter(), HELP)


def test_a_report_to_the_state_is_put_in_order_and_goes_nowhere(enter: Enter) -> None:
    about, sheet = (
        read(enter(), f"{HELP}report-to-the-state/"),
        read(enter(), f"{HELP}report-to-the-state/sheet/"),
    )

    for words in ("返事も来ません", "188", "申出の趣旨", "/guide/report-to-the-state/sheet/"):
        assert words in about
    assert "<form" not in sheet.partition('class="sheet"')[2].partition("</main>")[0]
    assert ' name="' not in sheet.partition('class="sheet"')[2].partition("</main>")[0]
    assert "ここに打った言葉は、この画面から出ません" in sheet


def test_what_is_found_is_shown_with_its_words_and_what_is_not_leads_elsewhere(enter: Enter) -> None:
    hit, none = read(enter(), f"{HELP}?q=ﾍﾝﾋﾟﾝ"), read(enter(), f"{HELP}?q=電子顕微鏡")

    assert "/guide/formal-notices/" in hit
    assert "「電子顕微鏡」に合うページはありません" in none
    assert 'href="/report/"' in none
    assert "188" in none


@pytest.mark.parametrize(
    "query", ["<script>alert(1)</script>", "\x00\x1b", "%", "'", "？" * 99, "\u202e返金"]
)
def test_rubbish_in_the_search_is_only_words(enter: Enter, query: str) -> None:
    answer = enter().get(HELP, {"q": query}, secure=True)

    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


def test_ten_thousand_characters_are_not_looked_for(enter: Enter) -> None:
    answer = enter().get(HELP, {"q": "返金" * 5_000}, secure=True)

    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "探す言葉は100文字までです" in shown
    assert shown.count("返金") < 200


def test_an_article_is_read_once_another_person_has_published_it_and_marked_as_the_operators(
    enter: Enter,
) -> None:
    take(enter(Role.AGENT), f"{DESK}write/", **WORDS)
    number = Announcement.objects.get().pk
    hidden = read(enter(), HELP), enter().get(f"{HELP}articles/{number}/", secure=True).status_code
    Announcement.objects.all().delete()

    number = published(enter)

    shown = read(enter(), f"{HELP}articles/{number}/")
    assert WORDS["title"] not in hidden[0]
    assert hidden[1] == 404
    for words in (WORDS["title"], "<h2>偽のサイト</h2>", "運営者が自分の言葉で書いた記事です", "受領証"):
        assert words in shown
    assert "<script>alert" not in shown
    assert WORDS["title"] in read(enter(), HELP)
    assert f"/guide/articles/{number}/" in read(enter(), f"{HELP}?q=偽のサイト")
    assert "運営者が書いた記事" in read(enter(), f"{HELP}?q=会社概要")


def test_an_article_is_no_news_and_news_is_no_article(enter: Enter) -> None:
    number = published(enter)
    news = published(enter, topic="help-sellers", title="出品者の方へ")
    Announcement.objects.filter(pk=news).update(topic="service")

    assert WORDS["title"] not in read(enter(), "/news/")
    assert WORDS["title"] not in read(enter(), "/news/feed.ja.xml")
    assert enter().get(f"/news/{number}/", secure=True).status_code == 404
    assert enter().get(f"{HELP}articles/{news}/", secure=True).status_code == 404
    assert WORDS["title"] not in read(enter(Role.AGENT), "/desk/announcements/")
    assert "出品者の方へ" not in read(enter(Role.AGENT), DESK).partition("<table")[2]
    Announcement.objects.filter(pk=news).delete()
    assert first_announced_at() is None


def test_a_correction_stands_beside_the_version_before_and_stays_an_article(enter: Enter) -> None:
    number = published(enter)
    agent = enter(Role.AGENT)

    take(agent, f"/desk/announcements/{number}/correct/", reason="誤りがあった")
    new = Announcement.objects.latest("pk").pk
    asked = read(agent, f"/desk/announcements/{new}/rewrite/")
    take(
        agent,
        f"/desk/announcements/{new}/rewrite/",
        **WORDS | {"topic": "help-both", "body": "正しい本文", "note": "本文を直しました"},
    )
    take(agent, f"/desk/announcements/{new}/propose/")
    take(enter(Role.LEAD, stepped_up=True), f"/desk/announcements/{new}/publish/")

    now, before = (
        read(enter(), f"{HELP}articles/{number}/"),
        read(enter(), f"{HELP}articles/{number}/?edition=1"),
    )
    assert "だれに向けた記事ですか" in asked
    assert "偽物・権利の侵害" not in asked
    for words in ("正しい本文", "本文を直しました", 'href="?edition=1"'):
        assert words in now
    assert "これは前の版です" in before
    assert "会社概要を見る" in before
    assert f"/guide/articles/{number}/" not in read(enter(), f"{HELP}?q=会社概要")


def test_of_a_withdrawn_article_the_title_and_the_reason_stay_and_nothing_finds_it(enter: Enter) -> None:
    number = published(enter)

    take(enter(Role.LEAD), f"/desk/announcements/{number}/withdraw/", reason="古くなりました")

    shown = read(enter(), f"{HELP}articles/{number}/")
    assert "古くなりました" in shown
    assert "会社概要を見る" not in shown
    assert enter().get(f"{HELP}articles/{number}/?edition=1", secure=True).status_code == 404
    assert WORDS["title"] not in read(enter(), HELP)
    assert f"/guide/articles/{number}/" not in read(enter(), f"{HELP}?q=偽のサイト")


def test_an_empty_article_is_not_kept(enter: Enter) -> None:
    for body in ("", " \u3000\n", "\u200b\u200b"):
        shown = take(enter(Role.AGENT), f"{DESK}write/", **WORDS | {"body": body})
        assert "エラー" in shown
    assert not Announcement.objects.exists()


def test_what_never_was_is_said_not_to_be_there(enter: Enter) -> None:
    for path in ("nothing-here/", "articles/99/", "articles/99/?edition=1"):
        answer = enter().get(f"{HELP}{path}", secure=True)
        assert answer.status_code == 404
        assert "一覧から探してください" in answer.content.decode()
