"""The seller's registered contacts are always shown to the buyer; what is missing is said; nobody asks themselves."""

from __future__ import annotations

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine, SellerLine
from mamori.rooms.contact import actions
from mamori.rooms.contact.models import Thread
from mamori.rooms.contact.pace import OwnGoods
from mamori.rooms.contact.rules.registered import LINES, Registered, missing, shown
from mamori.rooms.contact.tests.conftest import buyer as buyers_actor, machine, open_trouble
from mamori.rooms.contact.tests.test_buyer_pages import now, number_of
from mamori.rooms.contact.topics import Topic
from tests.shops import put_shop

pytestmark = pytest.mark.usefixtures("market_of_two")

WHOLE = {
    "legal_name": "株式会社みほん商店",
    "representative": "代表 太郎",
    "corporate_number": "7000012050002",
    "person": "見本 花子",
    "address": "東京都千代田区一番町1-1",
    "phone": "03-0000-1111",
    "fax": "03-0000-1119",
    "support": "0120-000-222",
    "support_hours": "平日9時から12時",
    "administrator": "国内管理株式会社",
    "administrator_address": "大阪府大阪市北区梅田9-9",
    "administrator_phone": "06-0000-3333",
    "hours": "平日10時から17時",
    "returns_to": "埼玉県川口市本町2-2",
}


def register(ref: str = "S-1", **values: object) -> None:
    put_shop(machine(), ref=ref, name="店", **values)  # type: ignore[arg-type]


@pytest.fixture
def buyer(enter: Enter) -> Client:
    return enter(Role.BUYER, "buyer:B-1")


def pages(buyer: Client) -> dict[str, str]:
    """Return every page on which a buyer is shown whom they write to."""
    number = number_of(open_trouble(now()))
    paths = (
        f"/threads/{number}/",
        f"/report/sent/{number}/",
        "/report/topic/?order=O-3",
        "/ask/topic/?listing=L-1",
    )
    return {path: buyer.get(path).content.decode() for path in paths}


def test_every_registered_contact_stands_on_the_thread_when_sent_and_before_asking(buyer: Client) -> None:
    register(**WHOLE)

    found = pages(buyer)

    absent = {(path, value) for path, page in found.items() for value in WHOLE.values() if value not in page}
    assert absent == set()
    assert all('href="tel:0300001111"' in page for page in found.values())


def test_during_the_questions_they_are_one_press_away_and_elsewhere_they_stand_open(buyer: Client) -> None:
    register(**WHOLE)

    found = pages(buyer)

    folded = {
        path: page.partition('<details class="registered"><summary>')[2] for path, page in found.items()
    }
    for path, page in found.items():
        asked = "/topic/" in path
        inside, _, after = folded[path].partition("</details>")
        assert bool(inside) is asked
        assert ("出品者の連絡先（登録されているもの）</summary>" in inside) is asked
        assert (WHOLE["address"] in inside) is asked
        assert WHOLE["address"] not in after
        assert ('<h2 id="registered">' in page) is not asked
    assert all(
        "<br><bdi>店</bdi>" in found[path] for path in found if "/topic/" in path
    )  # whom one writes to


def test_what_is_not_registered_is_said_plainly(buyer: Client) -> None:
    register("S-1", phone="03-0000-1111")

    page = pages(buyer)["/ask/topic/?listing=L-1"]

    assert "登録されていません：登録された名称・住所・返品先" in page
    assert "03-0000-1111" in page


def test_of_one_who_is_protected_no_place_is_shown_and_nobody_learns_why(buyer: Client) -> None:
    register("S-1", **WHOLE, protected=True)

    found = pages(buyer)

    for page in found.values():
        assert not [WHOLE[name] for name in ("address", "phone", "fax", "returns_to") if WHOLE[name] in page]
        assert WHOLE["support"] in page
        assert "相談窓口がお取り次ぎします" in page
        assert "個人の出品者" not in page
        assert not [word for word in ("保護", "支援措置", "protected") if word in page]


def test_of_a_private_person_neither_address_nor_telephone_is_shown(buyer: Client) -> None:
    register("S-1", **WHOLE, private=True)

    found = pages(buyer)

    told = {(path, value) for path, page in found.items() for value in WHOLE.values() if value in page}
    assert told == set()
    assert all("事業者ではない個人の出品者です" in page for page in found.values())


def test_nobody_but_a_buyer_is_shown_them(enter: Enter) -> None:
    register(**WHOLE)

    answers = [enter(role, who).get("/ask/topic/?listing=L-1") for role, who in (
        (Role.ANONYMOUS, ""), (Role.SELLER, "seller:S-2"), (Role.AGENT, ""))]  # fmt: skip

    assert all(answer.status_code in (302, 403) for answer in answers)
    assert not any("03-0000-1111" in answer.content.decode() for answer in answers)


