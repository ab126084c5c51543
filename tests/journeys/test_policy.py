"""A lead who never saw the policy changes a row, sees what it does, and another person approves: in a browser, timed."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mamori.japan.calendar import JAPAN
from tests.journeys.browser import axe, too_wide
from tests.journeys.conftest import Visit
from tests.journeys.people.person import unfold

pytestmark = pytest.mark.processes


def opened(guest: Visit, who: str, path: str, **options: Any) -> Page:
    page = guest(who, locale="ja-JP", **options).new_page()
    page.goto(path)
    return page


@pytest.mark.parametrize(("lang", "words"), [("ja", "3つの質問で調べる"), ("en", "Three questions")])
def test_on_a_phone_the_policy_begins_with_three_questions_and_is_short(
    guest: Visit, lang: str, words: str
) -> None:
    locale, phone = {"ja": "ja-JP", "en": "en-US"}[lang], {"width": 390, "height": 844}
    anybody = guest("", locale=locale, viewport=phone).new_page()
    anybody.goto("/policy/")
    expect(anybody.get_by_role("heading", level=2).first).to_have_text(words)
    assert anybody.evaluate("document.documentElement.scrollHeight") <= 6_000
    assert axe(anybody) == []

    anybody.locator("#id_breach").select_option("counterfeit")
    anybody.locator("#id_severity").select_option("grave")
    anybody.locator("section[aria-labelledby=asks] button").click()
    expect(anybody.locator("section[aria-labelledby=asks] dd")).to_have_count(1)


def test_a_row_is_changed_seen_and_approved_in_a_minute_of_touches(guest: Visit) -> None:
    began = time.monotonic()

    # The lead finds the policy in the navigation and the draft that is being worked on.
    lead = opened(guest, "lead", "/desk/today/")
    unfold(lead, "基準")
    lead.get_by_role("link", name="基準", exact=True).click()
    lead.get_by_role("link", name="続きを書く").click()
    lead.get_by_role("link", name="直す 8", exact=True).click()

    # Too few days: the page says so while the lead types, and nothing is saved.
    days = lead.get_by_label(re.compile("^日数"))
    days.fill("1")
    expect(lead.locator("#checks")).to_contain_text("日数は3日から60日まで")

    # Fewer points than for what was put right: both rows are named.
    days.fill("21")
    lead.get_by_label(re.compile("^点数")).fill("2")
    expect(lead.locator("#checks")).to_contain_text("8番の行は、1番より「直したか」が重い場合なのに")
    lead.get_by_label(re.compile("^点数")).fill("5")
    expect(lead.locator("#checks")).to_contain_text("直すところはありません")
    assert axe(lead) == []
    lead.get_by_role("button", name="保存する", exact=True).click()

    # What differs and what it would do stands on the draft; the lead says why and asks.
    expect(lead.get_by_role("insertion")).to_have_text("是正のお願い 21日・5点")
    expect(lead.get_by_text("重くなる 56、軽くなる 0")).to_be_visible()
    expect(lead.get_by_text("件数が少ない")).to_be_visible()
    assert axe(lead) == []
    lead.get_by_label(re.compile("^理由")).first.fill("14日では直らないことが多いため")
    lead.get_by_role("button", name="承認を求める").click()
    lead.get_by_text("今はできないこと").click()
    expect(lead.get_by_text("自分では承認できません")).to_be_visible()

    # Another person reads why, sees the difference, and publishes.
    counsel = opened(guest, "counsel", "/desk/policy/")
    counsel.get_by_role("link", name="確かめて承認する").click()
    expect(counsel.get_by_text("14日では直らないことが多いため")).to_be_visible()
    assert axe(counsel) == []
    counsel.get_by_role("button", name="承認して公表する").click()
    expect(counsel.get_by_text("承認し、公表しました")).to_be_visible()
    spent = time.monotonic() - began

    # Everybody reads on which day it begins.
    anybody = opened(guest, "", "/")
    anybody.get_by_role("link", name="違反への措置の基準").click()
    now = datetime.now(UTC).astimezone(JAPAN)
    days = [
        (at + timedelta(days=16)).date() for at in (now - timedelta(minutes=10), now)
    ]  # midnight may have passed
    said = "|".join(f"{day.year}年{day.month}月{day.day}日" for day in days)
    expect(anybody.get_by_text(re.compile(said)).first).to_be_visible()
    assert axe(anybody) == []
    anybody.get_by_role("link", name="新しい基準を見る").click()
    expect(anybody.locator("#row-8")).to_contain_text("21")
    print(f"changed, seen and approved in {spent:.0f} s")
    assert spent < 600


def test_without_scripts_the_same_is_done_by_buttons(guest: Visit) -> None:
    lead = opened(guest, "lead", "/desk/policy/", java_script_enabled=False)
    lead.get_by_role("button", name="改定案を作る").click()
    lead.get_by_role("link", name="消す 1", exact=True).click()
    lead.get_by_role("button", name="消す", exact=True).click()
    expect(lead.get_by_text("この場合の行がありません")).to_be_visible()
    lead.get_by_role("link", name="この場合の行を足す").click()
    lead.get_by_label(re.compile("^点数")).fill("2")
    lead.get_by_role("button", name="保存せずに確かめる").click()
    expect(lead.locator("#checks")).to_contain_text("直すところはありません")
    lead.get_by_role("button", name="保存する", exact=True).click()

    expect(lead.get_by_text("直すところはありません")).to_be_visible()


def test_a_kind_of_breach_is_put_right_without_scripts(guest: Visit) -> None:
    lead = opened(guest, "lead", "/desk/policy/", java_script_enabled=False)
    lead.get_by_role("link", name="続きを書く").click()
    lead.get_by_text("直す：法定表示の不備").click()
    lead.locator("details[open]").get_by_role("link", name="9番を直す").first.click()
    lead.get_by_label(re.compile("^日数")).fill("21")
    lead.get_by_role("button", name="保存せずに確かめる").click()
    expect(lead.get_by_text("まだ保存していません")).to_be_visible()
    expect(lead.get_by_role("insertion").filter(has_text="商品の一時非表示 21日・15点")).to_be_visible()
    lead.get_by_role("button", name="保存する", exact=True).click()

    expect(lead.locator(".short tr.marked")).to_contain_text("商品の一時非表示 21日")


@pytest.mark.parametrize(
    "path",
    [
        "/desk/policy/",
        "/desk/policy/1/",
        "/desk/policy/2/",
        "/desk/policy/2/row/?row=8",
        "/policy/",
    ],
)
@pytest.mark.parametrize("locale", ["ja-JP", "en-US"])
def test_on_a_telephone_nothing_runs_out_of_the_page(guest: Visit, path: str, locale: str) -> None:
    page = guest("lead", locale=locale, viewport={"width": 390, "height": 844}).new_page()
    answer = page.goto(path)

    assert answer is not None
    assert answer.ok
    assert too_wide(page) == []
