"""A seller's pages: the inbox, the thread with its answer, the hearing on a recovery; for delegates, too."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine
from mamori.rooms.contact import actions, facts
from mamori.rooms.contact.models import Attachment, Message, Recovery, Thread, Trouble
from mamori.rooms.contact.tests.conftest import actor, agent, machine, open_trouble, pass_time
from mamori.rooms.contact.topics import Harm, Topic
from tests.reading import words

pytestmark = pytest.mark.usefixtures("market_of_today")

SELLERS = [(Role.SELLER, "seller:S-1"), (Role.DELEGATE, "seller:S-1/hana")]


@pytest.fixture(params=SELLERS, ids=["seller", "delegate"])
def seller(request: pytest.FixtureRequest, enter: Enter) -> Client:
    return enter(*request.param)


def now() -> datetime:
    return datetime.now(UTC)


def number_of(trouble: int) -> str:
    known = facts.trouble(trouble)
    assert known is not None
    return known.case


def recovered() -> str:
    """Let a trouble end in a refund, and return the number of the recovery that follows."""
    began = now() - timedelta(days=20)
    trouble = open_trouble(began)
    pass_time(began + timedelta(days=9))
    late = began + timedelta(days=9)
    instruction = actions.grant_remedy(agent(late), trouble=trouble, amount=8_000, reason="回答なし")
    actions.confirm_instruction(machine(now() - timedelta(days=1)), instruction=instruction)
    known = facts.recovery_of(trouble)
    assert known is not None
    return known.case


def test_the_inbox_shows_what_is_due_first(seller: Client) -> None:
    later = number_of(open_trouble(now(), order_ref="O-3"))
    sooner = number_of(open_trouble(now() - timedelta(days=9), order_ref="O-1"))

    page = words(seller.get("/seller/"))

    assert page.index(sooner) < page.index(later)
    assert re.search(r"あなたの番 <span class=\"count\">2<", page)
    assert "買手" not in page


def test_what_was_answered_waits_for_the_buyer(seller: Client) -> None:
    number = number_of(open_trouble(now()))

    answered = seller.post(f"/seller/threads/{number}/answer/", {"said": "明日送ります"}, follow=True)

    assert "回答を送りました" in answered.content.decode()
    assert "購入者の確認待ち" in answered.content.decode()
    assert number not in seller.get("/seller/").content.decode()
    assert number in seller.get("/seller/?show=waiting").content.decode()
    assert number not in seller.get("/seller/?show=ended").content.decode()


def test_to_acknowledge_is_no_answer(seller: Client) -> None:
    number = number_of(open_trouble(now()))
    page = seller.get(f"/seller/threads/{number}/").content.decode()

    seller.post(f"/seller/threads/{number}/acknowledge/", {"said": "受け取りました"})

    assert "までに回答します。" in page
    assert Thread.objects.get().state == "waiting"
    assert "受け取りの連絡" in seller.get(f"/seller/threads/{number}/").content.decode()


def test_urgings_are_shown(seller: Client) -> None:
    number = number_of(open_trouble(now(), harm=Harm.DANGER))

    page = seller.get(f"/seller/threads/{number}/").content.decode()

    assert "届いた催促" in page


def test_a_seller_never_sees_who_the_buyer_is(seller: Client) -> None:
    market.put_buyer(
        machine(now()), BuyerLine(ref="B-1", name="秘密花子", mail="secret@example.jp", phone="090-1234-5678")
    )
    number = number_of(open_trouble(now()))

    pages = [seller.get(path).content.decode() for path in ("/seller/", f"/seller/threads/{number}/")]

    for page in pages:
        assert not {"秘密花子", "secret@example.jp", "090-1234-5678", "B-1"} & set(
            re.findall(r"[\w@.-]+", page)
        )


def test_a_seller_lets_the_centre_see_it_once(seller: Client) -> None:
    number = number_of(open_trouble(now()))

    shared = seller.post(f"/seller/threads/{number}/share/", follow=True).content.decode()
    again = seller.post(f"/seller/threads/{number}/share/")

    assert "相談窓口が読めるようにしました" in shared
    assert "あなたが文章を見せています" in shared
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("role", "who"),
    [
        (Role.SELLER, "seller:S-2"),
        (Role.DELEGATE, "seller:S-2/hana"),
        (Role.SELLER, "seller:S-1/hana"),
        (Role.SELLER, "seller:EVE"),
    ],
)
def test_another_sellers_matters_are_not_there(enter: Enter, role: Role, who: str) -> None:
    number, recovery = number_of(open_trouble(now(), order_ref="O-3")), recovered()
    eve = enter(role, who)

    for path in (
        f"/seller/threads/{number}/",
        f"/seller/threads/{number}/answer/",
        f"/seller/recoveries/{recovery}/",
        f"/seller/threads/{number}/files/1/1/",
    ):
        assert eve.get(path).status_code == eve.post(path, {"said": "x"}).status_code == 404, path
    assert number not in eve.get("/seller/").content.decode()
    assert Message.objects.filter(by_seller=True).count() == 0


def test_a_buyer_has_no_inbox_and_a_recovery_is_no_business_of_theirs(enter: Enter) -> None:
    recovery = recovered()
    buyer = enter(Role.BUYER, "buyer:B-1")

    assert buyer.get("/seller/").status_code == 403
    assert buyer.get(f"/seller/recoveries/{recovery}/").status_code == 403
    assert buyer.get(f"/threads/{recovery}/").status_code == 404


def test_a_seller_is_heard_before_anything_is_deducted(seller: Client) -> None:
    number = recovered()

    inbox = seller.get("/seller/").content.decode()
    page = seller.get(f"/seller/recoveries/{number}/").content.decode()
    blank = seller.post(f"/seller/recoveries/{number}/", {"said": " "})
    heard = seller.post(f"/seller/recoveries/{number}/", {"said": "入院していました"}, follow=True)
    again = seller.post(f"/seller/recoveries/{number}/", {"said": "もう一度"})

    assert number in inbox
    for said in ("8,000円", "立替返金の回収・第1版", "あなたの意見を待っています"):
        assert said in page
    assert blank.status_code == 422
    assert "意見を受け取りました" in heard.content.decode()
    assert "入院していました" in heard.content.decode()
    assert again.status_code == 302  # added, until the decision
    assert "もう一度" in seller.get(f"/seller/recoveries/{number}/").content.decode()
    assert Recovery.objects.get().state == "heard"


def test_the_number_of_a_recovery_leads_to_it_from_the_threads(seller: Client) -> None:
    number = recovered()

    response = seller.get(f"/seller/threads/{number}/")

    assert response["Location"] == f"/seller/recoveries/{number}/"


def photo(name: str = "傷.png") -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (64, 48), "#336699").save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue(), "image/png")


def test_files_come_with_words_and_are_shown_to_the_other_side(seller: Client, enter: Enter) -> None:
    number = number_of(open_trouble(now()))

    seller.post(
        f"/seller/threads/{number}/answer/", {"said": "写真です", "attached": [photo(), photo("二.png")]}
    )
    page = enter(Role.BUYER, "buyer:B-1").get(f"/threads/{number}/").content.decode()
    shown = enter(Role.BUYER, "buyer:B-1").get(f"/threads/{number}/files/1/1/")
    stranger = enter(Role.BUYER, "buyer:EVE").get(f"/threads/{number}/files/1/1/")

    assert page.count('alt="添付の画像：') == 2
    assert shown.status_code == 200
    assert shown["Content-Type"] == "image/jpeg"
    assert stranger.status_code == 404
    assert enter(Role.BUYER, "buyer:B-1").get(f"/threads/{number}/files/9/1/").status_code == 404


def test_a_file_that_is_refused_stops_the_words_before_they_are_sent(seller: Client) -> None:
    number = number_of(open_trouble(now()))
    script = SimpleUploadedFile("x.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>")

    response = seller.post(f"/seller/threads/{number}/answer/", {"said": "回答です", "attached": script})

    assert response.status_code == 415
    assert "受け取れるのは" in response.content.decode()
    assert "回答です" in response.content.decode()
    assert Message.objects.count() == 1
    assert Attachment.objects.count() == 0


def test_files_sent_twice_are_there_once(seller: Client) -> None:
    number = number_of(open_trouble(now()))
    page = seller.get(f"/seller/threads/{number}/").content.decode()
    token = re.findall(r'name="token" value="([^"]+)"', page)[0]

    for _ in range(2):
        seller.post(
            f"/seller/threads/{number}/answer/", {"said": "写真です", "attached": photo(), "token": token}
        )

    assert Attachment.objects.count() == 1


def test_the_inbox_goes_on_page_by_page(seller: Client) -> None:
    for n in range(23):
        at = now() - timedelta(minutes=10 * n)
        actions.ask_question(
            actor("buyer:B-1", Role.BUYER, at), listing_ref="L-1", topic=Topic.GOODS, said="?"
        )

    first = seller.get("/seller/").content.decode()
    cursor = re.search(r'rel="next" href="([^"]+)"', first)
    assert cursor
    second = seller.get("/seller/" + cursor[1].replace("&amp;", "&")).content.decode()

    assert first.count("/seller/threads/") == 20
    assert second.count("/seller/threads/") == 3
    assert seller.get("/seller/?cursor=nonsense").status_code == 400


def test_a_whole_story_from_both_sides(enter: Enter) -> None:
    buyer, shop = enter(Role.BUYER, "buyer:B-1"), enter(Role.SELLER, "seller:S-1")
    number = number_of(open_trouble(now(), may_read=False))

    shop.post(f"/seller/threads/{number}/answer/", {"said": "仕様です"})
    buyer.post(f"/threads/{number}/unsolved/", {"said": "説明と違います"})
    buyer.post(f"/threads/{number}/mediation/", {"may_read": "yes"})
    shop.post(f"/seller/threads/{number}/answer/", {"said": "返金します"})
    buyer.post(f"/threads/{number}/solved/")
    page = buyer.get(f"/threads/{number}/").content.decode()

    assert [m.by_seller for m in Message.objects.order_by("number")] == [False, True, False, True]
    assert Trouble.objects.get().state == "solved"
    for told in ("解決したものとして終わりました", "記録の控え", "出品者が回答した", "仲介を求めた"):
        assert told in page
    assert "出品者に書く" not in page
