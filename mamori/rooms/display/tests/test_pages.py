"""The pages of a display: written question by question, public for everybody, and never a private person's home."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.law.display import DisplayItem
from mamori.rooms.display import facts
from mamori.rooms.display.actions import displays
from mamori.rooms.display.tests.conftest import HANAKO, display, ordered
from tests.shops import put_shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops")]
PUBLIC = "/sellers/S-1/display/"
WRITE = "/seller/display/write/"


def hanako() -> Actor:
    return Actor(by="seller:S-1", role=Role.SELLER, at=datetime.now(UTC), via="test")


def post(client: Client, step: str, token: str, **told: Any) -> Any:
    return client.post(f"{WRITE}{step}/", {"token": token, **told}, secure=True)


def read(client: Client, path: str) -> str:
    answer = client.get(path, secure=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_seller_writes_its_display_by_questions_and_reads_what_is_to_be_put_right(enter: Enter) -> None:
    client = enter(Role.SELLER, "seller:S-1")
    begun = client.get(WRITE, secure=True, follow=True)
    token = begun.context["token"]

    post(client, "traits", token, traits=["sends", "prepaid", "all_charges_shown"], place="own")
    who = read(client, f"{WRITE}who/?draft={token}")
    post(
        client, "who", token, **{item.value: HANAKO[item] for item in (DisplayItem.NAME, DisplayItem.ADDRESS)}
    )
    said = HANAKO | {DisplayItem.DELIVERY: "<script>alert(1)</script> ご注文から3営業日以内に発送します。"}
    post(client, "sale", token, **{item.value: words for item, words in said.items()})
    post(client, "text", token, text="")
    check = read(client, f"{WRITE}check/?draft={token}")
    sent = post(client, "check", token, shown=_shown(check))

    assert 'name="responsible"' not in who  # only a corporation is asked for it
    assert 'name="japan_office"' not in who
    assert "電話番号" in check
    assert "直すところ" in check
    assert sent.status_code == 302
    assert facts.display("S-1").faults == ("phone:missing",)
    assert "<script>alert" not in read(client, PUBLIC)


def test_what_could_not_be_read_from_a_text_is_said_to_be_no_more_than_that(enter: Enter) -> None:
    told = display(
        without=(DisplayItem.PHONE,),
        text="支払方法：クレジットカード\n送料：全国一律800円\n販売価格：各商品のページ",
    )
    displays.write_display(hanako(), seller_ref="S-1", told=told)

    page = read(enter(Role.SELLER, "seller:S-1"), "/seller/display/")

    assert "お店の文章から読み取れなかったところ" in page
    assert "直すところ" not in page


def _shown(page: str) -> str:
    return page.partition('name="shown" value="')[2].partition('"')[0]


def test_who_writes_anew_begins_with_what_is_shown_now(enter: Enter) -> None:
    displays.write_display(hanako(), seller_ref="S-1", told=display(text="お店の文章"))

    page = enter(Role.SELLER, "seller:S-1").get(WRITE, secure=True, follow=True).content.decode()

    assert all(
        said in page for said in ("お店の文章", HANAKO[DisplayItem.SHIPPING], HANAKO[DisplayItem.PHONE])
    )


def test_what_is_given_on_request_is_said_so_and_not_shown(enter: Enter) -> None:
    client = enter(Role.SELLER, "seller:S-1")
    token = client.get(WRITE, secure=True, follow=True).context["token"]
    post(client, "traits", token, traits=["sends", "all_charges_shown"], place="own")
    post(
        client,
        "who",
        token,
        name="山田 花子",
        address="東京都千代田区霞が関3-1-1",
        later_address="on",
        later_phone="on",
    )
    post(client, "sale", token, **{item.value: said for item, said in HANAKO.items()})
    post(client, "text", token, text="")

    check = read(client, f"{WRITE}check/?draft={token}")
    post(client, "check", token, shown=_shown(check))

    public = read(Client(), PUBLIC)
    assert public.count("請求があれば、遅滞なくお知らせします。") == 2
    assert HANAKO[DisplayItem.ADDRESS] not in public
    assert facts.display("S-1").faults == ()


def test_everybody_reads_a_display_as_page_fragment_and_for_software() -> None:
    displays.write_display(hanako(), seller_ref="S-1", told=display())

    page, fragment = read(Client(), PUBLIC), read(Client(), f"{PUBLIC}fragment.html")
    machine = json.loads(read(Client(), f"{PUBLIC}display.json"))
    linked = json.loads(read(Client(), f"{PUBLIC}display.jsonld"))

    assert "はなこ雑貨店" in page
    assert "全国一律 800円" in page
    assert "<html" not in fragment
    assert "全国一律 800円" in fragment
    assert {one["item"]: one["said"] for one in machine["items"]}["shipping"] == "全国一律 800円"
    assert (linked["@type"], linked["telephone"]) == ("OnlineStore", HANAKO[DisplayItem.PHONE])


@pytest.mark.parametrize("form", ["", "fragment.html", "display.json", "display.jsonld"])
def test_the_display_of_a_private_person_or_of_nobody_is_not_there(form: str) -> None:
    private = Actor(by="seller:S-3", role=Role.SELLER, at=datetime.now(UTC), via="test")
    displays.write_display(private, seller_ref="S-3", told=display())

    for ref in ("S-1", "S-3", "NOBODY"):
        assert Client().get(f"/sellers/{ref}/display/{form}", secure=True).status_code == 404


def test_that_there_is_no_display_yet_is_read_by_any_page_and_tells_no_private_person_from_nobody() -> None:
    private = Actor(by="seller:S-3", role=Role.SELLER, at=datetime.now(UTC), via="test")
    displays.write_display(private, seller_ref="S-3", told=display())

    answers = [
        Client().get(f"/sellers/{ref}/display/display.json", secure=True) for ref in ("S-1", "S-3", "NOBODY")
    ]

    said = [one.json() | {"instance": ""} for one in answers]
    assert said == [said[0]] * 3
    assert (said[0]["code"], answers[0]["Content-Type"]) == ("no-display", "application/problem+json")
    assert {one["Access-Control-Allow-Origin"] for one in answers} == {"*"}


def test_a_business_that_becomes_private_is_not_shown_from_then_on() -> None:
    displays.write_display(hanako(), seller_ref="S-1", told=display())

    shop = Actor(by="machine:test", role=Role.MACHINE, at=datetime.now(UTC), via="test")
    put_shop(shop, ref="S-1", name="はなこ雑貨店", private=True)

    assert Client().get(PUBLIC, secure=True).status_code == 404


def test_a_protected_seller_is_offered_none_of_what_is_registered(enter: Enter) -> None:
    shop = Actor(by="machine:test", role=Role.MACHINE, at=datetime.now(UTC) - timedelta(days=1), via="test")
    put_shop(shop, ref="S-1", name="はなこ雑貨店", address="東京都千代田区霞が関3-1-1", protected=True)
    client = enter(Role.SELLER, "seller:S-1")
    token = client.get(WRITE, secure=True, follow=True).context["token"]
    post(client, "traits", token, traits=[], place="own")

    assert "霞が関" not in read(client, f"{WRITE}who/?draft={token}")


def test_a_change_that_was_left_half_way_can_be_gone_on_with(enter: Enter) -> None:
    displays.write_display(hanako(), seller_ref="S-1", told=display())
    client = enter(Role.SELLER, "seller:S-1")
    token = client.get(WRITE, secure=True, follow=True).context["token"]
    post(client, "traits", token, traits=["sends"], place="own")

    assert client.get(WRITE, secure=True, follow=True).status_code == 200


def test_a_private_person_is_asked_nothing(enter: Enter) -> None:
    client = enter(Role.SELLER, "seller:S-3")

    assert client.get(WRITE, secure=True).headers["Location"] == "/seller/display/"
    assert "表示の義務はなく" in read(client, "/seller/display/")


@pytest.mark.parametrize("private", [False, True])
def test_what_was_shown_for_an_order_is_read_by_its_parties_unless_the_seller_was_private_then(
    enter: Enter, private: bool
) -> None:
    shop = Actor(by="machine:test", role=Role.MACHINE, at=datetime.now(UTC) - timedelta(days=9), via="test")
    put_shop(shop, ref="S-1", name="はなこ雑貨店", private=private)
    then = Actor(by="seller:S-1", role=Role.SELLER, at=datetime.now(UTC) - timedelta(days=5), via="test")
    displays.write_display(then, seller_ref="S-1", told=display())
    ordered(shop, "O/1", "S-1", datetime.now(UTC) - timedelta(days=3))
    displays.write_display(hanako(), seller_ref="S-1", told=display(shipping="全国一律 900円"))

    pages = [
        enter(role, who).get(path, secure=True)
        for role, who, path in (
            (Role.BUYER, "buyer:B-1", "/displays/orders/O%2F1/"),
            (Role.SELLER, "seller:S-1", "/displays/orders/O%2F1/"),
            (Role.AGENT, "", "/desk/displays/orders/O%2F1/"),
        )
    ]

    assert {page.status_code for page in pages} == ({404} if private else {200})
    assert all(("全国一律 800円" in page.content.decode()) is not private for page in pages)
    assert all(("全国一律 900円" in page.content.decode()) is not private for page in pages)
    assert enter(Role.BUYER, "buyer:B-2").get("/displays/orders/O%2F1/", secure=True).status_code == 404


def test_staff_lay_an_earlier_version_beside_the_present_one(enter: Enter) -> None:
    displays.write_display(hanako(), seller_ref="S-1", told=display())
    displays.write_display(hanako(), seller_ref="S-1", told=display(shipping="全国一律 900円"))
    client = enter(Role.AGENT)

    beside = read(client, "/desk/displays/S-1/?beside=1")

    assert beside.count("全国一律 800円") == 1
    assert "第1版とのちがい" in beside
    assert "第1版とのちがい" not in read(client, "/desk/displays/S-1/?beside=7")
    assert client.get("/desk/displays/NOBODY/", secure=True).status_code == 404


def test_staff_read_no_words_of_a_private_person(enter: Enter) -> None:
    private = Actor(by="seller:S-3", role=Role.SELLER, at=datetime.now(UTC), via="test")
    displays.write_display(private, seller_ref="S-3", told=display())

    assert HANAKO[DisplayItem.ADDRESS] not in read(enter(Role.LEAD), "/desk/displays/S-3/?beside=1")


def test_the_overview_says_how_it_stands(enter: Enter) -> None:
    client = enter(Role.SELLER, "seller:S-1")
    before = read(client, "/seller/display/")
    displays.write_display(hanako(), seller_ref="S-1", told=display(phone="000-0000-0000"))

    after = read(client, "/seller/display/?done=1")

    assert "まだ書かれていません" in before
    assert "直すところ" in after
    assert "公開しました" in after
