"""Every page that anybody reaches by links: no fault, nothing serious for axe, no sideways scrolling, no complaint.

Every page is looked at wide and narrow. Axe looks at each template once, and at twelve pages in each language, light and width.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Response

from tests.journeys.browser import Heard, axe, cut_tables, too_wide
from tests.journeys.naming import HEADER
from tests.journeys.plain import unfit_on
from tests.journeys.walking import walk

type Visit = Callable[..., BrowserContext]

pytestmark = pytest.mark.processes
ONLY_LOOKS = True

WIDE, NARROW = ({"width": width, "height": 900} for width in (1280, 320))
BUYER, SELLER = "buyer=buyer:B-1", "seller=seller:S-1"
LOOKS = tuple(product(("ja-JP", "en-US"), ("light", "dark"), (1280, 320)))
NAMED: dict[str, tuple[str, ...]] = {
    "": ("/", "/complaints/?listing=L-1", "/measures/", "/account/login/"),
    BUYER: ("/report/?order=O-1", "/threads/{case}/"),
    SELLER: ("/seller/", "/seller/threads/{case}/"),
    "lead": ("/desk/", "/desk/today/", "/desk/cases/{case}/", "/desk/cases/{payout_case}/"),
}
"""What people look at most, twelve pages: these are looked at in every language, light and width."""

looked_at: set[str] = set()
"""The templates that axe has seen."""


def is_new(answer: Response) -> bool:
    """Say whether a page is made of a template that axe has not seen, and note that now it has."""
    templates = set(answer.headers[HEADER].split())
    assert templates, answer.url
    found = not templates <= looked_at
    looked_at.update(templates)
    return found


def narrow(page: Page) -> list[str]:
    """Return what does not fit on the smallest telephone."""
    page.set_viewport_size(NARROW)
    found = [f"too wide at 320: {one}" for one in too_wide(page)] + [
        f"cut: {one}" for one in cut_tables(page)
    ]
    page.set_viewport_size(WIDE)
    return found


@pytest.mark.parametrize("guest_name", ["", BUYER, SELLER, "lead", "agent", "counsel"])
def test_every_page_is_readable_and_whole(guest: Visit, guest_name: str) -> None:
    page = guest(guest_name, locale="ja-JP", color_scheme="light", viewport=WIDE).new_page()
    heard = Heard()
    heard.listen(page)
    faults: dict[str, list[str]] = {}
    visited, tables = [], 0

    for path, answer in walk(page, guest_name):
        visited.append(path)
        tables += page.locator("table").count()
        found = [f"too wide: {one}" for one in too_wide(page)] + narrow(page)
        found += unfit_on(page, guest_name)
        if is_new(answer):
            found += axe(page)
        if not page.title() or page.locator("h1").count() != 1:
            found.append(f"title {page.title()!r}, {page.locator('h1').count()} headings")
        if answer.status != (404 if path == "/nowhere" else 200):
            found.append(f"answers {answer.status}")
        if found:
            faults[path] = found

    assert faults == {}
    assert len(visited) > 2
    assert tables > 0 or guest_name in ("", BUYER)
    assert heard.dialogs == []
    assert [said for said in heard.complaints if "404" not in said] == []  # the one of /nowhere


@pytest.mark.parametrize("guest_name", ["", BUYER, SELLER, "lead"])
def test_in_english_no_page_is_wider_than_a_telephone_and_no_table_is_cut(
    guest: Visit, guest_name: str
) -> None:
    page = guest(guest_name, locale="en-US", color_scheme="dark", viewport=NARROW).new_page()

    faults = {
        path: found
        for path, _ in walk(page, guest_name)
        if (found := too_wide(page) + cut_tables(page) + unfit_on(page, guest_name))
    }

    assert faults == {}


@pytest.mark.parametrize(("locale", "light", "width"), LOOKS)
def test_twelve_pages_are_readable_in_every_language_light_and_width(
    guest: Visit, world: dict[str, Any], locale: str, light: str, width: int
) -> None:
    look = {"locale": locale, "color_scheme": light, "viewport": {"width": width, "height": 900}}
    faults, heard = {}, Heard()
    assert sum(map(len, NAMED.values())) == 12

    for name, paths in NAMED.items():
        page = guest(name, **look).new_page()
        heard.listen(page)
        for path in (one.format(**world) for one in paths):
            answer = page.goto(path)
            assert answer is not None
            assert (answer.status, path.partition("?")[0] in page.url) == (200, True), path
            if found := axe(page) + too_wide(page) + (cut_tables(page) if width < 1000 else []):
                faults[path] = found

    assert faults == {}
    assert (heard.dialogs, heard.complaints) == ([], [])
