"""On the pages: the seller says that it has moved, counsel leaves the home out, a lead agrees, the buyer reads which and why."""

from __future__ import annotations

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.law.article5 import Element, LeftOut, SellerItem
from mamori.rooms.disclosure.actions import deciding
from mamori.rooms.disclosure.models import SellerRequest
from mamori.rooms.disclosure.rules.asked import BoughtAs
from mamori.rooms.disclosure.tests.conftest import DAY, MONDAY, ask, counsel, ring, seller
from mamori.rooms.disclosure.tests.test_pages import ADDRESS, duty, newest, own_page, read, send, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("market_day")]
WHY = LeftOut.ANOTHERS.text.ja


@pytest.fixture
def heard() -> str:
    """Let the seller be asked for its view; return the case's number."""
    number = ask()
    deciding.begin_request(counsel(), request=number)
    deciding.ask_view(counsel(), request=number)
    return newest()


def moved(enter: Enter) -> str:
    """Let the seller say on its page that its address is outdated; return what it reads then."""
    shop, number = enter(Role.SELLER, "seller:S-1"), SellerRequest.objects.get().pk
    said = {"agrees": "on", "said": "引っ越しました。", "outdated": ["address"]}
    return text(send(shop, f"/seller/disclosure/{number}/view/", **said))


def test_the_seller_reads_until_when_and_what_silence_means_and_may_confirm(enter: Enter, heard: str) -> None:
    page = moved(enter)
    number = SellerRequest.objects.get().pk
    shop = enter(Role.SELLER, "seller:S-1")

    none = send(shop, f"/seller/disclosure/{number}/confirm/")
    confirmed = send(shop, f"/seller/disclosure/{number}/confirm/", items=["address"])
    again = shop.get(f"/seller/disclosure/{number}/confirm/", secure=True)

    assert "7日（暦）以内に、登録を直すか" in page
    assert "直すか確かめる期限" in page
    assert "その項目を外すかを判断します" in page
    assert none.status_code == 422
    assert "「登録のとおりで正しい項目」を選んでください。" in text(none)
    assert "お答えを受け取りました。" in text(confirmed)
    assert again.status_code == 302


def test_counsel_leaves_the_home_out_a_lead_agrees_and_the_buyer_reads_which_and_why(
    enter: Enter, heard: str
) -> None:
    moved(enter)
    waits = read(enter(Role.COUNSEL), f"/desk/cases/{heard}/")
    ring(SellerRequest.objects.get().outdated_at + 8 * DAY)  # type: ignore[operator]
    at_stake = read(enter(Role.COUNSEL), f"/desk/cases/{heard}/")

    proposed = send(
        enter(Role.COUNSEL), duty(heard, "disclose"), reason="大家に確かめた。", of_address="anothers"
    )
    before = read(enter(Role.LEAD, stepped_up=True), duty(heard, "agree"))
    agreed = send(enter(Role.LEAD, stepped_up=True), duty(heard, "agree"))
    buyer, shop = enter(Role.BUYER, "buyer:B-1"), enter(Role.SELLER, "seller:S-1")
    page, own = read(buyer, own_page()), read(shop, "/seller/disclosure/")
    opened = text(buyer.post(f"{own_page()}opened/", secure=True))

    assert "出品者が古いと言った項目を、直すか確かめるのを待っています" in waits
    assert "出品者のものか疑わしい項目があります" in at_stake
    assert "開示を提案しました" in text(proposed)
    assert f"外す項目：{SellerItem.ADDRESS.text.ja}（{WHY}）" in before
    assert "一部を開示し、知らせました。" in text(agreed)
    assert "開示しなかった項目と理由" in page
    assert WHY in page
    assert WHY in own
    assert "株式会社さくら家電" in opened
    assert all(ADDRESS not in one for one in (page, own, opened, before, at_stake))


def test_an_agent_doubts_on_the_page_and_what_was_weighed_is_listed_with_its_words(
    enter: Enter, heard: str
) -> None:
    doubted = send(enter(Role.AGENT), duty(heard, "doubt"), element="need", reason="会いたいだけらしい。")
    send(
        enter(Role.COUNSEL),
        duty(heard, "weigh"),
        element="need",
        verdict="met",
        evidence="said",
        reason="訴状の写しがある。",
    )

    page = read(enter(Role.COUNSEL), f"/desk/cases/{heard}/")

    assert "疑問を記録しました" in text(doubted)
    assert "疑問と判断の記録" in page
    assert "会いたいだけらしい。" in page
    assert "訴状の写しがある。" in page
    assert Element.NEED.text.ja in page


def test_what_staff_are_told_by_telephone_is_entered_with_what_is_outdated(enter: Enter, heard: str) -> None:
    send(enter(Role.AGENT), duty(heard, "heard"), said="電話で、引っ越したと聞いた。", outdated=["address"])

    assert list(SellerRequest.objects.get().outdated) == ["address"]


def test_a_refusal_on_what_who_asks_may_deny_says_where_a_doubt_goes(enter: Enter) -> None:
    number = ask(bought_as=BoughtAs.BUSINESS)
    deciding.begin_request(counsel(), request=number)

    assert "要件に疑問を記録する" in read(enter(Role.COUNSEL), duty(newest(), "refuse"))


def test_help_pages_say_which_reasons_there_are_and_what_silence_means(enter: Enter) -> None:
    for page in ("/disclosure/", "/disclosure/sellers/"):
        assert WHY in read(enter(Role.BUYER, "buyer:B-1"), page)
    assert "7日（暦）以内に" in read(enter(Role.BUYER, "buyer:B-1"), "/disclosure/sellers/")


def test_where_one_item_alone_is_asked_for_there_is_nothing_to_choose(enter: Enter) -> None:
    number = ask(items=(SellerItem.NAME,))
    deciding.begin_request(counsel(), request=number)
    deciding.ask_view(counsel(), request=number)
    deciding.state_view(seller(MONDAY + DAY), request=number, agrees=True, said="はい。")

    page = read(enter(Role.COUNSEL), duty(newest(), "disclose"))

    assert "of_name" not in page
