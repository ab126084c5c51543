"""Who the seller is: somebody of seventy asks on a telephone, the seller is heard, two decide, and nobody else learns it."""

from __future__ import annotations

import pytest

from tests.journeys.browser import House
from tests.journeys.people.conftest import Come
from tests.journeys.people.person import Person

pytestmark = pytest.mark.processes
HOME, WHO = "東京都千代田区霞が関2-1-6", "株式会社青空書房"
WHY = "ソファが届かず、返金もされません。少額訴訟を起こします。"
ROAD = ("here", "consumer", "shop", "money", "amount", "claim", "wrote")
MOST_INPUTS = 12


@pytest.fixture(scope="module")
def sofa(open_house: House, village: dict[str, str]) -> str:
    """A sofa of 48,000 yen was ordered and never came."""
    del village
    ordered: str = open_house.do("order_sofa")
    return ordered


PAGES: tuple[dict[str, tuple[str, ...]], ...] = (
    {"items": ("name", "address")},
    {"claim": ("not_delivered",)},
    {"need": ("suit",)},
    {"asking": ("self",), "bought_as": ("consumer",), "pledge": ("on",)},
)
"""What is ticked on each page after the order's."""


def asks(buyer: Person, order: str, *, price: str, is_small: bool = False) -> int:
    """Let a buyer answer page by page and send it; return how many answers that took."""
    pages = ({"order": (order,)}, *PAGES)
    typed = {1: {"price": price}, 4: {"why": WHY}}
    for number, ticked in enumerate(pages, 1):
        buyer.sees(f"手順 {number} / 6")
        for name, value in ((name, value) for name, values in ticked.items() for value in values):
            buyer.main.locator(
                f"input[name={name}][value='{value}']" if value != "on" else f"input[name={name}]"
            ).check()
        buyer.writes(**typed.get(number, {}))
        buyer.shows(f"disclosure-ask-{number}")
        buyer.presses("次へ")
        if number == 1 and is_small:
            buyer.sees("1万円を超えるとき", "いまの合計は10,000円")
            buyer.shows("disclosure-ask-small")
            buyer.presses("次へ")
    buyer.sees("手順 6 / 6", "内容をご確認ください", "出品者に知らせること")
    buyer.shows("disclosure-ask-6")
    buyer.presses("請求を送る")
    return len(typed) + sum(len(values) for ticked in pages for values in ticked.values())


def test_somebody_of_seventy_asks_and_two_people_decide_after_hearing_the_seller(
    comes: Come, sofa: str
) -> None:
    buyer = comes("buyer:B-OLD", to="/disclosure/", by="phone")
    buyer.sees_heading("出品者の情報の開示請求")
    buyer.shows("disclosure-help")
    buyer.opens("使えるかを確かめる（7つの質問）")
    for question in ROAD:
        buyer.main.locator(f"input[name={question}][value=yes]").check()
    buyer.presses("確かめる")
    buyer.sees("使えそうです")
    buyer.shows("disclosure-road")
    buyer.opens("請求する")

    assert asks(buyer, sofa, price="48000") <= MOST_INPUTS
    buyer.sees("請求を受け付けました。受付番号をお控えください。")
    number = buyer.number()
    buyer.sees("受け付けた", "出品者に知らせる文")
    own = buyer.page.url
    buyer.shows("disclosure-request")

    agent = comes("agent", to=f"/desk/cases/{number}/")
    agent.opens("確かめ始める")
    agent.presses("確かめ始める")
    agent.sees("確かめ始めたと記録しました。")
    counsel = comes("counsel", to=f"/desk/cases/{number}/")
    counsel.sees("ご請求に足りないものはありません", "この通販サイトでの契約")
    counsel.shows("disclosure-case")
    counsel.opens("出品者の意見を聴く")
    counsel.shows()
    counsel.presses("出品者の意見を聴く")
    counsel.sees("出品者に意見を求めました。")

    seller = comes("seller:S-SOFA", to="/seller/disclosure/", by="phone", lang="en")
    seller.sees("Requests for your information")
    seller.sees_nothing_of(WHY, "B-OLD", "鈴木 よし")
    seller.opens("State your view")
    seller.writes(said="We are about to send it.")
    seller.shows("disclosure-view")
    seller.presses("Send my view")
    seller.sees("We have your view.")
    seller.shows()

    counsel.goes(f"/desk/cases/{number}/")
    counsel.sees("We are about to send it.")
    counsel.opens("要件について判断する")
    for name, value in {"element": "purpose", "verdict": "met", "evidence": "view"}.items():
        counsel.main.locator(f"input[name={name}][value={value}]").filter(visible=True).check()
    counsel.writes(reason="意見を読んだ。権利の有無を変えない。")
    counsel.shows("disclosure-weigh")
    counsel.presses("要件について判断する")
    counsel.sees("判断を記録しました。")
    counsel.opens("開示を提案する")
    counsel.writes(reason="要件を満たす。")
    counsel.shows("disclosure-propose")
    counsel.presses("開示を提案する")
    counsel.sees("開示を提案しました。別の人の確認を待ちます。")
    buyer.goes(own)
    buyer.sees_nothing_of(HOME, WHO)
    lead = comes("lead", to=f"/desk/cases/{number}/")
    lead.opens("提案に同意し、決定する")
    lead.shows("disclosure-agree")
    lead.presses("同意して決定する")
    lead.sees("開示し、知らせました。")

    buyer.goes(own)
    buyer.sees_nothing_of(HOME, WHO)
    buyer.presses("内容を開く")
    buyer.sees(HOME, WHO, "請求した権利の行使だけにお使いください")
    buyer.shows("disclosure-given")
    with buyer.page.expect_download() as letter:
        buyer.presses("決定の通知（PDF）")
    assert letter.value.path().read_bytes().startswith(b"%PDF-")
    lead.goes("/desk/disclosure/")
    lead.sees("青空家具")
    lead.shows("disclosure-list")


