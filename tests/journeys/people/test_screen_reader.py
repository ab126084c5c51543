"""A buyer who sees no screen: what the page says of itself to a screen reader, and a keyboard that is enough."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import read
from tests.journeys.people.conftest import Come

pytestmark = pytest.mark.processes

MOST_TABS = 60
PLANT = """kind => {
  const one = document.createElement(kind);
  if (kind !== "button") one.textContent = "x";
  document.querySelector("main").append(one);
}"""


def tab_to(page: Page, role: str, name: str) -> None:
    """Press Tab until something of this role and name has the focus."""
    wanted = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]  # a role's name
    for _ in range(MOST_TABS):
        read(page).keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"no Tab leads to {role} “{name}” on {page.url}")


def outline(page: Page) -> list[tuple[int, str]]:
    """Return the headings as a screen reader lists them, level and words; the summary of mistakes stands before them."""
    tree = read(page).locator("body").aria_snapshot()
    found = [(int(level), name) for name, level in re.findall(r'- heading "(.*?)" \[level=(\d)\]', tree)]
    return found[1:] if found[0] == (2, "入力をご確認ください") else found


def in_order(page: Page) -> None:
    """Hold the page to one first heading, no level left out, and its landmarks; and to a name for all that can be used."""
    levels = [level for level, _ in outline(page)]
    assert levels[0] == 1, outline(page)
    assert levels.count(1) == 1, outline(page)
    assert all(after <= before + 1 for before, after in pairwise(levels)), outline(page)
    for role in ("banner", "main", "contentinfo"):
        expect(page.get_by_role(role)).to_have_count(1)  # type: ignore[arg-type]  # a role's name
    expect(page.get_by_role("navigation", name="主な場所")).to_have_count(1)
    tree = page.locator("body").aria_snapshot()
    nameless = re.findall(r"^\s*- (?:button|link|textbox|radio|checkbox|combobox)(?: \[.*\])*:?$", tree, re.M)
    assert nameless == [], tree


def test_a_buyer_hears_where_she_is_and_needs_no_mouse(comes: Come) -> None:
    buyer = comes("buyer:B-EAR", to="/report/?order=O-EAR")
    page = buyer.page
    in_order(page)

    # The first Tab leads past the places, straight to the question.
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="本文へ")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()

    # An answer forgotten: the title says so, the summary has the focus, its link leads to the question.
    tab_to(page, "button", "次へ")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile(r"^エラー："))
    expect(page.get_by_role("alert")).to_be_focused()
    in_order(page)
    buyer.shows("screen-reader-mistake")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name=re.compile("何に困っていますか"))).to_be_focused()

    # Answered by keys alone; each page begins with its question.
    page.keyboard.press("Tab")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="壊れている・動かない")).to_be_checked()
    page.keyboard.press("Enter")
    page.wait_for_url("**/harm/**")
    assert outline(page)[0] == (1, "どのくらい困っていますか")
    expect(page.get_by_role("radio", name="お金の損失")).to_be_checked()
    tab_to(page, "button", "次へ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/words/**")
    in_order(page)
    tab_to(page, "textbox", "何が起きましたか、お書きください 必須")
    expect(page.get_by_role("textbox")).to_have_accessible_description(re.compile("出品者に届きます"))
    page.keyboard.type("持ち手が取れました")
    tab_to(page, "button", "次へ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reading/**")
    tab_to(page, "radio", "はい、読んでもよい")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/check/**")
    in_order(page)
    tab_to(page, "button", "この内容で伝える")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sent/**")
    in_order(page)
    assert outline(page)[0] == (1, "困りごとを受け付けました")
    tab_to(page, "link", "やり取りを見る")
    page.keyboard.press("Enter")
    page.wait_for_url("**/threads/**")

    # What was done is told where a screen reader listens, and what is waited for is the first thing said.
    in_order(page)
    assert outline(page)[:2] == [(1, "ほうろう鍋 20cm"), (2, "出品者の回答を待っています。")]
    tab_to(page, "textbox", "書く内容 必須")
    page.keyboard.type("急ぎませんが、よろしくお願いします")
    tab_to(page, "button", "送る")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text(re.compile("送りました。"))
    buyer.shows("screen-reader-thread")


def test_a_page_with_a_gap_in_its_headings_or_a_nameless_button_is_found(comes: Come) -> None:
    page = comes("buyer:B-EAR", to="/").page
    in_order(page)

    page.evaluate(PLANT, "h5")
    with pytest.raises(AssertionError):
        in_order(page)
    page.reload()
    page.evaluate(PLANT, "button")
    with pytest.raises(AssertionError):
        in_order(page)
