"""What a way through the pages costs whoever works there all day: keys, clicks, pages that are loaded."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from tests.journeys.browser import read


@dataclass(slots=True)
class Keys:
    """A keyboard that counts: a key pressed together with another one is two."""

    page: Page
    count: int = 0

    def press(self, keys: str) -> None:
        """Press keys, held together with a plus; before the page is all there it would not hear them."""
        self.count += len(keys.split("+"))
        read(self.page).keyboard.press(keys)


@dataclass(slots=True)
class Mouse:
    """A mouse that counts its clicks: a choice from a list is two, one that opens it and one that chooses."""

    count: int = 0

    def click(self, what: Locator, *, with_shift: bool = False) -> None:
        """Click on something."""
        self.count += 1
        what.click(modifiers=["Shift"] if with_shift else None)

    def choose(self, what: Locator, label: str) -> None:
        """Choose from a list, which has the focus then."""
        self.count += 2
        what.focus()
        what.select_option(label=label)


def loads_of(page: Page) -> list[str]:
    """Return the addresses of the pages that are loaded from now on, as they come."""
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    return loads
