"""A buyer asks in at most four inputs, from the link that the marketplace signs to the number that is told."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.browser import House, read, signed_link
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.processes

MOST, MOST_OF_ALL = 4, 7
READS, TYPES, CHOOSES, WITHIN = 250, 30, 3, 180
"""Letters a minute read and typed on a phone, and seconds for each choice: half of what adults are commonly said to do (400–600
letters read).  Reckoned for who reads every letter, not timed by people.
"""
PAGES = 12


def fill_in(main: Locator) -> int:
    """Fill in what a page must have and has not, and count how much that was."""
    count = 0
    for box in main.locator("textarea, input[type=text], input:not([type])").all():
        if not box.input_value():
            box.fill("十一月に届いた鍋が割れていました")
            count += 1
    names = {radio.get_attribute("name") for radio in main.locator("input[type=radio]").all()}
    for name in names:
        group = main.locator(f"input[name={name}]")
        if not main.locator(f"input[name={name}]:checked").count():
            group.first.check()
            count += 1
    return count


def asked(page: Page, end: str) -> int:
    """Go on, page by page, until the number is shown; return how many inputs that took."""
    count = 0
    for _ in range(PAGES):
        if end in read(page).url:
            return count
        main = page.locator("main")
        count += fill_in(main)
        main.locator("button:not([name=left])").last.click()
    raise AssertionError(page.url)


@pytest.mark.parametrize(
    ("to", "end", "scripts"),
    [("/report/?order=O-1", "/report/sent/", False), ("/ask/?listing=L-1", "/report/sent/", True)],
    ids=["a trouble, without scripts", "a question, with scripts"],
)
def test_a_buyer_asks_in_at_most_four_inputs(
    guest: Visit, open_house: House, world: dict[str, Any], to: str, end: str, scripts: bool
) -> None:
    page = guest(java_script_enabled=scripts).new_page()
    page.goto(signed_link(open_house, world, "buyer:B-1", to))
    page.locator("main").get_by_role("button").first.click()

    count = asked(page, end)

    assert 1 <= count <= MOST
    expect(page.get_by_text("秘密野責任者").first).to_be_visible()


def test_anybody_reports_goods_in_few_inputs_without_scripts_or_a_name(guest: Visit) -> None:
    page = guest(java_script_enabled=False).new_page()
    page.goto("/complaints/?listing=L-1")
    main = page.locator("main")
    inputs = main.locator("fieldset, textarea, input[type=file], input[type=email]").count()
    main.get_by_label(re.compile("偽物")).check()
    main.get_by_role("textbox").first.fill("箱の社名が違います")
    main.get_by_role("button", name="知らせる", exact=True).click()

    assert inputs <= MOST + 1  # whether somebody was hurt is asked of everybody
    assert "/complaints/mine/" in page.url
    expect(main).to_contain_text("受付番号")


def test_who_names_what_it_is_has_seven_inputs_at_most_without_scripts(guest: Visit) -> None:
    page = guest(java_script_enabled=False).new_page()
    page.goto("/complaints/")
    asked = "fieldset, textarea, input[type=text], input[type=file], input[type=email]"

    expect(page.get_by_role("button", name="知らせる", exact=True)).to_be_visible()
    found = page.locator("main").locator(asked).count()

    assert 1 <= found <= MOST_OF_ALL


@pytest.mark.parametrize("reason", ["偽物だと思う", "危ない"])
def test_who_reads_and_types_half_as_fast_has_reported_goods_within_three_minutes(
    guest: Visit, reason: str
) -> None:
    page = guest(viewport={"width": 390, "height": 800}).new_page()
    page.goto("/complaints/?listing=L-1")
    main, words = page.locator("main"), "箱の社名が違い、説明書もありません"
    main.get_by_label(re.compile(reason)).check()
    main.get_by_role("textbox").first.fill(words)
    shown = len("".join(main.inner_text().split()))
    main.get_by_role("button", name="知らせる", exact=True).click()
    expect(page).to_have_url(re.compile("/complaints/mine/"))

    seconds = 60 * shown / READS + 60 * len(words) / TYPES + 2 * CHOOSES
    assert shown >= 300
    assert seconds <= WITHIN


@pytest.mark.parametrize("path", ["/", "/complaints/?listing=L-1", "/complaints/"])
def test_letters_twice_as_large_on_the_smallest_phone_need_no_scrolling_sideways(
    guest: Visit, path: str
) -> None:
    page = guest(viewport={"width": 320, "height": 640}).new_page()
    page.goto(path)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    size = page.locator("main p").first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")

    assert size >= 28
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
