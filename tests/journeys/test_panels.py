"""Each case's page with all its panels open, and the pages of the decisions: nothing serious for axe, nothing too wide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.journeys.browser import Heard, House, axe, too_wide
from tests.journeys.test_pages import LOOKS
from tests.permissions.complaints import SECRET

type Visit = Callable[..., BrowserContext]

pytestmark = pytest.mark.processes
ONLY_LOOKS = True

UNFOLD = (
    "document.querySelectorAll('details').forEach((one) => { one.removeAttribute('name'); one.open = true; })"
)


@pytest.fixture(scope="module")
def suspected(open_house: House) -> str:
    """Give the case of a breach that nobody has decided on."""
    return str(open_house.do("suspect"))


def pages(world: dict[str, Any], suspected: str) -> tuple[str, ...]:
    """Return the pages with panels, and of each kind of case a decision that has its page to itself."""
    inquiry = f"/desk/inquiries/{world['inquiry']}/"
    recovery = f"/desk/cases/{world['recovery_case']}/"
    return (
        "/desk/search/?q=壊れている",
        f"/desk/cases/{world['case']}/",
        f"/desk/cases/{world['case']}/contact/words/",
        f"/desk/cases/{world['case']}/contact/warrant/",
        recovery,
        f"{recovery}hand-over/",
        f"{recovery}contact/details/seller/",
        f"/desk/cases/{world['payout_case']}/",
        f"/desk/cases/{world['payout_case']}/payouts/review/",
        f"/desk/cases/{world['account_case']}/",
        f"/desk/cases/{world['disclosure_case']}/",
        f"/desk/cases/{world['disclosure_case']}/disclosure/weigh/",
        "/desk/inquiries/",
        "/desk/inquiries/enter/",
        "/desk/reading/inquiry/",
        inquiry,
        f"{inquiry}offer/",
        f"{inquiry}correct/",
        f"/desk/cases/{world['finding_case']}/",
        f"/desk/cases/{suspected}/",
        f"/desk/cases/{suspected}/enforcement/dismiss/",
        "/desk/displays/S-1/",
        "/desk/complaints/",
        "/desk/complaints/all/",
        "/desk/complaints/1/",
        "/desk/complaints/1/uphold/",
        "/desk/complaints/1/ask/",
        "/desk/complaints/3/",
        "/desk/complaints/3/name/",
        "/desk/clarifications/",
        "/desk/clarifications/1/",
        "/desk/clarifications/1/enter/",
        "/desk/complaints/calls/",
        "/desk/complaints/calls/1/?pick=1",
        "/desk/complaints/calls/2/",
        "/desk/complaints/taken/2/",
        "/desk/complaints/taken/2/erase/",
        "/desk/complaints/backs/1/",
        "/desk/complaints/care/",
        "/desk/complaints/care/1/",
        "/desk/complaints/care/?about=complaints.complaint:2",
        "/complaints/",
        "/complaints/?listing=L-1",
        "/complaints/?advertisement=photos.example.com/ads/771&why=display",
        f"/complaints/mine/{SECRET}/",
        f"/complaints/mine/{SECRET}/add/",
        f"/complaints/mine/{SECRET}/take-back/",
        "/complaints/?done=take-back",
        "/desk/insight/",
        "/desk/insight/improvements/",
        "/desk/insight/improvements/note/",
        "/desk/insight/improvements/1/",
        "/desk/insight/improvements/1/give/",
        "/improvements/",
        f"/desk/displays/requests/{world['request']}/",
        "/desk/hidden/accounts/S-1/",
        "/desk/hidden/accounts/S-1/conclude/",
        f"/desk/campaigns/{world['outreach']['campaign']}/",
        f"/desk/campaigns/{world['outreach']['campaign']}/start/",
    )


def unfolded(page: Page, path: str) -> Page:
    """Open a page and unfold everything on it."""
    answer = page.goto(path)
    assert answer is not None
    assert (answer.status, page.url.endswith(quote(path, safe="/?=&:"))) == (200, True), path
    page.evaluate(UNFOLD)
    return page


def test_every_panel_is_readable_and_fits(guest: Visit, world: dict[str, Any], suspected: str) -> None:
    page, heard = guest("lead", locale="ja-JP", color_scheme="light").new_page(), Heard()
    heard.listen(page)

    found = {path: axe(unfolded(page, path)) + too_wide(page) for path in pages(world, suspected)}

    assert {path: some for path, some in found.items() if some} == {}
    assert heard.dialogs == []


def test_in_english_every_panel_fits_on_a_telephone(
    guest: Visit, world: dict[str, Any], suspected: str
) -> None:
    small = {"width": 390, "height": 900}
    page = guest("lead", locale="en-US", color_scheme="dark", viewport=small).new_page()

    found = {path: too_wide(unfolded(page, path)) for path in pages(world, suspected)}

    assert {path: some for path, some in found.items() if some} == {}


@pytest.mark.parametrize(("locale", "light", "width"), LOOKS)
def test_the_panels_of_a_trouble_are_readable_in_every_language_light_and_width(
    guest: Visit, world: dict[str, Any], locale: str, light: str, width: int
) -> None:
    look = {"locale": locale, "color_scheme": light, "viewport": {"width": width, "height": 900}}

    page = unfolded(guest("lead", **look).new_page(), f"/desk/cases/{world['case']}/")

    assert axe(page) + too_wide(page) == []


def test_panels_ask_what_the_pages_of_the_decisions_ask(
    guest: Visit, world: dict[str, Any], suspected: str
) -> None:
    page = guest("lead").new_page()
    asked = {}
    for path in (
        f"/desk/cases/{world['payout_case']}/",
        f"/desk/cases/{world['disclosure_case']}/",
        f"/desk/inquiries/{world['inquiry']}/",
        f"/desk/cases/{suspected}/",
        "/desk/hidden/accounts/S-1/",
        f"/desk/campaigns/{world['outreach']['campaign']}/",
    ):
        page.goto(path)
        asked[path] = page.locator(".deeds form").evaluate_all(
            "forms => forms.map(f => [f.getAttribute('action'), [...new FormData(f).keys()].length])"
        )

    assert all(forms for forms in asked.values())
    for forms in asked.values():
        for address, fields in forms:
            page.goto(address)
            assert page.url.endswith(address), address
            own = page.locator("main form[method=post]:has(button)").first
            assert own.evaluate("f => [...new FormData(f).keys()].length") == fields, address
