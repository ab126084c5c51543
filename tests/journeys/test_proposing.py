"""A solution is proposed on an order of which money is left: what a choice does not ask is neither filled in nor sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.browser import House

type Visit = Callable[..., BrowserContext]

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def numbers(open_house: House, world: dict[str, Any]) -> list[str]:
    """Give cases of orders of which all the money is left."""
    return list(open_house.do("burn"))


def step_in(guest: Visit, number: str) -> Page:
    """Let the buyer ask the centre to step in; return the buyer's page."""
    buyer = guest("buyer=buyer:B-1").new_page()
    buyer.goto(f"/threads/{number}/mediation/")
    buyer.locator("main input[type=radio]").first.check()
    buyer.locator("main form[method=post] button:not([name=left])").last.click()
    return buyer


def panel(page: Page, title: str) -> Any:
    return page.locator(".deeds > li").filter(has=page.locator("summary", has_text=title))


def test_an_agent_proposes_a_replacement_and_no_amount_stands_in_its_way(
    guest: Visit, numbers: list[str]
) -> None:
    step_in(guest, numbers[0])
    agent = guest("agent").new_page()
    agent.goto(f"/desk/cases/{numbers[0]}/")
    here = panel(agent, "解決を提案する")
    here.evaluate("li => { li.querySelector('details').open = true }")
    amount = here.locator("input[name=amount]")

    expect(here.get_by_label("代わりの品を送る")).to_be_visible()
    expect(amount).to_be_hidden()
    here.get_by_label("一部を返金する").check()
    expect(amount).to_have_value("")
    amount.fill("500")
    here.get_by_label("代わりの品を送る").check()
    expect(amount).to_be_disabled()
    here.get_by_role("button", name="提案する").click()

    agent.wait_for_url("**?done=propose")
    expect(agent.get_by_role("status")).to_contain_text("提案し")


def test_a_buyer_who_first_thought_of_a_part_proposes_a_replacement(guest: Visit, numbers: list[str]) -> None:
    buyer = step_in(guest, numbers[1])
    buyer.goto(f"/threads/{numbers[1]}/propose/")

    buyer.get_by_label("一部を返金する").check()
    buyer.locator("input[name=amount]").fill("500")
    buyer.get_by_label("代わりの品を送る").check()
    buyer.locator("main form[method=post] button:not([name=left])").last.click()

    buyer.wait_for_url("**?done=propose")


def test_what_is_found_by_ctrl_k_opens_the_panel_and_a_closed_step_says_why(
    guest: Visit, world: dict[str, Any], numbers: list[str]
) -> None:
    lead = guest("lead").new_page()
    lead.goto(f"/desk/campaigns/{world['outreach']['campaign']}/")
    lead.keyboard.press("Control+k")
    palette = lead.locator("#palette")
    expect(palette.get_by_role("option", name="知らせ始める")).to_have_attribute("aria-disabled", "true")
    expect(palette.get_by_role("option", name="知らせ始める")).to_contain_text("まだ数えています")

    lead.keyboard.type("終える")
    expect(palette.get_by_role("option")).to_have_text(["終える"])
    lead.keyboard.press("Enter")

    expect(palette).to_be_hidden()
    expect(lead.locator(".deeds details[open] textarea")).to_be_focused()
