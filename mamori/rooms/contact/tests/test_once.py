"""A form that is sent again leads where it led; with other words or another file it is another form."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.web.once import new_token
from mamori.rooms.contact.models import Message
from mamori.rooms.contact.tests.conftest import open_trouble
from mamori.rooms.contact.tests.test_before import LURE, set_mode
from mamori.rooms.contact.tests.test_buyer_pages import number_of
from tests.laid import laid

pytestmark = pytest.mark.usefixtures("market_of_today")


@pytest.fixture
def buyer(enter: Enter) -> Client:
    return enter(Role.BUYER, "buyer:B-1")


@laid
def address() -> str:
    return f"/threads/{number_of(open_trouble(datetime.now(UTC)))}/write/"


def test_other_words_under_the_same_token_are_sent_too(buyer: Client, address: str) -> None:
    token = new_token()

    for words in ("一つめ", "二つめ", "一つめ"):
        assert buyer.post(address, {"said": words, "token": token}).status_code == 302

    assert Message.objects.count() == 3


def test_another_file_with_the_same_words_is_sent_too_and_the_same_one_once(
    buyer: Client, address: str
) -> None:
    token = new_token()

    for name in ("a.txt", "b.txt", "a.txt"):
        given = {"said": "添えます", "token": token, "attached": SimpleUploadedFile(name, b"text")}
        assert buyer.post(address, given).status_code == 302

    assert Message.objects.count() == 3


def test_the_page_before_the_one_that_was_shown_is_the_same_form(buyer: Client, address: str) -> None:
    set_mode("warn")
    form = {"said": LURE, "token": new_token()}

    shown = buyer.post(address, form)
    sent = buyer.post(address, form | {"said": "直しかけ", "original": LURE, "before": "as_is"})
    again = buyer.post(address, form)

    assert shown.status_code == 200
    assert sent["Location"] == again["Location"]
    assert Message.objects.count() == 2


def test_words_that_no_database_takes_are_told_apart_too(buyer: Client, address: str) -> None:
    token = new_token()

    for words in ("😀", "é", "é"):
        buyer.post(address, {"said": words, "token": token})

    assert Message.objects.count() == 3
