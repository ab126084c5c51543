"""A buyer reports a trouble and a seller answers it, each in a browser of their own; every page on the way is looked at."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.browser import House, axe, too_wide
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.processes

BUYER, SELLER = "buyer=buyer:B-1", "seller=seller:S-1"
PHONE = {"width": 390, "height": 844}


def looked_at(page: Page) -> None:
    """Hold the page to axe and to its window's width."""
    assert axe(page) == [], page.url
    assert too_wide(page) == [], page.url


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def report(page: Page, words: str) -> str:
    """Report a trouble with the order, looking at each page, and return the case number."""
    page.goto("/")
    looked_at(page)
    page.get_by_role("link", name="買った物で困っている").click()
    for answer in ("鍋", "壊れている・動かない", "お金の損失"):
        looked_at(page)
        page.get_by_label(answer).first.check()
        press(page, "次へ")
    looked_at(page)
    page.get_by_label("何が起きましたか").fill(words)
    press(page, "次へ")
    looked_at(page)
    expect(page.get_by_text("読む人は、この件を担当する相談窓口の担当者です")).to_be_visible()
    page.get_by_label("はい、読んでもよい").check()
    press(page, "次へ")
    looked_at(page)
    expect(page.get_by_text(words)).to_be_visible()
    press(page, "この内容で伝える")
    looked_at(page)
    expect(page.get_by_role("heading", name="困りごとを受け付けました")).to_be_visible()
    found = re.search(r"/report/sent/(\d{8})/", page.url)
    assert found
    return found[1]


def picture() -> dict[str, Any]:
    """Return a photo as a browser uploads it."""
    file = BytesIO()
    Image.new("RGB", (320, 240), "#336699").save(file, "PNG")
    return {"name": "傷.png", "mimeType": "image/png", "buffer": file.getvalue()}


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_trouble_is_reported_answered_and_solved(guest: Visit, scripts: bool) -> None:
    buyer = guest(BUYER, viewport=PHONE, java_script_enabled=scripts).new_page()
    seller = guest(SELLER, java_script_enabled=scripts).new_page()

    number = report(buyer, "箱を開けたら割れていました") if scripts else quiet_report(buyer)
    buyer.get_by_role("link", name="やり取りを見る").click()
    expect(buyer.get_by_role("heading", name="出品者の回答を待っています。")).to_be_visible()
    buyer.get_by_label("書く内容").fill("写真です")
    buyer.get_by_label("写真や書類").set_input_files(picture())
    press(buyer, "送る")
    expect(buyer.get_by_text("送りました。")).to_be_visible()
    expect(buyer.get_by_alt_text("添付の画像：傷.png")).to_be_visible()

    seller.goto("/seller/")
    seller.locator(f'a[href="/seller/threads/{number}/"]').click()
    expect(seller.get_by_text("写真です")).to_be_visible()
    seller.get_by_text("まだ回答できないとき").click()
    press(seller, "受け取ったと伝える")
    expect(seller.get_by_text("受け取ったと伝えました。")).to_be_visible()
    seller.get_by_label("書く内容").first.fill("申し訳ありません。新しい鍋を明日お送りします。")
    press(seller, "回答を送る")
    expect(seller.get_by_text("回答を送りました。")).to_be_visible()

    buyer.reload()
    expect(buyer.get_by_role("heading", name="出品者が回答しました。解決しましたか。")).to_be_visible()
    buyer.get_by_role("link", name="解決していない", exact=True).click()
    buyer.get_by_label("書く内容").fill("まだ届きません")
    press(buyer, "解決していないと伝える")
    buyer.get_by_role("link", name="相談窓口に間に入ってもらう").click()
    buyer.get_by_label("いいえ、読まないでほしい").check()
    press(buyer, "間に入ってもらう")
    expect(buyer.get_by_text("今の答え：読まないでほしい")).to_be_visible()
    buyer.get_by_role("link", name="解決したと伝える").click()
    press(buyer, "解決した")
    expect(buyer.get_by_text("解決してよかったです。")).to_be_visible()
    for page in (buyer, seller):
        page.reload()
        if scripts:
            looked_at(page)


