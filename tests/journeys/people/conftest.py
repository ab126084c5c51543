"""What the ten share: one house with their marketplace in it, and the ways by which they come in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from ipaddress import IPv4Network
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.browser import Heard, House, opened, read, signed_link, visit
from tests.journeys.people.person import DESKTOP, PHONE, Person

type Come = Callable[..., Person]
LOCALES = {"ja": "ja-JP", "en": "en-US"}


ADDRESSES = IPv4Network("198.18.0.0/15").hosts()
"""Where people come from, each from elsewhere: what a network may do in a minute is what one person does."""


def follow(page: Page, link: str) -> None:
    """Press the button of a signed link."""
    page.goto(link)
    page.locator("main").get_by_role("button").first.click()
    read(page)


@pytest.fixture(scope="package")
def open_house(
    template: tuple[Path, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """Serve one house for all ten: their matters do not meet."""
    with opened(template[0], tmp_path_factory.mktemp("ten") / "home") as house:
        yield house


@pytest.fixture(scope="package")
def village(open_house: House) -> dict[str, str]:
    """Build their marketplace; return what is known of it."""
    known: dict[str, str] = open_house.do("gather")
    return known


@pytest.fixture
def comes(browser: Browser, open_house: House, village: dict[str, str]) -> Iterator[Come]:
    """Let people come: `comes("buyer:B-OLD", to="/threads/", by="phone", lang="en")`, `comes("agent")`, `comes()`.

    Buyers and sellers press the button of a link that the marketplace signed for them; staff have just signed in.
    """
    windows: list[BrowserContext] = []

    def come(who: str = "", *, to: str = "/", by: str = "desktop", lang: str = "ja", **more: Any) -> Person:
        party = ":" in who
        size = PHONE if by == "phone" else DESKTOP
        options = {"locale": LOCALES[lang], "viewport": size, "has_touch": by == "phone"} | more
        options["extra_http_headers"] = {"X-Forwarded-For": str(next(ADDRESSES))}
        windows.append(visit(browser, open_house, "" if party else who, **options))
        page, heard = windows[-1].new_page(), Heard()
        heard.listen(page)
        if party:
            follow(page, signed_link(open_house, village, who, to))
        else:
            page.goto(to)
        return Person(page, heard)

    yield come
    for window in windows:
        window.close()
