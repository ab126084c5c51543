"""A buyer whose browser runs no scripts does all that others do: by plain pages, plain forms and plain links."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.people.conftest import Come
from tests.journeys.people.person import reports
from tests.journeys.test_buyer_and_seller import picture

pytestmark = pytest.mark.processes


def test_without_scripts_nothing_is_missing(comes: Come) -> None:
    buyer = comes("buyer:B-PLAIN", to="/report/?order=O-PLAIN", java_script_enabled=False)
    number = reports(
        buyer,
        "説明では深型でしたが、浅い鍋が届きました",
        topic="説明と違う",
        harm="お金の損失",
        may_read="はい、読んでもよい",
    )
    buyer.sees("出品者の回答：", "解決の期限：")
    buyer.shows("without-scripts-sent", scripts=False)

    # A picture goes along, and what is left of the time is said without a script.
    buyer.opens("やり取りを見る")
    buyer.writes(said="届いた鍋の写真です")
    buyer.main.locator("input[type=file]").set_input_files(picture())
    buyer.presses("送る")
    buyer.sees("送りました。")
    expect(buyer.main.get_by_alt_text("添付の画像：傷.png")).to_have_count(1)
    expect(buyer.main.locator(".clock").first).to_contain_text("あと")
    assert "lively" not in (buyer.page.locator("html").get_attribute("class") or "")

    # A mistake comes back beside the field, with what was typed.
    buyer.opens("家族などに手伝ってもらう")
    buyer.chooses("30日間")
    buyer.presses("この人に頼む")
    buyer.sees("入力をご確認ください")
    expect(buyer.main.get_by_label("30日間")).to_be_checked()

    # The look and the language change by a press, on the same page.
    buyer.goes(f"/threads/{number}/")
    buyer.presses("English")
    buyer.sees("We are waiting for the seller.")
    buyer.presses("Dark")
    expect(buyer.page.locator("html")).to_have_attribute("data-theme", "dark")
    buyer.shows("without-scripts-dark", scripts=False)
    buyer.presses("日本語")

    # The seller answers, and the buyer ends it.
    seller = comes("seller:S-KITCHEN", to=f"/seller/threads/{number}/", java_script_enabled=False)
    seller.writes(said="深型をあらためて明日お送りします")
    seller.presses("回答を送る")
    seller.sees("回答を送りました。")
    buyer.goes(f"/threads/{number}/")
    buyer.sees_heading("出品者が回答しました。解決しましたか。")
    buyer.opens("解決した")
    buyer.presses("解決した")
    buyer.sees("解決してよかったです。")
    assert buyer.heard.dialogs == seller.heard.dialogs == []
