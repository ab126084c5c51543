"""What a way through the pages costs whoever works there all day: keys that are pressed, pages that are loaded."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

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


def loads_of(page: Page) -> list[str]:
    """Return the addresses of the pages that are loaded from now on, as they come."""
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    return loads
