"""A buyer who reads English: the whole way in, and not a word of Japanese but what people wrote themselves."""

from __future__ import annotations

import re

import pytest

from tests.journeys.browser import read, too_wide
from tests.journeys.people.conftest import Come
from tests.journeys.people.person import Person, reports
from tests.journeys.people.village import GOODS, KITCHEN

pytestmark = pytest.mark.processes

WRITTEN_BY_PEOPLE = (
    "まもり市場",
    GOODS["S-KITCHEN"][1],
    KITCHEN["name"],
    KITCHEN["legal_name"],
    KITCHEN["person"],
    KITCHEN["returns_to"],
    KITCHEN["address"],
    KITCHEN["hours"],
    "日本語",
    "交換品を明日お送りします",
)
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]+")


def japanese(words: str) -> list[str]:
    """Return what is Japanese in words, besides what people wrote themselves."""
    for one in WRITTEN_BY_PEOPLE:
        words = words.replace(one, "")
    return JAPANESE.findall(words)


def is_english(person: Person) -> None:
    """Hold the page to English: its language, title, words, and what only a screen reader says."""
    read(person.page)
    assert person.page.locator("html").get_attribute("lang") == "en"
    body = person.page.locator("body")
    assert japanese(person.page.title()) == []
    assert japanese(body.inner_text()) == [], person.page.url
    assert japanese(body.aria_snapshot()) == [], person.page.url
    assert too_wide(person.page) == [], person.page.url


def test_an_english_reader_asks_reports_proposes_and_ends(comes: Come) -> None:
    buyer = comes("buyer:B-ENGLISH", by="phone", lang="en")
    is_english(buyer)

    # Before buying, a question.
    buyer.opens("I have a question before I buy")
    is_english(buyer)
    buyer.writes(listing="L-POT")
    for answer in ("About the goods",):
        buyer.presses("Continue")
        is_english(buyer)
        buyer.chooses(answer)
    buyer.presses("Continue")
    is_english(buyer)
    buyer.writes(said="Does it work on induction?")
    buyer.presses("Continue")
    is_english(buyer)
    buyer.presses("Send this question")
    buyer.sees("Your question was sent")
    is_english(buyer)

    # After buying, a trouble; a mistake on the way is named in English, too.
    buyer.goes("/report/")
    is_english(buyer)
    buyer.presses("Continue")
    buyer.sees("Please check what you entered")
    is_english(buyer)
    buyer.goes("/report/?order=O-ENGLISH")
    number = reports(
        buyer,
        "The lid does not fit",
        topic="Broken or does not work",
        harm="Loss of money",
        may_read="Yes, it may",
        lang="en",
    )
    is_english(buyer)
    buyer.shows("english-sent")
    buyer.opens("See the conversation")
    is_english(buyer)

    # The seller answers in Japanese; the page around it stays English.
    seller = comes("seller:S-KITCHEN", to=f"/seller/threads/{number}/")
    seller.writes(said="交換品を明日お送りします")
    seller.presses("回答を送る")
    buyer.goes(f"/threads/{number}/")
    buyer.sees("The seller has answered. Is it solved?", "交換品を明日お送りします")
    is_english(buyer)
    buyer.shows("english-answered")

    # What else there is, page by page.
    for path in ("reach/", "helpers/", "remedy/", "mediation/", "reading/", "unsolved/", "withdraw/"):
        buyer.goes(f"/threads/{number}/{path}")
        is_english(buyer)
    for path in ("/threads/", "/scanning/", "/notices/new/", "/receipts/", "/help/", "/find/?number=1"):
        buyer.goes(path)
        is_english(buyer)

    # It is solved, and said so.
    buyer.goes(f"/threads/{number}/solved/")
    is_english(buyer)
    buyer.presses("It is solved")
    buyer.sees("We are glad.")
    is_english(buyer)


def test_a_word_left_in_japanese_is_found() -> None:
    assert japanese(f"Shop {KITCHEN['name']}") == []
    assert japanese("Conversation 受付番号 1234") == ["受付番号"]
