"""A shop's own page with `<mamori-help>` on it, under a strict policy: by pointer, by keys, by ear, and without scripts."""

from __future__ import annotations

import importlib.util
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import ROOT, House, axe
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.processes
LABELS = {"ja": "この商品・お店を報告する", "en": "Report this", "zh": "举报此商品或店铺"}


def example() -> ModuleType:
    """Return the example's program."""
    spec = importlib.util.spec_from_file_location("example_shop", ROOT / "examples" / "shop" / "serve.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@contextmanager
def served(house: str, *, before: str = "", instead: tuple[str, str] = ("", "")) -> Iterator[str]:
    """Serve the page with this in it before the elements, or with one piece of it written otherwise; return its address."""
    module, goods = example(), {"listing": "L-1", "seller": "S-1", "name": "鋳物の鍋", "price": 9_900}
    plain = module.page

    def page(*args: Any, **told: Any) -> str:
        text: str = plain(*args, **told)
        return text.replace(*instead, 1).replace('<ul class="help">', f'{before}<ul class="help">')

    module.page = page  # type: ignore[attr-defined]
    with module.serve(house, 0, **goods) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture(scope="module")
def shop(open_house: House) -> Iterator[str]:
    """Serve the page of the example beside the house; return its address."""
    with served(open_house.origin) as address:
        yield address


@pytest.fixture
def complaints_of_the_browser() -> list[str]:
    """Return what the browser says against a page: what its policy forbids, what fails."""
    return []


def opened(guest: Visit, address: str, said: list[str], **options: Any) -> Page:
    page: Page = guest(**options).new_page()
    page.on("console", lambda told: said.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    return page


HOSTILE = {
    "the script": '<img name="currentScript" src="https://evil.example/x.png" alt="">',
    "what it calls": "".join(
        f'<img name="{name}" alt="">'
        for name in (
            "createElement",
            "querySelector",
            "defaultView",
            "body",
            "adoptedStyleSheets",
            "getAttribute",
        )
    )
    + '<form name="createElement"></form><a id="URL"></a><a id="customElements"></a><a id="HTMLElement"></a>',
    "the form around it": '<form lang="ja"><input name="lang"><input name="getAttribute"><input name="closest">',
}
"""What a seller may write into the description of its goods: no script, and names that shadow what a script calls."""
LEADS = """async () => {
  const drawn = [...Document.prototype.querySelectorAll.call(document, "mamori-help")].map((one) => one.shadowRoot);
  const details = drawn.map((one) => one.querySelector("details")).find(Boolean);
  details.open = true;
  while (!details.querySelector("a")) await new Promise((then) => setTimeout(then, 20));
  return drawn.flatMap((one) => [...one.querySelectorAll("a")].map((link) => link.href));
}"""
"""Where all links lead that were drawn, asked without what is shadowed: a tester's own tools are shadowed as well."""


@pytest.mark.parametrize("shadows", HOSTILE)
def test_what_the_goods_description_is_called_turns_nothing_elsewhere(
    guest: Visit, open_house: House, shadows: str
) -> None:
    page = guest().new_page()
    with served(open_house.origin, before=HOSTILE[shadows]) as shop:
        page.goto(shop)

    leads = page.evaluate(LEADS)
    assert len(leads) == 4 + 10 - 1  # each of the four, the reasons in the place of one button
    assert {urlsplit(one)[:2] for one in leads} == {urlsplit(open_house.origin)[:2]}


def test_where_it_cannot_be_drawn_the_links_that_the_shop_wrote_stay(guest: Visit, shop: str) -> None:
    page = guest().new_page()
    page.add_init_script("Document.prototype.createElement = () => { throw new Error('none') }")
    page.goto(shop)

    expect(page.get_by_role("link", name="お店に質問する")).to_be_visible()
    expect(page.get_by_role("link")).to_have_count(4)


def test_a_signed_link_that_the_shop_wrote_inside_is_where_asking_and_ones_own_lead(
    guest: Visit, open_house: House
) -> None:
    page = guest().new_page()
    signed = f"{open_house.origin}/in/e30.c2ln"
    with served(open_house.origin, instead=(f"{open_house.origin}/threads/", signed)) as shop:
        page.goto(shop)
    mine, ask = (page.get_by_role("link", name=one) for one in ("問い合わせの状況を見る", "お店に質問する"))
    expect(mine).to_have_attribute("href", signed)
    expect(ask).to_have_attribute("href", f"{open_house.origin}/ask/?listing=L-1")

    written = page.locator("mamori-help[variant=ask] > a").first
    written.evaluate("(link, to) => { link.href = to }", f"{signed}-2")
    expect(ask).to_have_attribute("href", f"{signed}-2")
    written.evaluate("(link) => { link.href = 'https://evil.example/in/x' }")

    expect(ask).to_have_attribute("href", f"{open_house.origin}/ask/?listing=L-1")


def test_all_four_stand_on_the_page_and_its_policy_forbids_nothing_of_them(
    guest: Visit, shop: str, open_house: House, complaints_of_the_browser: list[str]
) -> None:
    page = opened(guest, shop, complaints_of_the_browser)

    expect(page.get_by_role("link", name="お店に質問する")).to_have_attribute(
        "href", f"{open_house.origin}/ask/?listing=L-1"
    )
    expect(page.get_by_role("link", name="問い合わせの状況を見る")).to_have_attribute(
        "href", f"{open_house.origin}/threads/"
    )
    page.locator("summary").click()
    expect(page.get_by_role("link", name="表示の全体を見る")).to_be_visible()
    page.get_by_role("button", name=LABELS["ja"]).click()
    expect(page.get_by_role("dialog", name="どうしましたか").get_by_role("link")).to_have_count(10)
    assert complaints_of_the_browser == []


def test_a_reason_is_chosen_by_keys_alone_and_leads_to_the_house(
    guest: Visit, shop: str, open_house: House
) -> None:
    page = opened(guest, shop, [])
    button = page.get_by_role("button", name=LABELS["ja"])

    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{open_house.origin}/**")

    assert "listing=L-1" in page.url
    expect(page.get_by_role("radio", name="危ない")).to_be_checked()


@pytest.mark.parametrize("lang", LABELS)
@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_it_is_read_and_seen_by_everybody(
    guest: Visit, shop: str, lang: str, scheme: str, width: int
) -> None:
    size = {"width": width, "height": 800}
    page = opened(guest, f"{shop}?lang={lang}", [], color_scheme=scheme, viewport=size)

    closed = axe(page, least=frozenset({"minor", "moderate", "serious", "critical"}))
    page.get_by_role("button", name=LABELS[lang]).click()
    opened_dialog = axe(page)

    assert closed == []
    assert opened_dialog == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_the_links_that_the_shop_wrote_lead_to_the_same(guest: Visit, shop: str) -> None:
    page = opened(guest, shop, [], java_script_enabled=False)

    assert page.get_by_role("link", name=LABELS["ja"]).get_attribute("href", timeout=5_000)
    assert page.get_by_role("link").count() == 4


def test_where_a_seller_shows_nothing_the_link_stays(guest: Visit, shop: str) -> None:
    page = opened(guest, shop, [])
    page.evaluate("document.querySelector('[variant=display]').setAttribute('seller', 'S-GONE')")
    page.locator("summary").click()

    expect(page.get_by_text("ここには出せません")).to_be_visible()
