"""The pages on which a buyer asks for what a display leaves out, the seller answers, and staff look."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine
from mamori.law.display import DisplayItem
from mamori.rooms.display.actions import displays as actions
from mamori.rooms.display.models import ItemRequest
from mamori.rooms.display.requests import actions as requests
from mamori.rooms.display.rules.told import ShownDisplay, ShownItem
from mamori.rooms.display.tests.conftest import HANAKO, SENDS, machine
from mamori.rooms.display.tests.test_pages import PUBLIC, hanako, read
from mamori.rooms.display.tests.test_proof_pages import take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops")]
ASK, ASKED, OWED = f"{PUBLIC}ask/", "/displays/requests/", "/seller/display/requests/"
DESK = "/desk/displays/requests/"
HOME = "東京都千代田区霞が関3-1-1"
LEFT_OUT = (DisplayItem.ADDRESS, DisplayItem.DELIVERY)


@pytest.fixture(autouse=True)
def shown(shops: None) -> None:
    """S-1 leaves its address and when it delivers out of its display; its address is registered."""
    market.put_buyer(machine(), BuyerLine(ref="B-1", name="買手"))
    said = tuple(ShownItem(item=item, said=words) for item, words in HANAKO.items() if item not in LEFT_OUT)
    later = tuple(ShownItem(item=item, on_request=True) for item in LEFT_OUT)
    actions.write_display(hanako(), seller_ref="S-1", told=ShownDisplay(traits=SENDS, items=(*said, *later)))


def request(*items: DisplayItem) -> int:
    buyer = Actor(by="buyer:B-1", role=Role.BUYER, at=datetime.now(UTC), via="test")
    return requests.ask_items(buyer, seller_ref="S-1", items=items or LEFT_OUT)


def test_a_buyer_asks_and_reads_at_once_what_is_held_and_later_what_the_seller_answers(enter: Enter) -> None:
    buyer = enter(Role.BUYER, "buyer:B-1")
    assert ASK in read(Client(), PUBLIC)

    form = read(buyer, ASK)
    done = take(buyer, ASK, items=["address", "delivery"]).content.decode()
    seller = enter(Role.SELLER, "seller:S-1")
    overview, owed = read(seller, "/seller/display/"), read(seller, OWED)
    number = ItemRequest.objects.get().pk
    empty = take(seller, f"{OWED}{number}/answer/", delivery="").content.decode()
    answered = take(seller, f"{OWED}{number}/answer/", delivery="<b>3日</b>で発送します").content.decode()

    assert form.count("checked") >= 2  # all that can be asked for is ticked
    assert "請求しました" in done
    assert HOME in done
    assert "出品者の回答を待っている" in done
    assert "請求への回答（1）" in overview
    assert "B-1" not in owed + answered  # the seller is not told who asks
    assert "何も書かれていません" in empty
    assert "購入者に知らせました" in answered
    assert "&lt;b&gt;3日&lt;/b&gt;で発送します" in read(buyer, ASKED)


def test_what_is_left_out_is_nobodys_to_read_who_has_not_asked(enter: Enter) -> None:
    request()

    other = enter(Role.BUYER, "buyer:B-2")
    eve = enter(Role.SELLER, "seller:EVE")
    number = ItemRequest.objects.get().pk

    assert HOME not in read(other, ASKED)
    assert "まだ請求していません" in read(other, ASKED)
    assert HOME not in read(eve, OWED)
    for path in (f"{OWED}{number}/answer/", f"{OWED}{number}/none/", f"{OWED}{number + 1}/answer/"):
        assert eve.get(path, secure=True).status_code == 404
    assert Client().get(ASKED, secure=True).status_code in {302, 401, 403}


def test_who_shows_all_of_it_cannot_be_asked(enter: Enter) -> None:
    buyer = enter(Role.BUYER, "buyer:B-1")

    assert buyer.get("/sellers/S-2/display/ask/", secure=True).status_code == 404
    assert buyer.get("/sellers/S-3/display/ask/", secure=True).status_code == 404


def test_a_request_that_was_sent_twice_is_one_and_what_is_awaited_is_not_asked_for_again(
    enter: Enter,
) -> None:
    buyer = enter(Role.BUYER, "buyer:B-1")
    token = buyer.get(ASK, secure=True).context["token"]
    told = {"token": token, "items": ["delivery"]}

    for _ in range(2):
        assert buyer.post(ASK, told, secure=True).status_code == 302
    again = take(buyer, ASK, items=["delivery"])
    nothing = take(buyer, ASK, items=[])

    assert ItemRequest.objects.count() == 1
    assert again.status_code == 409
    assert "すでに請求" in again.content.decode()
    assert "「請求する事項」を選んでください" in nothing.content.decode()


def test_staff_look_at_what_a_seller_refers_to_them_and_lead_or_counsel_excuse_it(enter: Enter) -> None:
    number = request()
    seller, desk = enter(Role.SELLER, "seller:S-1"), enter(Role.AGENT, "staff:a@example.jp")
    assert "答えのない請求はありません" in read(desk, DESK)

    referred = take(seller, f"{OWED}{number}/refer/", reason="追われています").content.decode()
    displays, listed, page = read(desk, "/desk/displays/"), read(desk, DESK), read(desk, f"{DESK}{number}/")
    lead = enter(Role.LEAD, "staff:l@example.jp")
    both = read(lead, f"{DESK}{number}/")
    done = take(lead, f"{DESK}{number}/excuse/", reason="命令を確かめた").content.decode()

    assert "運営者が見ています" in referred
    assert DESK in displays
    assert f"{DESK}{number}/" in listed
    assert "追われています" in page
    assert "B-1" in page
    assert HOME not in listed + page  # what was given is the buyer's to read
    assert f"{DESK}{number}/insist/" in page
    assert f"{DESK}{number}/excuse/" not in page
    assert f"{DESK}{number}/excuse/" in both
    assert "双方に知らせました" in done
    assert "今できることはありません" in done
    assert "知らせなくてよいとした" in read(seller, OWED)


def test_an_agent_has_the_seller_give_it_after_all(enter: Enter) -> None:
    number = request()
    requests.refer_request(hanako(), request=number, reason="面倒です")
    desk = enter(Role.AGENT, "staff:a@example.jp")

    done = take(desk, f"{DESK}{number}/insist/", reason="法の求め").content.decode()

    assert "出品者に求めました" in done
    for path in (f"{DESK}{number}/none/", f"{DESK}{number + 1}/"):
        assert desk.get(path, secure=True).status_code == 404
