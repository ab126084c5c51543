"""A day at the desk: what falls due, by keys; a case taken, read in an emergency, looked at by another person; searched."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.browser import Heard, House, axe, read, too_wide

type Visit = Callable[..., BrowserContext]

pytestmark = pytest.mark.processes

CANARY = "箱から焦げた匂いがしました"
# The palette closes and j is pressed before the page is drawn anew, so that its hidden field still has the focus.
AT_ONCE = """() => {
  palette.close();
  palette.querySelector("input").dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true }));
}"""


def report(guest: Visit) -> str:
    """Let the buyer report a trouble and return its number."""
    page = guest("buyer=buyer:B-1").new_page()
    page.goto("/report/?order=O-1")
    for _ in range(8):
        if "/sent/" in read(page).url:
            break
        main = page.locator("main")
        if main.locator("textarea").count():
            main.locator("textarea").fill(CANARY)
        elif main.locator("input[type=radio]").count():
            main.locator("input[type=radio]").last.check()
        main.locator("form[method=post] button:not([name=left])").last.click()
    found = re.search(r"/sent/(\d+)", page.url)
    assert found, page.content()
    return found[1]


def whole(page: Page) -> None:
    """See that the page is readable, fits, and tells nobody's words."""
    assert axe(page) == [], page.url
    assert too_wide(page) == [], page.url
    assert CANARY not in read(page).content()


def test_a_day_at_the_desk(guest: Visit, world: dict[str, Any]) -> None:
    number = report(guest)
    lead, agent, heard = guest("lead").new_page(), guest("agent").new_page(), Heard()
    for page in (lead, agent):
        heard.listen(page)

    agent.goto("/desk/")
    whole(agent)
    agent.keyboard.press("?")
    expect(agent.locator("#keys-help")).to_be_visible()
    assert axe(agent) == []
    agent.get_by_role("button", name="キーを使わない").click()
    agent.keyboard.press("Escape")
    expect(agent.locator("#keys-help")).to_be_hidden()
    agent.keyboard.press("j")
    expect(agent.locator(".cases .name a").first).not_to_be_focused()
    agent.evaluate("localStorage.clear()")
    agent.keyboard.press("Control+k")
    expect(agent.locator("#palette").get_by_role("option", name="返金の確認")).to_be_visible()
    agent.keyboard.type(number)
    expect(agent.locator("#palette").get_by_role("option", name=number)).to_be_visible()
    assert axe(agent) == []
    agent.keyboard.press("Escape")
    expect(agent.locator("#palette")).to_be_hidden()
    agent.keyboard.press("Control+k")
    agent.evaluate(AT_ONCE)
    expect(agent.locator(".cases .name a").first).to_be_focused()
    agent.keyboard.press("j")
    expect(agent.locator(".cases .name a").nth(1)).to_be_focused()
    agent.keyboard.press("k")
    expect(agent.locator(".cases .name a").first).to_be_focused()
    agent.keyboard.press("/")
    expect(agent.locator("#find")).to_be_focused()
    agent.keyboard.type(f"{number[:4]}-{number[4:]}")
    agent.keyboard.press("Enter")
    agent.wait_for_url(f"**/desk/cases/{number}/")
    whole(agent)
    agent.get_by_role("button", name="自分の担当にする").click()
    agent.get_by_label("メモを残す").fill("出品者の電話は午後だけ")
    agent.get_by_role("button", name="メモを記録する").click()
    expect(agent.locator(".story")).to_contain_text("出品者の電話は午後だけ")

    agent.get_by_text("緊急のときに読む").click()
    agent.get_by_role("button", name="理由を残して開く").click()
    expect(agent.locator("#words .faults")).to_be_focused()
    agent.get_by_label("理由").and_(agent.locator("#words textarea")).fill("発火のおそれ")
    agent.get_by_role("button", name="理由を残して開く").click()
    expect(agent.locator("#words")).to_contain_text(CANARY)
    assert agent.url.endswith(f"/desk/cases/{number}/?done=noted")
    assert axe(agent) == []
    agent.goto(f"/desk/cases/{number}/")
    expect(agent.locator("main")).to_contain_text(CANARY)  # the ground holds
    assert too_wide(agent) == []

    lead.goto("/desk/today/")
    whole(lead)
    lead.goto("/desk/lists/looks/")
    lead.locator("main .list a").first.click()
    expect(lead.locator("main")).to_contain_text("発火のおそれ")
    whole(lead)
    confirm = lead.get_by_role("button", name="危険があったと確かめた")
    if not confirm.is_visible():  # folded where a call is owed first
        lead.locator("summary", has_text="緊急時の閲覧を確かめる").click()
    confirm.click()
    expect(lead.get_by_role("status")).to_contain_text("確かめた")

    assert heard.dialogs == []
    [refused] = heard.complaints  # the look without a reason
    assert f"/desk/cases/{number}/" in refused
    assert "422" in refused


def test_contact_details_are_seen_within_the_case_and_what_was_typed_stays(
    guest: Visit, world: dict[str, Any]
) -> None:
    lead = guest("lead").new_page()
    lead.goto(f"/desk/cases/{world['case']}/")
    asked = lead.url
    lead.locator("#words details").first.locator("summary").click()
    lead.locator("#words textarea").fill("書きかけの理由")
    lead.get_by_role("link", name="出品者の連絡先を見る").click()
    expect(lead.locator("#details h2")).to_be_focused()

    lead.locator("#details textarea").fill("")
    lead.get_by_role("button", name="記録して見る").click()
    expect(lead.locator("#details .faults")).to_be_focused()
    whole(lead)
    lead.locator("#details textarea").fill("架電のため")
    lead.get_by_role("button", name="記録して見る").click()

    expect(lead.locator("#details")).to_contain_text("見たことを記録しました")
    expect(lead.locator("#details")).to_contain_text("canary-seller@example.jp")
    expect(lead.locator("#words textarea")).to_have_value("書きかけの理由")
    assert lead.url == asked
    whole(lead)


def test_the_desk_works_without_scripts(guest: Visit, open_house: House, world: dict[str, Any]) -> None:
    page = guest("counsel", java_script_enabled=False).new_page()

    page.goto("/desk/")
    page.locator("#find").fill("店 S-1")
    page.get_by_role("button", name="探す").click()
    page.locator(".cases .name a").first.click()

    expect(page).to_have_url(re.compile(r"/desk/cases/\d+/$"))
    expect(page.locator(".keys")).to_be_hidden()
    expect(page.locator(".keys-still")).to_be_visible()
