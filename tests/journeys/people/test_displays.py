"""What sellers show: four kinds of seller write it, a buyer asks and takes it along, a centre checks it, staff look."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from tests.journeys.browser import House
from tests.journeys.people.conftest import Come
from tests.journeys.people.person import Person
from tests.journeys.people.village import BOOKS, SALE

pytestmark = pytest.mark.processes
WRITE = "/seller/display/write/"
VERIFIER = Path(__file__).parents[3] / "verifier" / "mamori_verify.py"


def writes_display(
    seller: Person,
    *,
    who: dict[str, str],
    later: tuple[str, ...] = (),
    lang: str = "ja",
) -> None:
    """Let a seller answer the questions, leave some items for requests, and make it public."""
    go_on, publish = {"ja": ("次へ", "この内容で公開する"), "en": ("Continue", "Make this public")}[lang]
    seller.goes(WRITE)
    for trait in ("sends", "prepaid", "all_charges_shown"):
        seller.main.locator(f"input[name=traits][value={trait}]").check()
    seller.main.locator("input[name=place][value=own]").check()
    seller.presses(go_on)
    seller.writes(**who)
    for item in later:
        seller.main.locator(f"input[name=later_{item}]").check()
    seller.presses(go_on)
    seller.writes(**SALE)
    seller.presses(go_on)
    seller.presses(go_on)
    seller.shows()
    seller.presses(publish)


def changes(seller: Person, label: str, **fields: str) -> None:
    """Let a seller who shows something already change one answer, and come back to all of them."""
    seller.opens(re.compile(rf"変更する\s*：{re.escape(label)}$"))
    seller.writes(**fields)
    seller.presses("次へ")


@pytest.fixture(scope="module")
def company(open_house: House, village: dict[str, str]) -> None:
    """A company shows all but its address, which it gives on request; a doll shop shows its office."""
    open_house.do("show_displays")


def test_a_company_is_told_what_lacks_before_it_is_public_and_puts_it_right(comes: Come) -> None:
    seller = comes("seller:S-PAPER", to="/seller/display/")

    writes_display(
        seller, who={"name": "青空文具", "responsible": "", "phone": "000-0000-0000", "address": ""}
    )
    seller.sees("直すところ", "表示を公開しました。", "直す期限：")
    seller.shows("display-company-lacking")

    seller.goes(WRITE)
    changes(seller, "氏名・名称", **BOOKS, address="東京都千代田区霞が関3-1-1")
    seller.sees("そろっています")
    seller.presses("この内容で公開する")
    seller.sees("そろっています", "代表取締役 佐藤 一郎")
    seller.shows("display-company")


def test_a_sole_trader_on_a_telephone_leaves_home_and_number_for_requests(comes: Come) -> None:
    seller = comes("seller:S-CLOTH", to="/seller/display/", by="phone")
    seller.sees("まだ書かれていません")
    seller.shows()

    writes_display(seller, who={"name": "山田 花子"}, later=("address", "phone"))

    seller.sees("そろっています")
    seller.shows("display-sole-trader")
    anybody = comes(to="/sellers/S-CLOTH/display/", by="phone")
    anybody.sees("請求があれば、遅滞なくお知らせします。", "省略された事項を請求する")
    anybody.sees_nothing_of("霞が関3-1-2")


def test_a_seller_abroad_writes_it_in_english(comes: Come) -> None:
    seller = comes("seller:S-SEOUL", to="/seller/display/", lang="en")
    seller.sees("Nothing is written yet")
    who = {
        "name": "Seoul Ceramics Co., Ltd.",
        "responsible": "Kim Minji",
        "address": "12-3, Jongno-gu, Seoul, Korea",
        "phone": "+82-2-555-0101",
    }

    writes_display(seller, who=who, lang="en")

    seller.sees("Your display is public now.")
    seller.shows("display-abroad")
    anybody = comes(to="/sellers/S-SEOUL/display/", lang="en")
    anybody.sees("Seoul Ceramics Co., Ltd.", "12-3, Jongno-gu, Seoul, Korea")


def test_of_a_private_person_nothing_is_asked_and_nothing_is_shown(comes: Come) -> None:
    seller = comes("seller:S-HOME", to="/seller/display/", by="phone")

    seller.sees("表示の義務はなく、書いた内容も公開されません。")
    seller.has_no_button("表示を書く")
    seller.shows("display-private")
    stranger = comes(to="/")
    assert stranger.goes("/sellers/S-HOME/display/") == 404
    stranger.sees_nothing_of("本町6-50-10", "個人 太郎")


@pytest.mark.usefixtures("company")
def test_a_buyer_asks_for_what_is_left_out_and_has_it_at_once(comes: Come) -> None:
    buyer = comes("buyer:B-PLAIN", to="/sellers/S-BOOKS/display/", by="phone")
    buyer.sees("請求があれば、遅滞なくお知らせします。")
    buyer.sees_nothing_of("霞が関3-1-1")

    buyer.opens("省略された事項を請求する")
    buyer.shows("display-ask")
    buyer.presses("請求する")

    buyer.sees("請求しました。", "東京都千代田区霞が関3-1-1")
    buyer.shows("display-given")
    seller = comes("seller:S-BOOKS", to="/seller/display/requests/")
    seller.sees("知らせた", "東京都千代田区霞が関3-1-1")
    seller.sees_nothing_of("B-PLAIN", "森 一郎")
    seller.shows()


@pytest.mark.usefixtures("company")
def test_a_seller_in_fear_is_heard_and_a_lead_lets_it_not_give_its_home(comes: Come) -> None:
    buyer = comes("buyer:B-EAR", to="/sellers/S-DOLLS/display/ask/", by="phone")
    buyer.presses("請求する")
    buyer.sees("出品者の回答を待っている")

    seller = comes("seller:S-DOLLS", to="/seller/display/requests/")
    seller.opens("知らせられないので運営者に相談する")
    seller.writes(reason="元の交際相手に探されています")
    seller.presses("運営者に見てもらう")
    seller.sees("運営者が見ています。結果をお知らせします。")

    lead = comes("lead", to="/desk/displays/")
    lead.opens("答えのない請求")
    lead.shows("display-requests-desk")
    lead.opens("はなこの人形")
    lead.sees("元の交際相手に探されています")
    lead.shows("display-request-lead")
    lead.opens("知らせなくてよいとする")
    lead.writes(reason="警察への相談の記録を確かめた")
    lead.presses("知らせなくてよいとする")
    lead.sees("双方に知らせました。")
    buyer.goes("/displays/requests/")
    buyer.sees("知らせなくてよいとした")
    buyer.sees_nothing_of("交際相手", "霞が関3-1-2")


@pytest.mark.usefixtures("company")
def test_an_agent_tries_the_form_and_the_seller_enters_what_came(comes: Come) -> None:
    seller = comes("seller:S-BOOKS", to="/seller/display/contacts/")
    seller.sees("https://books.example.jp/contact")
    seller.opens("フォームでの確認を頼む")
    seller.presses("フォームから送ってもらう")
    seller.sees("担当者がフォームから送ります。")

    agent = comes("agent", to="/desk/calls/displays/")
    agent.sees("問い合わせフォーム")
    agent.shows("display-forms-desk")
    agent.opens("青空書房")
    code = agent.main.locator("strong.code").first.inner_text()
    agent.shows("display-form-agent")
    agent.chooses("確認コードを書いて送れた")
    agent.presses("結果を記録する")
    agent.sees("送ったことを記録し、出品者に知らせました。")

    seller.goes("/seller/display/contacts/")
    seller.opens("届いた確認コードを入れる")
    seller.writes(code=code)
    seller.presses("確かめる")
    seller.sees("届くことを確かめました。")
    seller.shows()
    anybody = comes(to="/sellers/S-BOOKS/display/")
    anybody.sees("連絡先確認")
    anybody.shows("display-proven")


@pytest.mark.usefixtures("company")
def test_a_buyer_takes_along_what_was_shown_and_a_centre_checks_it_alone(
    comes: Come, open_house: House, tmp_path: Path
) -> None:
    ref = open_house.do("order_books")
    buyer = comes("buyer:B-PLAIN", to=f"/displays/orders/{ref}/", by="phone")
    buyer.sees("注文したときの表示", "株式会社青空書房", "注文したときの商品の情報", "布の小物")
    buyer.shows("display-seen")
    answer = buyer.page.context.request.get(f"{open_house.origin}/displays/orders/{ref}/?format=pdf")
    assert answer.status == 200

    # The centre has the paper and the operator's published key, and no access to anything here.
    paper = pypdfium2.PdfDocument(answer.body())
    for place in range(paper.count_attachments()):
        file = paper.get_attachment(place)
        (tmp_path / file.get_name()).write_bytes(bytes(file.get_data()))
    receipts, seen = tmp_path / "receipts.json", tmp_path / "seen.json"
    command = [
        sys.executable,
        str(VERIFIER),
        str(receipts),
        "--seen",
        str(seen),
        "--key",
        open_house.do("key"),
    ]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr

    told = json.loads(seen.read_text())
    told["display"]["content"]["items"][0]["said"] = "だれか"
    seen.write_text(json.dumps(told, ensure_ascii=False))
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1


@pytest.mark.usefixtures("company")
def test_an_agent_looks_at_a_shop_and_its_versions(comes: Come) -> None:
    agent = comes("agent", to="/desk/displays/S-BOOKS/")

    agent.sees("そろっている", "株式会社青空書房", "これまで")
    agent.shows("display-shop-agent")
    agent.sees_nothing_of("霞が関3-1-1")


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("by", ["phone", "desktop"])
def test_a_stranger_reads_what_is_public_and_nothing_else(comes: Come, by: str) -> None:
    stranger = comes(to="/sellers/S-BOOKS/display/", by=by)
    stranger.sees("株式会社青空書房", "請求があれば、遅滞なくお知らせします。")
    stranger.shows()

    stranger.opens("省略された事項を請求する")

    stranger.sees_nothing_of("霞が関3-1-1", "S-BOOKS の請求")
    for path in ("/seller/display/requests/", "/desk/displays/requests/", "/displays/requests/"):
        stranger.goes(path)
        stranger.sees_nothing_of("霞が関3-1-1", "B-PLAIN")
