"""The demo's doors stand only in a demo's house and only behind the word; a GET lets nobody in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from mamori.grammar.actor import Actor, Role
from mamori.ground.people import actions as people
from mamori.rooms.complaints.counselling import actions as complaints
from mamori.site.demo import guests
from mamori.site.demo.guests import DELEGATE, LEAD, SELLER, Guests

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Guests]:
    """Make a demo's house with its guests."""
    former = settings.HOME, settings.MAMORI_DEMO
    settings.HOME, settings.MAMORI_DEMO = tmp_path, True
    yield guests.invite(tmp_path, at=datetime.now(UTC))
    settings.HOME, settings.MAMORI_DEMO = former


def test_in_a_house_that_is_no_demo_there_are_no_such_doors(demo: Guests) -> None:
    settings.MAMORI_DEMO = False
    client = Client()

    assert client.get(f"/demo/{demo.word}/").status_code == 404
    assert client.post(f"/demo/{demo.word}/lead/").status_code == 404
    assert client.get("/desk/").status_code == 302


def test_without_the_word_nobody_comes_in(demo: Guests) -> None:
    client = Client()

    assert client.get("/demo/other/").status_code == 404
    assert client.post("/demo/other/agent/").status_code == 404
    assert client.get(f"/demo/{demo.word}/machine/").status_code == 404
    assert guests.read(settings.HOME) == demo
    assert (settings.HOME / guests.NAME).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("role", guests.STAFF)
def test_staff_come_in_by_the_button_and_not_by_looking(demo: Guests, role: str) -> None:
    client = Client()

    seen = client.get(f"/demo/{demo.word}/{role}/")
    still_out = client.get("/desk/").status_code
    pressed = client.post(f"/demo/{demo.word}/{role}/")

    assert (seen.status_code, still_out) == (200, 302)
    first = "/desk/reading/" if role == Role.READER else "/desk/"
    assert pressed["Location"] == first
    assert client.get(first).status_code == 200


def test_a_delegate_comes_in_for_the_shop_and_a_counsellor_for_the_centre(demo: Guests) -> None:
    now = datetime.now(UTC)
    seller = Actor(by=f"seller:{SELLER}", role=Role.SELLER, at=now, via="test")
    people.add_delegate(seller, name=DELEGATE, person="見本 花子", mail="hanako@example.jp")
    lead = Actor(by=LEAD, role=Role.LEAD, at=now, via="test")
    complaints.invite_counsellor(lead, name="相談員", centre="見本市", mail="soudan@example.jp")

    for role, first in (("delegate", "/seller/measures/"), ("counsellor", "/centres/consultations/")):
        client = Client()
        assert client.get(first).status_code != 200
        assert client.post(f"/demo/{demo.word}/{role}/").status_code == 302
        assert client.get(first).status_code == 200


@pytest.mark.parametrize(("role", "home"), [("buyer", "/threads/"), ("seller", "/seller/")])
def test_a_buyer_and_a_seller_come_in_by_a_link_as_the_marketplace_signs_it(
    demo: Guests, role: str, home: str
) -> None:
    client = Client()

    link = client.get(f"/demo/{demo.word}/{role}/")["Location"]
    shown = client.get(link)
    pressed = client.post(link)
    again = Client().post(link)

    assert shown.status_code == 200
    assert pressed["Location"] == home
    assert again.status_code == 410


def test_the_list_of_doors_shows_a_code_for_each_of_the_staff(demo: Guests) -> None:
    page = Client().get(f"/demo/{demo.word}/").content.decode()

    assert all(demo.path(role) in page for role in guests.WORK)
    assert all(secret not in page for secret in (*demo.apps.values(), demo.link_secret, demo.api_key))
