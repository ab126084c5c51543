"""The whole road on the pages: a buyer asks, staff examine, the seller is heard, two decide, and only the buyer reads it."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.cases.facts import case_of
from mamori.law.article5 import SELLER_ITEMS, Element
from mamori.rooms.disclosure.models import SellerRequest
from mamori.rooms.disclosure.tests.conftest import FULL, WHY, ask_by_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("market_day")]
ADDRESS = "東京都千代田区霞が関3-1-1"


def read(client: Client, path: str) -> str:
    answer = client.get(path, secure=True)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def send(client: Client, path: str, **said: Any) -> HttpResponse:
    """Open the page for its token and version, send the form and follow where it leads."""
    page = client.get(path, secure=True)
    assert page.status_code == 200, (path, page.status_code)
    shown = page.context
    form = shown["form"]
    told = {name: value for name, value in form.initial.items() if name == "version"}
    return client.post(path, {"token": shown["token"], **told, **said}, secure=True, follow=True)


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


@pytest.fixture
def buyer(enter: Enter) -> Client:
    return enter(Role.BUYER, "buyer:B-1")


@pytest.fixture
def case(buyer: Client) -> str:
    """Let B-1 have asked; return the number of its case."""
    asked = ask_by_page(buyer)
    assert "請求を受け付けました" in text(asked)
    return newest()


def newest() -> str:
    """Return the case number of the newest request."""
    return case_of(f"disclosure.request:{SellerRequest.objects.latest('pk').pk}").number


def own_page() -> str:
    return f"/disclosure/requests/{SellerRequest.objects.latest('pk').pk}/"


def duty(case: str, slug: str) -> str:
    return f"/desk/cases/{case}/disclosure/{slug}/"


def test_a_buyer_asks_the_seller_is_heard_two_decide_and_the_buyer_reads_it(
    enter: Enter, buyer: Client
) -> None:
    agent, counsel = enter(Role.AGENT), enter(Role.COUNSEL)
    lead, shop = enter(Role.LEAD, stepped_up=True), enter(Role.SELLER, "seller:S-1")
    ask_by_page(buyer)
    case, own = newest(), own_page()

    begun = send(agent, duty(case, "begin"))
    page = read(counsel, f"/desk/cases/{case}/")
    before = read(shop, "/seller/disclosure/")
    heard = send(counsel, duty(case, "hear"))
    number = SellerRequest.objects.get().pk
    stated = send(shop, f"/seller/disclosure/{number}/view/", said="発送の準備中です。")
    send(counsel, duty(case, "weigh"), element="purpose", verdict="met", evidence="view", reason="読んだ。")
    proposed = send(counsel, duty(case, "disclose"), reason="要件を満たす。")
    alone = counsel.get(duty(case, "agree"), secure=True)
    agreed = send(lead, duty(case, "agree"))
    shut = read(buyer, own)
    opened = buyer.post(f"{own}opened/", secure=True)
    seller_page = read(shop, "/seller/disclosure/")

    assert "確かめ始めたと記録しました" in text(begun)
    assert all(one.text.ja in page for one in Element)
    assert "開示請求はありません" in before
    assert "出品者に意見を求めました" in text(heard)
    assert "ご意見を受け取りました" in text(stated)
    assert "別の人の確認を待ちます" in text(proposed)
    assert alone.status_code == 302  # to prove herself first
    assert "開示し、知らせました" in text(agreed)
    assert ADDRESS not in shut
    assert ADDRESS in text(opened)
    assert "佐倉 一郎" in text(opened)
    assert "B-1" not in seller_page
    assert WHY not in seller_page


def test_what_is_missing_is_asked_for_on_the_page_and_sent_there(
    enter: Enter, buyer: Client, case: str
) -> None:
    number = SellerRequest.objects.get().pk
    send(enter(Role.AGENT), duty(case, "more"), missing="領収書の金額をお知らせください。")

    page = read(buyer, f"/disclosure/requests/{number}/")
    sent = send(buyer, f"/disclosure/requests/{number}/complete/", more="48,000円です。")

    assert "領収書の金額を" in page
    assert "受け取りました" in text(sent)
    assert "48,000円です。" in read(enter(Role.AGENT), f"/desk/cases/{case}/")


def test_a_buyer_withdraws_on_the_page(buyer: Client, case: str) -> None:
    number = SellerRequest.objects.get().pk

    withdrawn = send(buyer, f"/disclosure/requests/{number}/withdraw/")

    assert "取り下げました" in text(withdrawn)
    assert "取り下げられた" in read(buyer, "/disclosure/requests/")


def test_a_refusal_says_why_and_which_other_roads_there_are(enter: Enter, buyer: Client) -> None:
    ask_by_page(buyer, order="O-10000", price="10000")
    case, lead = newest(), enter(Role.LEAD, stepped_up=True)
    send(enter(Role.AGENT), duty(case, "begin"))
    closed = read(enter(Role.COUNSEL), duty(case, "hear"))
    send(enter(Role.COUNSEL), duty(case, "refuse"), reason="額が足りない。")
    send(lead, duty(case, "agree"))

    page = read(buyer, own_page())

    assert "聴くのは開示を考えるときだけです" in closed
    assert "1万円を超えません" in page
    assert "188" in page


def test_staff_enter_a_letter_and_find_it_in_the_list(enter: Enter) -> None:
    agent = enter(Role.AGENT)
    letter = FULL | {
        "channel": "letter",
        "asking": "self",
        "name": "買手",
        "address": "東京都港区1-2-3",
        "signed": "on",
    }

    entered = send(agent, "/desk/disclosure/enter/", **letter)
    first = read(agent, f"/desk/cases/{newest()}/")
    empty = send(
        agent,
        "/desk/disclosure/enter/",
        channel="mail",
        asking="self",
        claim="unsaid",
        need="unsaid",
        bought_as="unsaid",
    )

    assert "記録しました" in text(entered)
    assert "書面（郵送）" in first
    assert "本人であることを確かめられるもの" in first
    assert "記録しました" in text(empty)
    assert "どの注文のことか" in read(agent, f"/desk/cases/{newest()}/")
    assert "電子メール" in read(agent, "/desk/disclosure/?state=received")
    assert "当てはまるものはありません" in read(agent, "/desk/disclosure/?month=2020-01")


def test_signs_and_what_was_seen_stand_on_the_case(enter: Enter, case: str) -> None:
    agent = enter(Role.AGENT)
    send(agent, duty(case, "begin"))

    send(agent, duty(case, "sign"), signal="stalking", reason="出品者から相談があった。")
    send(agent, duty(case, "seen"), identity="differs", signed="on")

    page = read(agent, f"/desk/cases/{case}/")
    assert "つきまとい" in page
    assert "請求した人の名前が、注文の記録と違います" in page


def test_counsel_weighs_on_the_page_and_the_reason_stands_there(enter: Enter, case: str) -> None:
    counsel = enter(Role.COUNSEL)
    send(enter(Role.AGENT), duty(case, "begin"))

    weighed = send(
        counsel,
        duty(case, "weigh"),
        element="need",
        verdict="not_met",
        evidence="said",
        reason="理由が権利の行使でない。",
    )

    assert "判断を記録しました" in text(weighed)
    assert "理由が権利の行使でない。" in text(weighed)
    refused = send(counsel, duty(case, "weigh"), element="need", verdict="met", evidence="", reason="")
    assert refused.status_code == 422


@pytest.mark.parametrize("slug", ["try", "heard", "unreachable", "back", "sent", "disclose", "withdraw"])
def test_a_decision_that_is_not_open_leads_back_to_the_case(enter: Enter, case: str, slug: str) -> None:
    answer = enter(Role.COUNSEL).get(duty(case, slug), secure=True)

    assert answer.status_code == 302


def test_what_there_is_not_is_not_found(enter: Enter, buyer: Client, case: str) -> None:
    counsel, eve = enter(Role.COUNSEL), enter(Role.BUYER, "buyer:B-2")
    number = SellerRequest.objects.get().pk
    hidden = [
        (counsel, duty(case, "nothing")),
        (enter(Role.COUNSEL, stepped_up=True), duty("12345678", "agree")),
        (counsel, duty("12345678", "begin")),
        (buyer, f"/disclosure/requests/{number}/nothing/"),
        (eve, f"/disclosure/requests/{number}/"),
        (enter(Role.SELLER, "seller:S-1"), f"/seller/disclosure/{number}/view/"),
    ]

    assert [one.get(path, secure=True).status_code for one, path in hidden] == [404] * len(hidden)
    for page in ("opened/", "paper/"):
        assert eve.post(f"/disclosure/requests/{number}/{page}", secure=True).status_code == 404


def test_the_road_says_whether_it_helps_and_keeps_nothing(enter: Enter) -> None:
    anybody = enter()
    yes = dict.fromkeys(("here", "consumer", "shop", "money", "amount", "claim", "wrote"), "yes")

    first = read(anybody, "/disclosure/road/")
    helps = text(anybody.get("/disclosure/road/", yes, secure=True))
    unsure = text(anybody.get("/disclosure/road/", yes | {"shop": "unsure"}, secure=True))
    nearer = text(anybody.get("/disclosure/road/", yes | {"amount": "no"}, secure=True))
    gentle = text(anybody.get("/disclosure/road/", yes | {"wrote": "no"}, secure=True))

    assert "使えそうです" not in first
    assert "使えそうです" in helps
    assert "使えるかもしれません" in unsure
    assert "ほかの方法のほうが近道" in nearer
    assert "188" in nearer
    assert "使えそうです" in gentle
    assert "仲介をお使いになると" in gentle


def test_the_way_to_ask_is_offered_to_buyers_and_to_who_may_be_one(enter: Enter, buyer: Client) -> None:
    for client, is_offered in ((buyer, True), (enter(), True), (enter(Role.AGENT), False)):
        assert ("/disclosure/ask/" in read(client, "/disclosure/")) is is_offered
        assert ("/disclosure/ask/" in read(client, "/disclosure/road/?here=yes")) is is_offered


def test_the_help_pages_and_the_procedure_say_what_is_declared(enter: Enter) -> None:
    anybody, agent = enter(), enter(Role.AGENT)
    pages = [
        read(anybody, "/disclosure/"),
        read(anybody, "/disclosure/sellers/"),
        read(agent, "/desk/reading/request/"),
    ]

    for page in pages:
        assert all(one.text.ja in page for one in Element)
        assert all(item.ja in page for item in SELLER_ITEMS.values())
        assert "銀行口座" in page
    assert "14日（暦）" in pages[0]
    assert "もう一人の確認を待っている" in pages[2]


def test_the_decision_is_a_pdf_for_who_asked_and_each_opening_is_recorded(
    enter: Enter, buyer: Client, case: str
) -> None:
    pytest.importorskip("typst")
    number = SellerRequest.objects.get().pk
    decide(enter, case)
    own = f"/disclosure/requests/{number}/paper/"
    before = SellerRequest.objects.get().version

    by_get = buyer.get(own, secure=True)
    mine = buyer.post(own, secure=True)
    theirs = enter(Role.AGENT).post(f"/desk/cases/{case}/disclosure/paper/", secure=True)

    assert by_get.status_code == 405
    for answer in (mine, theirs):
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")
    assert SellerRequest.objects.get().version == before + 2


def decide(enter: Enter, case: str) -> None:
    counsel = enter(Role.COUNSEL)
    send(enter(Role.AGENT), duty(case, "begin"))
    send(counsel, duty(case, "hear"))
    number = SellerRequest.objects.get().pk
    send(
        enter(Role.SELLER, "seller:S-1"),
        f"/seller/disclosure/{number}/view/",
        agrees="on",
        said="かまいません。",
    )
    send(counsel, duty(case, "disclose"), reason="要件を満たす。")
    send(enter(Role.LEAD, stepped_up=True), duty(case, "agree"))


def test_a_refusal_is_a_pdf_too_and_an_open_request_none(enter: Enter, buyer: Client, case: str) -> None:
    pytest.importorskip("typst")
    number = SellerRequest.objects.get().pk
    own = f"/disclosure/requests/{number}/paper/"
    assert buyer.post(own, secure=True).status_code == 404
    send(enter(Role.AGENT), duty(case, "begin"))
    counsel, lead = enter(Role.COUNSEL), enter(Role.LEAD, stepped_up=True)
    send(
        counsel,
        duty(case, "weigh"),
        element="need",
        verdict="not_met",
        evidence="said",
        reason="権利の行使でない。",
    )
    send(counsel, duty(case, "refuse"), reason="必要がない。")
    send(lead, duty(case, "agree"))

    assert buyer.post(own, secure=True).content.startswith(b"%PDF-")


def test_a_seller_in_english_reads_what_it_is_told(enter: Enter, case: str) -> None:
    send(enter(Role.AGENT), duty(case, "begin"))
    send(enter(Role.COUNSEL), duty(case, "hear"))
    shop = enter(Role.SELLER, "seller:S-1")
    shop.cookies["django_language"] = "en"

    page = read(shop, "/seller/disclosure/")

    assert "The buyer of order O-1 asks us for your information" in page
