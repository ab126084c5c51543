"""The places of the navigation: each visitor is shown what opens for them, on the way in, too."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.cases import facts as cases
from mamori.ground.people.actions import NewKey
from mamori.ground.web.signing.tests.test_visitors import key, link
from mamori.rooms.contact import actions
from mamori.rooms.contact.models import Trouble
from mamori.rooms.contact.rules.helping import May
from mamori.rooms.contact.tests.conftest import actor, market_of_today, market_of_two, open_trouble

__all__ = ["key", "market_of_today", "market_of_two"]
pytestmark = pytest.mark.usefixtures("market_of_today")

BUYERS_PLACES = ('href="/report/"', 'href="/ask/"', 'href="/threads/"')


def test_a_helper_is_shown_no_place_that_does_not_open_for_them(enter: Enter) -> None:
    trouble = open_trouble(datetime.now(UTC))
    number = cases.case_of(f"contact.trouble:{trouble}").number
    thread = Trouble.objects.get(pk=trouble).thread_id
    by = actor("buyer:B-1", Role.BUYER, datetime.now(UTC))
    code = actions.let_help(by, thread=thread, name="花子", may=May.WRITE, days=7)
    presence, _ = actions.come_to_help(code=code, at=datetime.now(UTC))

    page = enter(Role.HELPER, presence.who).get(f"/threads/{number}/")

    assert page.status_code == 200
    assert not [place for place in BUYERS_PLACES if place in page.content.decode()]


def test_a_helper_comes_from_the_first_page_to_the_one_conversation_until_that_ends(enter: Enter) -> None:
    trouble = open_trouble(datetime.now(UTC))
    number = cases.case_of(f"contact.trouble:{trouble}").number
    thread = Trouble.objects.get(pk=trouble).thread_id
    by = actor("buyer:B-1", Role.BUYER, datetime.now(UTC))
    code = actions.let_help(by, thread=thread, name="花子", may=May.READ, days=7)
    presence, _ = actions.come_to_help(code=code, at=datetime.now(UTC))
    helper = enter(Role.HELPER, presence.who)

    first = helper.get("/")
    actions.end_help(by, thread=thread, helper=int(presence.who.rpartition("-")[2]))
    after = helper.get("/")

    assert (first.status_code, first["Location"]) == (302, f"/threads/{number}/")
    assert after.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "who", "shown", "hidden"),
    [
        (Role.SELLER, "seller:S-1", ("/seller/closing/", "/seller/delegates/"), ()),
        (Role.DELEGATE, "seller:S-1/hanako", ("/seller/closing/",), ("/seller/delegates/",)),
        (Role.BUYER, "buyer:B-1", (), ("/seller/closing/", "/seller/delegates/")),
    ],
)
def test_of_the_sellers_door_each_is_shown_the_places_that_open(
    enter: Enter, role: Role, who: str, shown: tuple[str, ...], hidden: tuple[str, ...]
) -> None:
    page = enter(role, who).get("/seller/health/").content.decode()

    assert all(f'href="{place}"' in page for place in shown)
    assert not [place for place in hidden if f'href="{place}"' in page]


@pytest.mark.django_db
def test_a_sellers_menu_has_five_places_and_those_of_the_one_it_is_in(enter: Enter) -> None:
    inbox = enter(Role.SELLER, "seller:S-1").get("/seller/").content.decode()
    closing = enter(Role.SELLER, "seller:S-1").get("/seller/closing/").content.decode()

    menu, _, beside = closing.partition('class="beside"')
    places = ["/seller/", "/seller/payouts/", "/seller/health/", "/seller/campaigns/", "/seller/terms/"]
    assert re.findall(r'<li><a href="(/seller/[a-z/]*)"', menu) == places
    assert re.findall(r'<li><a href="(/seller/[a-z/]*)"', inbox) == places
    assert re.search(r'"/seller/health/"\s+aria-current="true"', menu)
    assert re.search(r'"/seller/closing/"\s+aria-current="page"', beside)


@pytest.mark.django_db
def test_a_seller_comes_in_by_a_page_of_the_sellers_door() -> None:
    of_seller = Client().get("/in/?next=/seller/", headers={"accept-language": "ja"}).content.decode()
    of_buyer = Client().get("/in/?next=/threads/", headers={"accept-language": "ja"}).content.decode()

    assert "出品者の窓口" in of_seller
    assert not [place for place in BUYERS_PLACES if place in of_seller]
    assert all(place in of_buyer for place in BUYERS_PLACES)


def test_who_came_from_the_shop_finds_the_way_back_on_each_page_until_going_out(key: NewKey) -> None:
    client, back = Client(), "https://shop.example/orders/O-1"
    client.post(link(key, return_url=back))

    page = client.get("/").content.decode()
    client.post("/out/")
    gone = client.get("/").content.decode()

    assert f'<a href="{back}"' in page
    assert back not in gone
