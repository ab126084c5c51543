"""The pages on which news is written, grounded, published, corrected and withdrawn; what everybody reads; the feeds."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.law.news import NewsTopic
from mamori.law.outreach import Audience, CampaignCode
from mamori.rooms.display.tests.test_pages import read
from mamori.rooms.outreach.announcements import actions as announcements
from mamori.rooms.outreach.campaigns import actions as campaigns
from mamori.rooms.outreach.models import Announcement
from mamori.rooms.outreach.tests import conftest

pytestmark = pytest.mark.django_db
LIST, NEWS = "/desk/announcements/", "/news/"
WORDS = {
    "topic": "counterfeits",
    "title": "偽物1,200件を取り除きました",
    "title_en": "Fakes taken down",
    "body": "# 何をしたか\n\n- 見回り\n- <script>alert(1)</script>\n\n[方針](/policy/)",
    "body_en": "We looked and took down fakes.",
}
CLAIM = {
    "said": "1,200件",
    "means": "取り除いた出品の数",
    "on_year": "2026",
    "on_month": "9",
    "on_day": "30",
    "evidence": "措置の記録の集計",
}


def take(client: Client, path: str, **told: Any) -> str:
    return str(conftest.take(client, path, **told).content.decode())


def published(enter: Enter, **other: str) -> int:
    """Let an agent write and ground something, and a lead publish it; return its number."""
    agent, lead = enter(Role.AGENT), enter(Role.LEAD, stepped_up=True)
    take(agent, f"{LIST}write/", **WORDS | other)
    number = Announcement.objects.latest("pk").pk
    page = f"{LIST}{number}/"
    take(agent, f"{page}ground/", **CLAIM)
    take(agent, f"{page}propose/")
    take(lead, f"{page}publish/")
    return number


def test_an_agent_writes_and_grounds_and_a_lead_who_has_proven_itself_publishes(enter: Enter) -> None:
    agent, lead = enter(Role.AGENT), enter(Role.LEAD, stepped_up=True)
    assert "ニュースはまだありません" in read(agent, LIST)

    assert "書き留めました" in take(agent, f"{LIST}write/", **WORDS)
    page = f"{LIST}{Announcement.objects.get().pk}/"
    asked = read(agent, page)
    assert "根拠を書き留めました" in take(agent, f"{page}ground/", **CLAIM)
    assert "提案しました" in take(agent, f"{page}propose/")
    assert "公開しました" in take(lead, f"{page}publish/")

    assert "根拠を待つ言葉" in asked
    assert "根拠のない言葉があります：「1,200件」" in asked
    assert "公開のページ" in read(agent, page)
    assert enter(Role.LEAD).get(f"{page}publish/", secure=True).status_code != 200


def test_everybody_reads_it_with_its_grounds_and_nothing_runs_in_it(enter: Enter) -> None:
    number = published(enter)

    listed, shown = read(enter(), NEWS), read(enter(), f"{NEWS}{number}/")

    assert WORDS["title"] in listed
    for words in (
        "<h2>何をしたか</h2>",
        "取り除いた出品の数",
        "2026年9月30日",
        "措置の記録の集計",
        "受領証",
        "SHA-256",
    ):
        assert words in shown
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert" not in shown
    assert '<a href="/policy/">方針</a>' in shown
    assert WORDS["title"] not in read(enter(), f"{NEWS}?topic=fraud")
    assert enter().get(f"{NEWS}{number + 9}/", secure=True).status_code == 404


def test_a_correction_is_marked_and_the_version_before_can_be_read(enter: Enter) -> None:
    number = published(enter)
    agent, lead = enter(Role.AGENT), enter(Role.LEAD, stepped_up=True)

    take(agent, f"{LIST}{number}/correct/", reason="数を誤った")
    new = Announcement.objects.latest("pk").pk
    empty = take(agent, f"{LIST}{new}/rewrite/", **WORDS)
    take(agent, f"{LIST}{new}/rewrite/", **WORDS | {"body": "正しい本文", "note": "本文の誤りを直しました"})
    take(agent, f"{LIST}{new}/propose/")
    take(lead, f"{LIST}{new}/publish/")

    now, before = read(enter(), f"{NEWS}{number}/"), read(enter(), f"{NEWS}{number}/?edition=1")
    assert "どこを訂正したか" in empty
    for words in ("正しい本文", "本文の誤りを直しました", "第2版"):
        assert words in now
    assert "これは前の版です" in before
    assert "何をしたか" in before
    assert "訂正あり" in read(enter(), NEWS)


def test_of_what_was_withdrawn_the_title_and_the_reason_stay(enter: Enter) -> None:
    number = published(enter)

    take(enter(Role.LEAD), f"{LIST}{number}/withdraw/", reason="数に誤りがありました")

    shown = read(enter(), f"{NEWS}{number}/")
    assert "数に誤りがありました" in shown
    assert "何をしたか" not in shown
    assert "取り除いた出品の数" not in shown
    assert enter().get(f"{NEWS}{number}/?edition=1", secure=True).status_code == 404
    assert "取り下げました" in read(enter(), NEWS)
    assert "何をしたか" not in read(enter(), f"{NEWS}feed.ja.xml")


@pytest.mark.parametrize(
    ("language", "title", "body"),
    [("ja", WORDS["title"], "<h2>何をしたか</h2>"), ("en", WORDS["title_en"], "We looked")],
)
def test_readers_of_feeds_get_the_news_in_their_language(
    enter: Enter, language: str, title: str, body: str
) -> None:
    number = published(enter)

    answer = enter().get(f"{NEWS}feed.{language}.xml", secure=True)

    [item] = ET.fromstring(answer.content).iter("item")
    assert answer.headers["Content-Type"].startswith("application/rss+xml")
    assert item.findtext("title") == title
    assert body in (item.findtext("description") or "")
    assert "<script" not in (item.findtext("description") or "")
    assert (item.findtext("link") or "").endswith(f"{NEWS}{number}/")


def test_what_is_not_published_is_nowhere(enter: Enter) -> None:
    take(enter(Role.AGENT), f"{LIST}write/", **WORDS)
    number = Announcement.objects.get().pk

    assert enter().get(f"{NEWS}{number}/", secure=True).status_code == 404
    assert WORDS["title"] not in read(enter(), NEWS)
    assert WORDS["title"] not in read(enter(), f"{NEWS}feed.ja.xml")


def test_who_has_no_number_among_the_accounts_is_named_by_nothing_and_breaks_no_page(enter: Enter) -> None:
    known = conftest.actor("agent:desk-1", Role.AGENT)
    words = announcements.AnnouncementWords(
        topic=NewsTopic.SERVICE, title="窓口の時間", title_en="", body="平日に開いています。", body_en=""
    )
    number = announcements.write_announcement(known, announcement=0, words=words)
    campaign = campaigns.draft_campaign(known, code=CampaignCode.ARTICLE5, audience=Audience.ALL)

    agent = enter(Role.AGENT)

    assert "窓口の時間" in read(agent, f"{LIST}{number}/")
    assert "下書き" in read(agent, f"/desk/campaigns/{campaign}/")
