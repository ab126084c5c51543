"""Somebody in front of a page: what they do and see, in words; and the picture of it, where pictures are wanted."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.journeys.browser import Heard, axe, read, too_wide

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
TALL = 1_100
"""So many pixels of a page a picture shows at most."""
WANTED = os.environ.get("MAMORI_PICTURES", "")
"""The folder that pictures are written to; empty: none are."""
WORDS = {
    "ja": {"next": "次へ", "send": "この内容で伝える", "write": "送る"},
    "en": {"next": "Continue", "send": "Send this report", "write": "Send"},
}


@dataclass
class Person:
    """Somebody with a browser of their own."""

    page: Page
    heard: Heard

    @property
    def main(self) -> Locator:
        """Return what the page is about."""
        return self.page.locator("main")

    def goes(self, path: str) -> int:
        """Open an address; return the status of the answer."""
        answer = self.page.goto(path)
        return answer.status if answer else 0

    def opens(self, link: str | re.Pattern[str]) -> None:
        """Follow a link by what it says, or open the panel of that name; a place of the desk lies in its group or menu.

        A decision that asks nothing stands as a button: there is nothing to open.
        """
        if isinstance(link, str):
            unfold(self.page, link)
            panel = self.main.locator("details > summary").filter(
                has_text=re.compile(f"^\\s*{re.escape(link)}\\s*$"), visible=True
            )
            if panel.count():
                if not panel.first.evaluate("summary => summary.parentElement.open"):
                    panel.first.click()
                return
            if self.main.locator(".deeds").get_by_role("button", name=link, exact=True).count():
                return
        self.page.get_by_role("link", name=link, exact=isinstance(link, str)).first.click()

    def presses(self, button: str) -> None:
        """Press a button by what it says."""
        self.page.get_by_role("button", name=button, exact=True).first.click()

    def chooses(self, *answers: str) -> None:
        """Choose answers by what they say."""
        for answer in answers:
            self.main.get_by_label(answer).filter(visible=True).first.check()

    def writes(self, **what: str) -> None:
        """Fill in fields by their names."""
        for name, words in what.items():
            self.main.locator(f"[name={name}]").filter(visible=True).first.fill(words)

    def sees(self, *words: str | re.Pattern[str]) -> None:
        """Hold the page to showing each of these."""
        for one in words:
            expect(self.main.get_by_text(one).first).to_be_visible()

    def sees_heading(self, words: str) -> None:
        """Hold the page to a heading."""
        expect(self.main.get_by_role("heading", name=words).first).to_be_visible()

    def sees_nothing_of(self, *words: str) -> None:
        """Hold the whole answer, what is hidden included, to saying none of these."""
        whole = read(self.page).content()
        assert [one for one in words if one in whole] == [], self.page.url

    def has_no_button(self, *names: str) -> None:
        """Hold the page to offering none of these, neither as a button nor as a link."""
        for name in names:
            for role in ("button", "link"):
                expect(self.main.get_by_role(role, name=name, exact=True)).to_have_count(0)  # type: ignore[arg-type]

    def words(self) -> str:
        """Read what the page says."""
        return read(self.page).locator("main").inner_text()

    def number(self) -> str:
        """Read the case number off the page."""
        found = re.search(r"\d{4}[  ]\d{4}", words := self.words())
        assert found, words
        return re.sub(r"\D", "", found[0])

    def shows(self, picture: str = "", *, scripts: bool = True) -> None:
        """Hold the page to axe and to its width, and keep a picture of it where pictures are wanted."""
        if scripts:
            assert axe(self.page) == [], self.page.url
        assert too_wide(self.page) == [], self.page.url
        if picture and WANTED:
            keep(self.page, Path(WANTED) / f"{picture}.webp")


def keep(page: Page, path: Path) -> None:
    """Write a picture of the page as small as it stays readable."""
    image = Image.open(BytesIO(page.screenshot(full_page=True, animations="disabled"))).convert("RGB")
    path.parent.mkdir(parents=True, exist_ok=True)
    image.crop((0, 0, image.width, min(image.height, TALL))).save(path, "WEBP", quality=60, method=6)


def reports(buyer: Person, words: str, *, topic: str, harm: str, may_read: str, lang: str = "ja") -> str:
    """Let a buyer whose link named the order answer one question after the other; return the case number."""
    say = WORDS[lang]
    for answer in (topic, harm):
        buyer.chooses(answer)
        buyer.presses(say["next"])
    buyer.writes(said=words)
    buyer.presses(say["next"])
    buyer.chooses(may_read)
    buyer.presses(say["next"])
    buyer.sees(words)
    buyer.presses(say["send"])
    return buyer.number()


def unfold(page: Page, place: str) -> None:
    """Open the group of the desk's places in which this one lies, and the menu first where there is one."""
    found = page.locator("#menu a").filter(has_text=re.compile(f"^{re.escape(place)}$"))
    if not found.count() or found.first.is_visible():
        return
    if (menu := page.locator("button.menu")).is_visible():
        menu.click()
    found.first.locator("xpath=ancestor::details[1]/summary").click()
