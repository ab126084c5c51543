"""A lead finds the time for mediation and changes it, in two loads and three clicks; a place is opened and stays in reach."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import axe, read, too_wide
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.processes
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
ROW = "#contact\\.resolution"
PATHS = ("/desk/settings/", "/desk/settings/?q=48", "/desk/settings/?changes", "/desk/places/")


class Counted:
    """A page of which it is counted what was clicked and how often it was loaded."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.loads = page, 0, 0
        page.on("load", self._loaded)

    def _loaded(self, page: Page) -> None:
        self.loads += 1

    def click(self, what: str) -> None:
        self.clicks += 1
        self.page.locator(what).click()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_lead_changes_the_time_for_mediation_in_two_loads_and_three_clicks(
    guest: Visit, scripts: bool
) -> None:
    page = guest("lead", viewport=DESK, java_script_enabled=scripts).new_page()
    page.goto("/desk/")
    lead, now = Counted(page), "36" if scripts else "40"

    lead.click("#menu summary:has-text('整える')")
    lead.click("#menu a[href='/desk/settings/']")
    page.locator(f"{ROW} [name=value]").fill(now)
    lead.click(f"{ROW} button")

    expect(page.get_by_role("status")).to_contain_text(f"{now}時間（営業日） に変えました")
    assert (lead.clicks, lead.loads) == (3, 2)
    expect(page.locator(f"{ROW} [name=value]")).to_have_value(now)


def test_two_people_at_once_lose_nothing_and_what_is_wrong_is_said_beside_it(guest: Visit) -> None:
    lead, counsel = (guest(who, viewport=PHONE).new_page() for who in ("lead", "counsel"))
    for page in (lead, counsel):
        page.goto("/desk/settings/contact.answer/")
    counsel.locator("[name=value]").fill("２０")
    counsel.locator("[name=reason]").fill("急ぐ商品が増えた")
    counsel.get_by_role("button", name="変更する").click()
    expect(counsel.get_by_role("status")).to_contain_text("20時間")

    lead.locator("[name=value]").fill("三十")
    lead.get_by_role("button", name="変更する").click()
    expect(lead.get_by_role("alert")).to_contain_text("数字でご記入ください")
    expect(lead.locator("[name=value]")).to_have_value("三十")
    assert axe(read(lead)) == [] == too_wide(lead)
    lead.locator("[name=value]").fill("30")
    lead.get_by_role("button", name="変更する").click()
    expect(lead.get_by_role("alert")).to_contain_text("この画面を開いたあとに変わりました")
    expect(lead.locator(".timeline")).to_contain_text("急ぐ商品が増えた")
    expect(lead.locator("[name=value]")).to_have_value("30")

    lead.get_by_role("button", name="変更する").click()
    expect(lead.get_by_role("status")).to_contain_text("20時間（営業日） から 30時間（営業日）")


def test_a_place_is_opened_from_all_places_and_then_stands_in_the_menu(guest: Visit) -> None:
    page = guest("lead", viewport=PHONE).new_page()
    page.goto("/desk/")
    page.locator("button.menu").click()
    page.get_by_role("link", name="すべての場所").click()

    page.get_by_role("button", name="消去", exact=True).click()

    expect(page).to_have_url(re.compile("/desk/erasing/|/account/"))
    page.goto("/desk/")
    expect(page.locator("#menu a[href='/desk/erasing/']")).to_have_count(1)


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("locale", ["ja-JP", "en-US"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=lambda size: str(size["width"]))
def test_settings_and_places_are_readable_in_any_light_language_and_width(
    guest: Visit, size: dict[str, int], locale: str, light: str
) -> None:
    page = guest("lead", viewport=size, locale=locale, color_scheme=light).new_page()

    for path in PATHS:
        page.goto(path)
        assert axe(page) == [] == too_wide(page), path
        assert page.evaluate("document.documentElement.scrollHeight") <= 4_000
