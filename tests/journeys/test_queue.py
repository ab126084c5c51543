"""A desk with forty cases, most of them late: one line a case, several at once, the way back to the line, clicks counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.browser import Heard, House, axe, read, too_wide
from tests.journeys.counting import Mouse, loads_of

type Visit = Callable[..., BrowserContext]

pytestmark = pytest.mark.processes

LOADS, CLICKS = 2, 6
ROWS = 12
WIDE, PHONE = ({"width": width, "height": 900} for width in (1280, 390))
HEIGHTS = """() => [...document.querySelectorAll(".cases > li")].map((row) => row.getBoundingClientRect())
  .map(({ height, bottom }) => [height, bottom])"""


@pytest.fixture(autouse=True, scope="module")
def crowd(open_house: House) -> None:
    """Let forty cases come, and an agent whom they can be handed to."""
    open_house.do("crowd", "40")
    open_house.do("let_in", "agent")


def ticks(page: Page) -> Locator:
    return page.locator(".cases input[name=case]")


def ticked(page: Page) -> Locator:
    return page.locator(".cases input[name=case]:checked")


def bar(page: Page) -> Locator:
    return page.locator("#several")


def late(page: Page) -> int:
    """Return how many are late by the figure of their view."""
    return int(page.locator('.tabs a[href*="view=late"] .figure').inner_text())


def test_a_lead_finds_all_that_is_late_and_hands_three_over_in_two_loads_and_six_clicks(guest: Visit) -> None:
    lead, mouse, heard = guest("lead", viewport=WIDE).new_page(), Mouse(), Heard()
    heard.listen(lead)
    loads = loads_of(lead)

    lead.goto("/desk/")
    rows = lead.locator(".cases > li.overdue")
    expect(rows).to_have_count(late(lead))
    free = rows.filter(has_text="担当なし").locator("input[name=case]")
    numbers = [free.nth(at).get_attribute("value") for at in (4, 5, 6)]
    mouse.click(free.nth(4))
    mouse.click(free.nth(6), with_shift=True)
    expect(bar(lead)).to_contain_text("選んだ 3 件を")
    mouse.choose(lead.get_by_label("だれに"), "相談窓口の担当（相談窓口の担当）")
    lead.keyboard.press("Tab")
    expect(lead.get_by_label("理由と、伝えること")).to_be_focused()
    lead.keyboard.type("休みに入るため")
    with lead.expect_navigation():
        mouse.click(lead.get_by_role("button", name="引き継ぐ"))

    expect(lead.get_by_role("status")).to_contain_text("3件を相談窓口の担当の担当にしました")
    for number in numbers:
        expect(lead.locator(f".cases > li:has(#c{number}) .has")).to_have_text("相談窓口の担当")
    print(f"loads: {len(loads)}, clicks: {mouse.count}, places: {len({urlsplit(one).path for one in loads})}")
    assert len(loads) <= LOADS
    assert mouse.count <= CLICKS
    assert {urlsplit(one).path for one in loads} == {"/desk/"}
    assert heard.dialogs == heard.complaints == []


def test_twelve_lines_are_in_sight_and_what_is_behind_one_is_found_by_the_keyboard(guest: Visit) -> None:
    agent = guest("agent", viewport=WIDE).new_page()
    agent.goto("/desk/")

    rows = read(agent).evaluate(HEIGHTS)
    first = agent.locator(".cases > li", has_text="B-M").first
    expect(first.locator("dl")).to_be_hidden()
    first.locator(".name a").focus()
    agent.keyboard.press("Tab")
    agent.keyboard.press("Enter")

    assert {height for height, _ in rows} <= set(range(40, 45))
    assert len([bottom for _, bottom in rows if bottom <= 900]) >= ROWS
    expect(first.locator("dl")).to_contain_text("B-M")
    expect(first.locator("dl .number")).to_be_visible()
    assert axe(agent) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_the_bar_stands_while_something_is_ticked_and_keeps_all_when_it_is_refused(
    guest: Visit, scripts: bool
) -> None:
    agent = guest("agent", viewport=WIDE, java_script_enabled=scripts).new_page()
    agent.goto("/desk/?view=late")

    expect(bar(agent)).to_be_hidden()
    ticks(agent).nth(8).check()
    expect(bar(agent)).to_be_visible()
    ticks(agent).nth(9).check()
    agent.get_by_label("だれに").select_option(label="相談窓口の責任者（相談窓口の責任者）")
    agent.get_by_role("button", name="引き継ぐ").click()

    expect(agent.get_by_text("引き継ぐ相手に伝えることを書いてください")).to_have_count(1)
    expect(ticked(agent)).to_have_count(2)
    expect(agent.get_by_label("だれに").locator("option:checked")).to_have_text(re.compile("責任者"))
    assert agent.url.endswith("/desk/?view=late")
    ticks(agent).nth(8).uncheck()
    ticks(agent).nth(9).uncheck()
    expect(bar(agent)).to_be_hidden()


def test_all_of_the_page_are_ticked_and_unticked_together(guest: Visit) -> None:
    agent = guest("agent").new_page()
    agent.goto("/desk/?view=late")
    all_ = agent.get_by_label("この画面のすべて")

    all_.check()
    expect(ticked(agent)).to_have_count(ticks(agent).count())
    ticks(agent).first.uncheck()
    expect(all_).not_to_be_checked()
    all_.check()
    all_.uncheck()

    expect(ticked(agent)).to_have_count(0)
    expect(bar(agent)).to_be_hidden()


@pytest.mark.parametrize("place", ["/desk/?view=late&kind=contact.trouble", "/desk/today/"])
def test_back_leads_to_the_same_line_of_the_same_list(guest: Visit, place: str) -> None:
    lead = guest("lead", viewport=WIDE).new_page()
    lead.goto(place)
    line = lead.locator(".overdue .name a").nth(11)
    name = line.get_attribute("id")
    line.click()
    lead.wait_for_url("**/desk/cases/**")
    lead.get_by_label("メモを残す").fill("店に電話した")
    lead.get_by_role("button", name="メモを記録する").click()
    lead.wait_for_url("**?done=noted")

    read(lead).keyboard.press("b")

    lead.wait_for_url(f"**{place}#{name}")
    expect(lead.locator(f"#{name}")).to_be_focused()
    expect(lead.locator(f"#{name}")).to_be_in_viewport()
    assert lead.evaluate("scrollY") > 0


def test_today_shows_each_case_once(guest: Visit) -> None:
    for viewport in (WIDE, PHONE):
        lead = guest("lead", viewport=viewport).new_page()
        lead.goto("/desk/today/")

        shown = lead.evaluate("[...document.querySelectorAll('.cases .name a')].map((line) => line.id)")

        assert len(shown) == len(set(shown)) > 3 * 4
        assert axe(lead) == []
        assert too_wide(lead) == []


@pytest.mark.parametrize("look", [{"viewport": PHONE}, {"viewport": WIDE, "color_scheme": "dark"}])
@pytest.mark.parametrize("locale", ["ja-JP", "en-US"])
def test_the_queue_is_readable_with_something_ticked_and_opened(
    guest: Visit, look: dict[str, str], locale: str
) -> None:
    agent = guest("agent", locale=locale, **look).new_page()
    agent.goto("/desk/")

    ticks(agent).nth(2).check()
    agent.locator(".cases summary").nth(3).click()

    assert axe(agent) == []
    assert too_wide(agent) == []
    box = bar(agent).bounding_box()
    assert box is not None
    assert box["height"] < 200
