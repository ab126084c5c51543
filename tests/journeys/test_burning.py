"""A lead who comes in the morning: the three matters that burn stand on the first page, and one press opens each."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.browser import House, axe, too_wide
from tests.journeys.test_news import report

type Visit = Callable[..., BrowserContext]

pytestmark = pytest.mark.processes
BURN = 5
"""The three that are laid for this, the danger that somebody reported without a name, and the accident it may be."""


def test_the_three_matters_that_burn_are_found_in_one_load(
    guest: Visit, open_house: House, world: dict[str, Any]
) -> None:
    burning = open_house.do("burn")
    report(guest, "O-1", is_danger=False)  # what does not burn stands behind
    for width in (1280, 390):
        lead, loads = guest("lead", viewport={"width": width, "height": 900}).new_page(), list[str]()
        lead.on("load", lambda page, loads=loads: loads.append(page.url))

        lead.goto("/desk/today/")
        first = lead.locator("section[aria-labelledby=burning] ol.cases > li")
        for row in range(BURN):
            expect(first.nth(row)).to_contain_text(re.compile("危険|製品の事故"))
        shown = [first.nth(row).locator("a").first.get_attribute("href") or "" for row in range(BURN)]

        print(f"loads: {len(loads)}")
        assert {href.split("/")[-2] for href in shown} > set(burning)
        assert len(loads) == 1
        expect(first).to_have_count(BURN)
        assert axe(lead) == []
        assert too_wide(lead) == []