def test_markup_in_a_registration_is_shown_as_text(buyer: Client) -> None:
    register(**WHOLE | {"address": "<script>alert(1)</script>\u202e"})

    page = pages(buyer)["/ask/topic/?listing=L-1"]

    assert "<script>alert(1)" not in page
    assert "<bdi>&lt;script&gt;" in page


def test_lines_and_what_is_missing_are_two_halves_of_one_table() -> None:
    assert [line.line.field for line in shown(Registered())] == []
    assert {text.en for text in missing(Registered())} == {line.text.en for line in LINES if line.needed}
    whole = Registered(shop="店", **WHOLE)  # type: ignore[arg-type]
    assert [one.line for one in shown(whole)] == list(LINES)
    assert missing(whole) == ()


@pytest.mark.parametrize(
    ("seller_ref", "mail"), [("B-1", ""), ("S-1", "Hanako@Example.jp"), ("S-1", " hanako@example.jp ")]
)
def test_whoever_sells_the_goods_cannot_ask_about_them(seller_ref: str, mail: str) -> None:
    market.put_buyer(machine(), BuyerLine(ref="B-1", name="買手", mail="hanako@example.jp"))
    put_shop(machine(), ref=seller_ref, name="店", mail=mail)
    if seller_ref == "B-1":
        market.put_listing(machine(), market.ListingLine(ref="L-1", seller="B-1", name="品", price=100))

    with pytest.raises(OwnGoods):
        actions.ask_question(buyers_actor(), listing_ref="L-1", topic=Topic.GOODS, said="これは何ですか")
    if seller_ref == "S-1":
        with pytest.raises(OwnGoods):
            open_trouble()

    assert not Thread.objects.exists()


def test_two_people_without_mail_are_not_taken_for_one() -> None:
    market.put_seller(machine(), SellerLine(ref="S-1", name="店"))

    assert open_trouble()


def test_an_order_of_the_address_is_not_asked_for_and_can_be_changed(buyer: Client) -> None:
    begun = buyer.get("/report/?order=O-1", follow=True)
    step = buyer.post("/report/topic/?order=O-1", {"topic": "unsafe"})
    harm = buyer.get(step["Location"]).content.decode()
    for name, answer in (
        ("harm", {"harm": "danger"}),
        ("words", {"said": "熱い"}),
        ("reading", {"may_read": "no"}),
    ):
        step = buyer.post(f"/report/{name}/?order=O-1", answer)
    check = buyer.get(step["Location"]).content.decode()
    changed = buyer.post("/report/order/", {"order": "O-3"})
    after = buyer.get(changed["Location"]).content.decode()

    assert begun.redirect_chain[-1][0] == "/report/topic/?order=O-1"
    assert 'value="danger"' in harm
    assert "checked" in harm.split('value="danger"')[1].split(">")[0]
    assert "O-1" in check
    assert 'href="/report/order/?draft=' in check
    assert changed["Location"].startswith("/report/check/?draft=")
    assert "O-3" in after


def test_an_order_of_the_address_that_is_not_theirs_is_said_on_its_own_page(buyer: Client) -> None:
    answer = buyer.get("/report/?order=O-9", follow=True)

    assert answer.redirect_chain[-1][0] == "/report/order/?order=O-9"
    assert "注文「O-9」は見つかりません" in answer.content.decode()


def test_a_link_to_another_order_begins_empty_and_the_draft_waits(buyer: Client) -> None:
    for name, answer in (("topic", {"topic": "broken"}), ("harm", {"harm": "money"}),
                         ("words", {"said": "熱い"}), ("reading", {"may_read": "no"})):  # fmt: skip
        buyer.post(f"/report/{name}/?order=O-1", answer)

    begun = buyer.get("/report/?order=O-3", follow=True)
    page = begun.content.decode()
    led = buyer.post("/report/topic/?order=O-3", {"topic": "not_arrived"})["Location"]
    other = buyer.get(led).content.decode()
    again = buyer.get("/report/?order=O-1", follow=True)

    assert begun.redirect_chain[-1][0] == "/report/topic/?order=O-3"
    assert "まだ送っていない書きかけがあります" in page
    assert "熱い" not in page
    assert led.startswith("/report/harm/?draft=")
    assert 'name="topic"' not in other
    assert "熱い" not in other
    assert again.redirect_chain[-1][0] == "/report/check/?order=O-1"
    assert "熱い" in again.content.decode()
