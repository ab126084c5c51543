"""Somebody with a heap of doubtful names: look, choose by a digit, record, and the next one is there; each key counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.browser import Heard, House, axe, too_wide
from tests.journeys.counting import Keys, loads_of

type Visit = Callable[..., BrowserContext]

pytestmark = pytest.mark.processes

MOST_KEYS, MOST_LOADS = 4, 1
NAME = re.compile(r"/desk/payouts/names/\d+/$")
NUMBERS = count(1)


@pytest.fixture
def doubt(open_house: House) -> Callable[[], dict[str, Any]]:
    """Give what lets one more name be in doubt: a new seller's, which stands last in the list."""
    return lambda: dict(open_house.do("doubt", f"S-DOUBT-{next(NUMBERS)}"))


def costs(loads: list[str], keys: Keys, *, of: str) -> None:
    """Print what it took, and hold it to what was promised."""
    print(f"{of}: loads: {len(loads)}, keys: {keys.count}")
    assert len(loads) <= MOST_LOADS, loads
    assert keys.count <= MOST_KEYS


def recorded(page: Page, words: str) -> None:
    expect(page.get_by_role("status")).to_contain_text(words)


def test_from_the_list_a_name_is_decided_by_three_keys_and_the_next_one_stands_there(
    guest: Visit, doubt: Callable[[], dict[str, Any]]
) -> None:
    doubt()
    agent, heard = guest("agent").new_page(), Heard()
    heard.listen(agent)
    agent.goto("/desk/payouts/names/")
    keys = Keys(agent)

    with agent.expect_navigation():
        keys.press("n")
    first, loads = agent.url, loads_of(agent)
    expect(agent.get_by_text("口座の名義は、登録した本人ですか")).to_be_visible()
    keys.press("6")
    expect(agent.get_by_label("別の人・別の会社の口座")).to_be_checked()
    with agent.expect_navigation():
        keys.press("Enter")
    recorded(agent, "「別の名義」と記録し")

    costs(loads, keys, of="from the list")
    assert agent.url != first
    assert NAME.search(agent.url)
    assert heard.dialogs == []


def test_on_the_page_of_the_case_a_name_is_decided_at_once_and_leads_to_the_next(
    guest: Visit, doubt: Callable[[], dict[str, Any]]
) -> None:
    this = doubt()
    doubt()
    agent = guest("agent").new_page()
    agent.goto(f"/desk/cases/{this['case']}/")
    loads, keys = loads_of(agent), Keys(agent)

    expect(agent.get_by_text("ヤマダ ハナヨ").first).to_be_visible()
    keys.press("4")
    expect(agent.get_by_label("書類や本人への確認で、同じと分かった")).to_be_checked()
    with agent.expect_navigation():
        keys.press("Enter")
    recorded(agent, "「同じ名義」と記録しました")

    costs(loads, keys, of="from the case")
    assert NAME.search(agent.url)
    assert f"/{this['account']}/" not in agent.url
    agent.goto(f"/desk/cases/{this['case']}/")
    expect(agent.locator("main")).to_contain_text("登録名と同じと認めた")
    expect(agent.locator("main")).to_contain_text("今できることはありません")


def test_what_is_refused_comes_back_beside_the_names_with_what_was_written(
    guest: Visit, doubt: Callable[[], dict[str, Any]]
) -> None:
    this = doubt()
    agent = guest("agent").new_page()
    agent.goto(f"/desk/cases/{this['case']}/")

    agent.get_by_label("書き添えること").fill("電話で尋ねた")
    agent.get_by_role("button", name="記録して次へ").click()

    expect(agent.locator(".faults")).to_contain_text("見比べた結果")
    expect(agent.get_by_label("書き添えること")).to_have_value("電話で尋ねた")
    expect(agent.get_by_text("ヤマダ ハナヨ").first).to_be_visible()
    assert agent.url.endswith(f"/desk/payouts/names/{this['account']}/")


def test_without_scripts_the_same_form_carries_access_keys(
    guest: Visit, doubt: Callable[[], dict[str, Any]]
) -> None:
    this = doubt()
    agent = guest("agent", java_script_enabled=False).new_page()
    agent.goto(f"/desk/cases/{this['case']}/")

    for key in "d123456":
        expect(agent.locator(f'main [accesskey="{key}"]')).to_have_count(1)
    agent.locator('main [accesskey="2"]').check()
    agent.get_by_role("button", name="記録して次へ").click()

    recorded(agent, "「同じ名義」と記録しました")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(("locale", "scheme"), [("ja-JP", "light"), ("en-US", "dark")])
def test_both_pages_are_readable_and_fit(
    guest: Visit, doubt: Callable[[], dict[str, Any]], width: int, locale: str, scheme: str
) -> None:
    this = doubt()
    size = {"width": width, "height": 900}
    agent = guest("agent", locale=locale, color_scheme=scheme, viewport=size).new_page()

    for path in (f"/desk/cases/{this['case']}/", f"/desk/payouts/names/{this['account']}/"):
        agent.goto(path)
        assert axe(agent) == [], path
        assert too_wide(agent) == [], path
