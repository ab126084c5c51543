"""An honest seller says beforehand when the shop is closed, answers when it opens, and keeps what is promised."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from mamori.japan.calendar import JAPAN
from tests.journeys.people.conftest import Come
from tests.journeys.people.person import Person, reports

pytestmark = pytest.mark.processes


def declares(seller: Person, first: int, last: int) -> None:
    """Let a seller declare closing days, so many days from today."""
    today = datetime.now(UTC).astimezone(JAPAN).date()
    for name, days in (("first", first), ("last", last)):
        day = today + timedelta(days=days)
        for part, value in (("year", day.year), ("month", day.month), ("day", day.day)):
            seller.main.locator(f"[name={name}_{part}]").fill(str(value))
    seller.presses("知らせる")


def test_a_seller_on_holiday_is_not_late_and_a_buyer_is_told_why(comes: Come) -> None:
    seller = comes("seller:S-TEA", to="/seller/", by="phone")
    seller.shows()

    # Days that run backwards are refused; from the day after tomorrow for a week is fine.
    seller.opens("お店")
    seller.opens("休業日")
    declares(seller, 8, 1)
    seller.sees("入力をご確認ください")
    declares(seller, 2, 9)
    seller.sees("休業日を記録しました。")
    seller.shows("holiday-declared")

    # A buyer reports a trouble: the answer is due later, and the page says why.
    buyer = comes("buyer:B-HOLIDAY", to="/report/?order=O-HOLIDAY", by="phone")
    number = reports(
        buyer,
        "取扱説明書が入っていませんでした",
        topic="その他",
        harm="不便",
        may_read="はい、読んでもよい",
    )
    buyer.opens("やり取りを見る")
    buyer.main.get_by_text("期限の数え方").click()
    buyer.sees(re.compile("休業"))
    buyer.shows("holiday-buyer")

    # The seller sees whose turn it is and until when, and begins with a usual text.
    seller.goes("/seller/")
    seller.sees("あなたの番")
    seller.page.locator(f'a[href="/seller/threads/{number}/"]').click()
    seller.sees("取扱説明書が入っていませんでした", "購入者が困っています。")
    seller.sees_nothing_of("小川", "holiday@example.jp", "076-555-1234")
    seller.main.get_by_text("定型文から書き始める").click()
    seller.main.locator("details.usual a").first.click()
    expect(seller.main.locator("textarea").first).to_have_value(re.compile(".{11}", re.DOTALL))
    seller.writes(said="説明書を今日お送りします。3日ほどで届きます。")
    seller.presses("回答を送る")
    seller.sees("回答を送りました。")
    seller.shows("holiday-answered")

    # The terms that were published in the meantime are read and accepted.
    seller.goes("/seller/health/")
    seller.opens("規約を開く")
    seller.main.get_by_role("button", name=re.compile("すべてに同意する")).click()
    seller.sees("公表されたすべての版に同意済みです。")
    seller.shows("holiday-terms")

    # The buyer is content, and the shop's own page says that nothing is missing.
    buyer.goes(f"/threads/{number}/")
    buyer.opens("解決した")
    buyer.presses("解決した")
    buyer.sees("解決してよかったです。")
    seller.goes("/seller/health/")
    seller.sees("足りないものはありません。")
    seller.goes("/seller/?show=ended")
    expect(seller.main.locator(f'a[href="/seller/threads/{number}/"]')).to_have_count(1)
