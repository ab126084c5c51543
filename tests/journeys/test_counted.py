"""What is done all day, counted in a house with forty cases: an agent proposes and writes, a shop refunds, a buyer accepts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.browser import Heard, House, axe, read, too_wide
from tests.journeys.counting import Keys, Mouse, loads_of
from tests.journeys.crowd import DANGERS, LONG

type Visit = Callable[..., BrowserContext]

pytestmark = pytest.mark.processes

WROTE = "確認しています。あすまでにお知らせします。"


@pytest.fixture(autouse=True, scope="module")
def cases(open_house: House) -> list[dict[str, str]]:
    """Let forty cases come: three dangers first, late ones next, two with a shop's offer last."""
    return list(open_house.do("crowd", "40"))


def begin(agent: Page, cases: list[dict[str, str]]) -> tuple[Keys, list[str]]:
    """Come to the most urgent of the forty; the small marketplace's own matters before it are nobody's keystroke."""
    agent.goto("/desk/")
    loads, keys, numbers = loads_of(agent), Keys(agent), {one["number"] for one in cases}
    for _ in range(6):
        with agent.expect_navigation():
            keys.press("n")
        keys.count, loads[:] = 1, [read(agent).url]  # the press and the page that led here
        if agent.url.rstrip("/").rpartition("/")[2] in numbers:
            return keys, loads
    raise AssertionError(agent.url)


def test_the_most_urgent_case_has_a_solution_proposed_in_two_loads_and_eight_keys(
    guest: Visit, cases: list[dict[str, str]]
) -> None:
    agent, heard = guest("agent").new_page(), Heard()
    heard.listen(agent)
    keys, loads = begin(agent, cases)

    keys.press("p")
    expect(agent.get_by_label("出品者が全額を返金する")).to_be_focused()
    keys.press("Space")
    keys.press("Enter")
    agent.wait_for_url("**?done=propose")

    expect(agent.get_by_role("status")).to_contain_text("提案し、双方に知らせました")
    print(f"loads: {len(loads)}, keys: {keys.count}")
    assert len(loads) <= 2
    assert keys.count <= 8
    assert heard.dialogs == heard.complaints == []


def test_three_waiting_cases_are_answered_in_words_in_four_loads_and_fifteen_keys(
    guest: Visit, cases: list[dict[str, str]]
) -> None:
    lead, taken = guest("lead").new_page(), set[str]()
    lead.goto("/desk/next/")
    while lead.url not in taken:  # somebody is at each danger and each accident
        taken.add(lead.url)
        with lead.expect_navigation():
            read(lead).keyboard.press("t")
        lead.goto("/desk/next/")
    assert len(taken) > DANGERS
    agent, told = guest("agent").new_page(), list[str]()
    keys, loads = begin(agent, cases)

    for _ in range(3):
        told.append(agent.url)
        keys.press("r")
        expect(agent.get_by_label("書く内容")).to_be_focused()
        agent.keyboard.type(WROTE)
        keys.press("Tab")
        keys.press("Tab")
        expect(agent.get_by_role("button", name="送って次の案件へ")).to_be_focused()
        with agent.expect_navigation():
            keys.press("Enter")
        expect(agent.get_by_role("status")).to_contain_text("送りました")

    print(f"loads: {len(loads)}, keys: {keys.count}, {told}")
    assert len(loads) <= 4
    assert keys.count <= 15
    assert len({*told, read(agent).url}) == 4
    for case in told:
        agent.goto(case)
        expect(agent.locator("#centre")).to_contain_text(WROTE)


def test_a_shop_answers_and_offers_a_refund_in_two_loads(guest: Visit, cases: list[dict[str, str]]) -> None:
    case, mouse = cases[30], Mouse()
    shop = guest(f"seller={case['seller']}").new_page()
    loads = loads_of(shop)

    shop.goto(f"/seller/threads/{case['number']}/")
    shop.get_by_label("書く内容").first.fill("割れていました。一部をお返しします。")
    mouse.click(shop.get_by_label("一部を返金する"))
    shop.get_by_label("返金する金額").fill("1500")
    with shop.expect_navigation():
        mouse.click(shop.get_by_role("button", name="回答を送る"))

    expect(shop.get_by_role("status")).to_contain_text("回答を送りました")
    expect(shop.locator("main")).to_contain_text("購入者の返事を待っています")
    print(f"loads: {len(loads)}, clicks: {mouse.count}")
    assert len(loads) <= 2


def test_a_buyer_accepts_an_offer_with_one_press_and_reads_there_when_the_money_comes(
    guest: Visit, cases: list[dict[str, str]]
) -> None:
    case, mouse = cases[-1], Mouse()
    buyer = guest(f"buyer={case['buyer']}").new_page()
    buyer.goto(f"/threads/{case['number']}/")
    loads = loads_of(buyer)

    with buyer.expect_navigation():
        mouse.click(buyer.get_by_role("button", name="この返金を受ける"))

    expect(buyer.locator("main")).to_contain_text("までに戻る予定です")
    print(f"loads: {len(loads)}, clicks: {mouse.count}")
    assert (len(loads), mouse.count) == (1, 1)


def test_a_usual_case_has_nine_headings_to_be_seen_and_six_forms_of_its_own(
    guest: Visit, cases: list[dict[str, str]]
) -> None:
    agent = guest("agent").new_page()
    agent.goto(f"/desk/cases/{cases[5]['number']}/")

    headings = read(agent).evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4')].filter((one) => one.checkVisibility()).length"
    )
    of_its_own = agent.locator("main form").count()
    in_the_head = agent.locator("header form").count()

    print(f"headings: {headings}, forms: {of_its_own} and {in_the_head}")
    assert headings <= 9
    assert of_its_own <= 6
    assert in_the_head == 3  # to search, for how it looks, and what Ctrl+K opens


def test_on_paper_a_case_stands_alone(guest: Visit, cases: list[dict[str, str]]) -> None:
    agent = guest("agent").new_page()
    agent.goto(f"/desk/cases/{cases[5]['number']}/")
    expect(agent.locator("#history")).to_be_visible()

    read(agent).emulate_media(media="print")

    shown = agent.locator("body").inner_text()
    assert "卓上ランプ" in shown
    assert "回答の期限が過ぎた" in shown
    expect(agent.locator(":is(button, input, select, textarea, .button):visible")).to_have_count(0)
    expect(agent.locator("#history")).to_be_hidden()  # the parties' other cases
    for other in (one for one in cases if one is not cases[5]):
        assert other["number"] not in shown.replace(" ", "")


@pytest.mark.parametrize("look", [{}, {"color_scheme": "dark", "locale": "en-US"}])
def test_a_shop_whose_name_has_sixty_kana_widens_no_page_on_a_telephone(
    guest: Visit, cases: list[dict[str, str]], look: dict[str, str]
) -> None:
    case = next(one for one in cases if one["seller"].endswith(str(LONG)))
    phone = {"viewport": {"width": 390, "height": 844}} | look
    for who, pages in (
        ("agent", ("/desk/", "/desk/today/", f"/desk/cases/{case['number']}/")),
        (f"seller={case['seller']}", ("/seller/", f"/seller/threads/{case['number']}/")),
        (f"buyer={case['buyer']}", ("/", f"/threads/{case['number']}/")),
    ):
        page = guest(who, **phone).new_page()
        for path in pages:
            page.goto(path)
            assert too_wide(page) == [], path
            assert axe(page) == [], path