def test_a_claim_of_exactly_ten_thousand_is_refused_in_plain_words_with_other_roads(
    comes: Come, sofa: str
) -> None:
    buyer = comes("buyer:B-PLAIN", to="/disclosure/ask/")
    asks(buyer, f"{sofa}-2", price="10000", is_small=True)
    number = buyer.number()

    lead, agent = comes("lead"), comes("agent", to=f"/desk/cases/{number}/")
    agent.sees("1万円を超えません")
    agent.opens("確かめ始める")
    agent.presses("確かめ始める")
    counsel = comes("counsel", to=f"/desk/cases/{number}/")
    counsel.opens("開示しないことを提案する")
    counsel.writes(reason="額が足りない。")
    counsel.presses("開示しないことを提案する")
    lead.goes(f"/desk/cases/{number}/")
    lead.opens("提案に同意し、決定する")
    lead.presses("同意して決定する")

    buyer.goes("/disclosure/requests/")
    buyer.main.locator("ul.list a").first.click()
    buyer.sees("開示しない理由", "1万円を超えません", "消費者ホットライン（電話 188）")
    buyer.shows("disclosure-refused")


def test_a_home_that_is_somebody_elses_now_is_left_out_and_the_buyer_reads_which_and_why(
    comes: Come, sofa: str
) -> None:
    buyer = comes("buyer:B-PLAIN", to="/disclosure/ask/", by="phone")
    asks(buyer, f"{sofa}-2", price="48000")
    number = buyer.number()
    counsel = comes("counsel", to=f"/desk/cases/{number}/")
    counsel.opens("確かめ始める")
    counsel.presses("確かめ始める")
    counsel.opens("出品者の意見を聴く")
    counsel.presses("出品者の意見を聴く")

    seller = comes("seller:S-SOFA", to="/seller/disclosure/", by="phone", color_scheme="dark")
    seller.opens("意見を書く")
    seller.main.locator("input[name=agrees]").check()
    seller.main.locator("input[name=outdated][value=address]").check()
    seller.writes(said="引っ越しました。いまは別の家族が住んでいます。")
    seller.shows("disclosure-outdated")
    seller.presses("意見を送る")
    seller.sees("直すか確かめる期限", "その項目を外すかを判断します")
    seller.shows("disclosure-outdated-asked")
    seller.opens("登録のとおりで正しいと答える")
    seller.main.locator("input[name=items]").check()
    seller.shows("disclosure-confirm")
    seller.presses("正しいと答える")
    seller.sees("お答えを受け取りました。")

    agent = comes("agent", to=f"/desk/cases/{number}/")
    agent.opens("要件に疑問を記録する")
    agent.main.locator("input[name=element][value=items]").filter(visible=True).check()
    agent.writes(reason="郵便が転居先不明で戻った。")
    agent.presses("要件に疑問を記録する")
    agent.sees("疑問を記録しました。")
    counsel.goes(f"/desk/cases/{number}/")
    counsel.sees("郵便が転居先不明で戻った。")
    counsel.opens("要件について判断する")
    for name, value in {"element": "items", "verdict": "met", "evidence": "registration"}.items():
        counsel.main.locator(f"input[name={name}][value={value}]").filter(visible=True).check()
    counsel.writes(reason="氏名は登記と合う。住所だけを外す。")
    counsel.presses("要件について判断する")
    counsel.opens("開示を提案する")
    counsel.main.locator("select[name=of_address]").select_option("anothers")
    counsel.writes(reason="住所には別の家族が住んでいる。")
    counsel.shows("disclosure-leave-out")
    counsel.presses("開示を提案する")
    lead = comes("lead", to=f"/desk/cases/{number}/", lang="en", color_scheme="dark")
    lead.opens("Agree to the proposal")
    lead.sees("Left out: Address")
    lead.shows("disclosure-agree-left-out")
    lead.presses("Agree and decide")

    buyer.goes("/disclosure/requests/")
    buyer.main.locator("ul.list a").first.click()
    buyer.sees("開示しなかった項目と理由", "いまは出品者でない別の人のもの")
    buyer.presses("内容を開く")
    buyer.sees(WHO)
    buyer.sees_nothing_of(HOME)
    buyer.shows("disclosure-given-in-part")


def test_staff_enter_a_letter_and_read_the_procedure(comes: Come, sofa: str) -> None:
    agent = comes("agent", to="/desk/disclosure/enter/")
    agent.shows("disclosure-enter")
    for name, value in {
        "channel": "letter",
        "asking": "lawyer",
        "bought_as": "unsaid",
        "claim": "unsaid",
        "need": "unsaid",
    }.items():
        agent.main.locator(f"input[name={name}][value={value}]").check()
    agent.presses("記録する")
    agent.sees("記録しました")
    agent.goes("/desk/reading/request/")
    agent.shows("disclosure-procedure")
    anybody = comes(to="/disclosure/sellers/", lang="en", color_scheme="dark")
    anybody.sees_heading("When your information is disclosed")
    anybody.shows("disclosure-sellers-dark")
