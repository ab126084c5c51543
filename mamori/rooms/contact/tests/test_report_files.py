"""Photos go along with the first report: chosen with the words, shown before sending, sent once, seen by both sides."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.rooms.contact.models import Attachment, Trouble
from mamori.rooms.contact.tests.test_before import LURE, photo
from mamori.rooms.contact.tests.test_formal_pages import sends

pytestmark = pytest.mark.usefixtures("market_of_two")


@pytest.fixture
def buyer(enter: Enter) -> Client:
    return enter(Role.BUYER, "buyer:B-1")


def to_words(buyer: Client) -> str:
    """Go on until the words are asked for, and return their page's address."""
    at = "/report/topic/?order=O-1"
    for answer in ({"topic": "broken"}, {"harm": "money"}):
        at = buyer.post(at, answer).headers["Location"]
    return at


def to_check(buyer: Client, at: str, form: dict[str, object]) -> HttpResponse:
    """Give the words, let the centre read, and return the page where all is checked."""
    at = buyer.post(at, form).headers["Location"]
    return buyer.post(at, {"may_read": "yes"}, follow=True)


def waiting() -> Iterator[object]:
    return (path for path in settings.FILES.rglob("*") if path.is_file())


def test_a_photo_is_shown_before_sending_and_goes_with_the_report_once(buyer: Client, enter: Enter) -> None:
    check = to_check(buyer, to_words(buyer), {"said": "割れていました", "attached": photo()})
    page = check.content.decode()
    assert "皿.png" in page
    assert not Trouble.objects.exists()
    at = check.redirect_chain[-1][0]

    first = buyer.post(at, sends(page))
    again = buyer.post(at, sends(page))

    assert first.headers["Location"] == again.headers["Location"]
    number = re.findall(r"\d{8}", first.headers["Location"])[0]
    assert Attachment.objects.count() == 1
    seller = enter(Role.SELLER, "seller:S-1")
    assert "皿.png" in seller.get(f"/seller/threads/{number}/").content.decode()
    assert seller.get(f"/seller/threads/{number}/files/1/1/").status_code == 200


def test_a_photo_waits_while_the_writer_looks_at_what_was_noticed(buyer: Client) -> None:
    at = to_words(buyer)
    shown = buyer.post(at, {"said": LURE, "attached": photo()}).content.decode()
    box = re.search(r'name="carried" value="([^"]+)"', shown)
    assert box

    form = {"said": LURE, "original": LURE, "before": "as_is", "carried": box[1]}
    check = to_check(buyer, at, form)
    buyer.post(check.redirect_chain[-1][0], sends(check.content.decode()))

    assert Attachment.objects.count() == 1


def test_a_file_that_is_none_stops_the_page_and_the_words_stay(buyer: Client) -> None:
    bad = io.BytesIO(b"MZ\x90\x00")
    bad.name = "皿.exe"

    page = buyer.post(to_words(buyer), {"said": "割れていました", "attached": bad})

    assert page.status_code == 422
    assert "割れていました" in page.content.decode()
    assert not list(waiting())
