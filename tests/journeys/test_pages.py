"""Every page that anybody reaches by links: no fault, nothing serious for axe, no sideways scrolling, no complaint."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from tests.journeys.browser import Heard, axe, cut_tables, too_wide
from tests.journeys.walking import walk

type Visit = Callable[..., BrowserContext]

pytestmark = pytest.mark.processes

LIGHT = {"color_scheme": "light", "locale": "ja-JP", "viewport": {"width": 1280, "height": 900}}
DARK = {"color_scheme": "dark", "locale": "en-US", "viewport": {"width": 320, "height": 700}}
PHONE = {"color_scheme": "light", "locale": "ja-JP", "viewport": {"width": 390, "height": 844}}
BUYER, SELLER = "buyer=buyer:B-1", "seller=seller:S-1"


@pytest.mark.parametrize(
    ("guest_name", "look"),
    [
        *((name, look) for name in ("", BUYER, SELLER, "lead") for look in (LIGHT, DARK)),
        ("agent", LIGHT),
        ("counsel", DARK),
    ],
    ids=lambda one: (one.partition("=")[0] or "anybody") if isinstance(one, str) else one["color_scheme"],
)
def test_every_page_is_readable_and_whole(guest: Visit, guest_name: str, look: dict[str, Any]) -> None:
    page = guest(guest_name, **look).new_page()
    heard = Heard()
    heard.listen(page)
    faults: dict[str, list[str]] = {}
    visited = []

    for path, status in walk(page, guest_name):
        visited.append(path)
        found = axe(page) + [f"too wide: {one}" for one in too_wide(page)]
        if look is DARK:
            found += [f"cut: {one}" for one in cut_tables(page)]
        if not page.title() or page.locator("h1").count() != 1:
            found.append(f"title {page.title()!r}, {page.locator('h1').count()} headings")
        if status != (404 if path == "/nowhere" else 200):
            found.append(f"answers {status}")
        if found:
            faults[path] = found

    assert faults == {}
    assert len(visited) > 2
    assert heard.dialogs == []
    assert [said for said in heard.complaints if "404" not in said] == []  # the one of /nowhere


@pytest.mark.parametrize("guest_name", [SELLER, "lead"], ids=["seller", "lead"])
def test_on_a_telephone_no_page_is_wider_than_the_screen_and_no_table_is_cut(
    guest: Visit, guest_name: str
) -> None:
    page = guest(guest_name, **PHONE).new_page()
    faults: dict[str, list[str]] = {}
    tables = 0

    for path, _ in walk(page, guest_name):
        tables += page.locator("table").count()
        if found := too_wide(page) + cut_tables(page):
            faults[path] = found

    assert faults == {}
    assert tables > 0
