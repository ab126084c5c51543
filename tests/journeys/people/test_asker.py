"""Somebody who has bought nothing and has no account asks a shop, proves a mail address, and reads the answer by its link."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.browser import Heard, opened, visit
from tests.journeys.people.person import DESKTOP, PHONE, Person

pytestmark = pytest.mark.processes
MAIL = "asker@example.jp"
SAY = {
    "ja": ("確認コードを受け取る", "確かめて質問を送る", "送る", "質問を終える", "コードが違うか"),
    "en": (
        "Send me the code",
        "Confirm and send the question",
        "Send",
        "Close the question",
        "The code is wrong",
    ),
}


def test_who_has_no_account_asks_and_reads_the_answer(
    browser: Browser, template: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    mail = {"MAMORI_MAIL": f"folder://{tmp_path / 'mail'}", "MAMORI_MAIL_FROM": "centre@example.jp"}
    with opened(template[0], tmp_path / "home", **mail) as house:
        for lang, size, scheme in (("ja", PHONE, "light"), ("en", DESKTOP, "dark")):
            look: dict[str, Any] = {
                "locale": {"ja": "ja-JP", "en": "en-US"}[lang],
                "viewport": size,
                "color_scheme": scheme,
            }
            code, send, more, close, wrong = SAY[lang]
            window = visit(browser, house, "", **look)
            asker = Person(window.new_page(), Heard())

            # The question, with the goods that the product page named.
            asker.goes("/ask/?listing=L-1")
            asker.shows(f"asker-{lang}")
            asker.main.locator("[name=topic][value=goods]").check()
            asker.writes(said="Can it be washed?", mail=MAIL)
            asker.presses(code)

            # A wrong code loses nothing.
            asker.writes(code="1234")
            asker.presses(send)
            asker.sees(wrong, "Can it be washed?")
            asker.shows(f"asker-code-{lang}")
            asker.writes(code=house.do("mailed", "contact.question_code"))
            asker.presses(send)
            asker.shows(f"asker-sent-{lang}")
            asker.sees_nothing_of("washed", MAIL)

            # The seller reads it, and not who asks.
            number = asker.number()
            shop = Person(visit(browser, house, "seller=seller:S-1", **look).new_page(), Heard())
            shop.goes(f"/seller/threads/{number}/")
            shop.sees("Can it be washed?")
            shop.sees_nothing_of(MAIL)
            shop.writes(said="Yes, at 40 degrees.")
            shop.main.locator("form:has([name=said]) button").first.click()

            # The page that the mail leads to.
            asker.goes(house.do("mailed", "contact.question_visitor"))
            asker.sees("Yes, at 40 degrees.")
            asker.writes(said="Thank you")
            asker.presses(more)
            asker.sees("Thank you")
            asker.shows(f"asker-page-{lang}")
            asker.presses(close)
            asker.has_no_button(close)  # it has led on: to load again while it does would be to lose the page
            asker.page.reload()
            asker.has_no_button(close)
            window.close()