def quiet_report(page: Page) -> str:
    """Report a trouble in a browser without scripts, where axe cannot look."""
    page.goto("/report/?order=O-1")
    for answer in ("壊れている・動かない", "お金の損失"):
        page.get_by_label(answer).check()
        press(page, "次へ")
    page.get_by_label("何が起きましたか").fill("割れていました")
    press(page, "次へ")
    page.get_by_label("いいえ、読まないでほしい").check()
    press(page, "次へ")
    press(page, "この内容で伝える")
    page.wait_for_url("**/report/sent/**")
    found = re.search(r"/report/sent/(\d{8})/", page.url)
    assert found
    return found[1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["ja-JP", "en-GB"])
def test_pages_are_fit_to_be_used(guest: Visit, world: dict[str, Any], scheme: str, lang: str) -> None:
    case, recovery, receipt = world["case"], world["recovery_case"], world["receipt_address"]
    for who, paths in (
        (
            "",
            ("/", "/receipts/", f"/receipts/{receipt}/", "/find/?number=1", "/receipts/999999999/", "/help/"),
        ),
        ("agent", ("/desk/callers/", f"/desk/callers/?taken={case}")),
        (
            BUYER,
            (
                "/threads/",
                f"/threads/{case}/",
                f"/threads/{case}/helpers/",
                f"/report/sent/{case}/",
                "/ask/?listing=L-1",
                "/report/?order=O-1",
            ),
        ),
        (
            SELLER,
            (
                "/seller/",
                "/seller/?show=ended",
                "/seller/health/",
                "/seller/phrases/",
                f"/seller/threads/{case}/",
                f"/seller/recoveries/{recovery}/",
            ),
        ),
    ):
        page = guest(who, viewport=PHONE, color_scheme=scheme, locale=lang).new_page()
        for path in paths:
            page.goto(path)
            looked_at(page)


def test_a_number_leads_to_sign_in_and_tells_nothing(guest: Visit, world: dict[str, Any]) -> None:
    page = guest().new_page()

    page.goto("/")
    page.get_by_role("textbox", name="受付番号").fill(world["case"])
    press(page, "進む")

    expect(page).to_have_url(re.compile(re.escape(f"/in/?next=%2Fthreads%2F{world['case']}%2F") + "$"))


def test_a_seller_is_heard_about_a_recovery(guest: Visit, world: dict[str, Any]) -> None:
    page = guest(SELLER).new_page()

    page.goto("/seller/")
    page.locator(f'a[href="/seller/recoveries/{world["recovery_case"]}/"]').click()
    expect(page.get_by_text("8,000円").first).to_be_visible()
    expect(page.get_by_text("立替返金の回収・第1版")).to_be_visible()
    page.get_by_label("書く内容").fill("入院していて見られませんでした")
    press(page, "意見を送る")

    expect(page.get_by_text("意見を受け取りました。")).to_be_visible()
    expect(page.get_by_text("入院していて見られませんでした")).to_be_visible()
    looked_at(page)


@pytest.mark.parametrize("gone", ["the stay", "every cookie"])
def test_words_outlive_the_end_of_a_stay(
    guest: Visit, open_house: House, world: dict[str, Any], gone: str
) -> None:
    window = guest(BUYER)
    page = window.new_page()
    page.goto("/report/?order=O-1")
    page.get_by_label("説明と違う").check()
    press(page, "次へ")
    page.get_by_label("不便").check()
    press(page, "次へ")
    page.get_by_label("何が起きましたか").fill("色が写真とまったく違います")

    for cookie in open_house.cookies(BUYER) if gone == "the stay" else window.cookies():
        window.clear_cookies(name=cookie["name"])
    press(page, "次へ")
    expect(page.get_by_role("heading", name="まだ送られていません")).to_be_visible()
    looked_at(page)
    window.add_cookies(open_house.cookies(BUYER))  # type: ignore[arg-type]  # Playwright's own TypedDict
    press(page, "もう一度送る")
    for answer in ("鍋", "説明と違う", "不便"):
        page.get_by_label(answer).first.check()
        press(page, "次へ")

    expect(page.get_by_role("heading", name="相談窓口が読んでもよいですか")).to_be_visible()
    press(page, "戻る")
    expect(page.get_by_label("何が起きましたか")).to_have_value("色が写真とまったく違います")
