"""A page of the desk that stays open says quietly what is new, and tells of a danger by a notice to whoever allowed it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.browser import Heard, axe, read, too_wide
from tests.journeys.test_workbench import end

type Visit = Callable[..., BrowserContext]

pytestmark = pytest.mark.processes

WORDS = "箱がつぶれて届きました"
TYPED = "まだ送っていないメモ"
PHONE, DESK = ({"width": wide, "height": 900} for wide in (390, 1280))
STUB = """
window.told = [];
window.Notification = class extends EventTarget {
  static permission = sessionStorage.getItem("stub") ?? "default";
  static async requestPermission() {
    sessionStorage.setItem("stub", "granted");
    Notification.permission = "granted";
    window.asked = (window.asked ?? 0) + 1;
    return "granted";
  }
  constructor(title, options) { super(); window.told.push([title, options.body]); window.last = this; }
  close() {}
};
window.open = (href) => { window.opened = href; };
"""


def report(guest: Visit, order: str, *, is_danger: bool) -> str:
    """Let the buyer report a trouble, and return its number."""
    page = guest("buyer=buyer:B-1").new_page()
    page.goto(f"/report/?order={order}")
    for _ in range(8):
        if "/sent/" in read(page).url:
            break
        main = page.locator("main")
        if main.locator("textarea").count():
            main.locator("textarea").fill(WORDS)
        elif main.locator("input[type=radio]").count():
            radios = main.locator("input[type=radio]")
            (radios.last if is_danger or "danger" not in main.inner_html() else radios.first).check()
        main.locator("form[method=post] button:not([name=left])").last.click()
    found = re.search(r"/sent/(\d+)", page.url)
    assert found, page.content()
    return found[1]


def a_minute(page: Page) -> None:
    """Let a minute pass on the page, and the answer come that it then asks for."""
    with page.expect_response(lambda answer: "/desk/news/" in answer.url):
        page.clock.fast_forward(61_000)


@pytest.fixture(autouse=True)
def no_other_danger(guest: Visit) -> None:
    """Let a lead rule out the danger that the house holds: what a journey reports is the only one."""
    page = guest("lead").new_page()
    page.goto("/desk/complaints/1/no-danger/")
    if read(page).url.endswith("/no-danger/"):
        page.locator("main textarea").first.fill("現物を確かめた")
        page.locator("main form[method=post] button").first.click()
        page.wait_for_url("**?done=no-danger")


@pytest.fixture
def danger(guest: Visit, world: dict[str, Any]) -> Iterator[Callable[[], str]]:
    """Give a way to report a danger, and end it afterwards."""
    found: list[str] = []

    def reported() -> str:
        found.append(report(guest, "O-1", is_danger=True))
        return found[-1]

    yield reported
    for number in found:
        end(guest, number)


@pytest.mark.parametrize(("size", "look", "tongue"), [(PHONE, "dark", "en-US"), (DESK, "light", "ja-JP")])
def test_what_is_new_is_said_in_a_line_and_nothing_that_was_typed_is_lost(
    guest: Visit, danger: Callable[[], str], size: Any, look: Any, tongue: str
) -> None:
    number = danger()
    agent, heard = guest("agent", viewport=size, color_scheme=look, locale=tongue).new_page(), Heard()
    heard.listen(agent)
    agent.clock.install()
    agent.goto(f"/desk/cases/{number}/")
    line = agent.locator("#news [aria-live]")
    expect(line).to_be_empty()
    note = agent.locator("main textarea[name=text]")
    note.fill(TYPED)
    note.focus()
    before = agent.evaluate("scrollY")

    lead = guest("lead").new_page()
    lead.goto(f"/desk/cases/{number}/")
    lead.locator("main textarea[name=text]").fill("メモ")
    lead.locator("main form[action$='/note/'] button").click()
    lead.wait_for_url("**?done=noted")
    a_minute(agent)

    said = "この案件に新しい動きがあります" if tongue == "ja-JP" else "Something new was done in this case"
    expect(line).to_contain_text(said)
    expect(note).to_be_focused()
    expect(note).to_have_value(TYPED)
    assert agent.evaluate("scrollY") == before
    assert axe(agent) == []
    assert too_wide(agent) == []

    a_minute(agent)
    expect(line.locator("p")).to_have_count(1)
    agent.locator("#news button").click()
    expect(line).to_be_empty()
    expect(note).to_have_value(TYPED)
    a_minute(agent)
    expect(line).to_be_empty()
    assert heard.dialogs == []


def test_a_danger_gives_a_notice_with_its_number_once_to_who_allowed_it(
    guest: Visit, danger: Callable[[], str]
) -> None:
    window = guest("agent")
    window.add_init_script(STUB)
    agent = window.new_page()
    agent.clock.install()
    agent.goto("/desk/")
    assert agent.evaluate("window.asked ?? 0") == 0
    agent.keyboard.press("?")
    switch = agent.locator("[data-notices] button")
    expect(switch).to_have_text("通知を受け取る")
    assert axe(agent) == []
    switch.click()
    expect(switch).to_have_text("通知を受け取らない")
    agent.keyboard.press("Escape")

    number = danger()
    a_minute(agent)

    line = agent.locator("#news [aria-live]")
    expect(line).to_contain_text("危険の申告があります")
    told = agent.evaluate("window.told")
    assert told == [["危険の申告があります", f"{number[:4]}\N{NO-BREAK SPACE}{number[4:]}"]]
    assert WORDS not in str(told)
    agent.evaluate("window.last.dispatchEvent(new Event('click'))")
    assert agent.evaluate("window.opened") == f"/desk/cases/{number}/"
    a_minute(agent)
    assert len(agent.evaluate("window.told")) == 1

    line.get_by_role("link", name="案件を開く").click()
    agent.wait_for_url(f"**/desk/cases/{number}/")


def test_where_a_browser_knows_no_notices_the_switch_is_not_there_and_the_line_says_it(
    guest: Visit, danger: Callable[[], str]
) -> None:
    window = guest("agent")
    window.add_init_script("delete window.Notification")
    agent = window.new_page()
    agent.clock.install()
    agent.goto("/desk/")
    agent.keyboard.press("?")
    expect(agent.locator("#keys-help")).to_be_visible()
    expect(agent.locator("[data-notices]")).to_be_hidden()
    agent.keyboard.press("Escape")

    danger()
    a_minute(agent)

    expect(agent.locator("#news [aria-live]")).to_contain_text("危険の申告があります")


def test_without_scripts_nothing_is_missing_and_nothing_is_asked(guest: Visit) -> None:
    agent = guest("agent", java_script_enabled=False).new_page()
    asked: list[str] = []
    agent.on("request", lambda request: asked.append(request.url))
    agent.goto("/desk/")

    expect(agent.locator("#news")).to_be_hidden()
    assert not [url for url in asked if "/desk/news/" in url]
