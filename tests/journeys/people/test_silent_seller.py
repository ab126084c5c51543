"""A seller never answers: the buyer is refunded in the seller's place, and only then the seller is asked to pay."""

from __future__ import annotations

import re

import pytest

from tests.journeys.browser import House
from tests.journeys.people.conftest import Come

pytestmark = pytest.mark.processes


def test_silence_costs_the_buyer_nothing_and_the_seller_is_heard(
    comes: Come, open_house: House, village: dict[str, str]
) -> None:
    number = village["silent"]
    seller = comes("seller:S-LAMPS", to="/seller/", lang="en")
    buyer = comes("buyer:B-SILENT", to=f"/threads/{number}/", by="phone")

    # Two weeks have gone by.  The seller sees how late it is and every urging; the buyer what is done about it.
    seller.page.locator(f'a[href="/seller/threads/{number}/"]').click()
    seller.sees("The solution was due by", "You were urged", re.compile("business days overdue"))
    seller.sees_nothing_of("西田", "silent@example.jp", "076-555-1234")
    seller.shows("silent-seller-urged")
    buyer.sees("お待たせして申し訳ありません", "今は窓口が対応しています", "あなたがすることはありません")
    buyer.shows("silent-seller-buyer")

    # The buyer says what they would like; before asking they have seen how much is possible.
    buyer.opens("立替返金を受けられるか確かめる")
    buyer.sees("お返しできる額：最大", "6,800円")
    buyer.chooses("全額の返金")
    buyer.presses("この希望を伝える")
    buyer.sees("ご希望を受け付けました。")

    # An agent grants it.  Until the marketplace confirms, nobody says that it was paid.
    agent = comes("agent", to=f"/desk/cases/{number}/")
    agent.opens("出品者に代わって返金する")
    agent.writes(amount="6800", reason="2週間回答がない")
    agent.presses("返金を決める")
    agent.sees("返金を決め、通販サイトに指示しました。")
    buyer.goes(f"/threads/{number}/")
    buyer.sees("6,800円を返金することが決まりました。", "通販サイトが手続きをしています")
    buyer.sees_nothing_of("返金しました")

    # The marketplace confirms.
    assert open_house.do("confirm") == 1
    buyer.goes(f"/threads/{number}/")
    buyer.sees("出品者に代わって6,800円を返金しました。")
    buyer.sees_nothing_of("出品者への請求", "差し引")  # that is between operator and seller
    buyer.shows("silent-seller-refunded")

    # Only now the seller is asked, and heard first: which clause, at most how much, until when.
    seller.goes("/seller/")
    seller.sees("Recoveries: your view", "6,800 yen")
    seller.main.locator('a[href^="/seller/recoveries/"]').filter(has_text="卓上ランプ").first.click()
    seller.sees("6,800 yen")
    seller.shows("silent-seller-heard")
    seller.writes(said="I was in hospital and saw nothing of this.")
    seller.presses("Send your view")
    seller.sees("We have your view. A person will decide.")
