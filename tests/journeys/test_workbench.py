"""An agent with forty cases: take the next, read, call, record the outcome and move on, each key counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.browser import Heard, axe, read, too_wide
from tests.journeys.counting import Keys, loads_of

type Visit = Callable[..., BrowserContext]

pytestmark = pytest.mark.processes

MOST = 12
CANARY = "箱から焦げた匂いがしました"


@pytest.fixture
def number(guest: Visit, world: dict[str, Any]) -> Iterator[str]:
    """Give a trouble in danger that the centre may read, and end both afterwards."""
    found = report(guest)
    yield found
    end(guest, found)


def end(guest: Visit, number: str) -> None:
    """Let the buyer withdraw a trouble and a lead record that the buyer was reached: no danger is left of it."""
    page = guest("buyer=buyer:B-1").new_page()
    page.goto(f"/threads/{number}/withdraw/")
    if page.locator("input[name=gives_up]").count():  # a proposal that would be lost
        page.locator("input[name=gives_up]").check()
    page.locator("main form[method=post] button:not([name=left])").last.click()
    lead = guest("lead").new_page()
    lead.goto(f"/desk/cases/{number}/contact/reach/")
    if lead.url.endswith("/reach/"):
        for name in ("injured", "fire", "kept", "stopped"):
            lead.locator(f"input[name={name}]").first.check()
        lead.locator("main form:has(input[name=injured]) button").click()


def report(guest: Visit) -> str:
    """Let the buyer report a danger, and let the centre step in and read; return the number."""
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
    page.goto(f"/threads/{found[1]}/mediation/")
    page.locator("main input[type=radio]").first.check()
    page.locator("main form[method=post] button:not([name=left])").last.click()
    return found[1]


def come_to(agent: Page, number: str, press: Callable[[], None]) -> None:
    """Walk on until the case is there: another danger may come first, and is nobody's keystroke."""
    for _ in range(12):
        with agent.expect_navigation():
            press()
        if number in agent.url:
            return
    raise AssertionError(f"{number} never came: {agent.url}")


def test_one_case_takes_no_more_than_twelve_keys(guest: Visit, number: str) -> None:
    agent, heard = guest("agent").new_page(), Heard()
    heard.listen(agent)
    keys = Keys(agent)

    agent.goto("/desk/")
    come_to(agent, number, lambda: keys.press("n"))
    keys.count = 1  # the press that led here
    expect(agent.locator(".next-act")).to_be_visible()
    expect(agent.locator(".call.danger")).to_contain_text("購入者に電話する")
    keys.press("t")
    agent.wait_for_url("**?done=taken")
    keys.press("w")
    expect(agent.locator("#words")).to_contain_text(CANARY)
    keys.press("3")
    expect(agent.get_by_label("応答なし").first).to_be_checked()
    keys.press("Enter")
    agent.wait_for_url("**?done=call-buyer")
    expect(agent.get_by_role("status")).to_contain_text("記録しました")
    expect(agent.locator(".next-act.bad")).to_contain_text("購入者に電話し")
    with agent.expect_navigation():
        keys.press("n")

    print(f"keys: {keys.count}")
    assert number not in agent.url
    assert keys.count <= MOST
    assert heard.dialogs == []


def test_the_next_case_is_read_and_a_solution_proposed_in_two_loads(guest: Visit, number: str) -> None:
    agent = guest("agent").new_page()
    agent.goto("/desk/")
    loads, keys = loads_of(agent), Keys(agent)
    come_to(agent, number, lambda: keys.press("n"))
    keys.count, loads[:] = 1, loads[-1:]  # the press and the page that led here

    keys.press("w")
    expect(agent.locator("#words")).to_contain_text(CANARY)
    keys.press("p")
    expect(agent.get_by_label("出品者が全額を返金する")).to_have_count(0)  # all of the price went back before
    expect(agent.get_by_label("代わりの品を送る")).to_be_focused()
    agent.keyboard.press("1")  # a figure means the form where the focus is, not the call beside it
    expect(agent.locator("input[data-key]:checked")).to_have_count(0)
    for _ in range(2):  # to “an explanation or an apology”, which asks for words
        keys.press("ArrowDown")
    keys.press("Tab")
    expect(agent.get_by_label("言葉を添える")).to_be_focused()
    agent.keyboard.type("出品者から説明とおわびをさせます")
    expect(agent.locator("#words")).to_contain_text(CANARY)  # what was said stands beside what is written
    keys.press("Tab")
    keys.press("Enter")
    agent.wait_for_url("**?done=propose")

    print(f"loads: {len(loads)}, keys: {keys.count}")
    expect(agent.get_by_role("status")).to_contain_text("提案し、双方に知らせました")
    assert len(loads) == 2
    assert keys.count <= MOST


def test_without_scripts_the_same_way_leads_through_buttons_that_carry_access_keys(
    guest: Visit, number: str
) -> None:
    """The browser without a window hears no access keys: here it is seen that they are there, and lead on."""
    agent = guest("agent", java_script_enabled=False).new_page()

    def press(key: str) -> None:
        element = agent.locator(f'main [accesskey="{key}"]')
        expect(element).to_have_count(1)
        element.click()

    agent.goto("/desk/")
    come_to(agent, number, lambda: press("n"))
    press("t")
    press("w")
    expect(agent.locator("main")).to_contain_text(CANARY)
    agent.get_by_role("link", name="案件に戻る").first.click()
    press("3")
    agent.get_by_role("button", name="購入者への架電を記録する").click()
    expect(agent.get_by_role("status")).to_contain_text("記録しました")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("locale", ["ja-JP", "en-US"])
def test_the_workbench_is_readable_in_order_and_fits(
    guest: Visit, number: str, width: int, locale: str
) -> None:
    agent = guest("agent", locale=locale, viewport={"width": width, "height": 900}).new_page()

    for path in (
        f"/desk/cases/{number}/",
        f"/desk/cases/{number}/contact/propose/",
        f"/desk/cases/{number}/hand-over/",
    ):
        agent.goto(path)
        assert axe(agent) == [], path
        assert too_wide(agent) == [], path
    agent.goto(f"/desk/cases/{number}/")
    order = agent.evaluate("[...document.querySelectorAll('main [data-key]')].map(e => e.dataset.key)")

    assert order.index("n") < order.index("c") < order.index("1") < order.index("w") < order.index("m")
    assert CANARY not in agent.content()
